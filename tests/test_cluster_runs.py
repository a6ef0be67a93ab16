"""A run on a Dask cluster gives what a run on one computer gives, whoever dies on the way, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import made_programme
import nbformat
import pytest
from command_line import content, kohtaamo, shop, start, write_orders
from test_engine_isolation import HELPER, IMPORTS, LOOK, PLACES, PLANT

pytest.importorskip("distributed", reason="Dask is not installed (the extra kohtaamo[cluster])")

from dask_cluster import Running, run_on, running, template_with_deeds, wait_for
from engine_runs import notebook_of

from kohtaamo_utils.cluster import client, runs
from kohtaamo_utils.cluster.extra import elsewhere_at
from kohtaamo_utils.delivery import roster
from kohtaamo_utils.delivery.parcel import Came, parcel_of
from kohtaamo_utils.delivery.roster import Task
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engine.alone import can_fork
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import check

pytestmark = pytest.mark.skipif(not can_fork(), reason="workers are killed by their number in /proc")
REVIEWEES = 5
MANY = 24
"""So many that the run is not over when the first report is there."""
MOST_SECONDS_TO_END = 10


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Start a scheduler and three workers of one thread each; a nanny starts another for one that dies."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "helper.py").write_text(HELPER, encoding="utf-8")
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def deeds(tmp_path_factory):
    """Give the folder in which a test says whose report kills its worker."""
    return tmp_path_factory.mktemp("deeds")


@pytest.fixture(autouse=True)
def _template(deeds, monkeypatch):
    monkeypatch.setattr(roster, "_template", template_with_deeds(deeds))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, deeds) -> Path:
    """Make a small programme's reports on this computer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster, "_template", template_with_deeds(deeds))
        folder = made_programme.write(tmp_path_factory.mktemp("here") / "e", REVIEWEES)
        assert [outcome.state for outcome in run_on(folder).outcomes] == ["made"] * (REVIEWEES + 1)
    return folder


@pytest.fixture
def fresh(undisturbed, tmp_path) -> Path:
    """Give a copy of the programme without reports."""
    return Path(shutil.copytree(undisturbed, tmp_path / "e", ignore=shutil.ignore_patterns("reports")))


def _reports(folder: Path) -> dict[str, bytes]:
    return content(folder / "reports", "review_360/*")


def _nothing_left(cluster: Running, folder: Path) -> None:
    assert wait_for(lambda: not cluster.left(), 30), cluster.left()
    assert cluster.rooms() == []
    assert list(folder.rglob("*.part*")) == []


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(cluster, undisturbed, fresh, deeds):
    """One of three workers is killed while it makes a report: every report is delivered, with the bytes of an undisturbed run."""
    (deeds / "p002").write_text("once")
    result = run_on(fresh, cluster.address)
    assert not (deeds / "p002").exists(), "no worker was killed"
    assert [outcome.state for outcome in result.outcomes] == ["made"] * (REVIEWEES + 1)
    assert _reports(fresh) == _reports(undisturbed)
    internal = [content(folder / "reports/internal", "*/*.csv") for folder in (fresh, undisturbed)]
    assert internal[0] == internal[1]
    assert [outcome.state for outcome in run_on(fresh, cluster.address).outcomes] == ["unchanged"] * (REVIEWEES + 1)
    _nothing_left(cluster, fresh)


@pytest.mark.longest
def test_a_report_that_kills_every_worker_is_the_only_one_lost(cluster, undisturbed, fresh, deeds):
    """A report with which each of its workers dies is listed as failed, with what to do; the others are delivered."""
    (deeds / "p003").write_text("always")
    try:
        result = run_on(fresh, cluster.address)
    finally:
        (deeds / "p003").unlink()
    lost = {outcome.task.stem: str(outcome.message) for outcome in result.outcomes if outcome.state == "failed"}
    assert list(lost) == ["review_360/p003.fi"]
    assert "The workers that were making the report died" in lost["review_360/p003.fi"]
    made = _reports(undisturbed)
    assert _reports(fresh) == {name: made[name] for name in made if "p003" not in name}
    assert wait_for(lambda: cluster.workers() == 3), "the nannies start no others"
    _nothing_left(cluster, fresh)


