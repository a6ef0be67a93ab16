"""The figures behind the employee's sentences, folded, and what could not be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import CSAT, ELEMENT_MEASURES, ENPS, HEARD, NPS
from kohtaamo_utils.reports.phrases import late_note, protection_note, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_PARTS = {
    "wished": N_("We cannot tell yet what could be better: customers were not asked, or too few have answered."),
    "met": N_("We cannot tell yet how we are met ourselves: we were not asked, or our answers cannot be shown."),
}


_RESTS_ON = {
    (True, True): N_("This rests on what customers and we ourselves have answered."),
    (True, False): N_("This rests on what customers have answered."),
    (False, True): N_("This rests on what we ourselves have answered."),
    (False, False): N_("Too few answers may be shown, so nothing here rests on answers."),
}
"""What the page rests on, by whether customers' and our own figures stand in it."""


def _rests_on(sections: Mapping[str, Section]) -> str:
    customers, ourselves = (name in sections and bool(sections[name].figures) for name in ("thanked", "met"))
    return _RESTS_ON[customers, ourselves]


def basis(context: Context, survey: Survey, sections: Mapping[str, Section]) -> Section:
    """Make the last section.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    sections
        The sections made so far; what an empty one would have told is named.
    """
    t = context.t
    missing = [text for key, text in _PARTS.items() if key in sections and not sections[key].blocks]
    blocks: list[Block] = [Paragraph(t(text)) for text in missing]
    few = t("What fewer than {minimum} people have answered is never shown.", minimum=context.f.integer(survey.minimum))
    blocks.append(Paragraph(f"{t(_rests_on(sections))} {few}"))
    kept = protection_note(context, survey)
    blocks += [Paragraph(kept)] if kept else []
    late = late_note(context, survey)
    blocks += [Paragraph(late)] if late else []
    tables = (_customers(context, survey), _ourselves(context, sections))
    if any(table.rows for table in tables):
        blocks.append(Fold(t("The figures"), tuple(table for table in tables if table.rows)))
    return Section("basis", tuple(blocks))


def _customers(context: Context, survey: Survey) -> Table:
    t, rows = context.t, []
    for measure in (NPS, CSAT, HEARD, *ELEMENT_MEASURES):
        estimate = survey.whole(measure, "customer") if "customer" in survey.groups else None
        if estimate is not None:
            rows.append((t(measure.label), value_with_interval(context, estimate), context.f.integer(estimate.n)))
    return Table(
        caption=t("What customers said, with the 95% interval and the number of answers"),
        columns=(t("Measure"), t("Customers"), "n"),
        rows=tuple(rows),
        numeric=frozenset({1, 2}),
    )


def _ourselves(context: Context, sections: Mapping[str, Section]) -> Table:
    """Return the figures behind the sentences about ourselves."""
    t, labels = context.t, {HEARD.figure: N_("Heard, understood, valued by supervisors"), ENPS.figure: ENPS.label}
    figures = sections["met"].figures if "met" in sections else ()
    return Table(
        caption=t("What we said, with the 95% interval and the number of answers"),
        columns=(t("Measure"), t("We"), "n"),
        rows=tuple(
            (t(labels[its.name]), value_with_interval(context, its.estimate), context.f.integer(its.estimate.n))
            for its in figures
        ),
        numeric=frozenset({1, 2}),
    )
