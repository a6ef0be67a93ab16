"""Finished reports in a browser: whole at every width, silent on the network, readable by everybody."""

from __future__ import annotations

import os
import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo

from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = (
    "current_state/management.fi.html",
    "current_state/supervisor.Tampere.fi.html",
    "roi/roi.fi.html",
    "current_state/employee.fi.html",
    "index.html",
)
MEDIA = {"desktop": (1280, "screen"), "phone": (375, "screen"), "paper": (673, "print")}  # 178 mm at 96 px an inch
every_page = pytest.mark.parametrize("name", PAGES)
every_medium = pytest.mark.parametrize("medium", list(MEDIA))

OVERLAPS = """() => [...document.querySelectorAll('figure.chart svg')].flatMap((svg, chart) => {
  const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => ({text: t.textContent.trim(), box: t.getBoundingClientRect()}));
  const found = [];
  texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
    const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    if (width > 1 && height > 1) found.push(`chart ${chart + 1}: ${a.text} / ${b.text}: ${width.toFixed(1)} x ${height.toFixed(1)}`);
  }));
  return found;
})"""
CUT = """() => [...document.querySelectorAll('figure.chart svg')].flatMap((svg, chart) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(t => {
    const box = t.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map(t => `chart ${chart + 1}: ${t.textContent}`);
})"""
SPILLS = """() => [...document.querySelectorAll('.card')].flatMap(card => {
  const frame = card.getBoundingClientRect();
  return [...card.querySelectorAll('*')].filter(part => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return [...range.getClientRects()].some(box => box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.left < frame.left - 1);
  }).map(part => part.textContent);
})"""
UNDESCRIBED = """() => [...document.querySelectorAll('figure')].filter(figure => {
  const picture = figure.querySelector('[role=img]');
  if (!picture) return !figure.querySelector('img[alt]:not([alt=""])');
  return ['aria-labelledby', 'aria-describedby'].some(name => {
    const told = document.getElementById(picture.getAttribute(name) || '');
    return !told || !told.textContent.trim();
  });
}).map(figure => figure.outerHTML.slice(0, 200))"""
WIDE = """() => [...document.querySelectorAll('body *')].filter(part => {
  const box = part.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 1 && !part.closest('.scroll, .sum, .skip, .sr');
}).map(part => `${part.tagName} ${part.className} ${part.textContent.trim().slice(0, 60)}`)"""


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> Path:
    """Make the sample's reports once a test run, whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "browser"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait_for(shared / "done")
    else:
        shutil.copytree(bundled("data/sample"), shared / "sample", ignore=shutil.ignore_patterns("reports"))
        done = kohtaamo("run", "sample", "--report", "roi", "--report", "current_state", folder=shared)
        (shared / "done").write_text(done.stdout + done.stderr, encoding="utf-8")
    said = (shared / "done").read_text(encoding="utf-8")
    assert "tehty 8." in said, said  # five units have a supervisor's report each
    return shared / "sample" / "reports"


def _wait_for(file: Path, seconds: int = 300) -> None:
    end = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.2)


@pytest.fixture
def opened(browser, reports) -> Iterator[Any]:
    """Give a function that opens a report in a medium; contexts are closed afterwards."""
    contexts = []

    def open_page(name: str, medium: str = "desktop", **options: Any) -> Any:
        width, media = MEDIA[medium]
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        page.on("request", lambda request: page.noise.append(request.url))
        page.on("console", lambda message: page.noise.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.emulate_media(media=media)
        page.goto((reports / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@every_page
@every_medium
def test_nothing_is_asked_for_or_complained_of(name, medium, opened, reports):
    """The page asks for itself alone, and the browser's console stays empty."""
    assert opened(name, medium).noise == [(reports / name).as_uri()]


