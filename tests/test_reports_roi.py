"""The ROI report's figures on the sample, against values computed here from the raw files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

import formulas
import numpy as np
import openpyxl
import pytest
from engagements import Figures, make_engagement, text_by_section, text_of
from sample_files import dates, numbers, sold
from scipy.optimize import brentq

from kohtaamo_utils.reports import roi

if TYPE_CHECKING:
    from pathlib import Path

RATE, YEARS = 0.10, 3
COSTS = (9000 + 120 * 32, *[2500 + 60 * 32] * YEARS)
EFFECTS = {
    "low": {"retention": 0.005, "turnover": 0.0, "basket": 0.0},
    "likely": {"retention": 0.02, "turnover": 0.06, "basket": 0.015},
    "high": {"retention": 0.04, "turnover": 0.15, "basket": 0.03},
}
EFFECTS["expected"] = {driver: fmean(EFFECTS[name][driver] for name in EFFECTS) for driver in EFFECTS["low"]}
"""The mean of a triangle is the mean of its three corners. All figures above stand in the sample's engagement.yaml."""


class Business:
    """What the raw files say of sales and staff, and the business case worked out by hand."""

    def __init__(self, folder: Path) -> None:
        self._sales(folder)
        self._staff(folder)

    def _sales(self, folder: Path) -> None:
        lines = []
        for name in ("myynti_2024.csv", "myynti_2025.csv"):
            frame = sold(folder, name)
            lines += zip(
                frame["asiakasnumero"], frame["tilausnumero"], dates(frame["paiva"]), numbers(frame["summa"]),
                numbers(frame["kate"]), strict=True,
            )  # fmt: skip
        known = [line for line in lines if isinstance(line[0], str)]
        self.unknown = len(lines) - len(known)
        sums, first = defaultdict(float), {}
        for customer, order, day, amount, _ in known:
            assert isinstance(order, str)
            sums[customer, order] += amount
            first[customer, order] = min(day, first.get((customer, order), day))
        self.baskets = [round(amount, 6) for amount in sums.values() if round(amount, 6) >= 0]
        buyers, bought = defaultdict(set), defaultdict(int)
        for (customer, order), amount in sums.items():
            if round(amount, 6) >= 0:
                buyers[first[customer, order].year].add(customer)
                bought[customer] += 1
        self.orders_of = list(bought.values())
        self.revenue = sum(amount for _, _, _, amount, _ in known)
        self.stayed, self.earlier = len(buyers[2024] & buyers[2025]), len(buyers[2024])
        self.customers_2025 = len(buyers[2025])
        last = max(day for _, _, day, _, _ in known)
        assert (last.year, last.month, last.day) == (2025, 12, 31)
        self.last_year = sum(amount for _, _, day, amount, _ in known if day.year == 2025)
        self.margin = sum(margin for _, _, day, _, margin in known if day.year == 2025 and margin == margin)
        self.margin /= self.customers_2025

    def _staff(self, folder: Path) -> None:
        sheet = openpyxl.load_workbook(folder / "henkilosto.xlsx")["Henkilöt"]
        header, *rows = sheet.iter_rows(values_only=True)
        cells = [[value.date() if isinstance(value, dt.datetime) else value for value in row] for row in rows]
        self.people = [dict(zip(header, row, strict=True)) for row in cells]
        opening, close = dt.date(2024, 12, 31), dt.date(2025, 12, 31)
        self.at = [sum(self._there(person, day) for person in self.people) for day in (opening, close)]
        self.hires = sum(person["Alkoi"].year == 2025 for person in self.people)
        leavers = [person for person in self.people if person["Päättyi"] and person["Päättyi"].year == 2025]
        self.leavers, self.headcount = len(leavers), fmean(self.at)
        pay = fmean(person["Kuukausipalkka"] for person in leavers if person["Kuukausipalkka"]) * 12.5 / 12 * 1.21
        self.per_leaver = 210 + 1.5 * 0.40 * pay + 1800 + 1200 + 4 * 0.25 * pay

    @staticmethod
    def _there(person: dict[str, dt.date], day: dt.date) -> bool:
        return person["Alkoi"] <= day and not (person["Päättyi"] and person["Päättyi"] <= day)

    def benefits(self, effects: dict[str, float]) -> dict[str, list[float]]:
        """Return the benefit of each driver in years 1 to 3."""
        before = self.stayed / self.earlier
        after, years = min(1.0, before + effects["retention"]), range(1, YEARS + 1)
        fewer = self.headcount * self.leavers / self.headcount * effects["turnover"]
        return {
            "retention": [self.customers_2025 * (after**year - before**year) * self.margin for year in years],
            "turnover": [fewer * self.per_leaver for _ in years],
            "basket": [self.last_year * effects["basket"] * 0.38 for _ in years],
        }

    def present(self, effects: dict[str, float]) -> tuple[float, float]:
        """Return the present values of benefits and of costs; year 0 is not discounted."""
        yearly = [0.0, *map(sum, zip(*self.benefits(effects).values(), strict=True))]
        discounted = [(1 + RATE) ** -year for year in range(YEARS + 1)]
        return float(np.dot(yearly, discounted)), float(np.dot(COSTS, discounted))

    def npv(self, effects: dict[str, float]) -> float:
        """Return the net present value."""
        benefits, costs = self.present(effects)
        return benefits - costs

    def payback(self, effects: dict[str, float]) -> float | None:
        """Return when the undiscounted sum turns positive, linear within a year."""
        yearly = [0.0, *map(sum, zip(*self.benefits(effects).values(), strict=True))]
        total = -COSTS[0]
        for year in range(1, YEARS + 1):
            net = yearly[year] - COSTS[year]
            if total + net >= 0:
                return year - 1 - total / net
            total += net
        return None


