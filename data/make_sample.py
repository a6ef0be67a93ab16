"""Rewrite the raw files of the sample engagement, byte for byte the same each time.

``python data/make_sample.py`` writes into ``data/sample/data``; with a folder named, it writes there instead.
``engagement.yaml``, ``actions.yaml`` and ``README.md`` of the sample are written by hand and stay as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_maker import observations, operations, pilot, ratings, sales, staff, survey, visits, workforce

SAMPLE = Path(__file__).resolve().parent / "sample"


def write_sample(folder: Path) -> None:
    """Write every raw file into the folder's ``data``.

    Parameters
    ----------
    folder
        Engagement folder; it is made if needed.
    """
    target = folder / "data"
    for part in (survey, staff, visits, operations, sales, workforce, ratings, observations, pilot):
        part.write(target)


def main() -> None:
    """Read the folder from the command line and write the files."""
    parser = argparse.ArgumentParser(description="Rewrite the raw files of the sample engagement.")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE, help="engagement folder (default: data/sample)")
    write_sample(parser.parse_args().folder)


if __name__ == "__main__":
    main()
