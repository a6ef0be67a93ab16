"""A PDF belongs to its report: made with it, only where it is wanted, never older than the page, and never in its way."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest
from approvals import approved, planned, programme, run
from conftest import CHROMIUM
from notebook_made import cover, notebook, section, text
from pdf_reader import needs_weasyprint, opened

from kohtaamo_utils.delivery.batch import task_key, up_to_date
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.finish import finish, put_in_place
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.make import print_only
from kohtaamo_utils.delivery.page import compose, page_of
from kohtaamo_utils.delivery.pdf import browsers, printing, weasy
from kohtaamo_utils.delivery.pdf.adding import beside, with_pdf
from kohtaamo_utils.delivery.pdf.gate import page_texts
from kohtaamo_utils.delivery.pdf.printing import pdf_of
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.presentation.wording import Wording

STEM = "review_360/r03.fi"


@pytest.fixture
def folder(tmp_path) -> Path:
    """Give an engagement whose 360 reports are made."""
    for name in ("pikepdf", "pypdfium2"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    made = programme(tmp_path / "e")
    run(made)
    return made


@pytest.fixture
def no_pango(monkeypatch):
    """Be a computer without Pango."""
    monkeypatch.setattr(weasy, "is_there", lambda: False)


@pytest.fixture
def no_browser(monkeypatch):
    """Be a computer without a browser that prints."""
    monkeypatch.setattr(browsers, "browser", lambda: None)


def _page(folder: Path) -> Path:
    return folder / "reports" / f"{STEM}.html"


def _results(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(_page(folder).with_suffix(".results.json").read_text(encoding="utf-8"))
    return found


def _print(folder: Path) -> str:
    """Add the PDF to a report that stands, as `run --pdf` does; return why there is none."""
    task = next(task for task in planned(folder) if task.stem == STEM)
    outcome = print_only(task, folder, task_key(load(folder), task), Secrets(folder))
    assert outcome.state == "made", outcome.message
    return outcome.no_pdf


def test_it_is_added_to_a_report_that_stands(folder):
    """Only the PDF is made: page and figures stay, its fingerprint is recorded, and the report is still up to date."""
    needs_weasyprint()
    before, page = _results(folder), _page(folder).read_bytes()
    assert beside(_page(folder)) == "none"
    assert _print(folder) == ""
    after = _results(folder)
    assert _page(folder).read_bytes() == page
    assert after["provenance"].pop("pdf_sha256") == sha256(_page(folder).with_suffix(".pdf").read_bytes())  # type: ignore[attr-defined]
    assert json.dumps(after) == json.dumps(before)
    assert beside(_page(folder)) == "fits"
    task = next(task for task in planned(folder) if task.stem == STEM)
    assert up_to_date(folder / "reports", task, task_key(load(folder), task))


def test_a_changed_one_does_not_count(folder):
    """A PDF that is not the one recorded with its page is another, whatever it is."""
    _page(folder).with_suffix(".pdf").write_bytes(b"%PDF-1.7 of an earlier page")
    assert beside(_page(folder)) == "other"


def test_approving_makes_it_anew_without_the_mark(folder):
    """The approved report's PDF has no draft mark on any sheet, and fits its page; one that was changed by hand is not approved."""
    needs_weasyprint()
    _print(folder)
    assert all("LUONNOS" in text for text in page_texts(_page(folder).with_suffix(".pdf").read_bytes()))
    assert approved(folder)[STEM].no_pdf == ""
    assert "LUONNOS" not in " ".join(page_texts(_page(folder).with_suffix(".pdf").read_bytes()))
    assert beside(_page(folder)) == "fits"


def test_a_pdf_changed_by_hand_is_not_approved(folder):
    """What was read must be what its data give, the PDF too."""
    needs_weasyprint()
    _print(folder)
    with _page(folder).with_suffix(".pdf").open("ab") as stream:
        stream.write(b"%")
    assert "changed by hand" in approved(folder)[STEM].message


def test_approving_where_nothing_prints_takes_it_away(folder, monkeypatch):
    """A draft's PDF does not stay beside an approved page; the approval holds, and says what is missing."""
    needs_weasyprint()
    _print(folder)
    monkeypatch.setattr(weasy, "is_there", lambda: False)
    monkeypatch.setattr(browsers, "browser", lambda: None)
    approval = approved(folder)[STEM]
    assert (approval.state, bool(approval.no_pdf)) == ("approved", True)
    assert beside(_page(folder)) == "none"
    assert "pdf_sha256" not in _results(folder)["provenance"]  # type: ignore[operator]


@pytest.mark.usefixtures("no_pango", "no_browser")
@pytest.mark.parametrize(
    ("system", "advice"),
    [
        ("linux", "Asenna Pango (esimerkiksi apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0) tai jokin selaimista"),
        ("darwin", "Asenna Pango (esimerkiksi brew install pango)"),
        ("win32", "Asenna jokin niistä ja aja uudelleen."),
    ],
)  # fmt: skip
def test_where_nothing_prints_the_report_stands(folder, system, advice, monkeypatch):
    """Without Pango and browser the page is delivered, an earlier PDF is taken away, and the message says in Finnish what to install."""
    monkeypatch.setattr(sys, "platform", system)
    page = _page(folder).read_bytes()
    _page(folder).with_suffix(".pdf").write_bytes(b"%PDF of an earlier page")
    assert advice in Wording("fi").told(_print(folder))
    assert _page(folder).read_bytes() == page
    assert beside(_page(folder)) == "none"


