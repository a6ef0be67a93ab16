"""One rater's two answers to one item, in two files or under two names of the item: neither may win in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.rated import Rated

KEY = ("reviewee_id", "rater_id", "rater_group", "item", "wave")


def check_rated_twice(parts: list[Rated]) -> None:
    """Record a problem for each answer that is there a second time, in any source of the table.

    Parameters
    ----------
    parts
        All files' ratings that have scores, with one name for each item. Rows without a score are not answers.
    """
    rows = pd.concat([_answers(part, place) for place, part in enumerate(parts)], ignore_index=True)
    names = [name for name in KEY if name in rows]
    again = rows[rows.duplicated(names, keep=False)]
    for _, same in again.groupby(names, sort=False):
        first, *others = zip(same["part"].tolist(), same["row"].tolist(), strict=True)
        for place, row in others:
            part, other = parts[place], parts[first[0]]
            part.findings.problem(
                "rated_twice",
                say(
                    "This rater's answer to this item stands in row {row} of {file} already.",
                    row=str(first[1]),
                    file=other.findings.file,
                ),
                expected=say("each rater's answer to an item once, over all sources"),
                advice=say("Keep one of the two."),
                row=int(row),
                column=part.column("item"),
                value=", ".join(str(same[name].iloc[0]) for name in names if same[name].iloc[0]),
            )


def _answers(part: Rated, place: int) -> pd.DataFrame:
    frame = part.frame.loc[part.frame["score"].notna(), [name for name in KEY if name in part.frame]]
    wave = frame["wave"].fillna("") if "wave" in frame else ""
    return frame.assign(wave=wave, part=place, row=frame.index)
