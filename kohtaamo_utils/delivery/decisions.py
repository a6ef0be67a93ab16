"""The consultant's log of what the 360 reports do not show, and why; gathered from the executed notebooks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.delivery.spreadsheet import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kohtaamo_utils.delivery.roster import Task

REPORT = "review_360"
COLUMNS = ("subject", "figure", "question", "group", "rule", "reason")
_BUNDLE = re.compile(r'"decisions": (?=\[)|"results": (?=\{)')
_QUESTIONS = ("competency", "item")


def write_decisions(reports: Path, made: Sequence[Task]) -> None:
    """Write ``internal/review_360/disclosure_log.csv``: a line for each figure that a 360 report does not show as it is.

    A line names the figure, the question, the rater group, the rule and its reason, never a hidden value or count. Text is
    inert in a spreadsheet. Where a report is there in several languages its lines stand once. Without 360 reports nothing
    is written.

    Parameters
    ----------
    reports
        Folder of the reports.
    made
        The reports that are there after the run.
    """
    tasks = {str(task.parameters.get("reviewee", "group")): task for task in made if task.report == REPORT}
    if not tasks:
        return
    internal = reports / "internal"
    lines = [
        [subject, *(line[name] for name in COLUMNS[1:])]
        for subject, task in sorted(tasks.items(), key=lambda pair: (pair[0] == "group", pair[0]))
        for line in _lines(internal / f"{task.stem}.ipynb")
    ]
    write_whole(internal / REPORT / "disclosure_log.csv", csv_text(COLUMNS, lines))


def _lines(notebook: Path) -> Iterable[dict[str, str]]:
    """Return the decisions that a notebook's last cell recorded, and hidden figures of which it recorded none.

    Only the end of the file is parsed: a programme may have hundreds of notebooks.
    """
    if not notebook.is_file():
        return []
    recorded = _recorded(notebook.read_text(encoding="utf-8"))
    decided = [dict(line) for line in recorded.get("decisions", [])]
    named = {(line["figure"], line["question"], line["group"]) for line in decided}
    hidden = [_line(entry) for entry in recorded.get("results", {}).get("hidden", [])]
    return [*decided, *(line for line in hidden if (line["figure"], line["question"], line["group"]) not in named)]


def _recorded(text: str) -> dict[str, Any]:
    """Return the last cell's decisions and results, each read from where its key stands last."""
    found: dict[str, Any] = {}
    for match in _BUNDLE.finditer(text):
        name = match[0].split('"')[1]
        found[name] = match.end()
    return {name: json.JSONDecoder().raw_decode(text, place)[0] for name, place in found.items()}


def _line(entry: dict[str, Any]) -> dict[str, str]:
    """Return a hidden figure of ``results.json`` as a line of the log."""
    scope = dict(entry["scope"])
    group = str(scope.pop("rater_group", ""))
    question = " ".join(str(scope.pop(name)) for name in _QUESTIONS if name in scope)
    rest = " ".join(f"{name} {value}" for name, value in scope.items())
    return {
        "figure": str(entry["name"]),
        "question": " ".join(part for part in (question, rest) if part),
        "group": group,
        "rule": "hidden",
        "reason": str(entry["reason"]),
    }
