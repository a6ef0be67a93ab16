"""The ROI report tells what its assumptions rest on: dated figures, costs, grades, scenarios, credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import Figures, make_engagement, text_of
from roi_examples import effect

from kohtaamo_utils.reports import roi

if TYPE_CHECKING:
    from pathlib import Path

SALES = [{"customer_id": f"c{number % 20}", "ordered_on": "2025-03-01", "amount": 100} for number in range(35)]
STAFF = [
    {"employee_id": f"e{number}", "started_on": "2020-01-01", "ended_on": "2025-06-30" if number < 5 else "", "monthly_salary": 3000}
    for number in range(25)
]  # fmt: skip
BASKET = {"margin_rate": 0.3, "effect": effect(0, 0.01, 0.02)}
TURNOVER = {"cost": {"vacancy": {"months": 2, "share": 0.5}}, "effect": effect(0, 0.1, 0.2)}


def opened(folder: Path, language: str = "en", end: str | None = "2025-12-31", **block: object) -> roi.RoiReport:
    """Open the report of a small engagement."""
    period = {"period": {"start": f"{end[:4]}-01-01", "end": end}} if end else {}
    staff = [
        {**row, "ended_on": row["ended_on"] and f"{end[:4]}-06-30"} if end else {"employee_id": row["employee_id"], "tenure_months": 60, "ended": row["ended_on"] != "", "monthly_salary": 3000}
        for row in STAFF
    ]  # fmt: skip
    settings = {**period, "roi": {"simulations": 2000, "costs": {"initial": 1000}, **block}}
    return roi.open_report(
        str(make_engagement(folder, settings, {"transactions": SALES, "employees": staff})), language
    )


def test_dated_figures_are_shown_with_source_and_days(tmp_path: Path) -> None:
    """What the settings leave out stands with its value, the days on which it holds and its source."""
    text = text_of(opened(tmp_path, turnover=TURNOVER).assumptions())
    assert "Figures taken from the Finnish register" in text
    assert "20.0% 01/01/2025–31/12/2026" in text
    assert "was valid until" not in text
    assert "Months of pay a year: nobody has checked the figure against its source yet." in text


@pytest.mark.parametrize(
    ("end", "stated", "warned"),
    [
        ("2025-12-31", {}, ""),
        (
            "2027-12-31",
            {},
            "Side costs of pay: the figure was valid until 31/12/2026, and this calculation is as of 31/12/2027",
        ),
        ("2025-12-31", {"as_of": "2028-02-01"}, "valid until 31/12/2026, and this calculation is as of 01/02/2028"),
        ("2027-12-31", {"as_of": "2026-02-01"}, ""),
        ("2024-12-31", {}, "Side costs of pay: the figure is valid only from 01/01/2025"),
        (None, {}, "Side costs of pay: the calculation has no date, so it was not checked"),
    ],
)
def test_an_expired_figure_warns(tmp_path: Path, end: str | None, stated: dict[str, object], warned: str) -> None:
    """A figure that does not hold on the case's day is told of; the day is stated, else the period's end, never today."""
    text = text_of(opened(tmp_path, end=end, turnover=TURNOVER, **stated).assumptions())
    if warned:
        assert warned in text
    else:
        assert "Side costs of pay: the" not in text


def test_stated_values_need_no_register(tmp_path: Path) -> None:
    """Where the settings state everything, the register is not spoken of."""
    cost = {**TURNOVER["cost"], "side_cost_rate": 0.21, "months_per_year": 12.5}
    text = text_of(opened(tmp_path, turnover={**TURNOVER, "cost": cost}).assumptions())
    assert "register" not in text


@pytest.mark.parametrize(
    ("recruiting", "said"),
    [
        (0, "less than studies usually find (16–50%)"),
        (8000, "studies usually find 16–50%"),
        (40_000, "more than studies"),
    ],
)
def test_cost_of_a_leaver_is_held_against_studies(tmp_path: Path, recruiting: float, said: str) -> None:
    """Of 37,500 a year a leaver costs 10, 31 and 117 %: below, within and above the usual 16–50 %."""
    cost = {**TURNOVER["cost"], "recruiting": recruiting}
    assert said in text_of(opened(tmp_path, turnover={**TURNOVER, "cost": cost}).assumptions())


def test_costs_that_are_not_there_are_told(tmp_path: Path) -> None:
    """What the costs leave at zero is named; what they hold is in the table and not named."""
    costs = {"initial": 1000, "travel": {"initial": 300}, "participants_hours": {"per_year": 10}, "hourly_cost": 30}
    text = text_of(opened(tmp_path, basket=BASKET, costs=costs).assumptions())
    assert "Not among the costs, or counted in the fees: own staff's hours, tools and materials, measuring." in text
    assert "Travel at the start €300.00" in text
    assert "Cost of a participant's hour €30.00" in text
    assert "Cost of an own hour" not in text


def test_credit_is_told_where_there_is_some(tmp_path: Path) -> None:
    """Ramp, attribution and confidence stand in a table of their own, and only where they lower something."""
    credited = {**BASKET, "ramp": [0.5, 1], "attribution": 0.6, "confidence": 0.8}
    text = text_of(opened(tmp_path / "a", basket=credited).assumptions())
    assert "Basket: what is bought at a time 60% 80% 50% 100% 100%" in text
    assert "How much of the effect is counted" not in text_of(opened(tmp_path / "b", basket=BASKET).assumptions())


def test_an_override_is_printed(tmp_path: Path) -> None:
    """An effect that rests on a weak claim by somebody's word carries that word into the report."""
    weak = {**effect(0, 0.01, 0.02), "grade": "C", "evidence": "pays_more_86", "override": "Agreed with N.N. 3.2.2026"}
    text = text_of(opened(tmp_path, basket={**BASKET, "effect": weak}).assumptions())
    assert "evidence of grade C is used by a written decision: Agreed with N.N. 3.2.2026." in text