@pytest.fixture(scope="module")
def business(project: Path) -> Business:
    return Business(project / "data" / "sample" / "data")


@pytest.fixture(scope="module")
def report(project: Path) -> roi.RoiReport:
    return roi.open_report(str(project / "data" / "sample"), "en")


@pytest.fixture(scope="module")
def figures(report: roi.RoiReport) -> Figures:
    return Figures(report, "roi")


def test_sales(figures: Figures, business: Business) -> None:
    """Customers, orders and revenue count what their definitions say: returns are money but no orders."""
    assert figures("customers").value == len(business.orders_of) == 3000
    assert figures("orders").value == len(business.baskets)
    assert figures("revenue").value == pytest.approx(business.revenue)
    assert figures("orders_per_customer").value == pytest.approx(len(business.baskets) / len(business.orders_of))


def test_basket_size(figures: Figures, business: Business) -> None:
    """The basket is the mean of an order with Student's t interval."""
    found = figures("basket_size")
    assert (found.value, found.low, found.high) == pytest.approx(formulas.mean(business.baskets), rel=1e-9)
    assert found.n == len(business.baskets)


def test_repeat_and_retention_rates(figures: Figures, business: Business) -> None:
    """Both rates are shares of customers with Wilson's interval."""
    repeat, kept = figures("repeat_rate"), figures("retention_rate")
    again = sum(count >= 2 for count in business.orders_of)
    assert (repeat.value, repeat.low, repeat.high) == pytest.approx(formulas.share(again, len(business.orders_of)))
    assert (kept.value, kept.low, kept.high) == pytest.approx(formulas.share(business.stayed, business.earlier))
    assert (repeat.n, kept.n) == (len(business.orders_of), business.earlier)


def test_turnover(figures: Figures, business: Business) -> None:
    """Turnover is hires and leavers by the mean of opening and closing headcount, gross turnover their mean."""
    assert business.at == [112, 114]
    assert figures("headcount_mean").value == business.headcount
    assert figures("turnover_in").value == pytest.approx(business.hires / business.headcount)
    assert figures("turnover_out").value == pytest.approx(business.leavers / business.headcount)
    gross = (business.hires + business.leavers) / (2 * business.headcount)
    assert figures("turnover_gross").value == pytest.approx(gross)
    assert not figures.named("leaver_share", "exits_per_person_year")


def test_median_tenure(figures: Figures, business: Business) -> None:
    """The median is where the curve of who stays comes to one half: of those there in the period, from their age then on."""
    start, end = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
    there = [
        (person["Alkoi"], person["Päättyi"])
        for person in business.people
        if person["Alkoi"] <= end and not (person["Päättyi"] and person["Päättyi"] < start)
    ]
    gone = [bool(left and left <= end) for _, left in there]
    lengths = [((left if over else end) - began).days for (began, left), over in zip(there, gone, strict=True)]
    ages = [max((start - began).days, 0) - 1 for began, _ in there]
    days = formulas.kaplan_meier_median(lengths, gone, ages)
    median = figures("median_tenure_months")
    assert days == 914
    assert median.value == pytest.approx(days / 30.4375)
    assert (median.low or 0) < (median.value or 0) < (median.high or 0)
    assert figures("staff_stays", months=24).value > 0.5 > figures("staff_stays", months=36).value


def test_cost_of_a_leaver(figures: Figures, business: Business) -> None:
    """A leaver costs the stated sums and the shares of loaded pay, at the mean pay of the year's leavers."""
    assert figures("turnover_cost_per_leaver").value == pytest.approx(business.per_leaver)


