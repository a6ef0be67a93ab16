"""The live what-if in a browser, from a file: what a reader moves, types and hears, and what a stranger cannot slip in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from what_if_pages import page_of, sample_report

from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.reports.roi.case import payback_text
from kohtaamo_utils.reports.roi.scenarios import break_even_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.reports.roi.report import RoiReport
    from kohtaamo_utils.roi.case import RoiCase

pytestmark = pytest.mark.browser
NBSP = "\u00a0"
SETS: tuple[dict[str, str], ...] = (
    {"effect_retention": "3,5"},
    {"effect_basket": "0"},
    {"effect_retention": "-0,5", "effect_turnover": "12,5", "effect_basket": "2,9", "discount_rate": "5"},
    {"cost_initial": "0", "cost_per_year": "0", "hours_initial": "0", "hours_per_year": "0"},
    {"cost_initial": "20" + NBSP + "000", "retention_rate": "90,1"},
    {"months_per_year": "13", "headcount": "50", "discount_rate": "0"},
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, tuple[RoiReport, Path]]:
    """Make the sample's page in each language, in a folder with a space and a letter beyond ASCII in its name."""
    folder = tmp_path_factory.mktemp("sivu ä")
    pages = {}
    for language in LANGUAGES:
        report, file = sample_report(language), folder / f"roi.{language}.html"
        file.write_text(page_of(report), encoding="utf-8")
        pages[language] = report, file
    return pages


