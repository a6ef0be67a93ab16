"""The claims that are often heard, with their grades, and what the grades mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.numbers import MINUS
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.roi.evidence import load

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context

GRADES = {
    "A": N_("A: the client's own controlled trial"),
    "B": N_("B: the client's own measurement, or a good study of a like case"),
    "C": N_("C: a survey or study of other conditions"),
    "D": N_("D: a common claim whose source was not found"),
    "E": N_("E: a claim without a source"),
}


def grade_text(grade: str) -> str:
    """Return a grade with a minus as it is printed.

    Examples
    --------
    >>> grade_text("B-")
    'B−'
    """
    return grade.replace("-", MINUS)


def evidence_blocks(context: Context) -> list[Block]:
    """Return what the grades mean, and the register's claims with theirs; both folded."""
    t, register = context.t, load()
    rows = [
        (
            claim.claim.in_language(context.language),
            grade_text(claim.grade),
            claim.finding.in_language(context.language),
        )
        for claim in register.claims
    ]
    table = Table(
        t("Claims that are often heard"),
        (t("Claim"), t("Grade"), t("What was found")),
        tuple(rows),
        note=t("Looked up on {date}. None of these feeds the calculation.", date=context.f.date(register.reviewed_on)),
    )
    return [
        Fold(t("What do the grades of evidence mean?"), tuple(Paragraph(t(text)) for text in GRADES.values())),
        Fold(t("What about the figures that are often quoted?"), (table,)),
    ]
