"""Kappas of two and more coders."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.agreement import cohen_kappa, fleiss_kappa, kappa_of_table, weighted_kappa

# Agresti's couples, rows husband
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
# Cohen (1968) by way of psych, 200 cases
COHEN = 200 * np.array([[0.44, 0.05, 0.01], [0.07, 0.20, 0.03], [0.09, 0.05, 0.06]])
# Fleiss (1971): 10 subjects x 5 categories x 14 raters
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
PAIRS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=40)


def couples() -> tuple[list[int], list[int]]:
    pairs = [(row, column) for row in range(4) for column in range(4) for _ in range(COUPLES[row][column])]
    return [row for row, _ in pairs], [column for _, column in pairs]


@pytest.mark.parametrize(
    ("credit", "value", "error"),
    [("none", 0.12933, 0.068599), ("linear", 0.23738, 0.078316), ("quadratic", 0.33205, 0.097298)],
)
def test_couples_agree_with_vcd(credit: str, value: float, error: float) -> None:
    """Kappa and its standard error with no, linear and squared credit for near misses (R vcd)."""
    found = kappa_of_table(COUPLES, credit)
    assert found.value == pytest.approx(value, abs=6e-6)
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(error, abs=6e-7)
    assert found.n == 91


def test_limits_agree_with_vcd() -> None:
    """Unweighted -.005120 to .263781, linear .083883 to .390878."""
    plain, linear = kappa_of_table(COUPLES), kappa_of_table(COUPLES, "linear")
    assert (plain.low, plain.high) == pytest.approx((-0.005120, 0.263781), abs=6e-7)
    assert (linear.low, linear.high) == pytest.approx((0.083883, 0.390878), abs=6e-7)


def test_codes_and_their_table_give_the_same() -> None:
    """Counting two coders' codes is the same as giving their table."""
    husband, wife = couples()
    assert cohen_kappa(husband, wife) == kappa_of_table(COUPLES)
    assert weighted_kappa(husband, wife, "quadratic") == kappa_of_table(COUPLES, "quadratic")


def test_cohens_own_example() -> None:
    """κ .49 (.39 to .59), and .348 with Cohen's (1968) weights for disagreement 0 1 3 / 1 0 6 / 3 6 0."""
    plain = kappa_of_table(COHEN)
    assert (plain.value, plain.low, plain.high) == pytest.approx((0.49, 0.39, 0.59), abs=6e-3)
    credit = 1 - np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]]) / 6
    assert kappa_of_table(COHEN, credit).value == pytest.approx(0.348, abs=6e-4)


def test_fleiss_own_example() -> None:
    """Ten subjects and fourteen raters: κ .209931."""
    assert fleiss_kappa(FLEISS) == pytest.approx(0.209931, abs=5e-7)


def test_fleiss_agreement_and_chance_make_his_kappa() -> None:
    """P̄ .378022 of the pairs of raters agree and P̄ₑ .212755 would by chance; κ is what lies between, over what could."""
    counts = np.array(FLEISS)
    agreed = float((counts * (counts - 1)).sum(axis=1).mean() / (14 * 13))
    chance = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    assert (agreed, chance) == pytest.approx((0.378022, 0.212755), abs=6e-7)
    assert fleiss_kappa(FLEISS) == pytest.approx((agreed - chance) / (1 - chance), rel=1e-12)


def test_fleiss_needs_equally_many_coders() -> None:
    """Every thing coded has the same number of coders."""
    with pytest.raises(DataError, match="the same number of coders"):
        fleiss_kappa([[2, 1], [2, 0]])


def test_one_category_throughout_has_no_kappa() -> None:
    """When chance agreement is full, nothing lies beyond it."""
    assert cohen_kappa(["a", "a"], ["a", "a"]).value is None
    assert fleiss_kappa([[3, 0], [3, 0]]) is None


def test_things_that_one_coder_left_out_are_dropped() -> None:
    """Only what both coded is compared."""
    assert cohen_kappa(["a", "b", None, "a"], ["a", "b", "a", None]).n == 2


def test_an_unused_category_keeps_its_place() -> None:
    """Between 1 and 3 lie two steps of four even when nobody used 2: near misses depend on the whole scale."""
    first, second = [1, 1, 3, 4], [1, 3, 3, 3]
    whole = weighted_kappa(first, second, categories=[1, 2, 3, 4]).value
    assert whole != pytest.approx(weighted_kappa(first, second).value)


def test_an_unlisted_category_is_refused() -> None:
    """A code that is not on the list would silently vanish."""
    with pytest.raises(DataError, match="not among"):
        weighted_kappa([1, 2], [1, 5], categories=[1, 2, 3])


def test_coders_of_different_things_are_refused() -> None:
    """Both coders must have coded the same things."""
    with pytest.raises(DataError, match="One coder has 2 codes and the other 1"):
        cohen_kappa(["a", "b"], ["a"])


def test_a_table_that_is_not_square_is_refused() -> None:
    """Rows and columns are the same categories."""
    with pytest.raises(DataError, match="square"):
        kappa_of_table([[1, 2, 3], [4, 5, 6]])


@given(PAIRS)
def test_kappa_does_not_care_who_coded_first(pairs: list[tuple[int, int]]) -> None:
    """Exchanging the coders changes nothing, and no kappa exceeds one."""
    first, second = pd.Series([a for a, _ in pairs]), pd.Series([b for _, b in pairs])
    there, back = weighted_kappa(first, second), weighted_kappa(second, first)
    if there.value is not None:
        assert there.value == pytest.approx(back.value)
        assert there.value <= 1 + 1e-12
