"""The other clients whose folders lie beside an engagement's, and where a document tells one of their names.

Only what is delivered is held against them. What a report says never depends on who else is a client: the same files,
settings and version must give the same bytes wherever the folder lies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.codebook.lemmas import is_word
from kohtaamo_utils.delivery.own_words import own_words, stands_in
from kohtaamo_utils.delivery.seen import plain
from kohtaamo_utils.errors import SETTINGS_FILE, quoted, say
from kohtaamo_utils.redaction.forms import AFTER_SIGN, ENDINGS, stems
from kohtaamo_utils.redaction.names import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORTEST = 3
"""Signs of the shortest name that is looked for; shorter ones are in every text."""
AROUND = 30
"""Signs on either side of a name that show where it stands."""
_CLIENT = re.compile(
    r"""^[ \t]*["']?client["']?:[ \t]*(?P<quote>['"]?)(?P<name>.+?)(?P=quote)[ \t]*,?[ \t]*(?:#.*)?$""", re.MULTILINE
)
_FORMS = "Oy Ab|Ab Oy|Oyj|Oy|Abp|Ab|AB|HB|Ltd|Inc|LLC|GmbH|Tmi|Ky|ry|rf"
_FORM = re.compile(rf"^(?:{_FORMS}) |,? (?:{_FORMS})\.?$")
_PIECE = re.compile(r"\w+|\W+")


class Told(NamedTuple):
    """Another client's name in a document: as the client is called, as it is written there, with what stands around it."""

    client: str
    name: str
    around: str


def clients_beside(folder: Path) -> tuple[str, ...]:
    """Return the names of the clients of the engagements in the folders beside one, with and without their company form.

    A name that the engagement's own client carries as well is not another's. A folder without settings is no engagement,
    and nothing lies beside it.

    Parameters
    ----------
    folder
        The engagement's folder.
    """
    own = folder.resolve()
    name = _client(own).casefold()
    if not name:
        return ()
    beside = (file.parent for file in sorted(own.parent.glob(f"*/{SETTINGS_FILE}")) if file.parent != own)
    names = {each for other in beside for each in _spellings(_client(other))}
    return tuple(sorted(each for each in names if len(each) >= SHORTEST and each.casefold() not in name))


def told_of_others(readings: Iterable[str], folder: Path) -> Iterator[Told]:
    """Yield where texts tell the name of a client whose folder lies beside, in any form that it takes in a sentence.

    A name of one word that is an ordinary word too, or a word of the kit's own, is found with its company form only:
    of clients called Asiakas or Kone every page would tell otherwise.

    Parameters
    ----------
    readings
        The document's texts, as `plain` gives them.
    folder
        The engagement's folder.
    """
    texts = [(text, text.casefold()) for text in readings]
    for name in clients_beside(folder):
        begins, pattern = _forms(name)
        for text, small in texts:
            if any(beginning in small for beginning in begins):
                yield from _found(name, pattern, text)


def advice(told: Iterable[Told]) -> str:
    """Return where the names of others stand and what to do; an empty text where none does. It is for the consultant's eyes alone."""
    found = next(iter(told), None)
    if found is None:
        return ""
    return say(
        "It is {name}, here: {around}. If people wrote it in comments, leave those out with `redact: [{word}]` under `review_360` in engagement.yaml, which holds for customers' comments too; "
        "if it came with settings or files of that client, correct them. If it only looks like that client's name, keep the two clients in folders that do not lie side by side: what a report says stays the same.",
        name=quoted(found.name),
        around=quoted(found.around),
        word=found.client,
    )


def _found(name: str, pattern: re.Pattern[str], text: str) -> Iterator[Told]:
    for match in pattern.finditer(text):
        if not _says_nothing(match["words"]):
            yield Told(name, match["words"], text[max(0, match.start() - AROUND) : match.end() + AROUND].strip())


@cache
def _says_nothing(words: str) -> bool:
    """Tell whether what looks like a name are words that stand in many reports: the kit's own, or one ordinary word."""
    if " " in words or not words.isalpha():
        return stands_in(words, own_words())
    small = words.casefold()
    return is_ordinary(small) or stands_in(small, own_words()) or is_word(small)


@cache
def _forms(name: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Return how the forms of a name may begin, in small letters, and the pattern of them all: each of its words may be bent."""
    pieces = _PIECE.findall(name)
    pattern = "".join(_bent(piece) if piece[0].isalnum() else _between(piece) for piece in pieces)
    first = next((piece for piece in pieces if piece[0].isalnum()), name)
    begins = tuple(stem.text for stem in stems(first)) or (first.casefold(),)
    return begins, re.compile(rf"(?<!\w)(?P<words>{pattern})(?:{AFTER_SIGN.pattern})?(?!\w)", re.IGNORECASE)


def _bent(word: str) -> str:
    bent = (f"{re.escape(stem.text)}(?:{ENDINGS[stem.endings].pattern})" for stem in stems(word))
    return f"(?:{'|'.join(bent)})"


def _between(signs: str) -> str:
    """Return what may stand between two words of a name: its own signs, or a space or hyphen in the place of one."""
    return "[ -]" if signs in {" ", "-"} else re.escape(signs)


def _spellings(client: str) -> tuple[str, ...]:
    """Return a client's name, and the name without its company form.

    Examples
    --------
    >>> _spellings("Esimerkki Kauppa Oy"), _spellings("Oy Kone Ab"), _spellings("Vaasa")
    (('Esimerkki Kauppa Oy', 'Esimerkki Kauppa'), ('Oy Kone Ab', 'Kone'), ('Vaasa',))
    """
    return tuple(dict.fromkeys((client, _FORM.sub("", client))))


def _client(folder: Path) -> str:
    try:
        found = _CLIENT.search((folder / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""
    return plain(found["name"]) if found else ""
