"""A group beside all the others: both sides' intervals keep to the measure's scale, and areas told alike are told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import pandas as pd
import pytest
from engagements import Figures, make_engagement
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.catalogue import CES, CSAT, ELEMENT_MEASURES, NPS, Measure
from kohtaamo_utils.reports.compare import against_others

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.measures.estimate import Estimate

TRUST = next(measure for measure in ELEMENT_MEASURES if measure.columns == ("trust",))
ALONE = "No single element falls behind beyond chance."


def sides(measure: Measure, own: list[int], others: list[int]) -> tuple[Estimate, Estimate]:
    groups = pd.Series(["own"] * len(own) + ["others"] * len(others))
    found = against_others(measure, pd.Series([*own, *others], dtype="float64"), groups, None)["own"]
    return found.estimate, found.rest


def test_the_others_have_the_measures_own_interval() -> None:
    """The others' mean and Student's interval are those of their answers, cut at the end of the scale."""
    others = [5, 5, 5, 4, 5, 5]
    _, rest = sides(TRUST, [3, 4, 5, 2], others)
    value, low, high = formulas.mean(others, 1, 5)
    assert high == 5
    assert (rest.value, rest.low, rest.high) == pytest.approx((value, low, high), rel=1e-12)


def test_others_who_answered_alike_have_no_interval() -> None:
    """A mean of equal answers is not certain: it has no interval of no width, on either side."""
    for estimate in sides(TRUST, [3] * 6, [5] * 20):
        assert (estimate.low, estimate.high, estimate.method) == (None, None, "none")


@given(st.sampled_from([NPS, CSAT, CES, TRUST]), st.data())
def test_no_interval_leaves_the_scale(measure: Measure, data: st.DataObject) -> None:
    """Whatever was answered, both sides' limits are on the measure's scale with the value between them."""
    lowest, highest = (0, 10) if measure is NPS else (1, 7) if measure is CES else (1, 5)
    answers = st.lists(st.integers(lowest, highest), min_size=2, max_size=30)
    for estimate in sides(measure, data.draw(answers), data.draw(answers)):
        if estimate.low is not None:
            assert measure.limits[0] <= estimate.low < estimate.high <= measure.limits[1]


def answered(touchpoint: str, phase: str, scores: list[int], **same: object) -> list[dict[str, object]]:
    return [
        {"respondent_group": "customer", "nps": score, "touchpoint": touchpoint, "phase": phase, **same}
        for score in scores
    ]


def test_areas_that_are_told_alike_are_told_once(tmp_path: Path) -> None:
    """Two development areas without an element of their own have the same tools, said once after both their names."""
    rows = [
        *answered("Palautus", "after", [2, 4, 6, 9] * 10),
        *answered("Kassa", "during", [9, 10, 10, 8] * 10),
        *answered("Neuvonta", "during", [10, 9, 8, 10] * 10),
    ]
    report = current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), "en")
    text = Figures(report, "current_state").text
    assert (
        f"Touchpoint: Palautus; Phase: After. {ALONE}" in text or f"Phase: After; Touchpoint: Palautus. {ALONE}" in text
    )
    assert text.count(ALONE) == 1
