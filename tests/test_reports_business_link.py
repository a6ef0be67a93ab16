"""Encounters and business by unit: no claim of few units, none of chance, and never the word effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import Figures, customers, make_engagement, text_of
from scipy import stats

from kohtaamo_utils.measures.correlation import permutation_p
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = {"start": "2025-01-01", "end": "2025-12-31"}
TOGETHER = "where one is higher, the other tends to be higher too"


def units(count: int, conversion: list[float], **more: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """Return answers of units whose NPS rises from unit to unit, and a monthly conversion of each."""
    rows = [
        row
        for unit in range(count)
        for row in customers([10] * (10 + 2 * unit) + [0] * (40 - 2 * unit), unit=f"U{unit:02d}")
    ]
    figures = [
        {"month": f"2025-{month:02d}", "measure": "Konversio", "value": value, "unit": f"U{unit:02d}"}
        for unit, value in enumerate(conversion)
        for month in (1, 2)
    ]
    tables = {"survey": [row | {"answered_on": "2025-05-05"} for row in rows], **more}
    return tables | ({"operations": figures} if figures else {})


def opened(folder: Path, tables: dict[str, list[dict[str, object]]]) -> current_state.CurrentState:
    return current_state.open_report(str(make_engagement(folder, {"period": PERIOD}, tables)), "en")


def test_from_seven_units_nothing_is_claimed(tmp_path: Path) -> None:
    """Seven units in perfect order have no correlation in the report, only a table and a caution."""
    figures = Figures(opened(tmp_path, units(7, [0.1 * unit for unit in range(7)])), "current_state")
    text = text_of(figures.sections["business_link"])
    assert "Units with both figures: 7. From fewer than 8 nothing can be said" in text
    assert TOGETHER not in text
    assert not figures.named("business_link")
    assert len(figures.named("business_figure")) == 7


def test_from_ten_units_in_order_going_together_is_told(tmp_path: Path) -> None:
    """Ten units in nearly the same order go together; the figure is Spearman's."""
    conversion = [0.1, 0.2, 0.4, 0.3, 0.5, 0.6, 0.7, 0.9, 0.8, 1.0]
    figures = Figures(opened(tmp_path, units(10, conversion)), "current_state")
    found = figures("business_link", quality="nps", business="Konversio")
    assert found.value == pytest.approx(stats.spearmanr(range(10), conversion).statistic)
    assert found.n == 10
    text = text_of(figures.sections["business_link"])
    assert TOGETHER in text
    assert "is not an effect" in text


def test_ten_units_in_no_order_claim_nothing(tmp_path: Path) -> None:
    """Where the order is chance's, no going together is told."""
    conversion = [0.5, 0.9, 0.1, 0.7, 0.3, 0.6, 0.2, 0.8, 0.4, 0.55]
    text = text_of(opened(tmp_path, units(10, conversion)).business_link())
    assert "No business figure goes together with encounter quality by unit beyond chance." in text
    assert TOGETHER not in text


def test_churn_and_turnover_are_of_units_with_enough(tmp_path: Path) -> None:
    """A unit's churn is of the contracts that ran at the period's start, its turnover of staff on the eve; a unit of few takes the next with it."""
    contracts = [
        {"customer_id": f"{unit}{place}", "started_on": "2020-01-01", "ended_on": "2025-06-30" if place < left else "", "unit": unit}
        for unit, count, left in (("U00", 20, 5), ("U01", 10, 4), ("U02", 8, 1), ("U03", 3, 3))
        for place in range(count)
    ]  # fmt: skip
    staff = [
        {"employee_id": f"{unit}{place}", "started_on": "2020-01-01", "ended_on": "2025-06-30" if place < 2 else "", "unit": unit}
        for unit in ("U00", "U01")
        for place in range(10)
    ]  # fmt: skip
    staff += [
        {"employee_id": f"U02{place}", "started_on": "2020-01-01", "ended_on": "" if place else "2025-01-01", "unit": "U02"}
        for place in range(5)
    ]  # fmt: skip
    figures = Figures(opened(tmp_path, units(4, [], customers=contracts, employees=staff)), "current_state")
    churn = {
        f.scope["unit"]: f.estimate for f in figures.named("business_figure") if f.scope["measure"] == "contract_churn"
    }
    assert {unit: estimate.value for unit, estimate in churn.items()} == pytest.approx({"U00": 0.25, "U01": 0.4})
    low, high = churn["U00"].low, churn["U00"].high
    assert low is not None
    assert high is not None
    assert low < 0.25 < high
    leaving = figures("business_figure", measure="turnover_out", unit="U00")
    assert (leaving.value, leaving.n) == (pytest.approx(2 / 9), 10)
    leaving = figures("business_figure", measure="turnover_out", unit="U02")  # four are left on the first day
    assert (leaving.value, leaving.n) == (pytest.approx(1 / 4.5), 5)


