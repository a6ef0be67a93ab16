"""Mystery-shopping criteria that are answered yes or no: a criterion that was met earns all of its points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.scales.scale_refusals import refused
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct, is_blank
from kohtaamo_utils.intake.values.vocabulary import TICKS, parse_flags

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound


def met(cells: list[Cell]) -> dict[Cell, bool | None]:
    """Return whether each distinct cell without a figure says yes or no, None for neither; nothing where none of them does.

    Numbers are points. Ticks are left out: an empty cell beside them may be a no.

    Examples
    --------
    >>> met(["Kyllä", "Ei", "", "3"]), met(["1", "0"]), met(["x", ""])
    ({'Kyllä': True, 'Ei': False}, {}, {})
    >>> met(["Ja", "Delvis"])
    {'Ja': True, 'Delvis': None}
    """
    given = [cell for cell in cells if not is_blank(cell) and not any(sign.isdigit() for sign in as_text(cell))]
    if not TICKS.isdisjoint(as_text(cell).casefold() for cell in given):
        return {}
    found = dict(zip(given, parse_flags(given).found, strict=True))
    return {} if set(found.values()) <= {None} else found


def with_points(columns: dict[str, Bound], findings: Findings) -> dict[str, Bound]:
    """Return mystery shopping's columns, the only ones with a maximum, with that for a yes and 0 for a no; each is logged.

    Parameters
    ----------
    columns
        Raw cells by canonical column, those that mean no answer already empty.
    findings
        Takes what was read as what, and a problem for a word that is neither.
    """
    if "score" not in columns or "maximum" not in columns or columns["score"].constant:
        return columns
    score = columns["score"]
    said = met(distinct(score.cells)[1])
    neither = next((cell for cell, yes in said.items() if yes is None), None)
    if neither is not None:
        score = refused(
            score,
            neither,
            findings,
            kind="not_yes_or_no",
            message=say("This is neither yes nor no."),
            expected=say("yes or no, or points as numbers"),
            advice=say("Write its points as a number; list it under `missing` only if it means no answer."),
        )
        return {**columns, "score": score}
    counts = score.cells.value_counts()
    for cell, yes in said.items():
        names = {"value": as_text(cell), "name": score.label}
        detail = (
            say("{value} in {name} read as all points", **names) if yes else say("{value} in {name} read as 0", **names)
        )
        findings.note("inferred", "scale_words", int(counts[cell]), detail, column="score", value=as_text(cell))
    for yes, points in ((True, columns["maximum"].cells), (False, 0)):
        words = [cell for cell, its in said.items() if its is yes]
        score = replace(score, cells=score.cells.mask(score.cells.isin(words), points))
    return {**columns, "score": score}
