"""The orders at a large file's beginning: whether amounts are the orders' totals, and rows go on from the one above, is seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.column_names import place_of
from kohtaamo_utils.intake.rows.continued_rows import refuse_continued
from kohtaamo_utils.intake.rows.order_customers import CUSTOMER, DAY, KEYS, ORDER
from kohtaamo_utils.intake.rows.order_totals import AMOUNT, check_order_totals
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.intake.values.currencies import bare_amount
from kohtaamo_utils.intake.values.equality import equal
from kohtaamo_utils.intake.values.one_date import without_time
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.intake.values.vocabulary import DASHES, NO_VALUE

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.start import Start
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.values.cells import Cell


def check_first_orders(head: Head, source: Source, currency: str, findings: Findings) -> None:
    """Record a problem where the first orders' amounts are totals, or their rows say neither customer nor day.

    Parameters
    ----------
    head
        The file's beginning.
    source
        The file's block in the settings.
    currency
        The engagement's.
    findings
        Takes the problem.
    """
    start = head.start.used(source, None)
    named = {name: place_of(start, source, name) for name in (CUSTOMER, DAY, AMOUNT)}
    found = [_given(start, source, name, place) for name, place in named.items() if place is not None]
    if (customer := named[CUSTOMER]) is not None and len(found) == len(named):
        refuse_continued(zip(*found, strict=True), start.names[customer], findings)
    _check_totals(start, source, currency, findings)


def _given(start: Start, source: Source, name: str, place: int) -> list[Cell]:
    """Return a column's cells, those empty that mean no value: by the settings, or by a word that always does, as in `columns.no_answers`."""
    words = NO_VALUE | DASHES if name == DAY else NO_VALUE
    cells = start.column(place)
    each = list(dict.fromkeys(cells))
    gone = {cell for cell in each if as_text(cell).casefold() in words}
    for value in source.missing.get(name, ()):
        gone |= {cell for cell, same in zip(each, equal(each, value), strict=True) if same}
    return ["" if cell in gone else cell for cell in cells]


def _check_totals(start: Start, source: Source, currency: str, findings: Findings) -> None:
    """Look at the first orders; the last of them may go on and is left out."""
    places = {name: place_of(start, source, name) for name in (*KEYS, AMOUNT)}
    amount = places.pop(AMOUNT)
    if amount is None or places[ORDER] is None or places[DAY] is None:
        return
    cells = [bare_amount(cell, currency) for cell in _given(start, source, AMOUNT, amount)]
    parsed = parse_numbers(list(dict.fromkeys(cells)), source.decimal)
    if parsed.unclear is not None:
        return
    numbers = dict(zip(dict.fromkeys(cells), parsed.found, strict=True))
    none = [""] * len(cells)
    texts = [
        none if place is None else map(as_text, _given(start, source, name, place)) for name, place in places.items()
    ]
    keys = [(order, without_time(day), unit) for order, day, unit in zip(*texts, strict=True)]
    told = [(key, number) for key, cell in zip(keys, cells, strict=True) if (number := numbers[cell]) is not None]
    check_order_totals([row for row in told if row[0][0] and row[0] != keys[-1]], start.names[amount], findings)
