"""The ROI report tells what the change of sales consists of and who leaves, and no small group."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, text_of
from roi_examples import effect

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import roi

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = {"start": "2025-01-01", "end": "2025-12-31"}
ROI = {"simulations": 2000, "basket": {"margin_rate": 0.3, "effect": effect(0, 0.01, 0.02)}}


def opened(folder: Path, tables: dict[str, list[dict[str, object]]], **settings: object) -> roi.RoiReport:
    """Open the English report of an engagement with these tables."""
    return roi.open_report(str(make_engagement(folder, settings, tables)), "en")


def sales() -> list[dict[str, object]]:
    """Return 10 customers with 4 orders of 50 in 2024, and 13 with 4 of 52 in 2025."""
    years = ((2024, 10, 50), (2025, 13, 52))
    orders = [(y, c, amount, month) for y, count, amount in years for c in range(count) for month in (1, 4, 7, 12)]
    return [
        {"customer_id": f"c{customer}", "ordered_on": f"{year}-{month:02d}-{1 if month < 12 else 31}", "amount": amount}
        for year, customer, amount, month in orders
    ]


def test_change_of_sales_is_divided(tmp_path: Path) -> None:
    """2,000 -> 2,704: customers 10 -> 13 and the basket 50 -> 52; the parts add up, in both divisions."""
    report = opened(tmp_path, {"transactions": sales()})
    figures = Figures(report, "roi")
    assert figures("revenue_change").value == pytest.approx(704)
    for division in ("lmdi", "shapley"):
        parts = [
            figures("revenue_change_part", factor=name, division=division).value
            for name in ("customers", "frequency", "basket")
        ]
        assert sum(part or 0 for part in parts) == pytest.approx(704)
        assert parts[1] == pytest.approx(0, abs=1e-9)
    assert figures("revenue_change_part", factor="customers", division="shapley").value == pytest.approx(3 * 4 * 51)
    text = text_of(report.sales_change())
    assert "Sales grew by €704 (35.2%) in a year. The largest part of it comes from: number of customers." in text
    assert "How prices changed was not given" in text


@pytest.mark.parametrize(
    ("amount", "told"), [(50.0, "Sales did not change in a year."), (50.1, "Sales grew by €4 (0.2%) in a year.")]
)
def test_sales_that_stay_the_same_neither_grow_nor_have_a_cause(tmp_path: Path, amount: float, told: str) -> None:
    """Of a change that is printed as nothing no direction and no cause is told."""
    orders = [(2024, 50.0), (2025, amount)]
    rows = [
        {"customer_id": f"c{customer}", "ordered_on": f"{year}-{month:02d}-{31 if month == 12 else 1}", "amount": each}
        for year, each in orders for customer in range(10) for month in (1, 4, 7, 12)
    ]  # fmt: skip
    text = text_of(opened(tmp_path, {"transactions": rows}).sales_change())
    assert told in text
    assert ("The largest part of it" in text) == (amount > 50)


def test_prices_are_taken_out(tmp_path: Path) -> None:
    """With prices up by 4 % nothing is left of the larger basket, and the price has a row of its own."""
    block = {**ROI, "prices": {"index": 1.04, "source": "own price list"}}
    report = opened(tmp_path, {"transactions": sales()}, roi=block)
    figures = Figures(report, "roi")
    assert figures("revenue_change_part", factor="basket", division="lmdi").value == pytest.approx(0, abs=1e-9)
    assert "Change of prices 1.000 1.040" in text_of(report.sales_change())
    assert "Prices: own price list." in text_of(report.sales_change())


def test_an_order_of_zero_is_a_purchase_and_the_page_says_so(tmp_path: Path) -> None:
    """Of two orders in the last twelve months, 52 and 0 in sum, both count, so the basket is 26 on average; a return does not count."""
    odd: list[dict[str, object]] = [
        {"customer_id": "a", "ordered_on": f"2025-0{month}-01", "amount": amount}
        for month, amount in ((2, 52), (3, 0), (4, -5))
    ]
    report = opened(tmp_path, {"transactions": odd}, roi=ROI)
    figures = Figures(report, "roi")
    assert (figures("orders").value, figures("basket_size").value) == (2, 26)
    assert "it does not count as an order. An order with a sum of zero counts as one." in text_of(report.baselines())


def test_less_than_two_years_say_nothing(tmp_path: Path) -> None:
    """Sales of a year and a half are not compared with half a year."""
    late = [row for row in sales() if str(row["ordered_on"]) > "2024-04-30"]
    assert opened(tmp_path, {"transactions": late}).sales_change().blocks == ()


def test_sample_change_adds_up(project: Path) -> None:
    """On the sample the four parts are the difference of the two years' revenue."""
    report = roi.open_report(str(project / "data" / "sample"), "en")
    figures = Figures(report, "roi")
    parts = [
        figures("revenue_change_part", factor=name, division="lmdi").value
        for name in ("customers", "frequency", "basket", "price")
    ]
    assert sum(part or 0 for part in parts) == pytest.approx(figures("revenue_change").value)


