"""What a client finds in the workbook: sheets, inputs apart from results, sources, protection, and nothing of us."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest
from spreadsheets import named, opened, parts
from workbook_cases import made

from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.presentation.workbook.formats import number_format
from kohtaamo_utils.reports.roi.workbook import build
from kohtaamo_utils.reports.roi.workbook.labels import _words, family, label
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model

SHEETS = {
    "fi": ["Tulokset", "Lähtötiedot", "Laskenta", "Skenaariot", "Oletukset ja lähteet", "Tietoja"],
    "sv": ["Resultat", "Indata", "Beräkning", "Scenarier", "Antaganden och källor", "Om"],
    "en": ["Results", "Inputs", "Calculation", "Scenarios", "Assumptions and sources", "About"],
}
RISKY = ('=HYPERLINK("https://a.fi")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1")


@pytest.fixture(scope="module", params=SHEETS)
def language(request):
    """Give each language."""
    return request.param


@pytest.fixture(scope="module")
def content(language):
    """Make the content in a language."""
    return made(language=language)


@pytest.fixture(scope="module")
def file(content) -> bytes:
    """Build the workbook."""
    return build(content)


@pytest.fixture(scope="module")
def book(file):
    """Open the workbook with its formulas."""
    return opened(file)


@pytest.fixture(scope="module")
def values(file):
    """Open the workbook with the values that stand in it."""
    return opened(file, values=True)


def test_sheets(book, language):
    """Results come first, in the language of the report; Excel takes each sheet's name."""
    assert book.sheetnames == SHEETS[language]
    assert [name for name in book.sheetnames if len(name) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name)] == []


def test_every_input_and_step_has_a_named_cell(content, book):
    """Inputs, ends of ranges and steps each have a name; what is named is a number among inputs and a formula among steps."""
    cells = named(book)
    ends = {name for found in content.ranges.values() for name in (found.low_name, found.high_name)}
    names = {name for name in cells if not name.startswith("_xlnm")}
    assert names == set(content.names.values()) | ends
    assert all(isinstance(cells[content.names[part.name]], int | float) for part in content.model.inputs)
    assert all(str(cells[content.names[step.name]]).startswith("=") for step in content.model.steps)


def test_formulas_use_names_and_nothing_else(content, book):
    """A formula of the calculation names inputs and earlier steps only: no number is typed into it that is not the model's."""
    cells = named(book)
    known: set[str] = {content.names[part.name] for part in content.model.inputs}
    for step in content.model.steps:
        words = set(re.findall(r"[A-Za-z_]\w*", re.sub(r'""', "", cells[content.names[step.name]])))
        assert words - known <= {"IF", "IFERROR", "MAX", "MIN", "COUNT"}, step.name
        known.add(content.names[step.name])


def test_values_that_stand_in_the_file_are_the_models(content, values):
    """A program that does not calculate shows what the model gives, in the named cells and in each scenario."""
    cells = named(values)
    for name, value in content.values.items():
        assert cells[content.names[name]] == (pytest.approx(value, rel=1e-14) if math.isfinite(value) else None), name
    sheet = values.worksheets[3]
    shown = [[sheet.cell(row, column).value for row in (5, 6, 7)] for column in (2, 3, 4, 5)]
    for column, found in zip(content.scenarios, shown, strict=True):
        for value, cell in zip((column.values[n] for n in ("npv", "roi", "payback_years")), found, strict=True):
            assert cell == (pytest.approx(value, rel=1e-14) if math.isfinite(value) else "–")


def test_the_answer_stands_first(content, values):
    """The first sheet gives NPV, ROI, payback and present values, and the money by year with a chart of its own."""
    sheet = values.worksheets[0]
    expected = [content.values[name] for name in ("npv", "roi", "payback_years", "pv_benefits", "pv_costs")]
    assert [sheet.cell(row, 2).value for row in range(5, 10)] == pytest.approx(expected, rel=1e-14)
    benefits = [f"benefit_{name}" for name in DRIVERS]
    for row, name in enumerate([*benefits, "cost", "net", "cumulative"], start=13):
        sign = -1 if name == "cost" else 1
        amounts = [sign * content.values.get(f"{name}_{year}", 0.0) for year in range(4)]
        assert [sheet.cell(row, column).value for column in range(2, 6)] == pytest.approx(amounts, rel=1e-14), name


