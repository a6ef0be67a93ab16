"""Rows that stand in two files, sheets or blocks of one table are told, never counted twice in silence."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest
from intake_support import CUSTOMERS, engagement, put
from large_support import outcome
from map_files import CLIENT

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import propose

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

HEADER = ["Tilaus", "Asiakas", "Päivä", "Summa"]
COLUMNS = {"order_id": "Tilaus", "customer_id": "Asiakas", "ordered_on": "Päivä", "amount": "Summa"}
ANSWERS = {"answered_on": "Aika", "nps": "NPS", "comment": "Kommentti"}
Rows = list[list[Any]]


def orders(first: int, after: int, prefix: str = "") -> Rows:
    """Return one order a day; days and amounts follow from the number."""
    return [
        [f"{prefix}{1000 + n}", f"C{n % 17}", f"2025-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", 10 + n * 37 % 61]
        for n in range(first, after)
    ]


def csv(header: list[str], rows: Rows) -> str:
    """Return rows as a text file."""
    return "".join(";".join(map(str, row)) + "\n" for row in [header, *rows])


def workbook(**sheets: Rows) -> bytes:
    """Return a workbook with these sheets, the first row of each its header."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def found(folder: Path, sources: dict[str, Any]) -> tuple[Problem, ...]:
    """Return what is wrong."""
    return check(engagement(folder, sources))[0]


def sales(folder: Path, files: list[str], **source: Any) -> tuple[Problem, ...]:
    """Return what is wrong with files of order lines."""
    return found(folder, {"transactions": {"file": files, "columns": COLUMNS, **source}})


def test_the_same_sales_as_csv_and_as_workbook(tmp_path: Path) -> None:
    """A file that holds nothing but what another holds, in another format, is to be left out."""
    put(tmp_path, "a.csv", csv(HEADER, orders(0, 30)))
    put(tmp_path, "a.xlsx", workbook(S=[HEADER, *orders(0, 30)]))
    (problem,) = sales(tmp_path, ["a.csv", "a.xlsx"])
    assert (problem.kind, problem.file, problem.row) == ("same_rows", "a.xlsx", 2)
    assert "Rows of a.xlsx that stand in a.csv too: 30. The first is row 2 of the other" in problem.message
    assert "Leave a.xlsx out" in problem.advice


def test_a_sheet_of_all_beside_its_parts(tmp_path: Path) -> None:
    """Each sheet whose rows stand in the sheet of all is named with it; parts without that sheet are fine."""
    espoo, turku = orders(0, 20, "E"), orders(40, 60, "T")
    put(tmp_path, "a.xlsx", workbook(Kaikki=[HEADER, *espoo, *turku], Espoo=[HEADER, *espoo], Turku=[HEADER, *turku]))
    blocks = [{"file": "a.xlsx", "sheet": sheet, "columns": COLUMNS} for sheet in ("Kaikki", "Espoo", "Turku")]
    told = found(tmp_path, {"transactions": blocks})
    assert [problem.message.partition(":")[0] for problem in told] == [
        f"Rows of a.xlsx, sheet {sheet} that stand in a.xlsx, sheet Kaikki too" for sheet in ("Espoo", "Turku")
    ]
    assert found(tmp_path, {"transactions": blocks[1:]}) == ()


def test_exports_whose_days_overlap(tmp_path: Path) -> None:
    """Of two exports that share days the orders of those days are counted and the first is shown in both."""
    put(tmp_path, "a.csv", csv(HEADER, orders(0, 180)))
    put(tmp_path, "b.csv", csv(HEADER, orders(90, 240)))
    (problem,) = sales(tmp_path, ["a.csv", "b.csv"])
    assert (problem.file, problem.row) == ("b.csv", 2)
    assert "too: 90. The first is row 92 of the other" in problem.message, "order 90 is the 91st under the header"
    assert "`exclude`" in problem.advice


def test_a_file_that_repeats_its_own_lines(tmp_path: Path) -> None:
    """Lines that repeat within a file are two items, also where an order's other lines lie in another file."""
    put(tmp_path, "a.csv", csv(HEADER, [*orders(0, 30), *orders(0, 9)]))
    put(tmp_path, "b.csv", csv(HEADER, [[number, who, day, 3] for number, who, day, _ in orders(0, 30)]))
    assert sales(tmp_path, ["a.csv", "b.csv"]) == ()


def test_files_of_two_groups_of_goods(tmp_path: Path) -> None:
    """Orders that lie in two files, whose lines now and then cost the same, are not the same."""
    rolls = np.random.default_rng(4)
    for file in ("a.csv", "b.csv"):
        lines = [[number, who, day, int(rolls.choice([5, 10, 15]))] for number, who, day, _ in orders(0, 300)]
        put(tmp_path, file, csv(HEADER, lines))
    assert sales(tmp_path, ["a.csv", "b.csv"]) == ()


