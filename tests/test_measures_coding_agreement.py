"""Agreement of two codings with several codes a text: equal to kappa and alpha on the same decisions."""

from __future__ import annotations

import numpy as np
import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.coding_agreement import FEWEST, coding_agreement
from kohtaamo_utils.measures.kappa import cohen_kappa
from kohtaamo_utils.measures.krippendorff import krippendorff


def drawn(seed: int, shape: tuple[int, int] = (40, 5)) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    first = rng.random(shape) < 0.3
    return first, np.where(rng.random(shape) < 0.15, ~first, first)


@pytest.mark.parametrize("seed", range(5))
def test_equals_kappa_and_alpha_of_all_decisions(seed: int) -> None:
    """The values are those of Cohen's kappa and Krippendorff's alpha of the same yes-and-no decisions."""
    first, second = drawn(seed)
    found = coding_agreement(first, second)
    one, two = first.ravel().astype(int), second.ravel().astype(int)
    assert found.kappa.value == pytest.approx(cohen_kappa(list(one), list(two)).value)
    assert found.alpha.value == pytest.approx(krippendorff(np.stack([one, two])))


def test_precision_and_recall_by_hand() -> None:
    """Of three codes found two are right; of four there two were found."""
    first = [[1, 1], [1, 0], [1, 0]]
    second = [[1, 0], [1, 1], [0, 0]]
    found = coding_agreement(first, second)
    assert (found.precision.value, found.precision.n) == (pytest.approx(2 / 3), 3)
    assert (found.recall.value, found.recall.n) == (0.5, 4)


def test_intervals_hold_the_value_and_repeat() -> None:
    """The interval is the same each time, and holds the value; texts, not decisions, are counted."""
    first, second = drawn(1)
    found, again = coding_agreement(first, second), coding_agreement(first, second)
    assert found == again
    assert found.kappa.n == 40
    assert found.kappa.low is not None and found.kappa.high is not None and found.kappa.value is not None  # noqa: PT018 - one fact
    assert found.kappa.low < found.kappa.value < found.kappa.high


def test_decisions_of_one_text_hang_together() -> None:
    """Texts copied ten times over within their own row tell no more: the interval does not shrink."""
    first, second = drawn(2, (30, 4))
    plain, wide = coding_agreement(first, second), coding_agreement(np.tile(first, 10), np.tile(second, 10))
    assert wide.kappa.low == pytest.approx(plain.kappa.low)


def test_few_texts_have_no_interval() -> None:
    """Below ten texts there is a value and no interval; where nobody codes anything there is neither."""
    first, second = drawn(3, (FEWEST - 1, 5))
    few = coding_agreement(first, second)
    assert few.kappa.value is not None
    assert few.kappa.low is None
    assert coding_agreement(np.zeros((12, 2)), np.zeros((12, 2))).kappa.value is None


def test_other_shapes_are_refused() -> None:
    """Codings of different texts cannot be compared."""
    with pytest.raises(DataError, match=r"Codings of the shapes \(1, 2\) and \(1, 1\) came\."):
        coding_agreement([[1, 0]], [[1]])
