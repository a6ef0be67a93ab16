"""Raking, and what weights cost."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.weighting import design_effect, kish_n, rake

CELLS = [("A", "x", 30), ("A", "y", 20), ("B", "x", 10), ("B", "y", 40)]
MARGINS = {"row": {"A": 45, "B": 55}, "column": {"x": 60, "y": 40}}


@pytest.fixture
def sample() -> pd.DataFrame:
    rows = [(row, column) for row, column, count in CELLS for _ in range(count)]
    return pd.DataFrame(rows, columns=["row", "column"])


def test_raked_weights_agree_with_r(sample: pd.DataFrame) -> None:
    """The two-by-two example gives the weights of R's loglin."""
    weights = rake(sample, MARGINS)
    found = weights.groupby([sample["row"], sample["column"]]).first().to_numpy()
    assert found == pytest.approx([1.2229394, 0.41559095, 2.3311819, 0.79220453], abs=1e-7)


def test_raked_cells_agree_with_r(sample: pd.DataFrame) -> None:
    """The fitted cells are 36.688181 8.311819 / 23.311819 31.688181."""
    cells = rake(sample, MARGINS).groupby([sample["row"], sample["column"]]).sum().to_numpy()
    assert cells == pytest.approx([36.688181, 8.311819, 23.311819, 31.688181], abs=5e-6)


def test_design_effect_and_effective_number_agree_with_r(sample: pd.DataFrame) -> None:
    """Kish's deff is 1.2776935 and the effective number 78.2660327."""
    weights = rake(sample, MARGINS)
    assert design_effect(weights) == pytest.approx(1.2776935, abs=1e-6)
    assert kish_n(weights) == pytest.approx(78.2660327, abs=1e-5)


def test_shares_and_counts_give_the_same_weights(sample: pd.DataFrame) -> None:
    """Only the proportions of a margin matter."""
    shares = {"row": {"A": 0.45, "B": 0.55}, "column": {"x": 6000, "y": 4000}}
    assert rake(sample, shares).to_numpy() == pytest.approx(rake(sample, MARGINS).to_numpy())


def test_a_cap_bounds_every_weight(sample: pd.DataFrame) -> None:
    """No weight leaves the cap, whatever the margins ask for."""
    weights = rake(sample, MARGINS, cap=(0.5, 2.0))
    assert (weights.min(), weights.max()) == (0.5, 2.0)


def test_a_missing_category_stays_out_of_its_margin() -> None:
    """Who did not tell their sex keeps a weight and does not bend the others' shares."""
    frame = pd.DataFrame({"sex": ["f", "f", "f", "m", None]})
    weights = rake(frame, {"sex": {"f": 1, "m": 1}})
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights[4] == pytest.approx(1.0)


def test_a_category_without_a_target_is_refused(sample: pd.DataFrame) -> None:
    """An answer that no margin knows of cannot be weighted."""
    with pytest.raises(DataError, match='"B" in "row" has no population share'):
        rake(sample, {"row": {"A": 1}})


def test_a_target_without_answers_is_refused(sample: pd.DataFrame) -> None:
    """A category that nobody in the sample has cannot be weighted up."""
    with pytest.raises(DataError, match='Nobody in the sample is "C" in "row"'):
        rake(sample, {"row": {"A": 1, "B": 1, "C": 1}})


@pytest.mark.parametrize("cap", [None, (0.1, 9.0)])
def test_contradicting_margins_are_refused(cap: tuple[float, float] | None) -> None:
    """Two columns that say the same thing cannot have different shares; a cap that cuts nothing is no excuse."""
    frame = pd.DataFrame({"a": ["x", "y"], "b": ["x", "y"]})
    with pytest.raises(DataError, match="do not settle"):
        rake(frame, {"a": {"x": 1, "y": 1}, "b": {"x": 1, "y": 3}}, cap)


def test_no_weights_are_worth_nothing() -> None:
    """An empty sample has an effective number of zero."""
    assert kish_n([]) == 0.0


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_effective_number_never_exceeds_the_number(weights: list[float]) -> None:
    """1 ≤ n_eff ≤ n, with n = n_eff · deff."""
    effective = kish_n(weights)
    assert 1 - 1e-9 <= effective <= len(weights) + 1e-9
    assert effective * design_effect(np.array(weights)) == pytest.approx(len(weights))
