"""The mirror gap: what staff believe against what customers say, element by element."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.disclosure.respondents import visible_categories
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.means import mean_difference
from kohtaamo_utils.presentation.blocks import Block, Chart, Paragraph, Table
from kohtaamo_utils.presentation.charts import gap_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, GROUP_LABELS, HEARD_MEASURES, Measure
from kohtaamo_utils.reports.current_state.leaning import TESTED_TOGETHER, standing_out
from kohtaamo_utils.reports.drawing import gap_row
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.survey import STAFF, Survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.context import Context

UNTOLD = N_("The gaps stand without intervals, which would tell what single people answered, so whether they are more than chance cannot be said.")  # fmt: skip


def mirror_gap(context: Context, survey: Survey) -> Section:
    """Make the mirror gap; none where staff or customers did not answer the same questions.

    Staff are all staff groups that may be shown by themselves, so that the common figure cannot give a hidden one away.
    """
    rows = [row for measure in (*ELEMENT_MEASURES, *HEARD_MEASURES) if (row := _gap(survey, measure)) is not None]
    if not rows:
        return Section("mirror", ())
    t = context.t
    figures = tuple(Figure("mirror_gap", dict(measure.scope), gap_estimate(gap)) for measure, gap, _, _ in rows)
    finding = _finding(context, [(measure, gap) for measure, gap, _, _ in rows])
    texts = [
        (
            t(measure.label),
            context.f.number(staff, 2),
            context.f.number(customers, 2),
            context.f.signed(gap.value, 2),
            interval_text(context, gap),
        )
        for measure, gap, staff, customers in rows
    ]
    table = gap_table(
        context,
        t("Staff's belief against customers' experience, mean of 1–5"),
        (t("Element"), t("Staff believe"), t("Customers experience"), t("Gap")),
        texts,
    )
    chart = Chart(
        svg=gap_svg(
            [gap_row(context, t(measure.label), customers, staff) for measure, _, staff, customers in rows],
            first=t("Customers experience"), second=t("Staff believe"), axis=t("Mean, scale 1–5"), locale=context.f.locale, look=context.look,
        ),
        title=finding,
        description=t("Gap, staff minus customers: {facts}.", facts="; ".join(gap_fact(context, text) for text in texts)),
        table=table,
    )  # fmt: skip
    blocks: list[Block] = [chart, *_staff(context, survey, [measure for measure, *_ in rows])]
    units = _by_unit(context, survey)
    blocks += [units] if units is not None else []
    return Section("mirror", tuple(blocks), figures, tuple(survey.hidden))


def _staff(context: Context, survey: Survey, measures: Sequence[Measure]) -> list[Block]:
    """Name the groups that staff are here, where they are several, and that a group need not be in every figure."""
    told = {name: [survey.whole(its, name) is not None for its in measures] for name in STAFF if name in survey.groups}
    groups = [name for name, shown in told.items() if any(shown)]
    if len(groups) < 2:
        return []
    names = listed(context, [context.t(GROUP_LABELS[name]).lower() for name in groups])
    sentences = [context.t("Staff here are these groups together: {names}.", names=names)]
    if not all(all(told[name]) for name in groups):
        sentences.append(context.t("A group is left out of the elements of which its own figure is not shown."))
    return [Paragraph(" ".join(sentences))]


def _answers(survey: Survey, measure: Measure) -> tuple[pd.DataFrame, pd.DataFrame]:
    staff = [
        survey.rows(group) for group in STAFF if group in survey.groups and survey.whole(measure, group) is not None
    ]
    customers = (
        survey.rows("customer")
        if "customer" in survey.groups and survey.whole(measure, "customer") is not None
        else survey.frame.iloc[:0]
    )
    return (pd.concat(staff) if staff else survey.frame.iloc[:0]), customers


def _gap(survey: Survey, measure: Measure) -> tuple[Measure, Difference, float, float] | None:
    staff, customers = _answers(survey, measure)
    first, second = measure.answers(staff), measure.answers(customers)
    if first.notna().sum() == 0 or second.notna().sum() == 0:
        return None
    gap = mean_difference(first, second, survey.weights(staff), survey.weights(customers))
    groups = [
        whole for group in STAFF if group in survey.groups and (whole := survey.whole(measure, group)) is not None
    ]
    if any(whole.low is None for whole in groups):  # the gap's interval would tell how far apart their answers are
        gap = replace(gap, low=None, high=None, p=None)
    one, two = (
        measure.estimate(first, survey.weights(staff)).value,
        measure.estimate(second, survey.weights(customers)).value,
    )
    return None if one is None or two is None else (measure, gap, one, two)


def gap_estimate(gap: Difference) -> Estimate:
    """Return a gap as ``results.json`` holds it."""
    return Estimate(
        value=gap.value, n=gap.n1 + gap.n2, unit="scale", low=gap.low, high=gap.high, method=gap.method, level=gap.level
    )


def interval_text(context: Context, gap: Difference) -> str:
    """Return a gap's interval as a reader sees it."""
    if gap.low is None or gap.high is None:
        return context.f.number(None)
    return f"{context.f.signed(gap.low, 2)}…{context.f.signed(gap.high, 2)}"