@pytest.mark.longest
def test_two_clients_at_the_same_time(cluster, tmp_path):
    """Runs of two clients on the same workers give each what a run alone gives, from folders that only their user may open."""
    alone, together = tmp_path / "alone", tmp_path / "together"
    for number, name in enumerate(("a", "b")):
        folder = shop(alone / name, 10 + number)
        shutil.copytree(folder, together / name)
        done = kohtaamo("run", name, folder=alone)
        assert done.returncode == 0, done.stderr
    processes = [start("run", name, "--cluster", cluster.address, folder=together) for name in ("a", "b")]
    modes: set[int] = set()
    while any(process.poll() is None for process in processes):
        modes |= _modes(cluster)
        time.sleep(0.02)
    assert [(process.returncode, process.communicate()[1]) for process in processes] == [(0, "")] * 2
    assert modes == {0o700}
    for name in ("a", "b"):
        assert content(together / name / "reports", "roi/*") == content(alone / name / "reports", "roi/*")
    _nothing_left(cluster, together)


def _modes(cluster: Running) -> set[int]:
    found = set()
    for room in cluster.rooms():
        try:
            found.add(stat.S_IMODE(room.stat().st_mode))
        except FileNotFoundError:
            continue
    return found


def _executed(elsewhere, folder: Path, notebook: Path) -> list[dict]:
    """Execute a notebook three times on a cluster and return what each printed last."""
    tasks = [Task("review_360", f"review_360/{number}.fi", notebook) for number in range(3)]
    engagement, came = load(folder), list[Came]()
    _, dataset = check(engagement)
    assert dataset is not None
    elsewhere.execute(parcel_of(engagement, tasks, dataset), tasks, came.append)
    assert wait_for(lambda: len(came) == len(tasks))
    assert [each.message for each in came] == [""] * 3
    last = [json.loads(each.executed.content)["cells"][-1]["outputs"][0] for each in came]
    return [json.loads(output["text"]) for output in last if output["output_type"] == "stream"]


@pytest.mark.slow
def test_nothing_of_a_client_is_seen_by_the_next(cluster, undisturbed, tmp_path):
    """Whatever client A's notebooks change on the workers, client B's do not find it, while A is still there and afterwards."""
    plant, look = tmp_path / "plant.ipynb", tmp_path / "look.ipynb"
    nbformat.write(notebook_of(IMPORTS, PLANT), plant)
    nbformat.write(notebook_of(IMPORTS, LOOK), look)
    with elsewhere_at(cluster.address) as first, elsewhere_at(cluster.address) as second:
        assert _executed(first, undisturbed, plant) == []
        seen = _executed(second, undisturbed, look)
    with elsewhere_at(cluster.address) as third:
        seen += _executed(third, undisturbed, look)
    assert [len(each) for each in seen] == [PLACES] * 6
    assert {place for each in seen for place, found in each.items() if found} == set()


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
@pytest.mark.longest
def test_a_client_that_goes(ending, cluster, tmp_path):
    """When the client is killed or interrupted, its files leave every worker, nothing is half-written, and the next run goes on."""
    fresh = made_programme.write(tmp_path / "e", MANY)
    process = start("run", fresh.name, "--cluster", cluster.address, "--jobs", "1", folder=fresh.parent)
    assert wait_for(cluster.rooms)
    assert wait_for(lambda: list(fresh.glob("reports/review_360/*.html")))
    began = time.monotonic()
    process.send_signal(ending)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - began < MOST_SECONDS_TO_END
    if ending == signal.SIGINT:
        assert (process.returncode, err) == (
            130,
            "Keskeytetty. Valmiit raportit ovat paikoillaan, muut jäivät ennalleen.\n",
        )
        assert list(fresh.rglob("*.part*")) == []
    assert wait_for(lambda: not cluster.left(), 30), cluster.left()
    assert wait_for(lambda: not _processes_in(cluster), 30), _processes_in(cluster)
    done = kohtaamo("run", fresh.name, "--cluster", cluster.address, folder=fresh.parent)
    assert done.returncode == 0, done.stderr
    assert len(_reports(fresh)) == 2 * (MANY + 1)
    _nothing_left(cluster, fresh)


