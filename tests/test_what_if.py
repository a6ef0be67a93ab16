"""The what-if and the formulas in a report: what stands there, what the page carries, and that nothing knows a driver's name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from what_if_pages import page_of, sample_report

from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.presentation.blocks import Fold, Formulas, Paragraph, Table, WhatIf
from kohtaamo_utils.presentation.controls import script, script_hash
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.roi.formulas import with_formulas
from kohtaamo_utils.reports.roi.what_if import with_what_if
from kohtaamo_utils.roi import drivers
from kohtaamo_utils.roi.case import RoiCase
from kohtaamo_utils.roi.credit import credit_values
from kohtaamo_utils.roi.drivers import basket
from kohtaamo_utils.roi.steps import Input, Step, symbol
from kohtaamo_utils.roi.triangle import Triangle


@pytest.fixture(scope="module")
def report():
    """Open the sample's report in English."""
    return sample_report("en")


@pytest.fixture(scope="module")
def page(report):
    """Make the sample's page."""
    return page_of(report)


class _Data(HTMLParser):
    """Finds the what-if's data as a browser would."""

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name == "data-what-if":
                self.found = json.loads(value)


def _data(page: str) -> dict:
    parser = _Data()
    parser.feed(page)
    return parser.found


def _what_if(section: Section) -> WhatIf:
    [found] = [block for block in section.blocks if isinstance(block, WhatIf)]
    return found


def test_every_input_of_the_model_can_be_moved(report, page):
    """Each input has one control, named, with its source, starting where the report stands and reaching beyond it."""
    case, block = report.case, _what_if(report.scenarios())
    controls = [control for group in block.live.groups for control in group.controls]
    assert sorted(control.name for control in controls) == sorted(part.name for part in case.model.inputs)
    assert all(control.low <= control.value <= control.high for control in controls)
    assert all(control.low < control.high for control in controls)
    assert all(control.label and control.note.endswith(".") and ".." not in control.note for control in controls)
    assert [entry["name"] for entry in _data(page)["inputs"]] == [control.name for control in controls]


def test_effects_are_counted_in_per_cents_with_source_and_grade(report):
    """An effect of 0.02 in points is moved as 2.0 pp, one of 0.015 relative as 1.5 %; source and grade stand beside it."""
    first, *_ = _what_if(report.scenarios()).live.groups
    told = {control.name: (control.unit, control.shown(control.value), control.note) for control in first.controls}
    assert first.opened
    assert told["effect_retention"] == (
        "pp",
        2.0,
        "In the report 2.0 pp, range 0.5 pp to 4.0 pp. Source: pilotti 2025, grade B.",
    )
    assert told["effect_basket"][:2] == ("%", 1.5)
    assert told["effect_turnover"][2].endswith("grade C.")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cost_initial", "€9,000"),
        ("hourly_cost", "€32.00"),
        ("discount_rate", "10.0%"),
        ("vacancy_months", "1.5 months"),
    ],
)
def test_a_starting_point_is_written_as_elsewhere_in_the_report(report, name, told):
    """Money and shares beside a control are written as the reader's language writes them in the report's tables."""
    controls = [control for group in _what_if(report.scenarios()).live.groups for control in group.controls]
    [note] = [control.note for control in controls if control.name == name]
    assert note.startswith(f"In the report {told}.")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("recruiting", "Stated"),
        ("vacancy_months", "Stated"),
        ("margin_rate", "Stated"),
        ("discount_rate", "Stated"),
        ("cost_initial", "Stated"),
        ("monthly_salary", "Measured"),
        ("margin_per_customer", "Measured"),
        ("retention_rate", "Measured"),
        ("headcount", "Measured"),
    ],
)
def test_where_a_starting_point_comes_from(report, name, source):
    """What the settings hold is stated; what they leave open (the sample's salary and margin) was measured."""
    controls = [control for group in _what_if(report.scenarios()).live.groups for control in group.controls]
    [note] = [control.note for control in controls if control.name == name]
    assert f". {source}" in note