def test_benefits_and_costs(figures: Figures, business: Business) -> None:
    """Each driver's benefit and each year's cost is as its formula says, undiscounted and positive."""
    for driver, amounts in business.benefits(EFFECTS["likely"]).items():
        found = [figures("benefit", driver=driver, year=year).value for year in range(1, YEARS + 1)]
        assert found == pytest.approx(amounts, rel=1e-9)
    assert [figures("cost", year=year).value for year in range(YEARS + 1)] == list(COSTS)


@pytest.mark.parametrize("scenario", [None, *EFFECTS])
def test_scenarios(figures: Figures, business: Business, scenario: str | None) -> None:
    """NPV, ROI and payback follow from a scenario's effects; without a scenario in the scope they are the likely ones."""
    effects, scope = EFFECTS[scenario or "likely"], {"scenario": scenario} if scenario else {}
    benefits, costs = business.present(effects)
    assert figures("npv", **scope).value == pytest.approx(benefits - costs)
    assert figures("roi", **scope).value == pytest.approx((benefits - costs) / costs)
    assert figures("payback_years", **scope).value == (
        None if business.payback(effects) is None else pytest.approx(business.payback(effects))
    )


@pytest.mark.parametrize("driver", ["retention", "turnover", "basket"])
def test_break_even(figures: Figures, business: Business, driver: str) -> None:
    """At a driver's break-even, the others at their likely value, the NPV is zero."""
    root = brentq(lambda effect: business.npv({**EFFECTS["likely"], driver: effect}), -0.7, 0.28)
    assert figures("break_even", driver=driver).value == pytest.approx(root, rel=1e-6)


def test_simulation(figures: Figures, business: Business) -> None:
    """Percentiles and the chance of paying are those of independent triangular draws (numpy's own, another seed)."""
    draws = np.random.default_rng(7)
    drawn = {
        driver: draws.triangular(*(EFFECTS[name][driver] for name in ("low", "likely", "high")), size=200_000)
        for driver in EFFECTS["low"]
    }
    before = business.stayed / business.earlier
    years = np.arange(1, YEARS + 1)
    discounted = (1 + RATE) ** -years.astype(float)
    kept = (before + drawn["retention"][:, None]) ** years - before**years
    npv = business.customers_2025 * business.margin * kept @ discounted
    npv += business.leavers * business.per_leaver * drawn["turnover"] * discounted.sum()
    npv += business.last_year * 0.38 * drawn["basket"] * discounted.sum() - business.present(EFFECTS["low"])[1]
    for name, share in (("npv_p10", 0.1), ("npv_p50", 0.5), ("npv_p90", 0.9)):
        assert figures(name).value == pytest.approx(np.quantile(npv, share), abs=350)
    assert figures("probability_npv_positive").value == pytest.approx((npv > 0).mean(), abs=0.004)
    assert figures("npv_p50").n == 100_000


def test_figures_have_stated_scopes(figures: Figures) -> None:
    """Figures of the business stand for the whole; those of the case name driver, year, assumption or scenario alone."""
    allowed = {"benefit": {"driver", "year"}, "cost": {"year"}, "break_even": {"driver"}, "interaction": {"year"}}
    allowed |= {"sobol_first": {"assumption"}, "sobol_total": {"assumption"}}
    allowed |= {"revenue_change_part": {"factor", "division"}, "model_part": {"part"}}
    stays = ({"months"}, {"months", "unit"}, {"months", "role"}, {"months", "segment"})
    for figure in figures.results.figures:
        if figure.name in {"staff_stays", "contract_stays"}:
            assert set(figure.scope) in stays
            continue
        if figure.name in {"staff_exit_rate", "contract_exit_rate"}:
            assert set(figure.scope) in (set(), {"unit"}, {"role"}, {"segment"})
            continue
        assert set(figure.scope) == allowed.get(figure.name, set(figure.scope) & {"scenario"})
    assert (figures.results.report, figures.results.subject) == ("roi", None)


# ---------------------------------------------------------------- what the report says


def test_left_out_rows_are_told_once(report: roi.RoiReport, business: Business) -> None:
    """Rows without a customer are one reason with one count, though they come from two files."""
    assert business.unknown == 446
    assert text_of(report.data_quality()).count("rows without a customer") == 1
    assert "446 rows without a customer" in text_of(report.data_quality())


def test_answer_does_not_hide_the_cautious_case(report: roi.RoiReport) -> None:
    """Where the cautious assumptions lose money, the first sentence says so."""
    text = text_of(report.headline())
    assert "With the likely assumptions the programme pays for itself" in text
    assert "With all assumptions at their most cautious it does not." in text


