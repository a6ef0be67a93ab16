"""Tables whose columns are months: *Yksikkö | tammi 2025 | helmi 2025*, where a canonical table has a row for each month."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.errors import joined, quoted, say
from kohtaamo_utils.intake.columns.date_parts import month_in
from kohtaamo_utils.intake.values.one_date import parse_date, parse_month

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 3
"""So many headings that are months are no chance; two may be a before and an after."""
SHOWN = 3


class MonthColumns(NamedTuple):
    """What to say of such a table."""

    message: str
    advice: str


def month_columns(names: Sequence[str]) -> MonthColumns | None:
    """Return what to say where a table's headings are months; None where they are not.

    Examples
    --------
    >>> month_columns(["Yksikkö", "tammi 2025", "helmi 2025", "maalis 2025"]).message
    'The months stand in columns ("tammi 2025", "helmi 2025", "maalis 2025" …): a row for each month is needed.'
    >>> month_columns(["Vuosi", "Kuukausi", "Mars", "1", "2", "3"])
    """
    months = [name for name in names if _is_month(name)]
    if len(months) < FEWEST:
        return None
    return MonthColumns(
        say(
            "The months stand in columns ({names} …): a row for each month is needed.",
            names=joined([quoted(name) for name in months[:SHOWN]], ", "),
        ),
        say(
            "Make rows of these columns: one column for the month, with its year, and one for the figure. Excel does it under Data, From Table/Range, "
            "with the command Unpivot Columns."
        ),
    )


def _is_month(name: str) -> bool:
    named = month_in(name) is not None and not name[:1].isdigit()
    return named or parse_month(name) is not None or parse_date(name) is not None