def test_the_chart_is_excels_own(file):
    """The chart draws from cells: stacked bars of benefits and costs, a line of the cumulative net, a text for who cannot see it."""
    all_parts = parts(file)
    [chart] = [text for name, text in all_parts.items() if name.startswith("xl/charts/")]
    assert chart.count("<c:ser>") == len(DRIVERS) + 2
    assert '<c:grouping val="stacked"/>' in chart
    assert "<c:lineChart>" in chart
    assert chart.count("<c:numCache>") == len(DRIVERS) + 2
    [drawing] = [text for name, text in all_parts.items() if name.startswith("xl/drawings/drawing")]
    assert re.search(r'descr="[^"]{30,}"', drawing)


def test_only_inputs_can_be_changed(content, book):
    """Every sheet is protected without a password; unlocked are the inputs and the ends of their ranges, on one sheet."""
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)
    free = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert {title for title, _ in free} == {book.sheetnames[1]}
    assert len(free) == len(content.model.inputs) + 2 * len(content.ranges)
    assert all(book[title][cell].fill.fgColor.rgb == "FFFFF6DD" for title, cell in free)


def test_inputs_take_possible_numbers_only(content, book):
    """Each input that can be changed is checked when something is entered: numbers within limits; ranges ask when out of order."""
    sheet = book.worksheets[1]
    checked = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert checked.keys() == free
    assert {rule.type for rule in checked.values()} == {"decimal"}
    assert sum(rule.errorStyle == "warning" for rule in checked.values()) == 3 * len(content.ranges)
    assert all(rule.error and rule.errorTitle for rule in checked.values())


def test_inputs_tell_their_source_and_grade(content, book):
    """Beside each input stand its source, and of an effect its range, grade and written decision."""
    rows = {row[8].value: row for row in book.worksheets[1].iter_rows(min_row=5) if row[8].value}
    assert rows.keys() == {content.names[part.name] for part in content.model.inputs}
    for part in content.model.inputs:
        row, note = rows[content.names[part.name]], content.notes[part.name]
        assert (row[5].value, row[6].value or "", row[7].value or "") == (note.source, note.grade, note.override)
        assert note.source
    effect = rows["effect_turnover"]
    assert [effect[column].value for column in (3, 1, 4)] == [0.0, 0.10, 0.20]
    assert (effect[5].value, effect[6].value) == ("pilot 2025", "B")


def test_the_sheet_of_sources_has_every_assumption(content, book, values):
    """The sheet of assumptions lists each input with the value in use, its source, and what its grade means."""
    sheet, shown = book.worksheets[4], values.worksheets[4]
    for row, name in enumerate([name for names in content.drivers.values() for name in names], start=4):
        assert sheet.cell(row, 2).value == f"={content.names[name]}"
        assert shown.cell(row, 2).value == pytest.approx(content.values[name])
        assert sheet.cell(row, 4).value == content.notes[name].source
        assert bool(sheet.cell(row, 6).value) == bool(content.notes[name].grade)


@pytest.mark.parametrize(
    ("language", "money", "share", "number"),
    [
        ("fi", '[$-40B]#,##0"\xa0€"', '[$-40B]0.0"\xa0"%', "[$-40B]#,##0.0"),
        ("sv", '[$-81D]#,##0"\xa0€"', '[$-81D]0.0"\xa0"%', "[$-81D]#,##0.0"),
        ("en", '[$-809]"€"#,##0', "[$-809]0.0%", "[$-809]#,##0.0"),
    ],
)
def test_number_formats(language, money, share, number):
    """Finnish and Swedish put a no-break space and then the sign behind the number; English puts the euro in front."""
    numbers = Numbers(language)
    assert [number_format(numbers, unit) for unit in ("money", "share", "count")] == [money, share, number]


def test_amounts_have_the_languages_format(content, book):
    """NPV is shown as money and ROI as per cent on the first sheet and among the steps."""
    f = content.context.f
    sheet = book.worksheets[0]
    assert [sheet.cell(row, 2).number_format for row in (5, 6)] == [
        number_format(f, "money", 0),
        number_format(f, "share", 0),
    ]


