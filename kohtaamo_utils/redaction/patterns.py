"""What tells who wrote or is meant, apart from names: contact details, numbers of people and accounts, signatures.

E-mail addresses, phone numbers, identity codes and IP addresses are recognised as they are when files are read
(`kohtaamo_utils.intake.personal_data`). A comment about a person is held to more than that: a code with a slip of the pen,
an account, an address of the web with somebody's page behind it, and a name at the end are taken out as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.intake.personal_data import MARK, PersonalKind, redacted

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["name", "contact", "number", "signature", "other"]
SIGNS: dict[Kind, str] = {
    "name": "\ue000",
    "contact": "\ue001",
    "number": "\ue002",
    "signature": "\ue003",
    "other": "\ue004",
}
"""The sign, for private use in Unicode, that stands for what was taken out until a reader's words are put in its place."""

_KINDS: dict[PersonalKind, Kind] = {
    "email": "contact",
    "phone": "contact",
    "ip_address": "contact",
    "identity_code": "number",
    "name": "name",
}
_NUMBERS = (
    re.compile(r"(?<!\w)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?[-+A-FU-Y\u2010-\u2013\u2212] ?\d{3}[0-9A-Y](?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\w-])(?:(?:19|20)\d{2}|\d{2})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+\u2010-\u2013\u2212]\d{4}(?![\w-])"),
    re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{4}){3,7}(?:[ \u00a0-]?[A-Z0-9]{1,3})?(?!\w)"),
    re.compile(r"(?<![\w-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\w-])"),
)  # fmt: skip
"""Finnish identity codes, Swedish ones, accounts (IBAN), payment cards."""
_CONTACTS = (
    re.compile(r"(?:(?:https?|ftp)://|(?<![\w@])www\.[^\s/]+/)\S*[^\s.,;:!?)]", re.IGNORECASE),
    re.compile(r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|info|fi|se|ee|no|dk|de|uk|eu|io|me|app)/\S*[^\s.,;:!?)]", re.IGNORECASE),
    re.compile(r"(?<![\w@])@[^\W\d_][\w.]*\w"),
    re.compile(r"(?<!\w)[A-Z]:\\Users\\\S+|(?<![\w.])/(?:home|Users|root)/\S+", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:skype|whatsapp|teams|telegram|snapchat|instagram|insta|linkedin|facebook|tiktok)\s?[:=]\s?\S+", re.IGNORECASE),
)  # fmt: skip
"""Addresses of the web with a path or in full, user names, folders of a person's computer."""

_CLOSING = (
    r"(?:(?:ystävällisin |lämpimin |parhain |kiittävin )?terveisin|(?:ystäv|yst)\.? ?terv\.?|terv\.?|terkuin|nimim\.?|nimimerkki|"
    r"(?:med )?(?:vänliga |bästa |varma )hälsningar|hälsn\.?|m\.?v\.?h\.?|"
    r"(?:with )?(?:best |kind |warm |many )regards|yours (?:sincerely|truly|faithfully)|b\.?r\.?|rgds)"
)
_MAYBE_CLOSING = r"(?:kiittäen|hälsningar|hälsar|vänligen|regards|cheers|sincerely|best wishes|signed)"
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
_MOST_WORDS = 6
_LISTED = re.compile(r"(?:^|\n)\s*[-\u2013\u2014*\u2022/]")


def unsigned(text: str) -> str:
    """Return a tidied text with the signature at its end as one sign.

    Examples
    --------
    >>> unsigned("Hyvä tiimi! Terveisin Pekka").replace(SIGNS["signature"], "#")
    'Hyvä tiimi! #'
    """
    for pattern in (*_CLOSINGS, *_NAMED):
        found = pattern.search(text)
        if found is None or len(found[0].split()) > _MOST_WORDS:
            continue
        kept = text[: found.start()].rstrip()
        if pattern in _CLOSINGS or (_LISTED.search(kept) is None and kept[-1:] != ":"):
            return f"{kept} {SIGNS['signature']}".lstrip()
    return text


def without_details(text: str) -> str:
    """Return a text with contact details and numbers as signs, and the marks that were set when the file was read.

    Examples
    --------
    >>> without_details("Soita 040 123 4567 tai […]").replace(SIGNS["contact"], "#").replace(SIGNS["other"], "*")
    'Soita # tai *'
    """
    for kind, patterns in _order():
        for pattern in patterns:
            text = pattern.sub(SIGNS[kind], text)
    marked, _ = redacted(text, {kind: SIGNS[its] for kind, its in _KINDS.items()})
    return marked.replace(MARK, SIGNS["other"])


def _order() -> Iterator[tuple[Kind, tuple[re.Pattern[str], ...]]]:
    yield "contact", _CONTACTS
    yield "number", _NUMBERS