def test_without_a_script_the_tables_stand(report):
    """The scenarios stand before the what-if, and what moves the result stands where it would come to life."""
    blocks = report.scenarios().blocks
    assert isinstance(blocks[0], Table)
    assert blocks[0].caption == "Scenarios"
    [table] = _what_if(report.scenarios()).without
    assert table.caption == "What moves the result most?"
    assert table not in blocks


def test_a_section_without_that_table_gets_the_what_if_at_its_end(report):
    """Where the table of what moves the result is missing, the what-if comes last and nothing is lost."""
    section = Section("s", (Paragraph("x"),))
    made = with_what_if(section, report.context, report.case, report.context.engagement.settings.roi)
    assert made.blocks[0] == section.blocks[0]
    assert _what_if(made).without == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_allows_its_own_script_alone(language):
    """The policy names the script that is in the page by its hash, whatever the language; and the gate lets it through."""
    html = page_of(sample_report(language))
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy.startswith(f"default-src 'none'; script-src '{script_hash()}'; style-src")
    assert re.findall(r"<script\b[^>]*>(.*?)</script>", html, re.DOTALL) == [script()]
    assert pass_or_refuse(html, Secrets(Path("asiakas-oy"))) is None


def test_the_hash_is_of_the_script_in_the_page(page):
    """The hash, computed here once more from the final page's bytes, is the one that the policy names."""
    import base64
    import hashlib

    inside = page.encode().split(b"<script>")[1].split(b"</script>")[0]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(inside).digest()).decode()}'" in page


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("</body>", "<script>x</script></body>"),
        lambda page: page.replace("</body>", f"<script>{script()}</script></body>"),
        lambda page: page.replace("<script>", "<script type=module>"),
        lambda page: page.replace("<script>", "<script src='data:,x'>"),
        lambda page: page.replace("</script>", " </script>"),
        lambda page: page.replace('"use strict";', '"use strict"; '),
        lambda page: page.replace("<template>", "<template><script>x</script>"),
    ],
)
def test_the_gate_refuses_every_other_script(page, change):
    """Another script, ours twice, ours with an attribute or with one letter more: each is refused."""
    from kohtaamo_utils.errors import DeliveryError

    with pytest.raises(DeliveryError, match="the page holds a script"):
        pass_or_refuse(change(page), Secrets(Path("asiakas-oy")))


def test_the_gate_reads_the_data(page):
    """A name that belongs to another report is found in the data for the script too, beyond the letters of HTML's own."""
    from kohtaamo_utils.errors import DeliveryError

    named = page.replace('"label":"Discount rate"', '"label":"Åsa \\u0026 Öhman Oy"', 1)
    assert named != page
    with pytest.raises(DeliveryError, match="a name that belongs to another report"):
        pass_or_refuse(named, Secrets(Path("asiakas-oy"), ("Åsa & Öhman Oy",)))
    with pytest.raises(DeliveryError, match="a path of this computer"):
        pass_or_refuse(
            page.replace('"label":"Discount rate"', '"label":"/home/anna/x"', 1), Secrets(Path("asiakas-oy"))
        )


def test_a_clients_words_stay_data(report):
    """A source that looks like markup or code comes into the page as text, in the note and in the data alike."""
    attack = "</template><script>x</script>'\"><img src=x onerror=x>"
    settings = report.context.engagement.settings.roi
    effect = settings.drivers["basket"].effect.model_copy(update={"source": attack})
    block = settings.drivers["basket"].model_copy(update={"effect": effect})
    changed = settings.model_copy(update={"drivers": {**settings.drivers, "basket": block}})
    made = with_what_if(report.scenarios(), report.context, report.case, changed)
    html = made._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_the_page_in_jupyterlab_has_no_script(report):
    """In JupyterLab the section shows its tables; the script is the exporter's to add."""
    assert "<script" not in report.scenarios()._repr_mimebundle_()["text/html"]


def _parking(horizon: int) -> tuple[Step, ...]:
    gain = symbol("parking_places") * symbol("effect_parking")
    return tuple(Step(f"gross_parking_{t}", "money", gain, t, "parking") for t in range(1, horizon + 1))


