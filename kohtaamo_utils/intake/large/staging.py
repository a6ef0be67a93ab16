"""A large file's purchases in one query, with the count of every row that is left out; nothing where any row is in doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.large.lines import customers_of_orders, lines_of
from kohtaamo_utils.intake.large.unit_names import plain_names
from kohtaamo_utils.intake.rows.order_customers import NONE_SHARED, Shared
from kohtaamo_utils.ledger import MONEY, UNIT, StoreError, one_of

if TYPE_CHECKING:
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.ledger import Store

NOBODY, NAMED = -1, -2
"""Why a row is no purchase: it has no customer, or it counts the lines that name a unit; rules have their numbers, from 1."""


@dataclass(frozen=True)
class Staged:
    """What one file gave.

    Parameters
    ----------
    rows
        Rows in the file.
    excluded
        Rows that each `exclude` rule left out.
    nobody
        Rows without a customer.
    used
        Rows that the purchases are summed of.
    units
        Of them, how many name each unit.
    filled
        Of them, how many have the customer that another line of their order names.
    shared
        What numbers of orders say, where lines have such a customer.
    """

    rows: int
    excluded: tuple[int, ...]
    nobody: int
    used: int
    units: Counter[str]
    filled: int = 0
    shared: Shared = NONE_SHARED


def stage(head: Head, plan: Plan, store: Store, table: str, *, alone: bool) -> Staged | None:
    """Read a file's purchases into a table.

    Parameters
    ----------
    head, plan
        The file and how it is read.
    store
        Where the table is made.
    table
        Its name: customer and order_id as codes, ordered_on, amount, margin, unit if there is one, and why (0 where the
        purchase counts).
    alone
        Whether there is no other file whose lines may belong to the same orders: then order_id is not kept.

    Returns
    -------
    Staged or None
        None where a single row cannot be read beyond doubt; no table is left then.
    """
    if head.separator and not head.agrees(store):
        return None
    raw, meant = f"{table}_raw", f"{table}_meant"
    counts = _made(head, plan, store, raw, alone=alone)
    filled, shared = 0, NONE_SHARED
    if counts is not None and counts.nobody:
        filled, shared = customers_of_orders(head, plan, store, meant)
    if filled:
        store.run(f"DROP TABLE {raw}")
        counts = _made(head, plan, store, raw, alone=alone, meant=meant, filled=filled)
        store.run(f"DROP TABLE {meant}")
    if counts is None:
        return None
    columns = ["customer", *([] if alone else ["order_id"]), "ordered_on", "amount"]
    margin = "margin" if plan.margin else f"CAST(NULL AS {MONEY}) AS margin"
    unit = f"{UNIT}, " if plan.unit else ""
    why = "why" if plan.nobody is None else f"CASE WHEN customer IS NULL THEN {NOBODY} ELSE 0 END AS why"
    store.run(f"CREATE VIEW {table} AS SELECT {', '.join(columns)}, {margin}, {unit}{why} FROM {raw}")
    return replace(counts, shared=shared)


def _made(
    head: Head, plan: Plan, store: Store, raw: str, *, alone: bool, meant: str = "", filled: int = 0
) -> Staged | None:
    """Make a file's purchases and return their counts; None, and no table, where a row is in doubt."""
    try:
        store.run(f"CREATE TABLE {raw} AS {_query(head, plan, alone=alone, meant=meant)}")
    except StoreError:
        store.run(f"DROP TABLE IF EXISTS {raw}")
        return None
    counts = _counts(store, raw, plan) if plan.nobody is None else _counts_apart(head, store, raw, plan.nobody, filled)
    if counts is None:
        store.run(f"DROP TABLE {raw}")
    return counts if counts is None else replace(counts, filled=filled)


def _query(head: Head, plan: Plan, *, alone: bool, meant: str) -> str:
    """Return the query; a cell that is in doubt makes its purchase's amount no number, which no decimal can hold.

    With units it gives besides, of the same pass over the file, a row for each name that a line gives its unit: what is
    odd among them, or two spellings of one, would be hidden within the orders.
    """
    keys = f"customer, order_id{', why' if plan.rules else ''}"
    columns = ["customer", "min(ordered_on) AS ordered_on"]
    amount = f"TRY_CAST(sum(amount) AS {MONEY})"
    if plan.margin:
        margin = f"TRY_CAST(sum(margin) AS {MONEY})"
        amount = f"CASE WHEN {margin} IS NOT NULL OR sum(margin) IS NULL THEN {amount} END"
        columns.append(f"{margin} AS margin")
    columns += [f"{amount} AS amount", *([] if alone else ["order_id"])]
    if plan.unit:
        keys = f"GROUPING SETS (({keys}), (place))"
        columns += ["place", f"{one_of('code')} AS {UNIT}"]
    if plan.rules_unread:
        columns.append("count(*) FILTER (unread) > 0 AS unread")
    if plan.nobody is None:
        columns += [f"CAST({_told(plan)} AS SMALLINT) AS why", "CAST(count(*) AS UINTEGER) AS lines"]
    return f"SELECT {', '.join(columns)} FROM ({lines_of(head, plan, meant)}) GROUP BY {keys}"


def _told(plan: Plan) -> str:
    """Return the expression of why a row is no purchase; 0 where it is one."""
    why = "why" if plan.rules else "0"
    told = f"CASE WHEN customer IS NULL{' AND why = 0' if plan.rules else ''} THEN {NOBODY} ELSE {why} END"
    return f"CASE WHEN grouping(customer) = 1 THEN {NAMED} ELSE {told} END" if plan.unit else told


def _counts(store: Store, table: str, plan: Plan) -> Staged | None:
    """Return the counts of a table, or None where any of its rows is in doubt."""
    doubt = "(why = 0 AND amount IS NULL)" + (" OR unread" if plan.rules_unread else "")
    found = store.rows(f"SELECT why, sum(lines), bool_or({doubt}) FROM {table} GROUP BY why")
    if any(doubtful for _, _, doubtful in found):
        return None
    lines = {why: int(count) for why, count, _ in found if why != NAMED}
    excluded = tuple(lines.get(number, 0) for number in range(1, len(plan.rules) + 1))
    units = _units(store, table) if plan.unit else Counter[str]()
    return (
        None if units is None else Staged(sum(lines.values()), excluded, lines.get(NOBODY, 0), lines.get(0, 0), units)
    )


def _counts_apart(head: Head, store: Store, table: str, nobody: str, filled: int) -> Staged | None:
    """Return the counts of a file whose rows are all used but for those without a customer, as `_counts` does."""
    if store.rows(f"SELECT 1 FROM {table} WHERE customer IS NOT NULL AND amount IS NULL LIMIT 1"):
        return None
    rows, blank = head.counts(store, nobody)
    return Staged(rows, (), blank - filled, rows - blank + filled, Counter())


def _units(store: Store, table: str) -> Counter[str] | None:
    """Return how many lines name each unit, or None where a name needs the usual reading."""
    found = store.rows(f"SELECT place, lines FROM {table} WHERE why = {NAMED} AND place IS NOT NULL ORDER BY place")
    return Counter(dict(found)) if plain_names(name for name, _ in found) else None
