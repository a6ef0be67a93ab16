"""Fixtures that several tests share."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from messages import untold

from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.presentation.catalogs import TRANSLATED

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from kohtaamo_utils.errors import Problem, Said

settings.register_profile("kohtaamo", deadline=None)  # the first example pays for lazy imports
settings.load_profile("kohtaamo")

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each worker of xdist has one core; it hands this on to them

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts tests in the background has them ignore Ctrl-C, and so would every command that they start and interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def project() -> Path:
    """Root of the source tree."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real public data beside the project; tests that need it skip where it is absent."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real public data sets (../shared/data) are not on this machine")
    return folder


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """Give a folder of the test's own that has no others beside it: an engagement's neighbours are clients too, whom no report may name."""
    own = tmp_path / "own"
    own.mkdir()
    return own


@pytest.fixture(scope="session", autouse=True)
def _dictionaries_are_read_once() -> Generator[None]:
    """Keep dictionaries that the kit lets go of after each report: a worker makes hundreds, and each would read them for seconds."""
    from simplemma.strategies.dictionaries import stream_dictionary_factory as streams

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "StreamMap", cache(streams.StreamMap))
        yield


@pytest.fixture(autouse=True)
def _intake_is_told(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Whatever problem and log entry a test of intake provokes can be told in each language, whole."""
    if not request.node.path.name.startswith("test_intake"):
        yield
        return
    said: set[Said | str] = set()
    problem, note = Findings.problem, Findings.note

    def recorded_problem(self: Findings, *args: Any, **options: Any) -> Problem:
        found = problem(self, *args, **options)
        said.update({found.message, found.expected, found.advice})
        return found

    def recorded_note(self: Findings, *args: Any, **options: Any) -> None:
        note(self, *args, **options)
        said.add(self.entries[-1].detail)

    monkeypatch.setattr(Findings, "problem", recorded_problem)
    monkeypatch.setattr(Findings, "note", recorded_note)
    yield
    assert {text: left for text in said for language in TRANSLATED if (left := untold(text, language))} == {}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium, or skip where it or Playwright is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.is_file():
        pytest.skip("Chromium is not installed (set CHROMIUM to where it is)")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def node() -> str:
    """Path of Node, or skip where it is not installed."""
    found = os.environ.get("NODE") or shutil.which("node") or shutil.which("nodejs")
    if not found:
        pytest.skip("Node is not installed (set NODE to where it is)")
    return found


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end: no search for garbage is to look through them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001 - pytest's signature
    call: pytest.CallInfo[None],  # noqa: ARG001 - pytest's signature
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every tool is installed (``.ci/run``), a skip is a failure; only the data beside the project may be absent."""
    report = yield
    reason = str(report.longrepr)
    if (
        os.environ.get("KOHTAAMO_NO_SKIP")
        and report.skipped
        and "../shared" not in reason
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"Skipped where nothing may be skipped: {reason}"
    return report
