"""360 ratings: ids that can name a report, and one self each; `check` says what `run` would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from command_line import kohtaamo
from intake_support import dataset, engagement, problems, put

from kohtaamo_utils.delivery.roster import check_names
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.intake import check

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "reviewee_id;rater_id;rater_group;item;score\n"


def rated(*reviewees: str) -> str:
    """Return a file with one rating of each."""
    return HEAD + "".join(f"{reviewee};k{number};peer;Kuuntelee;4\n" for number, reviewee in enumerate(reviewees))


@pytest.mark.parametrize(
    ("ids", "row", "message"),
    [
        (("r1", "a/b"), 3, "'a/b' cannot be a file name."),
        (("..", "r1"), 2, "cannot be a file name."),
        (("r1", "R1"), 3, "'r1' and 'R1' would be one file."),
        (("con.x",), 2, "on Windows, which keeps it for a device."),
        (("Group",), 2, "one file with the group's report."),
        (("aino@esimerkki.fi",), 2, "cannot be a file name."),
        (("r" * 101,), 2, "cannot be a file name."),
    ],
)
def test_ids_that_cannot_name_a_report(tmp_path: Path, ids: tuple[str, ...], row: int, message: str) -> None:
    """What `run` refuses as a file name, intake places in the client's file."""
    (problem,) = problems(tmp_path, rated(*ids), "ratings_360")
    assert (problem.kind, problem.row, problem.column) == ("unfit_id", row, "reviewee_id")
    assert message in problem.message
    assert problem.advice
    with pytest.raises(DeliveryError, match=r"would be one file|one file with|cannot be a file name"):
        check_names(ids)


def test_ids_that_can(tmp_path: Path) -> None:
    """Letters of any language, blanks and points within an id are no harm."""
    assert len(dataset(tmp_path, rated("Åsa Öhman", "r-1.b", "7"), "ratings_360").tables["ratings_360"]) == 3


def test_two_selves(tmp_path: Path) -> None:
    """Two people cannot both be the reviewee; the message names both and where they are."""
    text = f"{HEAD}r1;r1;itse;A;4\nr1;r1;itse;B;5\nr1;x;itse;A;2\nr1;y;peer;A;3\n"
    (problem,) = problems(tmp_path, text, "ratings_360")
    assert (problem.kind, problem.row, problem.value) == ("two_selves", 4, "x")
    assert "r1 in row 2" in problem.message
    assert "one rater in the group self" in problem.expected


def test_two_selves_in_two_files(tmp_path: Path) -> None:
    """The files of a source are looked at together."""
    put(tmp_path, "a.csv", f"{HEAD}r1;r1;self;A;4\n")
    put(tmp_path, "b.csv", f"{HEAD}r1;x;self;A;4\n")
    (problem,), _ = check(engagement(tmp_path, {"ratings_360": {"file": ["a.csv", "b.csv"]}}))
    assert (problem.file, problem.kind) == ("b.csv", "two_selves")
    assert "row 2 of a.csv" in problem.message


def test_a_self_in_each_wave(tmp_path: Path) -> None:
    """A reviewee may have another id as a rater in the next wave, and other reviewees their own."""
    text = (
        "reviewee_id;rater_id;rater_group;item;score;wave\nr1;a;self;A;4;2024\nr1;b;self;A;5;2025\nr2;c;self;A;5;2025\n"
    )
    assert len(dataset(tmp_path, text, "ratings_360").tables["ratings_360"]) == 3


def test_check_says_what_run_would_refuse(tmp_path: Path) -> None:
    """`kohtaamo check` ends with 1 and names the id, rather than leaving it to `run`."""
    put(tmp_path, "a.csv", rated("r1", "a/b"))
    (tmp_path / "engagement.yaml").write_text(
        "client: Yritys\nlanguage: en\nsources: {ratings_360: {file: a.csv}}\n", encoding="utf-8"
    )
    done = kohtaamo("check", tmp_path, folder=tmp_path)
    assert done.returncode == 1
    assert 'a.csv, row 3, column "reviewee_id", value "a/b": The id \'a/b\' cannot be a file name.' in done.stderr


def test_check_without_sources_says_the_next_step(tmp_path: Path) -> None:
    """Where nothing is named yet, `check` says so and what comes next."""
    (tmp_path / "engagement.yaml").write_text("client: Yritys\nlanguage: en\n", encoding="utf-8")
    done = kohtaamo("check", tmp_path, folder=tmp_path)
    assert done.returncode == 0
    assert "names no sources yet" in done.stdout
    assert f"kohtaamo map {tmp_path}" in done.stdout
