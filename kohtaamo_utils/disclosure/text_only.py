"""A review in words only (``review_360: {scores: false}``): who answered, and no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.comments import remarks
from kohtaamo_utils.measures.ratings import ReviewScores, Sheet, in_wave, latest_wave, score

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement.settings import Review360Settings
    from kohtaamo_utils.measures.ratings import Catalogue


def scores_of(frame: pd.DataFrame, review: Review360Settings, items: Catalogue | None = None) -> ReviewScores:
    """Return one reviewee's scores as the settings want them: all, or none in a review in words only.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of one reviewee.
    review
        ``review_360`` of ``engagement.yaml``.
    items
        The programme's items; the frame's own where not given.
    """
    if review.scores:
        return score(frame, min_item_share=review.min_item_share, scale=review.scale, items=items)
    return unscored(frame, review.min_item_share)


def unscored(frame: pd.DataFrame, min_item_share: float = 0.5) -> ReviewScores:
    """Return who answered in the last wave, with no answer: everybody who gave a score or a comment.

    Whatever is made of it, no score can be in it.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"reviewee_id": ["r"] * 3, "rater_id": ["a", "b", "c"], "rater_group": ["peer"] * 3,
    ...     "item": ["i"] * 3, "score": [4.0, None, None], "comment": [None, "Hyvä!", "-"]})
    >>> [(sheet.rater_id, dict(sheet.answers)) for sheet in unscored(frame).sheets]
    [('a', {}), ('b', {})]
    """
    wave, earlier = latest_wave(frame)
    rows = in_wave(frame, wave)
    answered = {(remark.group, remark.rater_id) for remark in remarks(rows)}
    if "score" in rows.columns:
        scored = rows[rows["score"].notna()]
        answered |= set(zip(scored["rater_group"].astype(str), scored["rater_id"].astype(str), strict=True))
    return ReviewScores(
        reviewee_id=str(frame["reviewee_id"].iloc[0]) if len(frame) else "",
        wave=wave,
        earlier_waves=earlier,
        catalogue={},
        sheets=tuple(Sheet(rater, group, {}) for group, rater in sorted(answered)),
        min_item_share=min_item_share,
    )
