"""A large file's purchases in one query, with the count of every row that is left out; nothing where any row is in doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.large.unit_names import plain_names
from kohtaamo_utils.intake.parse_dates import EARLIEST, LATEST
from kohtaamo_utils.ledger import MONEY, UNIT, StoreError, code, one_of

if TYPE_CHECKING:
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.ledger import Store

NAMED = -2
"""Why a row is no purchase: it counts the lines that name a unit."""
FIRST, LAST = date(EARLIEST, 1, 1), date(LATEST, 12, 31)
"""Dates beyond these are misread, or wrong; the usual parsers tell."""


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
    """

    rows: int
    excluded: tuple[int, ...]
    nobody: int
    used: int
    units: Counter[str]


def stage(head: Head, plan: Plan, store: Store, table: str, *, alone: bool) -> Staged | None:
    """Read a file's purchases into a table.

    Parameters
    ----------
    head, plan
        The file and how it is read.
    store
        Where the table is made.
    table
        Its name: customer, order_id, ordered_on, amount, margin, unit if there is one, and why (0 where the purchase counts).
    alone
        Whether there is no other file whose lines may belong to the same orders: then order_id is not kept.

    Returns
    -------
    Staged or None
        None where a single row cannot be read beyond doubt; no table is left then.
    """
    if head.separator and not head.agrees(store):
        return None
    raw = f"{table}_raw"
    try:
        store.run(f"CREATE TABLE {raw} AS {_query(head, plan, alone=alone)}")
    except StoreError:
        store.run(f"DROP TABLE IF EXISTS {raw}")
        return None
    counts = _counts(store, raw, plan)
    if counts is None:
        store.run(f"DROP TABLE {raw}")
        return None
    columns = ["customer", *([] if alone else ["order_id"]), "ordered_on", "amount"]
    margin = "margin" if plan.margin else f"CAST(NULL AS {MONEY}) AS margin"
    unit = f"{UNIT}, " if plan.unit else ""
    store.run(f"CREATE VIEW {table} AS SELECT {', '.join(columns)}, {margin}, {unit}why FROM {raw}")
    return counts


def _query(head: Head, plan: Plan, *, alone: bool) -> str:
    """Return the query; a cell that could not be read makes its purchase's amount no number, which no decimal can hold.

    With units it gives besides, of the same pass over the file, a row for each name that a line gives its unit, with the
    name in place of the customer's: what is odd among them, or two spellings of one, would be hidden within the orders.
    """
    cases = " ".join(f"WHEN {condition} THEN {number}" for number, condition in enumerate(plan.rules, start=1))
    why = f"CASE {cases} ELSE 0 END" if plan.rules else "0"
    used = "CASE WHEN why = 0 THEN {} END" if plan.rules else "{}"
    told = f"CASE WHEN {'why = 0 AND ' if plan.rules else ''}customer IS NULL THEN -1 ELSE {'why' if plan.rules else '0'} END"
    customer, number, day = used.format("customer"), used.format("order_id"), ""
    if plan.by_day:
        number = used.format(f"CASE WHEN order_id IS NULL THEN {plan.by_day} ELSE order_id END")
    else:
        day = f", {used.format('CASE WHEN order_id IS NULL THEN ordered_on END')} AS day"
    sure = f"ordered_on BETWEEN DATE '{FIRST}' AND DATE '{LAST}'" + (
        " AND (coalesce(isfinite(margin), false) OR NOT margin_given)" if plan.margin else ""
    )
    unread = f", {plan.rules_unread} AS unread" if plan.rules_unread else ""
    keys = f"customer, order_id{', day' if day else ''}{', why' if plan.rules else ''}"
    who, unit, names, name = "customer", "", "", ""
    if plan.unit:
        keys = f"GROUPING SETS (({keys}), (place))"
        who = "CASE WHEN grouping(customer) = 1 THEN place ELSE customer END AS customer"
        told = f"CASE WHEN grouping(customer) = 1 THEN {NAMED} ELSE {told} END"
        unit = f"{one_of('code')} AS {UNIT}, "
        bought = used.format("CASE WHEN customer IS NOT NULL THEN {} END")
        names = f", {bought.format('place')} AS place, {bought.format('code')} AS code"
        name = f", {plan.unit} AS place, {code(plan.unit)} AS code"
    return f"""
        SELECT {who}, {"" if alone else "order_id, "}min(ordered_on) AS ordered_on, TRY_CAST(sum(amount) AS {MONEY}) AS amount,
               {f"TRY_CAST(sum(margin) AS {MONEY}) AS margin, " if plan.margin else ""}{unit}CAST({told} AS SMALLINT) AS why,
               CAST(count(*) AS UINTEGER) AS lines, {"count(*) FILTER (unread) > 0 AS unread, " if unread else ""}{plan.odd} AS odd
        FROM (SELECT {customer} AS customer, {number} AS order_id{day}, ordered_on, margin, why{names}{", unread" if unread else ""},
                     coalesce(CASE WHEN {sure} THEN amount END, 'nan'::DOUBLE) AS amount
              FROM (SELECT *, {plan.customer} AS customer, {plan.order_id} AS order_id, {plan.ordered_on} AS ordered_on,
                           {plan.amount} AS amount, {plan.margin or "CAST(NULL AS DOUBLE)"} AS margin,
                           {plan.margin_given} AS margin_given, {why} AS why{name}{unread}
                    FROM {head.relation()}))
        GROUP BY {keys}"""


def _counts(store: Store, table: str, plan: Plan) -> Staged | None:
    """Return the counts of a table, or None where any of its rows is in doubt."""
    doubt = "(why = 0 AND (odd OR amount IS NULL))" + (" OR unread" if plan.rules_unread else "")
    found = store.rows(f"SELECT why, sum(lines), bool_or({doubt}) FROM {table} GROUP BY why")
    if any(doubtful for _, _, doubtful in found):
        return None
    lines = {why: int(count) for why, count, _ in found if why != NAMED}
    excluded = tuple(lines.get(number, 0) for number in range(1, len(plan.rules) + 1))
    units = _units(store, table) if plan.unit else Counter[str]()
    return None if units is None else Staged(sum(lines.values()), excluded, lines.get(-1, 0), lines.get(0, 0), units)


def _units(store: Store, table: str) -> Counter[str] | None:
    """Return how many lines name each unit, or None where a name needs the usual reading."""
    found = store.rows(
        f"SELECT customer, lines FROM {table} WHERE why = {NAMED} AND customer IS NOT NULL ORDER BY customer"
    )
    return Counter(dict(found)) if plain_names(name for name, _ in found) else None
