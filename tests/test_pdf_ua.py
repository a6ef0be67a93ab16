"""Reports as PDF keep what a machine can judge of PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol's checkpoints."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pdf_reader import needs_weasyprint
from pdf_ua import breaches, kind_of, walked

from kohtaamo_utils.delivery.pdf.weasy import printed

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENT = """<html lang="fi"><head><title>Otsikko</title></head><body><h1>Kysymys</h1><h2>Osa</h2>
<p>Teksti ja <a href="https://esimerkki.example" title="Esimerkki">linkki</a>.</p>
<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><th scope="row">c</th><td>1</td></tr></tbody></table>
<ul><li>kohta</li></ul>
<svg viewBox="0 0 9 9" role="img"><title>Kuva, jossa on neliö</title><path d="M0 0h9v9H0z"/></svg></body></html>"""


def first(book: Any, kind: str) -> Any:
    """Return the first element of a kind."""
    return next(element for element, _ in walked(book) if kind_of(element) == kind)


def rename(kind: str, to: str) -> Callable[[Any], None]:
    """Return what gives the first element of a kind another one."""
    import pikepdf

    return lambda book: first(book, kind).__setattr__("S", pikepdf.Name(f"/{to}"))


def drop(kind: str, *keys: str) -> Callable[[Any], None]:
    """Return what takes keys from the first element of a kind."""
    return lambda book: [first(book, kind).__delitem__(key) for key in keys]


def without_letters(book: Any) -> None:
    """Take the table of letters from a font."""
    import pikepdf

    font = next(each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each)
    del font["/ToUnicode"]


def painted(book: Any) -> None:
    """Paint a square that is part of nothing."""
    book.pages[0].contents_add(b"0 0 9 9 re f")


def without_words(book: Any) -> None:
    """Take the words from a link."""
    for annotation in book.pages[0].Annots:
        if "/Contents" in annotation:
            del annotation["/Contents"]


FAULTS: dict[str, Callable[[Any], None]] = {
    "06-001": lambda book: book.Root.MarkInfo.__setattr__("Marked", False),
    "06-002": lambda book: book.Root.__delitem__("/Metadata"),
    "07-001": lambda book: book.Root.__delitem__("/ViewerPreferences"),
    "11-006": lambda book: book.Root.__delitem__("/Lang"),
    "02-001": rename("P", "Paragraph"),
    "09-004": rename("TR", "P"),
    "14-003": rename("H2", "H3"),
    "13-004": drop("Figure", "/Alt"),
    "15-003": drop("TH", "/A", "/ID"),
    "28-011": rename("Link", "Span"),
    "28-012": without_words,
    "28-008": lambda book: book.pages[0].__delitem__("/Tabs"),
    "31-027": without_letters,
    "01-005": painted,
}


@pytest.fixture(scope="module")
def small() -> bytes:
    """Print a document with one of each."""
    needs_weasyprint()
    return printed(DOCUMENT)


def test_a_small_document_keeps_all(small):
    """A document with headings, table, list, picture and link breaks no checkpoint."""
    assert breaches(small) == []


@pytest.mark.parametrize("checkpoint", FAULTS)
def test_each_fault_is_found(checkpoint, small):
    """One fault at a time is named by its checkpoint, so the judgement above means something."""
    import pikepdf

    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(small)) as book:
        FAULTS[checkpoint](book)
        book.save(changed)
    assert checkpoint in {found[:6] for found in breaches(changed.getvalue())}
