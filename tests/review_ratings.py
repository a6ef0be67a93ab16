"""Rows of 360 ratings made for a test, and the person's report on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engagements import make_engagement

from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def rows(
    answers: Mapping[str, Sequence[Mapping[str, int]]], reviewee: str = "a", wave: str = ""
) -> list[dict[str, Any]]:
    """Return ratings: rater group to raters, each a mapping of item to score; an item is called "competency.name"."""
    return [
        {
            "reviewee_id": reviewee, "rater_id": f"{reviewee}-{group}-{number}", "rater_group": group, "item": item,
            "competency": item.split(".")[0], "score": score, **({"wave": wave} if wave else {}),
        }
        for group, raters in answers.items()
        for number, its in enumerate(raters)
        for item, score in its.items()
    ]  # fmt: skip


def raters(**scores: str) -> list[dict[str, int]]:
    """Return raters from one string of digits an item: ``raters(trust_a="445")`` are three, on the item "trust.a"."""
    columns = {name.replace("_", "."): [int(score) for score in digits] for name, digits in scores.items()}
    return [dict(zip(columns, its, strict=True)) for its in zip(*columns.values(), strict=True)]


def opened(
    folder: Path, ratings: list[dict[str, Any]], language: str = "en", **settings: Any
) -> review_360.PersonReview:
    """Return the report on reviewee "a"; keyword arguments are keys of ``review_360``."""
    made = make_engagement(folder, {"review_360": settings} if settings else {}, {"ratings_360": ratings})
    return review_360.open_person(str(made), "a", language)
