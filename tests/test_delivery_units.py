"""Supervisors' reports: which units have one, what their files are called, and whose names they must not hold."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement

from kohtaamo_utils.delivery.batch import Names
from kohtaamo_utils.delivery.roster import ALL, tasks
from kohtaamo_utils.delivery.units import check_units, file_name_of, foreign_names, units_in, without_report
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.intake import read
from kohtaamo_utils.intake.people.file_names import unfit_names

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Ä" * 200
STRANGE = [
    "../../etc/passwd", "..", "a/b", "C:\\x", "CON", "nul", "☕", "👩‍👩‍👧", "", " ", ".hidden", "a\nb", "x" * 200, LONG, "group", "a*?<>|", "-", "_", "名" * 80,
]  # fmt: skip


@pytest.mark.parametrize("unit", ["Turku", "Itä-Suomi", "Åbo kundtjänst", "7", "Ω1"])
def test_a_safe_name_is_its_own(unit: str) -> None:
    """A unit whose name every system takes is called so in its file's name."""
    assert file_name_of(unit) == unit


@pytest.mark.parametrize("unit", STRANGE)
def test_a_strange_name_becomes_a_safe_one(unit: str) -> None:
    """Whatever a unit is called, its file has a name that every system takes, with room for the rest of it, always the same."""
    name = file_name_of(unit)
    assert not list(unfit_names([name]))
    assert "/" not in name
    assert "." not in name
    assert len(f"supervisor.{name}.fi.results.json".encode()) < 200
    assert name == file_name_of(unicodedata.normalize("NFD", unit))


def test_long_names_of_one_beginning_stay_apart() -> None:
    """Two names of 200 characters that differ in the last are two files."""
    assert file_name_of(LONG + "1") != file_name_of(LONG + "2")


@pytest.mark.parametrize(("one", "other"), [("Turku", "TURKU"), ("Åbo", "åbo")])
def test_two_units_of_one_file_are_refused(one: str, other: str) -> None:
    """Two units that differ in case only would be one file on many systems: an error that names both."""
    with pytest.raises(DeliveryError, match=f"{one!r} and {other!r} would be one file"):
        check_units([one, "Oulu", other])


def test_what_takes_the_place_of_signs_joins_no_two_units() -> None:
    """Units whose names differ in signs that no file's name has are two files."""
    check_units(["a/b", "a-b", "a*b", "$(touch hit)", "!touch hit"])
    assert len({file_name_of(name) for name in ("a/b", "a-b", "a*b", "..", ".", "")}) == 6


def test_files_of_each_audience() -> None:
    """Management and employees have a report each, supervisors one a unit; without units one together."""
    stems = [task.stem for task in tasks(["current_state"], ["fi"], ALL, {}, units=["Itä/Suomi", "Turku"])]
    assert stems == [
        "current_state/management.fi", "current_state/supervisor.Itä-Suomi-ea3baa.fi", "current_state/supervisor.Turku.fi", "current_state/employee.fi",
    ]  # fmt: skip
    made = tasks(["current_state"], ["sv"], "supervisor", {})
    assert [(task.stem, task.parameters) for task in made] == [("current_state/supervisor.sv", {"language": "sv", "unit": ""})]  # fmt: skip
    assert [task.stem for task in tasks(["current_state"], ["sv"], "employee", {})] == ["current_state/employee.sv"]


def engagement_of(folder: Path, **sizes: int) -> Path:
    """Write an engagement whose units have so many customers each."""
    rows = [
        {"respondent_group": "customer", "nps": index % 11, "unit": unit, "touchpoint": "Kassa", "channel": "Verkko"}
        for unit, size in sizes.items()
        for index in range(size)
    ]
    return make_engagement(folder, {}, {"survey": rows})


def test_units_with_few_answers_have_no_report(tmp_path: Path) -> None:
    """A unit under the threshold, and one that would give it away, get no report, and the reason is told."""
    engagement = load(engagement_of(tmp_path, Turku=30, Oulu=4, Vaasa=8, Helsinki=40))
    units = units_in(engagement, read(engagement, ["survey"]).tables)
    assert (units.shown, units.hidden) == (("Helsinki", "Turku"), ("Oulu", "Vaasa"))
    told = without_report(engagement, units)
    assert list(told) == ["current_state/supervisor Oulu", "current_state/supervisor Vaasa"]
    assert "the unit has fewer than 5 answers" in str(told["current_state/supervisor Oulu"])


def test_a_supervisors_report_must_not_name_other_units(tmp_path: Path) -> None:
    """The gate is told every other unit's name, but none that stands there for another reason."""
    engagement = load(engagement_of(tmp_path, Turku=30, Oulu=30, Verkko=30, Customers=30))
    tables = read(engagement, ["survey"]).tables
    names = Names(engagement, tables)
    by_stem = {task.stem: task for task in tasks(["current_state"], ["fi"], ALL, tables, units=["Oulu", "Turku"])}
    assert names.of_others(by_stem["current_state/supervisor.Turku.fi"]) == ("Oulu",)
    assert names.of_others(by_stem["current_state/management.fi"]) == ()
    assert foreign_names("Turku keskusta", ["Turku", "Turku keskusta"], []) == ()
