"""Purchases out of order lines, and what is counted of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError, KohtaamoError
from kohtaamo_utils.ledger import Ledger, Store, Totals, ledger_of


def lines(*rows: tuple[object, ...], columns: str = "customer_id order_id ordered_on amount") -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=columns.split())
    return frame.assign(ordered_on=pd.to_datetime(frame["ordered_on"], format="ISO8601"))


def amounts(frame: pd.DataFrame) -> list[float]:
    """Return the sum of each purchase, the smallest first."""
    found = ledger_of(frame)._store.rows("SELECT amount FROM purchases ORDER BY amount")
    return [float(amount) for (amount,) in found]


def test_lines_of_one_order_are_summed_even_over_days() -> None:
    """An order is a customer's order_id; its date is that of its first line."""
    ledger = ledger_of(lines(("a", 1, "2025-01-02", 5.0), ("a", 1, "2025-01-01", 10.0)))
    assert ledger._store.rows("SELECT amount, ordered_on FROM purchases") == [(Decimal(15), date(2025, 1, 1))]


def test_an_order_number_is_the_customers_own() -> None:
    """Two customers with one order_id have an order each."""
    assert amounts(lines(("a", 1, "2025-01-01", 5.0), ("b", 1, "2025-01-01", 5.0))) == [5.0, 5.0]


def test_without_order_numbers_a_customers_day_is_an_order() -> None:
    """Rows of one day belong together, whatever their hour."""
    rows = (("a", "2025-01-01 09:00", 5.0), ("a", "2025-01-01 18:00", 6.0), ("a", "2025-01-02", 7.0))
    assert amounts(lines(*rows, columns="customer_id ordered_on amount")) == [7.0, 11.0]


def test_rows_without_an_order_number_fall_back_on_the_day() -> None:
    """Where only some rows have an order_id, the others of a day are one order beside them."""
    found = amounts(lines(("a", 1, "2025-01-01", 5.0), ("a", None, "2025-01-01", 6.0), ("a", None, "2025-01-01", 1.0)))
    assert found == [5.0, 7.0]


def test_rows_without_a_customer_are_left_out() -> None:
    """Money of nobody is not an order."""
    assert ledger_of(lines((None, 1, "2025-01-01", 5.0))).empty


def test_a_negative_sum_is_a_return() -> None:
    """A cancelled line inside an order lowers it; a negative sum is no order."""
    table = lines(("a", 1, "2025-01-01", 10.0), ("a", 1, "2025-01-01", -4.0), ("a", 2, "2025-01-05", -6.0))
    found = ledger_of(table).totals()
    assert (found.orders, found.bought, found.revenue) == (1, Decimal(6), Decimal(0))


def test_a_zero_sum_is_an_order() -> None:
    """An order that was paid with a voucher, or cancelled within itself, counts, rounding hairs or not."""
    table = lines(("a", 1, "2025-01-01", 0.0), ("b", 2, "2025-01-01", 0.1 + 0.2), ("b", 2, "2025-01-01", -0.3))
    assert ledger_of(table).totals().orders == 2
    hair = lines(("a", 1, "2025-01-01", 0.3), ("a", 1, "2025-01-01", -(0.1 + 0.2)))
    assert ledger_of(hair).totals() == Totals(1, 0, 1, Decimal(0), Decimal(0), Decimal(0))


def test_a_very_large_order_keeps_its_square() -> None:
    """An order of 250 million, as in a currency of small coins, is summed and squared like any other."""
    found = ledger_of(lines(("a", 1, "2025-01-01", 250_000_000.25))).totals()
    assert (found.bought, found.squares) == (Decimal("250000000.25"), Decimal("250000000.25") ** 2)


@pytest.mark.parametrize("paid", ["999999999999.75", "0.00005", "0.00015", "0.00014", "12345678901.2346"])
def test_a_square_is_that_of_whole_ten_thousandths(paid: str) -> None:
    """An order is rounded to a ten-thousandth, halves away from zero, and squared exactly, up to a million millions."""
    rounded = Fraction(
        Decimal(paid).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    )  # Python's decimals would round the square
    assert Fraction(ledger_of(lines(("a", 1, "2025-01-01", float(paid)))).totals().squares) == rounded**2


def test_repeated_lines_are_kept() -> None:
    """Two equal lines are two items, never a duplicate."""
    assert amounts(lines(("a", 1, "2025-01-01", 5.0), ("a", 1, "2025-01-01", 5.0))) == [10.0]


def test_margins_are_summed() -> None:
    """A window's margin is that of all its lines; lines without one add nothing."""
    table = lines(("a", 1, "2025-01-01", 5.0), ("a", 1, "2025-01-01", 6.0), ("b", 2, "2025-01-01", 6.0))
    window = (date(2025, 1, 1), date(2025, 1, 31))
    assert ledger_of(table.assign(margin=[1.0, 2.0, None])).money_in(window).margin == Decimal(3)
    assert ledger_of(table).money_in(window).margin is None


@pytest.mark.parametrize("kind", ["str", "int64", "category"])
def test_identities_may_be_of_any_type(kind: str) -> None:
    """Customers as words, numbers or categories give the same orders."""
    table = lines(("1", 1, "2025-01-01", 5.0), ("2", 2, "2025-01-01", 6.0))
    assert amounts(table.assign(customer_id=table["customer_id"].astype(kind))) == [5.0, 6.0]


