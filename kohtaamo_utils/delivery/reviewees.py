"""Whose 360 report is whose: the consultant's own list, where the client's files call people by addresses or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.delivery.spreadsheet import csv_text
from kohtaamo_utils.intake.reviewee_names import LIST

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset

COLUMNS = ("report", "in_the_file", "name")


def write_reviewees(reports: Path, dataset: Dataset | None) -> None:
    """Write ``internal/review_360/reviewees.csv``: a line for each reviewee with the name of the report's file.

    It is there where some reviewee's report is not called as the client's files call the person, and is the one place
    below ``reports/`` that holds what they do. Where nobody's is any more, it goes.

    Parameters
    ----------
    reports
        Folder of the reports.
    dataset
        What was read; None where nothing could be, which changes nothing.
    """
    if dataset is None or "ratings_360" not in dataset.tables:
        return
    file = reports / LIST
    if not dataset.identifiers:
        file.unlink(missing_ok=True)
        return
    frame = dataset.tables["ratings_360"]
    names = (
        frame.dropna(subset="reviewee_name").drop_duplicates("reviewee_id") if "reviewee_name" in frame else frame[:0]
    )
    named = dict(zip(names["reviewee_id"], names["reviewee_name"], strict=True)) if len(names) else {}
    lines = [
        [reviewee, dataset.identifiers.get(reviewee, reviewee), named.get(reviewee, "")]
        for reviewee in sorted(frame["reviewee_id"].unique().tolist())
    ]
    write_whole(file, csv_text(COLUMNS, lines))
