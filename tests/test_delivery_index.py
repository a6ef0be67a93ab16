"""The consultant's index tells of each report how it stands and why, and shows no value of the data."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from approvals import add_rater, approved, programme, run
from command_line import kohtaamo, shop, write_orders
from test_verify import _change_results, _record
from test_verify import _page as page_of

from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.last_run import LastRun, Trouble, after_run, read_last_run, troubles_of, write_last_run
from kohtaamo_utils.delivery.make import Outcome
from kohtaamo_utils.delivery.plan import plan_of
from kohtaamo_utils.delivery.roster import every_task, task_of, tasks
from kohtaamo_utils.delivery.standing import Standings
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, read_releases
from kohtaamo_utils.errors import Problem
from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.delivery.standing import Standing

STEM, GROUP = "review_360/r03.fi", "review_360/group.fi"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Make an engagement whose 360 reports are made, and record what they are made from."""
    made = programme(tmp_path / "e")
    run(made)
    _change_results(page_of(made), _record(made))
    return made


def standings(folder: Path, last_run: LastRun | None = None) -> dict[str, Standing]:
    """Return how each report stands."""
    engagement = load(folder)
    plan = plan_of(engagement, read(engagement).tables)
    released = read_releases(folder) or NOTHING_RELEASED
    return {one.stem: one for one in Standings(engagement, plan, last_run or LastRun(), released).every()}


def test_what_was_made_is_current(folder):
    """After a run every report is up to date, and there is no reason to tell."""
    assert {stem: (one.state, one.reasons) for stem, one in standings(folder).items()} == {
        STEM: ("current", ()), GROUP: ("current", ()),
    }  # fmt: skip


def test_changed_data_and_settings_are_the_reason(folder):
    """A report is out of date because of the very file that changed, and of the settings."""
    add_rater(folder, "p9")
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(text + "disclosure: {minimum_raters: 4}\n", encoding="utf-8")
    one = standings(folder)[STEM]
    assert one.state == "outdated"
    assert [re.sub(r" \(.*", "", reason) for reason in one.reasons] == [
        "the file data/arviot.csv has changed", "the settings have changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("template_sha256", "the template has changed"),
        ("code_sha256", "the kit has changed"),
        ("kohtaamo", "the kit has changed"),
    ],
)
def test_template_and_kit_are_the_reason(part, reason, folder):
    """A report made with another template or kit is out of date because of that."""
    _change_results(page_of(folder), lambda results: results["provenance"].update({part: "x" * 64, "key": "k"}))
    one = standings(folder)[STEM]
    assert one.state == "outdated"
    assert [reason in told for told in one.reasons] == [True]


def test_other_libraries_are_no_reason(folder):
    """A report made with other libraries stays up to date: a run would leave it alone."""
    _change_results(page_of(folder), lambda results: results["provenance"].update(libraries={"numpy": "1.0"}))
    assert standings(folder)[STEM].state == "current"


def test_a_record_without_a_cause_names_the_version(folder):
    """Where the key differs and nothing recorded does, the report is of another version."""
    _change_results(page_of(folder), lambda results: results["provenance"].update(key="k"))
    assert standings(folder)[STEM].reasons == ("it was made with another version of the kit",)


@pytest.mark.parametrize("harm", ["edited", "no results", "broken results"])
def test_changed_by_hand(harm, folder):
    """A page that is not as it was made, or has no record, is told."""
    page = page_of(folder)
    if harm == "edited":
        page.write_text("x", encoding="utf-8")
    elif harm == "no results":
        page.with_suffix(".results.json").unlink()
    else:
        page.with_suffix(".results.json").write_text('{"provenance": 1}', encoding="utf-8")
    assert standings(folder)[STEM].state == "edited"


def test_a_reviewee_who_is_gone_leaves_an_orphan(folder):
    """A report of somebody whom the data no longer have is without a source; so is one of a kind without any source."""
    file = folder / "data" / "arviot.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("r03", "r04"), encoding="utf-8")
    found = standings(folder)
    assert (found[STEM].state, found[GROUP].state) == ("orphan", "outdated")
    stray = folder / "reports" / "roi" / "roi.fi.html"
    stray.parent.mkdir()
    stray.write_text("x", encoding="utf-8")
    assert standings(folder)["roi/roi.fi"].state == "orphan"


def test_a_failure_stays_until_the_report_is_tried_again(folder):
    """What a run could not make is told with its reason, also after a run that did not try it; without a page too."""
    tasks_now = {task.stem: task for task in every_task(["review_360"], read(load(folder)).tables)}
    failed = after_run(LastRun(), [Outcome(tasks_now[STEM], "failed", "Siksi.")], [], [], str)
    page_of(folder).unlink()
    one = standings(folder, failed)[STEM]
    assert (one.state, one.reasons, one.page) == ("failed", ("Siksi.",), False)
    later = after_run(failed, [Outcome(tasks_now[GROUP], "made")], [], [], str)
    assert later.failed == {STEM: "Siksi."}
    assert after_run(later, [Outcome(tasks_now[STEM], "made")], [], [], str).failed == {}


