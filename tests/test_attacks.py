"""What clients write stays text: no markup, formula, command or hidden sign of theirs reaches a page, a workbook or a terminal."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attack_texts import LONG, OPENED, attacks, check_page, engagement, harmless, hostile, page_of, shown

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.seen import look
from kohtaamo_utils.delivery.spreadsheet import csv_text
from kohtaamo_utils.errors import Problem, say
from kohtaamo_utils.intake.people.file_names import unfit_names
from kohtaamo_utils.presentation import render
from kohtaamo_utils.presentation.blocks import Bullets, Callout, Card, Cards, Chart, Lead, Quotes, Table
from kohtaamo_utils.presentation.charts import IntervalRow, interval_svg
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.telling import Voice, as_json
from kohtaamo_utils.visible import isolated, visible

EACH = 10
"""Of the corpus every so many-th text goes through whole reports here; all of them do in the browser."""
TRIED = hostile()[::EACH]
UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\ufeff]")
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
PAGES = (*OPENED, "data_check")
every_page = pytest.mark.parametrize("name", PAGES)
Shape = set[tuple[str, str, str]]


def test_the_corpus():
    """There are more than a hundred different texts, of each kind some."""
    texts = hostile()
    assert len(texts) == len(set(texts)) > 200
    assert len({attack.kind for attack in attacks()}) > 15


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, dict[str, Any]]:
    """Make every page of a hostile and of a harmless engagement, with nothing to be warned of."""
    folder = tmp_path_factory.mktemp("attacks")
    made: dict[str, dict[str, Any]] = {}
    for kind, texts in (("hostile", TRIED), ("harmless", harmless(TRIED))):
        place = str(engagement(folder / kind, texts))
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            made[kind] = {name: page_of(opened(place), name) for name, opened in OPENED.items()}
        made[kind]["data_check"] = check_page(Path(place))
    return made


def shape(html: str) -> Shape:
    """Return the kinds of element in a page: tags, each with its attributes' names and its classes but that of a cell with a long word."""
    return {
        (tag, name, its["class"].removesuffix("long").strip() if name == "class" else "")
        for tag, its in look(html).tags
        for name in ("", *its)
        if (name, its.get(name)) != ("class", "long")
    }


def text_of(html: str) -> str:
    """Return a page's text, every white space as one space, without the isolates that we put in."""
    return " ".join(re.sub("[\u2066-\u2069]", "", " ".join(look(html).texts)).split())


@every_page
def test_hostile_texts_make_no_markup(name, pages):
    """A page of hostile texts has no kind of element that a page of harmless ones lacks."""
    found, usual = (page_html(pages[kind][name]) for kind in ("hostile", "harmless"))
    assert shape(found) - shape(usual) == set()
    assert look(found).scripts == look(usual).scripts


@every_page
def test_nothing_unseen_is_on_a_page(name, pages):
    """No page holds a control sign, or one that turns the direction of what follows."""
    assert UNPRINTED.findall(page_html(pages["hostile"][name])) == []


@pytest.mark.parametrize("name", OPENED)
def test_the_gate_lets_hostile_texts_through(name, pages, tmp_path):
    """Nobody can keep a report from its reader by what he writes into a survey."""
    pass_or_refuse(page_html(pages["hostile"][name]), Secrets(tmp_path / "asiakas"))


def test_texts_are_shown_as_they_were_typed(pages):
    """The reader of the current state sees each text, letter by letter; of comments he sees what is not personal."""
    text = text_of(page_html(pages["hostile"]["current_state"]))
    assert [typed for typed in TRIED if shown(typed) not in text] == []


def test_results_are_valid_json(pages):
    """Figures for machines can be read back, and name each touchpoint as the page does."""
    results = json.loads(json.dumps(pages["hostile"]["current_state"].results))
    named = {figure["scope"].get("touchpoint") for figure in results["figures"]}
    assert {shown(text) for text in TRIED} - {""} <= {shown(name) for name in named if name}
    assert UNPRINTED.findall(json.dumps(results, ensure_ascii=False)) == []


def formulas(content: bytes) -> dict[str, str]:
    """Return a workbook's formulas by sheet and cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {f"{sheet.title}!{cell.coordinate}": str(cell.value) for sheet in book for row in sheet for cell in row if cell.data_type == "f"}  # fmt: skip


def risky(content: bytes) -> list[str]:
    """Return a workbook's texts that begin as a formula does."""
    return [text for text in texts_in(content) if text.lstrip().startswith(FORMULA)]


def texts_in(content: bytes) -> list[str]:
    """Return a workbook's texts."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "s"]


def test_workbooks_compute_our_formulas_only(pages):
    """The business case's workbook has the same formulas in the same cells, whatever stands in its texts."""
    found, usual = (next(iter(pages[kind]["roi"].attachments.values())) for kind in ("hostile", "harmless"))
    assert formulas(found).keys() == formulas(usual).keys()
    assert risky(found) == []
    assert sum("window.hit" in text for text in texts_in(found)) > 3


