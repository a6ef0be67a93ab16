"""What charts draw of estimates: no finer than it is printed, so that a drawing tells no more than the text beside it.

The coordinates of a dot can be read from the page's source. Drawn to the last digit, the mean of a thousand answers would
say how much they add up to, and beside the next edition of the report what the one who came since answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.charts import GapRow, IntervalRow, TrendPoint
from kohtaamo_utils.presentation.numbers import as_printed

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context


def drawn(value: float, unit: str) -> float:
    """Return a value as charts draw it: as it is printed, shares as per cent.

    Parameters
    ----------
    value
        The value.
    unit
        As of `Estimate.unit`.

    Examples
    --------
    >>> drawn(0.123, "share"), drawn(4.23456, "scale")
    (12.0, 4.23)
    """
    printed = as_printed(value, unit)
    return float(round(printed * 100)) if unit == "share" else printed


def drawn_limits(estimate: Estimate) -> tuple[float, float] | None:
    """Return an interval as charts draw it; None without one."""
    if estimate.low is None or estimate.high is None:
        return None
    return drawn(estimate.low, estimate.unit), drawn(estimate.high, estimate.unit)


def interval_row(context: Context, label: str, estimate: Estimate, *, stands_out: bool = False) -> IntervalRow:
    """Return an estimate as a line of an interval chart.

    Parameters
    ----------
    context
        The reader's language.
    label
        Name of the line.
    estimate
        What is drawn.
    stands_out
        Whether the line is marked.
    """
    low, high = drawn_limits(estimate) or (None, None)
    text = context.f.in_unit(estimate.value, estimate.unit)
    return IntervalRow(label, drawn(estimate.value or 0.0, estimate.unit), text, low, high, stands_out)


def with_n(context: Context, name: str, estimate: Estimate) -> str:
    """Return a name with the number of answers behind it, e.g. ``Kassa (n = 796)``."""
    return f"{name} (n\u00a0=\u00a0{context.f.integer(estimate.n)})"


def gap_row(context: Context, label: str, first: float, second: float) -> GapRow:
    """Return two means of the scale 1–5 as a line of a gap chart."""
    one, other = drawn(first, "scale"), drawn(second, "scale")
    return GapRow(label, one, other, context.f.number(first, 2), context.f.number(second, 2))


def trend_point(month: str, estimate: Estimate, *, signal: bool) -> TrendPoint:
    """Return a month's estimate as a point of a trend."""
    low, high = drawn_limits(estimate) or (None, None)
    return TrendPoint(month, drawn(estimate.value or 0.0, estimate.unit), low, high, signal)
