"""Orders out of order lines, and the returns that are not orders."""

from __future__ import annotations

import pandas as pd

KEY = ["customer_id", "order_id", "_day"]
SUMMED = ("amount", "margin")
KEPT = ("unit", "segment")
CENT_DECIMALS = 6


def purchases(frame: pd.DataFrame) -> pd.DataFrame:
    """Return every order and every return, one row each: lines are summed, nothing is dropped as a repeat.

    Parameters
    ----------
    frame
        Canonical ``transactions``: customer_id, ordered_on (timestamps), amount; order_id, margin, unit, segment
        if there are any. Rows without customer, date or amount are left out.

    Returns
    -------
    DataFrame
        customer_id, order_id, ordered_on (the first line's), amount, lines, ``is_return`` (a negative sum), and
        margin (the sum), unit and segment (the first line's) where the input has them; in order of time.

    Notes
    -----
    What belongs together is a customer's order_id; where a row has none, the customer's rows of that day without one.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", "a"], "order_id": [1, 1, 2], "amount": [10.0, 5.0, -5.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-03"])})
    >>> purchases(lines)[["amount", "is_return"]].values.tolist()
    [[15.0, False], [-5.0, True]]
    """
    lines = known_rows(frame)
    lines = lines.assign(
        order_id=lines["order_id"] if "order_id" in lines else pd.Series(pd.NA, index=lines.index, dtype="object")
    )
    lines = lines.assign(_day=lines["ordered_on"].dt.normalize().where(lines["order_id"].isna()))
    grouped = lines.groupby(KEY, dropna=False, sort=False, observed=True)
    columns = {"ordered_on": ("ordered_on", "min"), "lines": ("amount", "size")}
    columns |= {name: (name, "sum") for name in SUMMED if name in lines}
    columns |= {name: (name, "first") for name in KEPT if name in lines}
    table = grouped.agg(**columns).reset_index().drop(columns="_day")
    # sums of cents leave hairs such as -1e-16, which would turn a cancelled order into a return
    table["amount"] = table["amount"].round(CENT_DECIMALS)
    table["is_return"] = table["amount"] < 0
    return table.sort_values(["ordered_on", "customer_id"], kind="stable", ignore_index=True)


def orders(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per order: everything bought together whose sum is not negative.

    A negative sum is a return and no order; a sum of zero is an order.

    Parameters
    ----------
    frame
        Canonical ``transactions``.

    Returns
    -------
    DataFrame
        customer_id, order_id, ordered_on, amount, lines; margin, unit and segment where the input has them.

    Examples
    --------
    >>> lines = pd.DataFrame({"customer_id": ["a", "a", None], "amount": [10.0, 5.0, 9.0],
    ...                       "ordered_on": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-03"])})
    >>> orders(lines)["amount"].tolist()
    [15.0]
    """
    table = purchases(frame)
    return table[~table["is_return"]].drop(columns="is_return").reset_index(drop=True)


def known_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a customer, a date and an amount: the only ones that count anywhere.

    Examples
    --------
    >>> len(known_rows(pd.DataFrame({"customer_id": ["a", None], "ordered_on": pd.to_datetime(["2025-01-01"] * 2),
    ...                              "amount": [1.0, 2.0]})))
    1
    """
    return frame.dropna(subset=["customer_id", "ordered_on", "amount"])
