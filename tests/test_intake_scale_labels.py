"""What a heading or the words beside numbers say of a score's scale: which end is best, which is no answer, how long it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from intake_support import CUSTOMERS, engagement, problems, put

from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.scales.stated_scale import stated_scales

if TYPE_CHECKING:
    from pathlib import Path


def column(*answers: str, name: str = "csat") -> str:
    """Return a file of one quoted column."""
    return "\n".join([name, *(f'"{answer}"' for answer in answers)]) + "\n"


@pytest.mark.parametrize(
    ("heading", "canonical", "advice"),
    [
        ("Tyytyväisyys (1=erittäin tyytyväinen, 5=erittäin tyytymätön)", "csat", "reverse: [csat]"),
        ("Tulin kuulluksi (1 = täysin samaa mieltä ... 5 = täysin eri mieltä)", "heard", "reverse: [heard]"),
        ("How easy? (1 = very easy; 7 = very difficult)", "ces", "reverse: [ces]"),
        ("Hur nöjd är du? 1 mycket nöjd, 5 mycket missnöjd", "csat", "reverse: [csat]"),
    ],
)
def test_falling_scale_in_the_heading(tmp_path: Path, heading: str, canonical: str, advice: str) -> None:
    """A heading that gives the best answer the least number is heard as words beside the numbers are."""
    text = column("1", "2", "2", name=f'"{heading}"')
    (problem,) = problems(tmp_path, text, columns={canonical: heading}, constants=CUSTOMERS)
    assert problem.kind == "falling_scale"
    assert f"Add `{advice}`" in problem.advice
    assert not problems(tmp_path, text, columns={canonical: heading}, constants=CUSTOMERS, reverse=[canonical])


@pytest.mark.parametrize(
    "answers",
    [
        ("3 = Jokseenkin samaa mieltä", "4 = Täysin samaa mieltä"),
        ("1 - Täysin samaa mieltä", "4 - Täysin eri mieltä"),
        ("1 - Täysin samaa mieltä", "2 - Jokseenkin samaa mieltä", "4 - Täysin eri mieltä"),
    ],
)
def test_words_of_a_scale_of_another_length(tmp_path: Path, answers: tuple[str, ...]) -> None:
    """A number whose word is another number on the column's scale is refused: the question had fewer answers."""
    (problem,) = problems(tmp_path, column(*answers), constants=CUSTOMERS)
    assert problem.kind == "other_scale"
    assert "the question was asked on another scale." in problem.message


def test_a_whole_scale_in_its_own_words(tmp_path: Path) -> None:
    """Where each number from the lowest to the highest has its word, the steps between the ends may have other names."""
    answers = ["1 Erittäin huono", "2 Huono", "3 Hyvä", "4 Erittäin hyvä", "5 Erinomainen"]
    found = read(
        engagement(tmp_path, {"survey": {"file": put(tmp_path, "data.csv", column(*answers)), "constants": CUSTOMERS}})
    )
    assert found.tables["survey"]["csat"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "answers",
    [
        ("Kyllä", "Ei", "Kyllä"),
        ("A", "B", "C"),
        ("Very likely", "Unlikely", ""),
        ("Paras", "4", "3", "2", "Huonoin"),
    ],
)
def test_words_of_no_scale_are_one_problem(tmp_path: Path, answers: tuple[str, ...]) -> None:
    """Answers in words of no scale, or two words for a scale's ends, are not told to be listed as missing: the best would be lost."""
    (found,) = problems(tmp_path, column(*answers, name="csat,x").replace('"\n', '",1\n'), constants=CUSTOMERS)
    assert (found.kind, found.row, found.value) == ("unknown_words", 2, answers[0])
    assert "missing" not in found.advice


def test_words_among_numbers_are_told_each(tmp_path: Path) -> None:
    """Where numbers reach the ends, words beside them are slips or mean no answer, and are told with their rows."""
    found = problems(tmp_path, column("5", "en muista", "1", "hmm"), constants=CUSTOMERS)
    assert [(problem.kind, problem.row) for problem in found] == [("not_a_number", 3), ("not_a_number", 5)]


@pytest.mark.parametrize(
    "ends",
    [
        ("Not at all likely - 0", "Extremely likely - 10"),
        ("0 - En lainkaan todennäköisesti", "10 = Erittäin todennäköisesti"),
        ("Inte alls sannolikt: 0", "Mycket sannolikt (10)"),
        ("(0) Not at all likely", "(10) Extremely likely"),
    ],
)
def test_the_ends_of_a_recommendation_in_words(tmp_path: Path, ends: tuple[str, str]) -> None:
    """The number of an end is read before its word, as most tools write it, and behind it, as SurveyMonkey does."""
    text = column(ends[0], "9", ends[1], "7", name="nps")
    found = read(engagement(tmp_path, {"survey": {"file": put(tmp_path, "data.csv", text), "constants": CUSTOMERS}}))
    assert found.tables["survey"]["nps"].tolist() == [0, 9, 10, 7]


