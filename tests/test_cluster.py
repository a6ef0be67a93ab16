"""What the client, the scheduler and a worker do for a batch, each by itself; `test_cluster_runs.py` has them together."""

from __future__ import annotations

import asyncio
import logging
import pickle
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from kohtaamo_utils.cluster.extra import elsewhere_at
from kohtaamo_utils.cluster.papers import differences, papers
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.parcel import Came, Parcel
from kohtaamo_utils.delivery.roster import Task
from kohtaamo_utils.engine.desk import RunEndedError
from kohtaamo_utils.errors import DeliveryError, SettingsError
from kohtaamo_utils.versions import LIBRARIES, code_sha256

pytest.importorskip("distributed", reason="Dask is not installed (the extra kohtaamo[cluster])")

from distributed import KilledWorker

from kohtaamo_utils.cluster import client, runs
from kohtaamo_utils.cluster.client import Cluster, cluster_at
from kohtaamo_utils.cluster.room import clear, furnish
from kohtaamo_utils.cluster.runs import Runs
from kohtaamo_utils.cluster.usher import Usher, key_of
from kohtaamo_utils.cluster.workshop import Order, Workshop

if TYPE_CHECKING:
    from collections.abc import Coroutine


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run it to its end in a thread, for this one may have a loop that runs already."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, work).result()


@pytest.fixture(autouse=True)
def _log_as_before():
    log = logging.getLogger("distributed")
    level = log.level
    yield
    log.setLevel(level)


def test_without_the_extra(monkeypatch):
    """Who has no Dask is told which extra to install, and how."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError) as refused, elsewhere_at("tcp://localhost:1"):
        pass
    assert str(refused.value) == (
        "`--cluster` needs Dask, which is not installed. Install it (`uv sync --extra cluster`, or "
        '`pip install "kohtaamo[cluster]"`), or leave --cluster out.'
    )
    assert refused.value.exit_status == 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "pigeon://127.0.0.1:9", "nowhere"])
def test_no_cluster_at_an_address(address, monkeypatch):
    """An address where no scheduler answers, or that is none, is quoted in an error of usage that says what to give."""
    monkeypatch.setattr(client, "_SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(SettingsError) as refused, cluster_at(address):
        pass
    assert refused.value.exit_status == 2
    assert str(refused.value).startswith(f"There is no cluster at {address}: ")
    assert "Name the address that `dask scheduler` shows when it starts, such as tcp://host:8786" in str(refused.value)


def test_papers_tell_all_that_can_change_a_byte():
    """A computer shows the kit's version, its code, Python and each library that stands in a report."""
    own = papers()
    assert (
        set(LIBRARIES) | {"kohtaamo", "code", "python"} >= set(own) >= {"kohtaamo", "code", "python", "numpy", "pandas"}
    )
    assert own["code"] == code_sha256()
    assert differences(own, dict(reversed(own.items()))) == ""
    assert differences({"code": "a" * 64, "numpy": "2.1"}, {"code": "b" * 64, "polars": "1"}) == (
        "the kit's code aaaaaaaaaaaa here, bbbbbbbbbbbb there; numpy 2.1 here, – there; polars – here, 1 there"
    )


class _Asked:
    """Stands in for Dask's client where only versions are asked for."""

    def __init__(self, workers: dict[str, Any], scheduler: Any) -> None:
        self._workers, self._scheduler = workers, scheduler

    def run(self, function: object, on_error: str) -> dict[str, Any]:
        assert (function, on_error) == (papers, "return")
        return dict(self._workers)

    def run_on_scheduler(self, _: object) -> Any:
        if isinstance(self._scheduler, Exception):
            raise self._scheduler
        return self._scheduler


def test_every_computer_that_is_not_fit_is_named():
    """Computers with other versions, or without the kit, are listed each with its reason; the scheduler is one of them."""
    own, missing = papers(), ModuleNotFoundError("No module named 'kohtaamo_utils'")
    with pytest.raises(SettingsError) as refused:
        Cluster(_Asked({"tcp://a": own, "tcp://b": own | {"numpy": "1"}, "tcp://c": missing}, missing), "x").check()  # type: ignore[arg-type]
    assert str(refused.value).splitlines()[1:] == [
        f"  tcp://b: numpy {own['numpy']} here, 1 there",
        "  tcp://c: the kit cannot be asked for its version (ModuleNotFoundError: No module named 'kohtaamo_utils')",
        "  scheduler: the kit cannot be asked for its version (ModuleNotFoundError: No module named 'kohtaamo_utils')",
    ]
    with pytest.raises(SettingsError, match="The scheduler at x has no workers"):
        Cluster(_Asked({}, own), "x").check()  # type: ignore[arg-type]
    Cluster(_Asked({"tcp://a": own}, own), "x").check()  # type: ignore[arg-type]


