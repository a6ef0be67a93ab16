"""Intraclass correlations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.agreement import rwg
from kohtaamo_utils.measures.reliability import icc, icc_one_way

if TYPE_CHECKING:
    from pathlib import Path

# Shrout & Fleiss (1979), Psychol. Bull. 86:420-428, 6 targets x 4 judges
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
FORMS = {
    "icc1": (0.165742, -0.1329323, 0.722560),
    "icc2": (0.289764, 0.0187865, 0.761084),
    "icc3": (0.714841, 0.3424648, 0.945858),
    "icc1k": (0.442797, -0.8844422, 0.912415),
    "icc2k": (0.620051, 0.0711368, 0.927232),
    "icc3k": (0.909316, 0.6756747, 0.985892),
}
REVIEWEES = [[4, 4, 5, 4, 3], [3, 2, 3, 3, 4], [5, 5, 4, 5, 5], [2, 3, 3, 2, 2]]


@pytest.mark.parametrize("form", FORMS)
def test_the_six_forms_agree_with_psych(form: str) -> None:
    """Values and 95 % limits of the published table as psych::ICC and pingouin give them."""
    found = getattr(icc(SHROUT_FLEISS), form)
    assert (found.value, found.low, found.high) == pytest.approx(FORMS[form], abs=6e-7)
    assert (found.n, found.unit) == (6, "share")


def test_mean_squares_agree_with_the_paper() -> None:
    """BMS 11.24, WMS 6.26, JMS 32.49, EMS 1.02."""
    found = icc(SHROUT_FLEISS)
    squares = (found.ms_between, found.ms_within, found.ms_raters, found.ms_error)
    assert squares == pytest.approx((11.241667, 6.263889, 32.486111, 1.019444), abs=5e-7)


def test_published_file_gives_the_published_forms(shared_data: Path) -> None:
    """The file's six forms round to the printed .17 .29 .71 .44 .62 .91."""
    folder = shared_data / "shrout_fleiss_1979"
    published = json.loads((folder / "expected.json").read_text())["published"]
    found = icc(pd.read_csv(folder / "shrout_fleiss.csv").drop(columns="target"))
    values = [found.icc1, found.icc2, found.icc3, found.icc1k, found.icc2k, found.icc3k]
    assert [round(one.value, 2) for one in values] == list(published.values())


def test_rows_with_a_missing_rating_are_dropped() -> None:
    """The table must be full: an incomplete target does not count."""
    assert icc([*SHROUT_FLEISS, [1, 2, float("nan"), 4]]) == icc(SHROUT_FLEISS)


@pytest.mark.parametrize("table", [[[1, 2]], [[1], [2]]])
def test_a_table_too_small_is_refused(table: list[list[int]]) -> None:
    """One target or one rater has no intraclass correlation."""
    with pytest.raises(DataError, match="It takes 2 × 2 or more"):
        icc(table)


def test_ratings_that_do_not_vary_are_refused() -> None:
    """Where all ratings are the same there is nothing to correlate."""
    with pytest.raises(DataError, match="do not vary"):
        icc([[3, 3], [3, 3]])


def test_one_way_correlations_of_four_reviewees() -> None:
    """Mean squares 5.65 and .375 give ICC(1) .73776224 and ICC(2) .93362832."""
    found = icc_one_way(REVIEWEES)
    assert (found.ms_between, found.ms_within, found.k0, found.n) == pytest.approx((5.65, 0.375, 5, 4))
    assert (found.icc1, found.icc2) == pytest.approx((0.73776224, 0.93362832), abs=5e-9)


def test_one_way_equals_the_first_form_on_a_full_table() -> None:
    """With equal groups ICC(1) and ICC(2) are Shrout and Fleiss' ICC(1,1) and ICC(1,k)."""
    found, forms = icc_one_way(SHROUT_FLEISS), icc(SHROUT_FLEISS)
    assert (found.icc1, found.icc2) == pytest.approx((forms.icc1.value, forms.icc1k.value))


def test_agreement_within_the_same_reviewees() -> None:
    """The within-reviewee variances .5 .5 .2 .3 give r_wg .75 .75 .90 .85."""
    assert [rwg(scores) for scores in REVIEWEES] == pytest.approx([0.75, 0.75, 0.90, 0.85])


def test_unequal_groups_use_the_adjusted_size() -> None:
    """k0 = (N - Σn²/N) / (g - 1): for sizes 2 and 4 it is 8/3, below their mean."""
    assert icc_one_way([[1, 2], [3, 4, 4, 5]]).k0 == pytest.approx(8 / 3)


def test_empty_groups_and_missing_ratings_are_dropped() -> None:
    """A reviewee whom nobody rated does not count."""
    assert icc_one_way([*REVIEWEES, [], [float("nan")]]) == icc_one_way(REVIEWEES)


@pytest.mark.parametrize("groups", [[[4, 5, 3]], [[4], [5], [3]], []])
def test_one_reviewee_or_single_ratings_have_no_correlation(groups: list[list[float]]) -> None:
    """With one group, or one rating each, both correlations are unknown."""
    found = icc_one_way(groups)
    assert (found.icc1, found.icc2, found.n) == (None, None, len(groups))


def test_ratings_all_alike_have_no_one_way_correlation() -> None:
    """Zero variance everywhere is unknown, not a division by zero."""
    found = icc_one_way([[3, 3], [3, 3]])
    assert (found.icc1, found.icc2) == (None, None)


def test_the_one_way_interval_is_that_of_equal_groups() -> None:
    """With groups of one size ICC(1) and ICC(2) have the limits of ICC(1,1) and ICC(1,k) as psych::ICC gives them."""
    found = icc_one_way(SHROUT_FLEISS)
    for estimate, form in ((found.single(), "icc1"), (found.average(), "icc1k")):
        assert (estimate.value, estimate.low, estimate.high) == pytest.approx(FORMS[form], abs=6e-7)
    assert found.ratings == 24


def test_the_limits_of_unequal_groups_use_k0() -> None:
    """Sizes 3, 2, 4: k0 = (9 - 29/9) / 2 = 26/9; the limits of ICC(2) are those of ICC(1) stepped up by it."""
    found = icc_one_way([[4, 4, 5], [2, 3], [5, 5, 4, 5]])
    assert found.k0 == pytest.approx(26 / 9)
    single, average = found.single(), found.average()
    for one, all_of_them in ((single.low, average.low), (single.high, average.high)):
        assert found.k0 * one / (1 + (found.k0 - 1) * one) == pytest.approx(all_of_them)


def test_ratings_that_agree_fully_have_no_interval() -> None:
    """Without any spread within groups the correlation is 1, and there is nothing to make an interval from."""
    single = icc_one_way([[4, 4], [2, 2]]).single()
    assert (single.value, single.low) == (1.0, None)
