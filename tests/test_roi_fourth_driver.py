"""A fourth benefit driver is one file: written into the drivers' folder, it is everywhere without another change."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement, text_of
from openpyxl import load_workbook
from roi_examples import effect

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation.blocks import WhatIf
from kohtaamo_utils.reports import roi
from kohtaamo_utils.reports.roi.workbook.build import build
from kohtaamo_utils.reports.roi.workbook.content import content
from kohtaamo_utils.roi import drivers
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.widgets import RoiWorkbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE_FILE = '''
"""Fewer contacts that were needless: time of the service desk."""

from dataclasses import dataclass

from pydantic import Field

from kohtaamo_utils.roi.blocks import DriverBlock
from kohtaamo_utils.roi.drivers.driver import Driver, DriverBaseline
from kohtaamo_utils.roi.steps import Input, Step, symbol


class ContactsDriver(DriverBlock):
    """Contacts that a better first encounter makes needless."""

    per_year: float = Field(gt=0)
    cost: float = Field(gt=0)


@dataclass(frozen=True)
class Contacts(DriverBaseline):
    """Contacts a year and what one costs."""

    per_year: float
    cost: float

    def inputs(self):
        """Return the model's inputs."""
        return {"contacts": self.per_year, "contact_cost": self.cost}


def steps(horizon):
    """Return the driver's steps."""
    saved = symbol("contacts") * symbol("effect_contacts") * symbol("contact_cost")
    return tuple(Step(f"gross_contacts_{t}", "money", saved, t, "contacts") for t in range(1, horizon + 1))


