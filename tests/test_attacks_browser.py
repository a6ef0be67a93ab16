"""The whole corpus of hostile texts in a real browser, in a real run of the command, and in the files that it leaves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attack_texts import LONG, OPENED, engagement, harmless, hostile, page_of, shown
from command_line import kohtaamo
from finished_reports import finished
from test_attacks import formulas, risky, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EACH = 10
"""Of the harmless twin so many times fewer texts are enough: it shows which elements a page has."""
PAGES = ("current_state/management.en", "roi/roi.en", "review_360/r1.en", "review_360/group.en", "index")
every_page = pytest.mark.parametrize("name", PAGES)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e]")
WATCH = "document.addEventListener('securitypolicyviolation', e => (window.refused ??= []).push(e.violatedDirective + ' ' + e.blockedURI))"
SHAPE = """() => [...new Set([...document.querySelectorAll('*')].flatMap(part =>
  [part.tagName, ...[...part.attributes].map(a => `${part.tagName} ${a.name}${a.name === 'class' ? '=' + a.value : ''}`)]))]"""
TOUCH = """() => {
  document.querySelectorAll('details').forEach(part => part.open = true);
  document.querySelectorAll('*').forEach(part => {
    for (const name of ['mouseover', 'pointerenter', 'animationstart', 'toggle', 'error', 'change']) part.dispatchEvent(new Event(name, {bubbles: true}));
    if (part.tabIndex >= 0) part.focus({preventScroll: true});
  });
  document.querySelectorAll('button').forEach(part => part.click());
}"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory, worker_id, project) -> dict[str, Any]:
    """Run the command on a hostile and on a harmless engagement; the sample's reports stand beside them."""
    folder, base = tmp_path_factory.mktemp("attacks"), tmp_path_factory.getbasetemp()
    sample = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", "en")
    shutil.copytree(sample, folder / "sample" / "reports", ignore=shutil.ignore_patterns("internal"))
    made = {}
    for kind, each in (("hostile", hostile()), ("harmless", harmless(hostile()[::EACH]))):
        engagement(folder / kind, each)
        made[kind] = kohtaamo(
            "run", kind, "--audience", "management", folder=folder
        )  # a hundred units have as many supervisors
        assert made[kind].returncode == 0, made[kind].stdout[-3000:] + made[kind].stderr[-3000:]
    return {"folder": folder, **made}


