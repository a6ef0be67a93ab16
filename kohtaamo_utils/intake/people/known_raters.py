"""Raters who are known by name, among those who are not: the reviewee's or a manager's own answers in a protected group.

Whoever reads the report knows them. Three peers of whom one is the reader are two peers, and their mean is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.notes.personal_data import is_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.intake.columns.rated import Rated
    from kohtaamo_utils.intake.people.privacy import Pseudonyms

SELF, MANAGER = "self", "manager"
WHO = ("reviewee_id", "wave", "rater_id", "rater_group")


def check_known_raters(parts: list[Rated], identifiers: Mapping[str, str], pseudonyms: Pseudonyms) -> None:
    """Record a problem for each rater who is known by name and rates the same person as somebody else, in any source.

    Parameters
    ----------
    parts
        All files' ratings.
    identifiers
        What the files call reviewees who have another id now.
    pseudonyms
        The engagement's: a reviewee who is called by a name has another id as a rater.
    """
    rows = pd.concat([_people(part, place) for place, part in enumerate(parts)], ignore_index=True)
    one_space = _one_space(rows)
    for (reviewee, _), its in rows.groupby(["reviewee_id", "wave"], sort=False):
        selves = set(its.loc[its["rater_group"] == SELF, "rater_id"])
        text = identifiers.get(str(reviewee), str(reviewee))
        if one_space or text != reviewee or is_person(text):
            selves |= {str(reviewee), pseudonyms.of(text)}
        managers = set(its.loc[its["rater_group"] == MANAGER, "rater_id"]) - selves
        for row in _elsewhere(its, selves, {SELF}):
            _tell(
                parts, row, say("The reviewee's own answers stand among those of another group, {group}.", group=row[3])
            )
        for row in _elsewhere(its, managers, {SELF, MANAGER}):
            _tell(
                parts,
                row,
                say("A manager of the reviewee stands among those of another group, {group}, as well.", group=row[3]),
            )


def _people(part: Rated, place: int) -> pd.DataFrame:
    """Return a row for each rater of each reviewee, with the first row of the file on which they stand."""
    frame = part.frame
    wave = frame["wave"].fillna("") if "wave" in frame else ""
    rows = frame.assign(wave=wave, part=place, row=frame.index)[[*WHO, "part", "row"]]
    return rows.dropna(subset=["reviewee_id", "rater_id", "rater_group"]).drop_duplicates(list(WHO))


def _one_space(rows: pd.DataFrame) -> bool:
    """Tell whether reviewees and raters are numbered alike: everybody who rates themself has one id in both columns."""
    selves = rows[rows["rater_group"] == SELF]
    return len(selves) > 0 and bool((selves["rater_id"] == selves["reviewee_id"]).all())


def _elsewhere(its: pd.DataFrame, known: set[str], groups: set[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the part, row, rater and group where a known rater stands in another group than these."""
    found = its[its["rater_id"].isin(known) & ~its["rater_group"].isin(groups)]
    columns = (found[name].tolist() for name in ("part", "row", "rater_id", "rater_group"))
    yield from zip(*columns, strict=True)


def _tell(parts: list[Rated], row: tuple[int, int, str, str], message: str) -> None:
    place, number, rater, _ = row
    part = parts[place]
    part.findings.problem(
        "known_rater",
        joined([message, say("Whoever knows their answers would work out those of the others in it.")]),
        expected=say("one group for a rater who is known by name: self or manager"),
        advice=say("Correct the rater's group, or leave these rows out."),
        row=int(number),
        column=part.column("rater_group"),
        value=rater,
    )
