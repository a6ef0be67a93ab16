"""Where the time of one warm report goes: cell by cell, then function by function.

``uv run python benchmarks/profiling.py [STEM]`` makes a report of the sample engagement as `kohtaamo run` makes it, in a fork of a warm process
that has made none (so that what each fork does for the first time is seen), once to be timed and once to be profiled, and prints the seconds of each cell, of the page, of the gate and of all its charts, and the costliest functions.
STEM is a report as `reports/` names it: ``review_360/r01.fi`` (default), ``current_state/management.sv``, ``roi/roi.en``.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import ModuleType

    from kohtaamo_utils.delivery.roster import Task

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
STEPS = {"execute": "notebook, all cells", "_export": "page", "finish": "gate"}
MOST = 60
"""Functions that are printed."""


def wanted(folder: Path, stem: str) -> Task:
    """Return the report of a name."""
    from kohtaamo_utils.delivery.roster import KINDS, every_task
    from kohtaamo_utils.delivery.units import units_in
    from kohtaamo_utils.delivery.warmth import hand_over, warm_up
    from kohtaamo_utils.engagement import load
    from kohtaamo_utils.intake import read

    engagement = load(folder)
    dataset = read(engagement)
    warm_up(tuple(KINDS))
    hand_over(engagement, dataset, tuple(KINDS))
    units = units_in(engagement, dataset.tables).shown
    tasks = every_task(tuple(KINDS), dataset.tables, scores=engagement.settings.review_360.scores, units=units)
    found = {task.stem: task for task in tasks}
    if stem not in found:
        raise SystemExit(f"There is no report {stem}. The reports are: {', '.join(found)}")
    return found[stem]


def chart_functions() -> list[tuple[ModuleType, str, Any]]:
    """Return every place in which a function that draws a chart has a name, and that function."""
    loaded = [module for name, module in sys.modules.items() if name.startswith("kohtaamo_utils.reports")]
    return [
        (module, name, found)
        for module in loaded
        for name, found in vars(module).items()
        if name.endswith("_svg") and getattr(found, "__module__", "").startswith("kohtaamo_utils.presentation.charts")
    ]


def timed(spent: dict[str, float]) -> AbstractContextManager[None]:
    """Note the seconds of each cell, of the page, of the gate and of all charts."""
    import importlib
    from contextlib import contextmanager

    from kohtaamo_utils.engine.kernel import LocalKernel

    make: Any = importlib.import_module("kohtaamo_utils.delivery.make")

    of_cell: Any = LocalKernel.execute

    async def execute(self: LocalKernel, code: str, *args: Any, **kwargs: Any) -> str:
        began = time.perf_counter()
        answer: str = await of_cell(self, code, *args, **kwargs)
        spent[f"cell  {code.strip().splitlines()[-1][:60]}"] = time.perf_counter() - began
        return answer

    def of(name: str, function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent[name] = time.perf_counter() - began

        return call

    drawn: list[float] = []

    def drawing(function: Any) -> Any:
        def draw(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                drawn.append(time.perf_counter() - began)

        return draw

    @contextmanager
    def patched() -> Iterator[None]:
        for module, name, function in chart_functions():  # the process is a fork that ends: nothing is put back
            setattr(module, name, drawing(function))
        kept = {step: getattr(make, step) for step in STEPS}
        for step, name in STEPS.items():
            setattr(make, step, of(name, kept[step]))
        LocalKernel.execute = execute  # type: ignore[method-assign]  # put back below
        try:
            yield
        finally:
            for step in STEPS:
                setattr(make, step, kept[step])
            LocalKernel.execute = of_cell  # type: ignore[method-assign]  # put back
            spent[f"{len(drawn)} charts, within the cells"] = sum(drawn)

    return patched()


def in_fork(call: Callable[[], None]) -> None:
    """Call something in a fork of this process, as each report is made."""
    if (process := os.fork()) == 0:
        status = 1
        try:
            call()
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(process, 0)[1]:
        raise SystemExit("The report could not be made.")


def main() -> None:
    """Make the report twice: to be timed, to be profiled."""
    from kohtaamo_utils.delivery.gate import Secrets
    from kohtaamo_utils.delivery.make import here, make

    out = os.fdopen(os.dup(1), "w", encoding="utf-8")  # the report's process takes its standard output for the notebook
    stem = sys.argv[1] if len(sys.argv) > 1 else "review_360/r01.fi"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sample"
        shutil.copytree(SAMPLE, folder)
        task = wanted(folder, stem)

        def once() -> None:
            outcome = here(None, make, task, folder, "", Secrets(folder))
            if outcome.state != "made":
                raise SystemExit(outcome.message)

        def time_it() -> None:
            spent: dict[str, float] = {}
            began = time.perf_counter()
            with timed(spent):
                once()
            print(f"{stem}: {time.perf_counter() - began:.2f} s", file=out)
            for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
                print(f"{seconds:8.3f}  {name}", file=out, flush=True)

        def profile_it() -> None:
            profile = cProfile.Profile()
            profile.runcall(once)
            pstats.Stats(profile, stream=out).strip_dirs().sort_stats("cumulative").print_stats(MOST)
            out.flush()

        in_fork(time_it)
        in_fork(profile_it)
    out.close()


if __name__ == "__main__":
    main()
