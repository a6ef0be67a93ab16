"""What columns of currencies and statuses hold in all of a large file: its beginning shows which they may be, and not all that they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.large.spots import texts_at_spots
from kohtaamo_utils.intake.rows.order_columns import (
    NO_SALE,
    SOME,
    check_order_columns,
    is_paid_back,
    marks,
    may_hold_statuses,
    may_tell,
)
from kohtaamo_utils.intake.rows.unread_columns import MOST_WORDS, texts_of, unread
from kohtaamo_utils.intake.values.cells import composed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.ledger import Store

_TEXT = "CASE typeof({x}) WHEN 'BOOLEAN' THEN upper(CAST({x} AS VARCHAR)) ELSE CAST({x} AS VARCHAR) END"
"""A cell as the usual reading gives it, but for broken numbers."""
_EACH = f"list(DISTINCT coalesce({_TEXT}, ''))"
_ONE = f"[coalesce(min({_TEXT}) FILTER (WHERE regexp_matches({_TEXT}, '{SOME}')), '')]"
"""One refund that is not 0 tells of them; they may be many."""


class OrderColumns:
    """The texts of the columns that may say that a line is no sale, what was paid back of it, or in what money it is.

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
        texts = {
            place: (name, texts_of(start.column(place)))
            for place, name in unread(start, used).items()
            if head.kinds[place] in {"text", "other"} or marks(name) or is_paid_back(name)
        }
        self._names = {place: name for place, (name, found) in texts.items() if may_tell(name, found)}
        self._late = {
            place: name
            for place, (name, found) in texts.items()
            if place not in self._names and may_hold_statuses(found)
        }
        self._texts: dict[int, dict[str, None]] = {place: {} for place in (*self._names, *self._late)}

    def ask(self, head: Head, plan: Plan, store: Store) -> None:
        """Look at all rows of a file that the database reads; a file without such a column is not read for it."""
        left = " AND ".join(f"NOT coalesce({rule}, false)" for rule in plan.rules) or "true"
        places = [*self._names, *self._begun_late(head, store)]
        if not places:
            return
        texts = ", ".join(self._asked(place).format(x=f"c{place}") for place in places)
        found = store.row(f"SELECT {texts} FROM {head.relation()} WHERE {left}")
        for place, cells in zip(places, found, strict=True):
            number = head.kinds[place] == "number"
            each = (float(cell) if number and cell else composed(cell) for cell in sorted(cells or ()))
            self._texts[place] = dict.fromkeys(texts_of(each))

    def _asked(self, place: int) -> str:
        return _ONE if is_paid_back(self._names.get(place, "")) else _EACH

    def _begun_late(self, head: Head, store: Store) -> list[int]:
        """Return the columns of few words whose first status lies behind the beginning: of Parquet by all rows, of text by some all over it."""
        if head.separator:
            found = texts_at_spots(head, self._late) if self._late else {}
        else:
            few = f"SELECT DISTINCT c{{}} FROM {head.relation()} LIMIT {MOST_WORDS + 1}"
            found = {place: {str(text) for (text,) in store.rows(few.format(place))} for place in self._late}
        return [place for place, texts in found.items() if any(NO_SALE.fullmatch(text.strip()) for text in texts)]

    def look(self, sheet: Sheet) -> None:
        """Look at some rows of a file that is read in pieces."""
        for place, texts in self._texts.items():
            if place in self._late and len(texts) > MOST_WORDS:
                continue  # it is no column of statuses
            if is_paid_back(self._names.get(place, "")) and any(re.search(SOME, text) for text in texts):
                continue  # one refund tells of them
            texts.update(dict.fromkeys(texts_of(sheet.column(place).unique())))

    def check(self, findings: Findings) -> None:
        """Tell of statuses, and refuse other currencies."""
        columns = [(name, list(self._texts[place])) for place, name in (self._names | self._late).items()]
        check_order_columns(columns, self._source, self._currency, findings)
