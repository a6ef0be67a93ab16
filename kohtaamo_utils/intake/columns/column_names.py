"""Which of a file's columns is meant by a name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import either, quoted, say, say_plural
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.values.cells import INVISIBLE, as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.sheets.sheet import Titled

SHOWN = 20
"""How many of a file's columns a message names."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(INVISIBLE + "\u00ad", ""),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)
NUMBERED = re.compile(r"(?P<name>.+)\.(?P<number>[1-9][0-9]*)", re.DOTALL)
"""One of several columns with the same name: ``Q.2`` is the second ``Q``."""


def find(sheet: Titled, name: str, findings: Findings) -> int | None:
    """Return a column's place: by its exact name, then by another name it has, then by either, case and blanks apart.

    Of several columns with the same name, ``Q.1`` is the first and ``Q.2`` the second. A name that fits no column,
    or several, becomes a problem.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.intake.sheets.sheet import Sheet
    >>> findings = Findings("survey", "a.csv")
    >>> find(Sheet(("id", "NPS"), pd.DataFrame()), "nps", findings)
    1
    >>> [entry.detail for entry in findings.entries]
    ['column NPS stands for nps']
    """
    places = places_of(sheet, name)
    if len(places) == 1:
        given = sheet.names[places[0]]
        if as_text(name) not in (given, *_aliases(sheet, places[0])):
            findings.note(
                "inferred",
                "case",
                1,
                say("column {given} stands for {name}", given=given, name=name),
                column=given,
                value=name,
            )
        return places[0]
    if places:
        _several(sheet, name, places, findings)
    else:
        missing(sheet, name, findings)
    return None


def own_name(sheet: Titled, name: str, findings: Findings | None = None) -> int | None:
    """Return the place of the one column that bears a canonical name, case apart; that several do becomes a problem."""
    places = [place for place, given in enumerate(sheet.names) if given.casefold() == name.casefold()]
    if len(places) > 1 and findings is not None:
        _several(sheet, name, places, findings)
    return places[0] if len(places) == 1 else None


def place_of(sheet: Titled, source: Source, name: str) -> int | None:
    """Return the place of the column that a source gives for a canonical one, or that bears its name; None where it has none, or makes it of several."""
    rule = source.columns.get(name)
    if isinstance(rule, str):
        return find(sheet, rule, Findings("", ""))
    return own_name(sheet, name) if rule is None else None


def _aliases(sheet: Titled, place: int) -> tuple[str, ...]:
    return sheet.aliases[place] if sheet.aliases else ()


def places_of(sheet: Titled, name: str) -> list[int]:
    r"""Return the places of all columns that a name fits, each in the best way that any of them is fitted.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.intake.sheets.sheet import Sheet
    >>> sheet = Sheet(("Q", "Q", "Palvelu\n kassalla"), pd.DataFrame())
    >>> places_of(sheet, "Q"), places_of(sheet, "Q.2"), places_of(sheet, "palvelu kassalla")
    ([0, 1], [1], [2])
    """
    wanted = as_text(name)
    spread = range(len(sheet.names))
    exact = [place for place in spread if sheet.names[place] == wanted]
    exact = exact or [place for place in spread if wanted in _aliases(sheet, place)]
    return exact or _folded_places(sheet, wanted) or _numbered(sheet, wanted)


def _folded_places(sheet: Titled, wanted: str) -> list[int]:
    names = [(given, *_aliases(sheet, place)) for place, given in enumerate(sheet.names)]
    return [place for place, several in enumerate(names) if _folded(wanted) in map(_folded, several)]


def _folded(name: str) -> str:
    """Return a name without what cannot be seen, or is typed in several ways: blanks, soft hyphens, quotes, dashes."""
    return " ".join(name.translate(_ALIKE).split()).casefold()


def _numbered(sheet: Titled, wanted: str) -> list[int]:
    match = NUMBERED.fullmatch(wanted)
    if match is None:
        return []
    alike = [place for place, given in enumerate(sheet.names) if given == match["name"]]
    number = int(match["number"])
    return [alike[number - 1]] if len(alike) > 1 and number <= len(alike) else []


def _several(sheet: Titled, name: str, places: list[int], findings: Findings) -> None:
    whole = list(dict.fromkeys(sheet.names[place] for place in places))
    told_apart = len(whole) == len(places)
    findings.problem(
        "ambiguous_column",
        say_plural('{n} column is called "{name}".', '{n} columns are called "{name}".', len(places), name=name),
        expected=listing(whole) if told_apart else _counted(name, len(places)),
        advice=say("Give the whole name.")
        if told_apart
        else say("Say by its number which one it is, or rename the others."),
        column=name,
    )


def _counted(name: str, count: int) -> str:
    """Say how the columns of one name are told apart.

    Examples
    --------
    >>> _counted("Q", 3)
    'one of Q.1, Q.2, Q.3, counted from the left'
    """
    names = ", ".join(f"{as_text(name)}.{number}" for number in range(1, count + 1))
    return say("one of {names}, counted from the left", names=names)


def missing(sheet: Titled, name: str, findings: Findings) -> None:
    """Record that the settings name a column that the file does not have."""
    known = {given.casefold(): given for given in sheet.named}
    near = [known[text] for text in get_close_matches(as_text(name).casefold(), known, n=3, cutoff=0.5)]
    findings.problem(
        "missing_column",
        say('The file has no column "{name}".', name=name),
        expected=listing(sheet.named),
        advice=say("Did you mean {offer}?", offer=either(map(quoted, near)))
        if near
        else say("Correct the name, or the file's `separator`."),
        column=name,
    )


def listing(names: Iterable[str]) -> str:
    """Return a file's columns for a message, at most twenty of them.

    Examples
    --------
    >>> listing(["id", "nps"])
    "one of the file's columns: id, nps"
    """
    given = list(names)
    if not given:
        return say("a file with named columns")
    names = ", ".join(given[:SHOWN])
    more = say("{names} and {n} more", names=names, n=len(given) - SHOWN) if len(given) > SHOWN else names
    return say("one of the file's columns: {names}", names=more)