def test_print_setup(book):
    """Each sheet prints on A4 across, fitted to the width, the head repeated on each page of the long ones, panes frozen."""
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        assert (sheet.page_setup.fitToWidth or 1) == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [sheet.print_title_rows for sheet in book.worksheets[1:5]] == ["$4:$4", "$4:$4", "$4:$4", "$3:$3"]
    assert [sheet.freeze_panes for sheet in book.worksheets[:5]] == ["B1", "B5", "B5", "B5", "B4"]


def test_the_same_content_gives_the_same_bytes(content, file):
    """A workbook repeats byte for byte."""
    assert build(content) == file


def test_properties_tell_nothing_of_people_and_computers(file):
    """The file's properties hold the title, the kit's name and a date from the settings; no person, path or clock."""
    core = ET.fromstring(parts(file)["docProps/core.xml"])  # noqa: S314 -- our own file
    texts = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert texts.keys() == {"title", "creator", "lastModifiedBy", "created", "modified"}
    assert texts["creator"] == texts["lastModifiedBy"] == "Kohtaamo"
    assert texts["created"] == texts["modified"] == "2025-12-31T00:00:00Z"
    assert re.findall(r"<(?:Company|Manager)>[^<]+", parts(file)["docProps/app.xml"]) == []


@pytest.mark.parametrize("text", RISKY)
def test_what_a_client_wrote_is_never_a_formula(text):
    """A name or source that begins as a formula does is a text with an apostrophe, wherever it stands."""
    effect = {
        "low": 0.0,
        "likely": 0.1,
        "high": 0.2,
        "unit": "relative",
        "source": f"x{text}",
        "grade": "C",
        "override": "o",
    }
    content = made("basket", client=f"x{text}", basket={"margin_rate": 0.3, "effect": effect})
    content = _renamed(content, text)
    file = build(content)
    book = opened(file)
    plain = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert [cell.value for cell in plain if str(cell.value).lstrip().startswith(("=", "+", "@", "-", "＝"))] == []
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [formula for formula in formulas if "HYPERLINK" in formula or "SUM(" in formula] == []
    about = next(row[1].value for row in book.worksheets[5].iter_rows(min_row=3) if row[0].value == "Client")
    assert about.startswith("'")
    assert "hyperlink" not in "".join(parts(file)).lower()


def _renamed(content, text: str):
    """Put a text as it is where settings would have stripped it: as client, source and decision."""
    import dataclasses

    settings = content.context.engagement.settings.model_copy(update={"client": text})
    engagement = dataclasses.replace(content.context.engagement, settings=settings)
    notes = {name: dataclasses.replace(note, source=text, override=text) for name, note in content.notes.items()}
    return dataclasses.replace(
        content, context=dataclasses.replace(content.context, engagement=engagement), notes=notes
    )


def test_a_client_with_an_ampersand_does_not_break_the_footer():
    """An ampersand in the client's name is a letter of the footer and no command of it."""
    book = opened(build(made("basket", client="Aho & Pojat")))
    assert book.worksheets[0].oddFooter.left.text == "Aho && Pojat"


def test_every_part_of_the_model_is_put_into_words():
    """Each input and step of every driver is called something in Finnish; none shows its name in the formulas."""
    whole = model(tuple(DRIVERS), 2)
    t = Wording("fi")
    assert [part.name for part in (*whole.inputs, *whole.steps) if label(t, part) == _words(family(part))] == []


def test_no_costs_no_return():
    """Without costs there is no return: the cell says so in words, and no cell holds an error."""
    file = build(made("basket", costs={"initial": 0, "per_year": 0}))
    assert opened(file, values=True).worksheets[0]["B6"].value == "none without costs"
    assert 't="e"' not in "".join(parts(file).values())


def test_no_payback_within_the_period():
    """A case that is not paid back says so in words on the first sheet, and the named cell is empty."""
    values = opened(build(made("basket", costs={"initial": 1e7})), values=True)
    assert values.worksheets[0]["B7"].value == "not within the period"
    assert named(values)["payback_years"] is None
