"""Reviewees whom the client's file calls by an address, a number or a name: ids that can stand in files, pages and logs.

Qualtrics and many forms know a reviewee by the e-mail address. It becomes the same pseudonym as the rater's, so somebody
who rates themself is one person in both columns. A name stays one, fit for a file's name. What the file had is kept for
the consultant's own list, and for nobody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.personal_data import KINDS, kinds_in
from kohtaamo_utils.intake.people.file_names import safe_name
from kohtaamo_utils.intake.people.privacy import pseudonymised, with_cells
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.people.privacy import Pseudonyms
    from kohtaamo_utils.intake.sheets.bound import Bound

REVIEWEE, NAME = "reviewee_id", "reviewee_name"
_MARK = slice(2, 8)
"""Of a pseudonym: so many signs tell two names apart."""
_NAME = re.compile(r"(?=.{1,100}\Z)[^\W\d_](?:[\w ,'\u2019&-]|\.(?!\.)|\([^()]*\))*")
_NO_FILE = re.compile(r"[,'\u2019()&]|\.$")
"""A name as people write it, and what of it cannot be in a file's name. An id with other signs may lead elsewhere there, and is refused."""


def as_reviewees(bound: Mapping[str, Bound], pseudonyms: Pseudonyms, findings: Findings) -> dict[str, Bound]:
    """Return a file's columns with reviewees who can be named in a file; what they were called goes among the findings.

    Parameters
    ----------
    bound
        The canonical columns' cells; those of other tables have no reviewees.
    pseudonyms
        The engagement's.
    findings
        Takes the identifiers as they came, and log entries.
    """
    made = dict(bound)
    if REVIEWEE in made:
        given = made[REVIEWEE]
        made[REVIEWEE] = _fit(pseudonymised(given, pseudonyms, findings, names=False), pseudonyms, findings)
        findings.identifiers |= _replaced(given, made[REVIEWEE])
    if NAME in made:
        made[NAME] = _without_addresses(made[NAME], findings)
    return made


def _fit(column: Bound, pseudonyms: Pseudonyms, findings: Findings) -> Bound:
    """Give each name that no file can have one that it can."""
    codes, cells = distinct(column.cells)
    texts = [as_text(cell) for cell in cells]
    unfit = [bool(_NAME.fullmatch(text) and _NO_FILE.search(text)) for text in texts]
    count = sum(unfit[code] for code in codes.tolist())
    if not count:
        return column
    findings.note("inferred", "file_name", count, say("names in {name} made fit for a file's name", name=column.name))
    fit: list[Cell] = [
        safe_name(text, pseudonyms.of(text)[_MARK], "") if bad else cell
        for text, cell, bad in zip(texts, cells, unfit, strict=True)
    ]
    return with_cells(column, codes, fit)


def _replaced(given: Bound, made: Bound) -> dict[str, str]:
    """Return what the file called those whose id is another now; of several spellings the first."""
    import numpy as np

    found: dict[str, str] = {}
    codes, cells = distinct(given.cells)
    firsts = np.unique(codes, return_index=True)[1].tolist()
    for one, place in zip(map(as_text, cells), firsts, strict=True):
        other = as_text(made.cells.iloc[place])
        if one != other:
            found.setdefault(other, one)
    return found


def _without_addresses(column: Bound, findings: Findings) -> Bound:
    """Blank what stands in the place of a name and is an address or a number."""
    codes, cells = distinct(column.cells)
    kinds = [kinds_in(cell) if isinstance(cell, str) else () for cell in cells]
    for kind in dict.fromkeys(kind for found in kinds for kind in found):
        count = sum(kind in kinds[code] for code in codes.tolist())
        detail = say("{kinds} taken out of {name}", kinds=KINDS[kind], name=column.name)
        findings.note("redacted", kind, count, detail, column=column.name)
    if not any(kinds):
        return column
    return with_cells(column, codes, ["" if found else cell for cell, found in zip(cells, kinds, strict=True)])
