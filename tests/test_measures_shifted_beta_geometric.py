"""The shifted beta-geometric model reproduces Fader and Hardie's figures, and knows contracts of any age."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.shifted_beta_geometric import Renewals, fit

HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


def cohort(survivors):
    """Fit the model to customers who started together."""
    return fit(Renewals.of_cohort(survivors))


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta", "log_likelihood"),
    [
        (HIGH_END, 0.668088, 3.806095, -1611.158),
        (REGULAR, 0.704077, 1.182043, -1680.265),
        ([1000, 631, 468, 382, 326], 0.763665, 1.295830, -1401.56),
    ],
)
def test_maximum_likelihood(survivors, alpha, beta, log_likelihood):
    """Fader & Hardie (2007), seven renewals of both segments, and the first four of Regular as in their note on the BG."""
    found = cohort(survivors)
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), rel=2e-5)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.005)


def test_projection_beyond_the_data():
    """Fitted to seven renewals, the High End survives to .4604 .4358 .4142 .3951 .3780 at renewals 8 to 12."""
    assert [cohort(HIGH_END).survival(t) for t in range(8, 13)] == pytest.approx(
        [0.4604, 0.4358, 0.4142, 0.3951, 0.3780], abs=5e-5
    )
    assert [cohort(REGULAR).survival(t) for t in range(8, 13)] == pytest.approx(
        [0.2201, 0.2044, 0.1912, 0.1799, 0.1700], abs=5e-5
    )


def test_mean_churn_and_lifetimes():
    """High End: mean churn .1493; discounted residual lifetime at 10 % is 5.41448 before the first, 7.52963 before the eighth."""
    found = cohort(HIGH_END)
    assert round(found.mean_churn, 4) == 0.1493
    assert found.discounted_lifetime(0.10, 1) == pytest.approx(5.41448, abs=2e-4)
    assert found.discounted_lifetime(0.10, 8) == pytest.approx(7.52963, abs=2e-4)


def test_lifetime_is_the_discounted_sum():
    """The closed form is the sum of survival over thousands of periods, computed here by hand."""
    found = cohort(REGULAR)
    periods = np.arange(3, 4000)
    alive = np.array([found.survival(int(t)) for t in periods]) / found.survival(2)
    assert found.discounted_lifetime(0.12, 3) == pytest.approx(
        float((alive * 1.12 ** -(periods - 3.0)).sum()), rel=1e-6
    )


def test_published_tables(shared_data):
    """Survival to renewal 12, retention by renewal and DERL are those computed from the published table by other means."""
    folder = shared_data / "cases_published"
    table = pd.read_csv(folder / "fader_hardie_sbg_retention.csv")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["fader_hardie_2007"][
        "refit_years_1_7"
    ]
    for segment, column in (("high_end", "high_end_pct"), ("regular", "regular_pct")):
        found, right = cohort((table[column][:8] * 10).tolist()), expected[segment]
        assert (found.alpha, found.beta) == pytest.approx((right["alpha"], right["beta"]), rel=2e-5)
        assert [found.survival(t) for t in range(13)] == pytest.approx(right["survival_0_12"], abs=2e-5)
        assert [found.retention(t) for t in range(1, 13)] == pytest.approx(right["retention_1_12"], abs=2e-5)
        assert found.discounted_lifetime(0.10, 8) == pytest.approx(right["derl_d10_after_7_renewals"], abs=5e-4)


def test_contracts_of_any_age():
    """A cohort written as single contracts, their lengths in months, gives the cohort's fit."""
    lost = [before - after for before, after in pairwise(HIGH_END)]
    months = [12 * period + 5 for period, count in enumerate(lost) for _ in range(count)] + [84] * HIGH_END[-1]
    ended = [1] * sum(lost) + [0] * HIGH_END[-1]
    assert fit(Renewals.of_tenures(months, ended)).alpha == pytest.approx(cohort(HIGH_END).alpha, rel=1e-6)


def test_coming_retention_of_a_cohort():
    """Those who have made seven renewals renew the eighth with (beta + 7) / (alpha + beta + 7)."""
    found = cohort(HIGH_END)
    assert found.coming_retention().value == pytest.approx((found.beta + 7) / (found.alpha + found.beta + 7))


def test_interval_of_the_coming_retention():
    """The interval is as wide as the estimate scatters over 60 simulated samples of the model, within a fifth."""
    draws = np.random.default_rng(5)
    found, half_widths = [], []
    for _ in range(60):
        churn = draws.beta(0.7, 2.0, size=600)
        full = draws.geometric(churn) - 1
        seen = draws.integers(1, 8, size=600)
        months = np.where(full < seen, full, seen) * 12.0
        estimate = fit(Renewals.of_tenures(months, full < seen)).coming_retention()
        found.append(estimate.value)
        half_widths.append((estimate.high - estimate.low) / 2)
    assert np.mean(half_widths) == pytest.approx(1.96 * np.std(found, ddof=1), rel=0.2)


def test_nobody_left():
    """Without anybody who left there is nothing to fit, and the message names the other way."""
    with pytest.raises(DataError, match=r"0 customers who left and 5 who renewed.*model: observed"):
        fit(Renewals.of_tenures([24.0] * 5, [0] * 5))


def test_nobody_there():
    """When everybody has left there is no coming retention."""
    assert fit(Renewals.of_tenures([3.0, 14.0, 27.0], [1, 1, 1])).coming_retention().value is None
