"""Time and memory of the section on people's own words, by the number of comments.

``python benchmarks/comments.py 200000``
"""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from kohtaamo_utils.reports import current_state

OPENINGS = (
    "Jonotin kassalla",
    "Palvelu oli ystävällistä",
    "Hinta oli kallis",
    "Sovellus kaatui",
    "Asiaa piti selittää",
    "Kaikki sujui",
)
ENDINGS = (
    "aivan liian kauan",
    "kuten aina ennenkin",
    "ja se harmitti",
    "mutta lopulta asia hoitui",
    "eikä kukaan kertonut mitään",
)
FILLING = ("myymälä", "huolto", "laite", "kuitti", "tilaus", "ovi", "hylly", "aamu", "ilta", "viikko", "lasku", "kahvi")


def write(folder: Path, count: int) -> None:
    """Write an engagement with so many comments, each another."""
    drawn = random.Random(1)  # noqa: S311 - no secret
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["respondent_group", "nps", "unit", "comment"])
        for number in range(count):
            words = " ".join(drawn.choices(FILLING, k=8))
            text = f"{drawn.choice(OPENINGS)} {drawn.choice(ENDINGS)}, {words} {number}."
            rows.writerow(["customer", drawn.randrange(11), drawn.choice("ABCDEFGH"), text])
    columns = {name: name for name in ("respondent_group", "nps", "unit", "comment")}
    settings = {
        "client": "Vauhti Oy",
        "language": "fi",
        "sources": {"survey": {"file": "survey.csv", "columns": columns}},
    }
    (folder / "engagement.yaml").write_text(json.dumps(settings), encoding="utf-8")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, count)
        started = time.process_time()
        report = current_state.open_report(str(folder), "fi")
        opened, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        current_state.coding_of(report.context.engagement, report.context.dataset)
        coded, after = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        report.comments()
        done, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count} comments: reading {opened - started:.1f} s, coding {coded - opened:.1f} s, section {done - coded:.1f} s (CPU)"
    )
    print(f"peak memory: {before / 1024:.0f} MB read, {after / 1024:.0f} MB coded, {most / 1024:.0f} MB in the end")


if __name__ == "__main__":
    main()
