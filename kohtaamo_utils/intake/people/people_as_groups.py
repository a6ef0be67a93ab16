"""Columns whose groups are people: reports would print them as touchpoints or segments, with a score beside each name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.personal_data import is_person
from kohtaamo_utils.intake.values.cells import as_text, distinct
from kohtaamo_utils.tables import SEGMENT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

GROUPS = frozenset({"touchpoint", "channel", "segment", "theme", "measure"})
"""What reports group by, and what their figures are called. A unit may be called by its leader's name: it is the client's own word for a team."""
FEWEST, SHARE = 2, 0.5
"""From so many names on, and from this share of all the different values, a column's groups are people."""
COMPANIES = frozenset({"oy", "ab", "oyj", "abp", "ky", "tmi", "ltd", "as", "gmbh"})


def check_people(bound: Mapping[str, Bound], findings: Findings) -> None:
    """Record a problem for each column of groups that holds people's names.

    Parameters
    ----------
    bound
        Canonical columns' raw cells.
    findings
        Takes one problem a column, at its first name; the name itself is not repeated.
    """
    for name, column in bound.items():
        if column.constant or (name not in GROUPS and not name.startswith(SEGMENT_PREFIX)):
            continue
        codes, cells = distinct(column.cells)
        people = [place for place, cell in enumerate(cells) if names_somebody(as_text(cell))]
        filled = sum(1 for cell in cells if as_text(cell))
        if len(people) >= FEWEST and len(people) >= SHARE * filled:
            findings.problem(
                "people",
                say(
                    "{people} of the {values} different values look like people's names; reports would print them with their scores.",
                    people=len(people),
                    values=filled,
                ),
                expected=say("groups that are nobody in particular"),
                advice=say(
                    "Leave the column out of the mapping, or replace the names in the file by groups such as teams."
                ),
                row=int(column.cells.index[codes == people[0]][0]),
                column=column.label,
            )


def names_somebody(text: str) -> bool:
    """Tell whether a whole cell is a person's name: common given names and surnames are known, companies are none.

    Examples
    --------
    >>> [names_somebody(text) for text in ("Virtanen, Aino", "Pekka", "Aino Esimerkkilä", "Maukas Laine Oy", "Hämeenlinna")]
    [True, True, True, False, False]
    """
    words = [word.strip(".,").casefold() for word in text.replace("-", " ").split()]
    if not words or words[-1] in COMPANIES or known_names().isdisjoint(words):
        return False
    return is_person(text) or (len(words) == 1 and text[:1].isupper())


@cache
def known_names() -> frozenset[str]:
    """Return given names and surnames that are common in Finland, in small letters."""
    text = resources.files("kohtaamo_utils.intake.people").joinpath("known_names.txt").read_text(encoding="utf-8")
    return frozenset(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
