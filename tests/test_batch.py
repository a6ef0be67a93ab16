"""A run makes what is out of date, each report whole or not at all, and the same inputs give the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest
from command_line import content, kohtaamo, shop, start, write_orders

from kohtaamo_utils.delivery import batch, origin
from kohtaamo_utils.delivery.batch import Batch, other_names, run, up_to_date, workers_that_fit
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.make import Outcome
from kohtaamo_utils.delivery.origin import task_key
from kohtaamo_utils.delivery.roster import Task, tasks
from kohtaamo_utils.engagement import Engagement, EngagementSettings, load

SURVEY = "  survey: {file: data/kysely.csv, constants: {respondent_group: customer}}\n"
MOST_SECONDS_TO_END = 2
RATINGS = "reviewee_id,reviewee_name,rater_id,rater_group,item,score\nr1,Aino Aho,a,peer,kuuntelee,4\nr2,Eero Elo,a,peer,kuuntelee,2\n"


def _fake_make(
    task: Task, folder: Path, key: str, secrets: object, release: object, pdf: bool, into: object
) -> Outcome:
    """Stand in for making a report: tells what it was given."""
    assert (release, pdf, into) == (None, False, None)
    return Outcome(task, "made", f"{folder.name} {len(key)} {getattr(secrets, 'names', ())}")


def _die(*_: object) -> Outcome:
    """Stand in for a worker that the system ends."""
    os._exit(9)


def _stay_cold(reports: object) -> None:
    """Stand in for the loading of libraries, which a stand-in for a report does not need."""


def _die_once(*job: object) -> Outcome:
    """Stand in for a worker that the system ends at its first try."""
    mark = Path(str(job[1])) / "tried"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job[0], "made")  # type: ignore[arg-type]


def _run(engagement: Engagement, *reports: str, **more: object) -> batch.BatchResult:
    return run(engagement, Batch(reports, **more), lambda _: None, lambda _: None)  # type: ignore[arg-type]


def _with(folder: Path, source: str, name: str, rows: str) -> Engagement:
    """Add a source to a shop."""
    file = folder / "engagement.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("sources:\n", f"sources:\n{source}"), encoding="utf-8")
    (folder / "data" / name).write_text(rows, encoding="utf-8")
    return load(folder)


def test_a_report_whose_data_are_good_is_made(tmp_path, monkeypatch):
    """Bad data of one report keep only that report from being made; the others know their tables and secrets."""
    engagement = _with(shop(tmp_path / "e"), SURVEY, "kysely.csv", "nps\n99\n")
    engagement = _with(engagement.folder, "  ratings_360: {file: data/arviot.csv}\n", "arviot.csv", RATINGS)
    monkeypatch.setattr(batch, "make", _fake_make)
    monkeypatch.setattr(batch, "warm_up", _stay_cold)
    result = _run(engagement)
    assert result.failed
    assert result.skipped == {"current_state": "its data have problems"}
    assert [problem.kind for problem in result.problems] == ["out_of_range"]
    messages = {outcome.task.stem: outcome.message for outcome in result.outcomes}
    assert messages == {
        "roi/roi.fi": "e 64 ()",
        "review_360/r1.fi": "e 64 ('Eero Elo',)",
        "review_360/r2.fi": "e 64 ('Aino Aho',)",
        "review_360/group.fi": "e 64 ('Aino Aho', 'Eero Elo')",
    }


def test_a_worker_that_is_ended_is_a_failed_report(tmp_path, monkeypatch):
    """When the system ends a worker the run says so for its report, and how to go on."""
    monkeypatch.setattr(batch, "make", _die)
    monkeypatch.setattr(batch, "warm_up", _stay_cold)
    [outcome] = _run(shop_loaded(tmp_path)).outcomes
    assert outcome.state == "failed"
    assert "ended from outside" in outcome.message
    assert "--jobs 1" in outcome.message


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_worker_that_is_ended_once_is_tried_again(tmp_path, monkeypatch):
    """A report whose process was ended from outside is made at the second try."""
    monkeypatch.setattr(batch, "make", _die_once)
    monkeypatch.setattr(batch, "warm_up", _stay_cold)
    [outcome] = _run(shop_loaded(tmp_path)).outcomes
    assert outcome.state == "made"
    assert (tmp_path / "e" / "tried").exists()


def shop_loaded(folder: Path) -> Engagement:
    """Make the tiny shop and open it."""
    return load(shop(folder / "e"))


def _task() -> Task:
    return tasks(["roi"], ["fi"], "management", {})[0]


def test_key_holds_everything_that_a_report_depends_on(tmp_path, monkeypatch):
    """Data, settings, parameters, version and code change the key; other sources' data and remarks do not."""
    engagement = _with(shop(tmp_path / "e"), SURVEY, "kysely.csv", "nps\n9\n")
    task = _task()
    first = task_key(engagement, task)
    (engagement.folder / "data" / "kysely.csv").write_text("nps\n8\n", encoding="utf-8")
    file = engagement.folder / "engagement.yaml"
    file.write_text("# remark\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert task_key(load(engagement.folder), task) == first
    keys = {first, task_key(engagement, tasks(["roi"], ["sv"], "management", {})[0])}
    with monkeypatch.context() as patch:
        patch.setattr(origin, "__version__", "9.9")
        keys.add(task_key(engagement, task))
    with monkeypatch.context() as patch:
        patch.setattr(origin, "code_sha256", lambda: "other")
        keys.add(task_key(engagement, task))
    write_orders(engagement.folder, 11)
    keys.add(task_key(engagement, task))
    file.write_text(file.read_text(encoding="utf-8").replace("0.10", "0.11"), encoding="utf-8")
    keys.add(task_key(load(engagement.folder), task))
    assert len(keys) == 6


@pytest.mark.parametrize("harm", ["page changed", "results gone", "results broken", "no provenance", "other key"])
def test_a_harmed_report_is_out_of_date(harm, tmp_path):
    """A report counts as up to date only while its page is as it was made, from the same key."""
    task = Task("roi", "roi/roi.fi", tmp_path)
    page, results = tmp_path / "roi" / "roi.fi.html", tmp_path / "roi" / "roi.fi.results.json"
    page.parent.mkdir()
    page.write_text("page", encoding="utf-8")
    results.write_text(json.dumps({"provenance": {"key": "k", "html_sha256": sha256("page")}}), encoding="utf-8")
    assert up_to_date(tmp_path, task, "k")
    if harm == "page changed":
        page.write_text("pag", encoding="utf-8")
    elif harm == "results gone":
        results.unlink()
    elif harm == "results broken":
        results.write_text("{", encoding="utf-8")
    elif harm == "no provenance":
        results.write_text("[]", encoding="utf-8")
    assert not up_to_date(tmp_path, task, "other" if harm == "other key" else "k")


@pytest.mark.parametrize("draft", [True, False])
def test_a_mark_that_is_not_as_approved_is_out_of_date(draft, tmp_path):
    """A draft of an approved report is made anew, and so is an approved page whose approval was taken back."""
    page, results = tmp_path / "roi" / "roi.fi.html", tmp_path / "roi" / "roi.fi.results.json"
    page.parent.mkdir()
    page.write_text("page", encoding="utf-8")
    made = {"draft": draft, "provenance": {"key": "k", "html_sha256": sha256("page")}}
    results.write_text(json.dumps(made), encoding="utf-8")
    task = Task("roi", "roi/roi.fi", tmp_path)
    assert up_to_date(tmp_path, task, "k", approved=not draft)
    assert not up_to_date(tmp_path, task, "k", approved=draft)


def test_names_that_are_no_secret(tmp_path):
    """A report may hold its own reviewee's name, also if another has the same, and the client's."""
    engagement = Engagement(tmp_path, EngagementSettings(client="Aho Oy"))
    ratings = pd.DataFrame(
        {"reviewee_id": ["r1", "r2", "r3", "r4"], "reviewee_name": ["Aino Aho", "Aino Aho", "Aho Oy", None]}
    )
    own = Task("review_360", "x", tmp_path, {"reviewee": "r1"})
    assert other_names(engagement, own, {"ratings_360": ratings}) == ()
    assert other_names(engagement, Task("review_360", "x", tmp_path), {"ratings_360": ratings}) == ("Aino Aho",)
    assert other_names(engagement, Task("roi", "x", tmp_path), {"ratings_360": ratings}) == ()


def test_some_reports_fit_at_a_time():
    """At least one report is made at a time, and never more than there are cores."""
    assert 1 <= workers_that_fit() <= (os.cpu_count() or 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Run the tiny shop's business case in Finnish and Swedish once; tests copy the folder."""
    folder = shop(tmp_path_factory.mktemp("made") / "e")
    done = kohtaamo("run", "e", "--language", "fi", "--language", "sv", folder=folder.parent)
    assert done.returncode == 0, done.stderr
    assert "Raportit: tehty 2." in done.stdout
    return folder


@pytest.fixture
def copied(made, tmp_path) -> Path:
    """Give a copy of the shop with its two reports."""
    return Path(shutil.copytree(made, tmp_path / "toinen"))


def _reports(folder: Path) -> dict[str, bytes]:
    return content(folder / "reports", "roi/*")


@pytest.mark.slow
def test_what_a_run_leaves(made):
    """Pages and figures of each language, the index, and the consultant's own files; no parts."""
    assert sorted(content(made / "reports")) == [
        "index.html", "internal/import_log.csv", "internal/import_log.json", "internal/kohtaamo.log",
        "internal/last_run.json", "internal/problems.txt",
        "internal/roi/roi.fi.ipynb", "internal/roi/roi.sv.ipynb",
        "roi/roi.fi.html", "roi/roi.fi.results.json", "roi/roi.fi.xlsx",
        "roi/roi.sv.html", "roi/roi.sv.results.json", "roi/roi.sv.xlsx",
    ]  # fmt: skip
    results = json.loads((made / "reports/roi/roi.fi.results.json").read_text(encoding="utf-8"))
    values = {figure["name"]: figure["value"] for figure in results["figures"] if not figure["scope"]}
    assert (values["customers"], values["orders"], values["revenue"]) == (10, 30, 735)  # 3 x (20 + ... + 29)


@pytest.mark.slow
def test_a_second_run_leaves_the_bytes(copied):
    """Reports that are up to date are left alone, and the run says so."""
    before = _reports(copied)
    done = kohtaamo("run", copied, "--language", "fi", "--language", "sv", folder=copied)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Raportit: ajan tasalla 2." in done.stdout
    assert _reports(copied) == before


@pytest.mark.slow
def test_another_folder_gives_the_same_bytes(copied):
    """The same inputs in another folder give the same pages and figures, byte for byte."""
    before = _reports(copied)
    shutil.rmtree(copied / "reports")
    done = kohtaamo("run", copied, "--language", "sv", "--language", "fi", "--jobs", "1", folder=copied)
    assert done.returncode == 0
    assert _reports(copied) == before


@pytest.mark.slow
def test_changed_data_make_only_their_reports(copied):
    """Data of a report that are changed make that report anew; a report that does not read them is left."""
    before = _reports(copied)
    write_orders(copied, 11)
    done = kohtaamo("run", copied, folder=copied)
    assert "Raportit: tehty 1." in done.stdout
    after = _reports(copied)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"roi/roi.fi.html", "roi/roi.fi.results.json", "roi/roi.fi.xlsx"}


@pytest.mark.slow
def test_force_makes_the_same_again(copied):
    """With --force an up-to-date report is made anew, with the same bytes."""
    before = _reports(copied)
    done = kohtaamo("run", copied, "--force", folder=copied)
    assert "Raportit: tehty 1." in done.stdout
    assert _reports(copied) == before


@pytest.mark.slow
def test_a_failing_template_leaves_the_earlier_report(copied, tmp_path, monkeypatch):
    """A template that stops leaves the earlier files; the outcome says which cell's error it was, and nothing is printed."""
    notebook = json.loads((Path(_task().template)).read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = ["raise RuntimeError('rikki')"]
    template = tmp_path / "roi.ipynb"
    template.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setattr("kohtaamo_utils.delivery.roster._template", lambda _: template)
    before = _reports(copied)
    [outcome] = _run(load(copied), languages=("fi",)).outcomes
    assert outcome.state == "failed"
    assert "A cell of the template stopped with RuntimeError: rikki." in outcome.message
    assert _reports(copied) == before
    told = (copied / "reports/internal/problems.txt").read_text(encoding="utf-8")
    assert "roi/roi.fi: Raporttipohjan solu pysähtyi virheeseen RuntimeError: rikki." in told


@pytest.mark.slow
@pytest.mark.parametrize(("good_from", "state"), [(2, "made"), (99, "failed")])
def test_a_report_that_fails_unforeseen_is_tried_once_more(copied, tmp_path, monkeypatch, good_from, state):
    """A cell that stops for a reason of its own is run again with its report, once; then the report is listed as failed."""
    notebook = json.loads((Path(_task().template)).read_text(encoding="utf-8"))
    tries = tmp_path / "tries"
    notebook["cells"][-1]["source"] = [
        f"from pathlib import Path; tries = Path({str(tries)!r}); tries.mkdir(exist_ok=True)\n",
        "(tries / str(len(list(tries.iterdir())))).touch()\n",
        f"assert len(list(tries.iterdir())) >= {good_from}, 'not yet'\n",
        "report.results()",
    ]
    template = tmp_path / "roi.ipynb"
    template.write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setattr("kohtaamo_utils.delivery.roster._template", lambda _: template)
    [outcome] = _run(load(copied), languages=("fi",)).outcomes
    assert (outcome.state, len(list(tries.iterdir()))) == (state, 2)
    assert state == "made" or "AssertionError: not yet" in outcome.message


def _wait_for(condition, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return bool(condition())


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process group's interrupt is sent otherwise on Windows")
@pytest.mark.parametrize("late", [True, False], ids=["while notebooks run", "while workers start"])
def test_interrupt(late, copied):
    """Ctrl-C ends with status 130, says what stands, leaves the reports as they were and nothing half-written or running."""
    before = _reports(copied)
    process = start(
        "run", copied, "--force", "--language", "fi", "--language", "sv", folder=copied, start_new_session=True
    )
    log = copied / "reports/internal/kohtaamo.log"
    size = log.stat().st_size
    log.unlink()
    if late:
        assert _wait_for(log.exists), f"no notebook was started (the log had {size} bytes)"
    else:
        assert _wait_for(lambda: len(_members(process.pid)) > 1), "no worker was started"
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - began < MOST_SECONDS_TO_END
    assert process.returncode == 130
    assert err == "Keskeytetty. Valmiit raportit ovat paikoillaan, muut jäivät ennalleen.\n"
    assert _reports(copied) == before
    assert list(copied.rglob("*.part")) == []
    assert _wait_for(lambda: not _members(process.pid), 20), _members(process.pid)


def _members(group: int) -> list[str]:
    """Return the processes of a process group."""
    done = subprocess.run(["ps", "-eo", "pgid=,pid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=3) for line in done.stdout.splitlines()]
    return [" ".join(row) for row in rows if row[0] == str(group) and not row[2].startswith("Z")]