def _processes_in(cluster: Running) -> list[str]:
    """Return the engine's processes that a cluster's workers have left."""
    done = subprocess.run(["ps", "-eo", "pid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    found = []
    for pid, state, command in (row for row in rows if len(row) == 3 and "kohtaamo_utils.engine" in row[2]):
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if not state.startswith("Z") and os.fsencode(cluster.folder) in environment:
            found.append(command)
    return found


@pytest.mark.longest
def test_the_command_makes_business_cases_and_pdfs(cluster, tmp_path):
    """The command gives page, workbook, figures and PDF of a report that reads its sales on a worker, as here."""
    folder = shop(tmp_path / "here" / "e")
    there = Path(shutil.copytree(folder, tmp_path / "there" / "e"))
    for place, more in ((folder, ()), (there, ("--cluster", cluster.address))):
        done = kohtaamo("run", "e", "--pdf", *more, folder=place.parent)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Raportit: tehty 1." in done.stdout
    made = content(folder / "reports", "roi/*")
    assert sorted(made) == ["roi/roi.fi.html", "roi/roi.fi.pdf", "roi/roi.fi.results.json", "roi/roi.fi.xlsx"]
    assert content(there / "reports", "roi/*") == made
    write_orders(there, 11)
    done = kohtaamo("run", "e", "--cluster", cluster.address, folder=there.parent)
    assert "Raportit: tehty 1." in done.stdout
    _nothing_left(cluster, there)


@pytest.mark.slow
def test_other_versions_are_refused_before_anything_is_sent(cluster, fresh, monkeypatch):
    """A worker with another version of a library is named with both versions, and no file of a client comes to it."""
    own = client.papers()
    monkeypatch.setattr(client.Cluster, "_own", staticmethod(lambda: own | {"numpy": "1.0"}))
    with pytest.raises(SettingsError, match="Nothing was sent") as refused:
        run_on(fresh, cluster.address)
    lines = str(refused.value).splitlines()
    assert len(lines) == 1 + 3 + 1  # three workers and the scheduler
    assert all(line.endswith(f"numpy 1.0 here, {own['numpy']} there") for line in lines[1:])
    assert cluster.left() == []


@pytest.mark.longest
def test_a_worker_that_comes_late_with_other_versions_gets_nothing(cluster, fresh, monkeypatch):
    """Of workers that are not fit none gets a file or a report; the run says so when it has waited."""
    own = client.papers()
    monkeypatch.setattr(client.Cluster, "check", lambda _: None)
    monkeypatch.setattr(client.Cluster, "_own", staticmethod(lambda: own | {"numpy": "1.0"}))
    monkeypatch.setattr(runs, "_PATIENCE", 2.0)
    result = run_on(fresh, cluster.address)
    assert {outcome.state for outcome in result.outcomes} == {"failed"}
    assert all("No worker is left" in str(outcome.message) for outcome in result.outcomes)
    assert cluster.left() == []


@pytest.mark.longest
def test_a_scheduler_that_goes(fresh, tmp_path, monkeypatch):
    """When the scheduler goes in the middle of a run, the reports under way are listed as failed with what to do."""
    monkeypatch.setattr(runs, "_PATIENCE", 2.0)
    with running(tmp_path / "cluster", workers=1) as lonely, elsewhere_at(lonely.address) as elsewhere:
        engagement, came = load(fresh), list[Came]()
        _, dataset = check(engagement)
        assert dataset is not None
        tasks = roster.tasks(["review_360"], ["fi"], "", dataset.tables)
        elsewhere.execute(parcel_of(engagement, tasks, dataset), tasks, came.append)
        assert wait_for(lambda: came)
        lonely.scheduler.kill()
        assert wait_for(lambda: len(came) == len(tasks))
        assert {str(each.message).split(".")[0] for each in came if each.executed is None} == {
            "The connection to the cluster's scheduler was lost"
        }
        assert wait_for(lambda: not lonely.left(), 60), lonely.left()
