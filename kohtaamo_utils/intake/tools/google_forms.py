"""Google Forms' export, straight or by way of Sheets: one header row that begins with the time of the answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.sheets.header_rows import joined, other_names
from kohtaamo_utils.intake.sheets.sheet import Sheet, build
from kohtaamo_utils.intake.tools.layout import Layout
from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings

TIMESTAMP = "Timestamp"
FIRST_COLUMN = {TIMESTAMP, "Aikaleima", "Tidstämpel"}
"""As Google writes it; a ``timestamp`` of some other program's is no form."""
GRID = re.compile(r"(?P<question>.+?)\s\[(?P<row>[^\[\]]+)\]", re.DOTALL)
"""A column of a grid: the question, and its row in brackets."""


def _recognises(records: list[Record]) -> bool:
    return bool(records) and len(records[0]) > 1 and as_text(records[0][0]) in FIRST_COLUMN


def _aliases(name: str) -> tuple[str, ...]:
    """Return what else a column answers to.

    Examples
    --------
    >>> _aliases("Arvioi palvelua [Kassa]")
    ('Arvioi palvelua – Kassa', 'Kassa', 'Arvioi palvelua - Kassa', 'Arvioi palvelua / Kassa')
    """
    if name in FIRST_COLUMN:
        return (TIMESTAMP,)
    match = GRID.fullmatch(name)
    return (joined(**match.groupdict()), *other_names(**match.groupdict())) if match else ()


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    sheet = build(records, 1, findings)
    return replace(sheet, aliases=tuple(_aliases(name) for name in sheet.names))


LAYOUT = Layout("google_forms", _recognises, _arrange)
"""Google Forms."""
