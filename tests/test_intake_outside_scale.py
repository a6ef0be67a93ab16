"""What is advised about numbers outside a scale: codes may be called missing, the answers of a longer scale may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, problems

if TYPE_CHECKING:
    from pathlib import Path


def advice(folder: Path, name: str, answers: list[object]) -> set[str]:
    """Return what is advised about a question's answers outside its scale, its values left out."""
    found = problems(folder, "\n".join([name, *map(str, answers)]), constants=CUSTOMERS)
    assert {problem.kind for problem in found} <= {"out_of_range", "not_a_number"}
    return {"missing" if "missing" in problem.advice else "other" for problem in found}


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("csat", [4, 5, 6, 7, 8, 9, 10]),
        ("csat", [3, 6, 7]),
        ("csat", [1, 7, 9, 10]),
        ("nps", [1, 5, 11] * 4),
        ("csat", [0, 1, 2, 3, 4] * 2),
        ("csat", [0, 20, 40, 55, 80, 100]),
        ("nps", [0, 20, 45, 60, 80, 100]),
        ("csat", [-2, -1, 0, 1, 2] * 2),
    ],
)
def test_answers_of_another_scale_are_not_called_missing(tmp_path: Path, name: str, answers: list[object]) -> None:
    """School marks, 1–11, 0–4, a slider to 100 and steps about nought: to call what lies outside missing would take the best or the worst answers away."""
    assert advice(tmp_path, name, answers) == {"other"}


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("nps", [9, 11]),
        ("nps", [0, 5, 11] * 4),
        ("csat", [1, 5, 0] * 4),
        ("csat", [1, 5, 0, 6] * 4),
        ("csat", [1, 5, 8, 9] * 4),
        ("csat", [1, 5, 99, -1] * 4),
        ("csat", [4] * 60 + [5] * 7 + [33, 44, 55, 22, 11]),
    ],
)
def test_codes_may_be_called_missing(tmp_path: Path, name: str, answers: list[object]) -> None:
    """99, −1, 8 and 9, or one step beyond a scale whose ends were given, are codes for no answer."""
    assert advice(tmp_path, name, answers) == {"missing"}


def test_a_code_beside_another_scale(tmp_path: Path) -> None:
    """Among the answers of a longer scale 99 is still a code."""
    found = problems(tmp_path, "csat\n4\n6\n7\n99\n", constants=CUSTOMERS)
    assert ["missing" in problem.advice for problem in found] == [False, False, True]


@pytest.mark.parametrize(("text", "said"), [("4–5", "other"), ("★★ hyvä", "other"), ("joo", "missing")])
def test_what_holds_a_number_is_an_answer(tmp_path: Path, text: str, said: str) -> None:
    """A text with a number or stars is an answer that cannot be read, a word may be none."""
    assert advice(tmp_path, "csat", [5, text]) == {said}