def test_without_business_figures_by_unit_there_is_no_link(tmp_path: Path) -> None:
    """Answers alone have no link to business, and the part on data says so."""
    figures = Figures(opened(tmp_path, {"survey": units(3, [])["survey"]}), "current_state")
    assert figures.sections["business_link"].blocks == ()
    assert "encounters and business figures by unit (fewer than two units have both that may be shown)" in figures.text


def test_permutation_p_is_exact_for_few_and_near_the_exact_for_more() -> None:
    """Five units in order: 2 of 120 orders. Nine units: the draws come near scipy's exact p of Kendall-like order."""
    assert permutation_p([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]) == 2 / 120
    a, b = list(range(9)), [0, 2, 1, 4, 3, 6, 5, 8, 7]
    exact = stats.permutation_test(
        (a,), lambda x: stats.spearmanr(x, b).statistic, permutation_type="pairings", n_resamples=5000, rng=1
    )
    assert permutation_p(a, b) == pytest.approx(exact.pvalue, abs=2e-3)
    assert permutation_p([1, 1, 1], [1, 2, 3]) is None


def test_a_damaged_list_of_employees_costs_the_report_one_section_only(tmp_path: Path) -> None:
    """Where the employees cannot be read, the report is made all the same, without them."""
    tables = units(3, [0.1, 0.2, 0.3], employees=[{"employee_id": "a", "started_on": "not a day", "unit": "U00"}])
    figures = Figures(opened(tmp_path, tables), "current_state")
    assert figures("nps", respondent_group="customer").n == 150
    assert {figure.scope["measure"] for figure in figures.named("business_figure")} == {"Konversio"}


def bought(unit: str, buyers: int, *amounts: float, day: str = "2025-06-01", start: int = 0) -> list[dict[str, object]]:
    """Return each buyer's orders at a unit, one of each amount."""
    return [
        {"customer_id": f"c{start + buyer}", "order_id": f"{unit}{day}{start + buyer}-{place}", "ordered_on": day, "amount": amount, "unit": unit}
        for buyer in range(buyers)
        for place, amount in enumerate(amounts)
    ]  # fmt: skip


def baskets_of(figures: Figures) -> dict[str, float | None]:
    """Return the baskets of ``results.json`` by unit."""
    return {
        f.scope["unit"]: f.estimate.value for f in figures.named("business_figure") if f.scope["measure"] == "basket"
    }


def with_sales(folder: Path, sales: list[dict[str, object]], count: int = 3) -> Figures:
    """Return the report of units whose sales are given."""
    return Figures(opened(folder, units(count, [], transactions=sales)), "current_state")


def test_baskets_are_means_of_the_period_s_orders(tmp_path: Path) -> None:
    """Mean and t interval by unit are those of the orders worked out by pandas and scipy: lines summed, returns apart, the period's only."""
    sales = [
        *bought("U00", 6, 10.0, 0.0, -5.0),
        *bought("U01", 7, 20.5, 30.25),
        *bought("U00", 8, 900.0, day="2024-12-31"),
        *bought("U00", 8, 900.0, day="2026-01-01"),
        *bought("U01", 1, 4.0, day="2025-12-31", start=50),
    ]
    sales.append({**sales[0], "amount": 2.5})  # one more line of the first order
    figures = with_sales(tmp_path, sales)
    frame = pd.DataFrame(sales)
    inside = frame[frame["ordered_on"].str.startswith("2025")]
    orders = inside.groupby(["customer_id", "order_id", "unit"])["amount"].sum().reset_index()
    orders = orders[orders["amount"] >= 0]
    for unit, part in orders.groupby("unit"):
        amounts = part["amount"]
        found = figures("business_figure", measure="basket", unit=str(unit))
        low, high = stats.t.interval(0.95, len(amounts) - 1, amounts.mean(), stats.sem(amounts))
        assert (found.value, found.low, found.high) == pytest.approx((amounts.mean(), low, high), rel=1e-12)
        assert (found.n, found.unit, found.method) == (len(amounts), "money", "t")
    assert baskets_of(figures) == pytest.approx({"U00": 62.5 / 12, "U01": (7 * 50.75 + 4) / 15})  # zero sums count
    text = text_of(figures.sections["business_link"])
    assert "Basket size" in text
    assert "€5.21 (" in text
    assert "of the orders of 01/01/2025–31/12/2025; returns are no orders." in text
    assert "fewer than 5 customers" in text
    assert "Orders with" not in text


def test_orders_of_several_units_and_of_none_are_told(tmp_path: Path) -> None:
    """An order whose lines name two units counts in neither; it and the orders without a unit are counted in the note."""
    sales = [*bought("U00", 6, 10.0), *bought("U01", 6, 20.0), *bought("", 9, 1.0, 1.0)]
    sales += [{**row, "unit": unit, "order_id": f"both{row['customer_id']}", "amount": 500.0} for row in sales[:6] for unit in ("U00", "U01")]  # fmt: skip
    figures = with_sales(tmp_path, sales)
    assert baskets_of(figures) == {"U00": 10.0, "U01": 20.0}
    text = text_of(figures.sections["business_link"])
    assert "Orders with lines of several units, which count in none: 6." in text
    assert "Orders without a unit: 18." in text