DRIVER = Driver(
    name="contacts",
    order=40,
    label="Contacts: fewer needless ones",
    formula="Contacts: contacts a year × effect × cost of one, each year.",
    base="BASE",
    block=ContactsDriver,
    effect_unit="relative",
    inputs=(
        Input("contacts", "count", "Contacts a year", "contacts"),
        Input("contact_cost", "money", "Cost of one contact", "contacts"),
    ),
    steps=steps,
    measure=lambda block, situation: Contacts(block.per_year, block.cost),
    bracket=lambda inputs: (-1.0, 1.0),
)
'''
SALES = [{"customer_id": f"c{number % 20}", "ordered_on": "2025-03-01", "amount": 100} for number in range(35)]
BLOCK = {"per_year": 2000, "cost": 6, "effect": effect(0.0, 0.10, 0.20)}


def discover(folder: Path, monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """Write the one file beside the kit's own drivers, as far as Python can tell, and find it."""
    (folder / "contacts.py").write_text(ONE_FILE.replace("BASE", base), encoding="utf-8")
    monkeypatch.setattr(drivers, "__path__", [*drivers.__path__, str(folder)])
    monkeypatch.delitem(sys.modules, "kohtaamo_utils.roi.drivers.contacts", raising=False)
    for name, driver in drivers.discover().items():
        monkeypatch.setitem(drivers.DRIVERS, name, driver)


@pytest.fixture
def fourth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder for engagements while there are four drivers."""
    (tmp_path / "more_drivers").mkdir()
    discover(tmp_path / "more_drivers", monkeypatch, "time of the service desk")
    yield tmp_path / "client"
    sys.modules.pop("kohtaamo_utils.roi.drivers.contacts", None)


def engagement(folder: Path, **block: object) -> str:
    """Make an engagement with the fourth driver and the basket."""
    basket = {"margin_rate": 0.3, "effect": effect(0, 0.01, 0.02)}
    roi_block = {"simulations": 2000, "costs": {"initial": 1000}, "basket": basket, "contacts": {**BLOCK, **block}}
    return str(make_engagement(folder, {"roi": roi_block}, {"transactions": SALES}))


def test_settings_know_it(fourth):
    """Its block is read with its own type and limits."""
    found = load(engagement(fourth)).settings.roi.drivers["contacts"]
    assert (type(found).__name__, found.per_year, found.effect.likely) == ("ContactsDriver", 2000, 0.10)


def test_a_misspelt_key_in_it_is_told_with_the_nearest(fourth):
    """A key that its block does not have is an error with its line and the key that was meant."""
    with pytest.raises(SettingsError) as caught:
        load(engagement(fourth, costs=6))
    [problem] = caught.value.problems
    assert "`costs` under `roi.contacts` is not known" in problem.message
    assert problem.advice == "Did you mean `cost`?"


def test_model_counts_it(fourth):
    """2,000 contacts x 10 % x 6 = 1,200 a year, in the sum of the benefits too: 35 x 100 x 1 % x .3 = 10.50 beside it."""
    case = roi.open_report(engagement(fourth), "en").case
    assert case.result().benefits["contacts"] == pytest.approx((1200.0,) * 3)
    assert float(case.values({})["benefit_2"]) == pytest.approx(1210.5)
    assert case.break_even("contacts") is not None
    assert set(case.simulate().npv.shape) == {2000}


def test_credit_applies_to_it(fourth):
    """Ramp, attribution and confidence are the model's and need nothing of the driver: 1,200 x .5 x .6 x .8 = 288."""
    case = roi.open_report(engagement(fourth, ramp=[0.5, 1], attribution=0.6, confidence=0.8), "en").case
    assert case.result().benefits["contacts"] == pytest.approx((288.0, 576.0, 576.0))


def test_report_speaks_of_it(fourth):
    """Its label, formula, baseline and money stand in the report's sections."""
    report = roi.open_report(engagement(fourth), "en")
    assert "Contacts: fewer needless ones" in text_of(report.cash_flow())
    assert "£1,200" in text_of(report.cash_flow()) or "€1,200" in text_of(report.cash_flow())
    assert "Contacts: fewer needless ones" in text_of(report.scenarios())
    assert "Cost of one contact" in text_of(report.assumptions())
    assert "contacts a year × effect" in text_of(report.method())


def test_results_have_it(fourth):
    """results.json holds its benefit by year and its break-even."""
    report = roi.open_report(engagement(fourth), "en")
    for section in (report.cash_flow, report.scenarios):
        section()
    scopes = {(figure.name, *figure.scope.values()) for figure in report.results().figures}
    assert {("benefit", "contacts", 1), ("benefit", "contacts", 3), ("break_even", "contacts")} <= scopes


def test_faces_show_it(fourth):
    """The page's what-if, the typeset formulas, the workbook and the workbench have it, and none of them names it."""
    report = roi.open_report(engagement(fourth), "en")
    [live] = [block.live for block in report.scenarios().blocks if isinstance(block, WhatIf)]
    controls = {control.name: control.label for group in live.groups for control in group.controls}
    assert {"contacts", "contact_cost", "effect_contacts"} <= controls.keys()
    assert ["contacts", "Contacts: fewer needless ones"] in [[d["name"], d["label"]] for d in live.model["drivers"]]
    assert "Cost of one contact" in text_of(report.method())
    case, settings = report.case, report.context.engagement.settings.roi
    book = load_workbook(BytesIO(build(content(report.context, settings, case))))
    assert {"contact_cost", "benefit_contacts_3"} <= {name.lower().strip("_") for name in book.defined_names}
    bench = RoiWorkbench.open(str(fourth), "en")
    before = bench.report_case.result().npv
    bench.sliders["contacts"].value = 0.2
    assert bench.result.benefits["contacts"] == pytest.approx((2400.0,) * 3)
    assert bench.result.npv > before


def test_a_driver_on_another_ones_money_is_refused(tmp_path, monkeypatch):
    """Two drivers that count their benefit on the same money cannot be used together; each alone can."""
    discover(tmp_path, monkeypatch, drivers.DRIVERS["basket"].base)
    with pytest.raises(SettingsError, match=r"drivers basket and contacts both count their benefit on the same money"):
        model(("basket", "contacts"), 3)
    assert model(("contacts",), 3).steps