def staff(*groups: tuple[str, int, int]) -> list[dict[str, object]]:
    """Return people of units: (unit, people, leavers in June); all began a year before the period."""
    return [
        {"employee_id": f"{unit}{number}", "unit": unit, "started_on": "2024-01-01", "ended_on": "2025-06-30" if number < gone else ""}
        for unit, people, gone in groups
        for number in range(people)
    ]  # fmt: skip


def test_the_unit_that_leaves_stands_out(tmp_path: Path) -> None:
    """A unit of which four in five leave is named in the first sentence, and its exit rate is exact."""
    report = opened(tmp_path, {"employees": staff(("Espoo", 20, 16), ("Turku", 30, 1), ("Oulu", 30, 2))}, period=PERIOD)
    text = text_of(report.leaving())
    assert "More leave than elsewhere in: Espoo." in text
    assert "Oulu" in text
    rate = Figures(report, "roi")("staff_exit_rate", unit="Espoo")
    years = (16 * 181 + 4 * 365) / 365.25
    assert rate.value == pytest.approx(16 / years, rel=0.01)
    assert rate.n == 20


def test_small_units_are_nowhere(tmp_path: Path) -> None:
    """A unit of three is in no text and no figure, nor the next smallest from which it would follow; the hidden list says why."""
    report = opened(tmp_path, {"employees": staff(("Espoo", 20, 3), ("Turku", 30, 1), ("Oulu", 3, 1))}, period=PERIOD)
    assert "Oulu" not in text_of(report.leaving())
    assert "Espoo" not in text_of(report.leaving())
    results = report.results()
    assert "Oulu" not in json.dumps([figure.as_dict() for figure in results.figures])
    hidden = {hidden.scope["unit"]: hidden.reason for hidden in results.hidden if hidden.name == "staff_stays"}
    assert hidden == {"Oulu": "fewer than 5 people", "Espoo": "would tell of a smaller group"}


def test_people_without_a_unit_are_not_told_by_the_rest(tmp_path: Path) -> None:
    """Three people without a unit would follow from the total and the units: the smaller unit is hidden with them."""
    nowhere = [{**row, "employee_id": f"x{row['employee_id']}", "unit": ""} for row in staff(("x", 3, 1))]
    report = opened(tmp_path, {"employees": [*staff(("Espoo", 20, 3), ("Turku", 30, 1)), *nowhere]}, period=PERIOD)
    assert "Espoo" not in text_of(report.leaving())
    assert "Turku" in text_of(report.leaving())


def test_threshold_follows_the_settings(tmp_path: Path) -> None:
    """With a threshold of 25 a unit of twenty is hidden."""
    tables = {"employees": staff(("Espoo", 20, 3), ("Turku", 30, 1), ("Oulu", 60, 1))}
    report = opened(tmp_path, tables, period=PERIOD, disclosure={"minimum_respondents": 25})
    assert "Espoo" not in text_of(report.leaving())
    assert "Oulu" in text_of(report.leaving())


def test_a_handful_of_people_has_no_section(tmp_path: Path) -> None:
    """With fewer people than may be shown there is nothing to say of who stays."""
    assert opened(tmp_path, {"employees": staff(("Espoo", 4, 1))}, period=PERIOD).leaving().blocks == ()


def test_contracts_by_segment(tmp_path: Path) -> None:
    """Contract customers are told of by segment; with tenures only, from the beginning of each contract."""
    contracts = [
        {"customer_id": f"{segment}{number}", "segment": segment, "tenure_months": 6 + number, "ended": number < gone}
        for segment, gone in (("A", 18), ("B", 1))
        for number in range(20)
    ]
    report = opened(tmp_path, {"customers": contracts})
    assert "More leave than elsewhere in: A." in text_of(report.leaving())
    found = Figures(report, "roi")("contract_stays", months=12, segment="B")
    assert found.value == pytest.approx(19 / 20)


def test_retention_by_the_model_of_contracts(tmp_path: Path) -> None:
    """With model: shifted_beta_geometric retention is next year's of those who are there, and the report says so."""
    contracts = [
        {"customer_id": f"c{number}", "tenure_months": 12 * (number % 6) + 1, "ended": number % 3 == 0}
        for number in range(300)
    ]
    retention = {
        "source": "customers",
        "model": "shifted_beta_geometric",
        "margin_per_customer": 50,
        "effect": effect(0, 0.02, 0.04, "points"),
    }
    report = opened(tmp_path, {"customers": contracts}, roi={"simulations": 2000, "retention": retention})
    found = Figures(report, "roi")("retention_rate")
    assert found.method == "sbg-delta"
    assert found.low is not None
    assert found.value is not None
    assert found.low < found.value < 1
    assert "by the shifted beta-geometric model" in text_of(report.baselines())
    assert report.case is not None
    assert (report.case.inputs["retention_rate"], report.case.inputs["customers"]) == (found.value, 200)


