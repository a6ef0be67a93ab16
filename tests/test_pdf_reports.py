"""Every template's report as PDF says what its page says, and everybody can read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from finished_reports import STEMS, finished
from pdf_reader import bookmarked, bookmarks, elements, fonts, inked, needs_weasyprint, numbers, opened
from pdf_ua import breaches

from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.page import page_of
from kohtaamo_utils.delivery.pdf.gate import page_texts
from kohtaamo_utils.delivery.pdf.paper import paper_html, title_of
from kohtaamo_utils.delivery.pdf.printing import pdf_of
from kohtaamo_utils.delivery.pdf.weasy import printed
from kohtaamo_utils.delivery.seen import look

pytestmark = pytest.mark.slow

LANGUAGES = ("fi", "sv")
_HEADING = re.compile(r"<h[234][^>]*>(.*?)</h[234]>")
_FORM = re.compile(r"<template>.*?</template>", re.DOTALL)
"""What only a script fills."""
A4_WIDTH, MARGIN = 595, 30
"""Points: how wide a sheet is, and how far from its edge nothing may come."""
FOOT = 0.93
"""Where a sheet's foot begins."""
PAGES = {
    "current_state/management": 26, "current_state/supervisor.Tampere": 7, "current_state/employee": 3, "roi/roi": 15, "review_360/r01": 14,
    "review_360/group": 7,
}  # fmt: skip
"""Sheets that a report of the sample may take at most; the page for screens, printed, took half as many again."""


@pytest.fixture(scope="module", params=[(stem, language) for stem in STEMS for language in LANGUAGES], ids="-".join)
def case(request, tmp_path_factory, project, worker_id):
    """Give a report's stem, its page as composed, its HTML and its PDF."""
    needs_weasyprint()
    stem, language = request.param
    base = tmp_path_factory.getbasetemp()
    reports = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", language)
    page = page_of(reports / "internal" / f"{stem}.{language}.ipynb")
    assert page is not None
    html = (reports / f"{stem}.{language}.html").read_text(encoding="utf-8")
    return stem, page, html, pdf_of(page, Secrets(Path("asiakas-oy")), draft=True)


def test_it_is_tagged_and_says_so(case):
    """The file is PDF/UA-1: marked as tagged, in the report's language, with its title shown, of which every screen reader makes use."""
    _, page, _, pdf = case
    reader = opened(pdf)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == page.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == title_of(page)
    assert all(sheet.get("/Tabs") == "/S" for sheet in reader.pages)
    assert set(reader.metadata) == {"/Title", "/Producer"}
    assert "/ID" not in reader.trailer


def test_a_machine_finds_nothing(case):
    """No checkpoint of PDF/UA-1 that a machine can judge is broken: tags, nesting, languages, links, fonts, nothing painted outside the structure."""
    assert breaches(case[3]) == []


def test_its_bookmarks_are_its_headings(case):
    """The outline has every heading of the page, in order: the question, the parts, the parts of parts."""
    _, page, _, pdf = case
    parts = [f"<h2>{part.heading}</h2>{part.html}" for part in page.parts if part.heading]
    headings = _HEADING.findall(_FORM.sub("", "".join(parts)))
    assert bookmarks(pdf) == [page.title, *(look(text).readings[0] for text in headings)]
    assert [kind for kind, _ in elements(pdf) if re.fullmatch(r"/H\d", kind)][:2] == ["/H1", "/H2"]


def test_every_picture_is_described(case):
    """Each figure of the page is a figure of the PDF, and carries the page's description of it."""
    _, page, _, pdf = case
    whole = _FORM.sub("", "".join(part.html for part in page.parts))
    described = [look(text).readings[0] for text in re.findall(r'<p class="sr" id="[^"]*-text">(.*?)</p>', whole)]
    alternatives = [" ".join(str(figure["/Alt"]).split()) for kind, figure in elements(pdf) if kind == "/Figure"]
    assert alternatives == described
    assert len(described) == whole.count("<svg")


def test_every_figure_of_the_tables_is_there(case):
    """Each number in a table of the page stands on paper too, data tables under charts and folded notes included."""
    _, _, html, pdf = case
    cells = {number for table in look(html).tables for row in table for cell in row for number in numbers(cell)}
    assert len(cells) > 20
    assert sorted(cells - numbers(" ".join(page_texts(pdf)))) == []


def test_nothing_runs_over_the_edge(case):
    """No ink reaches into the outermost part of a sheet, so no text, table or figure is cut by its edge."""
    _, _, _, pdf = case
    for ink in inked(pdf):
        edge = round(MARGIN * ink.shape[1] / A4_WIDTH)
        assert ink.any()
        assert not ink[:, :edge].any()
        assert not ink[:, -edge:].any()
        assert not ink[: edge // 2].any()
        assert not ink[-edge // 2 :].any()


def test_no_sheet_is_half_empty(case):
    """What is on a sheet reaches below its middle, except on the last; the report takes no more sheets than it needs."""
    stem, _, _, pdf = case
    bodies = [ink[: round(len(ink) * FOOT)] for ink in inked(pdf)]
    reached = [body.any(axis=1).nonzero()[0].max() / len(body) for body in bodies]
    assert [round(share, 2) for share in reached[:-1] if share < 0.5] == []
    assert len(bodies) <= PAGES[stem]


def test_no_heading_is_alone(case):
    """A sheet never ends in a heading: the last line above its foot is the title of none of the bookmarks on it."""
    _, _, _, pdf = case
    titles = bookmarked(pdf)
    assert sum(map(len, titles.values())) > 1
    for sheet, text in enumerate(page_texts(pdf)):
        body = [line.strip() for line in text.splitlines() if line.strip()]
        assert not titles[sheet] & {body[-3] if len(body) > 2 else ""}


def test_fonts_are_in_the_file(case):
    """Every font travels with the file, so that it looks the same everywhere."""
    _, _, _, pdf = case
    assert fonts(pdf) != []
    assert [name for name, inside in fonts(pdf) if not inside] == []


@pytest.mark.parametrize("case", [(stem, "fi") for stem in STEMS], ids="-".join, indirect=True)
def test_the_same_bytes_twice(case):
    """Printing a report again gives the same file."""
    _, page, _, pdf = case
    assert printed(paper_html(page, draft=True)) == pdf


def test_the_approved_one_bears_no_mark(case):
    """The draft's mark stands on every sheet, and on none once the report is approved."""
    stem, page, _, pdf = case
    line = {"fi": "LUONNOS", "sv": "UTKAST"}[page.language]
    assert all(line in text for text in page_texts(pdf))
    if stem == "review_360/group":  # one is enough: the template is the same
        assert line not in " ".join(page_texts(printed(paper_html(page, draft=False))))
