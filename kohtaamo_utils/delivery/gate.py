"""The gate before delivery: a page that holds what no client may get is refused.

It looks at the finished file as a stranger would, whatever made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.seen import look, plain
from kohtaamo_utils.errors import DeliveryError, joined, say
from kohtaamo_utils.presentation.controls import script
from kohtaamo_utils.presentation.wording import with_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.delivery.seen import Seen

_FRAMES = {"iframe", "frame", "object", "embed", "applet"}
_LOADS = {"src", "srcset", "href", "xlink:href", "poster", "data", "background", "action", "formaction", "ping"}
_LINKS = {"a", "area"}
_LOADED_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!data:|#)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:|mailto:|#|(?![a-z][a-z0-9+.\-]*:))", re.IGNORECASE)
_HELD = re.compile(r"data:|#", re.IGNORECASE)
_TRACEBACK = re.compile(r"Traceback \(most recent call last\)")
_WARNING = re.compile(r"(?:\.py|<[\w\- ]+>|\bipykernel_\S+):\d+: \w*Warning: ")
_MISSING = re.compile(r"[+\u2212-]?(?:nan|NaN|None|NaT|<NA>|inf|\u221e)(?:[.,]0+)?(?:\s*[%\u20ac])?")
_WORD = re.compile(r"\w+")
_ALIKE = {0x130: "i", 0x131: "i", 0x345: " "}
"""Where `str.casefold` is not `re.IGNORECASE`: Turkish i's, and a sign under a letter, which is none itself."""
_HOME = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w|\b[A-Za-z]:\\Users\\\w")


@dataclass(frozen=True)
class Secrets:
    """Texts that must not be in one report.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Names that belong to other reports: of other reviewees, of other clients.
    """

    folder: Path
    names: tuple[str, ...] = ()


def pass_or_refuse(html: str, secrets: Secrets) -> None:
    """Let a page through, or refuse it with the reason.

    What a client's people have written passes even where it looks like a program's: the gate asks for the forms that
    only a program leaves.

    Raises
    ------
    DeliveryError
        The page holds something that no client may get; the message names what, not the secret itself.
    """
    seen = look(html)
    found = list(dict.fromkeys([*_scripts(seen), *_in_tags(seen), *_in_style(seen), *in_text(seen, secrets)]))
    if found:
        raise DeliveryError(
            say(
                "The report is not delivered, because the page holds {found}. Earlier versions are left as they were.",
                found=joined(found, ", "),
            )
        )


def _scripts(seen: Seen) -> Iterator[str]:
    """Let the kit's own script pass: once, to the letter, and without attributes that would change what it is."""
    tags = [attributes for tag, attributes in seen.tags if tag == "script"]
    if tags and (len(tags) > 1 or tags[0] or seen.scripts != [script()]):
        yield say("a script")


def _in_tags(seen: Seen) -> Iterator[str]:
    for tag, attributes in seen.tags:
        if tag in _FRAMES:
            yield say("a script")
        if any(name.startswith("on") for name in attributes):
            yield say("an event handler")
        for name in _LOADS & attributes.keys():
            value = re.sub(r"[\x00-\x20]+", "", attributes[name])
            if re.match(r"(?:javascript|vbscript):|data:text/", value, re.IGNORECASE):
                yield say("a script")
            elif not (_LINK if tag in _LINKS else _HELD).match(value):
                yield say("an address to load from")
        if tag == "base" or attributes.get("http-equiv", "").lower() == "refresh":
            yield say("an address to load from")


def _in_style(seen: Seen) -> Iterator[str]:
    if _LOADED_STYLE.search(seen.style):
        yield say("a style sheet to load")


def in_text(seen: Seen, secrets: Secrets) -> Iterator[str]:
    """Name what a document's text holds that no client may get, whatever kind of document it is.

    Parameters
    ----------
    seen
        The document as it was read.
    secrets
        What it must not hold.
    """
    yield from _left_by_programs(seen)
    yield from _secrets(seen, secrets)


def _left_by_programs(seen: Seen) -> Iterator[str]:
    text = seen.readings[0]
    if _TRACEBACK.search(text):
        yield say("a traceback")
    if _WARNING.search(text):
        yield say("a warning of the program")
    if "{" in text and any(plain(message) in text for message in with_placeholders()):
        yield say("an unfilled placeholder")
    if any(_MISSING.fullmatch(plain(piece)) for piece in seen.texts):
        yield say("a missing number")


def _secrets(seen: Seen, secrets: Secrets) -> Iterator[str]:
    text = seen.readings[0]
    folder = str(secrets.folder.resolve())
    readings = (*seen.readings, seen.carried)
    if any(_HOME.search(reading) or (len(folder) > 3 and folder in reading) for reading in (text, seen.carried)):
        yield say("a path of this computer")
    words = set(_WORD.findall(_folded("\n".join(readings))))
    for name in map(plain, secrets.names):
        if not words.issuperset(_WORD.findall(_folded(name))):
            continue  # most names, and much faster than looking for each
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if len(name) > 2 and any(pattern.search(reading) for reading in readings):
            yield say("a name that belongs to another report")


def _folded(text: str) -> str:
    """Return a text in which letters that `re.IGNORECASE` takes for the same are the same."""
    return text.translate(_ALIKE).casefold()
