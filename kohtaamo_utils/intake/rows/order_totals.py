"""Amounts of order lines that are the order's total: once more on a row of its own, or again on each of its lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.stated_unit import product_entry
from kohtaamo_utils.intake.rows.order_customers import DAY, ORDER, order_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.notes.findings import Findings

AMOUNT = "amount"
LEAST_ORDERS = 10
"""Orders of several rows that are needed to tell."""
MOSTLY = 0.9
"""Share of them that must be alike; a few were corrected by hand."""
CENTS = 0.015
"""Sums of rounded amounts differ by that much for each row."""


def check_lines(part: Part, source: Source) -> None:
    """Check the orders of a file that is held, where its amounts are a column as it stands.

    Parameters
    ----------
    part
        Typed order lines.
    source
        Their block in the settings; a product with a number is a person's word.
    """
    needed = {ORDER, DAY, AMOUNT}
    if (
        needed <= set(part.frame.columns)
        and needed <= part.bound.keys()
        and isinstance(source.columns.get(AMOUNT, ""), str)
    ):
        keys, amounts = order_keys(part.bound), part.frame[AMOUNT]
        known = (keys[ORDER] != "").to_numpy() & amounts.notna().to_numpy()
        rows = zip(keys[known].itertuples(index=False, name=None), amounts[known].tolist(), strict=True)
        check_order_totals(rows, part.label(AMOUNT), part.findings)


def check_order_totals(rows: Iterable[tuple[Hashable, float]], label: str, findings: Findings) -> None:
    """Record a problem where the amount of nearly every order of several rows is its total, and would be counted more than once.

    That all lines of an order cost the same by chance is ruled out: as few lines of different orders may.

    Parameters
    ----------
    rows
        What tells the order of each row, and its amount; rows without either are left out.
    label
        The amounts' heading.
    findings
        Takes the problem.
    """
    orders: dict[Hashable, list[float]] = {}
    for order, amount in rows:
        orders.setdefault(order, []).append(amount)
    several = [amounts for amounts in orders.values() if len(amounts) > 1 and any(amounts)]
    if len(several) < LEAST_ORDERS:
        return
    longer = [amounts for amounts in several if len(amounts) > 2]
    if len(longer) >= LEAST_ORDERS / 2 and _share(longer, _has_total) >= MOSTLY <= _share(several, _has_total):
        message = say(
            "Nearly every order has a row whose amount is the sum of its other rows: its total, which would be counted twice."
        )
        advice = say("Leave the rows of totals out with an `exclude` rule, by what tells them from the lines.")
    elif _share(several, _is_one) >= MOSTLY and _by_chance([amounts[0] for amounts in several]) <= 1 - MOSTLY:
        message = say(
            "The amount is the same on all rows of nearly every order: it seems to be the order's total, which would be counted once for each row."
        )
        advice = say("Name the column of each row's own amount, or keep one row of each order in the file.")
    else:
        return
    entry = say(
        "If each row is really that much, `{entry}` takes the numbers as they are.",
        entry=product_entry(AMOUNT, label, "1"),
    )
    findings.problem("order_totals", message, advice=joined([advice, entry]), column=label)


def _share(orders: list[list[float]], what: Callable[[list[float]], bool]) -> float:
    return sum(map(what, orders)) / len(orders)


def _has_total(amounts: list[float]) -> bool:
    """Tell whether the largest amount is the sum of the others."""
    return abs(sum(amounts) - 2 * max(amounts, key=abs)) <= CENTS * len(amounts) and any(amounts)


def _is_one(amounts: list[float]) -> bool:
    return max(amounts) == min(amounts)


def _by_chance(amounts: list[float]) -> float:
    """Return how probable it is that two of these are the same."""
    counts = Counter(amounts).values()
    return sum(count * (count - 1) for count in counts) / (len(amounts) * (len(amounts) - 1))