def test_no_answer_in_the_heading(tmp_path: Path) -> None:
    """A number that the heading calls "cannot say" is no answer, though it lies within the scale."""
    heading = "Kohtelu (1 = täysin eri mieltä, 5 = täysin samaa mieltä, 3 = en osaa sanoa)"
    text = column("1", "4", "3", name=f'"{heading}"')
    source = {"file": put(tmp_path, "data.csv", text), "columns": {"heard": heading}, "constants": CUSTOMERS}
    found = read(engagement(tmp_path, {"survey": source}))
    assert found.tables["survey"]["heard"].dropna().tolist() == [1, 4]
    assert [entry.value for entry in found.log.of("survey", "inferred") if entry.rule == "no_answer"] == ["3"]


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("On a scale from 1 to 10, how likely are you to recommend us?", (1, 10)),
        ("på en skala från 1 till 7", (1, 7)),
        ("asteikolla yhdestä kymmeneen", (1, 10)),
        ("Kouluarvosana 4–10", (4, 10)),
        ("(1=not at all, 7=completely)", (1, 7)),
        ("(1 = huono, 5 = hyvä, 6 = en osaa sanoa)", (1, 5)),
    ],
)
def test_scale_in_words(heading: str, scale: tuple[int, int]) -> None:
    """A heading tells its scale by a range, in words, or by what its ends stand for."""
    assert stated_scales(heading) == {scale}


FALLING = "1 = Erittäin tyytyväinen … 5 = Erittäin tyytymätön"
SCORES = [[5, 6], [2, 10], [1, 9], [1, 0]]


def book(name: str = "Vastaukset", above: tuple[str, ...] = (), under: tuple[str, ...] = (), **sheets: Any) -> bytes:
    """Return a workbook of answers, with rows above and under its header, and other sheets."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    rows = [*([text, None] for text in above), ["Tyytyväisyys", "NPS"], *([list(under)] if under else []), *SCORES]
    for row in rows:
        sheet.append(row)
    for other, codes in sheets.items():
        extra = made.create_sheet(other)
        for code in codes:
            extra.append(code)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


MAPPED: dict[str, Any] = {"columns": {"csat": "Tyytyväisyys", "nps": "NPS"}, "constants": CUSTOMERS}


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        (book(under=(FALLING, "")), 5, ""),
        (book(under=(FALLING, "0 = en lainkaan, 10 = varmasti")), 5, ""),
        (book(above=("Kysely", f"Asteikko: {FALLING}")), 6, f"above the header: Asteikko: {FALLING}"),
        (
            book(Koodit=[["Koodi", "Selite"], [1, "Erittäin tyytyväinen"], [5, "Erittäin tyytymätön"]]),
            4,
            'in the sheet "Koodit": 1 = Erittäin tyytyväinen, 5 = Erittäin tyytymätön',
        ),
    ],
    ids=["under", "both under", "above", "sheet of codes"],
)
def test_a_falling_scale_beside_the_headings(tmp_path: Path, sheet: bytes, row: int, said: str) -> None:
    """A legend under or above the header or in a sheet of codes is heard as a heading is; it is nobody's answer."""
    file = put(tmp_path, "a.xlsx", sheet)
    source = {"file": file, "sheet": "Vastaukset", **MAPPED}
    (problem,) = check(engagement(tmp_path, {"survey": source}))[0]
    assert (problem.kind, problem.row) == ("falling_scale", row), "the first 1, two rows under the first answer"
    assert said in problem.message
    found = read(engagement(tmp_path, {"survey": {**source, "reverse": ["csat"]}}))
    assert found.tables["survey"]["csat"].tolist() == [1, 4, 5, 5]
    assert found.tables["survey"]["nps"].tolist() == [6, 10, 9, 0], "a legend from 1 to 5 is none of 0 to 10"


def test_a_rising_legend_under_the_header(tmp_path: Path) -> None:
    """A row that explains a scale which rises is left out and logged; words milder than a known scale's ends are fine."""
    text = "Tyytyväisyys;NPS\n(1 = huono, 5 = hyvä);0-10\n5;6\n1;10\n"
    found = read(engagement(tmp_path, {"survey": {"file": put(tmp_path, "a.csv", text), **MAPPED}}))
    assert found.tables["survey"]["csat"].tolist() == [5, 1]
    details = [entry.detail for entry in found.log.entries if entry.rule == "legend"]
    assert "row 2 under the header explains Tyytyväisyys: (1 = huono, 5 = hyvä)" in details


def test_mild_words_at_the_ends_of_a_heading_fall(tmp_path: Path) -> None:
    """Where a heading gives words for both ends only, their order counts, not how strong they are."""
    heading = '"Palvelu (1 = hyvä, 5 = huono)"'
    (problem,) = problems(
        tmp_path, column("1", "5", name=heading), columns={"csat": heading[1:-1]}, constants=CUSTOMERS
    )
    assert problem.kind == "falling_scale"


def test_a_legend_among_the_answers_is_none(tmp_path: Path) -> None:
    """A text with several numbers and their words is never read as its first number."""
    text = f"Tyytyväisyys;NPS\n5;6\n2;10\n1;9\n{FALLING};0\n"
    (problem,) = check(engagement(tmp_path, {"survey": {"file": put(tmp_path, "a.csv", text), **MAPPED}}))[0]
    assert (problem.row, problem.value) == (5, FALLING)


def test_a_sheet_of_codes_that_may_mean_several_questions(tmp_path: Path) -> None:
    """Where several questions have the scale of a sheet of codes, it is told and turns none."""
    codes = [["Koodi", "Selite"], [1, "Erittäin tyytyväinen"], [5, "Erittäin tyytymätön"]]
    file = put(tmp_path, "a.xlsx", book(Koodit=codes))
    columns = {"csat": "Tyytyväisyys", "value": "Tyytyväisyys"}
    found = read(
        engagement(
            tmp_path, {"survey": {"file": file, "sheet": "Vastaukset", "columns": columns, "constants": CUSTOMERS}}
        )
    )
    (told,) = [entry.detail for entry in found.log.entries if entry.rule == "legend"]
    assert told.startswith("not clear which of csat, value is meant")
    assert 'in the sheet "Koodit"' in told
