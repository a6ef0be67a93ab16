"""What tells who wrote or is meant, apart from names: contact details, numbers of people and accounts.

E-mail addresses, phone numbers, identity codes and IP addresses are recognised as they are when files are read
(`kohtaamo_utils.intake.notes.personal_data`). A comment about a person is held to more than that: a code with a slip of the pen,
an account, and an address of the web with somebody's page behind it are taken out as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.intake.notes.personal_data import MARK, PersonalKind, redacted

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
