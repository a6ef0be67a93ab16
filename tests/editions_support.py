"""Editions of a small review, made from answers; used by the tests of the release ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from kohtaamo_utils.disclosure.editions import Edition, comments_of, edition_of
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.measures.ratings import score

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET = "5" * 32


def frame_of(
    people: Mapping[tuple[str, str], tuple[int | None, ...]],
    *,
    wave: str | None = None,
    comments: Mapping[str, str] | None = None,
    reviewee: str = "r03",
) -> pd.DataFrame:
    """Return canonical ratings: every item is of the competency trust."""
    rows = [
        {
            "reviewee_id": reviewee,
            "rater_id": rater,
            "rater_group": group,
            "item": f"i{item}",
            "competency": "trust",
            "score": float("nan") if value is None else float(value),
            "wave": wave,
            "comment": (comments or {}).get(rater) if item == 0 else None,
        }
        for (group, rater), values in people.items()
        for item, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def edition(
    people: Mapping[tuple[str, str], tuple[int | None, ...]],
    *,
    wave: str | None = None,
    comments: Mapping[str, str] | None = None,
    secret: str = SECRET,
    reviewee: str = "r03",
    disclosure: Mapping[str, Any] | None = None,
    **review: Any,
) -> Edition:
    """Return the edition that a report on these answers would be."""
    settings = EngagementSettings.model_validate(
        {"client": "A", "review_360": review, "disclosure": dict(disclosure or {})}
    )
    frame = frame_of(people, wave=wave, comments=comments, reviewee=reviewee)
    scores = score(frame, min_item_share=settings.review_360.min_item_share, scale=settings.review_360.scale)
    publication = publish(scores, rules_of(settings.disclosure, settings.review_360))
    return edition_of(scores, publication, settings, comments_of(frame), secret)


def group(name: str, raters: str, *values: int | None) -> dict[tuple[str, str], tuple[int | None, ...]]:
    """Return a group's raters, a letter each, all with these answers, but shifted by one from rater to rater."""
    return {
        (name, rater): tuple(value if value is None else (value + place) % 3 + 2 for value in values)
        for place, rater in enumerate(raters)
    }
