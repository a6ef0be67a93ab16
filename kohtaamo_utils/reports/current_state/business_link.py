"""Encounter quality beside business figures, unit by unit, with no claim where units are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.respondents import visible_categories
from kohtaamo_utils.measures.comparisons import benjamini_hochberg
from kohtaamo_utils.measures.correlation import permutation_p, rank_correlation
from kohtaamo_utils.measures.employment import DATES, active_before, active_on, says
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.tenure import contract_retention
from kohtaamo_utils.measures.turnover import turnover
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import HEARD, Measure
from kohtaamo_utils.reports.current_state.baskets import Baskets, basket_text, baskets
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.current_state.operations import decimals_of, series_of
from kohtaamo_utils.reports.current_state.register import table_of_period
from kohtaamo_utils.reports.phrases import value_with_interval

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

FEWEST_UNITS = 8
"""Units below which nothing is said of whether two figures go together."""
BASKET = "basket"
"""Name of the mean basket among the business figures."""
FALSE_FINDS = 0.05
"""Share of false finds among the pairs of figures that are told to go together."""


@dataclass(frozen=True)
class _Column:
    """One figure by unit: its name for machines and for a reader, and its estimates with their texts."""

    name: str
    label: str
    estimates: dict[str, Estimate]
    texts: dict[str, str]


@dataclass(frozen=True)
class _Pair:
    """One quality and one business figure over the units that have both."""

    quality: _Column
    business: _Column
    estimate: Estimate
    p: float | None
    stands_out: bool = False


def business_link(context: Context, survey: Survey) -> Section:
    """Make the section; none where fewer than two units have both customers' answers and a business figure.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    quality = _quality(context, survey)
    found = baskets(context, survey.minimum)
    business = [
        *_contracts(context, survey.minimum),
        *_staff(context, survey.minimum),
        *_baskets(context, found),
        *_operations(context),
    ]
    asked = {unit for column in quality for unit in column.estimates}
    business = [column for column in business if len(asked & set(column.estimates)) > 1]
    if not quality or not business:
        return Section("business_link", (), (), tuple(survey.hidden))
    units = sorted(unit for unit in asked if any(unit in column.estimates for column in business))
    pairs = _pairs(quality, business)
    note = found.note if found is not None and any(column.name == BASKET for column in business) else ""
    blocks: list[Block] = [_finding(context, pairs, len(units)), _table(context, units, [*quality, *business], note)]
    blocks.append(Paragraph(_caution(context)))
    figures = [
        Figure("business_figure", {"measure": column.name, "unit": unit}, estimate)
        for column in business
        for unit, estimate in sorted(column.estimates.items())
    ]
    figures += [
        Figure("business_link", {"quality": pair.quality.name, "business": pair.business.name}, pair.estimate)
        for pair in pairs
    ]
    return Section("business_link", tuple(blocks), tuple(figures), tuple(survey.hidden))


def _quality(context: Context, survey: Survey) -> list[_Column]:
    main = main_measure(survey)
    if main is None or "unit" not in survey.dimensions:
        return []
    measures: list[Measure] = [main] if main is HEARD else [main, HEARD]
    columns = []
    for measure in measures:
        values = {str(cell.category): cell.estimate for cell in survey.by(measure, "customer", "unit")}
        texts = {unit: value_with_interval(context, estimate) for unit, estimate in values.items()}
        columns += [_Column(measure.figure, short(context, measure), values, texts)] if values else []
    return columns


def _contracts(context: Context, minimum: int) -> list[_Column]:
    """Return the share of contract customers who left in the period, of units with enough of them at its start."""
    frame, period = context.dataset.tables.get("customers"), context.period
    if frame is None or period is None or "unit" not in frame.columns or not says(frame, *DATES):
        return []
    at_start = frame[active_on(frame, period.start)]
    values = {}
    for unit in _units(at_start, minimum):
        stayed = contract_retention(frame[frame["unit"] == unit], period.start, period.end)
        if stayed.value is not None and stayed.low is not None and stayed.high is not None:
            values[unit] = Estimate(
                value=1 - stayed.value, n=stayed.n, unit="share", low=1 - stayed.high, high=1 - stayed.low, method=stayed.method
            )  # fmt: skip
    texts = {unit: value_with_interval(context, estimate) for unit, estimate in values.items()}
    return [_Column("contract_churn", context.t("Contract customers who left"), values, texts)] if values else []


def _staff(context: Context, minimum: int) -> list[_Column]:
    """Return staff turnover by unit, of units with enough people at the period's start."""
    frame, period = context.dataset.tables.get("employees"), context.period
    if frame is None or period is None or "unit" not in frame.columns or not says(frame, *DATES):
        return []
    values = {}
    for unit in _units(frame[active_before(frame, period.start)], minimum):
        found = turnover(frame[frame["unit"] == unit], period.start, period.end)
        if found.turnover_out is not None:
            values[unit] = Estimate(value=found.turnover_out, n=found.headcount_start, unit="share", method="ek")
    texts = {unit: value_with_interval(context, estimate) for unit, estimate in values.items()}
    return [_Column("turnover_out", context.t("Staff who left"), values, texts)] if values else []