def test_common_claims_are_quoted_with_their_grade(tmp_path: Path) -> None:
    """The register's claims stand in the reader's language with grade and finding."""
    text = text_of(opened(tmp_path, "fi", basket=BASKET).assumptions())
    assert "Asiakkaan pitäminen on viisi kertaa edullisempaa kuin uuden hankkiminen. D " in text
    assert "52 % arvokkaampi kuin erittäin tyytyväinen. B− " in text


def test_saved_scenarios_stand_beside_the_others(tmp_path: Path) -> None:
    """A saved scenario is a row, what it changes is told, and its figures carry its name."""
    saved = {"Slow": {"basket": 0.005, "discount_rate": 0.15}}
    report = opened(tmp_path, basket=BASKET, scenarios=saved)
    text = text_of(report.scenarios())
    assert "Slow Basket: what is bought at a time 1.0% 0.5%" in text
    assert "Slow Discount rate 10.0% 15.0%" in text
    figures = Figures(report, "roi")
    annuity = sum(1.15**-year for year in (1, 2, 3))
    assert figures("npv", scenario="Slow").value == pytest.approx(3500 * 0.005 * 0.3 * annuity - 1000)


def test_other_ranges_are_told(tmp_path: Path) -> None:
    """A range of a cost is in the table of uncertain assumptions and in the tornado."""
    report = opened(tmp_path, basket=BASKET, ranges={"cost_initial": {"low": 500, "high": 1800}})
    assert "Fees and other costs at the start €500.00 €1,000 €1,800" in text_of(report.assumptions())
    assert "Fees and other costs at the start −€474 −€1,774" in text_of(report.scenarios())
    figures = Figures(report, "roi")
    assert figures("sobol_total", assumption="cost_initial").value == pytest.approx(1, abs=0.01)


def test_interaction_is_told_and_counted_nowhere(tmp_path: Path) -> None:
    """What retention and basket bring only together stands in the text and as a figure, and in no benefit."""
    windows = {
        "baseline": {"start": "2024-01-01", "end": "2024-12-31"},
        "follow_up": {"start": "2025-01-01", "end": "2025-12-31"},
    }
    retention = {**windows, "margin_per_customer": 100, "effect": effect(0.0, 0.05, 0.08, "points")}
    sales = [*SALES, *({**row, "ordered_on": "2024-03-01"} for row in SALES[:40:2]), {"customer_id": "gone", "ordered_on": "2024-05-01", "amount": 5}]  # fmt: skip
    block = {"simulations": 2000, "costs": {"initial": 1}, "retention": retention, "basket": BASKET}
    report = roi.open_report(str(make_engagement(tmp_path, {"roi": block}, {"transactions": sales})), "en")
    figures = Figures(report, "roi")
    benefit, together = figures("benefit", driver="retention", year=1).value, figures("interaction", year=1).value
    assert benefit is not None
    assert together == pytest.approx(benefit * 0.01)
    assert "not counted in any sum of this report" in text_of(report.scenarios())
