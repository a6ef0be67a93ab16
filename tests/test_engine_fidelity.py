"""What our engine gives is what stock papermill gives: cell by cell, and byte by byte in the delivered files."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat
import papermill
import pytest
from engine_runs import comparable, in_crew, notebook_of
from finished_reports import STEMS, by_kernels, finished
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from kohtaamo_utils.delivery.batch import other_names
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.make import here, make
from kohtaamo_utils.delivery.roster import ALL, tasks
from kohtaamo_utils.delivery.warmth import hand_over, warm_up
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engine import KohtaamoEngine
from kohtaamo_utils.engine.alone import can_fork
from kohtaamo_utils.engine.crew import Crew, Done
from kohtaamo_utils.intake import read

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

KINDS = [pytest.param("fork", marks=pytest.mark.skipif(not can_fork(), reason="no fork on this system")), "pool"]
ODD = (
    "import sys\nprint('a'); print('b', file=sys.stderr); print('c')\n1 + 1",
    "x = 5;",
    "x;",
    "x  # shown; all the same",
    # alone, and with a wait: ipykernel hears of what is written below Python a moment later, and the order is chance there
    "import subprocess, time\n_ = subprocess.run(['echo', 'from below'])\ntime.sleep(2)",
    "!echo from the shell",
    (
        "from IPython.display import HTML, clear_output, display, update_display\n"
        "display(HTML('<b>x</b>'), display_id='d')\ndisplay(1, 2)\n{'a': (1, 2), 3: 4}"
    ),
    "update_display(HTML('<i>y</i>'), display_id='d')",
    "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(figsize=(2, 1))\naxes.plot([1, 2]);",
    "plt.plot([1, 3])\nplt.title('t')",
    "%matplotlib inline\nplt.figure(figsize=(1, 1)); plt.show(); plt.get_backend()",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "%%capture held\nprint('hidden')",
    "held.show()\nprint(_, In[-2][:5], len(Out))",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "import warnings\nwarnings.warn('mind')\nimport logging\nlogging.warning('logged')",
    "def old():\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\nold()",
    "from ipywidgets import IntSlider\nIntSlider(3)",
    "print('gone'); clear_output(); print('x'); clear_output(wait=True); print('y\\rz')",
    "display({'application/json': {'day': 1, 'pair': (1, 2)}}, raw=True)",
    "print?",
    "try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__)",
    "",
)


def _stock(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run a notebook by papermill as everybody does; a cell that stops is part of what it gives."""
    source, target = folder / "in.ipynb", folder / "stock.ipynb"
    nbformat.write(notebook, source)
    with contextlib.suppress(PapermillExecutionError):
        papermill.execute_notebook(str(source), str(target), progress_bar=False)
    return nbformat.read(target, as_version=4)


def _ours(folder: Path) -> NotebookNode:
    """Run the same by `papermill --engine kohtaamo`."""
    papermill_engines.register("kohtaamo", KohtaamoEngine)
    target = folder / "ours.ipynb"
    with contextlib.suppress(PapermillExecutionError):
        papermill.execute_notebook(str(folder / "in.ipynb"), str(target), engine_name="kohtaamo", progress_bar=False)
    return nbformat.read(target, as_version=4)


@pytest.mark.slow
def test_cells_give_what_they_give_with_papermill(tmp_path, monkeypatch):
    """Streams, displays, updates, figures, semicolons, widgets, warnings, history: each cell's outputs are stock papermill's."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would not watch what programs write
    notebook = notebook_of(*ODD)
    stock, ours = comparable(_stock(notebook, tmp_path)), comparable(_ours(tmp_path))
    for theirs, own in zip(stock[0], ours[0], strict=True):
        assert own == theirs
    assert ours[1:] == stock[1:]
    assert stock[2] > 0, "the widget's state is not in the notebook"


@pytest.mark.slow
def test_pool_gives_what_forks_give():
    """Processes that are started ahead give the outputs that forks give."""
    [forked], [pooled] = (in_crew([notebook_of(*ODD)], kind) for kind in ("fork", "pool"))
    assert comparable(pooled) == comparable(forked)


@pytest.mark.slow
@pytest.mark.parametrize("last", ["1 / 0", "raise SystemExit", "def broken(:", "%nothing_of_this_name", "await nobody"])
def test_a_cell_that_stops(last, tmp_path):
    """After a cell that stops no other runs, and the notebook and papermill's marks in it are as ever."""
    notebook = notebook_of("print('before')", last, "print('after')")
    assert comparable(_ours_after(notebook, tmp_path)) == comparable(_stock(notebook, tmp_path))


def _ours_after(notebook: NotebookNode, folder: Path) -> NotebookNode:
    nbformat.write(notebook, folder / "in.ipynb")
    return _ours(folder)


def test_engine_loads_nothing():
    """Papermill loads every engine that is installed at each start, so ours loads none of the libraries that take time."""
    code = "import sys, kohtaamo_utils.engine; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"IPython", "ipykernel", "matplotlib", "nbclient", "nbformat", "numpy", "pandas", "papermill", "zmq"}
    assert set(done.stdout.split()) & slow == set()


def test_engine_is_registered(project):
    """The engine is found by papermill under the name kohtaamo."""
    import tomllib

    points = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert points["papermill.engine"] == {"kohtaamo": "kohtaamo_utils.engine:KohtaamoEngine"}


@pytest.fixture(scope="module")
def stock_reports(tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str) -> Path:
    """Give the sample's reports as stock papermill's kernels make them."""
    base = tmp_path_factory.getbasetemp()
    parent = (base if worker_id == "master" else base.parent) / "by-kernels"
    return finished(parent, project / "data" / "sample", "fi", maker=by_kernels)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_templates_give_what_they_give_with_papermill(kind, stock_reports, tmp_path, project):
    """Every template gives by our engine the cells and the delivered bytes that it gives by a kernel of its own."""
    folder = tmp_path / "sample-fi"
    shutil.copytree(project / "data" / "sample", folder, ignore=shutil.ignore_patterns("reports"))
    engagement = load(folder)
    dataset = read(engagement, ["survey", "mystery_shopping", "operations", "ratings_360"])
    planned = tasks(("current_state", "roi", "review_360"), ("fi",), ALL, dataset.tables, units=["Tampere"])
    with Crew(workers=2, kind=kind) as crew:
        crew.prepare(warm_up, ("current_state", "roi", "review_360"))
        crew.prepare(hand_over, engagement, dataset)
        for task in planned:
            if task.stem.removesuffix(".fi") in STEMS:
                crew.submit(
                    here, make, task, folder, "key", Secrets(folder, other_names(engagement, task, dataset.tables))
                )
        ended = list(crew.messages())
    assert [message.outcome.value.message for message in ended if isinstance(message, Done)] == [""] * len(STEMS)
    assert crew.kind == kind
    for stem in STEMS:
        for ending in ("html", "results.json", *(("xlsx",) if stem == "roi/roi" else ())):
            name = f"{stem}.fi.{ending}"
            assert (folder / "reports" / name).read_bytes() == (stock_reports / name).read_bytes(), name
        ours, stock = (
            nbformat.read(reports / "internal" / f"{stem}.fi.ipynb", as_version=4)
            for reports in (folder / "reports", stock_reports)
        )
        where = str(folder), str(stock_reports.parent)
        assert str(comparable(ours)).replace(where[0], "") == str(comparable(stock)).replace(where[1], "")
