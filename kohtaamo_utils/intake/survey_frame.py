"""Whether the answers fit those who were asked: ``survey_frame`` of the settings against the survey's rows."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.survey_settings import GROUPING
from kohtaamo_utils.errors import quoted, say, say_plural
from kohtaamo_utils.measures.period import between
from kohtaamo_utils.tables import SEGMENT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.engagement.survey_settings import Frame
    from kohtaamo_utils.intake.notes.findings import Findings


def in_period(survey: pd.DataFrame, settings: EngagementSettings) -> pd.DataFrame:
    """Return the answers that the reports speak of."""
    period = settings.period
    return survey if period is None else between(survey, "answered_on", period.start, period.end)


def answers_of(survey: pd.DataFrame, group: str, frame: Frame) -> pd.DataFrame:
    """Return the answers of those whom a frame speaks of."""
    rows = survey[survey["respondent_group"] == group]
    return rows if frame.perspective is None else rows[rows["perspective"] == frame.perspective]


def check_frames(survey: pd.DataFrame, settings: EngagementSettings, findings: Findings) -> None:
    """Record each way in which a group's answers cannot be those of the people who were asked.

    Parameters
    ----------
    survey
        Canonical table, answers of the period only.
    settings
        The engagement's.
    findings
        Where the problems go.
    """
    for group, frame in settings.survey_frame.items():
        rows, place = answers_of(survey, group, frame), f"survey_frame.{group}"
        asked = sorted(set(rows["perspective"].dropna()))
        if frame.perspective is None and len(asked) > 1:
            findings.problem(
                "frame_perspective",
                say(
                    "The {group} answers are from several questionnaires, so it is not clear which these people were asked.",
                    group=group,
                ),
                expected=say("`perspective`, one of {names}", names=", ".join(asked)),
                advice=say("Add `{entry}`.", entry=f"perspective: {asked[0]}"),
                column=place,
            )
        elif len(rows) > frame.invited or rows.empty:
            findings.problem(
                "frame_size",
                say_plural(
                    "There is {n} {group} answer in the period.",
                    "There are {n} {group} answers in the period.",
                    len(rows),
                    group=group,
                ),
                expected=say("from 1 to {invited}, the number of those invited", invited=frame.invited),
                advice=say(
                    "Correct `invited`, or see whether answers stand twice, are of another group or lie outside `period`."
                ),
                column=f"{place}.invited",
                value=str(frame.invited),
            )
        else:
            for column, counts in frame.known.items():
                _check_known(rows, column, counts, f"{place}.known.{column}", findings)


def _check_known(rows: pd.DataFrame, column: str, counts: Mapping[str, int], place: str, findings: Findings) -> None:
    if not has_column(rows, column, place, findings):
        return
    answered = rows[column].value_counts()
    check_strangers(rows[column], counts, place, findings)
    for name, count in counts.items():
        if answered.get(name, 0) > count:
            findings.problem(
                "frame_size",
                say(
                    "{answered} answers are of this category, but only {asked} were asked.",
                    answered=int(answered[name]),
                    asked=count,
                ),
                expected=say_plural("at most {n} answer", "at most {n} answers", count),
                advice=say("Correct the count, or see whether answers stand twice."),
                column=place,
                value=name,
            )


def has_column(rows: pd.DataFrame, column: str, place: str, findings: Findings) -> bool:
    """Tell whether the survey has a column to group by; if not, record the problem."""
    if column in rows.columns:
        return True
    there = [str(name) for name in rows.columns if name in GROUPING or str(name).startswith(SEGMENT_PREFIX)]
    findings.problem(
        "unknown_column",
        say("The survey has no column `{column}`.", column=column),
        expected=say("one of {names}", names=", ".join(there)) if there else "",
        advice=say("Map it under `columns` of the survey, or remove `{column}` here.", column=column),
        column=place,
    )
    return False


def check_strangers(column: pd.Series, names: Iterable[str], place: str, findings: Findings) -> None:
    """Record each category of the answers that the settings do not name."""
    known = list(names)
    counts = column.value_counts()
    for name in sorted(set(counts.index) - set(known)):
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        findings.problem(
            "unknown_category",
            say_plural(
                "{n} of the answers is of this category, but it is not named here.",
                "{n} of the answers are of this category, but it is not named here.",
                int(counts[name]),
            ),
            expected=say("one of {names}", names=", ".join(known)),
            advice=say("Is it {near}? Write the two alike, or add it.", near=quoted(near[0]))
            if near
            else say("Add it."),
            column=place,
            value=name,
        )
