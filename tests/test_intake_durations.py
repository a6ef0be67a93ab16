"""Lengths of time and percentages in figures: 00:03:25 is a number of the unit that the file states, and never guessed; 85 % is 85."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from intake_support import check, dataset, engagement, problems, put, read
from map_files import proposed, sources

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Kuukausi;Mittari;"


def text(heading: str, *values: str, measure: str = "Vastausaika") -> str:
    """Return a file of one figure by month."""
    return f"{HEAD}{heading}\n" + "".join(f"2025-0{n};{measure};{value}\n" for n, value in enumerate(values, start=1))


def columns(heading: str) -> dict[str, str]:
    """Return the mapping of such a file."""
    return {"month": "Kuukausi", "measure": "Mittari", "value": heading}


@pytest.mark.parametrize(
    ("heading", "measure", "values", "wanted"),
    [
        ("Arvo (min)", "Vastausaika", ("00:03:25", "1:00:30", "4,5"), [205 / 60, 60.5, 4.5]),
        ("Arvo", "Vastausaika (s)", ("00:03:25", "00:00:05,5", "9"), [205, 5.5, 9]),
        ("Arvo", "Käsittelyaika (h)", ("03:30:00", "100:15:00", "2"), [3.5, 100.25, 2]),
        ("Arvo (min/puhelu)", "Vastausaika / päivä", ("00:03:30", "1:00:30"), [3.5, 60.5]),
        ("Arvo (sek)", "Svarstid", ("00:03:25", "1:00:30", ""), [205, 3630]),
        ("Arvo (min)", "Vastausaika, mm:ss", ("3:25", "90:30", "7"), [205 / 60, 90.5, 7]),
        ("Arvo (min)", "Vastausaika h:mm", ("3:25", "0:30", "7"), [205, 30, 7]),
        ("Arvo (min, h:mm:ss)", "Vastausaika", ("3:25:00", "0:30:00", "7"), [205, 30, 7]),
        ("Arvo (min)", "Väntetid tim:min", ("3:25", "0:30"), [205, 30]),
        ("Arvo (min)", "Jonotus", ("00:00:00", "0:00:00"), [0, 0]),
    ],
)
def test_lengths_in_their_stated_unit(
    tmp_path: Path, heading: str, measure: str, values: tuple[str, ...], wanted: list[float]
) -> None:
    """A length is the number of units that the heading or the figure's name states; numbers beside it stay."""
    given = [value for value in values if value]
    found = dataset(tmp_path, text(heading, *given, measure=measure), "operations", columns=columns(heading))
    assert found.tables["operations"]["value"].tolist() == pytest.approx(wanted)
    (entry,) = [entry for entry in found.log.entries if entry.rule == "durations"]
    assert entry.count == sum(":" in value for value in values)
    assert entry.detail.startswith(f"lengths of time in {heading} read in ")


@pytest.mark.parametrize(
    ("heading", "measure", "value", "kind", "said"),
    [
        ("Arvo", "Vastausaika", "00:03:25", "no_unit", "Vastausaika (min)"),
        ("Arvo", "Odotusaika per päivä", "00:03:25", "no_unit", "Odotusaika per päivä (min)"),
        ("Arvo (min)", "Vastausaika", "3:25", "ambiguous_length", "(mm:ss) or (h:mm)"),
        ("Arvo (min)", "Vastausaika", "03:25:00", "ambiguous_length", "(h:mm:ss) takes the times as they are"),
        ("Arvo (min)", "Vastausaika (s)", "00:03:25", "ambiguous_length", "Keep only one of the two."),
        ("Arvo (h:mm)", "Vastausaika", "3:25", "no_unit", "Vastausaika (min)"),
    ],
)
def test_lengths_that_nothing_decides_ask(
    tmp_path: Path, heading: str, measure: str, value: str, kind: str, said: str
) -> None:
    """A length without a unit, of two parts that may be either, or as Excel turns it, is one problem that says what to write."""
    content = text(heading, value, value, measure=measure)
    (problem,) = problems(tmp_path, content, "operations", columns=columns(heading))
    assert (problem.kind, problem.row, problem.value) == (kind, 2, value)
    assert said in problem.advice


