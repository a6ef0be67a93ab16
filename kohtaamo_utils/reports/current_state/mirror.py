"""The mirror gap: what staff believe against what customers say, element by element."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Chart, Paragraph, Table
from kohtaamo_utils.presentation.charts import gap_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, GROUP_LABELS, HEARD_MEASURES, Measure
from kohtaamo_utils.reports.current_state.leaning import TESTED_TOGETHER, standing_out, told
from kohtaamo_utils.reports.current_state.mirror_units import unit_gaps
from kohtaamo_utils.reports.drawing import gap_row
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.survey import STAFF, Survey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.mirror_units import UnitGaps, Why

LEFT_OUT: Mapping[Why, str] = {
    "few": N_("Left out for too few answers of staff or of customers: {units}."),
    "telling": N_("Left out so that nobody's answers can be told from the figures: {units}."),
}
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
    gap = cautious_mean_difference(first, second, survey.weights(staff), survey.weights(customers))
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
    of_units: Sequence[str] = (),
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
    of_units
        Notes on units; without any the gaps are of elements, which are tested together.
    """
    t, dash = context.t, context.f.number(None)
    shown = any(row[-1] != dash for row in rows)
    some = shown and any(row[-1] == dash for row in rows)
    notes = [t(TESTED_TOGETHER)] if shown and not of_units else []
    notes += [t("A dash: the interval would tell what single people answered.")] if some else []
    notes += of_units
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
    return told(
        context,
        sentences,
        rows,
        N_("No gap between staff's belief and customers' experience stands out from chance variation."),
    )


def _by_unit(context: Context, survey: Survey) -> Table | None:
    """Compare staff and customers of each unit over the elements; none where fewer than two units may be shown."""
    t, found = context.t, unit_gaps(survey)
    if len(found.shown) < 2:
        return None
    rows = [
        (
            one.unit,
            context.f.integer(one.gap.n1),
            context.f.integer(one.gap.n2),
            context.f.signed(one.gap.value, 2),
            interval_text(context, one.gap),
        )
        for one in found.shown
    ]
    groups = {name: [one.unit for one in found.shown if name in one.groups] for name in STAFF}
    groups = {name: units for name, units in groups.items() if units}
    staff = t("{group}, n", group=t(GROUP_LABELS[next(iter(groups))])) if len(groups) == 1 else t("Staff, n")
    columns = t("Unit"), staff, t("Customers, n"), t("Gap")
    notes = [_staff_of_units(context, groups, len(found.shown)), *_left_out(context, found)]
    return gap_table(context, t("Gap by unit, mean over the elements"), columns, rows, notes)


def _staff_of_units(context: Context, groups: Mapping[str, Sequence[str]], units: int) -> str:
    """Say which groups a unit's staff are, and in which units where it is not in all."""
    names = {name: context.t(GROUP_LABELS[name]).lower() for name in groups}
    texts = [
        names[name] if len(its) == units else f"{names[name]} ({listed(context, its)})" for name, its in groups.items()
    ]
    return context.t(
        "In this table a unit's staff are only the groups that may be shown in it by themselves: {groups}.",
        groups=listed(context, texts),
    )


def _left_out(context: Context, found: UnitGaps) -> list[str]:
    """Name the units that are left out, each with its reason."""
    units = {why: [unit for unit, its in found.left_out.items() if its == why] for why in LEFT_OUT}
    return [context.t(LEFT_OUT[why], units=listed(context, names)) for why, names in units.items() if names]
