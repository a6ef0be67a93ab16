"""The ROI workbench follows its sliders with the report's own case and sections."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import HBox
from roi_examples import BASELINES, effect, settings

from kohtaamo_utils.engagement import Engagement, EngagementSettings
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import Dataset, ImportLog
from kohtaamo_utils.presentation.controls import Control as Assumption
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports.context import Context
from kohtaamo_utils.reports.roi import case as sections
from kohtaamo_utils.reports.roi import open_report
from kohtaamo_utils.resources import bundled
from kohtaamo_utils.roi.case import case as make_case
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.reach import Reach, reach
from kohtaamo_utils.roi.triangle import Triangle
from kohtaamo_utils.widgets import RoiWorkbench, roi_workbench
from kohtaamo_utils.widgets.control import control

SAMPLE = str(bundled("data/sample"))
BASKET = Assumption("effect_basket", "Basket", "%", "", 0.01, -0.01, 0.05, scale=100, step=0.1, decimals=1)


def workbench(*drivers, language="en", **changes):
    """Return a workbench on the hand-made case, few draws."""
    context = Context(
        engagement=Engagement(Path(), EngagementSettings(client="Esimerkki Oy", language=language)),
        dataset=Dataset({}, ImportLog(()), ()),
        t=Wording(language),
        f=Numbers(language),
    )
    return RoiWorkbench(context, settings(*drivers, simulations=1000, **changes), BASELINES)


@pytest.fixture(scope="module")
def shared():
    """Give one workbench to the tests that leave it as it was."""
    return workbench()


def open_rows(bench):
    """Return the rows of controls that are not folded."""
    return [child for child in bench.view.children if isinstance(child, HBox)]


def text(html):
    """Return the words of a piece of HTML."""
    return re.sub(r"<[^>]+>", " ", html)


def test_sliders_start_from_what_the_settings_assume(shared):
    """There is a slider for each driver of the case, the discount rate first after them, and every other input."""
    values = {name: slider.value for name, slider in shared.sliders.items()}
    first = {"retention": 0.03, "turnover": 0.10, "basket": 0.01, "discount_rate": 0.10}
    assert list(values)[:4] == list(first)
    assert values == first | dict(shared.report_case.inputs)


def test_drivers_that_are_not_used_have_no_slider():
    """A case with one driver has that driver's slider and the discount rate's."""
    bench = workbench("basket")
    assert [row.children[0].description for row in open_rows(bench)] == [
        f"{DRIVERS['basket'].label}, %",
        "Discount rate, %",
    ]
    assert {"retention", "turnover", "retention_rate"}.isdisjoint(bench.sliders)


def test_starts_at_the_reports_likely_result(shared):
    """Untouched, the workbench gives what the report's case gives."""
    assert shared.result == make_case(settings(simulations=1000), BASELINES).result("likely")


def test_untouched_sample_equals_the_sample_report():
    """On the sample client too: same case, same cash flow and same scenarios as the report's sections."""
    bench, report = RoiWorkbench.open(SAMPLE, "en"), open_report(SAMPLE, "en")
    assert bench.case == report.case
    assert bench.result == report.case.result("likely")
    table = report.scenarios().blocks[0]
    assert all(cell in text(bench.outputs["scenarios"].value) for row in table.rows for cell in row)


def test_moved_effect_is_the_case_with_that_effect():
    """A slider set by hand or by code gives what the model gives with the effect, and every output shows it."""
    bench = workbench()
    before = {name: output.value for name, output in bench.outputs.items()}
    bench.sliders["retention"].value = 0.045
    expected = make_case(settings(simulations=1000), BASELINES).with_effects(retention=0.045)
    assert bench.result.npv == expected.result().npv
    assert bench.f.money(expected.result().npv) in text(bench.outputs["headline"].value)
    assert all(output.value != before[name] for name, output in bench.outputs.items())


def test_moved_discount_rate_is_the_case_of_those_settings():
    """A moved discount rate gives what the settings with that rate give, simulation included."""
    bench = workbench()
    bench.sliders["discount_rate"].value = 0.05
    expected = make_case(settings(simulations=1000, discount_rate=0.05), BASELINES)
    assert bench.case == expected
    assert bench.f.money(expected.simulate().p10) in text(bench.outputs["headline"].value)


def test_moves_add_up():
    """Several sliders moved one after the other count together."""
    bench = workbench()
    bench.sliders["basket"].value = 0.02
    bench.sliders["turnover"].value = 0.0
    assert bench.result.effects == {"retention": 0.03, "turnover": 0.0, "basket": 0.02}


def test_a_loss_is_said_as_a_loss():
    """With every effect at zero the costs alone remain, and the text says that the programme does not pay."""
    bench = workbench()
    for driver in DRIVERS:
        bench.sliders[driver].value = 0
    assert bench.result.npv == pytest.approx(-(15000 + 2000 * sum(1.1**-t for t in (1, 2, 3))))
    assert "does not pay for itself" in text(bench.outputs["headline"].value)


def test_tells_when_the_assumptions_are_not_the_reports():
    """Moved sliders are called so, with the report's own value beside; untouched ones are not."""
    bench = workbench()
    report = bench.f.money(bench.result.npv)
    assert "not the report's" not in text(bench.outputs["headline"].value.replace("&#39;", "'"))
    bench.sliders["basket"].value = 0.02
    words = text(bench.outputs["headline"].value.replace("&#39;", "'"))
    assert f"not the report's assumptions; with those the net present value is {report}." in words


