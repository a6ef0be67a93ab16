"""A whole 360 programme in one run: 500 reviewees with 12 raters and 40 items each; seconds, CPU and peak memory.

``uv run python benchmarks/programme.py [REVIEWEES] [JOBS]`` writes the made-up ratings into a temporary folder (Linux).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from watching import watched

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the programme, run it, count what came."""
    reviewees, jobs = map(int, [*sys.argv[1:3], *["500", "2"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, str(PROJECT / "tests" / "made_programme.py"), folder, str(reviewees)], check=True
        )
        code = "from kohtaamo_utils.cli import main; main()"
        command = [sys.executable, "-c", code, "run", folder, "--jobs", str(jobs)]
        reports, first = Path(folder) / "reports", [0.0]

        def look(seconds: float) -> None:
            if not first[0] and next((reports / "review_360").glob("*.html"), None):
                first[0] = seconds

        cost = watched(command, look=look)
        pages = sorted(reports.glob("review_360/*.html"))
        subjects = {
            json.loads(page.with_suffix(".results.json").read_text(encoding="utf-8"))["subject"] for page in pages
        }
        links = (reports / "index.html").read_text(encoding="utf-8").count('href="review_360/')
    print(f"reports: {len(pages)}, subjects: {len(subjects)}, links in the index: {links}, cores: {os.cpu_count()}")
    print(f"seconds: {cost.seconds:.0f}, of that to the first report: {first[0]:.1f}")
    print(f"CPU seconds: {cost.cpu:.0f}, a report: {cost.cpu / max(1, len(pages)):.2f}")
    print(f"peak memory: {cost.peak / 1e6:.0f} MB (proportional set size)")


if __name__ == "__main__":
    main()