def test_a_unit_of_four_customers_has_no_basket_nor_has_the_next(tmp_path: Path) -> None:
    """Four customers are too few; less what is shown, nobody may tell of them either, so the smallest of the others goes too."""
    sales = [*bought("U00", 4, 10.0), *bought("U01", 9, 20.0), *bought("U02", 8, 30.0), *bought("U03", 12, 40.0)]
    figures = with_sales(tmp_path, sales, 4)
    assert baskets_of(figures) == {"U01": 20.0, "U03": 40.0}
    text = text_of(figures.sections["business_link"])
    assert "€20.00" in text
    assert "€10.00" not in text
    assert "€30.00" not in text


def test_customers_of_two_hidden_units_are_counted_once(tmp_path: Path) -> None:
    """Two units of the same four customers are four people, not eight: a third unit is hidden with them."""
    sales = [
        *bought("U00", 4, 10.0), *bought("U01", 4, 20.0),
        *(row for unit, count in (("U02", 8), ("U03", 9), ("U04", 9)) for row in bought(unit, count, 30.0, start=10)),
    ]  # fmt: skip
    assert baskets_of(with_sales(tmp_path, sales, 5)) == {"U03": 30.0, "U04": 30.0}


def test_few_customers_of_no_unit_hide_the_smallest_unit(tmp_path: Path) -> None:
    """All orders less those of the shown units are never of one to four customers: also not where those are of no unit."""
    shown = [*bought("U00", 9, 10.0), *bought("U01", 9, 20.0), *bought("U02", 6, 30.0, start=20)]
    assert set(baskets_of(with_sales(tmp_path / "a", shown))) == {"U00", "U01", "U02"}
    few = [*shown, *bought("", 2, 70.0, start=30)]
    assert set(baskets_of(with_sales(tmp_path / "b", few))) == {"U00", "U01"}


@pytest.mark.parametrize(
    "sales",
    [
        [{key: value for key, value in row.items() if key != "unit"} for row in bought("U00", 9, 10.0)],
        bought("", 9, 10.0),
        bought("U00", 9, 10.0),
        [*bought("U00", 9, 10.0, day="2024-06-01"), *bought("U01", 9, 10.0, day="2024-06-01")],
        [*bought("U00", 9, 10.0), *bought("Muualla", 9, 10.0)],
        [*bought("U00", 9, -10.0), *bought("U01", 9, -10.0)],
        [{**row, "amount": "ten"} for unit in ("U00", "U01") for row in bought(unit, 9, 10.0)],
    ],
    ids=[
        "no unit mapped",
        "no unit named",
        "one unit",
        "another year",
        "units nobody was asked in",
        "returns",
        "wrong",
    ],
)
def test_without_baskets_of_two_units_there_is_no_column(tmp_path: Path, sales: list[dict[str, object]]) -> None:
    """Where sales tell nothing of two units of the answers, or cannot be read, the report is as without them."""
    figures = Figures(opened(tmp_path, units(3, [0.1, 0.2, 0.3], transactions=sales)), "current_state")
    assert baskets_of(figures) == {}
    text = text_of(figures.sections["business_link"])
    assert "Konversio" in text
    assert "Basket" not in text


def test_without_a_period_all_orders_count(tmp_path: Path) -> None:
    """An engagement without a period compares all answers with all orders, and names their days."""
    sales = [*bought("U00", 6, 10.0, day="2023-02-01"), *bought("U01", 6, 20.0, day="2025-03-01")]
    tables = units(3, [], transactions=sales)
    figures = Figures(
        current_state.open_report(str(make_engagement(tmp_path, {}, tables)), "en"), "current_state"
    )  # fmt: skip
    assert baskets_of(figures) == {"U00": 10.0, "U01": 20.0}
    assert "of the orders of 01/02/2023–01/03/2025" in text_of(figures.sections["business_link"])


def test_finnish_baskets_are_read_with_their_currency(tmp_path: Path) -> None:
    """In Finnish the column is Keskiostos, and an amount has its comma and its euro."""
    sales = [*bought("U00", 6, 10.0, 11.5), *bought("U01", 6, 1020.0)]
    folder = make_engagement(tmp_path, {"period": PERIOD}, units(3, [], transactions=sales))
    text = text_of(current_state.open_report(str(folder), "fi").business_link())
    assert "Keskiostos" in text
    assert "10,75\u00a0€ (10,25…11,25\u00a0€)".replace("\u00a0", " ") in text.replace("\u00a0", " ")
    assert "1 020,00 €" in text.replace("\u00a0", " ")
