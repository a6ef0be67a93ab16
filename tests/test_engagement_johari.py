"""The settings of the quadrants."""

from __future__ import annotations

from typing import Any

import pytest
from engagements import make_engagement

from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.johari import Johari
from kohtaamo_utils.errors import SettingsError


@pytest.mark.parametrize(("scale", "cut"), [((1, 5), 3.5), ((1, 7), 4.5), ((0, 10), 5.5), ((1, 4), 3.0)])
def test_high_is_half_a_point_above_the_middle(scale: tuple[int, int], cut: float) -> None:
    """Unless it is given, the lowest high mean lies half a point above the scale's middle."""
    assert Johari().cut(scale) == cut


def test_the_usual_gap_is_half_a_point() -> None:
    """METHODS 2.4: half a point, and a given high mean is taken as it is."""
    assert (Johari().gap, Johari(high=4.2).cut((1, 5))) == (0.5, 4.2)


@pytest.mark.parametrize(
    ("johari", "message"),
    [
        ({"gap": 4}, "johari: the gap 4 is too large for the scale 1-5; give less than 4."),
        ({"gap": 0}, "This should be more than 0."),
        ({"high": 5}, "johari: high 5 must lie between the ends of the scale, 1 and 5."),
        ({"high": 0.5}, "johari: high 0.5 must lie between the ends of the scale, 1 and 5."),
        ({"gap": "wide"}, "This should be a number"),
        ({"gaps": 1}, "The key `gaps` under `review_360.johari` is not known."),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(tmp_path: Any, johari: dict[str, object], message: str) -> None:
    """A gap as long as the scale, or a high mean at its end, would leave quadrants that nobody can be in."""
    folder = make_engagement(tmp_path, {"review_360": {"johari": johari}}, {})
    with pytest.raises(SettingsError) as caught:
        load(folder)
    assert message in str([problem.message for problem in caught.value.problems])
