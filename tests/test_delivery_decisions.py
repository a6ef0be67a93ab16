"""The consultant's log of what 360 reports do not show: complete, inert in a spreadsheet, without a hidden number."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import nbformat
from engagements import make_engagement, sections

from kohtaamo_utils.delivery.decisions import COLUMNS, write_decisions
from kohtaamo_utils.delivery.roster import tasks
from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import read
from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path

EVIL = '=HYPERLINK("x") "decisions": ["results": {'
"""A formula, and what the log's reader looks for."""


def written(folder: Path) -> tuple[list[list[str]], str]:
    """Make the notebooks' last cells of a small programme as a run leaves them, and return the log and its text."""
    answers = {"self": [5], "manager": [4], "peer": [2, 3], "report": [4, 4, 5, 3, 4]}
    rows = [
        {"reviewee_id": reviewee, "rater_id": f"{group}{n}", "rater_group": group, "item": EVIL, "competency": "trust", "score": score}
        for reviewee in ("r1", "r2")
        for group, scores in answers.items()
        for n, score in enumerate(scores)
    ]  # fmt: skip
    engagement = load(make_engagement(folder, {}, {"ratings_360": rows}))
    planned = tasks(("review_360",), ("en", "sv"), "management", read(engagement, ["ratings_360"]).tables)
    for task in planned:
        subject = task.parameters.get("reviewee")
        report = review_360.open_person(str(folder), subject) if subject else review_360.open_group(str(folder))
        sections(report, "person" if subject else "group")
        output = nbformat.v4.new_output("display_data", data=report.results()._repr_mimebundle_())
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("report.results()", outputs=[output])])
        file = engagement.reports / "internal" / f"{task.stem}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, file)
    write_decisions(engagement.reports, planned)
    text = (engagement.reports / "internal/review_360/disclosure_log.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";")), text


def test_each_decision_is_in_the_log_once(tmp_path: Path) -> None:
    """Whatever the languages, each reviewee's decisions stand once, with figure, question, group, rule and reason."""
    lines, _ = written(tmp_path)
    assert tuple(lines[0]) == COLUMNS
    publication = review_360.open_person(str(tmp_path), "r1").profile.publication
    decided = [tuple(asdict(decision).values()) for decision in publication.decisions]
    assert decided
    own = [tuple(cell.removeprefix("'") for cell in line[1:]) for line in lines[1:] if line[0] == "r1"]
    assert [own.count(line) for line in decided] == [1] * len(decided)
    assert ["r1", "raters", "", "peer", "hidden", "fewer than 3 raters"] in lines


def test_the_log_computes_nothing_and_tells_no_number(tmp_path: Path) -> None:
    """A question that is a formula is text in the log, and no digit stands in it but those of the rules and names."""
    lines, text = written(tmp_path)
    assert '"=' not in text
    for _, figure, _, group, rule, reason in lines[1:]:
        assert not any(letter.isdigit() for letter in (figure + group + rule + reason).replace("fewer than 3", ""))


def test_decisions_are_in_the_notebook_and_not_in_the_results(tmp_path: Path) -> None:
    """The log's lines travel beside the figures, in what stays with the consultant."""
    written(tmp_path)
    report = review_360.open_person(str(tmp_path), "r1")
    report.competencies()
    results = report.results()
    assert results.decisions
    assert "decisions" not in results.as_dict()
    assert "below_threshold" not in json.dumps(results.as_dict())


def test_without_360_reports_there_is_no_log(tmp_path: Path) -> None:
    """A run of other reports leaves none."""
    write_decisions(tmp_path, [])
    assert not list(tmp_path.iterdir())
