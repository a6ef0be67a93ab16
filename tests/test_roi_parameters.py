"""Dated Finnish figures stand in for what the settings leave out, and say when they do not hold."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from roi_examples import effect

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.roi import baselines, parameters
from kohtaamo_utils.roi.settings import RoiSettings

STAFF = pd.DataFrame(
    {"employee_id": list("abcd"), "tenure_months": [12.0, 24.0, 36.0, 48.0], "ended": [True, False] * 2}
)


def settings(**roi: object) -> RoiSettings:
    """Return a turnover case; its leaver costs a salary of 3,000 for a month."""
    cost = {"vacancy": {"months": 1, "share": 1}, "monthly_salary": 3000, **roi.pop("cost", {})}  # type: ignore[dict-item]
    return RoiSettings.model_validate({"turnover": {"cost": cost, "effect": effect(0, 0.1, 0.2)}, **roi})


def test_figures_come_with_source_and_dates():
    """Every entry says where it is from and from when it holds; the ones to be verified are marked."""
    register = parameters.load()
    assert all(entry.source and entry.valid_from for entry in register.parameters)
    marked = {entry.id for entry in register.parameters if entry.verify}
    assert {"health_employer", "months_per_year", "vat_standard", "corporate_tax"} <= marked
    assert "pension_employer" not in marked


def test_published_figures():
    """TyEL 17.10 %, unemployment .31 and .72 %, VAT 25.5 % from September 2024, a person-year of 260.7143 days."""
    on = parameters.load(dt.date(2026, 6, 30))
    values = {name: on.get(name).value for name in ("pension_employer", "unemployment_employer", "vat_standard")}
    assert values == {"pension_employer": 0.1710, "unemployment_employer": 0.0031, "vat_standard": 0.255}
    assert on.get("unemployment_employer_above").value == 0.0072
    assert on.get("service_days_per_year").value == 260.7143
    assert parameters.load(dt.date(2024, 8, 31)).get("vat_standard").value == 0.24


def test_side_costs_are_about_what_they_are_made_of():
    """The statutory parts of 2026 add up to the total of 20 % within half a percentage point."""
    on = parameters.load(dt.date(2026, 6, 30))
    parts = (
        "pension_employer",
        "unemployment_employer",
        "health_employer",
        "accident_insurance",
        "group_life_insurance",
    )
    assert sum(on.get(name).value for name in parts) == pytest.approx(on.get("side_cost_rate").value, abs=0.005)


def test_silent_settings_take_the_figures():
    """Without side costs and months of pay a month costs 3,000 x 12.5 / 12 x 1.20, and both figures are named."""
    found = baselines.measure(settings(as_of="2026-05-01"), {"employees": STAFF}, None)["turnover"]
    assert found.cost.total == pytest.approx(3000 * 12.5 / 12 * 1.20)
    assert [entry.id for entry in found.parameters] == ["side_cost_rate", "months_per_year"]


def test_stated_values_come_first():
    """What the settings state is used and no figure is taken, a stated zero included."""
    stated = settings(cost={"side_cost_rate": 0, "months_per_year": 12})
    found = baselines.measure(stated, {"employees": STAFF}, None)["turnover"]
    assert (found.cost.total, found.parameters) == (3000, ())


class Period:
    """A period that ends in 2031."""

    start, end = dt.date(2031, 1, 1), dt.date(2031, 12, 31)


@pytest.mark.parametrize(
    ("as_of", "period", "day"),
    [
        ("2026-05-01", None, dt.date(2026, 5, 1)),
        (None, Period(), Period.end),
        ("2026-05-01", Period(), dt.date(2026, 5, 1)),
        (None, None, None),
    ],
)
def test_the_day_is_stated_or_the_periods_end(as_of, period, day):
    """Figures are looked up for `as_of`, else for the period's last day, else for no day; never for today."""
    assert baselines.parameters(settings(as_of=as_of), period).on == day


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (dt.date(2024, 12, 31), "not_yet"),
        (dt.date(2025, 1, 1), "valid"),
        (dt.date(2026, 12, 31), "valid"),
        (dt.date(2027, 1, 1), "expired"),
        (None, "unchecked"),
    ],
)
def test_validity(on, state):
    """The total of side costs holds in 2025 and 2026, its first and last day included."""
    register = parameters.load(on)
    assert register.state(register.get("side_cost_rate")) == state


def test_an_unknown_figure():
    """A name that the register does not have is an error that lists those that it has."""
    with pytest.raises(DataError, match=r"no dated parameter vat.*side_cost_rate"):
        parameters.load().get("vat")


def write(folder, *entries: str):
    """Write a register of entries of one id."""
    file = folder / "parameters.yaml"
    texts = [
        f"{{id: x, name: {{fi: a, sv: b, en: c}}, value: 1, unit: share, source: s, verify: false, {dates}}}"
        for dates in entries
    ]
    file.write_text(f"reviewed_on: 2026-01-15\nparameters: [{', '.join(texts)}]\n", encoding="utf-8")
    return file


def test_one_value_a_day(tmp_path):
    """Two values of one figure for the same day are refused, and the day is told."""
    file = write(tmp_path, "valid_from: 2025-01-01, valid_until: null", "valid_from: 2026-01-01, valid_until: null")
    with pytest.raises(DataError, match="x has two values on 2026-01-01"):
        parameters.load(path=file)


def test_dates_in_order(tmp_path):
    """A figure that ends before it begins is refused."""
    with pytest.raises(DataError, match="valid_until 2024-01-01 is before valid_from 2025-01-01"):
        parameters.load(path=write(tmp_path, "valid_from: 2025-01-01, valid_until: 2024-01-01"))
