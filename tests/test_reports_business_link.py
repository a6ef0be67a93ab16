"""Encounters and business by unit: no claim of few units, none of chance, and never the word effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """A unit's churn is of the contracts that ran at the period's start; a unit of few takes the next with it."""
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


def test_without_business_figures_by_unit_there_is_no_link(tmp_path: Path) -> None:
    """Answers alone have no link to business, and the part on data says so."""
    figures = Figures(opened(tmp_path, {"survey": units(3, [])["survey"]}), "current_state")
    assert figures.sections["business_link"].blocks == ()
    assert "encounters and business figures by unit (fewer than two units have both)" in figures.text


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
