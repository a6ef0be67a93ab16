"""What the supervisor's figures rest on: whose answers, what is not shown and why, and which parts are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, GROUP_LABELS, HEADLINE_MEASURES, HEARD, HEARD_MEASURES
from kohtaamo_utils.reports.current_state.own_unit import GROUPS
from kohtaamo_utils.reports.current_state.views import STAFF_VIEW
from kohtaamo_utils.reports.phrases import interval_note, late_note, protection_note, value_with_interval
from kohtaamo_utils.reports.survey import STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit

_PARTS = {
    "beside": N_(
        "one unit beside the others (answers from customers of one unit and of the others cannot be compared: there are none, or too few)"
    ),
    "encounters": N_("touchpoints (customers' answers name none, or too few may be shown)"),
    "team": N_("what your team says (not asked, or too few answers may be shown)"),
    "gaps": N_("your team's view beside your customers' (not asked the same, or too few answers may be shown)"),
    "months": N_("months (customers' answers have no dates, or fewer than three may be shown)"),
}
_OF_ENCOUNTERS = (HEARD, *ELEMENT_MEASURES, *HEARD_MEASURES)


def basis(context: Context, own: OwnUnit, sections: Mapping[str, Section]) -> Section:
    """Make the section on what the figures rest on.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    own
        The supervisor's unit.
    sections
        The sections made so far; empty ones are named as missing.
    """
    t, f = context.t, context.f
    threshold = t(
        "Answers are shown of groups of {minimum} at least, and nothing that would let anybody compute the answers of fewer. Figures that are not shown for this reason: {n}.",
        minimum=f.integer(own.survey.minimum),
        n=f.integer(len(own.hidden)),
    )
    everybody = (
        [] if own.name else [Paragraph(t("No unit can be shown by itself: this report is of all units together."))]
    )
    blocks: list[Block] = [
        *everybody,
        Paragraph(
            " ".join(filter(None, (threshold, protection_note(context, own.survey), interval_note(context, sections))))
        ),
    ]
    late = late_note(context, own.survey)
    blocks += [Paragraph(late)] if late else []
    missing = tuple(("", t(text)) for key, text in _PARTS.items() if key in sections and not sections[key].blocks)
    if missing:
        blocks += [Paragraph(t("Missing from this report:")), Bullets(missing)]
    table = _table(context, own)
    blocks += [Fold(t("All the figures"), (table,))] if table.rows else []
    return Section("basis", tuple(blocks))


def _table(context: Context, own: OwnUnit) -> Table:
    t, rows, believed = context.t, [], False
    for group in (name for name in GROUPS if name in own.survey.groups):
        for measure in own.survey.asked_as((*HEADLINE_MEASURES, *ELEMENT_MEASURES, *HEARD_MEASURES)):
            estimate = own.estimate(measure, group)
            if estimate is not None:
                cells = value_with_interval(context, estimate), context.f.integer(estimate.n)
                rows.append((t(measure.label), t(GROUP_LABELS[group]), *cells))
                believed |= group in STAFF and measure in _OF_ENCOUNTERS
    return Table(
        caption=t("Figures with the 95% interval and the number of answers"),
        columns=(t("Measure"), t("Who answered"), t("Value"), "n"),
        rows=tuple(rows),
        numeric=frozenset({2, 3}),
        note=t(STAFF_VIEW) if believed else "",
    )
