"""A whole 360 programme in one run: 500 reviewees with 12 raters and 40 items each; seconds, CPU and peak memory.

``uv run python benchmarks/programme.py [REVIEWEES] [JOBS]`` writes the made-up ratings into a temporary folder (Linux).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SECONDS_BETWEEN_LOOKS = 0.5


def family(process: int) -> list[int]:
    """Return a process and all that came from it."""
    found = [process]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def proportional_set(process: int) -> int:
    """Return the memory of a process in bytes, pages that it shares counted in part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def watched(command: list[str]) -> tuple[float, float, int, float]:
    """Run a command; return its seconds, CPU seconds, peak memory, and the seconds to the first report."""
    began, peak, first = time.monotonic(), 0, 0.0
    reports = Path(command[-3]) / "reports" / "review_360"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, sum(map(proportional_set, family(process.pid))))
        if not first and next(reports.glob("*.html"), None):
            first = time.monotonic() - began
        time.sleep(SECONDS_BETWEEN_LOOKS)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"kohtaamo run ended with {process.returncode}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, peak, first


def main() -> None:
    """Make the programme, run it, count what came."""
    reviewees, jobs = map(int, [*sys.argv[1:3], *["500", "2"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, str(PROJECT / "tests" / "made_programme.py"), folder, str(reviewees)], check=True
        )
        code = "from kohtaamo_utils.cli import main; main()"
        command = [sys.executable, "-c", code, "run", folder, "--jobs", str(jobs)]
        seconds, cpu, peak, first = watched(command)
        reports = Path(folder) / "reports"
        pages = sorted(reports.glob("review_360/*.html"))
        subjects = {
            json.loads(page.with_suffix(".results.json").read_text(encoding="utf-8"))["subject"] for page in pages
        }
        links = (reports / "index.html").read_text(encoding="utf-8").count('href="review_360/')
    print(f"reports: {len(pages)}, subjects: {len(subjects)}, links in the index: {links}, cores: {os.cpu_count()}")
    print(f"seconds: {seconds:.0f}, of that to the first report: {first:.1f}")
    print(f"CPU seconds: {cpu:.0f}, a report: {cpu / max(1, len(pages)):.2f}")
    print(f"peak memory: {peak / 1e6:.0f} MB (proportional set size)")


if __name__ == "__main__":
    main()
