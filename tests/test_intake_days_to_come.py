"""Days on which nothing can have happened yet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, dataset, problems

from kohtaamo_utils.intake.rows import days_to_come
from kohtaamo_utils.intake.values.latest_day import latest_day

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("table", "head", "row"),
    [
        ("transactions", "customer_id;amount;ordered_on", "1;10"),
        ("survey", "nps;csat;answered_on", "9;5"),
        ("survey", "nps;csat;encountered_on", "9;5"),
        ("observations", "text;unit;observed_on", "hyvä;Turku"),
    ],
)
def test_what_happened_has_a_day_that_is_past(tmp_path: Path, table: str, head: str, row: str) -> None:
    """An order, an answer or an observation of a day to come is a problem of its row: one moves the last twelve months."""
    constants = CUSTOMERS if table == "survey" else {}
    found = problems(tmp_path, f"{head}\n{row};1.1.2025\n{row};1.1.2052\n", table, constants=constants)
    assert [(problem.kind, problem.row, problem.value) for problem in found] == [("day_to_come", 3, "1.1.2052")]
    assert "`dates`" in found[0].advice


def test_today_is_past_and_the_day_after_tomorrow_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last day that can be is tomorrow, for those who live east of the computer."""
    assert dt.timedelta(0) <= latest_day() - dt.datetime.now(dt.UTC).date() <= dt.timedelta(days=1)
    monkeypatch.setattr(days_to_come, "latest_day", lambda: dt.date(2025, 3, 2))
    found = problems(tmp_path, "nps;answered_on\n9;1.3.2025\n8;2.3.2025\n7;3.3.2025\n", constants=CUSTOMERS)
    assert [problem.row for problem in found] == [4]


def test_figures_are_of_months_that_have_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year's table that is filled in with zeros up to December has no figures for the months to come; the present one may have."""
    monkeypatch.setattr(days_to_come, "latest_day", lambda: dt.date(2025, 3, 2))
    found = problems(tmp_path, "month;measure;value\n2/2025;a;5\n3/2025;a;1\n4/2025;a;0\n", "operations")
    assert [(problem.kind, problem.row, problem.expected) for problem in found] == [
        ("day_to_come", 4, "a month that has begun")
    ]


def test_employments_may_end_on_a_day_to_come(tmp_path: Path) -> None:
    """A contract for a fixed time ends after today."""
    text = "employee_id;started_on;ended_on\n1;1.5.2020;30.6.2070\n"
    assert len(dataset(tmp_path, text, "employees").tables["employees"]) == 1


def test_a_constant_day_to_come_is_told_once(tmp_path: Path) -> None:
    """A day that the settings give is told in the settings, and not on each row."""
    found = problems(tmp_path, "nps\n9\n8\n", constants={**CUSTOMERS, "answered_on": "2088-01-01"})
    assert [(problem.kind, problem.column) for problem in found] == [
        ("day_to_come", "sources.survey.constants.answered_on")
    ]
