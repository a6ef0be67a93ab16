"""The unit's measures beside those of all the other units together; no unit is named but the supervisor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import CSAT, ELEMENT_MEASURES, HEARD, NPS, Measure
from kohtaamo_utils.reports.phrases import DIFFERS, value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.reports.compare import Compared
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit


def beside_others(context: Context, own: OwnUnit) -> Section:
    """Make the table of the unit beside all the others; none where there are no others to compare with."""
    found = compared(own)
    if not found:
        return Section("beside", ())
    t = context.t
    rows, tones, figures = [], {}, list[Figure]()
    for position, (measure, item) in enumerate(found):
        rest = item.comparison.rest if item.comparison else None
        values = value_with_interval(context, item.cell.estimate), value_with_interval(context, rest)
        rows.append((t(measure.label), verdict(context, item), *values))
        figures += own.others(measure, rest)
        if item.differs:
            tones[position] = "good" if item.better else "weak"
    table = Table(
        caption=t("Your unit beside all the others together"),
        columns=(t("Measure"), t("Your unit is"), t("Your unit"), t("All the others")),
        rows=tuple(rows),
        numeric=frozenset({2, 3}),
        note=t("In brackets the 95% interval. Units are not ranked: each is compared with all the others together."),
        tones=tones,
    )
    return Section("beside", (table, _how(context)), tuple(figures))


def compared(own: OwnUnit) -> list[tuple[Measure, Compared]]:
    """Return the customers' measures in which the unit can be compared with the others."""
    found = [(measure, own.beside(measure)) for measure in (NPS, CSAT, HEARD, *ELEMENT_MEASURES)]
    return [(measure, item) for measure, item in found if item is not None and item.comparison is not None]


def verdict(context: Context, item: Compared) -> str:
    """Return how the unit compares, in words that its interval allows."""
    return context.t(DIFFERS[item.better if item.differs else None])


def _how(context: Context) -> Fold:
    t = context.t
    text = t(
        "Each unit is compared with all the others together. When many units are compared, some differ by chance alone; the Benjamini–Hochberg method keeps the share of such false finds at 5% on average. A difference is called one only where it stands out all the same. That a unit differs does not tell why: its customers and its encounters may be others too."
    )
    return Fold(t("When is it a difference?"), (Paragraph(text),))
