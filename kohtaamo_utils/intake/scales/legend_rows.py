"""Rows under a header that explain its columns, by words for numbers or by units: nobody's answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.unit_rows import is_unit_row, with_unit
from kohtaamo_utils.intake.scales.stated_scale import stated_scales
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.labels import number_of
from kohtaamo_utils.intake.values.legend import is_legend

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cell

DEEPEST = 3
"""So many rows under the header may explain it."""


def without_legend_rows(sheet: Sheet, findings: Findings) -> Sheet:
    """Return a sheet without the rows under its header that explain it; what they say becomes part of the headings.

    Parameters
    ----------
    sheet
        The file, laid out.
    findings
        Takes what was heard.
    """
    explained = 0
    aliases = [list(names) for names in sheet.aliases or [()] * len(sheet.names)]
    for row, cells in sheet.cells.head(DEEPEST).iterrows():
        texts = {place: as_text(cell) for place, cell in enumerate(cells) if not is_blank(cell)}
        units = is_unit_row(list(cells), partial(_below, sheet, explained))
        if not units and (not any(map(is_legend, texts.values())) or not all(map(_explains, texts.values()))):
            break
        explained += 1
        for place, text in texts.items():
            aliases[place].append(with_unit(sheet.names[place], text) if units else text)
            detail = say(
                "row {row} under the header explains {name}: {text}", row=str(row), name=sheet.names[place], text=text
            )
            findings.note("inferred", "legend", 1, detail, value=text)
    if not explained:
        return sheet
    rows = np.arange(len(sheet.cells)) < explained
    return replace(sheet.without(rows), aliases=tuple(map(tuple, aliases)))


def _below(sheet: Sheet, explained: int, place: int) -> list[Cell]:
    return list(dict.fromkeys(sheet.column(place).iloc[explained + 1 :]))


def _explains(text: str) -> bool:
    return is_legend(text) or (number_of(text) is None and bool(stated_scales(text)))