def test_no_rows_give_no_orders() -> None:
    """An empty log has totals of nothing."""
    ledger = ledger_of(lines(("a", 1, "2025-01-01", 5.0)).iloc[:0])
    assert ledger.empty
    assert ledger.totals() == Totals(0, 0, 0, Decimal(0), Decimal(0), Decimal(0))
    assert ledger.months() == []
    assert ledger.cohorts() == []


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    """Every question about a window asks for its days in their order."""
    ledger = ledger_of(lines(("a", 1, "2025-01-01", 5.0)))
    backwards, year = (date(2025, 2, 1), date(2025, 1, 1)), (date(2025, 1, 1), date(2025, 12, 31))
    for ask in (ledger.customers_in, ledger.money_in, lambda window: ledger.retained(year, window)):
        with pytest.raises(DataError, match="A window from 2025-02-01 to 2025-01-01 came"):
            ask(backwards)


def test_months_and_cohorts() -> None:
    """Three customers: who bought in which month, and who came back how many months after the first order."""
    rows = (
        ("a", 1, "2025-01-05", 10.0),
        ("a", 2, "2025-03-01", 30.0),
        ("b", 3, "2025-01-31", 5.0),
        ("c", 4, "2025-03-31", 5.0),
    )
    ledger = ledger_of(lines(*rows))
    months = [(str(month), *rest) for month, *rest in ledger.months()]
    assert months == [("2025-01-01", 2, 7.5), ("2025-03-01", 2, 17.5)]
    cohorts = [(str(month), age, count) for month, age, count in ledger.cohorts()]
    assert cohorts == [("2025-01-01", 0, 2), ("2025-01-01", 2, 1), ("2025-03-01", 0, 1)]


def test_cohorts_of_many_years() -> None:
    """More than sixty months apart, a customer is still of his first month's cohort."""
    rows = [("a", n, f"{2000 + n}-0{1 + n % 9}-15", 1.0) for n in range(0, 24, 3)] + [("b", 1, "2009-12-01", 1.0)]
    found = ledger_of(lines(*rows)).cohorts()
    by_hand = {(date(2000, 1, 1), (2000 + n - 2000) * 12 + n % 9): 1 for n in range(0, 24, 3)}
    by_hand[date(2009, 12, 1), 0] = 1
    assert {(cohort, age): count for cohort, age, count in found} == by_hand


def test_without_room_the_user_is_told_what_to_do() -> None:
    """What memory and disk together do not hold ends in words on both, not in the database's own."""
    with Store() as store:
        store.run("SET memory_limit = '20MB'")
        store.run("SET max_temp_directory_size = '0MB'")
        with pytest.raises(KohtaamoError, match=r"(?s)cannot be summed .* room in the temporary folder .*TMPDIR"):
            store.run("CREATE TABLE t AS SELECT random() AS x, uuid() AS y FROM range(3000000) ORDER BY x")
        assert store.row("SELECT 1") == (1,)


def test_a_store_leaves_nothing_behind(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a database spilled to disk is gone when it is closed."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Store() as store:
        store.run("SET memory_limit = '50MB'")
        store.run("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) AS x FROM range(3000000) r(i)")
        assert any(path.is_file() for path in tmp_path.rglob("*"))
    assert list(tmp_path.iterdir()) == []


DAYS = st.dates(date(2023, 12, 1), date(2025, 2, 28))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "C", "001", "1"]),
        st.sampled_from([None, "1", "2", "A9"]),
        DAYS,
        st.integers(-10_000, 10_000).map(lambda cents: cents / 100),
    ),
    max_size=40,
)


def by_hand(rows: list[tuple[str, str | None, date, float]]) -> dict[tuple[str, str, date], tuple[date, Fraction]]:
    """Return each purchase's first day and its sum in whole cents, by plain Python."""
    found: dict[tuple[str, str, date], tuple[date, Fraction]] = {}
    for customer, order, day, amount in rows:
        key = (customer, "", day) if order is None else (customer, order, date.min)
        first, so_far = found.get(key, (day, Fraction(0)))
        found[key] = min(first, day), so_far + Fraction(round(amount * 100), 100)
    return found


@settings(max_examples=60, deadline=None)
@given(ROWS, DAYS)
def test_a_ledger_counts_as_one_would_by_hand(rows: list[tuple[str, str | None, date, float]], start: date) -> None:
    """Totals, windows and retention of any sales are those that plain Python counts."""
    ledger: Ledger = ledger_of(lines(*rows)) if rows else ledger_of(lines(("a", None, "2025-01-01", 1.0)).iloc[:0])
    purchases = [(key[0], day, amount) for key, (day, amount) in by_hand(rows).items()]
    bought = [entry for entry in purchases if entry[2] >= 0]
    each: dict[str, int] = defaultdict(int)
    for customer, _, _ in bought:
        each[customer] += 1
    found = ledger.totals()
    assert (found.customers, found.orders) == (len(each), len(bought))
    assert found.repeating == sum(count >= 2 for count in each.values())
    assert found.revenue == sum(amount for *_, amount in purchases)
    assert found.squares == sum(amount**2 for *_, amount in bought)
    window = (start, start + timedelta(days=90))
    after = (start + timedelta(days=91), start + timedelta(days=200))
    first, second = ({customer for customer, day, _ in bought if low <= day <= high} for low, high in (window, after))
    assert ledger.customers_in(window) == len(first)
    retained = ledger.retained(window, after)
    assert (retained.before, retained.kept) == (len(first), len(first & second))
    inside = sum((amount for _, day, amount in purchases if window[0] <= day <= window[1]), Fraction(0))
    assert ledger.money_in(window).revenue == inside