TURNOVER_COST = {
    "separation": 0, "vacancy": {"months": 0, "share": 0}, "recruiting": 1000, "onboarding": 0,
    "ramp_up": {"months": 0, "share": 0}, "side_cost_rate": 0.2,
}  # fmt: skip
EMPLOYEES = [
    {"employee_id": f"e{index}", "started_on": "2020-01-01", "ended_on": "2025-06-30" if index < 5 else ""}
    for index in range(25)
]
SALES = [
    {"customer_id": f"c{index % 20}", "ordered_on": f"202{4 + index // 20}-03-01", "amount": 100} for index in range(35)
]
PERIOD = {"start": "2025-01-01", "end": "2025-12-31"}


def effect(low: float, likely: float, high: float, unit: str = "relative") -> dict[str, object]:
    return {"low": low, "likely": likely, "high": high, "unit": unit, "source": "trial", "grade": "A"}


def retention(low: float, likely: float, high: float) -> dict[str, object]:
    return {
        "source": "transactions", "baseline": {"start": "2024-01-01", "end": "2024-12-31"}, "follow_up": PERIOD,
        "margin_per_customer": 100, "effect": effect(low, likely, high, "points"),
    }  # fmt: skip


def opened(folder: Path, block: dict[str, object] | None, **tables: list[dict[str, object]]) -> roi.RoiReport:
    settings = {"period": PERIOD, **({"roi": {"simulations": 2000, **block}} if block else {})}
    return roi.open_report(str(make_engagement(folder, settings, tables)))


def test_without_assumptions_there_is_no_case(tmp_path: Path) -> None:
    """Without a roi block the report tells where the client stands, says so, and has no section of the case."""
    report = opened(tmp_path, None, transactions=SALES, employees=EMPLOYEES)
    texts = text_by_section(report, "roi")
    assert "There are no assumptions yet" in texts["headline"]
    assert not [name for name in ("cash_flow", "scenarios", "assumptions", "method") if texts[name].strip()]
    assert {"customers", "turnover_out"} <= {figure.name for figure in report.results().figures}
    assert not Figures(report, "roi").named("npv", "roi", "benefit")


def test_a_case_that_loses_money_says_so(tmp_path: Path) -> None:
    """With benefits below costs the report does not say that the programme pays, nor names a payback time."""
    report = opened(
        tmp_path, {"costs": {"initial": 90000}, "retention": retention(0.0, 0.01, 0.02)}, transactions=SALES
    )
    texts = text_by_section(report, "roi")
    assert "the programme does not pay for itself" in texts["headline"]
    assert "not within the period" in texts["headline"]
    assert "The benefits do not cover the costs within the period" in texts["cash_flow"]
    assert "Retention: customers" in texts["method"]
    assert "Basket: revenue" not in texts["method"]
    assert "pays for itself, and" not in " ".join(texts.values())


def test_a_case_that_pays_even_when_cautious_says_so(tmp_path: Path) -> None:
    """With benefits above costs at the lowest effects the report says that it pays even then."""
    report = opened(tmp_path, {"costs": {"initial": 1}, "retention": retention(0.05, 0.06, 0.07)}, transactions=SALES)
    assert "pays for itself even with the cautious assumptions" in text_of(report.headline())


def test_a_likely_loss_is_told(tmp_path: Path) -> None:
    """Where a good part of the simulated cases lose, though not most, the first sentence says that a loss is quite possible."""
    report = opened(tmp_path, {"costs": {"initial": 150}, "retention": retention(0.01, 0.04, 0.05)}, transactions=SALES)
    chance = Figures(report, "roi")("probability_npv_positive").value
    assert chance is not None
    assert 0.5 <= chance < 0.9
    assert "but a loss is quite possible too" in text_of(report.headline())


def test_a_loss_in_most_cases_is_told(tmp_path: Path) -> None:
    """Where most of the simulated cases lose though the likely one pays, the first sentence says that most lose."""
    report = opened(tmp_path, {"costs": {"initial": 60}, "retention": retention(-0.3, 0.02, 0.03)}, transactions=SALES)
    chance, figures = Figures(report, "roi")("probability_npv_positive").value, Figures(report, "roi")
    assert chance is not None
    assert chance < 0.5 < figures("npv").value
    assert "but in most of the simulated cases it makes a loss" in text_of(report.headline())


@pytest.mark.parametrize("basket", [True, False])
def test_double_counting_is_spoken_of_only_with_a_basket(tmp_path: Path, basket: bool) -> None:
    """The remark on the basket's benefit stands only in a case that has one beside retention."""
    block: dict[str, object] = {"costs": {"initial": 100}, "retention": retention(0.0, 0.01, 0.02)}
    if basket:
        block["basket"] = {"margin_rate": 0.3, "effect": effect(0, 0.01, 0.02)}
    block["turnover"] = {"cost": {**TURNOVER_COST, "monthly_salary": 3000}, "effect": effect(0, 0.1, 0.2)}
    report = opened(tmp_path, block, transactions=SALES, employees=EMPLOYEES)
    assert ("the basket's benefit" in text_of(report.scenarios())) == basket
