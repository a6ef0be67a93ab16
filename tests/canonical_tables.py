"""Canonical tables of every kind, made by hypothesis: what a client's file should be read as."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

Value = str | float | bool | dt.date | None
Row = dict[str, Value]

PLACES = ("Käpylä", "Åbo torg", "Kassa; palvelu", 'Näyttö, "iso"', "Myynti – verkko", "Öja", "B2B")
"""Categories with what makes a file hard to divide; no two are one spelling, none is a person."""
WORDS = (
    "jono",
    "hyvä",
    "äänekäs",
    "Åland",
    "kiitos!",
    "liian hidas",
    '"ihan ok"',
    "mutta; kai",
    "ja,",
    "5 tähteä",
    "palvelu\ntökki",
)
"""What remarks are made of: nothing that looks like personal data."""
TOGETHER = ("csat", "listening", "trust")
"""Rows of one question, which stand side by side."""
FEWEST, MOST = 1, 5
"""Rows of a table."""


@dataclass(frozen=True)
class Canonical:
    """A canonical table: its rows, all with the same columns."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    columns: tuple[str, ...]

    def column(self, name: str) -> list[Value]:
        """Return a column's values."""
        return [row[self.columns.index(name)] for row in self.rows]

    @property
    def records(self) -> list[Row]:
        """The rows by the columns' names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def of_records(name: str, records: list[Row]) -> Canonical:
    """Return the table of these rows."""
    order = [*TABLES[name].columns]
    columns = tuple(sorted(records[0], key=lambda column: (column in TOGETHER, order.index(column))))
    return Canonical(name, tuple(tuple(record[column] for column in columns) for record in records), columns)


ANSWERS = ("nps", "csat", "listening", "trust", "ces", "comment")
categories = st.sampled_from(PLACES)
remarks = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
ids = st.one_of(st.integers(1, 999).map("{:03}".format), st.integers(1, 999).map("Å-{}".format))
days = st.dates(dt.date(2001, 1, 1), dt.date(2025, 12, 31))
months = days.map(lambda day: day.replace(day=1))
amounts = st.integers(-99_999_999, 99_999_999).map(lambda cents: cents / 100)
positive = st.integers(0, 9_999_999).map(lambda cents: cents / 100)
pay = st.integers(200_000, 5_000_000).map(lambda cents: cents / 100)
"""A month's; pay that is far from the others' is asked about."""


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return values that may be missing."""
    return st.one_of(strategy, st.none())


def _score(low: int, high: int) -> st.SearchStrategy[Any]:
    return maybe(st.integers(low, high).map(float))


def _stay(key: str, more: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Row]:
    """Return employments or contracts: with dates, or with a length and whether they ended."""
    dated = st.fixed_dictionaries({key: ids, "started_on": days, "ended_on": maybe(days), **more}).map(_in_order)
    counted = st.fixed_dictionaries({key: ids, "tenure_months": positive, "ended": st.booleans(), **more})
    return st.one_of(dated, counted)


def _in_order(row: Row) -> Row:
    start, end = row["started_on"], row["ended_on"]
    ordered = isinstance(start, dt.date) and isinstance(end, dt.date) and end < start
    return {**row, "started_on": end, "ended_on": start} if ordered else row


def _mystery(row: Row) -> Row:
    score, top = row["score"], row["maximum"]
    swapped = isinstance(score, float) and isinstance(top, float) and score > top
    return {**row, "score": top, "maximum": score} if swapped else row


def _rater(row: Row) -> Row:
    return {**row, "rater_id": f"{row['rater_group']}-{row['rater_id']}" if row["rater_group"] != "self" else "self-1"}


def _pilot(row: Row) -> Row:
    """Return a row whose unit is on one side throughout, and whose second period is the pilot's own for all."""
    return {**row, "treated": row["unit"] in PLACES[::2], "after": row["period"] == "2024-10"}


def _answered(row: Row) -> Row:
    """Return a survey's row that answers something; others are no answers."""
    return row if any(row[name] is not None for name in ANSWERS) else {**row, "nps": 4.0}


def _choice(table: str, column: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(TABLES[table].columns[column].choices)


ROWS: dict[str, st.SearchStrategy[Row]] = {
    "survey": st.fixed_dictionaries(
        {
            "respondent_group": _choice("survey", "respondent_group"), "response_id": ids, "answered_on": days,
            "phase": maybe(_choice("survey", "phase")), "unit": maybe(categories), "weight": maybe(positive),
            "nps": _score(0, 10), "csat": _score(1, 5), "listening": _score(1, 5), "trust": _score(1, 5), "ces": _score(1, 7),
            "comment": maybe(remarks),
        }
    ).map(_answered),
    "observations": st.fixed_dictionaries(
        {"text": remarks, "kind": maybe(categories), "observed_on": maybe(days), "respondent_group": maybe(_choice("observations", "respondent_group"))}
    ),
    "mystery_shopping": st.fixed_dictionaries(
        {
            "visit_id": ids, "criterion": categories, "score": maybe(positive), "maximum": positive, "visited_on": maybe(days),
            "element": maybe(_choice("mystery_shopping", "element")), "critical": maybe(st.booleans()),
        }
    ).map(_mystery),
    "operations": st.fixed_dictionaries(
        {"month": months, "measure": categories, "value": amounts, "unit": maybe(categories), "higher_is_better": maybe(st.booleans())}
    ),
    "transactions": st.fixed_dictionaries(
        {"customer_id": ids, "ordered_on": days, "amount": amounts, "order_id": maybe(ids), "margin": maybe(amounts)}
    ),
    "customers": _stay("customer_id", {"annual_value": maybe(amounts), "unit": maybe(categories)}),
    "employees": _stay("employee_id", {"monthly_salary": maybe(pay), "role": maybe(categories)}),
    "ratings_360": st.fixed_dictionaries(
        {
            "reviewee_id": ids, "rater_id": ids, "rater_group": _choice("ratings_360", "rater_group"),
            "item": st.sampled_from(("Kuuntelee loppuun", "Pitää lupauksensa", "Lyssnar")), "score": _score(1, 5), "comment": maybe(remarks),
        }
    ).map(_rater),
    "pilot": st.fixed_dictionaries(
        {"unit": categories, "period": st.sampled_from(("2024-09", "2024-10")), "outcome": amounts}
    ).map(_pilot),
}  # fmt: skip
"""Each table's rows."""
VALUED = {"survey": "nps", "mystery_shopping": "score", "ratings_360": "score"}
"""What one row at least must have, for a file without it says nothing."""


def _key(name: str) -> Callable[[Row], tuple[Value, ...]]:
    names = TABLES[name].key
    return lambda row: tuple(row.get(column) for column in names) if names else (id(row),)


@st.composite
def canonical_tables(draw: st.DrawFn, name: str) -> Canonical:
    """Make a table of a few rows that keeps the canonical table's rules."""
    first = draw(ROWS[name])
    alike = ROWS[name].filter(lambda row: row.keys() == first.keys())
    more = draw(st.lists(alike, min_size=FEWEST - 1, max_size=MOST - 1))
    rows = list({_key(name)(row): row for row in (first, *more)}.values())
    if name in VALUED and all(row[VALUED[name]] is None for row in rows):
        rows[0] = {**rows[0], VALUED[name]: 0.0 if name == "mystery_shopping" else 4.0}
    return of_records(name, rows)
