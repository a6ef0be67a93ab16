"""A report that the data do not give any more is not offered: it is moved, with the reason, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from approvals import FIRST, approved, programme
from approvals import run as run_reviews
from command_line import content, kohtaamo
from engagements import customers, make_engagement

from kohtaamo_utils.delivery.approve import approve
from kohtaamo_utils.delivery.asked import Asked
from kohtaamo_utils.delivery.batch import Batch
from kohtaamo_utils.delivery.batch import run as run_batch
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.plan import plan_of
from kohtaamo_utils.delivery.withdrawn import FOLDER, RECORD, Withdrawn, read_withdrawn, withdraw
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.releases import read_releases
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.intake import read
from kohtaamo_utils.presentation.numbers import Numbers

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 3, 3)
FEW = "the unit has fewer than 5 answers, or would give so few away"
NONE = "the data have no answers of this unit any more, or none in the period"


def answers(**units: int) -> dict[str, list[dict[str, object]]]:
    """Return customers' answers, so many of each unit."""
    return {"survey": [row for unit, n in units.items() for row in customers([9, 3, 7] * n, unit=unit)[:n]]}


def lay(folder: Path, stem: str, record: Any = None) -> None:
    """Put a report's files where a run leaves them."""
    made = {"report": stem.partition("/")[0], "provenance": {"key": "k"}} if record is None else record
    page = folder / "reports" / f"{stem}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    for ending, text in ((".html", "sivu"), (".pdf", "paperi"), (".results.json", json.dumps(made))):
        page.with_name(page.name.replace(".html", ending)).write_text(f"{text}", encoding="utf-8")


def withdrawn(folder: Path) -> dict[str, Withdrawn]:
    """Withdraw, and return what was."""
    engagement = load(folder)
    return {
        one.stem: one for one in withdraw(engagement.reports, plan_of(engagement, read(engagement).tables), today=DAY)
    }


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Make an engagement with reports of two units, of which one has fallen under the threshold and one is renamed."""
    folder = make_engagement(tmp_path / "e", {}, answers(Turku=40, Oulu=30, Vaasa=4, Lahti=20))
    for unit in ("Turku", "Vaasa", "Lahtis"):
        lay(folder, f"current_state/supervisor.{unit}.en")
    lay(folder, "current_state/supervisor.Turku.sv")
    lay(folder, "current_state/management.fi")
    return folder


def test_units_that_are_hidden_or_gone_are_withdrawn(units: Path) -> None:
    """A unit under the threshold and one that was renamed are moved whole, each with its own reason."""
    before = content(units / "reports", "current_state/*")
    found = withdrawn(units)
    assert {stem: one.reason for stem, one in found.items()} == {
        "current_state/supervisor.Vaasa.en": FEW,
        "current_state/supervisor.Lahtis.en": NONE,
    }
    left = content(units / "reports", "current_state/*")
    assert not [name for name in left if "Vaasa" in name or "Lahtis" in name]
    moved = content(units / "reports" / FOLDER / "2026-03-03", "current_state/*")
    assert {**left, **moved} == before
    assert len(moved) == 6


def test_other_languages_and_audiences_stay(units: Path) -> None:
    """What is just not asked for is not withdrawn: a unit's report in another language, another audience's."""
    withdrawn(units)
    assert set(content(units / "reports", "current_state/*.html")) == {
        "current_state/supervisor.Turku.en.html",
        "current_state/supervisor.Turku.sv.html",
        "current_state/management.fi.html",
    }


def test_supervisors_together_go_when_units_come(units: Path) -> None:
    """The report of all supervisors together is withdrawn once there is one a unit, and the other way round."""
    lay(units, "current_state/supervisor.en")
    assert withdrawn(units)["current_state/supervisor.en"].reason == "data and settings give no such report any more"
    make_engagement(units, {}, answers(Turku=4, Oulu=4))
    lay(units, "current_state/supervisor.en")
    assert set(withdrawn(units)) == {"current_state/supervisor.Turku.en", "current_state/supervisor.Turku.sv"}


def test_what_the_kit_did_not_make_stays(units: Path) -> None:
    """A person's own file is not moved, whatever its name: only what bears the kit's record is."""
    own = units / "reports" / "current_state" / "supervisor.Omat muistiinpanot.fi.html"
    own.write_text("omaa", encoding="utf-8")
    lay(units, "current_state/supervisor.Luonnos.fi", {"report": "current_state"})
    assert set(withdrawn(units)) == {"current_state/supervisor.Vaasa.en", "current_state/supervisor.Lahtis.en"}
    assert own.read_text(encoding="utf-8") == "omaa"


def test_a_reviewee_who_left_is_withdrawn(tmp_path: Path) -> None:
    """The report of somebody whom the ratings no longer have is moved, and the word on its approval stands in the index."""
    folder = programme(tmp_path / "e", "en", ("r03", "r05"))
    run_reviews(folder, "en")
    approved(folder)
    ratings = folder / "data" / "arviot.csv"
    ratings.write_text("\n".join(line for line in ratings.read_text(encoding="utf-8").splitlines() if "r05" not in line) + "\n", encoding="utf-8")  # fmt: skip
    assert {stem: one.reason for stem, one in withdrawn(folder).items()} == {
        "review_360/r05.en": "the data do not have this reviewee any more"
    }
    engagement, released = load(folder), read_releases(folder)
    assert released is not None
    page = unescape(index_html(engagement, plan_of(engagement, read(engagement).tables), released))
    assert "it was withdrawn and lies in internal/withdrawn/2026-03-03, for you only" in page
    day = Numbers("en", "EUR").date(dt.date(2026, 3, 3))
    assert f"it was approved on {day}: if the client has it, tell them that it does not hold any more" in page
    assert 'href="review_360/r05.en.html"' not in page
    assert released.last("review_360/r05.en") is not None


def test_nothing_is_withdrawn_where_the_data_could_not_be_read(units: Path) -> None:
    """Without the answers nobody knows which units there are, so everything stays; so it does where the source was taken out."""
    engagement = load(units)
    assert withdraw(engagement.reports, plan_of(engagement, {}), today=DAY) == ()
    text = (units / "engagement.yaml").read_text(encoding="utf-8")
    (units / "engagement.yaml").write_text(text.replace('"survey"', '"mystery_shopping"'), encoding="utf-8")
    assert withdraw(engagement.reports, plan_of(load(units), {}), today=DAY) == ()


def test_a_second_withdrawal_on_a_day_loses_nothing(units: Path) -> None:
    """A report that is made again and withdrawn again lies beside the first: neither takes the other's place."""
    withdrawn(units)
    lay(units, "current_state/supervisor.Vaasa.en")
    page = units / "reports" / "current_state" / "supervisor.Vaasa.en.html"
    page.write_text("toinen", encoding="utf-8")
    assert withdrawn(units)["current_state/supervisor.Vaasa.en"].folder == f"{FOLDER}/2026-03-03-2"
    folders = ("2026-03-03", "2026-03-03-2")
    pages = [units / "reports" / FOLDER / name / "current_state" / page.name for name in folders]
    assert [each.read_text(encoding="utf-8") for each in pages] == ["sivu", "toinen"]
    assert set(read_withdrawn(units / "reports")) == {
        "current_state/supervisor.Vaasa.en",
        "current_state/supervisor.Lahtis.en",
    }


