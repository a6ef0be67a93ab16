"""What belongs to other reports, to the consultant's machine or to a person, and must not be in a page."""

from __future__ import annotations

import getpass
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.neighbours import SHORTEST, told_of_others
from kohtaamo_utils.delivery.own_words import own_words, stands_in
from kohtaamo_utils.delivery.seen import plain
from kohtaamo_utils.errors import SETTINGS_FILE, say
from kohtaamo_utils.intake.notes.personal_data import KINDS, found_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kohtaamo_utils.delivery.neighbours import Told
    from kohtaamo_utils.delivery.seen import Seen

_WORD = re.compile(r"\w+")
_ALIKE = {0x130: "i", 0x131: "i", 0x345: " "}
"""Where `str.casefold` is not `re.IGNORECASE`: Turkish i's, and a sign under a letter, which is none itself."""
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
"""A number as a workbook holds it; some of them read like a phone number."""
_NOBODY = {"root", "admin", "administrator", "user", "users", "guest", "owner", "runner", "jovyan", "ubuntu", "debian", "vagrant", "docker", "test", "build"}  # fmt: skip


@dataclass(frozen=True)
class Secrets:
    """Texts that must not be in one report.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Names that belong to other reports of the engagement: of other reviewees.
    minimum_respondents, minimum_raters
        The thresholds of disclosure; 0 where nothing is compared with them.
    """

    folder: Path
    names: tuple[str, ...] = ()
    minimum_respondents: int = 0
    minimum_raters: int = 0


def told(seen: Seen, secrets: Secrets) -> Iterator[str]:
    """Name what a document tells of other people, other clients and the consultant's machine.

    Parameters
    ----------
    seen
        The document as it was read.
    secrets
        What it must not hold.
    """
    yield from named(seen, secrets)
    yield from _personal(seen, secrets.folder)


def named(seen: Seen, secrets: Secrets) -> Iterator[str]:
    """Name whose names a document holds: other reviewees', other clients', the consultant's own.

    Parameters
    ----------
    seen
        The document as it was read.
    secrets
        What it must not hold.
    """
    readings = (*seen.readings, seen.carried)
    if _holds_name(readings, map(plain, secrets.names)):
        yield say("a name that belongs to another report")
    if any(others_in(seen, secrets.folder)):
        yield say("the name of another client")
    if (user := _user()) and _holds(readings, user) and not stands_in(user, own_words()):
        yield say("the name of this computer's user")


def others_in(seen: Seen, folder: Path) -> Iterator[Told]:
    """Yield where a document tells the name of another client.

    Parameters
    ----------
    seen
        The document as it was read.
    folder
        The engagement's folder.
    """
    yield from told_of_others((*seen.readings, seen.carried), folder)


def _personal(seen: Seen, folder: Path) -> Iterator[str]:
    """Name the personal data; what the consultant wrote into the settings herself may be told."""
    pieces = [piece for piece in (*seen.texts, *seen.spoken, *seen.data) if not _NUMBER.fullmatch(piece.strip())]
    found = {(kind, text) for piece in pieces for kind, texts in found_in(plain(piece)).items() for text in texts}
    own = _settings(folder) if found else ""
    foreign = {kind for kind, text in found if text not in own}
    yield from (words for kind, words in KINDS.items() if kind in foreign)


def _holds_name(readings: tuple[str, ...], names: Iterable[str]) -> bool:
    """Tell whether a name stands there; names of which a word is nowhere, nearly all of them, are not looked for."""
    words = set(_WORD.findall(_folded("\n".join(readings))))
    likely = (name for name in names if words.issuperset(_WORD.findall(_folded(name))))
    return any(_holds(readings, name, re.IGNORECASE) for name in likely)


def _folded(text: str) -> str:
    """Return a text in which letters that `re.IGNORECASE` takes for the same are the same."""
    return text.translate(_ALIKE).casefold()


def _holds(readings: tuple[str, ...], name: str, flags: int = 0) -> bool:
    if len(name) < SHORTEST or (name not in "".join(readings) and not flags):
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)
    return any(pattern.search(reading) for reading in readings)


def _settings(folder: Path) -> str:
    try:
        return (folder / SETTINGS_FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


@cache
def _user() -> str:
    """Return the name under which somebody works on this computer; empty where it names nobody."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
    return "" if name.casefold() in _NOBODY else name