@pytest.fixture(scope="module")
def opened(browser, runs) -> Iterator[Any]:
    """Give a function that opens a page and notes all that it does."""
    contexts = []

    def open_page(kind: str, name: str, *, policy: bool) -> Any:
        context = browser.new_context(bypass_csp=not policy)
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        page.on("dialog", lambda dialog: (page.noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: page.noise.append(f"error: {error}"))
        page.on("console", lambda message: page.noise.append(f"console: {message.text}"))
        page.on("popup", lambda other: page.noise.append(f"popup: {other.url}"))
        page.on("framenavigated", lambda frame: page.noise.append(f"at: {frame.url.split('#')[0]}"))
        page.on("download", lambda one: page.noise.append(f"download: {one.url}"))
        page.route(
            re.compile("^https?://"), lambda route: (page.noise.append(f"asked: {route.request.url}"), route.abort())
        )
        page.add_init_script(WATCH)
        file = runs["folder"] / kind / "reports" / f"{name}.html"
        page.goto(file.as_uri())
        page.evaluate(TOUCH)
        page.wait_for_timeout(300)
        page.file = file
        return page

    yield open_page
    for context in contexts:
        context.close()


@every_page
def test_nothing_happens(name, opened):
    """Even without the page's policy no hostile text runs, asks, opens, or goes anywhere; a click and a hover included."""
    page = opened("hostile", name, policy=False)
    assert page.evaluate("() => window.hit") is None
    assert page.noise == [f"at: {page.file.as_uri()}"]


@every_page
def test_the_policy_has_nothing_to_refuse(name, opened):
    """With the policy, nothing is tried that it would have to refuse."""
    page = opened("hostile", name, policy=True)
    assert page.evaluate("() => window.refused ?? []") == []
    assert page.noise == [f"at: {page.file.as_uri()}"]


LONG_WORDS = {f"{cell} class={names}" for cell in ("TD", "TH") for names in ("long", "num long")}
"""Cells whose words no column has room for; the hostile ones have such."""


@every_page
def test_the_page_has_our_elements_only(name, opened):
    """The browser makes no element and no attribute that it does not make of harmless texts, or of the sample's."""
    pages = [("hostile", name), ("harmless", name), ("sample", name.replace("/r1.", "/r01."))]
    found, usual, sample = (set(opened(*page, policy=False).evaluate(SHAPE)) for page in pages)
    assert found - usual - sample - LONG_WORDS == set()


def test_texts_are_read_as_they_were_typed(opened):
    """What a reader of the current state reads holds each text, letter by letter."""
    text = opened("hostile", PAGES[0], policy=False).evaluate("() => document.body.textContent")
    plain = " ".join(re.sub("[\u2066-\u2069]", "", text).split())
    assert [typed for typed in hostile() if shown(typed) not in plain] == []


def test_a_hole_would_be_found(opened, runs):
    """A page in which one text was not escaped is told from the others: script, request, dialog and element."""
    reports = runs["folder"] / "hostile" / "reports"
    html = (reports / "index.html").read_text(encoding="utf-8")
    hole = "<img src=https://attack.invalid/a.png onerror=window.hit=1,alert(1)>"
    (reports / "hole.html").write_text(html.replace("</main>", f"{hole}</main>"), encoding="utf-8")
    page = opened("hostile", "hole", policy=False)
    assert page.evaluate("() => window.hit") == 1
    assert {"asked: https://attack.invalid/a.png", "dialog: 1"} <= set(page.noise)
    assert opened("hostile", "hole", policy=True).evaluate("() => window.refused ?? []") != []
    (reports / "hole.html").unlink()


def test_the_executed_notebooks_are_inert(runs, browser, tmp_path):
    """An executed notebook opened through nbconvert, as a consultant may, runs nothing of what the client wrote."""
    from nbconvert.exporters import HTMLExporter

    asked: list[str] = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    for name in PAGES[:-1]:
        notebook = runs["folder"] / "hostile" / "reports" / "internal" / f"{name}.ipynb"
        html, _ = HTMLExporter().from_filename(str(notebook))
        (tmp_path / "notebook.html").write_text(html, encoding="utf-8")
        page.goto((tmp_path / "notebook.html").as_uri())
        page.evaluate(TOUCH)
        page.wait_for_timeout(200)
        assert page.evaluate("() => window.hit") is None
    page.close()
    assert [url for url in asked if "attack.invalid" in url] == []


@pytest.mark.parametrize("command", ["run --audience management", "check", "map", "check --json"])
def test_the_terminal_shows_text_only(command, runs):
    """Whatever the files hold and are called, no command prints a control sign or one that turns the direction."""
    name, *options = command.split()
    done = kohtaamo(name, "hostile", *options, folder=runs["folder"])
    assert CONTROL.findall(done.stdout + done.stderr) == []
    assert len(done.stdout) > 20


def test_files_for_the_consultant_hold_text_only(runs):
    """Logs, problems and figures hold no control sign as it is, and every file lies where it should under a name of ours."""
    reports = runs["folder"] / "hostile" / "reports"
    files = {file for file in reports.rglob("*") if file.is_file()}
    usual = {
        file.relative_to(runs["folder"] / "harmless")
        for file in (runs["folder"] / "harmless").rglob("*")
        if file.is_file()
    }
    assert {file.relative_to(runs["folder"] / "hostile") for file in files} == {
        file for file in usual if file.parts[0] == "reports"
    }
    texts = {file: file.read_text(encoding="utf-8-sig") for file in files if file.suffix not in {".xlsx", ".ipynb"}}
    assert {file.name: found for file, text in texts.items() if (found := CONTROL.findall(text))} == {}


def test_workbook_of_the_whole_corpus(runs, tmp_path):
    """Scenarios, sources and agreements of every kind of text add no formula to the workbook."""
    twin = engagement(tmp_path / "twin", harmless(hostile()))
    usual = next(iter(page_of(OPENED["roi"](str(twin)), "roi").attachments.values()))
    found = (runs["folder"] / "hostile/reports/roi/roi.en.xlsx").read_bytes()
    assert formulas(found).keys() == formulas(usual).keys()
    assert risky(found) == []
    together = " ".join("\n".join(texts_in(found)).split())
    assert [text for text in hostile() if len(text) < LONG and shown(text) not in together] == []


def test_no_command_was_run(runs):
    """Nothing that looks like a shell's command left its file."""
    assert list(runs["folder"].rglob("hit")) == []
    assert not Path("hit").exists()
    assert shutil.which("hit") is None