@pytest.fixture
def opened(browser, made) -> Iterator[Any]:
    """Give a function that opens the page in a language; what the page asks for or complains of is kept."""
    contexts = []

    def open_page(language: str = "fi", change: Any = None, **options: Any) -> Any:
        file = made[language][1]
        if change is not None:
            file = file.with_name("changed.html")
            file.write_text(change(made[language][1].read_text(encoding="utf-8")), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", **options)
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        page.on("request", lambda request: page.noise.append(request.url))
        page.on("console", lambda message: page.noise.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.goto(file.as_uri())
        page.noise = [noise for noise in page.noise if noise != file.as_uri()]
        page.evaluate("() => document.querySelectorAll('details.group').forEach(d => d.open = true)")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _row(page: Any, name: str) -> Any:
    return page.locator(f"[data-input={name}]")


def _field(page: Any, name: str) -> Any:
    return _row(page, name).get_by_role("spinbutton")


def _slider(page: Any, name: str) -> Any:
    return _row(page, name).get_by_role("slider")


def _text(page: Any, part: str) -> str:
    return str(page.locator(f"[data-part={part}]").inner_text())


def _type(page: Any, name: str, text: str) -> None:
    _field(page, name).fill("")
    _field(page, name).press_sequentially(text)
    _field(page, name).press("Enter")


def _case_with(report: RoiReport, values: dict[str, float]) -> RoiCase:
    """Return the report's case with other inputs and likely effects, in the model's own units."""
    case = report.case
    assert case is not None
    effects = {name.removeprefix("effect_"): value for name, value in values.items() if name.startswith("effect_")}
    rest = {name: value for name, value in values.items() if not name.startswith("effect_")}
    return replace(case, inputs={**case.inputs, **rest}).with_effects(**effects)


def test_the_page_starts_with_the_reports_figures(opened, made):
    """Before anything is moved the panel shows what the report says, and nothing is asked for or complained of."""
    page, (report, _) = opened(), made["fi"]
    result, f = report.case.result(), report.f
    assert (_text(page, "npv"), _text(page, "roi")) == (f.money(result.npv), f.percent(result.roi))
    assert _text(page, "payback") == payback_text(report.context, result.payback_years)
    assert page.noise == []
    assert page.locator("[data-part=changes]").is_hidden()
    assert page.locator(".without").is_hidden()


@pytest.mark.parametrize(
    ("language", "values"),
    [*(("fi", values) for values in SETS), ("sv", SETS[2]), ("en", SETS[2])],  # how a language writes is Node's test
    ids=lambda one: one if isinstance(one, str) else "+".join(one),
)
def test_what_is_typed_gives_what_the_report_would_say(opened, made, language, values):
    """For each set, typed with a decimal comma, results, bars and break-evens read as the kit itself writes them."""
    page, (report, _) = opened(language), made[language]
    meant = {}
    for name, text in values.items():
        _type(page, name, text)
        scale = (
            1
            if name
            in {"cost_initial", "cost_per_year", "hours_initial", "hours_per_year", "months_per_year", "headcount"}
            else 100
        )
        meant[name] = float(text.replace(NBSP, "").replace(",", ".")) / scale
    case, f = _case_with(report, meant), report.f
    result = case.result()
    assert _text(page, "npv") == f.money(result.npv)
    assert _text(page, "roi") == f.percent(result.roi)
    assert _text(page, "payback") == payback_text(report.context, result.payback_years)
    rows = page.locator("[data-part=tornado-table] tbody tr").all()
    told = [[cell.inner_text() for cell in row.locator("td").all()] for row in rows]
    assert told == [
        [
            f.money(swing.npv_low),
            f.money(swing.npv_high),
            break_even_text(report.context, case, swing.name) if swing.name in case.effects else f.money(None),
        ]
        for swing in case.tornado()
    ]
    assert page.noise == []


def test_the_yearly_money_follows(opened, made):
    """Table, title and description of the cash flow are those of the moved case."""
    page, (report, _) = opened(), made["fi"]
    _type(page, "effect_turnover", "4")
    result, f = _case_with(report, {"effect_turnover": 0.04}).result(), report.f
    page.locator("details.data summary").first.click()
    rows = [row.inner_text().split("\t") for row in page.locator("[data-part=cash-table] tbody tr").all()]
    assert rows[1][1:] == [f.money(amount) for amount in (0, *result.benefits["turnover"])]
    assert rows[-2][1:] == [f.money(net) for net in result.net]
    assert [rows[0][0], *rows[0][1:]] == page.locator("[data-part=cash-text]").text_content().split("; ")[0].replace(
        ": ", "\n"
    ).replace(", ", "\n").split("\n")
    assert payback_text(report.context, result.payback_years) in _text(page, "cash-title")
    assert page.locator("[data-part=cash-chart] svg rect").count() > 8


def test_slider_and_field_hold_the_same(opened):
    """What the slider is moved to stands in the field, what is typed moves the slider, and both are told with their unit."""
    page = opened()
    slider, field = _slider(page, "effect_basket"), _field(page, "effect_basket")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert field.input_value() == "1,6"
    assert slider.get_attribute("aria-valuetext") == field.get_attribute("aria-valuetext") == "1,6 %"
    assert field.get_attribute("aria-valuenow") == "1.6"
    page.keyboard.press("Home")
    assert float(slider.input_value()) == float(slider.get_attribute("min"))
    assert field.input_value().startswith("−")
    page.keyboard.press("End")
    assert slider.input_value() == slider.get_attribute("max")
    _type(page, "effect_basket", "2,5")
    assert slider.input_value() == "2.5"
    field.press("ArrowUp")
    assert (field.input_value(), slider.input_value()) == ("2,6", "2.6")
    field.press("PageDown")
    assert field.input_value() == "1,6"


def test_the_keyboard_reaches_everything(opened):
    """Tab goes through scenarios, each slider and its field, and the way back; every stop has a name."""
    page = opened()
    page.locator("[data-scenario='0']").focus()
    seen = []
    for _ in range(4 * page.locator("[data-input]").count()):
        seen.append(
            page.evaluate(
                "() => { const e = document.activeElement; return [e.tagName, e.type || '', e.closest('[data-input]')?.dataset.input || '', e.textContent] }"
            )
        )
        page.keyboard.press("Tab")
    names = page.evaluate("() => [...document.querySelectorAll('[data-input]')].map(row => row.dataset.input)")
    for name in names:
        assert ["INPUT", "range", name, ""] in seen, name
        assert ["INPUT", "text", name, ""] in seen, name
    assert len({stop[3] for stop in seen if stop[0] == "BUTTON"}) == page.locator("[data-scenario]").count()
    for role in ("slider", "spinbutton"):
        found = page.get_by_role(role, name=re.compile(r"\S"))
        assert found.count() == len(names)


def test_a_change_is_told_once_it_has_settled(opened):
    """The live region says the three results in one sentence, after the last of several quick moves."""
    page = opened()
    status = page.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    assert status.text_content() == ""
    _slider(page, "effect_basket").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert status.text_content() == ""
    page.wait_for_function("() => document.querySelector('[role=status]').textContent")
    assert status.text_content() == (
        f"Nettonykyarvo {_text(page, 'npv')}, kannattavuus {_text(page, 'roi')}, takaisinmaksuaika {_text(page, 'payback')}"
    )


def test_reset_and_scenarios(opened, made):
    """A scenario sets its effects, a change is listed with what the report has, and one press takes all of it back."""
    page, (report, _) = opened(), made["fi"]
    page.get_by_role("button", name="Toiveikas").click()
    assert _text(page, "npv") == report.f.money(report.case.result("high").npv)
    assert page.get_by_role("button", name="Toiveikas").get_attribute("aria-pressed") == "true"
    _type(page, "discount_rate", "7,5")
    assert page.locator("[data-part=moved] li").count() == 4
    assert "Laskentakorko: 10,0 % → 7,5 %" in _text(page, "moved")
    assert page.locator("[aria-pressed=true]").count() == 0
    page.locator("[data-part=reset]").click()
    assert _text(page, "npv") == report.f.money(report.case.result().npv)
    assert _field(page, "discount_rate").input_value() == "10,0"
    assert page.locator("[data-part=changes]").is_hidden()


@pytest.mark.parametrize("typed", ["kaksi", "", "1,2,3", "-"])
def test_what_is_no_number_changes_nothing(opened, typed):
    """A field with something else in it is marked, the result stays, and leaving the field brings the number back."""
    page = opened()
    before = _text(page, "npv")
    field = _field(page, "effect_basket")
    field.fill(typed)
    assert field.get_attribute("aria-invalid") == "true"
    assert _text(page, "npv") == before
    field.blur()
    assert field.input_value() == "1,5"
    assert field.get_attribute("aria-invalid") is None


def test_a_number_beyond_the_slider_is_brought_to_its_end(opened):
    """Who types more than can be gets the most that can be, and sees it in the field."""
    page = opened()
    _type(page, "effect_basket", "900")
    assert _field(page, "effect_basket").input_value().replace(",", ".") == str(
        float(_slider(page, "effect_basket").get_attribute("max"))
    )


def test_typing_what_the_report_shows_is_the_reports_value(opened):
    """A measured rate has more digits than are shown; who types the shown ones again has the report's own result."""
    page = opened()
    before = _text(page, "npv")
    for name in ("retention_rate", "turnover_rate", "monthly_salary", "margin_per_customer"):
        shown = _field(page, name).input_value()
        _type(page, name, "1")
        assert page.locator("[data-part=moved] li").count() == 1
        _type(page, name, shown)
    assert _text(page, "npv") == before
    assert page.locator("[data-part=changes]").is_hidden()


@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>window.owned = true</script>",
        "<img src=x onerror='window.owned = true'>",
        "<script src='data:text/javascript,window.owned=true'></script>",
    ],
)
def test_nothing_else_runs(opened, smuggled):
    """A script, handler or address that gets into the page all the same is blocked by its policy; ours still runs."""
    page = opened(change=lambda html: html.replace("<main", f"{smuggled}<main"))
    assert page.evaluate("() => window.owned") is None
    assert any("Content Security Policy" in noise for noise in page.noise)
    assert page.locator(".live").count() == 1


