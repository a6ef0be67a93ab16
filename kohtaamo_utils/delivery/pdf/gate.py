"""The gate for PDFs: a finished file is read as a stranger would, and refused if it holds what no client may get."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.gate import in_text
from kohtaamo_utils.delivery.secrets import named
from kohtaamo_utils.delivery.seen import Seen
from kohtaamo_utils.delivery.traces import left_by_programs
from kohtaamo_utils.errors import DeliveryError, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.delivery.secrets import Secrets

_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound", "/Hide", "/Named"}  # fmt: skip
_ACTING_KEYS = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/AcroForm", "/XFA", "/Encrypt"}  # fmt: skip
_INFO = {"/Title", "/Producer"}
"""What a report's file may tell of itself."""
_TIMES = re.compile(rb"CreateDate|ModifyDate|MetadataDate|DocumentID|InstanceID|creator>|CreatorTool")
_LINK = re.compile(r"https?:|mailto:", re.IGNORECASE)
_BROKEN = re.compile("\ufffe|[\u2010\u00ad]\\s*[\r\n]+")
"""What PDFium gives for the hyphen of a word that goes on in the next line."""


@dataclass
class _Found:
    """What a PDF holds besides its pages."""

    texts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def pass_or_refuse_pdf(content: bytes, secrets: Secrets) -> None:
    """Let a PDF through, or refuse it with the reason.

    Parameters
    ----------
    content
        The file.
    secrets
        What it must not hold.

    Raises
    ------
    DeliveryError
        The PDF holds something that no client may get; the message names what, not the secret itself.
    """
    found = list(dict.fromkeys(_reasons_against(content, secrets)))
    if found:
        raise DeliveryError(say("The PDF is not delivered, because it holds {found}.", found=joined(found, ", ")))


def _reasons_against(content: bytes, secrets: Secrets) -> Iterator[str]:
    """Name what must not be there; by lines, where words are whole, and by cells, where numbers of neighbours are apart."""
    inside, pages = _inside(content), read_pages(content)
    yield from inside.reasons
    lines = Seen(texts=[line for page in pages for line in page.lines])
    yield from left_by_programs(lines, secrets.folder)
    yield from named(lines, secrets)
    cells = Seen(texts=[cell for page in pages for cell in page.cells], spoken=[f" {text} " for text in inside.texts])
    yield from in_text(cells, secrets)


@dataclass(frozen=True)
class PageText:
    """What stands on a page.

    Parameters
    ----------
    lines
        Line by line as it is seen; a word that is broken at a line's end stands there whole, with its hyphen and without.
    cells
        Piece by piece as it was set: the cells of a table are apart.
    """

    lines: tuple[str, ...]
    cells: tuple[str, ...]


def read_pages(content: bytes) -> list[PageText]:
    """Return the text of each page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return [_page_text(document[number].get_textpage()) for number in range(len(document))]
    finally:
        document.close()


def page_texts(content: bytes) -> list[str]:
    """Return the text of each page of a PDF, a line after the other."""
    return ["\n".join(page.lines) for page in read_pages(content)]


def _page_text(page: Any) -> PageText:
    text: str = page.get_text_range()
    lines = [line for glue in ("", "-") for line in _BROKEN.sub(glue, text).splitlines()]
    cells = (page.get_text_bounded(*page.get_rect(number)) for number in range(page.count_rects()))
    return PageText(tuple(dict.fromkeys(lines)), tuple(cells))


def _inside(content: bytes) -> _Found:
    """Look at every object of a file: what acts, where links lead, and texts that no page shows."""
    import pikepdf

    found = _Found()
    with pikepdf.open(io.BytesIO(content)) as document:
        if set(document.docinfo.keys()) - _INFO:
            found.reasons.append(say("who made it, or when"))
        found.texts += [str(value) for value in document.docinfo.values()]
        if "/Metadata" in document.Root:
            described = document.Root["/Metadata"].read_bytes()
            found.texts.append(re.sub(r"<[^>]*>", " ", described.decode("utf-8", errors="replace")))
            if _TIMES.search(described):
                found.reasons.append(say("who made it, or when"))
        if set(document.trailer.keys()) & _ACTING_KEYS:
            found.reasons.append(say("something that acts by itself"))
        for thing in document.objects:
            _look_at(thing, found)
    return found


def _look_at(thing: Any, found: _Found) -> None:
    """Look at one object and what stands in it; what it only refers to is an object of its own."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        for part in thing:
            if not getattr(part, "is_indirect", False):
                _look_at(part, found)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name, value in thing.items():
            found.reasons += _reasons(name, value)
            if isinstance(value, pikepdf.String):
                found.texts.append(str(value))
            elif not getattr(value, "is_indirect", False):
                _look_at(value, found)


def _reasons(name: str, value: Any) -> Iterator[str]:
    if name in _ACTING_KEYS or (name == "/S" and str(value) in _ACTS):
        yield say("something that acts by itself")
    if name == "/URI" and not _LINK.match(str(value)):
        yield say("an address to load from")
