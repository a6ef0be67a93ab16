"""Every rater's competency scores of a whole programme at once: for reliability, where decimals are exact enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.ratings import Catalogue

KEYS = ["reviewee_id", "rater_group", "rater_id"]


def rater_scores(frame: pd.DataFrame, items: Catalogue, min_item_share: float) -> pd.DataFrame:
    """Return each rater's mean over the answered items of each competency.

    The same as `kohtaamo_utils.measures.ratings.competency_score`, in floats and for all reviewees together.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of one wave.
    items
        The programme's items and their competencies.
    min_item_share
        Share of a competency's items (0-1) that a rater must have answered.

    Returns
    -------
    DataFrame
        ``reviewee_id``, ``rater_group``, ``rater_id``, ``competency``, ``score``: a row for each score there is, sorted.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("v", "peer", "a", "i", 4.0), ("v", "peer", "a", "j", 5.0), ("v", "peer", "b", "i", None)]
    >>> frame = pd.DataFrame(rows, columns=["reviewee_id", "rater_group", "rater_id", "item", "score"])
    >>> rater_scores(frame, {"i": "trust", "j": "trust"}, 0.5)["score"].tolist()
    [4.5]
    """
    asked: dict[str, int] = {}
    for competency in items.values():
        if competency is not None:
            asked[competency] = asked.get(competency, 0) + 1
    rows = frame[[*KEYS, "score"]].assign(competency=frame["item"].astype(str).map(dict(items)))
    rows = rows.dropna(subset=["competency", "score"])
    found = rows.groupby([*KEYS, "competency"], sort=True)["score"].agg(["mean", "count"]).reset_index()
    enough = found["count"] >= min_item_share * found["competency"].map(asked) - 1e-9
    return found[enough].rename(columns={"mean": "score"}).drop(columns="count").reset_index(drop=True)