def test_a_changed_script_does_not_run(opened):
    """One letter of our script changed, and the browser runs none of it: the tables stand."""
    page = opened(change=lambda html: html.replace('"use strict";', '"use strict" ;'))
    assert page.locator(".live").count() == 0
    assert page.locator(".without table").is_visible()


def test_with_scripts_blocked_the_tables_stand(opened, made):
    """Without scripts the scenarios and what moves the result can be read, and no empty control is there."""
    page, (report, _) = opened(java_script_enabled=False), made["fi"]
    text = page.locator("main").inner_text()
    for scenario in ("low", "likely", "high", "expected"):
        assert report.f.money(report.case.result(scenario).npv) in text
    assert page.locator(".without table").is_visible()
    assert page.locator("input, button").count() == 0


def test_paper_shows_what_stands(opened):
    """On paper an untouched page shows the report's table, a changed one its own results and what was changed; never controls."""
    page = opened()
    page.emulate_media(media="print")
    assert page.locator(".without table").is_visible()
    assert page.locator(".live").is_hidden()
    page.emulate_media(media="screen")
    _type(page, "effect_basket", "2,5")
    page.emulate_media(media="print")
    assert page.locator(".without table").is_hidden()
    assert page.locator("[data-part=moved]").is_visible()
    assert page.locator("[data-part=npv]").is_visible()
    assert not page.locator(".live input").first.is_visible()


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_everything_fits(opened, width):
    """No control or formula is wider than the page, at any width, with everything opened."""
    page = opened("sv")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("""() => [...document.querySelectorAll('main *')].filter(part => {
      const box = part.getBoundingClientRect();
      return box.width && box.right > document.documentElement.clientWidth + 1 && !part.closest('.scroll, .sum, .sr');
    }).map(part => part.outerHTML.slice(0, 90))""")
    assert wide == []


def test_formulas_are_drawn(opened):
    """Typeset maths has a size in the browser, and none is cut at the usual width of a page."""
    page = opened()
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.locator("math").count() > 50
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('math')].filter(m => !m.getBoundingClientRect().width).length"
        )
        == 0
    )
    cut = "() => [...document.querySelectorAll('.sum')].filter(s => s.scrollWidth > s.clientWidth + 1).map(s => s.textContent)"
    assert page.evaluate(cut) == []
