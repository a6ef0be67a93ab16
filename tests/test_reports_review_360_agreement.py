"""Agreement between raters is shown of all large groups or of none, so that what is missing tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import numpy as np
import pytest
from engagements import make_engagement

from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

VARIED = {"a": (2, 3, 4, 4, 2, 4), "b": (3, 3, 4, 2, 4, 3)}
UNANIMOUS = {"a": (3, 3, 3, 3, 3, 3), "b": (3, 2, 4, 2, 4, 3)}


def agreement(folder: Path, trust: dict[str, tuple[int, ...]], value: dict[str, tuple[int, ...]]) -> Section:
    """Return the agreement of six peers over two competencies of two items each."""
    rows: list[dict[str, object]] = []
    for competency, items in (("trust", trust), ("value", value)):
        for item, scores in items.items():
            for rater, score in enumerate(scores):
                row = {
                    "rater_id": f"p{rater}",
                    "item": f"{competency} {item}",
                    "score": score,
                    "competency": competency,
                }
                rows.append({"reviewee_id": "r1", "rater_group": "peer", **row})
    return review_360.open_person(str(make_engagement(folder, {}, {"ratings_360": rows})), "r1").agreement()


def test_agreement_is_r_wg_of_the_items(tmp_path: Path) -> None:
    """r_wg(j) takes each item's variance against that of answers at random on five options."""
    made = agreement(tmp_path, VARIED, VARIED)
    expected = formulas.rwg(np.array(list(VARIED.values()), float).T, 5)
    found = {figure.scope["competency"]: figure.estimate for figure in made.figures}
    assert {name: each.value for name, each in found.items()} == {
        "trust": pytest.approx(expected, abs=0.0051),
        "value": pytest.approx(expected, abs=0.0051),
    }
    assert {each.n for each in found.values()} == {6}


def test_a_missing_agreement_takes_the_others_with_it(tmp_path: Path) -> None:
    """Where one competency's agreement may not be shown, since all gave an item the same score, none is."""
    made = agreement(tmp_path, VARIED, UNANIMOUS)
    assert made.figures == ()
    assert made.blocks == ()