def _parcel(**places: bytes) -> Parcel:
    contents = {sha256(content): content for content in places.values()}
    named = {name.replace("__", "/"): sha256(content) for name, content in places.items()}
    return Parcel(contents, named, "level/engagement", ("roi",))


def test_a_room_is_nobody_elses(tmp_path):
    """A parcel is unpacked into a folder that only its user may open, named by the parcel's fingerprint, and gone when it is cleared."""
    parcel = _parcel(level__engagement__data=b"x", templates__t=b"x")
    room = furnish(parcel, tmp_path, "kohtaamo-1f")
    assert room.name == f"kohtaamo-1f-{parcel.sha256[:16]}"
    assert stat.S_IMODE(room.stat().st_mode) == 0o700
    assert (room / "level/engagement/data").read_bytes() == (room / "templates/t").read_bytes() == b"x"
    clear(room)
    clear(room)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["../outside", "a/../../outside", "/outside"])
def test_nothing_is_written_outside_the_room(place, tmp_path):
    """A place outside the folder is refused, and nothing of the parcel stays."""
    parcel = Parcel({sha256(b"x"): b"x"}, {"a": sha256(b"x"), place: sha256(b"x")}, "e", ())
    (tmp_path / "worker").mkdir()
    with pytest.raises(DeliveryError, match="did not come whole"):
        furnish(parcel, tmp_path / "worker", "k")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_content_that_is_not_as_it_was_sent_is_refused(tmp_path):
    """A content that differs from its fingerprint is refused, and nothing of the parcel stays."""
    parcel = Parcel({sha256(b"x"): b"y"}, {"a": sha256(b"x")}, "e", ())
    with pytest.raises(DeliveryError, match="did not come whole"):
        furnish(parcel, tmp_path, "k")
    assert list(tmp_path.iterdir()) == []


def test_a_worker_with_other_versions_takes_no_part(tmp_path):
    """On a worker whose versions differ nothing is unpacked, and it never gets the resource that reports ask for."""
    sent = pickle.dumps(Workshop("k", {"numpy": "0"}, _parcel(a=b"x")))
    workshop = pickle.loads(sent)  # noqa: S301 - of our own making
    given: list[object] = []

    async def set_resources(**resources: float) -> None:
        given.append(resources)

    worker = SimpleNamespace(
        local_directory=str(tmp_path),
        set_resources=set_resources,
        state=SimpleNamespace(nthreads=2),
        status=SimpleNamespace(name="closing"),
    )

    async def there_and_back() -> None:
        await workshop.setup(worker)
        await workshop.teardown(worker)

    run(there_and_back())
    assert given == []
    assert list(tmp_path.iterdir()) == []


def test_what_dask_logs_names_nobody():
    """An order's text, which Dask writes into its log when a report fails, and a report's key hold no parameter."""
    assert "r01" not in repr(Order("templates/x.ipynb", {"reviewee": "r01"}))
    assert key_of("kohtaamo-1f", 4) == "kohtaamo-1f-report-4"


@pytest.mark.parametrize(("allowed", "first", "last"), [(3, 2, 3), (1, 0, 1), (0, 0, 0)])
def test_a_report_may_cost_two_workers(allowed, first, last):
    """Whatever the scheduler allows others, a report is given up at the second death of its worker, and alone at the first."""
    keys = [key_of("k", 0), key_of("k", 0, alone=True), "another-0", "k2-report-0"]
    scheduler = SimpleNamespace(allowed_failures=allowed, tasks={key: SimpleNamespace(suspicious=0) for key in keys})
    Usher("k", "client").update_graph(scheduler, tasks=list(keys), client="c")  # type: ignore[arg-type]
    assert [scheduler.tasks[key].suspicious for key in keys] == [first, last, 0, 0]


def test_the_scheduler_tidies_up_behind_its_client():
    """When the batch's client goes its plugins are taken away; when another goes nothing is."""
    called: list[object] = []

    async def unregister(comm: object, name: str) -> None:
        called.append((comm, name))
        raise ValueError("gone already")

    scheduler = SimpleNamespace(
        loop=SimpleNamespace(add_callback=lambda function, *args: run(function(*args))),
        unregister_worker_plugin=unregister,
        remove_plugin=lambda *, name: called.append(name),
    )
    usher = Usher("k", "Client-1")
    usher.remove_client(scheduler, "Client-2")  # type: ignore[arg-type]
    assert called == []
    usher.remove_client(scheduler, "Client-1")  # type: ignore[arg-type]
    assert called == [(None, "k"), "k-usher"]


