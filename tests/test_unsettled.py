"""What was read as it stands and may be wrong is told where the consultant looks: at the end of `check`, and by every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import kohtaamo, shop
from engagements import make_engagement, text_of
from intake_support import dataset
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake.notes.log import LogEntry
from kohtaamo_utils.intake.settled import settling
from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.telling import dataset_lines, unsettled, unsettled_lines
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
        ("fi", 1, "Ratkaise tämä, ennen kuin luovutat raportin; 1 asia luettiin sellaisenaan:", "    Jos näin on oikein, kirjaa se lähteen lohkoon: `settled: [{matter: status, reason: …}]`"),
        ("sv", 3, "Avgör dessa innan du lämnar ut en rapport; 3 saker lästes som de står:", "  ... och 1 till: `kohtaamo check` visar alla."),
        ("en", 2, "Settle these before you hand a report over; 2 matters were read as they stand:", "    If that is right, say so in the source's block: `settled: [{matter: status, reason: …}]`"),
    ],
)  # fmt: skip
def test_as_many_as_asked_for_are_told(language: Language, count: int, first: str, last: str) -> None:
    """The heading counts all, so many are told with what settles them, and the rest is counted."""
    told = [Wording(language).told(line) for line in unsettled_lines(entries(count), 2)]
    assert (told[0], told[-1]) == (first, last)
    assert len(told) == 1 + 2 * min(count, 2) + (count > 2)


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
        heading, matter, settled = (told.stdout if command == ("check",) else told.stderr).splitlines()[-3:]
        assert heading == "Ratkaise tämä, ennen kuin luovutat raportin; 1 asia luettiin sellaisenaan:"
        assert 'exclude: [{column: "Tila", equals: "Peruttu"}]' in matter
        assert settled.endswith('`settled: [{matter: status, column: "Tila", reason: …}]`')


def test_the_analyst_sees_it_first(folder: Path) -> None:
    """Under the problems the notebook counts what is to be settled, and its import log begins with it."""
    opened = DataCheck.open(str(folder), "fi")
    assert "koska se luettiin sellaisenaan: 1." in text_of(opened.problems())
    log = next(
        block for block in opened.import_log().blocks if isinstance(block, Table) and block.caption == "Tuontiloki"
    )
    assert log.rows[0][0] == "Ratkaistava"


LINES = "customer_id;order_id;ordered_on;amount;Tila\nc1;1;2025-03-01;10;Maksettu\nc2;2;2025-03-02;-10;Palautus\n"
REASON = "Palautukset ovat miinusrivejä"
SETTLED = {"matter": "status", "column": "tila", "reason": REASON}


@pytest.mark.parametrize(
    ("settled", "kind", "reason"),
    [
        (SETTLED, "settled", REASON),
        ({**SETTLED, "column": "Kanava"}, "unsettled", ""),
        ({**SETTLED, "matter": "vat"}, "unsettled", ""),
        ({"matter": "status", "reason": REASON}, "unsettled", ""),
    ],
)
def test_what_is_right_as_it_stands_is_said_once(
    tmp_path: Path, settled: dict[str, str], kind: str, reason: str
) -> None:
    """The settings settle one matter of one column with a reason: it stays in the log, and every other is told as before."""
    found = dataset(tmp_path, LINES, "transactions", settled=[settled])
    assert [(entry.kind, entry.reason) for entry in found.log.entries if entry.rule == "status"] == [(kind, reason)]
    assert len(unsettled(found)) == (kind == "unsettled")
    told = [Wording("fi").told(line) for line in dataset_lines(found)]
    assert sum(f"ratkaistu ({REASON}): " in line for line in told) == (kind == "settled")


def test_what_a_command_gives_to_be_written_settles_it(tmp_path: Path) -> None:
    """The entry that stands under a matter settles it, with a reason in the place of the dots."""
    (matter,) = unsettled(dataset(tmp_path, LINES, "transactions"))
    entry = YAML(typ="safe").load(settling(matter).replace("…", REASON))
    assert unsettled(dataset(tmp_path, LINES, "transactions", **entry)) == ()


def test_a_reason_is_in_words(tmp_path: Path) -> None:
    """The dots of an entry that was copied are no reason."""
    source = {"file": "a.csv", "settled": [{**SETTLED, "reason": "…"}]}
    with pytest.raises(SettingsError, match="Write the reason in words: why it is right as it stands"):
        load(make_engagement(tmp_path, {"sources": {"transactions": source}}, {}))
