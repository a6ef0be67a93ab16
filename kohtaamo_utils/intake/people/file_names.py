"""Which identifiers cannot be the name of a report's file (unsafe ones, Windows' own, those equal but for case), and what stands for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUP = "group"
"""Name of the group's report, beside those of the reviewees."""
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{i}" for port in ("com", "lpt") for i in "123456789\u00b9\u00b2\u00b3"),
}
"""Names that Windows keeps for devices, with whatever ending."""
_NO_LETTER = re.compile(r"[^\w\- ]+|_")
_MOST_BYTES = 90
"""Of a name in a file's name: with the rest of it every system takes it."""
_SAFE = re.compile(r"[^\W_][\w.\- ]{0,99}", re.UNICODE)


class Unfit(NamedTuple):
    """An identifier that cannot name a file of its own: why, and what to do."""

    name: str
    message: str
    advice: str


def unfit_names(names: Iterable[str]) -> Iterator[Unfit]:
    """Yield each identifier that cannot name a file of its own.

    Parameters
    ----------
    names
        Identifiers; of two that differ in case only, the later one is unfit.

    Examples
    --------
    >>> [unfit.name for unfit in unfit_names(["r01", "R01", "a/b", "con", "Group"])]
    ['R01', 'a/b', 'con', 'Group']
    """
    seen = {GROUP: GROUP}
    for name in names:
        found = _by_itself(name)
        other = name if found else seen.setdefault(name.casefold(), name)
        if other == GROUP and found is None:
            message = say("The id {name} would be one file with the group's report.", name=repr(name))
            found = Unfit(name, message, say("Give the reviewee another id."))
        elif other != name:
            message = say("The ids {one} and {other} would be one file.", one=repr(other), other=repr(name))
            found = Unfit(name, message, say("Give each reviewee an id of its own."))
        if found is not None:
            yield found


def safe_name(name: str, mark: str, instead: str) -> str:
    """Return what stands for a name in a file's name.

    A name that every system takes is its own. Of others, what is between letters, digits, spaces and hyphens becomes a
    hyphen, long ones are cut, and a mark is added, so that it is no other's.

    Parameters
    ----------
    name
        Any text.
    mark
        A short fingerprint of it.
    instead
        What stands for a name without any letter or digit.

    Examples
    --------
    >>> safe_name("Ville Virtanen", "cc1c56", "unit"), safe_name("Virtanen, Ville", "cc1c56", "unit")
    ('Ville Virtanen', 'Virtanen-Ville-cc1c56')
    """
    whole = unicodedata.normalize("NFC", name)
    plain = re.sub(r"[\s-]*-[\s-]*", "-", _NO_LETTER.sub("-", whole)).strip(" -")
    short = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" -")
    if short == whole and not any(unfit_names([short])):
        return short
    return f"{short or instead}-{mark}"


def _by_itself(name: str) -> Unfit | None:
    if not _SAFE.fullmatch(name) or ".." in name or name.endswith((".", " ")):
        advice = say("Use letters, digits, spaces, '-', '_' and '.', starting with a letter or a digit.")
        return Unfit(name, say("The id {name} cannot be a file name.", name=repr(name)), advice)
    if name.casefold().split(".")[0].rstrip() in _DEVICES:
        message = say("The id {name} cannot be a file name on Windows, which keeps it for a device.", name=repr(name))
        return Unfit(name, message, say("Use another."))
    return None