class _Future:
    """Stands in for Dask's future of a report that has ended."""

    def __init__(self, key: str, ended: object) -> None:
        self.key, self._ended = key, ended
        self.status = "error" if isinstance(ended, Exception) else "cancelled" if ended is None else "finished"

    def add_done_callback(self, call: Any) -> None:
        call(self)

    def cancelled(self) -> bool:
        return self.status == "cancelled"

    def result(self) -> object:
        return self._ended

    def exception(self) -> object:
        return self._ended

    def release(self) -> None:
        """Do nothing."""


class _Client:
    """Stands in for Dask's client: reports end at once as the test says, in the order in which they are asked for."""

    status = "running"

    def __init__(self, threads: int, **ends: list[object]) -> None:
        self.asked: list[str] = []
        self._threads, self._ends = threads, ends

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": {"a": {"resources": {"k": self._threads}}, "b": {"resources": {}}}}

    def submit(self, _: object, batch: str, order: Order, *, key: str, resources: object, **more: object) -> _Future:
        assert (batch, resources, more) == ("k", {"k": 1}, {"retries": 1, "pure": False})
        self.asked.append(key)
        return _Future(key, self._ends[order.parameters["reviewee"]].pop(0))


def _ends(tmp_path, threads: int = 2, **ends: list[object]) -> tuple[_Client, dict[str, Came]]:
    template = tmp_path / "t.ipynb"
    template.write_bytes(b"{}")
    dask, came = _Client(threads, **ends), dict[str, Came]()
    tasks = [Task("review_360", f"review_360/{name}.fi", template, {"reviewee": name}) for name in ends]

    def bring(each: Came) -> None:
        assert each.task.parameters["reviewee"] not in came
        came[each.task.parameters["reviewee"]] = each

    Runs(dask, "k", _parcel(a=b"x"), tasks, bring)._thread.join(30)  # type: ignore[arg-type]
    return dask, came


def test_reports_that_were_there_when_workers_died_are_made_alone(tmp_path):
    """What the scheduler gave up is tried once more after all others, one at a time; only what kills again is lost."""
    killed = KilledWorker("key", None, 1)
    dask, came = _ends(tmp_path, p1=[killed, killed], p2=[killed, "two"], p3=["three"])
    assert {name: each.executed for name, each in came.items()} == {"p1": None, "p2": "two", "p3": "three"}
    assert str(came["p1"].message).startswith(
        "The workers that were making the report died, most often for want of memory."
    )
    assert dask.asked == ["k-report-0", "k-report-1", "k-report-2", "k-alone-0", "k-alone-1"]


def test_other_ends_of_a_report(tmp_path):
    """A process that was ended twice and an unexpected error are told each as what it is."""
    _, came = _ends(tmp_path, p1=[RunEndedError("-9")], p2=[ValueError("oho")])
    assert str(came["p1"].message).startswith("The workers that were making the report died")
    assert came["p2"].message == "Something unexpected happened: ValueError: oho"


def test_a_scheduler_that_is_gone_ends_all(tmp_path):
    """When the connection is lost every report that is not home is told of, once."""
    _, came = _ends(tmp_path, threads=1, p1=["one"], p2=[None], p3=["three"])
    assert came["p1"].executed == "one"
    assert all(str(came[name].message).startswith("The connection to the cluster's") for name in ("p2", "p3"))


def test_a_cluster_without_workers_is_waited_for(tmp_path, monkeypatch):
    """Without a fit worker for longer than the patience, the reports are told of as not made, and what to do."""
    monkeypatch.setattr(runs, "_PATIENCE", 0.0)
    monkeypatch.setattr(runs, "_LOOK", 0.1)
    dask, came = _ends(tmp_path, threads=0, p1=["one"], p2=["two"])
    assert dask.asked == []
    assert all(str(each.message).startswith("No worker is left in the cluster") for each in came.values())


def test_too_much_is_not_sent(monkeypatch):
    """A parcel over the limit is refused with both sizes before anything is registered."""
    monkeypatch.setattr(client, "MOST_BYTES", 3_000_000)
    with pytest.raises(SettingsError, match="need 4 MB of data, and a cluster is sent 3 MB at most"):
        Cluster(_Asked({}, {}), "x").execute(_parcel(a=b"x" * 4_000_001), [], print)  # type: ignore[arg-type]
