"""From a file's bytes to its text: the encoding is found by rule, never by replacing what does not fit."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import composed

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 first, for its mark begins as UTF-16's."""
WITHOUT_MARK = ("cp1252", "mac_roman")
LETTERS = "åäöÅÄÖéüÉÜ"
UTF8_LETTERS = tuple(letter.encode() for letter in LETTERS)
"""In no other encoding do these bytes follow each other in a text: there they would be Ã¤ or √§."""
SIGNS = "€–—‘’“”…§°½\u00a0"
IN_A_WORD = re.compile(rf"(?<=[^\W\d_])[{LETTERS.lower()}]|[{LETTERS}](?=[^\W\d_])|(?<=[A-ZÅÄÖ])[ÅÄÖÉÜ]")
"""A letter beside others: alone, or a capital after small letters, it is rather a sign in the other encoding."""


def decode(data: bytes, findings: Findings, encoding: str | None = None) -> str:
    """Return a text file's content.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes the encoding that was found, unless it is plain UTF-8 or was asked for.
    encoding
        What ``encoding:`` in the settings says.

    Raises
    ------
    DataError
        The text does not fit the encoding, is in two of them, or holds NUL characters.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> decode("tyytyväisyys".encode("cp1252"), Findings("survey", "a.csv"))
    'tyytyväisyys'
    """
    mark = next((name for start, name in MARKS if data.startswith(start)), None)
    chosen = encoding or mark or _guess(data, findings)
    text = _decoded(data, chosen, findings)
    if "\0" in text:
        raise nul(text.count("\n", 0, text.index("\0")) + 1, findings)
    if encoding is None and chosen not in {"utf-8", "utf-8-sig"}:
        findings.note("inferred", "encoding", 1, say("encoding {encoding}", encoding=chosen), value=chosen)
    return composed(text.lstrip("\ufeff"))


def _guess(data: bytes, findings: Findings) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if any(letter in data for letter in UTF8_LETTERS):
            raise mixed(data, error.start, findings) from None
        return max(WITHOUT_MARK, key=lambda name: _fit(data, name))
    return "utf-8"


def mixed(data: bytes, place: int, findings: Findings) -> Exception:
    """Return the error for a file in two encodings, the second from this byte on."""
    return findings.stop(
        "encoding",
        say(
            "The text is UTF-8 but for a part of it (byte {place}): read either way, some letters would be wrong.",
            place=place + 1,
        ),
        expected=say("a file in one encoding"),
        advice=say("Export the file again as UTF-8, or correct the row: it was damaged, or pasted from another file."),
        row=data.count(b"\n", 0, place) + 1,
    )


def _fit(data: bytes, encoding: str) -> int:
    """Score how Nordic the bytes read: letters weigh more than signs, an undefined byte rules the encoding out."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1
    return 3 * len(IN_A_WORD.findall(text)) + sum(map(text.count, SIGNS))


def _decoded(data: bytes, encoding: str, findings: Findings) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise findings.stop(
            "encoding",
            say("The encoding `{encoding}` is not known.", encoding=encoding),
            expected=say("for example utf-8, cp1252, mac_roman or utf-16"),
            advice=say("Correct or remove `encoding`."),
        ) from None
    except UnicodeDecodeError as error:
        raise findings.stop(
            "encoding",
            say("The text is not {encoding} (byte {place}).", encoding=encoding, place=error.start + 1),
            advice=say("Remove `encoding`, name the right one, or save the file as UTF-8."),
            row=data.count(b"\n", 0, error.start) + 1,
        ) from None


def nul(row: int, findings: Findings) -> Exception:
    """Return the error for a file with NUL characters, the first in this row."""
    return findings.stop(
        "nul",
        say("The file holds NUL characters: it is not text, or it was cut off or saved as UTF-16 without its mark."),
        expected=say("a text file (CSV) in UTF-8"),
        advice=say("Export it again, or name its `encoding`, e.g. utf-16-le."),
        row=row,
    )
