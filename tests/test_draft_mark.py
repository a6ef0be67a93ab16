"""Every report is a draft until it is approved: seen, heard, printed, hiding nothing, and taken off without a trace."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from notebook_made import cover, notebook, section, text
from workbook_cases import made

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.delivery.workbook_gate import pass_or_refuse_workbook
from kohtaamo_utils.presentation.render import stylesheet
from kohtaamo_utils.presentation.workbook.draft import draft_line, without_draft_line
from kohtaamo_utils.reports.roi.workbook import build

LINES = {
    "fi": "LUONNOS – ei vielä hyväksytty",
    "sv": "UTKAST – inte godkänd än",
    "en": "DRAFT – not yet approved",
}
WORDS = {language: line.split(" ")[0] for language, line in LINES.items()}
INK = ("--ink", "--muted", "--primary", "--contrast")
A_AND_FOUR = {"width": 794, "height": 1123}


def _page(language: str = "fi", parts: int = 1) -> Any:
    cells = [
        cell for number in range(parts) for cell in (text(f"## Kysymys {number}?"), section("<p>Vastaus. </p>" * 9))
    ]
    return compose(notebook(text("# Oma raportti"), cover(language), *cells))


@pytest.mark.parametrize("language", LINES)
def test_the_line_stands_first(language):
    """The state is the first text of the page after the link to its content, in the report's language, as text."""
    html = page_html(_page(language))
    body = html[html.index("<body") :]
    mark = re.search(r'<aside class="draft" aria-label="[^"]+" data-mark="([^"]+)">([^<]+)</aside>', body)
    assert mark is not None
    assert (mark[1], mark[2]) == (WORDS[language], LINES[language])
    assert body.index("</a>") < mark.start() < body.index("<header")


def test_an_approved_page_has_no_trace_of_it():
    """The approved page is the draft without one line: its policy, style and parts are the same bytes."""
    draft, approved = page_html(_page()).splitlines(), page_html(_page(), draft=False).splitlines()
    assert [line for line in draft if line not in approved] == [next(line for line in draft if "<aside" in line)]
    assert [line for line in draft if "<aside" not in line] == approved
    assert "LUONNOS" not in "\n".join(approved)


def test_it_needs_no_script_and_loads_nothing():
    """A draft passes the gate as an approved report does."""
    html = page_html(_page())
    assert re.findall(r"<script|\bon\w+=|url\(", html) == []
    assert pass_or_refuse(html, Secrets(Path("asiakas-oy"))) is None


def _luminance(colour: str) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_text_over_the_watermark_can_be_read():
    """Every colour of running text keeps 4.5 : 1 against the letters behind it, and so does the line against its ground."""
    style = stylesheet()
    behind = re.search(r"\.draft::after\{[^}]*[;{]color:(#\w+)", style)
    assert behind is not None
    assert _contrast("#fff", "#000") == pytest.approx(21)
    colours = {name: re.search(rf"{name}:(#\w+)", style)[1] for name in INK}  # type: ignore[index]
    assert {name for name, colour in colours.items() if _contrast(colour, behind[1]) < 4.5} == set()
    line = re.search(r"\.draft\{background:(#\w+);color:(#\w+)", style)
    assert line is not None
    assert _contrast(line[1], line[2]) > 7
    assert 1.05 < _contrast(behind[1], "#fff") < 1.4  # to be seen, and calm


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_it_hides_no_text(browser, width):
    """The large letters lie behind everything, catch no click, and make no page wider."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(page_html(_page(parts=4)))
    style = page.evaluate("(() => {const s = getComputedStyle(document.querySelector('.draft'), '::after');"
                          " return [s.zIndex, s.pointerEvents, s.position, s.content]})()")  # fmt: skip
    assert style[:3] == ["-1", "none", "fixed"]
    assert "LUONNOS" in style[3]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    middle = page.evaluate(f"document.elementFromPoint({width // 2}, 450).tagName")
    assert middle in {"P", "SECTION", "MAIN", "DIV", "H2"}
    page.close()


@pytest.mark.browser
def test_it_is_on_every_printed_page(browser):
    """On paper the letters stand behind the text of each page."""
    page = browser.new_page(viewport=A_AND_FOUR)
    page.set_content(page_html(_page(parts=30)))
    with_mark = page.pdf(print_background=False)
    page.set_content(page_html(_page(parts=30), draft=False))
    without = page.pdf(print_background=False)
    pages = [len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in (with_mark, without)]
    assert pages[0] >= pages[1] > 1
    assert len(with_mark) > len(without)
    page.close()


# --- the workbook ---


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Make the workbook of a small business case."""
    return build(made("retention", "basket"))


def _first_sheet(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_workbooks_first_sheet_says_so(workbook):
    """A draft's workbook says on its first sheet what it is; an approved one does not, and nothing else differs."""
    approved = without_draft_line(workbook, "en")
    assert _first_sheet(workbook).count(draft_line("en")) == 1
    assert [text for text in _first_sheet(workbook) if text != draft_line("en")] == _first_sheet(approved)
    old, new = _parts(workbook), _parts(approved)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/sharedStrings.xml"]


def test_taking_the_line_off_gives_the_same_bytes(workbook):
    """The same workbook gives the same bytes each time, and passes its gate."""
    approved = without_draft_line(workbook, "en")
    assert without_draft_line(workbook, "en") == approved
    assert pass_or_refuse_workbook(approved, Secrets(Path("asiakas-oy"))) is None