def test_goods_of_one_price(tmp_path: Path) -> None:
    """Where everything costs the same, that two files' lines do proves nothing."""
    put(tmp_path, "a.csv", csv(HEADER, [[*row[:3], 10] for row in orders(0, 60)]))
    put(tmp_path, "b.csv", csv(HEADER, [[*row[:3], 10] for row in orders(0, 70)]))
    assert sales(tmp_path, ["a.csv", "b.csv"]) == ()


def test_shops_that_count_orders_and_customers_from_one(tmp_path: Path) -> None:
    """Two tills that begin at the same numbers share no order: day and amount are others."""
    put(tmp_path, "a.csv", csv(HEADER, orders(0, 100)))
    moved = [[*old[:2], new[2], new[3]] for old, new in zip(orders(0, 100), orders(131, 231), strict=True)]
    put(tmp_path, "b.csv", csv(HEADER, moved))
    assert sales(tmp_path, ["a.csv", "b.csv"]) == ()


@pytest.mark.parametrize("both", [True, False])
def test_large_files_are_compared_too(tmp_path: Path, both: bool) -> None:
    """Orders that a large file shares with another, large or small, are told; files of other days are read."""
    put(tmp_path, "a.csv", csv(HEADER, orders(0, 180)))
    put(tmp_path, "b.csv", csv(HEADER, orders(90, 240)))
    put(tmp_path, "c.csv", csv(HEADER, orders(240, 300)))
    large = 1 if both else (tmp_path / "b.csv").stat().st_size + 1
    (problem,) = outcome(tmp_path, {"file": ["a.csv", "b.csv"], "columns": COLUMNS}, large=large)
    assert isinstance(problem, tuple)
    assert problem[0] == "same_rows"
    assert "too: 90, the first of 2025-04-07 over 46.00" in problem[-1], "90 = 3 * 28 + 6, 10 + 90 * 37 % 61 = 46"
    files = {"file": ["a.csv", "c.csv"], "columns": COLUMNS}
    assert outcome(tmp_path, files, large=large) == outcome(tmp_path, files, large=False)


def answers(first: int, after: int, seconds: str = ":07") -> Rows:
    """Return answers without a number, each of another minute."""
    return [
        [f"{n % 28 + 1}.1.2025 12:{n // 28:02}{seconds}", n * 7 % 11, f"sana {n}" if n % 3 else ""]
        for n in range(first, after)
    ]


def survey(folder: Path, files: list[str], **source: Any) -> tuple[Problem, ...]:
    """Return what is wrong with files of customers' answers."""
    return found(folder, {"survey": {"file": files, "columns": ANSWERS, "constants": CUSTOMERS, **source}})


def test_a_wave_whose_file_is_cumulative(tmp_path: Path) -> None:
    """Answers without a number are known by the second at which they were given."""
    header = list(ANSWERS.values())
    put(tmp_path, "a.csv", csv(header, answers(0, 60)))
    put(tmp_path, "b.csv", csv(header, answers(0, 120)))
    (problem,) = survey(tmp_path, ["a.csv", "b.csv"])
    assert (problem.kind, problem.file, problem.row) == ("same_rows", "b.csv", 2)
    assert "Leave a.csv out" in problem.advice
    put(tmp_path, "c.csv", csv(header, answers(60, 120)))
    assert survey(tmp_path, ["a.csv", "c.csv"]) == ()


def test_long_comments_are_known_again(tmp_path: Path) -> None:
    """Without times, answers are known by comments that two people do not write alike; short ones prove nothing."""
    header = list(ANSWERS.values())
    for words, count in (("Kassalla kului aikaa yli {n} minuuttia, kiitos", 1), ("Ok {n}", 0)):
        rows = [["3.1.2025", n % 11, words.format(n=n)] for n in range(40)]
        put(tmp_path, "a.csv", csv(header, rows[:30]))
        put(tmp_path, "b.csv", csv(header, rows[10:]))
        assert len(survey(tmp_path, ["a.csv", "b.csv"])) == count


def test_people_who_answer_alike(tmp_path: Path) -> None:
    """Two shops whose customers give the same scores on the same days have no rows in common."""
    header = list(ANSWERS.values())
    for file in ("a.csv", "b.csv"):
        put(tmp_path, file, csv(header, [[f"{n % 28 + 1}.1.2025", 9, "Hyvä"] for n in range(200)]))
    put(tmp_path, "b.csv", csv(header, [[f"{n % 28 + 1}.1.2025", 9, "Hyvä"] for n in range(201)]))
    assert survey(tmp_path, ["a.csv", "b.csv"]) == ()


NUMBERED: Rows = [[n, f"2025-05-{n % 28 + 1:02}", n * 7 % 11, n * 3 % 5 + 1] for n in range(1, 61)]


