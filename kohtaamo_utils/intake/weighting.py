"""Weights for the survey's answers where the settings ask for them: raking to known margins, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.engagement.survey_settings import joined, margins_of
from kohtaamo_utils.errors import SETTINGS_FILE, DataError, say, say_plural
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.survey_frame import check_frames, check_strangers, has_column, in_period
from kohtaamo_utils.measures.weighting import rake
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import EngagementSettings

Margins = dict[str, dict[str, float]]


def weighted(survey: pd.DataFrame, settings: EngagementSettings) -> tuple[pd.DataFrame, Findings]:
    """Check the answers against the frame, and fill the column ``weight`` of the groups that are to be weighted.

    Parameters
    ----------
    survey
        The whole canonical table.
    settings
        The engagement's.

    Returns
    -------
    survey
        With weights of mean 1 (nearly so where the cap bites) for the answers of the period; those outside have none.
    findings
        What is wrong, and what was done.

    Notes
    -----
    Each questionnaire (perspective) of a group is weighted by itself, to the same margins.
    """
    findings = Findings("survey", SETTINGS_FILE)
    current = in_period(survey, settings)
    check_frames(current, settings, findings)
    for group, weights in settings.weighting.items():
        rows = current[current["respondent_group"] == group]
        margins = margins_of(weights, settings.survey_frame.get(group))
        own = "known" if weights.margins is None else "margins"
        place = f"{'survey_frame' if own == 'known' else 'weighting'}.{group}.{own}"
        if not _can_be_weighted(rows, group, margins, place, settings.disclosure.minimum_respondents, findings):
            continue
        survey = _with(survey, _raked(rows, margins, weights.cap, f"weighting.{group}", findings))
        detail = say(
            "weights of {group} answers raked to {margins}; {cap}",
            group=group,
            margins=", ".join(margins),
            cap=_said_cap(weights.cap),
        )
        findings.note("weighted", "raking", len(rows), detail, column=", ".join(margins), value=group)
    return survey, findings


def _said_cap(cap: tuple[float, float] | None) -> str:
    return say("no cap") if cap is None else say("cap {low} to {high}", low=f"{cap[0]:g}", high=f"{cap[1]:g}")


def joint(column: pd.Series, names: Mapping[str, float]) -> pd.Series:
    """Return each answer's margin category: ``Turku | Oulu`` for one of Turku and for one of Oulu."""
    return column.map({part: name for name in names for part in joined(name)})


def _can_be_weighted(
    rows: pd.DataFrame, group: str, margins: Margins, place: str, minimum: int, findings: Findings
) -> bool:
    before = len(findings.problems)
    if rows.empty:
        findings.problem(
            "nothing_to_weight",
            say("There are no {group} answers in the period.", group=group),
            advice=say("Remove the block, or correct `period` or the group."),
            column=f"weighting.{group}",
        )
    elif "weight" in rows.columns and rows["weight"].notna().any():
        findings.problem(
            "weighted_twice",
            say(
                "The {group} answers have weights of their own, from a column or constant `weight` of their file.",
                group=group,
            ),
            expected=say("one of the two"),
            advice=say("Remove `weight` from the source's `columns`, or this block."),
            column=f"weighting.{group}",
        )
    else:
        for column, names in margins.items():
            _check_margin(rows, column, names, f"{place}.{column}", minimum, findings)
    return len(findings.problems) == before


def _check_margin(
    rows: pd.DataFrame, column: str, names: Mapping[str, float], place: str, minimum: int, findings: Findings
) -> None:
    """Require a target for each category of the answers, and enough answers for each target."""
    if not has_column(rows, column, place, findings):
        return
    check_strangers(rows[column], [part for name in names for part in joined(name)], place, findings)
    for perspective, part in rows.groupby("perspective"):
        counts = joint(part[column], names).value_counts()
        for name in names:
            count = int(counts.get(name, 0))
            if count < minimum:
                findings.problem(
                    "small_margin",
                    say_plural(
                        "Of the answers that say how it was {perspective}, {n} is of this category.",
                        "Of the answers that say how it was {perspective}, {n} are of this category.",
                        count,
                        perspective=str(perspective),
                    ),
                    expected=say(
                        "at least {minimum}: fewer cannot stand for a part of the population", minimum=minimum
                    ),
                    advice=say(
                        "Join it with another under `margins`, e.g. `{entry}`, or weight by another column.",
                        entry='"Turku | Oulu": 0.4',
                    ),
                    column=place,
                    value=name,
                )


def _raked(
    rows: pd.DataFrame, margins: Margins, cap: tuple[float, float] | None, place: str, findings: Findings
) -> pd.Series:
    """Return the answers' weights, each questionnaire's by itself; none where they cannot be found."""
    parts = []
    for _, part in rows.groupby("perspective"):
        frame = pd.DataFrame({column: joint(part[column], names) for column, names in margins.items()})
        try:
            parts.append(rake(frame, margins, cap))  # type: ignore[arg-type]  # text keys are hashable
        except DataError as error:
            findings.problem("weighting", error.message, column=place)
    return pd.concat(parts) if parts else pd.Series(dtype="float64")


def _with(survey: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Put weights into their column, which has its place in the table's order."""
    there = survey["weight"] if "weight" in survey.columns else pd.Series(float("nan"), index=survey.index)
    filled = survey.assign(weight=weights.reindex(survey.index).fillna(there))
    order = [name for name in TABLES["survey"].columns if name in filled.columns]
    return filled[[*order, *(name for name in filled.columns if name not in order)]]
