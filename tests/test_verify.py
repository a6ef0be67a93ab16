"""`kohtaamo verify` tells whether a report is exactly what its inputs give, and is not fooled by what lies beside it."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from approvals import FIRST, add_rater, approved, programme, run
from command_line import content, kohtaamo, shop, write_orders
from editions_made import told, verdicts, without_kernels
from messages import untold

from kohtaamo_utils.delivery.files import sha256, to_json
from kohtaamo_utils.editions.place import delivered, engagement_of
from kohtaamo_utils.editions.printed import Printed
from kohtaamo_utils.editions.record import at_the_foot
from kohtaamo_utils.editions.verdict_lines import verdict_lines
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

STEM = "review_360/r03.fi"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Make an engagement whose 360 reports are made; `verify` makes them again without a kernel."""
    made = programme(tmp_path / "e")
    run(made)
    without_kernels(monkeypatch, tmp_path / "elsewhere")
    return made


def _page(folder: Path) -> Path:
    return folder / "reports" / f"{STEM}.html"


def _edit(page: Path, *, with_results: bool) -> None:
    """Change a page by hand; with its results, so that they agree."""
    text = page.read_text(encoding="utf-8").replace("<p>review_360/r03.fi</p>", "<p>5,0</p>")
    page.write_text(text, encoding="utf-8")
    if with_results:
        _change_results(page, lambda results: results["provenance"].update(html_sha256=sha256(text)))


def _change_results(page: Path, change: Any) -> None:
    file = page.with_suffix(".results.json")
    results = json.loads(file.read_text(encoding="utf-8"))
    change(results)
    file.write_text(to_json(results), encoding="utf-8")


def test_what_was_made_is_exact(folder):
    """Each page and each results.json of a fresh run is exactly what its inputs give, and nothing of the engagement is touched."""
    before = content(folder)
    found = verdicts(folder)
    assert [(each.one.stem, each.one.part, each.exact) for each in found] == [
        (stem, part, True) for stem in ("review_360/group.fi", STEM) for part in ("page", "figures")
    ]
    assert content(folder) == before
    assert told(found[0]).endswith("group.fi.html: exactly what its inputs give; a draft")


def test_a_page_edited_by_hand(folder):
    """An edited page is told by its fingerprint, with the place and what the inputs give there; its figures are still exact."""
    _edit(_page(folder), with_results=False)
    page, figures = verdicts(folder)[2:]
    assert (page.exact, page.edited, figures.exact) == (False, True, True)
    text = told(page)
    assert "It was changed after it was made: its fingerprint is not the one in r03.fi.results.json." in text
    assert 'Under "Mitä arviot kertovat?" it says "5,0"; the inputs give "review_360/r03.fi".' in text


def test_edited_results_that_agree_with_an_edited_page(folder):
    """Whoever edits the page and its record together is found out all the same: the re-make decides."""
    _change_results(_page(folder), _record(folder))
    _edit(_page(folder), with_results=True)
    [page] = verdicts(_page(folder))
    assert (page.record.match, page.changes, page.exact, page.edited) == ("same", (), False, True)
    assert "Nothing that it was made from has changed, and yet the inputs give something else" in told(page)


@pytest.mark.parametrize("also_approved", [False, True])
def test_an_entry_of_releases_does_not_help(also_approved, folder):
    """An edited page stays found out when results.json and releases.yaml are made to agree with it."""
    if also_approved:
        approved(folder)
        _edit(_page(folder), with_results=True)
        entries = (folder / "releases.yaml").read_text(encoding="utf-8")
        first = re.findall("html_sha256: ([0-9a-f]{64})", entries)[0]
        forged = entries.replace(first, sha256(_page(folder).read_bytes()))
        (folder / "releases.yaml").write_text(forged, encoding="utf-8")
    else:
        _edit(_page(folder), with_results=True)
    assert [each.exact for each in verdicts(_page(folder))] == [False]


def test_edited_figures_are_named(folder):
    """A figure that was changed in results.json is named, from what stands there to what the inputs give."""
    _change_results(_page(folder), lambda results: results["figures"][0].update(value=9.0))
    [figures] = verdicts(_page(folder).with_suffix(".results.json"))
    assert not figures.exact
    assert "raters (rater_group: peer): 9.0 (n = 4) → 4.0 (n = 4), by −5.0" in told(figures)


def test_changed_inputs_are_named(folder):
    """A data file that changed since is named with both fingerprints, and so are settings; the page is not called edited."""
    before = sha256((folder / "data/arviot.csv").read_bytes())
    _change_results(_page(folder), _record(folder))
    add_rater(folder, "p9")
    after = sha256((folder / "data/arviot.csv").read_bytes())
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(text + "disclosure: {minimum_raters: 4}\n", encoding="utf-8")
    page = verdicts(folder)[-1]
    assert page.one.part == "figures"
    assert (page.exact, page.edited) == (False, False)
    assert f"Since it was made the file data/arviot.csv has changed ({before[:12]} → {after[:12]})." in told(page)
    assert "Since it was made the settings have changed (" in told(page)


