"""Every template's page in every language can be used by everybody: WCAG 2.2 AA, valid markup, keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accessibility_judge import FAINT, FOCUSABLE, axe_violations, markup_faults, walk
from finished_reports import STEMS, finished

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

pytestmark = [pytest.mark.slow, pytest.mark.browser]

each_language = pytest.mark.parametrize("language", ["fi", "sv", "en"])
each_report = pytest.mark.parametrize("stem", [*STEMS, "index"])
WAYS = (
    *((language, 320, "light") for language in ("fi", "sv", "en")), ("fi", 1280, "light"), ("fi", 1280, "dark"),
    *(pytest.param(language, 1280, scheme, marks=pytest.mark.longest) for language in ("sv", "en") for scheme in ("light", "dark")),
)  # fmt: skip
"""320 px is what WCAG asks a page to fit into (1.4.10); there words of each language must have room. Colours are the same in all, and at every width."""


@pytest.fixture
def reports(tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str, language: Language) -> Path:
    base = tmp_path_factory.getbasetemp()
    return finished(base if worker_id == "master" else base.parent, project / "data" / "sample", language)


@pytest.fixture
def opened(browser: Any, reports: Path) -> Iterator[Any]:
    """Give a function that opens a page; contexts are closed afterwards."""
    contexts = []

    def open_page(stem: str, language: str, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(file_of(reports, stem, language).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def file_of(reports: Path, stem: str, language: str) -> Path:
    """Return a page's file; the index has no language in its name."""
    return reports / ("index.html" if stem == "index" else f"{stem}.{language}.html")


@each_report
@pytest.mark.parametrize(("language", "width", "scheme"), WAYS)
def test_axe_finds_nothing(stem, language, scheme, width, opened):
    """axe-core finds no breach of WCAG 2.2 AA nor of its best practices, with all folds open, light and dark, on phone and desk."""
    page = opened(stem, language, width, color_scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert axe_violations(page) == []
    assert page.evaluate(FAINT) == []


@each_language
def test_markup_is_valid(language, reports, node):
    """html-validate finds nothing in any page."""
    assert markup_faults(node, [file_of(reports, stem, language) for stem in [*STEMS, "index"]]) == []


@each_language
@each_report
def test_the_keyboard_reaches_everything(stem, language, opened):
    """Tab reaches each link, fold, field and wide table, in the order of the page, and each shows that it has the focus."""
    page = opened(stem, language)
    stops = walk(page)
    places = [stop["index"] for stop in stops]
    assert len(stops) == page.evaluate(FOCUSABLE)
    assert places == sorted(places)
    assert [stop["name"] for stop in stops if not (stop["ringed"] and stop["seen"])] == []


@pytest.mark.parametrize("language", ["fi"])
def test_the_judges_can_find_something(language, opened, reports, node, tmp_path):
    """A page with a picture without a name, faint text, a lost focus ring and a broken list is found out by each judge."""
    page = opened("roi/roi", language)
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('afterbegin',
        '<img src="data:,"><p style="color:#bbb;background:#fff">faint</p><button style="outline:none;box-shadow:none">b</button>')"""
    )
    assert any(found.startswith("image-alt") for found in axe_violations(page))
    assert any("faint" in found for found in page.evaluate(FAINT))
    assert any(stop["name"].startswith("BUTTON  b") and not stop["ringed"] for stop in walk(page))
    broken = tmp_path / "broken.html"
    whole = file_of(reports, "roi/roi", language).read_text(encoding="utf-8")
    broken.write_text(whole.replace("<main", "<ul><p>no item</p></ul><main", 1), encoding="utf-8")
    assert any("element-permitted-content" in fault for fault in markup_faults(node, [broken]))
