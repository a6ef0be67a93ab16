"""Critical questions of mystery shopping: one without points can pull down the whole visit, or its element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Pulled = Literal["visit", "element"]
"""What a failed critical question pulls down."""


def failed(frame: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of critical questions that applied and earned nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> failed(pd.DataFrame({"score": [0.0, 0.0, None], "critical": [True, False, True]})).tolist()
    [True, False, False]
    """
    if "critical" not in frame.columns:
        return frame["score"].isna() & False
    return frame["critical"].fillna(value=False).astype(bool) & frame["score"].le(0).fillna(value=False).astype(bool)


def pulled_down(frame: pd.DataFrame, fails: Pulled, at_most: float) -> pd.DataFrame:
    """Lower the scores of what a failed critical question pulls down, all in proportion, to the share that is left.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping``.
    fails
        ``visit``: all criteria of the visit. ``element``: those of the same element on that visit; criteria without an
        element count as one element.
    at_most
        Largest share of the weighted points, 0-1, that the visit or element keeps; one with less keeps what it has.

    Returns
    -------
    DataFrame
        The same rows, with other scores where a critical question failed.

    Examples
    --------
    >>> import pandas as pd
    >>> visit = pd.DataFrame({"visit_id": [1, 1, 1], "score": [0.0, 1.0, 1.0], "maximum": 1.0, "critical": [True, False, False]})
    >>> pulled_down(visit, "visit", 0.5)["score"].tolist()
    [0.0, 0.75, 0.75]
    """
    marks = failed(frame)
    keys = [frame["visit_id"]]
    if fails == "element" and "element" in frame.columns:
        keys.append(frame["element"])
    weight = frame["weight"].astype("float64").fillna(1.0) if "weight" in frame.columns else 1.0
    there = frame["score"].notna() & frame["maximum"].notna()

    def of_part(values: pd.Series) -> pd.Series:
        return (values * weight).where(there, 0.0).groupby(keys, dropna=False).transform("sum")

    earned, possible = of_part(frame["score"]), of_part(frame["maximum"])
    hit = marks.groupby(keys, dropna=False).transform("any") & (earned > at_most * possible)
    factor = (at_most * possible / earned).where(hit, 1.0)
    return frame.assign(score=frame["score"] * factor)
