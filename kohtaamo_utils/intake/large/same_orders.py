"""Orders that stand in two files of which one is too large to be held: they would be counted twice."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.copies import ONCE, PART, leave_out
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.rows.chance import FEWEST, are_the_same
from kohtaamo_utils.ledger import UNIT, order_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.ledger import Store

TABLE = "transactions"


class Lines(NamedTuple):
    """A file's order lines: the query that gives them, and whether the file is a large one."""

    file: str
    query: str
    large: bool


def same_orders(store: Store, files: Sequence[Lines], *, units: bool) -> Iterator[Problem]:
    """Yield a problem for each two files, at least one of them large, that share orders.

    Files of other days share none, and are not looked at.

    Parameters
    ----------
    store
        Where the lines are.
    files
        All files of order lines.
    units
        Whether the lines name units.
    """
    if len(files) < 2:
        return
    days = [store.row(f"SELECT min(ordered_on)::DATE, max(ordered_on)::DATE FROM ({each.query})") for each in files]
    for (one, first), (other, second) in combinations(zip(files, days, strict=True), 2):
        if not (one.large or other.large) or None in {*first, *second}:
            continue
        start, end = max(first[0], second[0]), min(first[1], second[1])
        if start <= end:
            yield from _shared(store, one, other, (start, end), units=units)


def _shared(store: Store, one: Lines, other: Lines, window: tuple[date, date], *, units: bool) -> Iterator[Problem]:
    """Yield the problem of two files whose orders of their common days are the same."""
    orders = [_orders(each.query, units=units) for each in (one, other)]
    place = f" AND coalesce(one.{UNIT} = other.{UNIT}, true)" if units else ""
    bare = order_code("NULL", "one.day")
    shared, alike, numbered, day, amount = store.row(
        f"""SELECT count(*), count(*) FILTER (same), count(*) FILTER (same AND numbered),
                   arg_min(day, (day, amount)) FILTER (same), arg_min(amount, (day, amount)) FILTER (same)
            FROM (SELECT one.day, one.amount, one.amount = other.amount{place} AS same, one.order_id <> {bare} AS numbered
                  FROM ({orders[0]}) AS one JOIN ({orders[1]}) AS other USING (customer, order_id, day))""",
        [*window],
    )
    if alike < FEWEST:
        return
    sizes = [_size(store, each) for each in (one, other)]
    if are_the_same(alike, shared, min(sizes), _chance(store, orders, window), numbered=numbered >= FEWEST):
        yield _problem(one, other, alike, (day, amount), whole=alike == sizes[1])


def _orders(query: str, *, units: bool) -> str:
    unit = f", min({UNIT}) AS {UNIT}" if units else ""
    return f"""SELECT customer, order_id, min(ordered_on)::DATE AS day, round(sum(amount)::DOUBLE, 2) AS amount{unit}
               FROM ({query}) WHERE ordered_on BETWEEN $1 AND $2 GROUP BY customer, order_id"""


def _size(store: Store, lines: Lines) -> int:
    return int(store.row(f"SELECT count(*) FROM (SELECT DISTINCT customer, order_id FROM ({lines.query}))")[0])


def _chance(store: Store, orders: Sequence[str], window: tuple[date, date]) -> float:
    """Return how probable it is that an order of one and an order of the other, whichever, are of the same amount."""
    one, other = (
        f"SELECT amount, count(*) / sum(count(*)) OVER () AS part FROM ({each}) GROUP BY amount" for each in orders
    )
    (chance,) = store.row(
        f"SELECT sum(one.part * other.part) FROM ({one}) AS one JOIN ({other}) AS other USING (amount)", [*window]
    )
    return float(chance or 0)


def _problem(one: Lines, other: Lines, alike: int, first: tuple[date, float], *, whole: bool) -> Problem:
    day, amount = first
    return Findings(TABLE, other.file).problem(
        "same_rows",
        say(
            "Orders that stand in {other} too: {n}, the first of {day} over {amount}. All would be counted twice.",
            other=one.file,
            n=alike,
            day=str(day),
            amount=f"{amount:.2f}",
        ),
        expected=ONCE,
        advice=leave_out(other.file) if whole else PART,
    )
