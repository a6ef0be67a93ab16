"""Mystery shopping: points earned of points possible, visit by visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.measures.estimate import LEVEL, Estimate
from kohtaamo_utils.measures.icc import icc_one_way
from kohtaamo_utils.measures.means import mean
from kohtaamo_utils.measures.proportions import share_of

if TYPE_CHECKING:
    import pandas as pd

DESCRIBING = ("visited_on", "touchpoint", "unit")
SAME = 1e-9
"""Largest distance of two scores that are called alike."""
FEWEST_PAIRS = 5
"""Pairs of visits from which an intraclass correlation is told."""


def visit_scores(frame: pd.DataFrame) -> pd.DataFrame:
    """Score each visit: Σ weight·score / Σ weight·maximum over the criteria that applied.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping``: visit_id, score, maximum; weight (1 where missing), visited_on, touchpoint,
        unit if there are any. A criterion without a score did not apply and leaves both sums.

    Returns
    -------
    DataFrame
        A row per visit with a score: visit_id, points, possible, criteria, score (a share) and the visit's touchpoint,
        unit and date where the input has them.

    Raises
    ------
    DataError
        A visit could not earn any point: its maxima or weights are zero.

    Examples
    --------
    >>> import pandas as pd
    >>> visit = pd.DataFrame(
    ...     {"visit_id": [1, 1, 1], "score": [1, 0.5, None], "maximum": [1, 1, 1], "weight": [5, 10, 5]}
    ... )
    >>> visit_scores(visit)[["points", "possible"]].values.tolist()
    [[10.0, 15.0]]
    """
    rows = frame.dropna(subset=["visit_id", "score", "maximum"])
    weight = rows["weight"].astype("float64").fillna(1.0) if "weight" in rows else 1.0
    rows = rows.assign(
        points=rows["score"].astype("float64") * weight, possible=rows["maximum"].astype("float64") * weight
    )
    columns = {"points": ("points", "sum"), "possible": ("possible", "sum"), "criteria": ("score", "size")}
    columns |= {name: (name, "first") for name in DESCRIBING if name in rows}
    visits = rows.groupby("visit_id", sort=False, observed=True).agg(**columns).reset_index()
    _refuse_pointless(visits)
    return visits.assign(score=visits["points"] / visits["possible"])


def mystery_score(frame: pd.DataFrame, level: float = LEVEL) -> Estimate:
    """Estimate the mean score of a visit.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping``, or part of it.
    level
        Confidence level.

    Returns
    -------
    Estimate
        A share with Student's t interval over visits, cut at 0 and 1; ``n`` counts visits, each weighing the same.

    Examples
    --------
    >>> import pandas as pd
    >>> visits = pd.DataFrame({"visit_id": [1, 2], "score": [3, 4], "maximum": [5, 5]})
    >>> round(mystery_score(visits).value, 6)
    0.7
    """
    found = mean(visit_scores(frame)["score"], level=level, unit="share")
    if found.low is None or found.high is None:
        return found
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1.0))


def by(frame: pd.DataFrame, column: str, level: float = LEVEL) -> dict[str, Estimate]:
    """Estimate the mean score of a visit for each unit, touchpoint, element or criterion.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping``.
    column
        What to part the criteria by; rows without it are left out.
    level
        Confidence level.

    Returns
    -------
    dict
        An estimate for each value as text, in sorted order; within a value each visit is scored over that value's criteria.

    Raises
    ------
    DataError
        There is no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> visits = pd.DataFrame({"visit_id": [1, 2], "score": [3, 4], "maximum": [5, 5], "unit": ["Turku", "Oulu"]})
    >>> {unit: score.value for unit, score in by(visits, "unit").items()}
    {'Oulu': 0.8, 'Turku': 0.6}
    """
    if column not in frame:
        raise DataError(
            say(
                '"{column}" came as a dimension of the visits. Allowed: {columns}.',
                column=column,
                columns=", ".join(map(str, frame.columns)),
            )
        )
    return {str(value): mystery_score(part, level) for value, part in frame.groupby(column, observed=True)}


def _refuse_pointless(visits: pd.DataFrame) -> None:
    pointless = visits[~(visits["possible"] > 0)]
    if len(pointless):
        raise DataError(
            say(
                'Visit "{visit}" has no point to earn. Give its criteria a maximum and a weight above 0.',
                visit=str(pointless["visit_id"].iloc[0]),
            )
        )


@dataclass(frozen=True, kw_only=True)
class DoubleVisits:
    """How far two shoppers agreed who visited the same touchpoint of the same unit on the same day.

    Parameters
    ----------
    pairs
        Pairs of visits with at least one criterion that both scored.
    same
        Share of those criteria that both scored alike, with Wilson's interval; ``n`` counts criteria.
    gap
        Mean distance of the two visits' scores, as a share of the points.
    icc
        One-way intraclass correlation of the visits' scores; None with fewer than five pairs.
    """

    pairs: int
    same: Estimate
    gap: float
    icc: float | None


def double_visits(frame: pd.DataFrame) -> DoubleVisits | None:
    """Compare visits that two shoppers made to one touchpoint of one unit on one day.

    Parameters
    ----------
    frame
        Canonical ``mystery_shopping`` with unit, touchpoint and visited_on.

    Returns
    -------
    DoubleVisits or None
        None where there is no such pair, or the columns are not there. Of three visits the first two are compared.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"visit_id": [1, 1, 2, 2], "criterion": ["a", "b"] * 2, "score": [1, 0, 1, 1], "maximum": [1] * 4})
    >>> found = double_visits(rows.assign(unit="Turku", touchpoint="Kassa", visited_on=pd.Timestamp("2025-05-05")))
    >>> found.same.value, found.gap
    (0.5, 0.5)
    """
    if any(name not in frame for name in DESCRIBING):
        return None
    visits = visit_scores(frame).dropna(subset=list(DESCRIBING))
    together = [part["visit_id"].tolist()[:2] for _, part in visits.groupby(list(DESCRIBING)) if len(part) > 1]
    rows = frame.dropna(subset=["score", "maximum"])
    shares = rows.assign(share=rows["score"] / rows["maximum"]).set_index(["visit_id", "criterion"])["share"]
    scores = visits.set_index("visit_id")["score"]
    gaps = [(shares.loc[one] - shares.loc[other]).dropna() for one, other in together]
    compared = [(pair, gap) for pair, gap in zip(together, gaps, strict=True) if len(gap)]
    if not compared:
        return None
    alike = sum(int((gap.abs() < SAME).sum()) for _, gap in compared)
    pairs = [[float(scores[visit]) for visit in pair] for pair, _ in compared]
    return DoubleVisits(
        pairs=len(compared),
        same=share_of(alike, sum(len(gap) for _, gap in compared)),
        gap=sum(abs(one - other) for one, other in pairs) / len(pairs),
        icc=icc_one_way(pairs).icc1 if len(pairs) >= FEWEST_PAIRS else None,
    )
