"""Waves compared: the last round of a questionnaire against the one before, group by group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.cautious import (
    cautious_mean_difference,
    cautious_nps_difference,
    cautious_share_difference,
)
from kohtaamo_utils.measures.comparisons import benjamini_hochberg
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.waves import waves_of
from kohtaamo_utils.presentation.blocks import Block, Bullets, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.reports.catalogue import (
    CES,
    CSAT,
    ELEMENT_MEASURES,
    ENPS,
    GROUP_LABELS,
    HEARD,
    NPS,
    Measure,
)
from kohtaamo_utils.reports.phrases import value_with_interval
from kohtaamo_utils.reports.survey import FEW

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

MEASURES: tuple[Measure, ...] = (NPS, ENPS, CSAT, CES, HEARD, *ELEMENT_MEASURES)
FALSE_FINDS = 0.05
"""Share of false finds among the changes that are told of one group."""
_DIFFERENCE = {"nps": cautious_nps_difference, "share": cautious_share_difference, "mean": cautious_mean_difference}


@dataclass(frozen=True)
class Change:
    """One measure of one group in its last two waves."""

    measure: Measure
    group: str
    before: Estimate
    after: Estimate
    difference: Difference
    stands_out: bool = False


def waves(context: Context, survey: Survey) -> Section:
    """Make the comparison of waves; none where no group answered in two rounds apart in time.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    if not survey.has_months:
        return Section("waves", (), (), tuple(survey.hidden))
    changes = [change for group in survey.groups for change in _changes(survey, group)]
    if not changes:
        return Section("waves", (), (), tuple(survey.hidden))
    figures = tuple(
        Figure("wave_change", _scope(change.measure, change.group), _estimate(change)) for change in changes
    )
    blocks: list[Block] = [_findings(context, changes)]
    groups = dict.fromkeys(change.group for change in changes)
    blocks += [_table(context, group, [change for change in changes if change.group == group]) for group in groups]
    blocks.append(Paragraph(_note(context)))
    return Section("waves", tuple(blocks), figures, tuple(survey.hidden))


def _scope(measure: Measure, group: str) -> dict[str, str]:
    return {"respondent_group": group, "measure": measure.figure, **measure.scope}


def _changes(survey: Survey, group: str) -> list[Change]:
    found = [change for measure in survey.asked_as(MEASURES) if (change := _change(survey, measure, group)) is not None]
    tested = [change for change in found if change.difference.p is not None]
    adjusted = benjamini_hochberg([change.difference.p or 0.0 for change in tested])
    clear = {id(change) for change, p in zip(tested, adjusted, strict=True) if p <= FALSE_FINDS}
    return [
        Change(one.measure, one.group, one.before, one.after, one.difference, stands_out=id(one) in clear)
        for one in found
    ]


def _change(survey: Survey, measure: Measure, group: str) -> Change | None:
    rows = survey.rows_for(measure, group)
    rows = rows[survey.usable(measure, rows).notna()]
    number = waves_of(rows["answered_on"])
    if number.dropna().nunique() < 2:
        return None
    sets = {str(int(wave)): frozenset(part.index) for wave, part in rows.groupby(number)}
    last = sorted(sets, key=int)[-2:]
    if not _may_be_shown(survey, rows, sets, last, (measure, group)):
        survey.note(Hidden("wave_change", _scope(measure, group), FEW.format(minimum=survey.minimum)))
        return None
    before, after = (rows.loc[sorted(sets[wave])] for wave in last)
    one, two = (measure.values(measure.answers(part)) for part in (after, before))
    difference = _DIFFERENCE[measure.kind](one, two, survey.weights(after), survey.weights(before))
    estimates = [
        survey.estimate(measure, group, measure.answers(part), survey.weights(part)) for part in (before, after)
    ]
    if any(estimate.low is None for estimate in estimates):  # the change's interval would tell what theirs would
        difference = replace(difference, low=None, high=None, p=None)
    return Change(measure, group, estimates[0], estimates[1], difference)


def _may_be_shown(
    survey: Survey, rows: pd.DataFrame, sets: dict[str, frozenset[int]], last: list[str], of: tuple[Measure, str]
) -> bool:
    """Tell whether the last two waves may stand beside all other groupings, and beside the months that are shown."""
    published = survey.publish(rows, {"wave": sets}, of)
    if any(wave not in published.shown.get("wave", {}) for wave in last):
        return False
    months = published.shown.get("month", {}).values()
    left = [sets[wave].difference(*(month for month in months if month <= sets[wave])) for wave in last]
    tells = survey.tells_within(*of, rows)
    return all(not part or (len(part) >= survey.minimum and not tells(part)) for part in left)


def _estimate(change: Change) -> Estimate:
    found = change.difference
    return Estimate(
        value=found.value, n=found.n1 + found.n2, unit=found.unit, low=found.low, high=found.high, method=found.method,
        level=found.level,
    )  # fmt: skip


def _findings(context: Context, changes: list[Change]) -> Block:
    t = context.t
    items = []
    for change in changes:
        if change.stands_out:
            rose = (change.difference.value or 0.0) > 0
            items.append((t(GROUP_LABELS[change.group]) + ":", _sentence(context, change, rose=rose)))
    if not items:
        return Paragraph(t("Nothing has changed from the round before beyond chance."))
    return Bullets(tuple(items))


def _sentence(context: Context, change: Change, *, rose: bool) -> str:
    texts = {
        "measure": context.t(change.measure.label),
        "before": context.f.in_unit(change.before.value, change.before.unit),
        "after": context.f.in_unit(change.after.value, change.after.unit),
    }
    if rose:
        return context.t("{measure} rose from {before} to {after}.", **texts)
    return context.t("{measure} fell from {before} to {after}.", **texts)


def _table(context: Context, group: str, changes: list[Change]) -> Table:
    t, f = context.t, context.f
    rows = [
        (
            t(change.measure.label),
            value_with_interval(context, change.before),
            f.integer(change.before.n),
            value_with_interval(context, change.after),
            f.integer(change.after.n),
            _gap(context, change),
            t("changed") if change.stands_out else "",
        )
        for change in changes
    ]
    columns = (t("Measure"), t("Round before"), "n", t("Last round"), "n", t("Change"), t("Remark"))
    width = 7 if any(change.stands_out for change in changes) else 6
    return Table(
        caption=t("The last two rounds: {group}", group=t(GROUP_LABELS[group]).lower()),
        columns=columns[:width],
        rows=tuple(row[:width] for row in rows),
        numeric=frozenset({1, 2, 3, 4, 5}),
    )


def _gap(context: Context, change: Change) -> str:
    """Return the change with its interval; of shares in percentage points."""
    found, share = change.difference, change.measure.kind == "share"
    factor, decimals = (100.0, 0) if share else (1.0, 0 if change.measure.kind == "nps" else 2)
    texts = [
        context.f.signed(None if part is None else part * factor, decimals)
        for part in (found.value, found.low, found.high)
    ]
    value = context.t("{value} percentage points", value=texts[0]) if share else texts[0]
    return value if found.low is None else f"{value} ({texts[1]}…{texts[2]})"


def _note(context: Context) -> str:
    return context.t(
        "A round ends where nobody answers for four weeks. The rounds are compared as two groups, for who answered twice is not known; of all measures of a group the Benjamini–Hochberg method keeps false finds at 5%. A change between two rounds does not tell what brought it about."
    )