def _record(folder: Path) -> Any:
    """Return a change that puts into a results.json what a real report records of its inputs."""
    from kohtaamo_utils.delivery.origin import origin_of
    from kohtaamo_utils.delivery.roster import task_of
    from kohtaamo_utils.engagement import load

    task = task_of(STEM)
    assert task is not None
    provenance = origin_of(load(folder), task).provenance
    return lambda results: results["provenance"].update(provenance)


@pytest.mark.parametrize("name", ["r03.fi.html", "r03.fi (1).html", "Virtasen raportti.html"])
def test_a_copy_that_lies_elsewhere(name, folder, tmp_path, monkeypatch):
    """A copy is known by its bytes or its name; its engagement is the one that is named, or that of the working folder."""
    copy = tmp_path / "sent" / name
    copy.parent.mkdir()
    shutil.copyfile(_page(folder), copy)
    assert [each.exact for each in verdicts(copy, folder)] == [True]
    monkeypatch.chdir(folder / "data")
    [found] = verdicts(copy)
    assert (found.one.stem, found.exact) == (STEM, True)


def test_an_edited_copy(folder, tmp_path):
    """A copy that was changed is not exact, and where nothing tells what it was made from that is said."""
    copy = tmp_path / "r03.fi.html"
    shutil.copyfile(_page(folder), copy)
    _edit(copy, with_results=False)
    [found] = verdicts(copy, folder)
    assert not found.exact
    assert "No record of this very file is there" in told(found)


def test_a_page_in_another_language(folder):
    """A page that is in another language than its name says is told so."""
    page = _page(folder)
    page.write_text(page.read_text(encoding="utf-8").replace('<html lang="fi">', '<html lang="sv">'), encoding="utf-8")
    [found] = verdicts(page)
    assert "It is in the language sv, and the report in fi." in told(found)
    assert "The first difference is in line 2." in told(found)


def test_a_report_that_is_gone(folder):
    """A page that is missing beside its figures is told, and counts as not exact."""
    _page(folder).unlink()
    found = {(each.one.stem, each.one.part): each for each in verdicts(folder)}
    page = found[STEM, "page"]
    assert (page.there, page.exact) == (False, False)
    assert told(page).endswith("r03.fi.html: missing")


def test_a_report_that_cannot_be_made(folder, monkeypatch, tmp_path):
    """A report whose source is gone is not exact, with the reason."""
    without_kernels(monkeypatch, tmp_path / "b", {STEM: "the data do not have what it speaks of any more"})
    page = _page(folder)
    _edit(page, with_results=False)
    [found] = verdicts(page)
    assert "It cannot be made now: the data do not have what it speaks of any more" in told(found)


# --- approved reports ---


def test_an_approved_report_is_the_one_that_was_approved(folder):
    """An approved page that is exact says who approved it and when; so are its figures."""
    approved(folder)
    page, figures = verdicts(folder)[2:]
    assert (page.exact, figures.exact) == (True, True)
    assert told(page).endswith("exactly what its inputs give; approved on 03/03/2026 by Maija")
    assert told(figures).endswith("exactly what its inputs give; approved")


def test_a_draft_of_what_was_approved(folder, tmp_path):
    """A copy from before the approval differs in nothing but the mark, and is not today's report."""
    draft = tmp_path / "r03.fi.html"
    shutil.copyfile(_page(folder), draft)
    approved(folder, STEM)
    [found] = verdicts(draft, folder)
    assert (found.exact, found.only_mark) == (False, True)
    text = told(found)
    assert "Apart from the draft mark nothing differs." in text
    assert "It is a draft; the report was approved on 03/03/2026 by Maija." in text
    assert "No record" not in text


