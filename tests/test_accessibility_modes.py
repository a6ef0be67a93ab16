"""Pages stay whole as people set their machines: their own colours, larger text, wider spaces, narrow windows, no motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accessibility_judge import FAINT, axe_violations
from chart_pictures import rgb
from finished_reports import STEMS, finished
from test_browser import SPILLS, WIDE

from kohtaamo_utils.presentation.branding import DARK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LIKE_OTHERS = ("current_state/supervisor.Tampere", "current_state/employee", "review_360/group")
"""Reports without any part that the others have not."""
LANGUAGE = "sv"
"""The language with the longest words in small places."""
each_report = pytest.mark.parametrize("stem", [*(stem for stem in STEMS if stem not in LIKE_OTHERS), "index"])
IN_PICTURE = "[object SVGAnimatedString]"
"""The words of a picture may reach beyond it in a reader's own spaces: they stand in its description and its table as well."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
"""The spaces that a reader may set (WCAG 1.4.12)."""
HIDDEN_TEXT = """() => [...document.querySelectorAll('body *')].filter(part => {
  const style = getComputedStyle(part), shut = way => ['hidden', 'clip'].includes(way);
  return !part.closest('.sr,.skip,svg') && part.textContent.trim()
    && (shut(style.overflowX) && part.scrollWidth > part.clientWidth + 1 || shut(style.overflowY) && part.scrollHeight > part.clientHeight + 1);
}).map(part => `${part.tagName} ${part.className} ${part.textContent.trim().slice(0, 60)}`)"""
"""What cuts its own text off."""
MOVING = """() => [...document.querySelectorAll('*')].filter(part => {
  const style = getComputedStyle(part), marks = part.closest('nav.contents') && style.animationName === 'here';  // by place, not time
  return style.scrollBehavior === 'smooth' || (style.animationName !== 'none' && !marks) || parseFloat(style.transitionDuration) > 0;
}).map(part => part.tagName)"""
TALK_OVER = """() => [...document.querySelectorAll('main p, main li, main h2, main h3, main dt, main dd > span, main td, main th')]
  .map(part => {
    const box = part.getBoundingClientRect(), frame = part.closest('.scroll')?.getBoundingClientRect();
    return {part, box: frame ? {left: box.left, right: box.right, width: box.width, top: Math.max(box.top, frame.top), bottom: Math.min(box.bottom, frame.bottom)} : box};
  }).filter(({part, box}) => box.width && box.bottom > box.top && !part.closest('.sr,svg,.live .results'))
  .flatMap((one, i, all) => all.slice(i + 1, i + 12).filter(({part, box}) => !one.part.contains(part)
    && Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 2
    && Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 2)
    .map(({part}) => `${one.part.textContent.trim().slice(0, 40)} / ${part.textContent.trim().slice(0, 40)}`))"""
"""Texts that lie over their neighbours."""


@pytest.fixture
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str) -> Iterator[Any]:
    """Give a function that opens a page as somebody has set their machine, everything unfolded."""
    base = tmp_path_factory.getbasetemp()
    reports = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", LANGUAGE)
    contexts = []

    def open_page(stem: str, width: int = 1280, style: str = "", **options: Any) -> Any:
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto((reports / ("index.html" if stem == "index" else f"{stem}.{LANGUAGE}.html")).as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        if style:
            page.add_style_tag(content=style)
        return page

    yield open_page
    for context in contexts:
        context.close()


def whole(page: Any, width: int) -> None:
    """Ask that nobody scrolls sideways, and that no text is cut off, leaves its card or lies over another."""
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, page.evaluate(WIDE)
    assert [wide for wide in page.evaluate(WIDE) if IN_PICTURE not in wide] == []
    assert page.evaluate(SPILLS) == []
    assert page.evaluate(HIDDEN_TEXT) == []
    assert page.evaluate(TALK_OVER) == []


@each_report
def test_a_window_of_320_pixels(stem, opened):
    """At 320 px, which is 400 % of a common screen, all is read by scrolling down alone (WCAG 1.4.10)."""
    whole(opened(stem, 320), 320)


@each_report
def test_text_of_twice_the_size(stem, opened):
    """With text alone at 200 % nothing is lost (WCAG 1.4.4), on a wide screen and on a tablet."""
    for width in (1280, 768):
        whole(opened(stem, width, "html { font-size: 200% }"), width)


@each_report
@pytest.mark.parametrize("width", [1280, 375])
def test_wider_spaces(stem, width, opened):
    """With the spaces of WCAG 1.4.12 between lines, letters, words and paragraphs nothing is lost."""
    whole(opened(stem, width, SPACED), width)


@each_report
def test_nothing_moves_for_who_wants_no_motion(stem, opened):
    """Where motion is not wanted no part of a page moves or scrolls by itself; elsewhere a link glides to its place."""
    assert opened(stem, reduced_motion="reduce").evaluate(MOVING) == []
    assert opened(stem, reduced_motion="no-preference").evaluate(MOVING) == ["HTML"]


@each_report
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_readers_own_colours(stem, scheme, opened):
    """In colours that the reader has set, dark or light, every text stands out, pictures lie on their own paper, and the draft's mark is away."""
    page = opened(stem, forced_colors="active", color_scheme=scheme)
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(FAINT) == []
    # axe sets the page's own colour of a text against the reader's ground, and so judges a contrast that nobody sees
    assert [one for one in axe_violations(page) if not one.startswith("color-contrast:")] == []
    grounds = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('.picture svg')].map(svg => getComputedStyle(svg).backgroundColor))]"
    )
    assert grounds in ([], ["rgb(255, 255, 255)" if scheme == "light" else rgb(DARK.paper)])
    assert page.evaluate("() => [...document.querySelectorAll('.draft')].map(part => getComputedStyle(part, '::after').display)") in ([], ["none"])  # fmt: skip


def test_a_pressed_button_is_seen_in_the_readers_own_colours(opened):
    """Which assumptions are chosen is told by the button's colours there too."""
    page = opened("roi/roi", forced_colors="active")
    page.locator(".presets button").nth(0).click()
    look = "button => [getComputedStyle(button).backgroundColor, getComputedStyle(button).color].join()"
    pressed, other = page.locator("button[aria-pressed=true]").first, page.locator("button[aria-pressed=false]").first
    assert pressed.evaluate(look) != other.evaluate(look)


@pytest.mark.parametrize("fault", ["wide", "cut", "over", "motion"])
def test_the_judges_can_find_something(fault, opened):
    """A page with a wide box, a cut text, texts over one another and a moving part is found out."""
    planted = {
        "wide": "main { min-width: 2000px }",
        "cut": "main p { height: 1em; overflow: hidden; max-width: 20em }",
        "over": "main p { margin-bottom: -3em }",
        "motion": "main p { transition: color 1s }",
    }
    page = opened("roi/roi", 1280, planted[fault], reduced_motion="reduce")
    if fault == "motion":
        assert page.evaluate(MOVING) != []
    else:
        with pytest.raises(AssertionError):
            whole(page, 1280)
