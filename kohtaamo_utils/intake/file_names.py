"""Which identifiers cannot be the name of a report's file: unsafe ones, Windows' own, and those equal but for case."""

from __future__ import annotations

import re
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


def _by_itself(name: str) -> Unfit | None:
    if not _SAFE.fullmatch(name) or ".." in name or name.endswith((".", " ")):
        advice = say("Use letters, digits, spaces, '-', '_' and '.', starting with a letter or a digit.")
        return Unfit(name, say("The id {name} cannot be a file name.", name=repr(name)), advice)
    if name.casefold().split(".")[0].rstrip() in _DEVICES:
        message = say("The id {name} cannot be a file name on Windows, which keeps it for a device.", name=repr(name))
        return Unfit(name, message, say("Use another."))
    return None
