"""PDFs read by another library than the kit's own: what a reader, a screen reader and a viewer find in the file."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from kohtaamo_utils.delivery.pdf import weasy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

_NUMBER = re.compile(r"[+\u2212]?\d+(?:[.,]\d+)*")


def needs_weasyprint() -> None:
    """Skip where WeasyPrint cannot print."""
    if not weasy.is_there():
        pytest.skip("WeasyPrint, or the library Pango that it needs, is not installed")


def opened(pdf: bytes) -> PdfReader:
    """Return a PDF as pypdf reads it."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(pdf))


def elements(pdf: bytes) -> list[tuple[str, Any]]:
    """Return the structure tree's elements in reading order: kind and element."""
    return list(_below(opened(pdf).trailer["/Root"]["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[tuple[str, Any]]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        each = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(each, dict) and "/S" in each:
            yield str(each["/S"]), each
            yield from _below(each)


def bookmarks(pdf: bytes) -> list[str]:
    """Return the outline's titles in their order."""
    return [str(entry.title) for entry in _entries(opened(pdf).outline)]


def bookmarked(pdf: bytes) -> dict[int, set[str]]:
    """Return the titles that the outline has on each sheet, counted from 0."""
    reader = opened(pdf)
    found = defaultdict[int, set[str]](set)
    for entry in _entries(reader.outline):
        found[reader.get_destination_page_number(entry)].add(str(entry.title))
    return found


def _entries(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry)
        else:
            yield entry


def numbers(text: str) -> set[str]:
    """Return the numbers of a text, grouping spaces taken out."""
    return set(_NUMBER.findall(re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text)))


def inked(pdf: bytes) -> list[Any]:
    """Return each sheet as an array of pixels that are dark: text, lines and marks, not the draft's pale word behind them."""
    import pypdfium2

    return [sheet.render(scale=0.5, grayscale=True).to_numpy() < 200 for sheet in pypdfium2.PdfDocument(pdf)]


def fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """Return each font's name and whether it is in the file."""
    found = {}
    for page in opened(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()
            inner = inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner
            descriptor = inner["/FontDescriptor"]
            found[str(inner["/BaseFont"])] = any(
                name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")
            )
    return sorted(found.items())