@pytest.fixture
def fourth(report, monkeypatch):
    """Make a case with a driver that no face has heard of, and the settings that use it."""
    made = replace(
        basket.DRIVER,
        name="parking",
        label="Parking",
        base="parking",
        inputs=(Input("parking_places", "count", driver="parking"),),
        steps=_parking,
        bracket=lambda inputs: (-inputs["parking_places"], 5.0),
    )
    monkeypatch.setitem(drivers.DRIVERS, "parking", made)
    settings = report.context.engagement.settings.roi
    block = settings.drivers["basket"]
    horizon = report.case.horizon
    inputs = {**report.case.inputs, "parking_places": 40.0, **credit_values("parking", block, horizon)}
    effects = {**report.case.effects, "parking": Triangle(0.0, 0.1, 0.3)}
    case = RoiCase(horizon, 1000, 1, inputs, effects)
    return case, settings.model_copy(update={"drivers": {**settings.drivers, "parking": block}})


def test_a_new_driver_needs_no_change_here(report, fourth):
    """A driver that is only in the list of drivers can be moved, is broken even, and is told step by step."""
    case, settings = fourth
    live = _what_if(with_what_if(Section("s", ()), report.context, case, settings)).live
    labels = {control.name: control.label for group in live.groups for control in group.controls}
    assert labels["effect_parking"] == "Parking"
    assert labels["parking_places"] == "Parking places"
    [driver] = [driver for driver in live.model["drivers"] if driver["name"] == "parking"]
    assert driver["bracket"] == [["*", -1.0, "parking_places"], 5.0]
    [*_, fold] = with_formulas(Section("m", ()), report.context, case).blocks
    titles = [block.title for block in fold.blocks if isinstance(block, Fold)]
    assert titles == ["Retention", "Turnover", "Basket", "Parking", "Costs, present values and payback"]


def _steps(report) -> list:
    [fold] = [b for b in report.method().blocks if getattr(b, "title", "") == "How is this computed?"]
    groups = [block for block in fold.blocks if isinstance(block, Fold)]
    return [step for group in groups for block in group.blocks if isinstance(block, Formulas) for step in block.steps]


def test_every_step_is_told(report):
    """Each step of the model is there with its result; the first of like years with its formula."""
    steps = _steps(report)
    assert len(steps) == len(report.case.model.steps)
    assert all(step.result for step in steps)
    assert all(step.formula for step in steps if not re.search(r", year [2-9]$", step.words))


def test_formulas_hold_the_clients_numbers(report):
    """The return is (44,591 - 23,832) / 23,832 = 87.11 %, as in the headline; the sample's figures, rounded to read."""
    [step] = [step for step in _steps(report) if step.words == "Return on investment"]
    plain = [re.sub(r"<[^>]+>", "", "".join(line)) for line in (step.formula, step.numbers)]
    assert plain[0] == "Present value of benefits−Present value of costsPresent value of costs"
    assert plain[1] == "€44,591−€23,832€23,832"
    assert step.result == "87.11%"


def test_what_is_not_there_is_said(report):
    """Payback beyond the period and a return without costs have words instead of a number."""
    never = replace(report.case, effects={name: Triangle(0, 0, 0) for name in report.case.effects})
    free = replace(report.case, inputs={name: 0.0 if "cost" in name else v for name, v in report.case.inputs.items()})
    for case, words in ((never, "Payback"), (free, "Return on investment")):
        section = with_formulas(Section("m", ()), report.context, case)
        [fold] = section.blocks
        steps = [step for group in fold.blocks[1:] for step in group.blocks[0].steps]
        assert [step.result for step in steps if step.words == words] == ["no value"]
    assert "nan" not in section._repr_mimebundle_()["text/html"].lower()


def test_numbers_of_formulas_are_figures(report):
    """What a reader sees in the formulas is recorded for machines, and is the model's own number."""
    recorded = {figure.scope["part"]: figure.estimate.value for figure in report.method().figures}
    values = report.case.values(report.case.scenario("likely"))
    assert recorded.keys() == values.keys()
    assert recorded["npv"] == float(values["npv"]) == report.case.result().npv
