"""Whom a large file's lines name: some of its customers, and which of others' it has, for its table keeps their codes only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.intake.columns.column_names import place_of
from kohtaamo_utils.intake.rows.in_common import SOME, Identifiers
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.ledger import code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.ledger import Store

DIGITS = 18
"""Of any number in a column of whole numbers."""
TABLE, CUSTOMER = "transactions", "customer_id"


class Customers(NamedTuple):
    """What the first lines call their customers, each once; `numbers` where their codes are made of numbers and not of texts."""

    label: str
    some: tuple[str, ...]
    numbers: bool


def customers_of(head: Head, source: Source, *, alone: bool) -> Customers | None:
    """Return the customers of a file's first lines that count; None where no column of the file names them."""
    place = place_of(head.start, source, CUSTOMER)
    if place is None:
        return None
    cells = dict.fromkeys(map(as_text, head.start.used(source, place).column(place)))
    return Customers(head.start.names[place], tuple(cells)[:SOME], alone and head.kinds[place] == "whole")


def identifiers_of(customers: Customers, file: str, store: Store, table: str) -> Identifiers:
    """Return a large file's customers as those of any file.

    Parameters
    ----------
    customers
        Of the file's first lines.
    file
        Its name in the settings.
    store, table
        Where its purchases are.
    """
    return Identifiers(TABLE, file, customers.label, customers.some, partial(_among, store, table, customers.numbers))


def _among(store: Store, table: str, numbers: bool, texts: Sequence[str]) -> set[str]:
    """Return the texts whose code a table has; where codes are of numbers, only texts that write a number as it is."""
    asked = [
        text for text in texts if not numbers or (text.isdigit() and len(text) <= DIGITS and str(int(text)) == text)
    ]
    made = code("x::BIGINT" if numbers else "x")
    found = store.rows(
        f"SELECT x FROM (SELECT unnest(?::VARCHAR[]) AS x) WHERE {made} IN (SELECT customer FROM {table})", [asked]
    )
    return {text for (text,) in found}
