"""Ratings of whole programmes made for a test, and the group's report on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engagements import make_engagement

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

Rows = list[dict[str, object]]


def rows_of(reviewee: str, competencies: Mapping[str, Mapping[str, list[int]]], **same: object) -> Rows:
    """Return ratings of one reviewee: competency to rater group to its raters' scores, one item a competency."""
    return [
        {
            "reviewee_id": reviewee, "reviewee_name": f"Nimi {reviewee}", "rater_id": f"{reviewee}-{group}-{number}",
            "rater_group": group, "item": f"Item of {competency}", "competency": competency, "score": value, **same,
        }
        for competency, groups in competencies.items()
        for group, values in groups.items()
        for number, value in enumerate(values)
    ]  # fmt: skip


def opened(folder: Path, rows: Rows, **tables: Rows) -> review_360.GroupReview:
    return review_360.open_group(str(make_engagement(folder, {}, {"ratings_360": rows, **tables})))


def programme(n: int = 8, **competencies: Mapping[str, list[int]]) -> Rows:
    """Return n reviewees who all get the same in the competencies."""
    return [row for number in range(n) for row in rows_of(f"v{number}", competencies)]


def cells_of(section: Section, caption: str) -> dict[str, tuple[str, ...]]:
    """Return a table's rows by their first cell."""
    table = next(block for block in section.blocks if isinstance(block, Table) and block.caption == caption)
    return {row[0]: row[1:] for row in table.rows}


PEERS = {"self": [3], "peer": [3, 4, 3, 2, 3]}