LONG_SERVING = [
    {"employee_id": f"e{index}", "started_on": "2020-01-01", "ended_on": "2025-06-30" if index < 5 else ""}
    for index in range(25)
]
RETENTION = {
    "source": "transactions", "baseline": {"start": "2024-01-01", "end": "2024-12-31"}, "follow_up": PERIOD,
    "margin_per_customer": 100, "effect": effect(-0.02, -0.01, 0, "points"),
}  # fmt: skip
WHERE_NOW = {
    "sales, and staff of the period": (
        {"transactions": sales(), "employees": LONG_SERVING},
        None,
        "Sales: the whole data, 01/01/2024–31/12/2025. Staff: 01/01/2025–31/12/2025. Money without value added tax.",
    ),
    "retention of two windows": (
        {"transactions": sales()},
        {"costs": {"initial": 100}, "retention": RETENTION, "simulations": 2000},
        "Sales: the whole data, 01/01/2024–31/12/2025. Retention: those who bought 01/01/2024–31/12/2024, and whether they bought 01/01/2025–31/12/2025. Money without value added tax.",
    ),
    "contracts of the period": (
        {"customers": [{"customer_id": f"c{n}", "started_on": "2020-01-01", "ended_on": ""} for n in range(9)]},
        None,
        "Contract customers: 01/01/2025–31/12/2025.",
    ),
    "without dates": (
        {"employees": [{"employee_id": n, "tenure_months": 12 + n, "ended": n % 2 == 0} for n in range(10)]},
        None,
        "Staff: the whole data, which has no dates.",
    ),
}


@pytest.mark.parametrize(("tables", "block", "told"), WHERE_NOW.values(), ids=WHERE_NOW)
def test_where_the_client_stands_names_the_days(
    tmp_path: Path, tables: dict[str, list[dict[str, object]]], block: dict[str, object] | None, told: str
) -> None:
    """Each kind of figure is told with its first and last day, which need not be those of the report's period."""
    table = next(
        each
        for each in opened(tmp_path, tables, period=PERIOD, **({} if block is None else {"roi": block}))
        .baselines()
        .blocks
        if isinstance(each, Table)
    )
    assert table.note == told


def test_staff_without_dates_have_a_share_and_no_turnover(tmp_path: Path) -> None:
    """Without dates there is no turnover; the share of leavers, exits per person-year and median tenure stand instead."""
    lengths, ended = [12 * (n // 2 + 1) for n in range(20)], [n % 4 < 2 for n in range(20)]
    figures = Figures(opened(tmp_path, {"employees": followed(lengths, ended)}, period=PERIOD), "roi")
    assert not figures.named("turnover_in", "turnover_out", "turnover_gross", "headcount_mean")
    assert figures("leaver_share").value == 0.5
    assert figures("exits_per_person_year").value == pytest.approx(10 / (2 * sum(range(1, 11))))
    assert figures("median_tenure_months").value == formulas.kaplan_meier_median(lengths, ended) == 84


def followed(lengths: list[int], ended: list[bool]) -> list[dict[str, object]]:
    """Return staff of whom months and whether they left are known."""
    return [
        {"employee_id": n, "tenure_months": months, "ended": left}
        for n, (months, left) in enumerate(zip(lengths, ended, strict=True))
    ]


def test_a_median_that_few_were_followed_to_is_not_told(tmp_path: Path) -> None:
    """Of ten, half are gone after 84 months, when four were left: 5 were followed for 72, and more than half stayed longer."""
    lengths, ended = [12 * (n + 1) for n in range(10)], [n % 2 == 0 for n in range(10)]
    assert formulas.kaplan_meier_median(lengths, ended) == 84
    decade = {"start": "2015-01-01", "end": "2024-12-31"}
    staff = [
        {"employee_id": n, "started_on": "2015-01-01", "ended_on": f"{2015 + n}-12-31"}
        if left
        else {"employee_id": n, "started_on": f"{2024 - n}-01-01", "ended_on": ""}
        for n, left in enumerate(ended)
    ]
    figures = Figures(report := opened(tmp_path, {"employees": staff}, period=decade), "roi")
    assert figures("median_tenure_months").value is None
    text = text_of(report.baselines())
    assert "Median length of employment, months more than half stay longer than 7" in text
    assert "It is told as far as at least 5 people were followed." in text


def test_a_median_of_lengths_alone_is_of_all(tmp_path: Path) -> None:
    """Where only lengths are known nobody came late into the curve, and its median is told wherever it lies."""
    lengths, ended = [12 * (n + 1) for n in range(10)], [n % 2 == 0 for n in range(10)]
    figures = Figures(report := opened(tmp_path, {"employees": followed(lengths, ended)}, period=PERIOD), "roi")
    assert figures("median_tenure_months").value == formulas.kaplan_meier_median(lengths, ended) == 84
    assert "people were followed" not in text_of(report.baselines())


def test_a_median_without_newcomers_does_not_stand_there(tmp_path: Path) -> None:
    """All were there for years when the period began: nobody was followed from the beginning, so there is no median."""
    report = opened(tmp_path, {"employees": LONG_SERVING}, period=PERIOD)
    found = report.baselines()
    assert "Median length" not in text_of(found)
    assert [hidden.name for hidden in found.hidden] == ["median_tenure_months"]