def test_an_approval_that_is_not_carried_out_is_told(folder):
    """A draft whose approval stands in releases.yaml waits for a run, and says why."""
    before = page_of(folder).read_bytes()
    results = page_of(folder).with_suffix(".results.json").read_bytes()
    approved(folder)
    assert standings(folder)[STEM].state == "current"
    page_of(folder).write_bytes(before)
    page_of(folder).with_suffix(".results.json").write_bytes(results)
    assert standings(folder)[STEM].reasons == ("its approval has changed",)


def test_problems_are_told_without_their_values():
    """Where problems are and how many stands in the index; what the cells hold does not, for an index may be sent on."""
    problems = [
        Problem(
            file="data/arviot.csv",
            row=row,
            column="score",
            value="Maija Virtanen",
            message="Maija Virtanen is not a number.",
        )
        for row in range(7, 14)
    ]
    [trouble] = troubles_of(problems)
    assert trouble == Trouble("data/arviot.csv", "score", 7, (7, 8, 9, 10, 11))
    assert "Maija" not in repr(trouble)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page(language, tmp_path):
    """The page puts what needs attention first, links what is there, tells reasons and troubles, and escapes them all."""
    folder = programme(tmp_path / "e", language)
    run(folder, language)
    engagement = load(folder)
    met = LastRun((Trouble("data/<b>.csv", "nps", 3, (7, 9)),), {f"{STEM[:-3]}.{language}": "<i>&"}, ())
    page = index_html(engagement, plan_of(engagement, read(engagement).tables), last_run=met)
    assert re.findall(r'href="(review_360[^"]+)"', page) == [
        f"review_360/r03.{language}.html", f"review_360/group.{language}.html"
    ]  # fmt: skip
    assert "<i>" not in page
    assert "<b>.csv" not in page
    text = unescape(re.sub("<[^>]+>", "", page))
    assert {"fi": "rivit 7, 9, …: 3 ongelmaa", "sv": "raderna 7, 9, …: 3 problem", "en": "rows 7, 9, …: 3 problems"}[
        language
    ] in text
    assert {"fi": "Vaatii huomiota", "sv": "Kräver åtgärder", "en": "Needs attention"}[language] in text


def test_what_a_run_met_is_kept(tmp_path):
    """What is written of the last run is read again; a file that was broken counts as none."""
    met = LastRun((Trouble("a", "b", 2, (1,)),), {STEM: "x"}, ("roi",))
    write_last_run(tmp_path, met)
    assert read_last_run(tmp_path) == met
    (tmp_path / "internal" / "last_run.json").write_text("[]", encoding="utf-8")
    assert read_last_run(tmp_path) == LastRun()
    assert read_last_run(tmp_path / "nowhere") == LastRun()


def test_a_path_names_its_report(folder):
    """Every report that can be planned is found again by its path, the same in all parts; other paths are none."""
    tables = read(load(folder)).tables
    every = every_task(["current_state", "roi", "review_360"], tables)
    assert {task.stem for task in tasks(["roi", "review_360"], ["sv"], "management", tables)} <= {
        task.stem for task in every
    }
    assert [replace(task) for task in every] == [task_of(task.stem) for task in every]
    for stem in (
        "roi/roi",
        "roi/other.fi",
        "roi/roi.de",
        "internal/roi.fi",
        "review_360/.fi",
        "current_state/owner.fi",
        "x",
    ):
        assert task_of(stem) is None


@pytest.mark.slow
def test_the_index_after_each_command(tmp_path):
    """After run and approve the index is right; after changed sales the next run mends it, also where the data have problems."""
    folder = shop(tmp_path / "e")

    def states() -> list[str]:
        text = (folder / "reports/index.html").read_text(encoding="utf-8")
        return re.findall(r'class="(?:state (\w+)|approval)">([^<]+)', text)  # type: ignore[return-value]

    kohtaamo("run", "e", folder=tmp_path)
    assert states() == [("current", "ajan tasalla"), ("", "luonnos")]
    kohtaamo("approve", "e", "--by", "Maija", folder=tmp_path)
    assert [state for state, _ in states()] == ["current", ""]
    assert states()[1][1].startswith("hyväksytty")
    write_orders(folder, 11)
    file = folder / "data" / "myynti.csv"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace(",20\n", ",paljon\n"), encoding="utf-8")
    assert kohtaamo("run", "e", folder=tmp_path).returncode == 1
    assert states()[0] == ("outdated", "vanhentunut")
    text = (folder / "reports/index.html").read_text(encoding="utf-8")
    assert "data/myynti.csv, sarake ”amount”" in text
    assert "paljon" not in text
    assert "tiedosto data/myynti.csv on muuttunut" in text
    assert "sen aineistossa on ongelmia, joten sitä ei tehty uudelleen" in text
