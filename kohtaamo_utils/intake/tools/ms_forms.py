"""Microsoft Forms' export: one header row in the form's language, choices of several joined by semicolons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.sheet import Sheet, build
from kohtaamo_utils.intake.tools.layout import Layout, place_of
from kohtaamo_utils.intake.values.cells import Cells, Record, as_text, is_blank

if TYPE_CHECKING:
    from kohtaamo_utils.intake.notes.findings import Findings

HEADERS = {
    "ID": ("id", "tunnus", "tunniste"),
    "Start time": ("start time", "aloitusaika", "starttid"),
    "Completion time": ("completion time", "valmistumisaika", "slutförandetid"),
    "Email": ("email", "sähköposti", "e-post", "e-postadress"),
    "Name": ("name", "nimi", "namn"),
    "Last modified time": ("last modified time", "viimeksi muokattu", "senast ändrad"),
}
"""The columns that every form has, by their English names."""
SIGNS = ("ID", "Start time", "Completion time")
NOBODY = {"anonymous", "anonyymi", "nimetön", "anonym"}
"""What stands for the e-mail and the name of those who answer without signing in."""
AFTER_EACH = ";"


def _standard(name: str) -> str | None:
    return next((english for english, names in HEADERS.items() if name.casefold() in names), None)


def _recognises(records: list[Record]) -> bool:
    return [_standard(as_text(cell)) for cell in records[0][: len(SIGNS)]] == list(SIGNS) if records else False


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    sheet = build(records, 1, findings)
    found = [_standard(name) for name in sheet.names]
    aliases = tuple(
        (english,) if english and english != name and found.index(english) == place else ()
        for place, (name, english) in enumerate(zip(sheet.names, found, strict=True))
    )
    return _without_nobody(_without_last_marks(replace(sheet, aliases=aliases), findings), findings)


def _without_last_marks(sheet: Sheet, findings: Findings) -> Sheet:
    """Take away the semicolon that follows the last of several choices, where it follows every answer of a column."""
    cells = sheet.cells.copy()
    for place, name in enumerate(sheet.names):
        column = sheet.column(place)
        given = [as_text(cell) for cell in column if not is_blank(cell)]
        if given and all(text.endswith(AFTER_EACH) for text in given):
            cells[place] = column.map(lambda cell: as_text(cell).rstrip(AFTER_EACH))
            findings.note(
                "inferred", "multiple_choice", len(given), say("several choices in {name}", name=name), value=name
            )
    return replace(sheet, cells=cells)


def _without_nobody(sheet: Sheet, findings: Findings) -> Sheet:
    """Empty the names that stand for nobody, so that they do not pass for one person's."""
    cells = sheet.cells.copy()
    for standard in ("Email", "Name"):
        place = place_of(sheet, standard)
        if place is None:
            continue
        nobody = _is_nobody(sheet.column(place))
        if nobody.any():
            cells[place] = sheet.column(place).mask(nobody, "")
            detail = say("answers without a name in {name}", name=sheet.names[place])
            findings.note("inferred", "anonymous", int(nobody.sum()), detail, value=sheet.names[place])
    return replace(sheet, cells=cells)


def _is_nobody(column: Cells) -> Cells:
    return column.map(lambda cell: as_text(cell).casefold() in NOBODY).astype(bool)


LAYOUT = Layout("ms_forms", _recognises, _arrange)
"""Microsoft Forms."""
