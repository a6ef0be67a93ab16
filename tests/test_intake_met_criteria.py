"""Mystery-shopping criteria answered yes or no earn their row's maximum or nothing; what is neither is asked about."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from intake_support import dataset, engagement, problems, put
from map_files import proposed, sources

from kohtaamo_utils.intake import read
from kohtaamo_utils.measures.mystery import mystery_score

if TYPE_CHECKING:
    from pathlib import Path

VISITS = "mystery_shopping"


def visits(*answers: str, most: str = "1") -> str:
    """Return a visit's criteria with these answers."""
    rows = [f"1;k{number};{answer};{most}" for number, answer in enumerate(answers)]
    return "\n".join(["visit_id;criterion;score;maximum", *rows, ""])


@pytest.mark.parametrize(
    "answers",
    [
        ("Kyllä", "Ei", "Kyllä", "Ei arvioitu"),
        ("Ja", "Nej", "Ja", "Ej bedömt"),
        ("Yes", "No", "Yes", "N/A"),
        ("kyllä", "EI", "2,5", ""),
    ],
)
def test_criteria_that_are_met_earn_all_points(tmp_path: Path, answers: tuple[str, ...]) -> None:
    """A yes is the row's maximum, a no is 0, a number stays; what was not assessed leaves both sums: 2 of 3 are met."""
    found = dataset(tmp_path, visits(*answers, most="2,5"), VISITS).tables[VISITS]
    assert found["score"].dropna().tolist() == [2.5, 0, 2.5]
    assert mystery_score(found).value == pytest.approx(2 / 3)


def test_a_spreadsheet_s_true_is_a_yes(tmp_path: Path) -> None:
    """TRUE in a workbook is all points, and not one of five; the maximum may be the settings'."""
    book = openpyxl.Workbook()
    for row in (["visit_id", "criterion", "score"], [1, "a", True], [1, "b", False]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    source = {"file": put(tmp_path, "a.xlsx", stream.getvalue()), "constants": {"maximum": 5}}
    assert read(engagement(tmp_path, {VISITS: source})).tables[VISITS]["score"].tolist() == [5, 0]


def test_partly_met_is_no_yes(tmp_path: Path) -> None:
    """A word between yes and no is one problem, which wants its points and not that it be called missing."""
    (found,) = problems(tmp_path, visits("Kyllä", "Osittain", "Ei", "Osittain"), VISITS)
    assert (found.kind, found.row, found.value) == ("not_yes_or_no", 3, "Osittain")


def test_ticks_alone_are_refused(tmp_path: Path) -> None:
    """An empty cell beside ticks may be a no: reading ticks would make every visit a perfect one."""
    assert [found.row for found in problems(tmp_path, visits("x", "", "x"), VISITS)] == [2, 4]


@pytest.mark.parametrize("maximum", [None, "1"])
def test_map_proposes_criteria_that_are_answered_yes_or_no(tmp_path: Path, maximum: str | None) -> None:
    """A column of yes and no under a criterion's result is proposed, with one point each where no column says how many."""
    body = visits("Kyllä", "Ei", "Ei arvioitu").replace("visit_id;criterion;score", "Käynti;Kriteeri;Täyttyi")
    body = (
        body.replace(";maximum", ";Maksimi")
        if maximum
        else "\n".join(line.rpartition(";")[0] for line in body.split("\n"))
    )
    found = sources(proposed(tmp_path, {"kaynnit.csv": body}))[VISITS]
    assert found["columns"]["score"] == "Täyttyi"
    assert found.get("constants") == (None if maximum else {"maximum": "1"})
