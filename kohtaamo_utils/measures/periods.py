"""The order of periods in time: numbers and days by themselves, texts only in a form whose order is sure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from pandas.api.types import is_object_dtype, is_string_dtype

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.answers import FloatArray

_NUMBER = re.compile(r"[-+]?[0-9]+")
_FORMS = tuple(
    map(re.compile, ("[0-9]{4}-[0-9]{2}", "[0-9]{4}-W[0-9]{2}", "[0-9]{4}-[QTH][0-9]", "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
)
"""Months, weeks, parts of a year and days as intake writes them: texts of one form sort as time does."""


def places(periods: pd.Series) -> FloatArray:
    """Return the place of each row's period among the periods, from 0 in the order of time.

    Parameters
    ----------
    periods
        Canonical ``period``: texts that are all whole numbers, or all of one form (``2024-01``, ``2024-W02``, ``2024-Q1``,
        ``2024-01-31``); or numbers, days or pandas' own periods.

    Raises
    ------
    DataError
        The order of the texts is not sure.

    Examples
    --------
    >>> import pandas as pd
    >>> places(pd.Series(["10", "2", "2"])), places(pd.Series(["2024-W10", "2024-W02"]))
    (array([1., 0., 0.]), array([1., 0.]))
    """
    values = periods.to_numpy()
    if is_object_dtype(periods.dtype) or is_string_dtype(periods.dtype):
        values = _sortable([str(value) for value in values])
    return np.unique(values, return_inverse=True)[1].astype(float)


def _sortable(texts: list[str]) -> np.ndarray:
    if all(_NUMBER.fullmatch(text) for text in texts):
        return np.array([int(text) for text in texts])
    for form in _FORMS:
        if all(form.fullmatch(text) for text in texts):
            return np.array(texts)
    odd = next((text for text in texts if not any(form.fullmatch(text) for form in (_NUMBER, *_FORMS))), texts[0])
    raise DataError(
        say(
            'The order of the periods is not sure: "{period}" came. Write all as 2024-01, 2024-W02, 2024-Q1 or 2024-01-31, or number them.',
            period=odd,
        )
    )