@every_page
@every_medium
def test_the_page_is_as_wide_as_its_medium(name, medium, opened):
    """Nobody has to scroll sideways; only a wide table or formula scrolls inside its own frame."""
    page = opened(name, medium)
    width = page.evaluate("() => document.documentElement.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width, page.evaluate(WIDE)
    if medium != "paper":
        assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("name", PAGES[:3])
@every_medium
@pytest.mark.parametrize("fault", [OVERLAPS, CUT], ids=["overlap", "cut"])
def test_texts_of_charts_are_free(name, medium, fault, opened):
    """No text of a chart lies over another one or outside its picture, in the reader's own font."""
    page = opened(name, medium)
    assert page.locator("figure.chart svg text").count() > 10
    assert page.evaluate(fault) == []


@every_page
@every_medium
def test_cards_hold_their_text(name, medium, opened):
    """No figure or remark leaves its card."""
    page = opened(name, medium)
    assert name in ("index.html", "current_state/employee.fi.html") or page.locator(".card").count() > 2
    assert page.evaluate(SPILLS) == []


@pytest.mark.parametrize("name", PAGES[:3])
def test_each_picture_is_described(name, opened):
    """Who does not see a picture has its title and its facts in words."""
    page = opened(name)
    assert page.locator("figure").count() > 0
    assert page.evaluate(UNDESCRIBED) == []


NUMBERED = """([selector, word]) => [...document.querySelectorAll(selector)].filter(part => part.getClientRects().length)
  .map(part => getComputedStyle(part, '::before').content)
  .filter(text => text !== 'none').map(text => text.startsWith(`"${word} " counter(`))"""


@pytest.mark.parametrize(("selector", "word"), [("figcaption", "Kuvio"), ("caption", "Taulukko")])
def test_charts_and_tables_have_numbers(selector, word, opened):
    """Whoever talks about a page can name its charts and tables; what stands in folded notes has no number, open or closed."""
    page = opened(PAGES[0])
    numbered = page.evaluate(NUMBERED, [selector, word])
    assert len(numbered) > 8
    assert all(numbered)
    assert len(numbered) == page.locator(f"main {selector}").count() - page.locator(f"details {selector}").count()
    page.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    assert len(page.evaluate(NUMBERED, [selector, word])) == len(numbered), "what a reader opens changes no number"


def test_the_contents_show_the_readers_place(opened):
    """Of the contents just the part that is being read is marked, without a script, and the mark is no matter of colour alone."""
    page = opened(PAGES[0])
    marked = "() => [...document.querySelectorAll('nav.contents a')].filter(a => getComputedStyle(a).textDecorationLine === 'underline').map(a => a.hash.slice(1))"
    parts = page.evaluate("() => [...document.querySelectorAll('main h2[id]')].map(h => h.id)")
    assert len(parts) > 15
    for part in parts[:-2]:  # the last ones cannot come to the window's top
        page.evaluate("id => document.getElementById(id).scrollIntoView({behavior: 'instant'})", part)
        page.wait_for_function(f"part => String(({marked})()) === part", arg=part, timeout=5000)


def test_a_long_tables_header_stays(opened):
    """Of a table that is longer than the window the header stays above its rows; on paper the table is whole."""
    page = opened(PAGES[0])
    long = """() => {
      const body = document.querySelector('main .scroll tbody');
      while (body.rows.length < 60) body.append(body.rows[0].cloneNode(true));
      const frame = body.closest('.scroll');
      frame.scrollTop = 900;
      const first = frame.querySelector('thead th').getBoundingClientRect();
      return {inside: frame.scrollHeight > frame.clientHeight, stays: Math.abs(first.top - frame.getBoundingClientRect().top) < 2};
    }"""
    assert page.evaluate(long) == {"inside": True, "stays": True}
    page.emulate_media(media="print")
    whole = "() => { const frame = document.querySelector('main .scroll'); return frame.scrollHeight - frame.clientHeight; }"
    assert page.evaluate(whole) <= 1


@every_page
def test_headings_are_in_order(name, opened):
    """One first-level heading, and no level is skipped on the way down."""
    levels = opened(name).evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    down = levels[levels.index(1) :]
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(down) if pair[1] > pair[0] + 1] == []


@every_page
def test_ids_and_links_are_whole(name, opened, reports):
    """No id comes twice, each link inside the page has its place, and each link to a file its file."""
    page = opened(name)
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(part => part.id)")
    links = page.evaluate("() => [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert len(ids) == len(set(ids))
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert [link for link in links if not link.startswith(("#", "https:")) and not (reports / link).is_file()] == []


@every_page
def test_without_javascript_nothing_is_missing(name, opened):
    """Where JavaScript is switched off the page reads the same; with it, only the what-if is there for the table it replaces."""
    live, still = (opened(name, java_script_enabled=on).locator("body").inner_text() for on in (True, False))
    page = opened(name)
    page.evaluate(
        "() => { document.querySelector('.live')?.remove(); document.querySelector('.alive')?.classList.remove('alive') }"
    )
    assert page.locator("body").inner_text() == still
    assert (live == still) == (name != "roi/roi.fi.html")
    assert len(still) > 100


@pytest.mark.parametrize("name", PAGES[:3])
def test_folds_open_by_keyboard_and_on_paper(name, opened):
    """Details open on demand without a script, and are open on paper, where nobody can click."""
    fold = "details.fold:not(.group)"  # groups of controls are not for paper
    page = opened(name, java_script_enabled=False)
    first = page.locator(fold).first
    first.locator("summary").first.press("Enter")
    assert first.get_attribute("open") is not None
    paper = opened(name, "paper")
    heights = paper.evaluate(
        f"() => [...document.querySelectorAll('{fold}')].map(d => d.getBoundingClientRect().height - d.querySelector('summary').getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) > 10


@every_page
def test_language_and_title(name, opened):
    """A reader's machine is told the language and whose report it is."""
    page = opened(name)
    assert page.evaluate("() => document.documentElement.lang") == "fi"
    assert "Mallikauppa Oy" in page.title()
