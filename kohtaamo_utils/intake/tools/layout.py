"""What a survey tool's export looks like: one `Layout` a tool, each in its own module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.sheets.sheet import Sheet, build
from kohtaamo_utils.intake.values.cells import Record, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.notes.log import LogKind


@dataclass(frozen=True)
class LeftOut:
    """Rows that are no answers by the tool's own account.

    Parameters
    ----------
    kind
        ``preview``, ``spam`` or ``incomplete``.
    detail
        Why, in English.
    rows
        True for each row of the sheet to leave out.
    """

    kind: LogKind
    detail: str
    rows: NDArray[np.bool_]


def nothing_left_out(sheet: Sheet) -> Iterator[LeftOut]:  # noqa: ARG001 - the signature that every layout shares
    """Leave no row out."""
    return iter(())


@dataclass(frozen=True)
class Layout:
    """How to lay out one tool's export.

    Parameters
    ----------
    name
        As in ``format:`` in the settings.
    recognises
        Tells from the first rows that are not blank whether a file is this tool's.
    arrange
        Puts the records under their names.
    left_out
        Finds the rows that are previews, spam or unfinished; none twice.
    duration
        Name of the column that holds the time the answering took, if the tool gives one.
    no_date
        What the tool writes where it keeps no date, if it does.
    own
        Canonical columns that have a name of the tool's own.
    """

    name: str
    recognises: Callable[[list[Record]], bool]
    arrange: Callable[[list[Record], Findings], Sheet]
    left_out: Callable[[Sheet], Iterator[LeftOut]] = nothing_left_out
    duration: str | None = None
    no_date: str | None = None
    own: dict[str, str] = field(default_factory=dict)

    def answers(self, sheet: Sheet, findings: Findings) -> Sheet:
        """Leave out what the tool itself marks as a preview or unfinished, each kind logged."""
        import pandas as pd

        gone = pd.Series(data=False, index=sheet.cells.index)
        for left in self.left_out(sheet):
            findings.note(left.kind, left.kind, int(left.rows.sum()), left.detail)
            gone |= left.rows
        return sheet.without(gone.to_numpy(dtype=bool))


def plain(records: list[Record], findings: Findings) -> Sheet:
    """Arrange a file with one header row."""
    return build(records, 1, findings)


def without_header(records: list[Record], findings: Findings) -> Sheet:
    """Arrange a file that has no header row: its columns are called 1, 2, 3 and so on."""
    width = max(map(len, records))
    return build(records, 0, findings, tuple(str(number) for number in range(1, width + 1)))


PLAIN = Layout(name="plain", recognises=lambda _: True, arrange=plain)
"""One header row, nothing left out: what every file is that no tool's layout recognises."""


def place_of(sheet: Sheet, name: str) -> int | None:
    """Return where a column is by its name or alias, case apart; None if it is nowhere.

    Examples
    --------
    >>> import pandas as pd
    >>> place_of(Sheet(("ID", "Status"), pd.DataFrame()), "status")
    1
    """
    wanted = name.casefold()
    for place, given in enumerate(sheet.names):
        aliases = sheet.aliases[place] if sheet.aliases else ()
        if wanted in {given.casefold(), *(alias.casefold() for alias in aliases)}:
            return place
    return None


def texts_of(sheet: Sheet, name: str) -> list[str] | None:
    """Return a column's cells as lower-case text; None if there is no such column."""
    place = place_of(sheet, name)
    return None if place is None else [as_text(cell).casefold() for cell in sheet.column(place)]


def leave(kind: LogKind, detail: str, rows: list[bool]) -> Iterator[LeftOut]:
    """Yield the rows if there are any."""
    if any(rows):
        import numpy as np

        yield LeftOut(kind, detail, np.array(rows, dtype=bool))