def gap_table(
    context: Context,
    caption: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    together: bool = True,
) -> Table:
    """Return a table of gaps; where no interval may be shown it has no column of intervals.

    Parameters
    ----------
    context
        The reader's language.
    caption, columns
        The table's own, without the interval's heading.
    rows
        Cells, the interval last.
    together
        Whether the gaps are of elements, which are tested together; else they are of units, which are not.
    """
    t, dash = context.t, context.f.number(None)
    shown = any(row[-1] != dash for row in rows)
    some = shown and any(row[-1] == dash for row in rows)
    notes = [t(TESTED_TOGETHER)] if shown and together else []
    notes += [t("A dash: the interval would tell what single people answered.")] if some else []
    notes += [t("Units with too few answers are left out.")] if not together else []
    return Table(
        caption=caption,
        columns=(*columns, t("95% interval of the gap")) if shown else columns,
        rows=tuple(row if shown else row[:-1] for row in rows),
        numeric=frozenset(range(1, len(columns) + shown)),
        note=" ".join(notes),
    )


def gap_fact(context: Context, cells: tuple[str, ...]) -> str:
    """Return an element's gap in a chart's description, with its interval if it is shown."""
    interval = "" if cells[4] == context.f.number(None) else f" ({cells[4]})"
    return f"{cells[0]}: {cells[3]}{interval}"


def _finding(context: Context, rows: Sequence[tuple[Measure, Difference]]) -> str:
    """Name the gaps that stand out from chance, the widest first; say so where there is none, or none could be tested."""
    t = context.t
    if all(gap.low is None for _, gap in rows):
        return t(UNTOLD)
    more, less = standing_out(context, rows)
    sentences = []
    if more:
        sentences.append(t("Staff believe that customers are met better than customers say in: {names}.", names=more))
    if less:
        sentences.append(t("Customers say that they are met better than staff believe in: {names}.", names=less))
    return " ".join(sentences) or t(
        "No gap between staff's belief and customers' experience stands out from chance variation."
    )


def _by_unit(context: Context, survey: Survey) -> Table | None:
    """Compare staff and customers of each unit over the elements, where both are numerous enough.

    A unit's staff are those staff groups that may be shown in it by themselves, with each element that they were asked: the
    gap less theirs must not speak of a group of few, nor of the one element that may not be shown.
    """
    if "unit" not in survey.dimensions:
        return None
    t, rows = context.t, []
    staff = pd.concat([_unit_answers(survey, group) for group in STAFF])
    customers = _unit_answers(survey, "customer")
    for unit in sorted(set(staff["unit"]) & set(customers["unit"]), key=natural):
        one, two = staff[staff["unit"] == unit], customers[customers["unit"] == unit]
        gap = mean_difference(one["elements"], two["elements"], survey.weights(one), survey.weights(two))
        counts = context.f.integer(gap.n1), context.f.integer(gap.n2)
        rows.append((unit, *counts, context.f.signed(gap.value, 2), interval_text(context, gap)))
    if len(rows) < 2:
        return None
    columns = t("Unit"), t("Staff, n"), t("Customers, n"), t("Gap")
    return gap_table(context, t("Gap by unit, mean over the elements"), columns, rows, together=False)


def _unit_answers(survey: Survey, group: str) -> pd.DataFrame:
    """Return a group's rows in units that may be shown, each with its mean over the elements that it answered."""
    rows = survey.rows(group)
    columns = [measure.columns[0] for measure in ELEMENT_MEASURES if measure.columns[0] in rows.columns]
    rows = rows.assign(elements=rows[columns].mean(axis="columns")).dropna(subset="elements")
    counts = {str(unit): int(count) for unit, count in rows["unit"].value_counts().items()}
    shown = visible_categories(counts, survey.minimum, len(rows)).shown if counts else ()
    asked = [measure for measure in ELEMENT_MEASURES if measure.answers(rows).notna().any()]
    by_element = [survey.published(measure, group).shown.get("unit", {}) for measure in asked]
    units = [unit for unit in shown if all(unit in its for its in by_element)]
    return rows[rows["unit"].isin(units)]
