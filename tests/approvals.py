"""Engagements with 360 reports that were made without a kernel: the tests of approving them need only what lies there after a run."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import nbformat
from notebook_made import cover, notebook, section, shown, text

from kohtaamo_utils.delivery.approve import Approval, approve
from kohtaamo_utils.delivery.asked import Asked
from kohtaamo_utils.delivery.finish import finish, put_in_place
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.origin import task_key
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.delivery.roster import tasks
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, read_releases
from kohtaamo_utils.intake import read
from kohtaamo_utils.presentation.section import MEDIA_TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.delivery.roster import Task

ITEMS = {"kuuntelee": "listening", "kysyy": "listening", "lupaa": "trust"}
FIRST, SECOND, THIRD = "2026-03-03T08:15:00Z", "2026-06-01T08:15:00Z", "2026-09-01T08:15:00Z"


def programme(folder: Path, language: str = "fi", reviewees: tuple[str, ...] = ("r03",)) -> Path:
    """Make an engagement: a manager, four peers and four reports for each reviewee."""
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(
        f"client: Testi Oy\nlanguage: {language}\nsources:\n  ratings_360: {{file: data/arviot.csv}}\nreview_360: {{scale: [1, 5]}}\n",
        encoding="utf-8",
    )
    _write(folder, [], "w")
    for reviewee in reviewees:
        rows = [("s", "self"), ("m", "manager")]
        rows += [(f"p{n}", "peer") for n in range(4)] + [(f"q{n}", "report") for n in range(4)]
        for place, (rater, group) in enumerate(rows):
            add_rater(folder, rater, group, place, reviewee)
    return folder


def add_rater(folder: Path, rater: str, group: str = "peer", base: int = 0, reviewee: str = "r03") -> None:
    """Add one rater's answers, from 2 to 4."""
    _write(
        folder,
        [
            [reviewee, rater, group, item, its, (base + place) % 3 + 2]
            for place, (item, its) in enumerate(ITEMS.items())
        ],
        "a",
    )


def _write(folder: Path, rows: list[list[object]], mode: str) -> None:
    with (folder / "data" / "arviot.csv").open(mode, encoding="utf-8", newline="") as stream:
        head = [["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"]] if mode == "w" else []
        csv.writer(stream, lineterminator="\n").writerows([*head, *rows])


def planned(folder: Path, language: str = "fi") -> list[Task]:
    """Return the engagement's 360 reports."""
    return list(tasks(["review_360"], [language], "management", read(load(folder), ["ratings_360"]).tables))


def executed(task: Task) -> Any:
    """Return a notebook as one that was executed for a report."""
    results = {
        "schema": 1,
        "report": task.report,
        "client": "Testi Oy",
        "subject": task.parameters.get("reviewee", "group"),
        "language": task.parameters["language"],
        "figures": [{"name": "raters", "scope": {"rater_group": "peer"}, "value": 4.0, "n": 4}],
        "hidden": [],
        "provenance": {"kohtaamo": "0", "inputs": []},
    }
    return notebook(
        text("# How do others experience meeting you?"),
        cover(task.parameters["language"], report=task.report),
        text("## What do the ratings tell?"),
        section(f"<p>{task.stem}</p>"),
        shown({MEDIA_TYPE: {"kind": "results", "results": results, "attachments": []}}),
    )


def run(folder: Path, language: str = "fi") -> None:
    """Leave what `kohtaamo run` leaves of the 360 reports."""
    engagement, released = load(folder), read_releases(folder) or NOTHING_RELEASED
    for task in planned(folder, language):
        file = folder / "reports" / "internal" / f"{task.stem}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(executed(task), file)
        key = task_key(engagement, task)
        made = finish(compose(executed(task)), task, key, Secrets(folder), released.of(task.stem, key))
        put_in_place(folder / "reports" / task.stem, made)


def approved(folder: Path, *reports: str, moment: str = FIRST, by: str = "Maija") -> dict[str, Approval]:
    """Approve, and return how it went by report."""
    return {each.stem: each for each in approve(load(folder), Asked(reports, (), by, moment))}
