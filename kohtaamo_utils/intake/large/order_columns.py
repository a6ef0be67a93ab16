"""What columns of currencies and statuses hold in all of a large file: its beginning shows which they are, and not all that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.rows.order_columns import check_order_columns, may_tell
from kohtaamo_utils.intake.rows.unread_columns import texts_of, unread
from kohtaamo_utils.intake.values.cells import composed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.ledger import Store


class OrderColumns:
    """The texts of the columns that may say that a line is no sale, or in what money it is.

    Parameters
    ----------
    head
        The file's beginning.
    used
        Names of the columns that are read.
    source
        The file's block in the settings.
    currency
        The engagement's.
    """

    def __init__(self, head: Head, used: Iterable[str], source: Source, currency: str) -> None:
        self._source, self._currency = source, currency
        start = head.start.used(source, None)
        self._names = {
            place: name
            for place, name in unread(start, used).items()
            if head.kinds[place] in {"text", "other"} and may_tell(name, texts_of(start.column(place)))
        }
        self._texts: dict[int, dict[str, None]] = {place: {} for place in self._names}

    def ask(self, head: Head, plan: Plan, store: Store) -> None:
        """Look at all rows of a file that the database reads; a file without such a column is not read for it."""
        if not self._names:
            return
        texts = ", ".join(f"list(DISTINCT CAST(c{place} AS VARCHAR))" for place in self._names)
        left = " AND ".join(f"NOT coalesce({rule}, false)" for rule in plan.rules) or "true"
        found = store.row(f"SELECT {texts} FROM {head.relation()} WHERE {left}")
        for place, cells in zip(self._names, found, strict=True):
            self._texts[place] = dict.fromkeys(texts_of(composed(cell) for cell in sorted(filter(None, cells or ()))))

    def look(self, sheet: Sheet) -> None:
        """Look at some rows of a file that is read in pieces."""
        for place, texts in self._texts.items():
            texts.update(dict.fromkeys(texts_of(sheet.column(place).unique())))

    def check(self, findings: Findings) -> None:
        """Tell of statuses, and refuse other currencies."""
        columns = [(name, list(self._texts[place])) for place, name in self._names.items()]
        check_order_columns(columns, self._source, self._currency, findings)
