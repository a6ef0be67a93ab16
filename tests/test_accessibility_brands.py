"""Reports in brands with difficult colours and a font of their own can be used by everybody, light and dark, what-if included."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from accessibility_judge import FAINT, FOCUSABLE, axe_violations, markup_faults, walk
from brands import font, picture, svg, with_font
from finished_reports import finished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

STEMS = ("current_state/management", "roi/roi")
COLOURS: dict[str, dict[str, str]] = {
    "pale": {"primary": "#fff3b0", "secondary": "#ffe9e0"},
    "neon": {"primary": "#39ff14", "secondary": "#ff2bd6", "warning": "#fff000"},
    "night": {"primary": "#05010a", "foreground": "#030303", "secondary": "#0a0512"},
    "dark-page": {"primary": "#00ff88", "background": "#101010", "foreground": "#eeeeee"},
}
"""Light yellow, neon, nearly black, and a brand whose own page is dark."""
each_brand = pytest.mark.parametrize(
    "brand",
    [pytest.param(name, marks=pytest.mark.slow if name == "dark-page" else pytest.mark.longest) for name in COLOURS],
)
"""The one that asks most of the page is a slow check, the others are for a release."""
each_report = pytest.mark.parametrize("stem", STEMS)
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])
EDGES = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = light(channels(getComputedStyle(document.body).backgroundColor));
  const ratio = colour => { const own = light(channels(colour)); return (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05); };
  const edges = [...document.querySelectorAll('.typed input')].map(part => ['field', getComputedStyle(part).borderTopColor]);
  edges.push(...[...document.querySelectorAll('.live button')].map(part => ['button', getComputedStyle(part).borderTopColor]));
  edges.push(...[...document.querySelectorAll('.live input[type=range]')].map(part => ['slider', getComputedStyle(part).accentColor]));
  return edges.filter(([, colour]) => ratio(colour) < 3).map(([kind, colour]) => `${kind} ${colour}: ${ratio(colour).toFixed(2)}`);
}"""
"""Fields, buttons and sliders whose edge is not told from the page (WCAG 1.4.11)."""


def files_of(brand: str) -> dict[str, bytes]:
    """Return a brand's files: colours, two logos, a font."""
    logo = {"medium": {"light": "logo.svg", "dark": "logo.png"}}
    content = {"meta": "Ärlig Brand Oy", "color": COLOURS[brand], "logo": logo, "typography": with_font()}
    return {
        "_brand.yml": json.dumps(content).encode(),
        "logo.svg": svg(COLOURS[brand]["primary"]),
        "logo.png": picture(),
        "oma.ttf": font(),
    }


@pytest.fixture
def reports(tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str, brand: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    parent = base if worker_id == "master" else base.parent
    return finished(parent, project / "data" / "sample", "fi", STEMS, files_of(brand), f"brand-{brand}")


@pytest.fixture
def opened(browser: Any, reports: Path) -> Iterator[Any]:
    """Give a function that opens a page with everything unfolded and its font loaded."""
    contexts = []

    def open_page(stem: str, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto((reports / f"{stem}.fi.html").as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        page.evaluate("document.fonts.ready.then(() => 1)")
        return page

    yield open_page
    for context in contexts:
        context.close()


@each_brand
@each_report
@pytest.mark.parametrize(
    ("width", "scheme"), [(375, "light"), pytest.param(1280, "light", marks=pytest.mark.longest), (1280, "dark")]
)
def test_axe_finds_nothing(stem, scheme, width, brand, opened):
    """axe-core finds no breach of WCAG 2.2 AA, and no text of page or picture is faint, whatever the brand's colours are."""
    page = opened(stem, width, color_scheme=scheme)
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"], brand
    assert axe_violations(page) == []
    assert page.evaluate(FAINT) == []


@each_brand
@each_scheme
def test_the_what_if_in_use(scheme, brand, opened):
    """A slider moved, a set of assumptions chosen, a field filled in wrongly: texts, marks and edges stand out from the page all the while."""
    page = opened("roi/roi", color_scheme=scheme)
    assert page.locator(".live input[type=range]").count() > 3, brand
    page.locator(".live input[type=range]").first.press("ArrowRight")
    moved = page.evaluate(FAINT), page.evaluate(EDGES), axe_violations(page)
    page.locator(".presets button").first.click()
    page.locator(".presets button").first.hover()
    chosen = page.evaluate(FAINT), page.evaluate(EDGES), axe_violations(page)
    field = page.locator(".typed input").first
    field.fill("paljon")
    wrong = page.evaluate(FAINT), page.evaluate(EDGES), axe_violations(page)
    assert (moved, chosen, wrong) == (([], [], []),) * 3
    assert page.locator(".typed input[aria-invalid=true]").count() == 1


@each_brand
def test_markup_is_valid(brand, reports, node):
    """html-validate finds nothing in a branded page."""
    assert markup_faults(node, [reports / f"{stem}.fi.html" for stem in STEMS]) == [], brand


@each_brand
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.longest)])
def test_the_keyboard_reaches_everything(scheme, brand, opened):
    """Tab reaches everything in the order of the page, and each stop has a ring, whose colour is told from the page."""
    page = opened("roi/roi", color_scheme=scheme)
    stops = walk(page)
    places = [stop["index"] for stop in stops]
    assert len(stops) == page.evaluate(FOCUSABLE), brand
    assert places == sorted(places)
    assert [stop["name"] for stop in stops if not (stop["ringed"] and stop["seen"])] == []
    page.locator("summary").first.focus()
    page.keyboard.press("Tab")
    page.add_style_tag(
        content=".typed input { border-color: var(--primary) !important }"
    )  # the ring's colour, judged as an edge is
    assert page.evaluate(EDGES) == []


@pytest.mark.slow
@pytest.mark.parametrize("brand", ["dark-page"])
def test_the_judges_can_find_something(brand, opened):
    """Edges in a colour like the page's are found."""
    page = opened("roi/roi")
    page.add_style_tag(content=".typed input { border-color: #1a1a1a !important }")
    assert any(found.startswith("field rgb(26, 26, 26)") for found in page.evaluate(EDGES)), brand
