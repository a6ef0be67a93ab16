"""The customers on many of a large file's rows, by name: its table keeps codes, so names are asked of the file, and only if there are such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.large.lines import rows_of
from kohtaamo_utils.intake.people.guests import LEAST, note_guests
from kohtaamo_utils.ledger import code

if TYPE_CHECKING:
    from kohtaamo_utils.intake.large.head import Head
    from kohtaamo_utils.intake.large.plan import Plan
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.ledger import Store

_BUCKET = "(customer & 4095)::USMALLINT"
"""Customers by the end of their codes: of 4,096 buckets each holds far less than `LEAST` of the rows."""


def note_large_guests(
    head: Head, plan: Plan, store: Store, raw: str, used: int, label: str, findings: Findings
) -> None:
    """Log each customer who seems to stand for all those who gave no number, if on `guests.LEAST` of the rows.

    Parameters
    ----------
    head, plan
        The file and how it is read.
    store, raw
        Where its purchases are, and their table.
    used
        Rows that the purchases are summed of.
    label
        What the file calls the customers' column.
    findings
        Takes the entries.
    """
    heavy = _heavy(plan, store, raw, used)
    if heavy:
        names = _named(head, plan, store, list(heavy))
        counts = {text: heavy[number] or rows for number, (text, rows) in names.items()}
        note_guests(counts, used, label, findings)


def _heavy(plan: Plan, store: Store, raw: str, used: int) -> dict[int, int]:
    """Return the codes of the customers on many rows, with how many; 0 where purchases do not carry the count of their lines."""
    if plan.nobody is None:
        return _on_many(store, raw, "why = 0", f"sum(lines) > {LEAST * used!r}", "sum(lines)")
    many = f"count(*) > {LEAST / 2} * (SELECT count(*) FROM {raw})"
    return dict.fromkeys(_on_many(store, raw, "customer IS NOT NULL", many, "count(*)"), 0)


def _on_many(store: Store, raw: str, counted: str, many: str, count: str) -> dict[int, int]:
    """Return the customers who count for more than so many, with how many that is.

    Customers are thrown into few buckets first: whoever is on many rows makes a bucket full, and mostly none is.
    """
    full = store.rows(f"SELECT {_BUCKET} FROM {raw} WHERE {counted} GROUP BY {_BUCKET} HAVING {many} ORDER BY ALL")
    if not full:
        return {}
    inside = f"{_BUCKET} IN (SELECT unnest(?::USMALLINT[]))"
    return dict(
        store.rows(
            f"SELECT customer, {count}::BIGINT FROM {raw} WHERE {counted} AND {inside} GROUP BY customer HAVING {many}",
            [[bucket for (bucket,) in full]],
        )
    )


def _named(head: Head, plan: Plan, store: Store, codes: list[int]) -> dict[int, tuple[str, int]]:
    """Return the names of customers by their codes, and how many of the file's rows name them."""
    found = store.rows(
        f"""SELECT who, any_value(customer)::VARCHAR, count(*) FROM (SELECT customer, {code("customer")} AS who FROM ({rows_of(head, plan)}))
        WHERE who IN (SELECT unnest(?::UBIGINT[])) GROUP BY who""",
        [codes],
    )
    return {number: (text, rows) for number, text, rows in found}
