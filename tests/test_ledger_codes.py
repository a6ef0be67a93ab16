"""Customers, orders and units as numbers: no two have one."""

from __future__ import annotations

import pytest

from kohtaamo_utils.ledger import Store, code, codes_of, order_code

MANY = 300_000
FORMS = [
    "i::VARCHAR",
    "'C' || lpad(i::VARCHAR, 7, '0')",
    "lpad((i * 49979 % 1000000000000)::VARCHAR, 12, '0')",
    "reverse(lpad((i * 37)::VARCHAR, 11, '0'))",
    "'asiakas' || i || '@esimerkki.fi'",
    "left(md5(i::VARCHAR), 8) || '-' || lpad(i::VARCHAR, 12, '0')",
    "repeat('ä', (i % 7)::INT) || i",
    "i * 1000",
]
"""Identifiers as client systems make them: counted, padded, scattered, long, and whole numbers."""


@pytest.mark.parametrize("form", FORMS)
def test_identifiers_do_not_share_a_code(form: str) -> None:
    """Identifiers that are much alike have codes of their own, and all parts of a code differ as chance would have it."""
    with Store() as store:
        asked = f"SELECT count(DISTINCT code), count(DISTINCT code >> 32) FROM (SELECT {code('x')} AS code FROM (SELECT {form} AS x FROM range({MANY}) r(i)))"  # noqa: S608 - the test's own
        apart, upper = store.row(asked)
    chance = MANY * MANY / 2**33  # pairs that share one of 2**32 numbers: about ten
    assert (apart, upper >= MANY - 5 * chance) == (MANY, True)


def test_nothing_has_no_code() -> None:
    """A customer who is not named has none; so it is never one customer who bought everything that has no name."""
    with Store() as store:
        found = store.rows(f"SELECT {code('x')} IS NULL FROM (VALUES (NULL), ('NULL'), ('')) v(x)")  # noqa: S608 - the test's own
    assert found == [(True,), (False,), (False,)]


@pytest.mark.parametrize("numbers", ["VARCHAR", "BIGINT"])
def test_a_day_is_no_orders_number(numbers: str) -> None:
    """An order without a number is its day's, and no order whose number reads or counts like that day."""
    with Store() as store:
        days = "SELECT DATE '2024-01-01' + i::INT AS day FROM range(1000) r(i)"
        alone = store.rows(f"SELECT {order_code(f'NULL::{numbers}', 'day')} FROM ({days})")  # noqa: S608 - the test's own
        texts = "day::VARCHAR" if numbers == "VARCHAR" else "date_diff('day', DATE '1970-01-01', day)"
        named = store.rows(f"SELECT {order_code(texts, 'day')} FROM ({days})")  # noqa: S608 - the test's own
    assert len({*alone, *named}) == 2000


def test_a_time_of_day_makes_no_other_order() -> None:
    """The day counts, given as a date or as a moment of it."""
    with Store() as store:
        asked = f"SELECT {order_code('NULL::VARCHAR', 'day')} FROM (VALUES (DATE '2024-01-05')) v(day)"  # noqa: S608 - the test's own
        assert store.row(asked) == store.row(asked.replace("DATE '2024-01-05'", "TIMESTAMP '2024-01-05 12:30:00'"))


def test_names_have_the_codes_that_queries_give() -> None:
    """What is looked up by name is what a query makes of it."""
    with Store() as store:
        (turku,) = store.row(f"SELECT {code('x')} FROM (VALUES ('Turku')) v(x)")  # noqa: S608 - the test's own
        assert codes_of(store, ["Turku"]) == {"Turku": turku}
