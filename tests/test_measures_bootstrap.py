"""The bootstrap against Efron's law school, the data that every book on it begins with."""

from __future__ import annotations

import numpy as np
import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.bootstrap import Bootstrap, bootstrap

LAW = np.array([
    [576, 3.39], [635, 3.30], [558, 2.81], [578, 3.03], [666, 3.44], [580, 3.07], [555, 3.00], [661, 3.43], [651, 3.36],
    [605, 3.13], [653, 3.12], [575, 2.74], [545, 2.76], [572, 2.88], [594, 2.96],
])  # fmt: skip


def correlation(rows: np.ndarray) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.corrcoef(rows.T)[0, 1])


@pytest.fixture(scope="module")
def law() -> Bootstrap:
    return bootstrap(LAW, correlation)


def test_what_needs_no_draws_is_exact(law: Bootstrap) -> None:
    """R .776374, jackknife error .142519, acceleration -.075672 (REFERENCE: R)."""
    found = (law.value, law.jackknife_error, law.acceleration)
    assert found == pytest.approx((0.776374, 0.142519, -0.075672), abs=5e-7)


def test_draws_give_the_published_error_and_intervals(law: Bootstrap) -> None:
    """The error is .125 to .140, BCa about .33 to .94 and percentiles .46 to .96, each within .03."""
    assert 0.125 <= law.error <= 0.140
    assert law.bca == pytest.approx((0.33, 0.94), abs=0.03)
    assert law.percentile == pytest.approx((0.46, 0.96), abs=0.03)


def test_fishers_interval_lies_near_the_drawn_ones(law: Bootstrap) -> None:
    """Fisher's z gives .438502 to .921966 (R, with 1.96 for the quantile), from the same correlation and fifteen schools."""
    reach = 1.96 / (law.n - 3) ** 0.5
    fisher = (np.tanh(np.arctanh(law.value) - reach), np.tanh(np.arctanh(law.value) + reach))
    assert fisher == pytest.approx((0.438502, 0.921966), abs=6e-7)
    assert law.percentile == pytest.approx(fisher, abs=0.05)


def test_the_same_seed_gives_the_same_limits(law: Bootstrap) -> None:
    """Limits repeat to the last digit, and another seed moves them."""
    assert bootstrap(LAW, correlation) == law
    assert bootstrap(LAW, correlation, draws=200, seed=2).bca != bootstrap(LAW, correlation, draws=200, seed=3).bca


@pytest.mark.parametrize(
    ("rows", "message"), [(LAW[:4], "came with 4 rows"), (np.ones((6, 2)), "a statistic that gives no number")]
)
def test_rows_that_tell_nothing_are_refused(rows: np.ndarray, message: str) -> None:
    """Four rows, or rows that do not vary, are refused."""
    with pytest.raises(DataError, match=message):
        bootstrap(rows, correlation)
