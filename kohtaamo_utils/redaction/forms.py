"""The forms that a name takes in Finnish, Swedish and English text: Aino, Ainolle; Virtanen, Virtasen; Lahti, Lahden."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAIL = "(?:n?sa|n?sä|mme)?(?:ko?han|kö?hän|kin|kaan|kään|ko|kö|pa|pä)?"
_LOCAL = "n|t|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|tta|ttä"
"""Cases that close the syllable before them, so that its consonants weaken: Pekka, Pekan, Pekalla."""
_OPEN = "a|ä|na|nä|ta|tä|an|en|in|on|un|yn|än|ön|han|hen|hin|hon|hun|hyn|hän|hön|seen"
_PLURAL = "ien|ten|ia|iä|ita|itä|ille|illa|illä|ilta|iltä|issa|issä|ista|istä|iin|ina|inä|iksi"
ENDINGS = {
    "whole": re.compile(f"(?:|s|{_LOCAL}|{_OPEN}){_TAIL}"),
    "weak": re.compile(f"(?:{_LOCAL}){_TAIL}"),
    "bound": re.compile(f"(?:{_LOCAL}|{_OPEN}){_TAIL}"),
    "consonant": re.compile(f"(?:|s|in|it|ia|iä|ina|inä|issa|issä|ista|istä|iin|illa|illä|ilta|iltä|ille|iksi){_TAIL}"),
    "se": re.compile(f"(?:e(?:{_LOCAL}|{_OPEN})|ta|tä|{_PLURAL}){_TAIL}"),
    "partitive": re.compile(f"(?:ta|tä){_TAIL}"),
}
"""What may follow each kind of stem.

``whole``: the name itself, ending in a vowel. ``weak``: the stem with its consonants weakened. ``bound``: a stem that is no
word by itself. ``consonant``: a name that ends in a consonant. ``se``: Virtas- of Virtanen, Markuks- of Markus.
``partitive``: the stem without its vowel, Saar- of Saari.
"""
AFTER_SIGN = re.compile(
    r"[:'\u2019\u00b4](?:s|n|t|a|ä|ta|tä|na|nä|in|en|iin|hin|ia|iä|i?ssa|i?ssä|i?sta|i?stä|i?lla|i?llä|i?lta|i?ltä|i?lle|i?ksi)?(?!\w)",
    re.IGNORECASE,
)
"""An ending behind a colon or an apostrophe: Kim:lle, Anna's, Lars'."""
_VOWELS = "aeiouyäöå"
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"),
    ("ht", "hd"), ("lp", "lv"), ("rp", "rv"), ("t", "d"), ("p", "v"),
)  # fmt: skip
_HELD = ("st", "sp", "sk", "tk")
"""Clusters that do not weaken."""
SHORTEST = 3


class Stem(NamedTuple):
    """The beginning of some of a name's forms, and the key in `ENDINGS` of what may follow it."""

    text: str
    endings: str


@cache
def stems(name: str) -> tuple[Stem, ...]:
    """Return the stems of a name, in small letters; also as it is typed without the dots of its letters.

    Names are not looked up: where its spelling leaves several ways to bend a name, all of them count.

    Parameters
    ----------
    name
        One word.

    Examples
    --------
    >>> [is_form(word, "Virtanen") for word in ("Virtasen", "VIRTASELTA", "Virtaset", "virtaus")]
    [True, True, True, False]
    >>> [is_form(word, "Lahti") for word in ("Lahden", "Lahtea", "Lahtinen")]
    [True, True, False]
    """
    small = unicodedata.normalize("NFC", name).casefold()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", small) if not unicodedata.combining(sign))
    return tuple(dict.fromkeys(stem for spelt in (small, plain) for stem in _stems(spelt)))


def is_form(word: str, name: str) -> bool:
    """Tell whether a word is a form of a name."""
    small = unicodedata.normalize("NFC", word).casefold()
    return any(small.startswith(text) and ENDINGS[kind].fullmatch(small[len(text) :]) for text, kind in stems(name))


def _stems(name: str) -> Iterator[Stem]:
    if name[-1:] not in _VOWELS:
        yield from _of_consonant(name)
        return
    yield Stem(name, "whole")
    if len(name) < SHORTEST:
        return
    if name[-2] in _VOWELS:
        return
    yield from (Stem(stem, "weak") for stem in _weakened(name))
    if name.endswith("i"):
        yield from _of_i(name)
    elif name.endswith("e"):
        yield from (Stem(f"{stem}e", "bound") for stem in (name, *_strengthened(name)))


def _of_consonant(name: str) -> Iterator[Stem]:
    yield Stem(name, "consonant")
    if name.endswith("nen"):
        yield Stem(f"{name[:-3]}s", "se")
    elif name.endswith("s"):
        yield Stem(f"{name[:-1]}ks", "se")
        yield Stem(name, "partitive")
        if name[-2:-1] in ("a", "ä"):
            yield from (Stem(f"{stem}{name[-2]}", "bound") for stem in (name[:-1], *_strengthened(name[:-1])))


def _of_i(name: str) -> Iterator[Stem]:
    """Yield the stems of the old words in -i: Järvi, Järven; Mäki, Mäen; Kurki, Kurjen; Saari, Saarta."""
    body = name[:-1]
    yield Stem(f"{body}e", "bound")
    yield from (Stem(f"{stem[:-1]}e", "weak") for stem in _weakened(name))
    if body[-2:] in ("lk", "rk"):
        yield Stem(f"{body[:-1]}je", "weak")
    elif body.endswith("k") and len(body) >= SHORTEST - 1 and body[-2] in _VOWELS:
        yield Stem(f"{body[:-1]}e", "weak")
    if body[-1] in "lrn":
        yield Stem(body, "partitive")
    elif body[-1] == "m":
        yield Stem(f"{body[:-1]}n", "partitive")


def _weakened(name: str) -> Iterator[str]:
    body, vowel = name[:-1], name[-1]
    strong, weak = next(((s, w) for s, w in _GRADES if body.endswith(s)), ("", ""))
    if strong and not body.endswith(_HELD) and len(name) > SHORTEST:
        yield f"{body.removesuffix(strong)}{weak}{vowel}"


def _strengthened(name: str) -> Iterator[str]:
    body, vowel = name[:-1], name[-1]
    for strong, weak in _GRADES:
        if body.endswith(weak) and not body.endswith(strong):
            yield f"{body.removesuffix(weak)}{strong}{vowel}"