def test_each_figure_has_its_own_unit(tmp_path: Path) -> None:
    """In a file of several figures the name of each says the unit of its lengths."""
    content = (
        f"{HEAD}Arvo\n2025-01;Vastausaika (s);00:00:40\n2025-01;Käsittelyaika (h);01:30:00\n2025-01;Reklamaatiot;12\n"
    )
    found = dataset(tmp_path, content, "operations", columns=columns("Arvo"))
    assert found.tables["operations"]["value"].tolist() == [40, 1.5, 12]


def test_cells_of_a_workbook_that_show_times(tmp_path: Path) -> None:
    """Times of day and lengths of a workbook's cells are lengths, also of a day and more."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kuukausi", "Mittari", "Arvo (h)"])
        for row, form in enumerate(["hh:mm:ss", "[h]:mm:ss", "hh:mm:ss", "[h]:mm:ss"], start=1):
            sheet.write_row(row, 0, [f"2025-0{row}", "Läpimeno"])
            length = dt.timedelta(days=row // 3, hours=3, minutes=30, seconds=36)
            sheet.write_datetime(row, 2, length, book.add_format({"num_format": form}))
    source = {"file": put(tmp_path, "a.xlsx", stream.getvalue()), "columns": columns("Arvo (h)")}
    found = read(engagement(tmp_path, {"operations": source}))
    assert found.tables["operations"]["value"].tolist() == pytest.approx([3.51, 3.51, 27.51, 27.51])


def test_a_pilots_outcome_may_be_a_length(tmp_path: Path) -> None:
    """The outcome of a pilot, which has no figure's name, has its unit in its heading."""
    rows = "".join(
        f"{unit};{period};{flag};{period};0:0{minutes}:30\n"
        for unit, flag in (("A", 1), ("B", 0))
        for period, minutes in enumerate((4, 3))
    )
    content = f"unit;period;treated;after;Aika (min)\n{rows}"
    found = check(
        engagement(tmp_path, {"pilot": {"file": put(tmp_path, "p.csv", content), "columns": {"outcome": "Aika (min)"}}})
    )[1]
    assert found is not None
    assert found.tables["pilot"]["outcome"].tolist() == [4.5, 3.5, 4.5, 3.5]


def test_lengths_are_proposed(tmp_path: Path) -> None:
    """A column of lengths is proposed for the figures' values, as `check` reads it."""
    content = text("Arvo", *(f"00:03:{seconds}" for seconds in range(10, 19)), measure="Vastausaika (s)")
    found = sources(proposed(tmp_path, {"operations.csv": content}))
    assert found["operations"]["columns"]["value"] == "Arvo"


def test_a_figure_in_percent(tmp_path: Path) -> None:
    """A figure all of whose numbers are percentages is the numbers before the sign, beside others that are none; `map` proposes it."""
    lines = [
        "1/2025;Palvelutaso;85 %",
        "2/2025;Palvelutaso;82,5\u00a0%",
        "3/2025;Palvelutaso;-",
        "1/2025;Puhelut;1 200",
    ]
    found = sources(
        proposed(tmp_path, {"luvut.csv": "\n".join(["Kuukausi;Mittari;Arvo", *lines[:2], *lines[3:]]) + "\n"})
    )
    assert found["operations"]["columns"] == columns("Arvo")
    content = f"{HEAD}Arvo\n" + "\n".join(lines) + "\n"
    read_ = dataset(
        tmp_path, content, "operations", columns=columns("Arvo"), exclude=[{"column": "Arvo", "equals": "-"}]
    )
    assert read_.tables["operations"]["value"].tolist() == [85, 82.5, 1200]
    assert [entry.count for entry in read_.log.entries if entry.rule == "percentages"] == [2]


@pytest.mark.parametrize(
    ("table", "content", "mapped"),
    [
        ("operations", text("Arvo", "85 %", "0,8"), columns("Arvo")),
        (
            "transactions",
            "Asiakas;Pvm;Summa;Kate\n1;2.1.2025;10;35 %\n",
            {"customer_id": "Asiakas", "ordered_on": "Pvm", "amount": "Summa", "margin": "Kate"},
        ),
    ],
)
def test_a_percentage_that_may_be_two_numbers(tmp_path: Path, table: str, content: str, mapped: dict[str, str]) -> None:
    """Beside a number without the sign, or as money, a percentage is refused: it may be 85 or 0.85, or a share of another number."""
    (problem,) = problems(tmp_path, content, table, columns=mapped)
    assert problem.kind == "percent"
