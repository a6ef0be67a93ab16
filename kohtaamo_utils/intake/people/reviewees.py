"""What a 360 programme's ratings must keep over all of a source's files: ids that can name a report, one self each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.people.file_names import unfit_names

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Table

RATINGS = "ratings_360"
SELF = "self"


def check_reviewees(parts: list[Part], table: Table) -> None:
    """Record a problem for each reviewee whose id cannot name a report, or who rates themself as two people.

    Parameters
    ----------
    parts
        A source's files; other tables than the ratings are passed over.
    table
        The canonical table.
    """
    if table.name != RATINGS:
        return
    _check_ids(parts)
    _check_selves(parts)


def _check_ids(parts: list[Part]) -> None:
    first: dict[str, tuple[Part, int]] = {}
    for part in parts:
        if "reviewee_id" in part.frame:
            ids = part.frame["reviewee_id"].dropna().drop_duplicates()
            for row, name in zip(ids.index.tolist(), ids.tolist(), strict=True):
                first.setdefault(name, (part, row))
    for unfit in unfit_names(first):
        part, row = first[unfit.name]
        part.findings.problem(
            "unfit_id",
            unfit.message,
            expected=say("an id that can name the reviewee's report"),
            advice=unfit.advice,
            row=row,
            column=part.label("reviewee_id"),
            value=part.raw("reviewee_id", row),
        )


def _check_selves(parts: list[Part]) -> None:
    """Two raters who are both the reviewee: one of them is somebody else, and would be shown by name."""
    known: dict[tuple[Hashable, ...], dict[str, tuple[Part, int]]] = {}
    for part in parts:
        frame = part.frame
        if not {"reviewee_id", "rater_id", "rater_group"} <= set(frame.columns):
            continue
        selves = frame.loc[(frame["rater_group"] == SELF).fillna(value=False).to_numpy(dtype=bool)]
        waves = selves["wave"].fillna("").tolist() if "wave" in frame else [""] * len(selves)
        people = zip(
            selves["reviewee_id"].tolist(), waves, selves["rater_id"].tolist(), selves.index.tolist(), strict=True
        )
        for reviewee, wave, rater, row in people:
            if isinstance(reviewee, str) and isinstance(rater, str):
                known.setdefault((reviewee, wave), {}).setdefault(rater, (part, row))
    for (reviewee, _), raters in known.items():
        (name, (other, place)), *rest = raters.items()
        for _, (part, row) in rest:
            where = say("row {row}", row=str(place))
            if other is not part:
                where = say("row {row} of {file}", row=str(place), file=other.findings.file)
            part.findings.problem(
                "two_selves",
                say(
                    "{reviewee} rates themself as another rater too, {name} in {where}: one of the two is somebody else.",
                    reviewee=str(reviewee),
                    name=name,
                    where=where,
                ),
                expected=say("one rater in the group self for each reviewee and wave"),
                advice=say("Correct the rater's group or id."),
                row=row,
                column=part.label("rater_id"),
                value=part.raw("rater_id", row),
            )
