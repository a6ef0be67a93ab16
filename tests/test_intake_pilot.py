"""A pilot's rows: its periods in the order of time, its units each on one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import dataset, engagement, problems, put

from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.values.parse_periods import parse_periods
from kohtaamo_utils.measures.did import pre_trend

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "unit,period,treated,after,outcome\n"


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["1/2024", "10/2024", "2/2024"], ["1/2024", "2/2024", "10/2024"]),
        (["tammikuu 2024", "joulukuu 2023", "helmi 24"], ["joulukuu 2023", "tammikuu 2024", "helmi 24"]),
        (["Q1 2024", "4. neljännes 2023", "2024/Q2"], ["4. neljännes 2023", "Q1 2024", "2024/Q2"]),
        (["2024-W2", "2024-W10", "vko 9/2024", "v. 52 2023"], ["v. 52 2023", "2024-W2", "vko 9/2024", "2024-W10"]),
        (["14/2024", "2/2024", "52/2023"], ["52/2023", "2/2024", "14/2024"]),
        (["H1/2024", "2023-H2"], ["2023-H2", "H1/2024"]),
        (["T3 2023", "T1/2024"], ["T3 2023", "T1/2024"]),
        (["1.10.2024", "15.2.2024"], ["15.2.2024", "1.10.2024"]),
        (["10", "9", "-2", "+1"], ["-2", "+1", "9", "10"]),
        (["Jakso 10", "jakso 2"], ["jakso 2", "Jakso 10"]),
        (["jälkeen", "ennen"], ["ennen", "jälkeen"]),
        (["2024", "2023"], ["2023", "2024"]),
    ],
)  # fmt: skip
def test_periods_stand_in_the_order_of_time(written: list[str], order: list[str], tmp_path: Path) -> None:
    """However a period is written, the pre-trend takes it at its place in time: it grows by one at each."""
    rows = [f"A,{period},yes,no,{10 + order.index(period)}" for period in written]
    rows += [f"B,{period},no,no,5" for period in written]
    found = dataset(tmp_path, HEAD + "\n".join(rows) + "\n", "pilot")
    assert pre_trend(found.tables["pilot"]).value == pytest.approx(1.0)


@pytest.mark.parametrize(
    "text", ["viikko 2", "Q1", "tammikuu", "kesä", "54/2024", "Q5 2024", "1.5", "hyvä", "13.13.2024"]
)
def test_what_has_no_place_in_time_is_refused(text: str) -> None:
    """A period whose place among others is not sure is a problem, and never sorted as text."""
    parsed = parse_periods([text])
    assert parsed.found == [None]
    assert list(parsed.wrong) == [0]


def test_periods_of_two_sorts_are_refused(tmp_path: Path) -> None:
    """Months beside quarters have no sure order, within a file or over two."""
    (found,) = problems(tmp_path, HEAD + "A,1/2024,yes,no,1\nA,Q2 2024,yes,yes,2\n", "pilot")
    assert (found.kind, found.column) == ("mixed_periods", "period")
    one = put(tmp_path, "one.csv", HEAD + "A,1/2024,yes,no,1\n")
    other = put(tmp_path, "other.csv", HEAD + "A,Q2 2024,yes,yes,2\n")
    told, _ = check(engagement(tmp_path, {"pilot": {"file": [one, other]}}))
    assert [(problem.kind, problem.file) for problem in told] == [("mixed_periods", "other.csv")]


def test_one_period_written_in_two_ways_is_a_repeat(tmp_path: Path) -> None:
    """1/2024 and 01/2024 are one month: a unit has it once."""
    (found,) = problems(tmp_path, HEAD + "A,1/2024,yes,no,1\nA,01/2024,yes,no,2\n", "pilot")
    assert (found.kind, found.row) == ("duplicate_key", 3)


def test_a_unit_in_both_arms_is_a_problem(tmp_path: Path) -> None:
    """A unit that is in the pilot on some rows only is told by check, once, with the row."""
    text = "A,1,yes,no,1\nA,2,no,yes,2\nA,3,no,yes,2\nB,1,no,no,1\nB,2,no,yes,2\n"
    (found,) = problems(tmp_path, HEAD + text, "pilot")
    assert (found.kind, found.row, found.column, found.value) == ("both_sides", 3, "treated", "no")


def test_weeks_counted_over_the_turn_of_a_year_are_a_problem(tmp_path: Path) -> None:
    """Weeks 50, 51, 1 as plain numbers have the pilot's start before its own beginning; the order is asked about."""
    text = "".join(f"{unit},{week},{side},{after},1\n" for unit, side in (("A", "yes"), ("B", "no"))
                   for week, after in ((50, "no"), (51, "no"), (1, "yes")))  # fmt: skip
    found = problems(tmp_path, HEAD + text, "pilot")
    assert [(problem.kind, problem.row, problem.value) for problem in found] == [
        ("period_order", 3, "51"),
        ("period_order", 6, "51"),
    ]
    again = text.replace(",1,yes,yes", ",53,yes,yes").replace(",1,no,yes", ",53,no,yes")
    assert not problems(tmp_path, HEAD + again, "pilot")