def _everything(texts: list[str]) -> tuple[Any, ...]:
    rows = [IntervalRow(text, float(place), text, 0, 1) for place, text in enumerate(texts[::4]) if len(text) < LONG]
    svg = interval_svg(rows, axis=texts[1], locale="fi_FI", reference=(1.0, texts[2]))
    table = Table("taulukko", tuple(texts), (tuple(texts),), note=texts[2])
    return (
        *map(Lead, texts),
        Bullets(tuple((text, text) for text in texts)),
        Quotes(texts[0], tuple(texts)),
        Cards(tuple(Card(text, text, text, text) for text in texts)),
        *(Callout(Wording("fi")("Weaker than the others: {names}.", names=text)) for text in texts),
        Chart(svg, "kuva", " ".join(texts), table),
    )


def test_each_text_in_each_block():
    """The whole corpus goes through every kind of block, and a part of it through a chart, without making markup."""
    texts = [unicodedata.normalize("NFC", text) for text in hostile() if shown(text)]  # as intake gives them
    found, usual = (str(render.render(_everything(each), "s")) for each in (texts, harmless(texts)))
    assert shape(found) - shape(usual) == set()
    assert UNPRINTED.findall(found) == []
    read = text_of(found)
    assert [text for text in texts if shown(text) not in read] == []


def test_a_hole_would_be_found(monkeypatch):
    """Without escaping the corpus makes markup, and without cleaning it leaves unseen signs: the tests above could fail."""
    blocks, made = tuple(map(Lead, hostile())), render.Environment
    monkeypatch.setattr(render, "environment", render.environment.__wrapped__)  # the usual one is kept for others
    assert UNPRINTED.findall(str(render.render(blocks, "s"))) == []
    monkeypatch.setattr(render, "printed", str)
    assert len(UNPRINTED.findall(str(render.render(blocks, "s")))) > 20
    monkeypatch.setattr(render, "Environment", lambda **options: made(**options | {"autoescape": False}))
    monkeypatch.setattr(render, "escape", str)
    assert {("svg", "onload", ""), ("script", "", "")} <= shape(str(render.render(blocks, "s")))


def test_a_formula_would_be_found(monkeypatch):
    """Without cleaning, texts begin as formulas do: the tests of workbooks and of CSV could fail."""
    from kohtaamo_utils.delivery import spreadsheet

    lines = csv_text(["x"], [[text] for text in hostile()])
    assert _begun(lines) == []
    monkeypatch.setattr(spreadsheet, "plain_text", str)
    assert len(_begun(csv_text(["x"], [[text] for text in hostile()]))) > 10


def _begun(text: str) -> list[str]:
    import csv

    cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";") for cell in row]
    return [cell for cell in cells if cell.lstrip().startswith(FORMULA)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_terminal_obeys_nobody(language):
    """A problem that quotes a hostile value is one line without control signs, in each language and as JSON."""
    voice = Voice(language)
    for text in hostile():
        problem = Problem(
            file=text, row=7, column=text, value=text, message=say("{value} is not a date.", value=text), expected=text
        )
        told = voice.told(problem.said)
        assert "\n" not in told
        assert [sign for sign in told if unicodedata.category(sign) == "Cc" or "\u202a" <= sign <= "\u202e"] == []
        machine = as_json(voice, [problem], None)
        assert [
            sign for sign in machine if unicodedata.category(sign) in {"Cc", "Cf"} and sign not in "\n\u200c\u200d"
        ] == []
        assert json.loads(machine)["problems"][0]["value"] == text


RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def test_file_names_lead_nowhere(tmp_path):
    """An id that is taken for a file name makes that file in its folder; every other is refused."""
    unfit = {found.name for found in unfit_names(hostile())}
    fit = [text for text in hostile() if text not in unfit]
    assert {
        "../../salaisuus",
        "..\\..\\salaisuus",
        "con",
        "nul.txt",
        "lpt1",
        "a/b",
        "rivi\nvaihto.csv",
        "tiedosto\0.html",
    } <= unfit
    assert [text for text in fit if RESERVED.fullmatch(text) or not text.isprintable()] == []
    for text in fit:
        (tmp_path / f"{text}.fi.html").write_text("x", encoding="utf-8")
    assert {file.name for file in tmp_path.iterdir()} == {f"{text}.fi.html" for text in fit}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a\u202etxt.exe", "atxt.exe"),
        ("Kas\u200bsa", "Kassa"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("hyvä\u00a0palvelu", "hyvä\u00a0palvelu"),
        ("Z" + "\u0301" * 40, "Z" + "\u0301" * 4),
        ("a\r\nb\u2028c\rd", "a\nb\nc\nd"),
        ("\ud800", ""),
        ("x\ufffe\U0001ffff", "x"),
    ],
)
def test_visible(typed, read):
    """Signs that nobody sees go; joiners that letters need, no-break spaces and line breaks stay."""
    assert visible(typed) == read


def test_right_to_left_values_stay_in_their_place():
    """A Hebrew name in a sentence is isolated, so that the number after it stays after it; a Finnish one is left alone."""
    t = Wording("en")
    hebrew = t("Weakest touchpoint: {name} ({measure} {value}).", name="קופה", measure="NPS", value="−7")
    assert hebrew == "Weakest touchpoint: \u2068קופה\u2069 (NPS −7)."
    assert isolated(isolated("קופה")) == "\u2068קופה\u2069"
    assert isolated("Kassa ja nouto") == "Kassa ja nouto"
