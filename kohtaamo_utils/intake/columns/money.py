"""Amounts with their currency beside them, as spreadsheets save cells that show money: 1 234,50 € and £12.50."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.values.cells import distinct
from kohtaamo_utils.intake.values.currencies import bare_amount

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Column


def bare_amounts(column: Bound, rule: Column, currency: str, findings: Findings) -> Bound:
    """Take the engagement's currency away from a column of amounts; another currency stays, and is then no number.

    Parameters
    ----------
    column
        A canonical column's raw cells.
    rule
        What it must hold; scores are left alone.
    currency
        The engagement's.
    findings
        Takes how many cells had it.
    """
    if rule.kind != "number" or is_score(column.name):
        return column
    codes, cells = distinct(column.cells)
    bare = [bare_amount(cell, currency) for cell in cells]
    changed = [place for place, cell in enumerate(cells) if bare[place] != cell]
    if not changed:
        return column
    count = int(np.isin(codes, changed).sum())
    amounts = pd.Series([bare[code] for code in codes], index=column.cells.index, dtype=object)
    detail = say("{currency} beside the amounts in {name}", currency=currency, name=column.label)
    findings.note("inferred", "currency", count, detail, column=column.name)
    return replace(column, cells=amounts)
