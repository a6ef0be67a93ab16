"""Names kept as numbers: a customer's, an order's and a unit's are each the hash of its text.

That is eight bytes, whatever the text's length, quicker to compare, and no table holds a customer's identifier.
The hash has 64 bits: among ten million customers two share one in 3 of a million files (n * n / 2**65).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.ledger.store import Store

LEAST_NUMBER = -(2**62)
"""Beyond it no order has its number; the days of those without one are counted from it."""
SEVERAL = 0
"""Code of a purchase whose lines name more than one unit; no name has it."""


def code(text: str) -> str:
    """Return the expression of a name's code, or of an identifier's.

    Parameters
    ----------
    text
        Expression of the name; NULL for none.
    """
    return f"CASE WHEN {text} IS NOT NULL THEN hash({text}) END"


def order_code(number: str, day: str) -> str:
    """Return the expression of an order's code among those of one customer; where it has no number, the day is the order.

    Parameters
    ----------
    number
        Expression of its number, as text or a whole number; NULL for none.
    day
        Expression of its date; as a text it begins with a character that no number has.
    """
    return f"CASE WHEN {number} IS NULL THEN hash(chr(1) || {day}::DATE) ELSE hash({number}) END"


def order_number(number: str, day: str) -> str:
    """Return the expression that tells the orders of one customer apart by their whole numbers, as `order_code` does.

    DuckDB keeps them in as few bytes as the largest needs, which it does not know of a hash. They are compared with
    no other file's.

    Parameters
    ----------
    number
        Expression of its number, a whole one; NULL for none.
    day
        Expression of its date; it becomes a number that no order has.
    """
    return f"coalesce({number}, {LEAST_NUMBER} + ({day}::DATE - DATE '1970-01-01'))"


def one_of(codes: str) -> str:
    """Return the expression of an order's unit: the one that its lines name, lines without a name apart.

    Parameters
    ----------
    codes
        Expression of a line's code, or of a part of an order that was summed before.
    """
    return f"CASE WHEN min({codes}) = max({codes}) THEN min({codes}) WHEN min({codes}) IS NOT NULL THEN {SEVERAL} END"


def renamed(codes: str, new: Mapping[int, int]) -> str:
    """Return the expression of codes of which some stand for others, as two spellings do for one unit."""
    if not new:
        return codes
    cases = " ".join(f"WHEN {old}::UBIGINT THEN {best}::UBIGINT" for old, best in sorted(new.items()))
    return f"CASE {codes} {cases} ELSE {codes} END"


def codes_of(store: Store, names: Iterable[str]) -> dict[str, int]:
    """Return the code of each name.

    Examples
    --------
    >>> from kohtaamo_utils.ledger import Store
    >>> with Store() as store:
    ...     len(codes_of(store, ["Turku", "Turku", "Helsinki"]))
    2
    """
    texts = list(dict.fromkeys(names))
    return dict(store.rows(f"SELECT x, {code('x')} FROM (SELECT unnest(?::VARCHAR[]) AS x)", [texts]))
