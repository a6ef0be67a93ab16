"""What a whole column decides, gathered from chunk after chunk: the decimal mark, and which of 4/7 is the month.

Each column is decided by itself, and by the cells that decide it in a file that is held: a rule by the rows that the rules before
it leave, a column by the rows that are used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import Product
from kohtaamo_utils.intake.columns.column_names import find
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.raw_columns import cells_of
from kohtaamo_utils.intake.rows.exclusions import exclude
from kohtaamo_utils.intake.sheets.elsewhere import Elsewhere
from kohtaamo_utils.intake.tools.layout import PLAIN
from kohtaamo_utils.intake.values.cells import as_text, distinct
from kohtaamo_utils.intake.values.currencies import bare_amount
from kohtaamo_utils.intake.values.parse_dates import by_day
from kohtaamo_utils.intake.values.parse_numbers import by_shape
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.engagement.settings import ExcludeRule
    from kohtaamo_utils.intake.large.order_columns import OrderColumns
    from kohtaamo_utils.intake.large.order_customers import OrdersInPieces
    from kohtaamo_utils.intake.people.guests import Guests
    from kohtaamo_utils.intake.sheets.elsewhere import Texts
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cell

TABLE = TABLES["transactions"]


def decide(
    engagement: Engagement,
    source: Source,
    chunks: Callable[[], Iterable[Sheet]],
    guests: Guests,
    orders: OrdersInPieces,
    beside: OrderColumns,
) -> Elsewhere:
    """Return what each column of a file decides by; the file is gone through once, and once for each rule on numbers.

    Parameters
    ----------
    engagement, source
        Whose file it is, and its block.
    chunks
        Begins the file's rows anew.
    guests
        Sees each piece's rows besides.
    orders
        The customers of orders: where lines have none, it is asked what their orders say, and then more rows decide.
    beside
        Sees each piece's columns that are not read.
    """
    elsewhere = Elsewhere()
    for number, rule in enumerate(source.exclude):
        if rule.at_most is not None or rule.at_least is not None:
            texts = _rule_texts(source, number, rule, elsewhere, chunks())
            elsewhere = replace(elsewhere, rules={**elsewhere.rules, number: texts})
    decided = _with_columns(engagement, source, elsewhere, chunks(), guests, orders, beside)
    if not orders.needed:
        return decided
    orders.begin()
    for chunk in chunks():
        said = Findings(TABLE.name, "")
        sheet = exclude(replace(chunk, elsewhere=elsewhere), source, said)
        cells_of(engagement, TABLE, source, sheet, PLAIN, said, orders)
    orders.settle()
    return _with_columns(engagement, source, elsewhere, chunks(), guests, orders, beside)


def _rule_texts(source: Source, number: int, rule: ExcludeRule, elsewhere: Elsewhere, chunks: Iterable[Sheet]) -> Texts:
    """Return the texts that decide for one rule."""
    before, found = source.model_copy(update={"exclude": source.exclude[:number]}), _Kinds()
    for chunk in chunks:
        said = Findings(TABLE.name, "")
        sheet = exclude(replace(chunk, elsewhere=elsewhere), before, said)
        place = find(sheet, rule.column, said)
        if place is not None:
            found.add(0, by_shape(_texts(distinct(sheet.column(place))[1])))
    return found.texts().get(0, ())


def _with_columns(
    engagement: Engagement,
    source: Source,
    elsewhere: Elsewhere,
    chunks: Iterable[Sheet],
    guests: Guests,
    orders: OrdersInPieces,
    beside: OrderColumns,
) -> Elsewhere:
    """Add what decides for the canonical columns, and for those that they are products of."""
    columns, factors = _Kinds(), _Kinds()
    currency = engagement.settings.currency
    for chunk in chunks:
        said = Findings(TABLE.name, "")
        sheet = exclude(replace(chunk, elsewhere=elsewhere), source, said)
        beside.look(sheet)
        for place in _factors(sheet, source):
            cells = [bare_amount(cell, currency) for cell in distinct(sheet.column(place))[1]]
            factors.add(place, by_shape(_texts(cells)))
        bound = cells_of(engagement, TABLE, source, sheet, PLAIN, said, orders)
        guests.look(bound)
        for name, column in bound.items():
            kind = TABLE.columns[name].kind if name in TABLE.columns else ""
            if kind in {"number", "date"}:
                texts = _texts(distinct(column.cells)[1])
                columns.add(name, by_shape(texts) if kind == "number" else by_day(map(as_text, texts)))
    return replace(
        elsewhere,
        factors={place: texts for place, texts in factors.texts().items() if isinstance(place, int)},
        columns={str(name): texts for name, texts in columns.texts().items()},
    )


class _Kinds:
    """By column, the first text of each kind, in the order of the file."""

    def __init__(self) -> None:
        self._found: dict[Hashable, dict[Hashable, str]] = {}

    def add(self, column: Hashable, texts: Mapping[str, str] | Mapping[tuple[str, ...], str]) -> None:
        found = self._found.setdefault(column, {})
        for kind, text in texts.items():
            found.setdefault(kind, text)

    def texts(self) -> dict[Hashable, Texts]:
        return {column: tuple(texts.values()) for column, texts in self._found.items()}


def _texts(cells: Iterable[Cell]) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str)]


def _factors(sheet: Sheet, source: Source) -> set[int]:
    """Return the places of the columns that products are made of."""
    names = {name for rule in source.columns.values() if isinstance(rule, Product) for name in rule.product}
    places = (find(sheet, name, Findings(TABLE.name, "")) for name in names if isinstance(name, str))
    return {place for place in places if place is not None}
