"""One pass over a large file's bytes: whether DuckDB can read it as it lies."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.decoding import LETTERS, MARKS, SIGNS, UTF8_LETTERS, WITHOUT_MARK, mixed, nul

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.intake.notes.findings import Findings

CHUNK = 262_144
"""Bytes read at a time: as many as stay in a processor's cache while they are looked through."""
WATCHED = "+.:"
"""Signs without one of which a short identifier from letter or figure to figure is as it was, and no address: each is looked for only where the file has it."""


@dataclass(frozen=True)
class Scan:
    """What a text file's bytes are like.

    Parameters
    ----------
    encoding
        Python's name of its encoding; the settings' where they give one.
    ascii
        Whether every byte is plain ASCII.
    underscores
        Number of underscores.
    signs
        Those of `WATCHED` that are somewhere in it.
    two_signs
        Whether a plus stands before a minus somewhere.
    even
        Whether all its lines end in the same way.
    """

    encoding: str
    ascii: bool
    underscores: int
    signs: str
    two_signs: bool
    even: bool

    @property
    def direct(self) -> bool:
        """Whether DuckDB can read the file as it lies."""
        return self.even and self.encoding in {"utf-8", "utf-8-sig"}


def scan(path: Path, findings: Findings, encoding: str | None) -> Scan:
    """Look at all of a text file once.

    Parameters
    ----------
    path
        The file.
    findings
        Takes the encoding that was found, and what stops the reading.
    encoding
        What the settings say.

    Raises
    ------
    DataError
        It holds NUL characters, or is in two encodings.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    mark = next((name for sign, name in MARKS if start.startswith(sign)), None)
    wide = (encoding or mark or "").startswith(("utf-16", "utf-32", "utf_16", "utf_32"))
    ends, ascii_only, underscores, two_signs, last = _Ends(), True, 0, False, b""
    signs = set[str]()
    for chunk in _chunks(path):
        ends.add(chunk)
        ascii_only = ascii_only and chunk.isascii()
        underscores += chunk.count(b"_") if b"_" in chunk else 0
        signs |= {sign for sign in WATCHED if sign not in signs and sign.encode() in chunk}
        two_signs = two_signs or ("+" in signs and b"+-" in chunk) or last + chunk[:1] == b"+-"
        last = chunk[-1:]
        if not wide and b"\0" in chunk:
            raise nul(_row_of_nul(path), findings)
    chosen = encoding or mark or ("utf-8" if ascii_only else _guess(path, findings))
    if encoding is None and chosen not in {"utf-8", "utf-8-sig"}:
        findings.note("inferred", "encoding", 1, say("encoding {encoding}", encoding=chosen), value=chosen)
    return Scan(chosen, ascii_only, underscores, "".join(sorted(signs)), two_signs, ends.even)


def fingerprint(path: Path) -> str:
    """Return a file's SHA-256; while it is computed, other threads go on."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _row_of_nul(path: Path) -> int:
    lines = 1
    for chunk in _chunks(path):
        if b"\0" in chunk:
            return lines + chunk.count(b"\n", 0, chunk.index(b"\0"))
        lines += chunk.count(b"\n")
    return lines


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class _Ends:
    """Counts of the ways in which lines end; line feeds are counted only where there are carriage returns."""

    def __init__(self) -> None:
        self.returns = self.feeds = self.pairs = 0
        self._last = b""

    def add(self, chunk: bytes) -> None:
        if b"\r" in chunk or self._last == b"\r" or self.returns:
            self.returns += chunk.count(b"\r")
            self.pairs += chunk.count(b"\r\n") + (self._last == b"\r" and chunk.startswith(b"\n"))
            self.feeds += chunk.count(b"\n")
        elif b"\n" in chunk:
            self.feeds += 1  # at least one that stands alone
        self._last = chunk[-1:]

    @property
    def even(self) -> bool:
        return self.returns == 0 or self.returns == self.pairs == self.feeds


def _guess(path: Path, findings: Findings) -> str:
    """Return the encoding of a file with letters beyond ASCII, by the rule of `decoding`, a piece at a time."""
    decoder, place = codecs.getincrementaldecoder("utf-8")(), 0
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            place += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if _has_utf8_letters(path):
            raise mixed(path.read_bytes(), place + error.start, findings) from None
        return max(WITHOUT_MARK, key=lambda name: _fit(path, name))
    return "utf-8"


def _has_utf8_letters(path: Path) -> bool:
    last = b""
    for chunk in _chunks(path):
        if any(letter in last + chunk for letter in UTF8_LETTERS):
            return True
        last = chunk[-1:]
    return False


def _fit(path: Path, encoding: str) -> int:
    score = 0
    for chunk in _chunks(path):
        try:
            text = chunk.decode(encoding)
        except UnicodeDecodeError:
            return -1
        score += 3 * sum(map(text.count, LETTERS)) + sum(map(text.count, SIGNS))
    return score


def plain_copy(path: Path, encoding: str, target: Path, *, blanks: bool) -> None:
    """Write a text file again as UTF-8 whose lines end in a line feed, a piece at a time.

    Parameters
    ----------
    path, encoding
        The file and what it is in.
    target
        Where the copy goes.
    blanks
        Whether its columns are parted by runs of blanks; the copy's are by tabs.

    Raises
    ------
    UnicodeDecodeError, LookupError
        The text does not fit the encoding, or there is no such encoding.
    """
    with (
        path.open(encoding=encoding, newline=None) as source,
        target.open("w", encoding="utf-8", newline="\n") as copy,
    ):
        if blanks:
            copy.writelines("\t".join(line.split()) + "\n" for line in source)
            return
        while text := source.read(CHUNK):
            copy.write(text)
