"""The unit's mirror: what the team believes of its encounters against what the unit's customers say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.presentation.blocks import Chart
from kohtaamo_utils.presentation.charts import gap_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, HEARD_MEASURES, Measure
from kohtaamo_utils.reports.current_state.leaning import Leaning, leanings, standing_out, told
from kohtaamo_utils.reports.current_state.mirror import UNTOLD, gap_estimate, gap_fact, gap_table, interval_text
from kohtaamo_utils.reports.drawing import gap_row

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import OwnUnit

TEAM = "employee"


@dataclass(frozen=True)
class Gap:
    """One element in the unit: what the team believes, what customers say, and the difference."""

    measure: Measure
    believed: float
    experienced: float
    difference: Difference
    leans: Leaning | None = None
    """Whether the team believes more or less than customers say, beyond chance over all elements."""


def gaps(context: Context, own: OwnUnit) -> Section:
    """Make the unit's mirror gap; none where the team or the customers were not asked, or too few answered."""
    rows = gaps_of(own)
    if not rows:
        return Section("gaps", ())
    t, f = context.t, context.f
    texts = [
        (
            t(row.measure.label),
            f.number(row.believed, 2),
            f.number(row.experienced, 2),
            f.signed(row.difference.value, 2),
            interval_text(context, row.difference),
        )
        for row in rows
    ]
    chart = Chart(
        svg=gap_svg(
            [gap_row(context, t(row.measure.label), row.experienced, row.believed) for row in rows],
            first=t("Your customers say"), second=t("Your team believes"), axis=t("Mean, scale 1–5"), locale=f.locale, look=context.look,
        ),
        title=finding(context, rows),
        description=t("Gap, your team minus your customers: {facts}.", facts="; ".join(gap_fact(context, text) for text in texts)),
        table=gap_table(
            context,
            t("Your team's belief against your customers' experience, mean of 1–5"),
            (t("Element"), t("Your team believes"), t("Your customers say"), t("Gap")),
            texts,
        ),
    )  # fmt: skip
    figures = [Figure("mirror_gap", {**row.measure.scope, **own.scope}, gap_estimate(row.difference)) for row in rows]
    return Section("gaps", (chart,), tuple(figures))


def gaps_of(own: OwnUnit) -> list[Gap]:
    """Return the elements that the unit's team and its customers were both asked, where both may be shown."""
    found = [_gap(own, measure) for measure in (*ELEMENT_MEASURES, *HEARD_MEASURES)]
    there = [gap for gap in found if gap is not None]
    judged = leanings([gap.difference for gap in there])
    return [replace(gap, leans=leans) for gap, leans in zip(there, judged, strict=True)]


def finding(context: Context, rows: list[Gap]) -> str:
    """Name the gaps that stand out from chance, the widest first, or say that there is none, or that none could be tested."""
    t = context.t
    if all(row.difference.low is None for row in rows):
        return t(UNTOLD)
    tested = [(row.measure, row.difference) for row in rows]
    more, less = standing_out(context, tested)
    sentences = []
    if more:
        sentences.append(t("Your team sees this more brightly than your customers do: {names}.", names=more))
    if less:
        sentences.append(t("Your customers see this more brightly than your team does: {names}.", names=less))
    return told(
        context,
        sentences,
        tested,
        N_("Between what your team believes and what your customers say no gap stands out from chance variation."),
    )


def _gap(own: OwnUnit, measure: Measure) -> Gap | None:
    believed, experienced = own.estimate(measure, TEAM), own.estimate(measure, "customer")
    if believed is None or experienced is None or believed.value is None or experienced.value is None:
        return None
    staff, customers = _rows(own, measure, TEAM), _rows(own, measure, "customer")
    difference = cautious_mean_difference(
        measure.answers(staff), measure.answers(customers), own.survey.weights(staff), own.survey.weights(customers)
    )
    if believed.low is None:  # its interval would tell how far apart the team's answers are, which is not told
        difference = replace(difference, low=None, high=None, p=None)
    return Gap(measure, believed.value, experienced.value, difference)


def _rows(own: OwnUnit, measure: Measure, group: str) -> pd.DataFrame:
    rows = own.survey.rows_for(measure, group)
    rows = rows[own.survey.usable(measure, rows).notna()]
    return rows[rows["unit"].eq(own.name).fillna(value=False)] if own.name else rows
