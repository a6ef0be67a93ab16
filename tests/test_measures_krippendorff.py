"""Krippendorff's alpha."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.agreement import krippendorff


def table(*rows: str) -> pd.DataFrame:
    return pd.DataFrame([[None if code in ".*" else int(code) for code in row.split()] for row in rows], dtype=float)


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: 4 observers x 12 units
PAPER = table(
    "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."
)
# 3 coders x 15 units, from the Python package krippendorff
PACKAGE = table("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.743421053), ("ordinal", 0.815387504), ("interval", 0.849107143), ("ratio", 0.797402775)],
)
def test_the_papers_example(level: str, value: float) -> None:
    """Published .743 .815 .849 .797; the unit with a single value is left out."""
    assert krippendorff(PAPER, level) == pytest.approx(value, abs=5e-10)


@pytest.mark.parametrize(
    ("level", "value"),
    [("nominal", 0.691358025), ("ordinal", 0.806721420), ("interval", 0.810844893), ("ratio", 0.808943671)],
)
def test_the_packages_example(level: str, value: float) -> None:
    """The second example on all four levels, recomputed in R."""
    assert krippendorff(PACKAGE, level) == pytest.approx(value, abs=6e-10)


def test_words_are_fine_as_nominal_codes() -> None:
    """Themes are words: renaming the codes does not change the nominal alpha."""
    words = PAPER.astype(object).replace({1.0: "a", 2.0: "b", 3.0: "c", 4.0: "d", 5.0: "e"})
    assert krippendorff(words) == pytest.approx(0.743421053, abs=5e-10)


@pytest.mark.parametrize("data", [[[1, 1], [1, 1]], [[1, 2, 3]]])
def test_one_code_or_one_coder_has_no_alpha(data: list[list[int]]) -> None:
    """Without variation or pairs alpha is unknown."""
    assert krippendorff(data) is None


def test_an_unknown_level_is_refused() -> None:
    """The level is one of four."""
    with pytest.raises(DataError, match="Allowed: nominal, ordinal, interval, ratio"):
        krippendorff(PAPER, "absolute")


@given(st.lists(st.integers(1, 5), min_size=2, max_size=12).filter(lambda codes: len(set(codes)) > 1))
def test_coders_who_always_agree_have_alpha_one(codes: list[int]) -> None:
    """Full agreement is 1 on every level."""
    assert [krippendorff([codes, codes], level) for level in ("nominal", "ordinal", "interval")] == [1.0, 1.0, 1.0]
