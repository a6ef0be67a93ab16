"""The ways to make many reports of one notebook that `batch` compares; processes of our engine import them by name."""

from __future__ import annotations

import ast
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NOTEBOOK = Path(__file__).resolve().parent / "review.ipynb"


def again(make: Callable[[Path, str], None], folder: Path, name: str) -> None:
    """Make a report, and once more where its kernel died: two that start together now and then take the same port."""
    try:
        make(folder, name)
    except (RuntimeError, subprocess.CalledProcessError) as error:
        print(f"{name}: made again, for {str(error)[:200]}", file=sys.stderr)
        make(folder, name)


def by_shell(folder: Path, name: str) -> None:
    """Make one report as a user types it."""
    notebook = folder / f"{name}.ipynb"
    for command in (
        ["papermill", NOTEBOOK, notebook, "-p", "ratings", folder / "ratings.csv", "-p", "reviewee", name],
        ["jupyter", "nbconvert", "--to", "html", "--no-input", notebook],
    ):
        subprocess.run([sys.executable, "-m", *map(str, command)], check=True, capture_output=True)


def by_api(folder: Path, name: str, engine: str | None = None) -> None:
    """Make one report by papermill's and nbconvert's functions."""
    import papermill
    from nbconvert import HTMLExporter

    notebook = papermill.execute_notebook(
        str(NOTEBOOK), str(folder / f"{name}.ipynb"), {"ratings": str(folder / "ratings.csv"), "reviewee": name},
        engine_name=engine, kernel_name="python3", progress_bar=False, request_save_on_cell_execute=False,
    )  # fmt: skip
    page, _ = HTMLExporter(exclude_input=True).from_notebook_node(notebook)
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def by_fork(tell: object, folder: Path, name: str) -> None:
    """Make one report in a process that makes no other; for our engine's crew."""
    del tell
    from papermill.engines import papermill_engines

    from kohtaamo_utils.engine.client import LocalEngine

    papermill_engines.register("here", LocalEngine)
    by_api(folder, name, "here")


def rehearse() -> None:
    """Load what a report needs and draw each kind of figure once, from numbers that are nobody's."""
    import matplotlib.pyplot as plt
    import nbformat
    import numpy as np
    import papermill  # noqa: F401 - to have it loaded
    import seaborn as sns
    import statsmodels.formula.api  # noqa: F401 - to have it loaded
    from nbconvert import HTMLExporter

    from kohtaamo_utils.engine.client import local_kernel

    local_kernel()
    x, y = np.arange(12.0), np.arange(12.0) % 5
    for draw in (sns.barplot, sns.boxplot, sns.stripplot, sns.regplot):
        draw(x=x, y=y)
    sns.heatmap([[1.0, 0.5], [0.5, 1.0]], annot=True)
    plt.savefig(StringIO(), format="svg", bbox_inches="tight")
    plt.close("all")
    HTMLExporter(exclude_input=True).from_notebook_node(nbformat.read(NOTEBOOK, as_version=4))


def bare(folder: Path, name: str) -> None:
    """Run the notebook's code without a notebook: figures as SVG, last expressions as tables, a plain page."""
    import matplotlib.pyplot as plt
    import nbformat

    space: dict[str, Any] = {}
    parts = []
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type != "code":
            parts.append(f"<h2>{cell.source.lstrip('# ')}</h2>")
            continue
        value = _run(cell.source.removeprefix("%matplotlib inline\n"), space)
        if "parameters" in cell.metadata.get("tags", ()):
            space |= {"ratings": str(folder / "ratings.csv"), "reviewee": name}
        if hasattr(value, "to_html"):
            parts.append(value.to_html())
        for number in plt.get_fignums():
            drawing = StringIO()
            plt.figure(number).savefig(drawing, format="svg", bbox_inches="tight")
            parts.append(drawing.getvalue())
        plt.close("all")
    (folder / f"{name}.html").write_text(f"<!DOCTYPE html><title>{name}</title>{''.join(parts)}", encoding="utf-8")


def _run(source: str, space: dict[str, Any]) -> object:
    """Run a cell's code and return what its last line gives."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), space)  # noqa: S102 - the benchmark's own notebook
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if isinstance(last, ast.Expr) else None  # noqa: S307 - same


def in_processes(make: Callable[[Path, str], None], workers: int, folder: Path, names: Iterable[str]) -> None:
    """Make reports in processes that are used again and again."""
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=rehearse if make is bare else None) as pool:
        list(pool.map(partial(again, make, folder), names))


def in_threads(workers: int, folder: Path, names: Iterable[str]) -> None:
    """Run so many shell pairs at a time."""
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(partial(again, by_shell, folder), names))


def in_forks(workers: int, folder: Path, names: Iterable[str]) -> None:
    """Make reports by our engine."""
    from kohtaamo_utils.engine.crew import Crew, Done

    with Crew(workers) as crew:
        crew.prepare(rehearse)
        for name in names:
            crew.submit(by_fork, folder, name)
        for message in crew.messages():
            if not isinstance(message, Done) or message.outcome.error:
                raise SystemExit(str(message))


SHELL, SHELL_2 = "shell pair, in sequence", "shell pair, two at a time"
API, API_2 = "Python API, one process", "Python API, two processes"
OURS, OURS_2 = "kohtaamo, one worker", "kohtaamo, two workers"
BARE, BARE_2 = "bare function, one process", "bare function, two processes"
WAYS: dict[str, Callable[[Path, Iterable[str]], None]] = {
    SHELL: partial(in_threads, 1), SHELL_2: partial(in_threads, 2),
    API: partial(in_processes, by_api, 1), API_2: partial(in_processes, by_api, 2),
    OURS: partial(in_forks, 1), OURS_2: partial(in_forks, 2),
    BARE: partial(in_processes, bare, 1), BARE_2: partial(in_processes, bare, 2),
}  # fmt: skip
