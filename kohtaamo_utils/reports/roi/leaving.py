"""Who stays and who leaves: the curve of all, and the groups that stand out; small groups are not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.respondents import visible_categories
from kohtaamo_utils.measures.durations import MONTHS_PER_YEAR
from kohtaamo_utils.measures.employment import says
from kohtaamo_utils.measures.staying import Observed, Staying, observe, staying_by, stays_longer
from kohtaamo_utils.presentation.blocks import Block, Chart, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.charts import IntervalRow, interval_svg
from kohtaamo_utils.presentation.numbers import between
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context

MONTHS = (6, 12, 24, 36, 60)
"""Lengths at which the curve is told."""
DIMENSIONS = {"unit": N_("Unit"), "role": N_("Role"), "segment": N_("Segment")}


@dataclass(frozen=True)
class _Population:
    """Staff or contract customers, and what was observed of them."""

    table: str
    figure: str
    frame: pd.DataFrame
    seen: Observed

    @property
    def dimensions(self) -> dict[str, str]:
        """Columns to group by, with the dimension that each is of."""
        names = [*DIMENSIONS, *(str(name) for name in self.frame.columns if str(name).startswith("segment."))]
        return {name: name.split(".")[0] for name in names if name in self.frame and self.frame[name].notna().any()}


def leaving(context: Context) -> Section:
    """Make the section; empty without employments and contracts, or without a last day where they have dates.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    """
    populations = [found for table in ("employees", "customers") if (found := _population(context, table)) is not None]
    blocks: list[Block] = []
    figures: list[Figure] = []
    hidden: list[Hidden] = []
    for population in populations:
        groups = {name: _groups(context, population, name, hidden) for name in population.dimensions}
        blocks += [_lead(context, population, groups), *_curve_chart(context, population)]
        blocks += [_table(context, population, name, found) for name, found in groups.items() if found]
        figures += _figures(context, population, groups)
    return Section("leaving", (*blocks, *_notes(context, populations)), tuple(figures), tuple(hidden))


def _population(context: Context, table: str) -> _Population | None:
    frame = context.dataset.tables.get(table)
    if frame is None or frame.empty:
        return None
    dated = says(frame, "started_on")
    if dated and context.period is None:
        return None
    period = context.period if dated else None
    seen = observe(frame, period.start, period.end) if period else observe(frame)
    if len(seen.length) < _minimum(context):
        return None
    return _Population(table, "staff_stays" if table == "employees" else "contract_stays", frame, seen)


def _minimum(context: Context) -> int:
    return context.engagement.settings.disclosure.minimum_respondents


def _stay(context: Context, seen: Observed, months: float = MONTHS_PER_YEAR) -> Estimate:
    return stays_longer(seen, months, _minimum(context))


def _groups(context: Context, population: _Population, name: str, hidden: list[Hidden]) -> tuple[Staying, ...]:
    """Return the groups of a dimension that may be shown beside the total; the others go to the hidden ones."""
    seen, minimum = population.seen, _minimum(context)
    groups = population.frame[name].astype("string")
    counts = groups[seen.index].value_counts().to_dict()
    visible = visible_categories({str(key): int(n) for key, n in counts.items()}, minimum, len(seen.length))
    reasons = {
        "below_threshold": f"fewer than {minimum} people",
        "complementary": "would tell of a smaller group",
    }
    hidden += [Hidden(population.figure, {name: group}, reasons[why]) for group, why in visible.hidden.items()]
    return staying_by(seen, groups, tuple(sorted(visible.shown)))


def _lead(context: Context, population: _Population, groups: dict[str, tuple[Staying, ...]]) -> Lead:
    t = context.t
    first = _stay(context, population.seen)
    values = {"share": context.f.percent(first.value), "interval": context.f.interval(first)}
    if population.table == "employees":
        text = t("{share} of the staff stay longer than a year ({interval}).", **values)
    else:
        text = t("{share} of the contract customers stay longer than a year ({interval}).", **values)
    if first.value is None:
        text = t("Too few were followed through their first year to tell how many stay longer.")
    more = [item.group for found in groups.values() for item in found if item.leaves_more]
    if more:
        rest = t("More leave than elsewhere in: {groups}.", groups=listed(context, more))
    elif any(len(found) > 1 for found in groups.values()):
        rest = t("No group leaves more than the others beyond chance.")
    else:
        rest = ""
    return Lead(f"{text} {rest}".strip())


def _curve_chart(context: Context, population: _Population) -> list[Block]:
    t, f = context.t, context.f
    found = [
        (months, estimate)
        for months in MONTHS
        if (estimate := _stay(context, population.seen, months)).value is not None
    ]
    if not found:
        return []
    rows = [
        IntervalRow(
            label=t("over {months} months", months=f.integer(months)),
            value=(estimate.value or 0) * 100,
            low=None if estimate.low is None else estimate.low * 100,
            high=None if estimate.high is None else estimate.high * 100,
            text=f.percent(estimate.value),
        )
        for months, estimate in found
    ]
    staff = population.table == "employees"
    title = t("How many of the staff stay how long") if staff else t("How many of the contract customers stay how long")
    cells = [
        (row.label, value_with_interval(context, estimate)) for row, (_, estimate) in zip(rows, found, strict=True)
    ]
    chart = Chart(
        svg=interval_svg(rows, axis=t("still there, %"), locale=f.locale, look=context.look, limits=(0, 100)),
        title=title,
        description="; ".join(f"{label}: {value}" for label, value in cells),
        table=Table(title, (t("Length"), t("Share and 95% interval")), tuple(cells), frozenset({1})),
    )
    return [chart]


def _table(context: Context, population: _Population, name: str, found: tuple[Staying, ...]) -> Table:
    t, f, staff = context.t, context.f, population.table == "employees"
    label = name.split(".", 1)[1] if "." in name else t(DIMENSIONS[population.dimensions[name]])
    stays = [_stay(context, item.seen) for item in found]
    told = any(estimate.value is not None for estimate in stays)
    rows = [
        (
            item.group,
            _rate(context, item.seen.rate),
            *((value_with_interval(context, stay),) if told else ()),
            f.integer(len(item.seen.length)),
            _verdict(context, item),
        )
        for item, stay in zip(found, stays, strict=True)
    ]
    rate = t("Exits per person-year") if staff else t("Contracts that end in a year")
    by = label.lower()
    caption = (
        t("Staff by: {dimension}", dimension=by) if staff else t("Contract customers by: {dimension}", dimension=by)
    )
    columns = (label, rate, *((t("Stay over a year (95% interval)"),) if told else ()), "n", t("Against the others"))
    return Table(
        caption,
        columns,
        tuple(rows),
        frozenset(range(1, len(columns) - 1)),
        tones={at: "weak" for at, item in enumerate(found) if item.leaves_more},
    )


def _rate(context: Context, rate: Estimate) -> str:
    f = context.f
    if rate.value is None or rate.low is None or rate.high is None:
        return f.number(None)
    return f"{f.percent(rate.value, 1)} ({between(f.percent(rate.low, 1), f.percent(rate.high, 1))})"


def _verdict(context: Context, item: Staying) -> str:
    if not item.differs:
        return context.t("no difference beyond chance")
    return context.t("leave more") if item.leaves_more else context.t("stay longer")


def _figures(context: Context, population: _Population, groups: dict[str, tuple[Staying, ...]]) -> Iterable[Figure]:
    for months in MONTHS:
        estimate = _stay(context, population.seen, months)
        if estimate.value is not None:
            yield Figure(population.figure, {"months": months}, estimate)
    rate = f"{population.figure.split('_')[0]}_exit_rate"
    yield Figure(rate, {}, population.seen.rate)
    for name, found in groups.items():
        for item in found:
            yield Figure(population.figure, {"months": MONTHS_PER_YEAR, name: item.group}, _stay(context, item.seen))
            yield Figure(rate, {name: item.group}, item.seen.rate)


def _notes(context: Context, populations: list[_Population]) -> list[Block]:
    if not populations:
        return []
    t, minimum = context.t, context.f.integer(_minimum(context))
    dated = any(says(population.frame, "started_on") for population in populations)
    seen = (
        t("Only what happened in the period counts, by Kaplan and Meier: each joins the curve with the age that the employment or contract had when the period began, for those who left before are often not on the list."),
        t("The curve is that of people who would leave as in the period, all through.")
    ) if dated else (
        t("Kaplan and Meier's curves: those who are still there count for as long as they have been there so far."),
        t("If those who left long ago are missing from the list, people seem to stay longer than they do."),
    )  # fmt: skip
    texts = (
        *seen,
        t("Each group is compared with all the others (log-rank test, controlled for many comparisons); the intervals are not adjusted for that."),
        t("Groups of fewer than {n} are not shown, nor groups that would tell of such a one. A share is given only where at least {n} were followed all the way to it.", n=minimum),
    )  # fmt: skip
    return [Fold(t("How is this measured?"), tuple(Paragraph(text) for text in texts))]
