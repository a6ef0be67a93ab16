"""Cronbach's alpha and what follows from Spearman and Brown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.drivers import drivers
from kohtaamo_utils.measures.reliability import alpha, item_analysis, raters_needed, spearman_brown, standardised_alpha

if TYPE_CHECKING:
    from pathlib import Path

REVERSED = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"]


@pytest.fixture
def attitude(project: Path) -> pd.DataFrame:
    """R's attitude data (Chatterjee & Price), 30 × 7."""
    return pd.read_csv(project / "tests" / "reference" / "attitude.csv")


@pytest.fixture(scope="module")
def bfi(shared_data: Path) -> pd.DataFrame:
    """Read the 2800 × 25 personality items of R's psych, keyed one way."""
    items = pd.read_csv(shared_data / "psych_bfi" / "bfi.csv")
    items[REVERSED] = 7 - items[REVERSED]
    return items


def test_alpha_and_feldts_interval_agree_with_psych(attitude: pd.DataFrame) -> None:
    """α .843143 with .739376 to .915773 (R psych)."""
    found = alpha(attitude)
    assert (found.value, found.low, found.high) == pytest.approx((0.843143, 0.739376, 0.915773), abs=5e-7)
    assert (found.n, found.unit, found.method) == (30, "share", "feldt")


def test_standardised_alpha_agrees_with_psych(attitude: pd.DataFrame) -> None:
    """α of standardised items is .839084 (R psych)."""
    assert standardised_alpha(attitude) == pytest.approx(0.839084, abs=5e-7)


def test_mean_correlation_of_the_items_agrees_with_psych(attitude: pd.DataFrame) -> None:
    """The mean correlation is .426907 (R psych); Spearman and Brown lead back to it from the standardised alpha."""
    found = standardised_alpha(attitude)
    assert found is not None
    assert spearman_brown(found, 1 / 7) == pytest.approx(0.426907, abs=5e-7)


def test_guttmans_lambda_six_agrees_with_psych(attitude: pd.DataFrame) -> None:
    """G6 .875215 (R psych) is one less what the items do not share, 1 / VIF each, over the sum of all correlations."""
    found = drivers(attitude, pd.Series(np.arange(30.0)), list(attitude), answers_per_predictor=1)
    assert found is not None
    unshared = sum(1 / inflation for inflation in found.vif.values())
    assert 1 - unshared / attitude.corr().to_numpy().sum() == pytest.approx(0.875215, abs=5e-7)


def test_items_agree_with_psych(attitude: pd.DataFrame) -> None:
    """α if dropped, corrected item-total correlations and means of the seven items (R psych)."""
    found = item_analysis(attitude)
    dropped = [0.80976, 0.79692, 0.82785, 0.80303, 0.79539, 0.86387, 0.84046]
    totals = [0.67126, 0.74211, 0.56071, 0.71445, 0.78628, 0.26503, 0.46081]
    means = [64.633, 66.600, 53.133, 56.367, 64.633, 74.767, 42.933]
    assert found["alpha_if_dropped"].tolist() == pytest.approx(dropped, abs=6e-6)
    assert found["item_total"].tolist() == pytest.approx(totals, abs=6e-6)
    assert found["mean"].tolist() == pytest.approx(means, abs=6e-4)
    assert list(found.index) == list(attitude.columns)


@pytest.mark.parametrize(("scale", "n"), [("A", 2709), ("C", 2707), ("E", 2713), ("N", 2694), ("O", 2726)])
def test_big_five_scales_on_complete_cases(bfi: pd.DataFrame, shared_data: Path, scale: str, n: int) -> None:
    """The five scales of psych::bfi, listwise."""
    expected = json.loads((shared_data / "psych_bfi" / "expected.json").read_text())["alpha_listwise"]
    found = alpha(bfi[[f"{scale}{item}" for item in range(1, 6)]])
    assert (found.value, found.n) == (pytest.approx(expected[scale], abs=6e-7), n)


@pytest.mark.parametrize(
    ("scale", "listwise", "pairwise"),
    [
        ("A", 0.703756, 0.703018),
        ("C", 0.729277, 0.726735),
        ("E", 0.760933, 0.761733),
        ("N", 0.813303, 0.813963),
        ("O", 0.602546, 0.600173),
    ],
)
def test_alpha_is_that_of_complete_cases_and_not_of_pairs(
    bfi: pd.DataFrame, scale: str, listwise: float, pairwise: float
) -> None:
    """Psych's default takes each covariance from whoever answered both items; the reports' alpha is that of complete cases."""
    items = bfi[[f"{scale}{item}" for item in range(1, 6)]]
    assert alpha(items).value == pytest.approx(listwise, abs=6e-7)
    covariances = items.cov().to_numpy()
    assert 5 / 4 * (1 - np.trace(covariances) / covariances.sum()) == pytest.approx(pairwise, abs=6e-7)


def test_alpha_shows_a_forgotten_reversal(shared_data: Path) -> None:
    """Extraversion with its reversed items left as they are has α -.624135: the value is not cut at nought."""
    items = pd.read_csv(shared_data / "psych_bfi" / "bfi.csv")[[f"E{item}" for item in range(1, 6)]]
    assert alpha(items).value == pytest.approx(-0.624135, abs=6e-7)


def test_alpha_of_nobody_is_unknown() -> None:
    """Without a complete case there is nothing to estimate from."""
    found = alpha(pd.DataFrame({"a": [1, None], "b": [None, 2]}))
    assert (found.value, found.n) == (None, 0)


@pytest.mark.parametrize("frame", [{"a": [1, 2, 3]}, {"a": [1], "b": [2]}, {"a": [1, 1, 1], "b": [2, 2, 2]}])
def test_alpha_needs_two_items_and_a_spread(frame: dict[str, list[int]]) -> None:
    """One item, one respondent or equal sums have no alpha, and their n is told."""
    found = alpha(pd.DataFrame(frame))
    assert (found.value, found.low, found.n) == (None, None, len(frame["a"]))


@pytest.mark.parametrize(("r", "k"), [(0.30, 6), (0.37, 4), (0.50, 3), (0.70, 1), (0.95, 1)])
def test_raters_for_a_reliability_of_seventy(r: float, k: int) -> None:
    """Subordinates .30 take 6, peers .37 take 4, supervisors .50 take 3 (Conway & Huffcutt, 1997)."""
    assert raters_needed(r) == k


@pytest.mark.parametrize("r", [0.0, 1.0, -0.2])
def test_raters_of_no_reliability_are_refused(r: float) -> None:
    """No number of raters makes up for a reliability of zero."""
    with pytest.raises(DataError, match="must lie between 0 and 1"):
        raters_needed(r)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_raters_needed_is_the_fewest_that_do(r: float, target: float) -> None:
    """That many raters reach the target, one less does not."""
    k = raters_needed(r, target)
    assert spearman_brown(r, k) >= target - 1e-6
    assert k == 1 or spearman_brown(r, k - 1) < target + 1e-6
