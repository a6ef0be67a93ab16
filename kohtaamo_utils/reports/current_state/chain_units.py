"""The chain unit by unit, under the rule that every figure of a unit is under, and the weakest link where it can be told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.measures.comparisons import holm
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure
from kohtaamo_utils.reports.answers import default_perspective
from kohtaamo_utils.reports.current_state.links import ALPHA, LINK_LABELS, LINKS
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.phrases import in_brackets, value_with_interval

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

UNIT = "unit"


@dataclass(frozen=True, eq=False)
class _UnitLink:
    """A link of one unit that may be shown, with the answers behind it."""

    name: str
    estimate: Estimate
    answers: pd.Series
    weights: pd.Series | None


FEWEST_UNITS = 2
"""With fewer units the chain of a unit is the chain of the whole."""


def chain_by_unit(context: Context, survey: Survey, measure: Measure) -> tuple[list[Block], list[Figure]]:
    """Return the chain of each unit of which two links or more may be shown; nothing where answers name no units.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    measure
        What the links of the whole are measured by.
    """
    if UNIT not in survey.dimensions or survey.frame[UNIT].nunique(dropna=False) < FEWEST_UNITS:
        return [], []
    t, units = context.t, _units(survey, measure)
    if not units:
        text = t("The chain cannot be shown by unit: no unit has enough answers of two links.")
        return [Callout(text)], []
    weakest = _weakest(units)
    figures = [
        Figure("chain_link", {"respondent_group": LINKS[link.name], "link": link.name, UNIT: unit, **measure.scope}, link.estimate)
        for unit, links in units.items()
        for link in links
    ]  # fmt: skip
    named = tuple((f"{unit}:", t(LINK_LABELS[link])) for unit, link in weakest.items() if link)
    blocks: list[Block] = []
    if named:
        blocks += [Paragraph(t("Units in which one link is weaker than the others beyond chance:")), Bullets(named)]
    else:
        blocks.append(
            Paragraph(t("In none of the units shown is one link of the chain weaker than the others beyond chance."))
        )
    return [*blocks, _table(context, measure, units, weakest)], figures


def _units(survey: Survey, measure: Measure) -> dict[str, list[_UnitLink]]:
    """Return the links of each unit that has two or more, by the unit's name."""
    found: dict[str, list[_UnitLink]] = {}
    for link, group in LINKS.items():
        if group not in survey.groups:
            continue
        perspective = None if default_perspective(group) == "experienced" else "experienced"
        rows = survey.rows_for(measure, group, perspective)
        answers, weights = survey.usable(measure, rows), survey.weights(rows)
        shown = survey.published(measure, group, perspective).shown.get(UNIT, {})
        for cell in survey.by(measure, group, UNIT, perspective):
            chosen = sorted(shown[str(cell.category)])
            part = None if weights is None else weights.loc[chosen]
            found.setdefault(str(cell.category), []).append(_UnitLink(link, cell.estimate, answers.loc[chosen], part))
    return {unit: found[unit] for unit in sorted(found, key=natural) if len(found[unit]) > 1}


def _weakest(units: dict[str, list[_UnitLink]]) -> dict[str, str]:
    """Return each unit's weakest link, empty where none is: Welch's tests of all pairs, Holm's method over all units."""
    pairs = [(unit, one, other) for unit, links in units.items() for one, other in combinations(links, 2)]
    tested = [
        cautious_mean_difference(one.answers, other.answers, one.weights, other.weights) for _, one, other in pairs
    ]
    adjusted = holm([1.0 if found.p is None else found.p for found in tested])
    weaker = {
        (unit, one.name, other.name) if (found.value or 0.0) < 0 else (unit, other.name, one.name)
        for (unit, one, other), found, p in zip(pairs, tested, adjusted, strict=True)
        if p <= ALPHA
    }
    return {unit: _below_all(unit, [link.name for link in links], weaker) for unit, links in units.items()}


def _below_all(unit: str, names: list[str], weaker: set[tuple[str, str, str]]) -> str:
    return next((one for one in names if all((unit, one, other) in weaker for other in names if other != one)), "")


def _table(context: Context, measure: Measure, units: dict[str, list[_UnitLink]], weakest: dict[str, str]) -> Table:
    t = context.t
    used = [name for name in LINKS if any(link.name == name for links in units.values() for link in links)]
    rows = []
    for unit, links in units.items():
        texts = {link.name: _text(context, link.estimate) for link in links}
        told = t(LINK_LABELS[weakest[unit]]) if weakest[unit] else t("cannot be told")
        rows.append((unit, told, *(texts.get(name, context.f.number(None)) for name in used)))
    return Table(
        caption=t("{measure} along the chain by unit", measure=t(measure.label)),
        columns=(t("Unit"), t("Weakest of these links"), *(t(LINK_LABELS[name]) for name in used)),
        rows=tuple(rows),
        numeric=frozenset(range(2, 2 + len(used))),
        note=in_brackets(
            context,
            t(
                "Links and units with too few answers are left out. The links of a unit are compared in pairs; Holm's method keeps the chance of any false claim at 5% over all units together."
            ),
            (link.estimate for links in units.values() for link in links),
        ),
    )


def _text(context: Context, estimate: Estimate) -> str:
    return f"{value_with_interval(context, estimate)}, {context.t('n = {n}', n=context.f.integer(estimate.n))}"
