"""The draft mark of a delivered file: whether it bears one, and whether it differs from another in nothing else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from markupsafe import escape

from kohtaamo_utils.presentation.workbook.draft import TEXTS, draft_line, without_draft_line

if TYPE_CHECKING:
    from kohtaamo_utils.editions.place import Part

_MARK = re.compile(rb'<aside class="draft"[^\n]*</aside>\n')
_OF_THE_MARK = ("draft", "approved")


def is_draft(part: Part, content: bytes, language: str) -> bool:
    r"""Tell whether a file bears the draft mark.

    Examples
    --------
    >>> is_draft("page", b'<aside class="draft" aria-label="x">x</aside>\n', "en")
    True
    """
    if part == "page":
        return _MARK.search(content) is not None
    if part == "workbook":
        return _line(language) in _shared(content)
    try:
        return bool(json.loads(content).get("draft", True))
    except (ValueError, AttributeError):
        return True


def only_the_mark_differs(part: Part, ours: bytes, theirs: bytes, language: str) -> bool:
    """Tell whether two files that differ are the same but for the draft mark."""
    if part == "page":
        return _MARK.sub(b"", ours) == _MARK.sub(b"", theirs)
    if part == "workbook":
        return _without_line(ours, language) == _without_line(theirs, language)
    try:
        one, other = json.loads(ours), json.loads(theirs)
        for results in (one, other):
            for name in _OF_THE_MARK:
                results.pop(name, None)
            for name in ("html_sha256", "pdf_sha256", "attachments"):
                results["provenance"].pop(name, None)
    except (ValueError, AttributeError, KeyError, TypeError):
        return False
    return bool(one == other)


def _line(language: str) -> str:
    return str(escape(draft_line(language)))  # type: ignore[arg-type]


def _shared(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return book.read(TEXTS).decode(errors="replace")
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError):
        return ""


def _without_line(content: bytes, language: str) -> bytes:
    try:
        return without_draft_line(content, language)  # type: ignore[arg-type]
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError):
        return content
