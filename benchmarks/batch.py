"""One template, forty reports, every way to make them: seconds, CPU and peak memory, and our engine's ratio to the others (Linux).

``uv run python benchmarks/batch.py`` runs ``benchmarks/review.ipynb`` (four seaborn figures, three tables and a regression on 5,000 ratings) for
forty reviewees and makes a page of each, by

- *shell pair*: ``papermill`` and ``jupyter nbconvert``, one report after the other, and two at a time;
- *Python API*: papermill and nbconvert as functions, in one process and in two;
- *kohtaamo*: a fork of a warmed process for every report (`kohtaamo_utils.engine`), one and two at a time; the page by the same nbconvert;
- *bare function*: the notebook's code without a notebook in a warmed process, which leaks from one report into the next: the limit.

Each way runs in a process of its own, start-up included, with libraries compiled to bytecode beforehand; rounds are interleaved and medians printed. The template is fixed, so that cheaper
figures in our own templates do not move the measure. ``--reports 10 --rounds 1`` gives a first look. Read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import sysconfig
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from watching import watched
from ways import API_2, BARE_2, OURS_2, SHELL, SHELL_2, WAYS

if TYPE_CHECKING:
    from watching import Cost

HERE = Path(__file__).resolve().parent
GROUPS = {"self": 1, "manager": 1, "peer": 4, "report": 4, "customer": 2}


def write_ratings(file: Path, reviewees: int) -> None:
    """Write made-up ratings: 12 raters and 8 competencies a reviewee, and at least 5,000 rows."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(20260101)
    rows = [
        (
            f"r{n:02}",
            f"r{n:02}-{group}-{k}",
            group,
            f"competency {c}",
            int(np.clip(round(random.normal(3.6, 0.9)), 1, 5)),
        )
        for n in range(max(reviewees, 53))
        for group, size in GROUPS.items()
        for k in range(size)
        for c in range(8)
    ]
    pd.DataFrame(rows, columns=["reviewee", "rater", "group", "competency", "score"]).to_csv(file, index=False)


def names_of(reports: int) -> list[str]:
    """Return the reviewees who get a report."""
    return [f"r{number:02}" for number in range(reports)]


def compile_libraries() -> None:
    """Compile the libraries once, as most installers do: without that every start compiles them anew, which tells in our favour."""
    for place in dict.fromkeys(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")):
        compileall.compile_dir(place, quiet=2, workers=0)


def measured(way: str, reports: int) -> Cost:
    """Make all reports by one way, and see that each has its four figures and three tables."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_ratings(folder / "ratings.csv", reports)
        own = {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        own["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ["PATH"]]
        )  # `jupyter` looks there for nbconvert
        command = [sys.executable, str(Path(__file__)), "--way", way, "--folder", place, "--reports", str(reports)]
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        cost = watched(command, {**inherited, **own})
        for name in names_of(reports):
            page = (folder / f"{name}.html").read_text(encoding="utf-8")
            figures, tables = (
                page.count("http://www.w3.org/2000/svg") or page.count("image/svg+xml"),
                page.count("<table"),
            )
            if tables != 3 or figures < 4:
                raise SystemExit(f"{way}: the page of {name} has {figures} figures and {tables} tables")
    return cost


def compare(reports: int, rounds: int) -> None:
    """Print a table of all ways, and our ratios."""
    compile_libraries()
    found: dict[str, list[Cost]] = {way: [] for way in WAYS}
    for number in range(rounds):
        for way, costs in found.items():
            costs.append(measured(way, reports))
            print(f"round {number + 1}: {way}: {costs[-1].seconds:.1f} s", file=sys.stderr, flush=True)
    seconds = {way: statistics.median(cost.seconds for cost in costs) for way, costs in found.items()}
    print(f"{reports} reports, median of {rounds} rounds, {os.cpu_count()} cores")
    print(f"{'':30}{'s':>8}{'s a report':>12}{'CPU s a report':>16}{'peak MB':>9}")
    for way, costs in found.items():
        cpu, peak = (statistics.median(getattr(cost, name) for cost in costs) for name in ("cpu", "peak"))
        print(f"{way:30}{seconds[way]:8.1f}{seconds[way] / reports:12.2f}{cpu / reports:16.2f}{peak / 1e6:9.0f}")
    print(f"ratio shell pair: {seconds[SHELL_2] / seconds[OURS_2]:.1f}")
    print(f"ratio shell pair in sequence: {seconds[SHELL] / seconds[OURS_2]:.1f}")
    print(f"ratio two processes: {seconds[API_2] / seconds[OURS_2]:.1f}")
    print(f"overhead seconds: {(seconds[OURS_2] - seconds[BARE_2]) / reports:.2f}")


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if find_spec("polars"):  # told before anything is measured
        raise SystemExit(
            "statsmodels loads polars where it is installed, and its threads do not survive a fork: "
            "run this in an environment without the group `benchmarks`."
        )
    if given.way:
        WAYS[given.way](given.folder, names_of(given.reports))
    else:
        compare(given.reports, given.rounds)


if __name__ == "__main__":
    main()
