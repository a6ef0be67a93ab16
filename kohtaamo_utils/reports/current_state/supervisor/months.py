"""The unit's months, with limits, so that noise is not called a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.current_state.headline import main_measure
from kohtaamo_utils.reports.current_state.trend import monthly

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit


def months(context: Context, own: OwnUnit) -> Section:
    """Make the unit's trend; none with fewer than three months that may be shown."""
    measure = main_measure(own.survey)
    cells = own.cells(measure, "month") if measure is not None and own.survey.has_months else ()
    blocks = monthly(context, measure, cells)
    return Section("months", blocks, tuple(own.figure(cell) for cell in cells) if blocks else ())