def test_reset_goes_back_to_the_report():
    """After a reset everything is as it was at the start."""
    bench = workbench()
    before = {name: output.value for name, output in bench.outputs.items()}
    bench.sliders["retention"].value = 0.01
    bench.sliders["discount_rate"].value = 0.2
    bench.reset()
    assert bench.case == bench.report_case
    assert {name: output.value for name, output in bench.outputs.items()} == before


def test_reset_computes_once(monkeypatch):
    """However many sliders have been moved, a reset draws the sections once."""
    bench, calls = workbench(), []
    for name in bench.sliders:
        bench.sliders[name].value += 0.005
    monkeypatch.setattr(roi_workbench, "cash_flow", lambda *given: calls.append(given) or sections.cash_flow(*given))
    bench.reset()
    assert len(calls) == 1


def test_button_resets():
    """The button under the sliders does what `reset` does."""
    bench = workbench()
    bench.sliders["basket"].value = 0.02
    [button] = [child for child in bench.view.children if type(child).__name__ == "Button"]
    button.click()
    assert bench.sliders["basket"].value == 0.01


def test_follows_again_after_a_reset():
    """A reset does not deafen the sliders."""
    bench = workbench()
    bench.reset()
    before = bench.outputs["headline"].value
    bench.sliders["basket"].value = 0.015
    assert bench.outputs["headline"].value != before


def test_typed_number_is_per_cent():
    """The number field counts in per cent (or percentage points) and moves the slider, and the other way round."""
    made = control(BASKET)
    made.field.value = 3
    assert made.slider.value == 0.03
    made.slider.value = 0.045
    assert made.field.value == 4.5


def test_typed_number_beyond_the_reach_stops_at_its_end():
    """A number beyond the slider's end is taken as the end."""
    made = control(BASKET)
    made.field.value = 300
    assert (made.field.value, made.slider.value) == (5, 0.05)


@given(st.floats(-0.2, 0.2), st.floats(0, 0.2), st.floats(0, 0.2), st.floats(0.05, 0.95))
def test_reach_holds_the_range_and_zero_but_nothing_impossible(low, up, further, rate):
    """Every slider holds low to high and no change; beyond the range it stops where retention would leave 0-100 %."""
    triangle = Triangle(low, low + up, low + up + further)
    found = reach(triangle, (-rate, 1 - rate))
    assert found.low <= min(0, triangle.low)
    assert found.high >= max(0, triangle.high)
    assert found.low >= min(-rate, triangle.low)
    assert found.high <= max(1 - rate, triangle.high)
    assert 0 < found.step <= 0.001


def test_start_between_the_steps_is_kept():
    """A likely effect that no step of the slider hits is computed with as it is, not rounded."""
    odd = {"margin_rate": 0.30, "effect": effect(0.0, 0.01234567, 0.02)}
    assert workbench(basket=odd).result.effects["basket"] == 0.01234567


def test_narrow_ranges_get_finer_steps():
    """A range of a tenth of a percentage point is not one step of the slider."""
    assert reach(Triangle(0.001, 0.0015, 0.002), (-1, 1)).step == pytest.approx(0.00001)


def test_an_effect_without_a_range_can_be_moved():
    """An effect stated as one number gets a slider from zero to half as much again; one of zero gets one too."""
    assert reach(Triangle(0.02, 0.02, 0.02), (-1, 1)) == Reach(0.0, 0.03, 0.001)
    assert reach(Triangle(0.0, 0.0, 0.0), (-1, 1)) == Reach(-0.0005, 0.0005, 1e-05)


def test_numbers_are_written_in_the_readers_way():
    """Notes beside the sliders are in the reader's language and number format."""
    notes = [row.children[-1].value for row in open_rows(workbench(language="fi"))]
    assert "10,0 %" in notes[3].replace("\xa0", " ")
    assert "3,0" in notes[0]


def test_widgets_can_be_told_apart_without_seeing_them(shared):
    """Each number field is named after its driver and unit, all differently; its slider tells the same in a tooltip."""
    rows = open_rows(shared)
    names = [row.children[0].description for row in rows]
    assert names[0] == "Retention: customers who stay, percentage points"
    assert len(set(names)) == len(names) == 4
    assert [row.children[1].tooltip for row in rows] == names


def test_displays_as_a_widget(shared):
    """A cell that ends in the workbench shows its widgets."""
    bundle = shared._repr_mimebundle_(include=None, exclude=None)
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == shared.view.model_id


def test_sections_stand_in_their_own_element(shared):
    """The outputs are wrapped for the page's style sheet, which the view brings along once."""
    assert all(output.value.startswith('<div class="kohtaamo">') for output in shared.outputs.values())
    styles = [child for child in shared.view.children if "<style>" in getattr(child, "value", "")]
    assert len(styles) == 1


def test_assumptions_are_the_reports():
    """The assumptions with their sources are the report's section."""
    report = open_report(SAMPLE, "en")
    assert RoiWorkbench.open(SAMPLE, "en").assumptions() == report.assumptions()


def test_opening_without_a_roi_block(tmp_path):
    """An engagement without assumptions is told what to add."""
    (tmp_path / "engagement.yaml").write_text(
        "client: X\nsources:\n  transactions: {file: t.csv, columns: {customer_id: c, ordered_on: d, amount: a}}\n",
        encoding="utf-8",
    )
    (tmp_path / "t.csv").write_text("c,d,a\n1,2025-01-02,10\n2,2025-01-03,20\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"no `roi` block.*Add `roi`"):
        RoiWorkbench.open(str(tmp_path))
