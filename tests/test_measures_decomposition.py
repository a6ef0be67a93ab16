"""A change of revenue is divided exactly among its factors."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.decomposition import Sales, lmdi, sales_in, shapley
from kohtaamo_utils.roi.settings import Prices

BEFORE = {"customers": 1000.0, "frequency": 4.0, "basket": 50.0}
AFTER = {"customers": 1040.0, "frequency": 4.1, "basket": 52.0}
FACTORS = st.fixed_dictionaries(dict.fromkeys(("customers", "frequency", "basket", "price"), st.floats(0.01, 1e4)))


def test_worked_example():
    """200,000 -> 221,728: LMDI 8,262.9136 / 5,202.1727 / 8,262.9136, Shapley 8,262.6667 / 5,202.6667 / 8,262.6667."""
    assert list(lmdi(BEFORE, AFTER).values()) == pytest.approx([8262.9136, 5202.1727, 8262.9136], abs=5e-5)
    assert list(shapley(BEFORE, AFTER).values()) == pytest.approx([8262.6667, 5202.6667, 8262.6667], abs=5e-5)


@pytest.mark.parametrize("method", [lmdi, shapley])
@given(before=FACTORS, after=FACTORS)
def test_parts_add_up(method, before, after):
    """The parts sum to the change of the product, whatever the factors."""
    change = math.prod(after.values()) - math.prod(before.values())
    size = math.prod(after.values()) + math.prod(before.values())
    assert sum(method(before, after).values()) == pytest.approx(change, abs=1e-7 * size)


@pytest.mark.parametrize("method", [lmdi, shapley])
@given(before=FACTORS, share=st.floats(0.5, 2))
def test_one_factor_alone_gets_all(method, before, share):
    """When one factor moves and the others do not, the change is its own."""
    parts = method(before, {**before, "basket": before["basket"] * share})
    assert [parts[name] for name in ("customers", "frequency", "price")] == pytest.approx(
        [0, 0, 0], abs=1e-6 * math.prod(before.values())
    )


@pytest.mark.parametrize("method", [lmdi, shapley])
@given(before=FACTORS, after=FACTORS)
def test_there_and_back(method, before, after):
    """Going back takes from each factor what going there gave it."""
    there, back = method(before, after), method(after, before)
    size = math.prod(after.values()) + math.prod(before.values())
    assert [there[name] + back[name] for name in there] == pytest.approx([0] * 4, abs=1e-7 * size)


def test_dearer_is_not_more():
    """With prices 4 % up the basket of 52 is one of 50, and the 4 % are the price's."""
    sales = Sales(date(2025, 1, 1), date(2025, 12, 31), 1040, 4264, 221_728)
    after = sales.factors(1.04)
    parts = lmdi({**BEFORE, "price": 1.0}, after)
    assert parts["basket"] == pytest.approx(0, abs=1e-9)
    assert parts["price"] == pytest.approx(8262.9136, abs=5e-5)
    assert math.prod(after.values()) == pytest.approx(221_728)


def test_price_level_holds_value_added_tax():
    """Amounts with VAT that rose from 24 to 25.5 % are 1.2 % dearer at equal prices: 1.255 / 1.24."""
    assert Prices(index=1.0, source="x", vat_before=0.24, vat_after=0.255).level == pytest.approx(1.255 / 1.24)
    assert Prices(index=1.03, source="x").level == 1.03


@pytest.mark.parametrize("method", [lmdi, shapley])
def test_zero_cannot_be_divided(method):
    """A factor of zero is refused and named."""
    with pytest.raises(DataError, match=r"Factors of \{'basket': 0.0\} came"):
        method(BEFORE, {**AFTER, "basket": 0.0})


def test_factors_must_be_the_same():
    """Different factors before and after are refused."""
    with pytest.raises(DataError, match="the same before and after"):
        lmdi(BEFORE, {"customers": 1.0})


def test_returns_are_money_and_no_orders():
    """Two customers with three orders of 60 and a return of 10: 1.5 orders each, 16.67 an order, 50 in all."""
    days = pd.to_datetime(["2025-01-01", "2025-05-01", "2025-12-31", "2025-06-01", "2026-01-01"])
    frame = pd.DataFrame({"customer_id": list("aabac"), "ordered_on": days, "amount": [10.0, 20.0, 30.0, -10.0, 99.0]})
    found = sales_in(frame, date(2025, 1, 1), date(2025, 12, 31))
    assert found.factors() == pytest.approx({"customers": 2, "frequency": 1.5, "basket": 50 / 3, "price": 1})
