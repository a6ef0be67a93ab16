"""Scores that say what they are out of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, problems, survey

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "cells", "numbers"),
    [
        ("csat", ["4/5", "1 / 5", "5"], [4, 1, 5]),
        ("nps", ["4/10", "10/10", "0/10"], [4, 10, 0]),
        ("csat", ["4 out of 5", "3 of 5", "2 av 5"], [4, 3, 2]),
        ("csat", ["★★★★☆", "★☆☆☆☆", "★★★★★"], [4, 1, 5]),
        ("csat", ["⭐⭐⭐⭐⭐", "⭐⭐"], [5, 2]),
        ("csat", ["⭐️⭐️⭐️⭐️⭐️", "⭐️⭐️"], [5, 2]),
    ],
)
def test_a_score_out_of_the_highest_number(tmp_path: Path, name: str, cells: list[str], numbers: list[int]) -> None:
    """A score that is out of the scale's highest number is its first number, and a row of stars its full ones; each is logged."""
    found = survey(tmp_path, "\n".join([name, *cells]))
    assert found.tables["survey"][name].tolist() == numbers
    logged = [entry.count for entry in found.log.of("survey", "inferred") if entry.rule == "scale_words"]
    assert len(logged) == len([cell for cell in cells if not cell.isdecimal()])


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("csat", ["4/10", "3/10"]),
        ("csat", ["4 of 10", "3 of 10"]),
        ("nps", ["4/5", "3/5"]),
        ("nps", ["★★★★☆"]),
        ("csat", ["⭐⭐⭐⭐", "⭐⭐"]),
        ("csat", ["4/5", "3/10"]),
    ],
)
def test_a_score_out_of_another_number(tmp_path: Path, name: str, cells: list[str]) -> None:
    """What is out of another number is another scale, also where all numbers would fit."""
    (problem,) = problems(tmp_path, "\n".join([name, *cells]), constants=CUSTOMERS)
    assert problem.kind == "other_scale"
    assert "missing" not in problem.advice
