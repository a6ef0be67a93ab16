"""The draft mark of a workbook: a line on its first sheet, and how it is taken off again."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from markupsafe import escape

from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Language

TEXTS = "xl/sharedStrings.xml"
"""The part of a workbook that holds its texts."""


def draft_line(language: Language) -> str:
    """Return the line that a draft bears.

    Examples
    --------
    >>> draft_line("en")
    'DRAFT – not yet approved'
    """
    return Wording(language)("DRAFT – not yet approved")


def without_draft_line(content: bytes, language: Language) -> bytes:
    """Return a workbook whose draft line is empty; every other part is as it was, and the same input gives the same bytes."""
    line = f"<si><t>{escape(draft_line(language))}</t></si>".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, data.replace(line, b"<si><t></t></si>") if part.filename == TEXTS else data)
    return buffer.getvalue()
