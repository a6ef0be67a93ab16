"""A canonical column's raw cells, with what the file says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohtaamo_utils.intake.sheets.elsewhere import Texts
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cells, Codes


@dataclass(frozen=True)
class Bound:
    """A canonical column's raw cells.

    Parameters
    ----------
    name
        Canonical name.
    label
        What the file (for a constant: the settings) calls it.
    cells
        Raw cells by their row in the file.
    constant
        Whether the settings give the value, and not the file.
    heading
        All that the file says of the column: its name and the question's text.
    codes
        What each number stands for, where the file says (SPSS).
    merged
        The first row whose cell is merged with the ones below; None where none is.
    said
        The sentence that tells where the file speaks of the column's scale, if not in its heading.
    elsewhere
        What decides with the cells, where these are only some of the file's.
    broken
        Rows whose cell held no value but a spreadsheet's error, told already.
    """

    name: str
    label: str
    cells: Cells
    constant: bool = False
    heading: str = ""
    codes: Codes = field(default_factory=dict)
    merged: int | None = None
    said: str = ""
    elsewhere: Texts = ()
    broken: frozenset[int] = frozenset()


def bound_at(name: str, place: int, sheet: Sheet) -> Bound:
    """Return one of a file's columns as a canonical one."""
    aliases = sheet.aliases[place] if sheet.aliases else ()
    heading = " ".join(dict.fromkeys((sheet.names[place], *aliases)))
    return Bound(
        name,
        sheet.names[place],
        sheet.column(place),
        heading=heading,
        codes=sheet.codes.get(place, {}),
        merged=sheet.merged.get(place),
        elsewhere=sheet.elsewhere.columns.get(name, ()),
    )
