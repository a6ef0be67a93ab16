"""A large file's rows as order lines: the queries that staging sums, and that looks for customers an order names elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.rows.order_customers import NONE_SHARED, Shared
from kohtaamo_utils.intake.values.latest_day import latest_day
from kohtaamo_utils.intake.values.one_date import EARLIEST, LATEST
from kohtaamo_utils.ledger import LARGEST, code, order_code, order_number

if TYPE_CHECKING:
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.ledger import Store

FIRST, LAST = date(EARLIEST, 1, 1), date(LATEST, 12, 31)
"""Dates beyond these are misread, or wrong; the usual parsers tell."""


def lines_of(head: Head, plan: Plan, meant: str = "") -> str:
    """Return the query of a file's rows as order lines; one that a rule leaves out has neither customer nor order.

    Parameters
    ----------
    head, plan
        The file and how it is read.
    meant
        Table of `customers_of_orders`, for lines without a customer.
    """
    used = "CASE WHEN why = 0 THEN {} END" if plan.rules else "{}"
    last = min(LAST, latest_day())
    sure = f"NOT {plan.odd} AND ordered_on BETWEEN DATE '{FIRST}' AND DATE '{last}' AND {_in_bounds('amount')}"
    sure += f" AND (coalesce({_in_bounds('margin')}, false) OR NOT margin_given)" if plan.margin else ""
    customer = f"coalesce({code('customer')}, meant)" if meant else code("customer")
    known = "coalesce(customer, meant::VARCHAR)" if meant else "customer"
    bought = used.format(f"CASE WHEN {known} IS NOT NULL THEN {{}} END")
    order = (order_number if plan.whole_numbers else order_code)("order_id", "ordered_on")
    names = f", {bought.format('place')} AS place, {code(bought.format('place'))} AS code" if plan.unit else ""
    return f"""
        SELECT {customer} AS customer, {used.format(order)} AS order_id, ordered_on,
               coalesce(CASE WHEN {sure} THEN amount END, 'nan'::DOUBLE) AS amount, margin, why{names}{", unread" if plan.rules_unread else ""}
        FROM ({rows_of(head, plan)}){_joined(plan, meant) if meant else ""}"""


def _in_bounds(name: str) -> str:
    """Return the condition that a line's money is not more than a line may be of; no number that is not finite is."""
    return f"{name} BETWEEN {-LARGEST!r} AND {LARGEST!r}"


def rows_of(head: Head, plan: Plan) -> str:
    """Return the query of a file's rows under the canonical names, and why a rule leaves one out; such a one has no customer and no order."""
    cases = " ".join(f"WHEN {condition} THEN {number}" for number, condition in enumerate(plan.rules, start=1))
    why = f"CASE {cases} ELSE 0 END" if plan.rules else "0"
    used = "CASE WHEN why = 0 THEN {} END" if plan.rules else "{}"
    unread = f", {plan.rules_unread} AS unread" if plan.rules_unread else ""
    return f"""
        SELECT * REPLACE ({used.format("customer")} AS customer, {used.format("order_id")} AS order_id)
        FROM (SELECT *, {plan.customer} AS customer, {plan.order_id} AS order_id, {plan.ordered_on} AS ordered_on,
                     {plan.amount} AS amount, {plan.margin or "CAST(NULL AS DOUBLE)"} AS margin,
                     {plan.margin_given} AS margin_given, {why} AS why{f", {plan.unit} AS place" if plan.unit else ""}{unread}
              FROM {head.relation()})"""


def customers_of_orders(head: Head, plan: Plan, store: Store, table: str) -> tuple[int, Shared]:
    """Find the customers of lines that name none, where the other lines of their order name exactly one.

    As in `intake.rows.order_customers`, lines are of one order if its number, their day and their unit are the same.

    Parameters
    ----------
    head, plan
        The file and how it is read.
    store, table
        Where the table of these orders is made, and its name; none is left without such lines.

    Returns
    -------
    tuple
        How many lines without a customer have one now, and what the numbers of orders say.
    """
    if not plan.ordered:
        return 0, NONE_SHARED
    who, unit = code("customer"), f", {code('place')} AS meant_place" if plan.unit else ""
    store.run(
        f"""CREATE TABLE {table} AS
        SELECT hash(order_id) AS meant_order, ordered_on AS meant_day{unit}, min({who}) AS meant,
               count(*) FILTER (customer IS NULL) AS lines, min({who}) < max({who}) AS several
        FROM ({rows_of(head, plan)}) WHERE order_id IS NOT NULL
        GROUP BY ALL HAVING several OR (lines > 0 AND NOT several)"""
    )
    several, partly, lines = store.row(
        f"SELECT count(*) FILTER (several), count(*) FILTER (NOT several), coalesce(sum(lines) FILTER (NOT several), 0) FROM {table}"
    )
    store.run(f"DELETE FROM {table} WHERE several" if lines else f"DROP TABLE {table}")
    return int(lines), Shared(int(several), int(partly))


def _joined(plan: Plan, meant: str) -> str:
    unit = f" AND meant_place IS NOT DISTINCT FROM {code('place')}" if plan.unit else ""
    return f" LEFT JOIN {meant} ON customer IS NULL AND meant_order = hash(order_id) AND meant_day = ordered_on{unit}"
