"""Employments and contracts: whether and when they ended, and whether they can have begun when the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from intake_support import dataset, problems

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.tenure import tenures

if TYPE_CHECKING:
    from pathlib import Path

STAFF = "employee_id;started_on;ended_on;ended\n"


def test_who_left_has_a_day(tmp_path: Path) -> None:
    """Who left without a day would count as staying, and who stays with a day that is past as having left."""
    rows = [
        "1;1.5.2020;1.6.2024;Kyllä",
        "2;1.5.2020;;Kyllä",
        "3;1.5.2020;1.6.2023;Ei",
        "4;1.5.2020;;Ei",
        "5;1.5.2020;;",
    ]
    found = problems(tmp_path, STAFF + "\n".join(rows), "employees")
    assert [(problem.kind, problem.row, problem.value) for problem in found] == [
        ("ended_contradicts", 3, "Kyllä"),
        ("ended_contradicts", 4, "Ei"),
    ]


def test_an_end_to_come_contradicts_nothing(tmp_path: Path) -> None:
    """A contract for a fixed time has its end before it comes: who stays may have a day after the last leaver's."""
    text = STAFF + "1;1.5.2020;1.6.2024;Kyllä\n2;1.5.2020;2.6.2024;Ei\n"
    assert len(dataset(tmp_path, text, "employees").tables["employees"]) == 2


def test_a_day_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """A leaver's day that is no date is not told as missing too."""
    found = problems(tmp_path, STAFF + "1;1.5.2020;kesällä;Kyllä\n2;1.5.2020;1.6.2024;Kyllä\n", "employees")
    assert [problem.kind for problem in found] == ["not_a_date"]


@pytest.mark.parametrize(
    "text",
    [
        "31.12.4712",
        "31-DEC-4712",
        "4712-12-31 00:00:00",
        "12/31/9999",
        "00.00.0000",
        "toistaiseksi",
        "Tills vidare",
        "Until further notice",
        "0000-00-00",
        "00000000",
        "31.12.2099",
    ],
)
def test_open_ends(tmp_path: Path, text: str) -> None:
    """What registers write for "no end" is none, in every form of date, and is counted."""
    text = f"employee_id;started_on;ended_on\n1;1.5.2020;{text}\n2;1.5.2020;\n"
    found = dataset(tmp_path, text, "employees")
    assert found.tables["employees"]["ended_on"].isna().all()
    assert [entry.count for entry in found.log.of("employees", "inferred") if entry.rule == "no_answer"] == [1]


@pytest.mark.parametrize("text", ["31.12.2205", "4.7.2999", "0"])
def test_a_slip_is_no_open_end(tmp_path: Path, text: str) -> None:
    """Another day that cannot be meant is still asked about."""
    found = problems(tmp_path, f"employee_id;started_on;ended_on\n1;1.5.2020;{text}\n", "employees")
    assert [problem.row for problem in found] == [2]


@pytest.mark.parametrize("day", ["1.1.1901", "1.1.1970"])
@pytest.mark.parametrize("table", ["employees", "customers"])
def test_a_day_that_programs_count_from_is_no_start(tmp_path: Path, table: str, day: str) -> None:
    """The first day of a program's calendar is no start, unless others began near it."""
    head = {"employees": "employee_id", "customers": "customer_id"}[table] + ";started_on;ended_on\n"
    found = problems(tmp_path, f"{head}1;{day};\n2;25.1.2022;\n3;{day};\n", table)
    assert [(problem.kind, problem.row, problem.value) for problem in found] == [
        ("implausible_start", 2, day),
        ("implausible_start", 4, day),
    ]
    year = int(day[-4:])
    near = f"{head}1;{day};1.1.{year + 9}\n2;2.1.{year + 10};1.1.{year + 19}\n"
    assert len(dataset(tmp_path, near, table).tables[table]) == 2


def test_nobody_works_for_a_century(tmp_path: Path) -> None:
    """An employment of more than sixty years is a birthday or a slip; one that lasted forty is none, however long ago."""
    text = "employee_id;started_on;ended_on\n1;3.4.1952;\n2;3.4.1952;1.5.1992\n3;1.9.2024;\n"
    (problem,) = problems(tmp_path, text, "employees")
    assert (problem.kind, problem.row, problem.value) == ("implausible_start", 2, "3.4.1952")


def test_starts_without_ends_are_said(tmp_path: Path) -> None:
    """Where nothing says when employments ended, the check says what cannot be told; a column that is empty says that nobody left."""
    noted = [
        [
            entry.rule
            for entry in dataset(tmp_path, text, "employees").log.of("employees", "inferred")
            if entry.rule == "no_end"
        ]
        for text in ("employee_id;started_on\n1;1.5.2020\n", "employee_id;started_on;ended_on\n1;1.5.2020;\n")
    ]
    assert noted == [["no_end"], []]


def test_dates_ask_for_the_end_and_not_for_months() -> None:
    """Where starts are known, the column that is asked for is the end."""
    with pytest.raises(DataError, match="started_on, ended_on; ended_on is missing"):
        tenures(pd.DataFrame({"started_on": pd.to_datetime(["2020-01-01"])}))


@pytest.mark.parametrize(
    ("table", "ended", "going_on"),
    [
        ("employees", "Päättynyt", "Aktiivinen"),
        ("customers", "Cancelled", "active"),
        ("employees", "Terminated", "Active"),
    ],
)
def test_a_state_that_nothing_reads_is_told(tmp_path: Path, table: str, ended: str, going_on: str) -> None:
    """A column that is not read and calls rows without an end ended is told with their number; with an end, or as the only state, it says nothing new."""
    key = "employee_id" if table == "employees" else "customer_id"
    rows = [f"1;1.5.2020;1.6.2024;{ended}", f"2;1.5.2020;;{ended}", f"3;1.5.2021;;{ended}", f"4;1.5.2020;;{going_on}"]

    def told(*chosen: str) -> list[str]:
        log = dataset(tmp_path, f"{key};started_on;ended_on;Tila\n" + "\n".join(chosen), table).log
        return [entry.detail for entry in log.of(table, "unsettled") if entry.rule == "status"]

    (detail,) = told(*rows)
    assert f'Tila is not read, and calls rows without an end "{ended}" (2)' in detail
    assert told(rows[0], rows[3]) == told(*rows[:3]) == []
