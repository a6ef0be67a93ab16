"""Which of a large file's columns is what, and what the settings leave out: as queries over the file's rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import Product
from kohtaamo_utils.intake.columns.column_names import find, place_of
from kohtaamo_utils.intake.large.head import quoted
from kohtaamo_utils.intake.large.reading import Way, date_way, id_way, number_way, odd_id
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.notes.personal_data import heading_kind
from kohtaamo_utils.intake.rows.total_rows import TOTALS
from kohtaamo_utils.intake.values.spreadsheet_errors import ERRORS
from kohtaamo_utils.intake.values.vocabulary import NO_VALUE

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.engagement.settings import ExcludeRule
    from kohtaamo_utils.intake.columns.mapping import Chosen
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.ledger import Store

PYTHON_ONLY = re.compile(r"\(\?|\\[0-9]")
"""What a pattern may hold that DuckDB does not know, or knows otherwise."""
BLANKS = " \t\u00a0\u2007\u202f\ufeff\u200b\u2060"
"""What is taken off a cell's ends before a rule looks at it."""


@dataclass(frozen=True)
class Plan:
    """The columns of `ledger.LINES` as expressions over a file's rows.

    Parameters
    ----------
    customer, order_id, ordered_on, amount
        Expressions.
    odd
        Condition on customer and order_id: they are not as they stand.
    margin
        Expression, or None where the file has none.
    margin_given
        Condition: the file says something about the margin.
    rules
        For each `exclude` rule its condition.
    rules_unread
        Condition: a rule compares numbers, and a cell of its column holds something else; "" without such a rule.
    inferred
        For each canonical column of which something was inferred: its name, the file's and what it was.
    unit
        Expression, or None where the file has none.
    nobody
        Condition on the file's own columns that a row names no customer, where rows are counted quicker apart from the
        purchases; None where each purchase carries the count of its lines.
    ordered
        Whether the file has numbers of orders.
    whole_numbers
        Whether they are whole numbers that are compared with no other file's.
    """

    customer: str
    order_id: str
    ordered_on: str
    amount: str
    odd: str
    margin: str | None
    margin_given: str
    rules: tuple[str, ...]
    rules_unread: str
    inferred: tuple[tuple[str, str, str], ...]
    unit: str | None = None
    nobody: str | None = None
    ordered: bool = False
    whole_numbers: bool = False


def plan(head: Head, source: Source, store: Store, *, alone: bool, unit: Chosen | None = None) -> Plan | None:
    """Return how DuckDB reads a file; None where a column or a rule needs the usual parsers.

    Parameters
    ----------
    head
        The file's beginning.
    source
        Its block in the settings.
    store
        A database to try in.
    alone
        Whether there is no other file of order lines.
    unit
        What the unit is made of, if the file gives one.
    """
    if source.missing or source.constants:
        return None
    binder = _Binder(head, source, store, alone=alone)
    customer = binder.identifier("customer_id")
    order_id = binder.identifier("order_id", needed=False)
    where = None if unit is None else binder.unit(unit)
    day, amount = binder.date("ordered_on"), binder.number("amount")
    margin, given = binder.margin()
    rules = tuple(binder.rule(rule) for rule in source.exclude)
    if not binder.sure:
        return None
    nobody = None if rules or where is not None else binder.nobody()
    odd = " OR ".join(binder.odd) or "false"
    unread = " OR ".join(binder.unread)
    numbered = place_of(head.start, source, "order_id")
    return Plan(
        customer,
        order_id,
        day,
        amount,
        f"coalesce({odd}, false)",
        margin,
        given,
        rules,
        unread,
        tuple(binder.inferred),
        where,
        nobody,
        numbered is not None,
        numbered is not None and alone and head.kinds[numbered] == "whole",
    )


