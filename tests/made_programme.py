"""A whole 360 programme of people who do not exist: `python tests/made_programme.py DIR [REVIEWEES]` writes it."""

from __future__ import annotations

import csv
import itertools
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = [
    "Aada",
    "Benjamin",
    "Cecilia",
    "Daavid",
    "Eliisa",
    "Fredrik",
    "Greta",
    "Hannes",
    "Iida",
    "Joel",
    "Katri",
    "Lauri",
    "Milla",
    "Niilo",
    "Oona",
    "Paavo",
    "Ronja",
    "Saku",
    "Tuuli",
    "Urho",
    "Venla",
    "Wilhelm",
    "Ylva",
    "Åke",
    "Örjan",
]
LAST = [
    "Kuvittelu",
    "Keksittylä",
    "Satumaa",
    "Tarunen",
    "Haaveila",
    "Mielikuva",
    "Unelmisto",
    "Sepite",
    "Leikkinen",
    "Olematon",
    "Utukangas",
    "Pilvilinna",
    "Kangastus",
    "Harhala",
    "Luulo",
    "Arvelo",
    "Oletus",
    "Kuvitelma",
    "Tarina",
    "Loru",
]
GROUPS = ("self", "manager", *["peer"] * 4, *["report"] * 4, *["customer"] * 2)
COMPETENCIES = ("listening", "expertise", "value", "trust", "solution", "presence", "empathy", "leading")
ITEMS_EACH = 5
COLUMNS = ("reviewee_id", "reviewee_name", "rater_id", "rater_group", "item", "competency", "score")
SETTINGS = """client: Kuvitteellinen Oy
language: fi
currency: EUR
sources:
  ratings_360:
    file: data/arviot.csv
"""


def names() -> tuple[str, ...]:
    """Return 500 names, each once."""
    return tuple(f"{first} {last}" for last, first in itertools.product(LAST, FIRST))


def rows(reviewees: int, seed: int = 360) -> Iterator[tuple[str | int, ...]]:
    """Yield one row for each answer: 12 raters and 40 items for each reviewee; one answer of fifty is left out."""
    random = Random(seed)  # noqa: S311 - made-up answers
    items = [(f"{name} {number}", name) for name in COMPETENCIES for number in range(1, ITEMS_EACH + 1)]
    for number, name in enumerate(names()[:reviewees], start=1):
        level = random.uniform(2.6, 4.4)
        for rater, group in enumerate(GROUPS):
            own = level + random.gauss(0, 0.4)
            for item, competency in items:
                score = min(5, max(1, round(random.gauss(own, 0.9))))
                if random.random() > 0.02:
                    yield f"p{number:03}", name, f"p{number:03}x{rater:02}", group, item, competency, score


def write(folder: Path, reviewees: int = 500) -> Path:
    """Write an engagement with one programme of so many reviewees and return its folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text(SETTINGS, encoding="utf-8")
    with (folder / "data" / "arviot.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(rows(reviewees))
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500)
