"""What was read as it stands and may be wrong is told where the consultant looks: at the end of `check`, and by every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import kohtaamo, shop
from engagements import text_of

from kohtaamo_utils.intake.notes.log import LogEntry
from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.telling import unsettled_lines
from kohtaamo_utils.widgets import DataCheck

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Language


def entries(count: int) -> list[LogEntry]:
    """Return so many matters to be settled."""
    return [
        LogEntry(table="survey", file=f"{number}.csv", kind="unsettled", rule="status", count=1, detail="Tila")
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("language", "count", "first", "last"),
    [
        ("fi", 1, "Ratkaise tämä, ennen kuin luovutat raportin; 1 asia luettiin sellaisenaan:", "  0.csv: Tila"),
        ("sv", 3, "Avgör dessa innan du lämnar ut en rapport; 3 saker lästes som de står:", "  ... och 1 till: `kohtaamo check` visar alla."),
        ("en", 2, "Settle these before you hand a report over; 2 matters were read as they stand:", "  1.csv: Tila"),
    ],
)  # fmt: skip
def test_as_many_as_asked_for_are_told(language: Language, count: int, first: str, last: str) -> None:
    """The heading counts all, so many are told, and the rest is counted."""
    told = [Wording(language).told(line) for line in unsettled_lines(entries(count), 2)]
    assert (told[0], told[-1]) == (first, last)
    assert len(told) == 1 + min(count, 2) + (count > 2)


def test_nothing_is_told_where_nothing_is_to_be_settled() -> None:
    """Without such a matter there is no heading."""
    assert list(unsettled_lines([])) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a shop's engagement, whose lines have a status that nothing reads."""
    folder = shop(tmp_path / "shop")
    file = next((folder / "data").glob("*.csv"))
    first, *rest = file.read_text(encoding="utf-8").splitlines()
    file.write_text(
        "\n".join([f"{first},Tila", f"{rest[0]},Peruttu", *(f"{row},Maksettu" for row in rest[1:])]), encoding="utf-8"
    )
    return folder


def test_check_and_every_run_tell_it(folder: Path, tmp_path: Path) -> None:
    """Lines that an unread column calls cancelled are told by `check` and by a run, whatever else it has to tell."""
    for command in (("check",), ("run", "--jobs", "1")):
        told = kohtaamo(command[0], folder, *command[1:], folder=tmp_path)
        heading, matter = (told.stdout if command == ("check",) else told.stderr).splitlines()[-2:]
        assert heading == "Ratkaise tämä, ennen kuin luovutat raportin; 1 asia luettiin sellaisenaan:"
        assert 'exclude: [{column: "Tila", equals: "Peruttu"}]' in matter


def test_the_analyst_sees_it_first(folder: Path) -> None:
    """Under the problems the notebook counts what is to be settled, and its import log begins with it."""
    opened = DataCheck.open(str(folder), "fi")
    assert "koska se luettiin sellaisenaan: 1." in text_of(opened.problems())
    log = next(
        block for block in opened.import_log().blocks if isinstance(block, Table) and block.caption == "Tuontiloki"
    )
    assert log.rows[0][0] == "Ratkaistava"
