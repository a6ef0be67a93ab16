"""Signatures at the end of a comment: a closing formula or a dash and who it is, with what people put behind their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.redaction.patterns import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = (
    r"(?:(?:ystävällisin |lämpimin |parhain |kiittävin )?terveisin|(?:ystäv|yst)\.? ?terv\.?|terv\.?|terkuin|nimim\.?|nimimerkki|"
    r"(?:med )?(?:vänliga |bästa |varma )hälsningar|hälsn\.?|m\.?v\.?h\.?|"
    r"(?:with )?(?:best |kind |warm |many )regards|yours (?:sincerely|truly|faithfully)|b\.?r\.?|rgds)"
)
_MAYBE_CLOSING = r"(?:kiittäen|ystävällisesti|hälsningar|hälsar|vänligen|regards|cheers|sincerely|best wishes|signed)"
"""These words may as well begin a sentence: they close a comment where a comma, a colon, a line or a capital follows."""
_BEFORE = r"(?:^|(?<=\n)|(?<=[.!?\u2026,;)]) ?| [-\u2013\u2014/]{1,2} ?)"
_CAPITAL = r"[^\W\d_a-zåäö]"
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:[ -]{_CAPITAL}[^\W\d_]*\.?)"
_CLOSINGS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_BEFORE}(?i:{_CLOSING})[.:,]*(?:\s+|/)[^\n.!?]{{1,60}}[.!?]*\Z"),
    re.compile(rf"{_BEFORE}(?i:{_MAYBE_CLOSING})(?:[:,]\s*|\s*[\n/]|\s+(?={_CAPITAL}))[^\n.!?]{{1,60}}[.!?]*\Z"),
    re.compile(rf"(?:(?:^|(?<=\n)|(?<=[.!?\u2026)]) ?)[tT]|(?<=[,;]) ?t)[.:] ?{_NAME}{{0,2}}[.!]?\Z"),
)
"""A closing formula and who it is, at a comment's end."""
_NAMED = (
    re.compile(rf"(?:(?<=[.!?\u2026)\n])\s*[-\u2013\u2014/]{{1,2}} ?| /+ ?){_NAME}{{0,2}}[.!]?\Z"),
    re.compile(rf"\n{_NAME}{{1,2}}\Z"),
)
"""At a comment's end: a name behind a dash, or two capitalised words on a line of their own. A list's last entry is neither."""
_MIDWAY = re.compile(rf"^(?i:{_CLOSING})[.:,]*[ \n]{_NAME}{{0,2}}(?:, [^\n.!?]{{1,60}})?[.!]?$(?=\n)", re.MULTILINE)
"""A line that is nothing but a signature, where somebody went on writing below it."""
_POSTSCRIPT = re.compile(r"(?<=\s)(?:P\. ?S\.|PS\b|ps[.:])[.:]?\s+\S")
"""What somebody adds below the signature."""
_OWN_LINE = _NAMED[1]
_BEFORE_DETAILS = re.compile(rf"(?:^|(?<=\n)|(?<=[.!?\u2026)]) ){_NAME}{{1,2}}\Z")
"""A sentence of two or three capitalised words alone: a name, where contact details follow."""
_MOST_WORDS = 6
_LISTED = re.compile(r"(?:^|\n)\s*[-\u2013\u2014*\u2022/]")

_LABEL = r"(?:puh(?:elin)?|gsm|tel|tfn|telefon|phone|mob(?:il|ile)?|e-?mail|e-?post|s(?:ähkö)?-?posti|p|m)\b[.:]*"
_DETAILS = re.compile(rf"(?:[\s,;|/()\u2013\u2014-]{{0,6}}(?:\b(?i:{_LABEL})\s*)?[{''.join(SIGNS.values())}][).,]*)+\Z")
"""Contact details that have become signs, with the words before them."""
_PIECE = re.compile(r"\s*[\n,;|/(\u2013\u2014]\s*(?P<words>(?:[^\n,;|/(\u2013\u2014!?.\u2026]|\.(?=\S)){1,60})[).]*\Z")
"""A line, or what follows a comma or the like, without the end of a sentence in it."""
_TITLE = re.compile(
    r"(?i:(?:esihenkilö|esimies|päällikkö|johtaja|vastaava|myyjä|asiantuntija|assistentti|sihteeri|suunnittelija|koordinaattori|insinööri|kehittäjä|"
    r"hoitaja|opettaja|ohjaaja|neuvoja|konsultti|analyytikko|kontrolleri|työntekijä|harjoittelija|edustaja|valmentaja|"
    r"chef|direktör|ledare|ansvarig|säljare|handläggare|samordnare|ingenjör|utvecklare|konsult|rådgivare|medarbetare|"
    r"manager|director|supervisor|lead|leader|head|officer|specialist|engineer|developer|consultant|analyst|coordinator|assistant|representative|"
    r"ceo|cfo|cto|coo|hr|vd|tj|tl|oy|oyj|ab|ltd)\Z)"
)
"""The end of a word that says what somebody does, or that a company is one."""
_SMALL = re.compile(rf"(?:ja|och|and|of|the|for|i|på|at|in|&|\+|-|{_LABEL}|\S+\.[a-z]{{2,}})\Z", re.IGNORECASE)
"""Words that stand among capitalised ones in a title, a place or an address."""
_MOST_PIECES, _MOST_TIMES = 6, 4