def blocks(**more: Any) -> list[dict[str, Any]]:
    """Return two blocks of one survey with headings in two languages."""
    finnish = {"response_id": "Numero", "answered_on": "Aika", "nps": "NPS", "csat": "Tyytyväisyys"}
    english = {"response_id": "Response ID", "answered_on": "Time", "nps": "NPS", "csat": "Satisfaction"}
    constants = {**CUSTOMERS, **more}
    return [
        {"file": "a.xlsx", "columns": finnish, "constants": CUSTOMERS},
        {"file": "b.csv", "columns": english, "constants": constants},
    ]


def test_one_survey_in_two_blocks(tmp_path: Path) -> None:
    """Answers with the same number and the same everything are the same, whatever the columns are called."""
    put(tmp_path, "a.xlsx", workbook(V=[["Numero", "Aika", "NPS", "Tyytyväisyys"], *NUMBERED]))
    put(tmp_path, "b.csv", csv(["Response ID", "Time", "NPS", "Satisfaction"], NUMBERED))
    (problem,) = found(tmp_path, {"survey": blocks()})
    assert (problem.kind, problem.file, problem.row) == ("same_rows", "b.csv", 2)
    assert "a.xlsx too: 60" in problem.message
    assert found(tmp_path, {"survey": blocks(perspective="expected")}) == (), "another question"


def test_two_surveys_that_number_from_one(tmp_path: Path) -> None:
    """Two blocks whose answers have the same numbers and now and then the same scores are two surveys."""
    other = [[number, day, (nps * 3 + 1) % 11, csat] for number, day, nps, csat in NUMBERED]
    put(tmp_path, "a.xlsx", workbook(V=[["Numero", "Aika", "NPS", "Tyytyväisyys"], *NUMBERED]))
    put(tmp_path, "b.csv", csv(["Response ID", "Time", "NPS", "Satisfaction"], other))
    assert found(tmp_path, {"survey": blocks()}) == ()


def test_one_sheet_in_two_blocks(tmp_path: Path) -> None:
    """Two questions of one sheet may be read in two blocks; the same one may not."""
    put(tmp_path, "a.csv", csv(["Id", "Kassa", "Myymälä"], [[n, n % 5 + 1, n * 3 % 5 + 1] for n in range(20)]))
    block = {"file": "a.csv", "constants": CUSTOMERS}
    till, shop = ({**block, "columns": {"response_id": "Id", "csat": name}} for name in ("Kassa", "Myymälä"))
    assert found(tmp_path, {"survey": [till, shop]}) == ()
    (problem,) = found(tmp_path, {"survey": [till, dict(till)]})
    assert (problem.kind, problem.row) == ("same_rows", 2)


def proposed(folder: Path, text: str = CLIENT) -> tuple[str, list[tuple[str, str, str]]]:
    """Return what `map` writes, and what it says of the files and sheets that it passes over."""
    (folder / "engagement.yaml").write_text(text, encoding="utf-8")
    outcome = propose(load(folder), text)
    over = [(each.file, each.sheet, each.reason) for each in outcome.proposals if not each.name and not each.written]
    return outcome.text, over


def test_map_proposes_one_of_two_that_hold_the_same(tmp_path: Path) -> None:
    """Of a file in two formats one is proposed; the other is told with the reason, also where the first is named already."""
    (tmp_path / "data").mkdir()
    put(tmp_path / "data", "myynti.csv", csv(HEADER, orders(0, 30)))
    put(tmp_path / "data", "myynti.xlsx", workbook(S=[HEADER, *orders(0, 30)]))
    text, over = proposed(tmp_path)
    assert "file: data/myynti.csv" in text
    assert "xlsx" not in text
    reason = "all its rows stand in data/myynti.csv too: read with it, they would be counted twice"
    assert over == [("data/myynti.xlsx", "", reason)]
    assert proposed(tmp_path, text) == (text, over)


def test_map_proposes_the_sheet_of_all_or_its_parts(tmp_path: Path) -> None:
    """Sheets whose rows stand in a sheet of all are passed over for it; without it all are proposed."""
    (tmp_path / "data").mkdir()
    espoo, turku = [HEADER, *orders(0, 20, "E")], [HEADER, *orders(40, 60, "T")]
    put(tmp_path / "data", "myynti.xlsx", workbook(Espoo=espoo, Turku=turku, Kaikki=[*espoo, *turku[1:]]))
    text, over = proposed(tmp_path)
    assert text.count("sheet: ") == text.count("sheet: Kaikki") == 1
    assert [sheet for _, sheet, _ in over] == ["Espoo", "Turku"]
    put(tmp_path / "data", "myynti.xlsx", workbook(Espoo=espoo, Turku=turku))
    text, over = proposed(tmp_path)
    assert (text.count("sheet: "), over) == (2, [])