def _baskets(context: Context, found: Baskets | None) -> list[_Column]:
    if found is None:
        return []
    texts = {unit: basket_text(context, estimate) for unit, estimate in found.estimates.items()}
    return [_Column(BASKET, context.t("Basket size"), found.estimates, texts)]


def _units(frame: pd.DataFrame, minimum: int) -> tuple[str, ...]:
    counts = {str(unit): int(n) for unit, n in frame["unit"].value_counts().items()}
    return visible_categories(counts, minimum, len(frame)).shown if counts else ()


def _operations(context: Context) -> list[_Column]:
    frame = table_of_period(context, "operations")
    if frame is None or "unit" not in frame.columns:
        return []
    columns = []
    for measure, part in sorted(frame.groupby("measure"), key=lambda pair: str(pair[0])):
        values, texts = {}, {}
        for unit, rows in part.groupby("unit"):
            series = series_of(rows)
            mean = float(series.mean())
            values[str(unit)] = Estimate(value=mean, n=len(series), unit="number")
            texts[str(unit)] = context.f.number(mean, decimals_of(series))
        columns += [_Column(str(measure), str(measure), values, texts)] if values else []
    return columns


def _pairs(quality: list[_Column], business: list[_Column]) -> list[_Pair]:
    """Return the rank correlation of every pair over enough units; which stand out is decided over all of them."""
    found = []
    for one in quality:
        for other in business:
            units = sorted(set(one.estimates) & set(other.estimates))
            if len(units) >= FEWEST_UNITS:
                first, second = (_numbers(column, units) for column in (one, other))
                found.append(_Pair(one, other, rank_correlation(first, second), permutation_p(first, second)))
    adjusted = benjamini_hochberg([1.0 if pair.p is None else pair.p for pair in found])
    return [
        _Pair(
            pair.quality, pair.business, pair.estimate, pair.p, stands_out=bool(p <= FALSE_FINDS) and _one_sided(pair)
        )
        for pair, p in zip(found, adjusted, strict=True)
    ]


def _numbers(column: _Column, units: list[str]) -> list[float]:
    values = [column.estimates[unit].value for unit in units]
    return [float("nan") if value is None else value for value in values]


def _one_sided(pair: _Pair) -> bool:
    """Tell whether the interval leaves zero out; where ranks agree or contradict fully there is none to look at."""
    estimate = pair.estimate
    return estimate.low is None or estimate.high is None or estimate.low > 0 or estimate.high < 0


def _finding(context: Context, pairs: list[_Pair], units: int) -> Block:
    t = context.t
    if not pairs:
        return Callout(
            t(
                "Units with both figures: {n}. From fewer than {fewest} nothing can be said of whether encounters and business go together, so the table only sets them side by side.",
                n=context.f.integer(units),
                fewest=context.f.integer(FEWEST_UNITS),
            ),
            "caution",
        )
    clear = [pair for pair in pairs if pair.stands_out]
    if not clear:
        return Paragraph(t("No business figure goes together with encounter quality by unit beyond chance."))
    return Bullets(
        tuple((f"{pair.quality.label} – {pair.business.label}:", _together(context, pair)) for pair in clear)
    )


def _together(context: Context, pair: _Pair) -> str:
    found, f = pair.estimate, context.f
    higher = N_("where one is higher, the other tends to be higher too (rank correlation {value}, 95% interval {interval}, units {n}).")  # fmt: skip
    lower = N_("where one is higher, the other tends to be lower (rank correlation {value}, 95% interval {interval}, units {n}).")  # fmt: skip
    interval = f.number(None) if found.low is None else f"{f.signed(found.low, 2)}…{f.signed(found.high, 2)}"
    text = higher if (found.value or 0.0) > 0 else lower
    return context.t(text, value=f.signed(found.value, 2), interval=interval, n=f.integer(found.n))


def _table(context: Context, units: list[str], columns: list[_Column], baskets_note: str) -> Table:
    dash = context.f.number(None)
    note = context.t(
        "In brackets the 95% interval, where there is one. Units with too few contracts or people have no figure of them."
    )
    return Table(
        caption=context.t("Encounter quality and business figures by unit"),
        columns=(context.t("Unit"), *(column.label for column in columns)),
        rows=tuple((unit, *(column.texts.get(unit, dash) for column in columns)) for unit in units),
        numeric=frozenset(range(1, 1 + len(columns))),
        note=f"{note} {baskets_note}".rstrip(),
    )


def _caution(context: Context) -> str:
    return context.t(
        "Units differ in much besides their encounters: place, size, customers, competition. That two figures go together over units is not an effect, and does not tell what a better encounter would bring."
    )