class _Tail(NamedTuple):
    """What may follow a signature: where it begins, whether it is the last that was added, whether a title or details are in it."""

    start: int
    details: bool
    told: bool


def unsigned(text: str) -> str:
    r"""Return a tidied text with the signature at its end as one sign; its contact details are signs already.

    What belongs to a signature goes with it: contact details, a title, a company, a place. Somebody may have two, or a
    title that reads like a name, so what is found is looked at again. A postscript has a signature before it.

    Examples
    --------
    >>> unsigned("Hyvä tiimi! Terveisin Pekka Salo\nMyyntipäällikkö, Kuopio").replace(SIGNS["signature"], "#")
    'Hyvä tiimi! #'
    """
    added = _POSTSCRIPT.search(text)
    if added:
        head, behind = text[: added.start()], text[added.start() :]
        body = head.rstrip()
        return unsigned(body) + head[len(body) :] + unsigned(behind)
    patterns: tuple[re.Pattern[str], ...] = (*_CLOSINGS, *_NAMED)
    for _ in range(_MOST_TIMES):
        found = _cut(text, patterns)
        if found is None:
            break
        text, pattern = found
        patterns = _CLOSINGS if pattern in _CLOSINGS else (*_CLOSINGS, _OWN_LINE)
    return _MIDWAY.sub(SIGNS["signature"], text)


def _cut(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, re.Pattern[str]] | None:
    """Return a text without its signature, and what it was known by; None where it has none."""
    for tail in _tails(text):
        head, behind = text[: tail.start], text[tail.start :]
        sure = tail.told or "\n" not in behind
        possible = [
            each for each in patterns if each in _CLOSINGS or tail.told or not behind or (sure and each is _OWN_LINE)
        ]
        for pattern in (*possible, *((_BEFORE_DETAILS,) if tail.details and _OWN_LINE in possible else ())):
            found = pattern.search(head)
            if found is None or len(found[0].split()) > _MOST_WORDS:
                continue
            kept = head[: found.start()].rstrip()
            if pattern in _CLOSINGS or (_LISTED.search(kept) is None and kept[-1:] != ":"):
                # of a comment that is little else only what is surely a signature goes
                rest = "" if kept or sure else behind[behind.index("\n") :]
                return f"{kept} {SIGNS['signature']}{rest}".lstrip(), pattern
    return None


def _tails(text: str) -> Iterator[_Tail]:
    """Yield what may be behind a signature, from nothing to all that can be."""
    tail = _Tail(len(text), details=False, told=False)
    yield tail
    for _ in range(_MOST_PIECES):
        found = _DETAILS.search(text[: tail.start])
        if found:
            tail = _Tail(found.start(), details=True, told=True)
        elif (piece := _PIECE.search(text[: tail.start])) and (kind := _kind(piece["words"].split())):
            tail = _Tail(piece.start(), details=False, told=tail.told or kind == "title")
        else:
            return
        yield tail


def _kind(words: list[str]) -> str:
    """Return whether words are a title, or capitalised like a place or a company; an empty text for any others."""
    if not words or len(words) > _MOST_WORDS:
        return ""
    if any(_TITLE.search(word) for word in words):
        return "title"
    telling = [word for word in words if not _SMALL.match(word)]
    return "place" if all(word[0].isupper() or word[0].isdigit() for word in telling) else ""
