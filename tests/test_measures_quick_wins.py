"""Which action promises most for its trouble."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kohtaamo_utils.measures.driver_cases import complete_cases
from kohtaamo_utils.measures.driver_intervals import DrawnShares, drawn_shares
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.quick_wins import Option, quick_wins


def drawn(n: int = 400) -> DrawnShares:
    """Draw the shares of two elements, of which trust has most."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(n, 2)), columns=["trust", "value"])
    outcome = frame["trust"] + 0.4 * frame["value"] + rng.normal(size=n)
    found = drawn_shares(complete_cases(frame, outcome, ["trust", "value"]))
    assert found is not None
    return found


def mean(value: float, reach: float = 0.05) -> Estimate:
    return Estimate(value=value, n=200, low=value - reach, high=value + reach, unit="scale", method="t")


def option(name: str, feasibility: int = 3, reach: float = 0.5, place: str = "Kassa", **means: float) -> Option:
    chosen = {key: mean(value) for key, value in (means or {"trust": 3.0}).items()}
    return Option(id=name, means=chosen, reach=reach, feasibility=feasibility, place=place)


def test_effect_is_share_times_headroom_times_reach() -> None:
    """A mean of 3 of 5 leaves half of the scale; the score is the effect times feasibility."""
    found = drawn()
    (win,) = quick_wins(found, [option("a", feasibility=4, trust=3.0)])
    assert win.effect.value == pytest.approx(found.found.shares["trust"] * 0.5 * 0.5)
    assert win.score.value == pytest.approx(4 * win.effect.value)
    assert win.effect.low < win.effect.value < win.effect.high
    assert (win.first, win.last, win.effect_is) == (1, 1, None)


def test_several_elements_give_the_mean_of_their_effects() -> None:
    """An action for two elements is worth the mean of what it is worth for each."""
    found = drawn()
    both, one, other = (
        win.effect.value
        for name in ("both", "one", "other")
        for win in quick_wins(
            found,
            [option("both", trust=3.0, value=4.0), option("one", trust=3.0), option("other", value=4.0)],
        )
        if win.option.id == name
    )
    assert both == pytest.approx((one + other) / 2)


def test_a_clear_order_is_certain_and_equal_scores_share_a_place() -> None:
    """Ten times the reach is first for certain; two equal actions at one place may both be second only, in their order."""
    wins = quick_wins(drawn(), [option("b", reach=0.05), option("a", reach=0.05), option("c", reach=0.5)])
    assert [(win.option.id, win.first, win.last) for win in wins] == [("c", 1, 1), ("b", 2, 2), ("a", 2, 2)]
    assert [win.effect_is for win in wins] == ["above", "below", "below"]


def test_an_order_within_chance_stays_open() -> None:
    """Means of 3.00 and 3.02 at two places, each known to 0.05, leave both places in the order open."""
    wins = quick_wins(drawn(), [option("a", place="Kassa", trust=3.0), option("b", place="Chat", trust=3.02)])
    assert [(win.first, win.last, win.effect_is) for win in wins] == [(1, 2, None)] * 2


def test_the_same_data_give_the_same_limits() -> None:
    """Means are drawn with a seed of their own."""
    found, options = drawn(), [option("a"), option("b", place="Chat")]
    assert quick_wins(found, options) == quick_wins(found, options)


def test_no_actions_give_no_order() -> None:
    """An empty list stays empty."""
    assert quick_wins(drawn(), []) == ()
