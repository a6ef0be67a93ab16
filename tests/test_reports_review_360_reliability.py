"""What the group's report says where its reliability lies below 0: of no correlation and no alpha a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import pandas as pd
from engagements import Figures, text_of
from group_reports import cells_of, opened, rows_of

from kohtaamo_utils.presentation.blocks import Fold, Table

if TYPE_CHECKING:
    from pathlib import Path

NOT_APART = [[2, 4, 3, 2, 4], [4, 2, 3, 4, 3], [3, 4, 2, 3, 3], [2, 3, 4, 4, 2], [4, 3, 2, 2, 4], [3, 2, 4, 3, 4]]
"""Peers of six reviewees who get nearly the same on the whole, and whose raters do not agree."""


def test_a_correlation_below_nought_is_no_number(tmp_path: Path) -> None:
    """Where reviewees differ less than their raters, neither correlation nor interval is printed, and the result says why."""
    single, average = formulas.icc_one_way(NOT_APART)
    assert single < 0
    assert average < -3
    rows = [row for n, its in enumerate(NOT_APART) for row in rows_of(f"v{n}", {"trust": {"self": [3], "peer": its}})]
    report = opened(tmp_path, rows)
    found = report.reliability()
    assert not [figure for figure in found.figures if figure.name.startswith("icc")]
    assert {(hidden.name, hidden.scope["rater_group"]) for hidden in found.hidden} == {
        (name, group) for name in ("icc1", "icc2") for group in ("others", "peer")
    }
    assert {hidden.reason for hidden in found.hidden} == {
        "the ratings tell the reviewees apart no more than chance does"
    }
    assert cells_of(found, "Reliability of the others' ratings")["Building trust"][:3] == ("–", "–", "–")
    within = next(block for block in found.blocks if isinstance(block, Fold) and "each rater group" in block.title)
    assert [row[1:] for block in within.blocks if isinstance(block, Table) for row in block.rows] == [("–", "–", "6")]
    assert "apart so little that no number can be given" in text_of(found)


def test_a_limit_below_nought_is_told_as_nought(tmp_path: Path) -> None:
    """A small correlation of six reviewees stands with an interval from 0 on, as the limit itself lies below."""
    apart = [[4, 4, 3, 3, 4], *NOT_APART[1:5], [2, 2, 2, 3, 2]]
    single, average = formulas.icc_one_way(apart)
    rows = [row for n, its in enumerate(apart) for row in rows_of(f"v{n}", {"trust": {"self": [3], "peer": its}})]
    figures = Figures(opened(tmp_path, rows), "group")
    found = [figures(name, competency="trust", rater_group="others") for name in ("icc1", "icc2")]
    assert [one.value for one in found] == [round(single, 2), round(average, 2)]
    assert [one.low for one in found] == [0, 0]
    assert all(one.value < one.high <= 1 for one in found)


def test_an_alpha_below_nought_is_no_number(tmp_path: Path) -> None:
    """Items that run against each other have no alpha: page and result say why, and the other competencies keep theirs."""
    scores = {"trust.a": "23451", "trust.b": "43215", "value.a": "23452", "value.b": "23351"}
    rows = [
        {
            "reviewee_id": f"v{n}", "rater_id": f"v{n}-{group}-{k}", "rater_group": group, "item": item,
            "competency": item.split(".")[0], "score": float(min(5, max(1, int(digit) + (n % 3 == 0) - (n % 4 == 1)))),
        }
        for n in range(9)
        for item, digits in scores.items()
        for k, digit in enumerate(digits)
        for group in ("peer",)
    ]  # fmt: skip
    frame = pd.DataFrame(rows).pivot_table(index=["reviewee_id", "rater_id"], columns="item", values="score")
    expected = {
        name: formulas.alpha(frame[[f"{name}.a", f"{name}.b"]].to_numpy().tolist()) for name in ("trust", "value")
    }
    assert expected["trust"][0] < 0 < expected["value"][0]
    found = opened(tmp_path, rows).reliability()
    (kept,) = [figure for figure in found.figures if figure.name == "alpha"]
    assert kept.scope["competency"] == "value"
    assert (kept.estimate.value, kept.estimate.low) == tuple(round(one, 2) for one in expected["value"][:2])
    (gone,) = [hidden for hidden in found.hidden if hidden.name == "alpha"]
    assert (gone.scope["competency"], gone.reason) == ("trust", "the items run against each other")
    assert cells_of(found, "Reliability of the others' ratings")["Building trust"][-1] == "–"
    assert "No alpha is given for: building trust. It lies below 0 there" in text_of(found)