def test_a_mark_that_was_taken_off_by_hand(folder):
    """A page without the mark that nobody approved is told, though its text is what the inputs give."""
    page = _page(folder)
    text = re.sub(r'<aside class="draft".*?</aside>\n', "", page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    [found] = verdicts(page)
    assert (found.exact, found.only_mark, found.draft) == (False, True, False)
    assert "It bears no draft mark, but releases.yaml knows no approval of it." in told(found)


def test_an_approved_report_of_earlier_inputs(folder):
    """A page that was approved before the data changed is still told to be the very one that was approved."""
    approved(folder)
    _change_settings(folder)
    [found] = verdicts(_page(folder))
    assert not found.exact
    assert "It is the very file that was approved on 03/03/2026 by Maija." in told(found)


def test_an_approved_report_that_was_edited(folder):
    """An approved page that was edited is told not to be the one that was approved."""
    approved(folder)
    _edit(_page(folder), with_results=True)
    [found] = verdicts(_page(folder))
    assert "It is not the file that was approved on 03/03/2026 by Maija." in told(found)
    assert FIRST.startswith("2026-03-03")


def _change_settings(folder: Path) -> None:
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(text + "disclosure: {minimum_raters: 4}\n", encoding="utf-8")


@pytest.mark.parametrize("how", ["edited", "agreeing", "unmarked", "gone", "results", "draft"])
def test_everything_is_told_in_each_language(how, folder):
    """Every verdict has its sentences in Finnish and Swedish."""
    page = _page(folder)
    if how == "draft":
        approved(folder)
        page.write_text(page.read_text(encoding="utf-8").replace("<body>", "<body>\n<p>x</p>"), encoding="utf-8")
    if how in ("edited", "agreeing"):
        _edit(page, with_results=how == "agreeing")
    if how == "unmarked":
        text = re.sub(r'<aside class="draft".*?</aside>\n', "", page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8")
    if how == "gone":
        page.unlink()
    if how == "results":
        _change_results(page, lambda results: results.update(figures=[], draft=False))
    lines = [line for each in verdicts(folder) for line in verdict_lines(each, Printed(Numbers("fi")))]
    assert [line for line in lines for language in TRANSLATED if untold(line, language)] == []


# --- which report, and whose ---


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere.html", r"There is no nowhere\.html\. Give a report, or an engagement's folder\."),
        ("letter.txt", r"letter\.txt is not a report\. Give a page \(\.html\)"),
        ("letter.html", r"It cannot be told which report letter\.html is\. Say it: --report PATH, such as --report review_360/group\.fi"),
        ("e/data", r"There are no reports below e/data"),
    ],
)  # fmt: skip
def test_what_is_no_report(path, said, folder, monkeypatch):
    """A path that is no report, or that could be any, is wrong usage and says what is allowed."""
    monkeypatch.chdir(folder.parent)
    for name in ("letter.txt", "letter.html"):
        (folder.parent / name).write_text("<p>Hei</p>", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        verdicts(folder.parent.__class__(path), folder if path != "nowhere.html" else None)


def test_whose_report_it_is_must_be_known(folder, tmp_path, monkeypatch):
    """A copy outside every engagement asks for --engagement."""
    copy = tmp_path / "r03.fi.html"
    shutil.copyfile(_page(folder), copy)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"lies in no engagement\. Say whose report it is: kohtaamo verify"):
        engagement_of(copy)


def test_a_report_may_be_named(folder, tmp_path):
    """What a file does not tell, --report does; a name that is no report's is refused."""
    copy = tmp_path / "kirje.html"
    copy.write_text("<p>Hei</p>", encoding="utf-8")
    opened = engagement_of(copy, folder)
    assert delivered(copy, opened, STEM)[0].stem == STEM
    with pytest.raises(SettingsError, match="It cannot be told which report"):
        delivered(copy, opened, "r03")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_foot_of_a_page_is_read(language):
    """Files, settings and template are read from the page's foot in every language; a page without them tells nothing."""
    t = Wording(language)
    files = t("Files and their fingerprints: {files}.", files="data/a.csv (0123456789ab), data/b, c.csv (ba9876543210)")
    made = t(
        "Made with Kohtaamo {version}; settings {settings}, template {template}. The same files, settings and version give the same report.",
        version="0.1.0",
        settings="s" * 12,
        template="t" * 12,
    )
    found = at_the_foot(f"<h2>x</h2><p>{files}</p><p>{made}</p>")
    assert found["inputs"] == [
        {"file": "data/a.csv", "sha256": "0123456789ab"},
        {"file": "data/b, c.csv", "sha256": "ba9876543210"},
    ]
    assert (found["kohtaamo"], found["settings_sha256"], found["template_sha256"]) == ("0.1.0", "s" * 12, "t" * 12)
    assert at_the_foot("<p>Hei</p>") == {}


# --- the command ---


@pytest.mark.slow
def test_the_command_from_a_run_to_a_returned_copy(tmp_path):
    """Exact after the run; an edited workbook, a returned and edited page and changed sales each end with status 1 and are told."""
    folder = shop(tmp_path / "e")
    assert kohtaamo("run", "e", folder=tmp_path).returncode == 0
    before = _state(folder)
    done = kohtaamo("verify", "e", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Tarkistettu: täsmää 3, ei täsmää 0."
    assert _state(folder) == before
    copy = tmp_path / "roi.fi (1).html"
    page = (folder / "reports/roi/roi.fi.html").read_text(encoding="utf-8")
    copy.write_text(page.replace("pilotti", "mutu"), encoding="utf-8")
    done = kohtaamo("verify", copy, "--engagement", "e", folder=tmp_path)
    assert done.returncode == 1
    assert "lukee" in done.stdout
    assert "lähtötiedoista tulee" in done.stdout
    write_orders(folder, 11)
    done = kohtaamo("verify", "e/reports/roi/roi.fi.html", folder=tmp_path)
    assert done.returncode == 1
    assert "Tekemisen jälkeen tiedosto data/myynti.csv on muuttunut (" in done.stdout
    assert "customers: 10 (n = 10) → 11 (n = 11), muutos +1" in done.stdout.replace("\xa0", " ")
    assert _state(folder).items() >= {name: mark for name, mark in before.items() if "reports" in name}.items()
    assert kohtaamo("verify", "e/data/myynti.csv", folder=tmp_path).returncode == 2


def _state(folder: Path) -> dict[str, tuple[int, str]]:
    """Return when each file was written last, and its fingerprint."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {os.fspath(file.relative_to(folder)): (file.stat().st_mtime_ns, sha256(file.read_bytes())) for file in files}