class _Binder:
    """Looks columns up and chooses how each is read; `sure` turns false where one cannot be."""

    def __init__(self, head: Head, source: Source, store: Store, *, alone: bool) -> None:
        self._head, self._source, self._store, self._alone = head, source, store, alone
        customer = self._place("customer_id")
        self._used = head.start.used(source, customer)
        self.sure = True
        self.unread: list[str] = []
        self.inferred: list[tuple[str, str, str]] = []
        self.odd: list[str] = []

    def identifier(self, name: str, *, needed: bool = True) -> str:
        place = self._place(name)
        if place is None:
            self.sure = self.sure and not needed
            return "CAST(NULL AS VARCHAR)"
        kind = self._head.kinds[place]
        told = heading_kind(self._head.start.names[place], broad=True)  # then each of its cells becomes a pseudonym
        self.sure = self.sure and kind in {"text", "whole", "number"} and told is None
        if kind != "whole":
            column = "customer" if needed else "order_id"
            words, head = NO_VALUE | TOTALS | ERRORS, self._head
            self.odd.append(odd_id(column, words, ascii_only=head.ascii, signs=head.signs))
        return id_way(kind, alone=self._alone).format(x=f"c{place}")

    def nobody(self) -> str | None:
        """Return the condition that a row names no customer, if it can be told without reading the column.

        Without numbers of orders a purchase is a day's, and may be of any number of lines: then each carries their count.
        """
        place = self._place("customer_id")
        return None if place is None or self._place("order_id") is None else self._head.blank(place)

    def unit(self, chosen: Chosen) -> str:
        """Return the unit's name; whether names need the usual reading is seen when they are all known."""
        place, kind = chosen.place, "" if chosen.place is None else self._head.kinds[chosen.place]
        if kind not in {"text", "whole", "number"} or heading_kind(chosen.label) is not None:
            return self._unsure()
        return id_way(kind, alone=False).format(x=f"c{place}")

    def date(self, name: str) -> str:
        place = self._place(name)
        if place is None:
            return self._unsure()
        if self._head.kinds[place] == "date":
            return f"CAST(c{place} AS DATE)"
        way = date_way(self._used.column(place), self._source, self._store)
        return self._unsure() if self._head.kinds[place] != "text" else self._by(way, place, name)

    def number(self, name: str) -> str:
        """Return a column of numbers, or a product of them."""
        rule = self._source.columns.get(name)
        if not isinstance(rule, Product):
            place = self._place(name)
            return self._unsure() if place is None else self._number_at(place, name)
        factors = [self._factor(factor) for factor in rule.product]
        return " * ".join(factors)

    def margin(self) -> tuple[str | None, str]:
        """Return the margin and the condition that the file gives one."""
        if isinstance(self._source.columns.get("margin"), Product):
            return self._unsure(), "false"
        place = self._place("margin")
        return (None, "false") if place is None else (self._number_at(place, "margin"), f"c{place} IS NOT NULL")

    def rule(self, rule: ExcludeRule) -> str:
        """Return an exclude rule's condition; a missing cell fulfils only that it is empty."""
        place = find(self._head.start, rule.column, Findings("transactions", ""))
        if place is None:
            return self._unsure()
        if rule.at_most is not None or rule.at_least is not None:
            return self._number_rule(rule, place)
        cell = f"coalesce(trim(CAST(c{place} AS VARCHAR), '{BLANKS}'), '')"
        if rule.empty is not None:
            return f"({cell} = '') = {str(rule.empty).lower()}"
        return self._text_rule(rule, cell) if self._head.kinds[place] == "text" else self._unsure()

    def _number_rule(self, rule: ExcludeRule, place: int) -> str:
        number = self._number_at(place, whole=True)
        self.unread.append(f"(c{place} IS NOT NULL AND NOT coalesce(isfinite({number}), false))")
        sign, limit = ("<=", rule.at_most) if rule.at_least is None else (">=", rule.at_least)
        return f"coalesce({number} {sign} {limit!r}, false)"

    def _text_rule(self, rule: ExcludeRule, cell: str) -> str:
        if rule.matches is not None:
            if PYTHON_ONLY.search(rule.matches) or ("\\" in rule.matches and not self._head.ascii):
                return self._unsure()
            return f"regexp_matches({cell}, {quoted(rule.matches)})"
        value = rule.equals
        if not isinstance(value, str) or not value.isascii() or _is_number(value):
            return self._unsure()
        return f"lower({cell}) = {quoted(value.strip().casefold())}"

    def _factor(self, factor: str | float) -> str:
        if not isinstance(factor, str):
            return repr(float(factor))
        place = find(self._head.start, factor, Findings("transactions", ""))
        return self._unsure() if place is None else self._number_at(place)

    def _number_at(self, place: int, name: str = "", *, whole: bool = False) -> str:
        """Return a column of numbers, judged by the rows that count; by all of them where a rule looks at it."""
        kind = self._head.kinds[place]
        if kind in {"whole", "number"}:
            return f"CAST(c{place} AS DOUBLE)"
        if kind != "text":
            return self._unsure()
        cells = (self._head.start if whole else self._used).column(place)
        return self._by(number_way(cells, self._source, self._store, plain=not self._head.guarded), place, name)

    def _by(self, way: Way | None, place: int, name: str) -> str:
        """Return a column read in a way; what was inferred of a canonical column is kept for the log."""
        if way is None:
            return self._unsure()
        if way.inferred and name:
            self.inferred.append((name, self._head.start.names[place], way.inferred))
        return f"({way.expression.format(x=f'c{place}')})"

    def _place(self, name: str) -> int | None:
        return place_of(self._head.start, self._source, name)

    def _unsure(self) -> str:
        self.sure = False
        return "NULL"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