def test_without_its_packages_it_says_which(monkeypatch):
    """Where the extra is not installed the message gives the command."""
    monkeypatch.setattr(printing, "find_spec", lambda name: None if name == "pikepdf" else name)
    with pytest.raises(DeliveryError, match=r'Install them: pip install "kohtaamo\[pdf\]"'):
        pdf_of(compose(notebook(text("# K"), cover())), Secrets(Path("e")), draft=True)


def test_a_failure_takes_nothing_with_it(folder, monkeypatch):
    """Whatever goes wrong in printing, the report's other files are delivered, and an earlier PDF does not stay with them."""
    monkeypatch.setattr(printing, "paper_html", lambda *_, **__: 1 / 0)
    task = next(task for task in planned(folder) if task.stem == STEM)
    page = page_of(folder / "reports" / "internal" / f"{STEM}.ipynb")
    assert page is not None
    _page(folder).with_suffix(".pdf").write_bytes(b"%PDF of an earlier page")
    finished, why = with_pdf(finish(page, task, "key", Secrets(folder), None), page, Secrets(folder))
    assert why == "Something unexpected happened: ZeroDivisionError: division by zero"
    put_in_place(folder / "reports" / STEM, finished)
    assert _results(folder)["provenance"]["key"] == "key"  # type: ignore[index]
    assert beside(_page(folder)) == "none"
    _page(folder).with_suffix(".pdf").write_bytes(b"%PDF of an earlier page")
    assert "ZeroDivisionError" in _print(folder)
    assert beside(_page(folder)) == "none"


@pytest.mark.browser
@pytest.mark.usefixtures("no_pango")
def test_a_browser_prints_where_pango_is_missing(folder):
    """Chromium's PDF is tagged, in the report's language, with title and bookmarks, tells no time and no name, and is the same twice."""
    if browsers.browser() is None:
        pytest.skip("no Chromium, Chrome or Edge is installed")
    assert _print(folder) == ""
    first = _page(folder).with_suffix(".pdf").read_bytes()
    reader = opened(first)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), "/StructTreeRoot" in root) == ("fi", True, True)
    assert set(reader.metadata or ()) == {"/Title"}
    assert next(str(entry.title) for entry in reader.outline if not isinstance(entry, list)).startswith("Miten muut")
    assert "LUONNOS – ei vielä hyväksytty" in page_texts(first)[0]
    assert _print(folder) == ""
    assert _page(folder).with_suffix(".pdf").read_bytes() == first
    assert [*(folder / "reports" / "internal").glob(".*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "said"), [("sleep 60 & sleep 60", "in 1 seconds"), ("exit 3", "did not print the report.")]
)
def test_a_browser_that_fails_is_ended(script, said, tmp_path):
    """A browser that hangs is killed with what it started, one that gives nothing is told; neither leaves its passing files."""
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(DeliveryError, match=re.escape(said)):
        browsers.printed(program, "<p>", tmp_path / "internal", longest=1)
    assert [*(tmp_path / "internal").iterdir()] == []


@pytest.mark.parametrize(
    ("system", "places"),
    [
        ("linux", ["bin/google-chrome"]),
        ("darwin", ["Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"]),
        ("win32", ["x86/Microsoft/Edge/Application/msedge.exe"]),
        ("win32", ["local/Google/Chrome/Application/chrome.exe", "x86/Microsoft/Edge/Application/msedge.exe"]),
    ],
)
def test_browsers_are_found_where_systems_put_them(system, places, tmp_path):
    """On the path, among a Mac's applications, in Windows' folders of programs; the first of them is taken."""
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("", encoding="utf-8")
        (tmp_path / place).chmod(0o755)
    environment = {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path),
        "PROGRAMFILES(X86)": str(tmp_path / "x86"),
        "LOCALAPPDATA": str(tmp_path / "local"),
    }
    assert browsers.browser(system, environment) == tmp_path / places[0]
    assert browsers.browser(system, {"PATH": ""}) is None


def test_the_browser_is_told_nothing_of_its_user():
    """Its profile is new, it reaches no address, and prints no header of its own with the file's place and the day."""
    flags = browsers._flags()
    assert {"--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--headless=new"} <= set(flags)


def test_foreign_text_stays_text_in_the_file():
    """A comment with an address, a script or a field is text of a page: nothing in the file acts, and no link comes of it."""
    needs_weasyprint()
    attacks = "javascript:app.alert(1) https://esimerkki.invalid /JS (app.alert(1)) /OpenAction &lt;a href='x.exe'&gt; ) >> endobj"
    page = compose(notebook(text("# Kysymys"), cover(), section(f"<p>{attacks}</p>")))
    pdf = pdf_of(page, Secrets(Path("asiakas-oy")), draft=True)
    reader = opened(pdf)
    assert all("/Annots" not in sheet for sheet in reader.pages)
    assert {"/OpenAction", "/AA", "/AcroForm"} & set(reader.trailer["/Root"]) == set()
    assert "javascript:app.alert(1)" in page_texts(pdf)[0]


def test_chromium_is_the_one_that_tests_use():
    """The browser of the browser tests is one that the kit finds, where it is at its usual place."""
    if not CHROMIUM.is_file():
        pytest.skip("Chromium is not installed (set CHROMIUM to where it is)")
    assert browsers.browser() is not None
