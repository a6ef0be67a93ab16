"""Where an element lies in the picture of importance and performance, and what is said of it."""

from __future__ import annotations

import pytest

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.reports.current_state.explained import Explanations
from kohtaamo_utils.reports.current_state.findings import element_findings
from kohtaamo_utils.reports.current_state.importance import UNCERTAIN, Placed, places


def placed(mean: tuple[float, float], share: tuple[float, float]) -> Placed:
    """Place an element whose mean and share have these limits; the lines are 4 and 20 %."""
    estimates = (
        Estimate(value=sum(limits) / 2, n=90, low=limits[0], high=limits[1], unit=unit)
        for limits, unit in ((mean, "scale"), (share, "share"))
    )
    return Placed("trust", *estimates, mean_line=4.0, share_line=0.2)


@pytest.mark.parametrize(
    ("mean", "share", "place"),
    [
        ((3.0, 3.9), (0.3, 0.4), "important and weak: develop first"),
        ((4.1, 4.5), (0.3, 0.4), "important and strong: keep up"),
        ((3.0, 3.9), (0.1, 0.15), "less important and weak: can wait"),
        ((4.1, 4.5), (0.1, 0.15), "less important and strong: good as it is"),
        ((3.0, 4.0), (0.3, 0.4), UNCERTAIN),
        ((3.9, 4.5), (0.3, 0.4), UNCERTAIN),
        ((3.0, 3.9), (0.2, 0.4), UNCERTAIN),
        ((3.0, 3.9), (0.1, 0.3), UNCERTAIN),
    ],
)
def test_a_place_is_given_only_where_no_line_runs_through_an_interval(
    mean: tuple[float, float], share: tuple[float, float], place: str
) -> None:
    """An interval that holds a line, or ends on it, leaves the place uncertain."""
    assert placed(mean, share).place == place


def test_without_drivers_there_are_no_places() -> None:
    """Where no outcome's drivers can be told, nothing is placed and nothing becomes a strength or an area."""
    assert places(Explanations()) == ()
    assert element_findings(None, ()) == []  # type: ignore[arg-type] # nothing is worded


def test_only_what_is_important_and_certain_becomes_a_finding() -> None:
    """An element that is less important, or of which it is not certain, is in neither list."""
    left = [placed((3.0, 3.9), (0.1, 0.15)), placed((3.9, 4.5), (0.3, 0.4)), placed((3.0, 3.9), (0.1, 0.3))]
    assert element_findings(None, tuple(left)) == []  # type: ignore[arg-type] # nothing is worded
