"""A PDF that acts, tells who made it, or holds what no client may get does not pass its gate."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from pdf_reader import needs_weasyprint

from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.pdf import weasy
from kohtaamo_utils.delivery.pdf.gate import pass_or_refuse_pdf
from kohtaamo_utils.errors import DeliveryError

pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
PAGE = '<html lang="fi"><head><title>Kysymys</title></head><body><h1>Kysymys</h1>{}</body></html>'
DATED = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Description rdf:about="" xmp:CreateDate="2026-01-01"/></rdf:RDF></x:xmpmeta>"""
SECRETS = Secrets(Path("asiakas-oy"), ("Maija Virtanen",))


@cache
def _printed(body: str = "<p>Hyvää työtä.</p>") -> bytes:
    needs_weasyprint()
    return weasy.printed(PAGE.format(body))


def _reasons(pdf: bytes) -> str:
    """Return why a PDF is refused; empty if it passes."""
    try:
        pass_or_refuse_pdf(pdf, SECRETS)
    except DeliveryError as error:
        return str(error).removeprefix("The PDF is not delivered, because it holds ").removesuffix(".")
    return ""


def test_a_clean_file_passes():
    """A report's text, links to the web and neighbouring numbers that look like a phone's pass."""
    row = "<table><tr><td>+36</td><td>1 461</td><td>040 12</td><td>34 567</td></tr></table>"
    assert _reasons(_printed(f'<p>Hyvää <a href="https://esimerkki.fi/ohje">työtä</a>.</p>{row}')) == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Kiitos, Maija Virtanen!</p>", "a name that belongs to another report"),
        ("<p>Maija<br>Virtanen</p>", "a name that belongs to another report"),
        ("<p><b>Mai</b><i>ja</i> Virtanen</p>", "a name that belongs to another report"),
        ('<p style="width:18mm;hyphens:manual">Maija Virta&shy;nen</p>', "a name that belongs to another report"),
        ("<h2>Maija Virtanen</h2>", "a name that belongs to another report"),
        (
            '<svg viewBox="0 0 9 9"><title>Maija Virtanen</title><path d="M0 0h9"/></svg>',
            "a name that belongs to another report",
        ),
        ("<p>/home/maija/asiakas-oy/data</p>", "a path of this computer"),
        ("<p>Traceback (most recent call last)</p>", "a traceback"),
        ("<p>Soita 040 123 4567</p>", "phone numbers"),
        ("<table><tr><td>nan</td><td>5</td></tr></table>", "a missing number"),
        ('<p><a href="file:///etc/passwd">x</a></p>', "an address to load from"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "an address to load from"),
    ],
)
def test_what_no_client_may_get(body, reason):
    """Texts of pages, bookmarks and descriptions go through the checks that the page goes through."""
    assert reason in _reasons(_printed(body))


@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", _action(S="/JavaScript", JS="app.alert(1)")), "something that acts by itself"),
        (lambda pdf: pdf.Root.__setitem__("/AA", pikepdf.Dictionary()), "something that acts by itself"),
        (lambda pdf: pdf.pages[0].obj.__setitem__("/AA", pikepdf.Dictionary()), "something that acts by itself"),
        (lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([_link(S="/Launch", F="calc.exe")])), "something that acts by itself"),
        (lambda pdf: pdf.attachments.__setitem__("a.txt", b"Maija"), "something that acts by itself"),
        (lambda pdf: pdf.docinfo.__setitem__("/Author", "maija"), "who made it, or when"),
        (lambda pdf: pdf.docinfo.__setitem__("/CreationDate", "D:20260101"), "who made it, or when"),
        (lambda pdf: pdf.docinfo.__setitem__("/Producer", "/home/maija/venv/bin"), "a path of this computer"),
        (lambda pdf: pdf.Root.__setitem__("/Metadata", pdf.make_stream(DATED)), "who made it, or when"),
    ],
)  # fmt: skip
def test_what_a_file_does_and_tells(plant, reason):
    """Whatever acts, is attached, or says who made the file and when, is met wherever it stands."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(_printed())) as document:
        plant(document)
        document.save(written)
    assert reason in _reasons(written.getvalue())


def _action(**entries: str) -> object:
    values = {
        f"/{key}": pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)
        for key, value in entries.items()
    }
    return pikepdf.Dictionary(values)


def _link(**action: str) -> object:
    return pikepdf.Dictionary(
        {"/Type": pikepdf.Name("/Annot"), "/Subtype": pikepdf.Name("/Link"), "/A": _action(**action)}
    )
