"""Whose answers are protected even where many gave them, and what of a measure's figure would tell them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.alike import Alike, Scored, alike_in, could_be_common
from kohtaamo_utils.measures.nps import DETRACTOR_TO, PROMOTER_FROM
from kohtaamo_utils.reports.catalogue import Measure, element

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.estimate import Estimate

TELLING = "would tell what single people answered"
"""Reason of a hidden cell of protected people, as ``results.json`` gives it: the same whether it is too much alike or would give few away, so that it does not tell which."""


def alike_of(measure: Measure, rows: pd.DataFrame, minimum: int, *, weighted: bool) -> Alike:
    """Return what tells of some of the rows whether a measure's figure would tell what each person answered.

    Parameters
    ----------
    measure
        What is shown.
    rows
        Those who answered it.
    minimum
        Smallest number of people that is shown.
    weighted
        Whether the figure is weighted.
    """
    answers = measure.answers(rows)
    scales = [_scored(measure, answers)]
    if len(measure.columns) > 1:
        scales += [_scored(part, part.answers(rows)[answers.notna()]) for part in map(element, measure.columns)]
    return alike_in(scales, minimum, weighted=weighted)


def without_telling_spread(measure: Measure, estimate: Estimate) -> Estimate:
    """Return an estimate without its interval where everybody could have given its value: the two together would tell it.

    Examples
    --------
    >>> from kohtaamo_utils.measures.means import mean
    >>> from kohtaamo_utils.reports.catalogue import CES
    >>> [without_telling_spread(CES, mean(answers)).low is None for answers in ([3] * 8, [2, 4] * 4, [3] * 7 + [4])]
    [True, True, False]
    """
    if estimate.value is None or estimate.low is None or not _common(measure, estimate.value):
        return estimate
    return replace(estimate, low=None, high=None, method="none")


def _common(measure: Measure, value: float) -> bool:
    if measure.kind == "nps":
        return could_be_common(value, 0.0, 100.0)
    return could_be_common(value, measure.limits[0], 1.0 / len(measure.columns))


def _scored(measure: Measure, answers: pd.Series) -> Scored:
    """Return the answers as the figure counts them: recommendations as 1, 0 and −1, satisfied people as 1."""
    known = answers.dropna().astype("float64")
    if measure.kind == "nps":
        return Scored((known >= PROMOTER_FROM).astype(float) - (known <= DETRACTOR_TO).astype(float), -1.0, 1.0)
    if measure.kind == "share":
        return Scored((known >= 4).astype(float), 0.0, 1.0)
    return Scored(known, measure.limits[0], measure.limits[1], 1.0 / len(measure.columns))
