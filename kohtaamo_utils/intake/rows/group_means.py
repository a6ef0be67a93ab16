"""Means of rater groups in place of their raters' own answers: a group of five would count as one rater, or each of its means as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.intake.people.known_raters import MANAGER, SELF
from kohtaamo_utils.intake.rows.summary_tables import Summary

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.rated import Rated

HALVES = 2
"""Where people may choose between two steps, they choose the half; a mean of several lies anywhere."""
FEWEST = 2
"""So many groups of which each has one answer to an item: one may have had a single rater."""


def check_group_means(parts: list[Rated]) -> None:
    """Record a problem where no group but self and manager has two answers to an item, and some answers are no steps or halves.

    Parameters
    ----------
    parts
        All files' ratings that have scores, with one name for each item.
    """
    rows = pd.concat([_in_groups(part, place) for place, part in enumerate(parts)], ignore_index=True)
    answers = rows.groupby(["reviewee_id", "wave", "rater_group", "item"]).size()
    groups = rows.groupby(["reviewee_id", "wave", "rater_group"]).ngroups
    broken = rows[rows["score"] * HALVES % 1 != 0]
    if broken.empty or groups < FEWEST or answers.max() > 1:
        return
    place, row, score, item = broken.iloc[0][["part", "row", "score", "item"]]
    part = parts[int(place)]
    column = str(item) if part.source.wide else part.column("score")
    summary = Summary(means=True, columns=(column,))
    part.findings.problem(
        "group_means",
        summary.message,
        expected=summary.expected,
        advice=summary.wanted,
        row=int(row),
        column=column,
        value=f"{score:g}",
    )


def _in_groups(part: Rated, place: int) -> pd.DataFrame:
    frame = part.frame
    wave = frame["wave"].fillna("") if "wave" in frame else ""
    rows = frame.assign(wave=wave, part=place, row=frame.index)
    return rows[rows["score"].notna() & ~rows["rater_group"].isin({SELF, MANAGER})]