def test_what_comes_back_is_told_no_more(units: Path) -> None:
    """A unit that has enough answers again is not told as withdrawn; its withdrawn files stay where they are."""
    withdrawn(units)
    make_engagement(units, {}, answers(Turku=40, Oulu=30, Vaasa=24))
    engagement = load(units)
    plan = plan_of(engagement, read(engagement).tables)
    assert "supervisor.Vaasa" not in index_html(engagement, plan)
    assert "supervisor.Lahtis" in index_html(engagement, plan)
    assert (units / "reports" / FOLDER / "2026-03-03" / "current_state" / "supervisor.Vaasa.en.pdf").is_file()


def test_a_record_that_cannot_be_read_is_none(units: Path) -> None:
    """A damaged list of the withdrawn stops nothing."""
    withdrawn(units)
    (units / "reports" / RECORD).write_text('[{"stem": 1}]', encoding="utf-8")
    assert read_withdrawn(units / "reports") == {}


def test_what_cannot_be_moved_is_told(units: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds stays, the reason is told, and the index does not call it current."""
    from pathlib import Path

    def held(*_: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held, raising=True)
    monkeypatch.setattr("kohtaamo_utils.delivery.withdrawn.write_whole", lambda *_: None)
    found = withdrawn(units)
    assert {one.stuck for one in found.values()} == {"Permission denied"}
    monkeypatch.undo()
    engagement = load(units)
    page = index_html(engagement, plan_of(engagement, read(engagement).tables))
    assert FEW in page
    assert page.count("without a source") >= 2


def test_a_withdrawn_report_is_not_approved(units: Path) -> None:
    """Who asks for its approval is told that it was withdrawn, why, and where it lies; nothing is written."""
    withdrawn(units)
    for name in ("current_state/supervisor.Vaasa", "current_state/supervisor.Vaasa.en"):
        with pytest.raises(
            DeliveryError, match=r"'current_state/supervisor\.Vaasa\.en' was withdrawn: the unit has fewer than 5"
        ):
            approve(load(units), Asked((name,), (), "Maija", FIRST))
    assert read_releases(units) is None


def test_a_run_withdraws_first_and_says_so(tmp_path: Path) -> None:
    """The command withdraws what fell under the threshold, prints why, and `verify` tells of the copy that it cannot be made."""
    folder = make_engagement(tmp_path / "e", {}, answers(Turku=12, Oulu=12))
    asked = Batch(reports=("current_state",), audience="supervisor", jobs=1)
    assert not run_batch(load(folder), asked, lambda _: None, lambda _: None).failed
    make_engagement(folder, {}, answers(Turku=12, Oulu=12, Vaasa=4))  # beside Vaasa another unit has to be hidden
    stem = "current_state/supervisor.Oulu.en"
    told = kohtaamo("run", folder, "--report", "current_state", "--audience", "supervisor", "--language", "sv", "--jobs", "1", folder=tmp_path)  # fmt: skip
    assert told.returncode == 0
    kept = f"{FOLDER}/{dt.datetime.now().astimezone():%Y-%m-%d}"
    assert f"Withdrawn: {stem}, because {FEW}. It lies in" in " ".join(told.stderr.split())
    assert "Not made: current_state/supervisor Oulu, because" in told.stderr
    assert "Earlier versions are left" not in told.stderr
    assert (folder / "reports" / "current_state" / "supervisor.Turku.en.html").is_file()
    copy = folder / "reports" / kept / f"{stem}.html"
    assert copy.is_file()
    found = kohtaamo("verify", copy, folder=tmp_path)
    assert found.returncode == 1
    assert "the data do not have what it speaks of any more" in " ".join(found.stdout.split())
