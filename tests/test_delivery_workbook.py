"""The workbook is delivered with its report or not at all, passes a gate of its own, and is made anew when it is missing."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from command_line import content as files_in
from command_line import kohtaamo, shop
from notebook_made import cover, notebook, shown
from spreadsheets import named, opened
from workbook_cases import made

from kohtaamo_utils.delivery.batch import up_to_date
from kohtaamo_utils.delivery.exporter import KohtaamoExporter
from kohtaamo_utils.delivery.files import sha256, write_together
from kohtaamo_utils.delivery.finish import Finished, put_in_place
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.delivery.roster import Task
from kohtaamo_utils.delivery.workbook_gate import pass_or_refuse_workbook
from kohtaamo_utils.engagement import Engagement, EngagementSettings, load
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.presentation.section import MEDIA_TYPE
from kohtaamo_utils.presentation.spreadsheet_text import plain_text
from kohtaamo_utils.reports.roi.workbook import build

SAFE = Path("asiakas-oy")


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Build a workbook."""
    return build(made("basket", language="fi"))


def _changed(workbook: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with a text of one part replaced; the part is added where it is not there."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            assert name != part or old in text
            archive.writestr(name, text.replace(old, new, 1) if name == part else text)
        if part not in source.namelist():
            archive.writestr(part, new)
    return target.getvalue()


def _reasons(workbook: bytes, *names: str) -> str:
    try:
        pass_or_refuse_workbook(workbook, Secrets(SAFE, names))
    except DeliveryError as error:
        said = str(error).removeprefix("The report is not delivered, because its workbook holds ")
        return said.removesuffix(". Earlier versions are left as they were.")
    return ""


def test_a_workbook_of_ours_passes(workbook):
    """The workbook as it is made passes the gate, in each language."""
    assert _reasons(workbook, "Salainen Oy") == ""
    assert [_reasons(build(made(language=language))) for language in ("sv", "en")] == ["", ""]


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("xl/sharedStrings.xml", "pilot 2025", "Salainen Oy", "a name that belongs to another report"),
        ("xl/workbook.xml", 'sheet name="Tietoja"', 'sheet name="Salainen Oy"', "a name that belongs to another report"),
        ("docProps/core.xml", "Kohtaamo", "Salainen Oy", "a name that belongs to another report"),
        ("xl/worksheets/sheet2.xml", 'errorTitle="', 'errorTitle="Salainen Oy ', "a name that belongs to another report"),
        ("xl/sharedStrings.xml", "pilot 2025", "/home/anna/asiakas", "a path of this computer"),
        ("xl/sharedStrings.xml", "pilot 2025", "anna@esimerkki.fi", "e-mail addresses"),
        ("xl/sharedStrings.xml", "pilot 2025", "nan", "a missing number"),
        ("xl/sharedStrings.xml", "pilot 2025", "Traceback (most recent call last)", "a traceback"),
        ("xl/sharedStrings.xml", "pilot 2025", "Välilehden {inputs} keltaisia soluja voi muuttaa. Muut solut on suojattu vahingoilta ilman salasanaa.", "an unfilled placeholder"),
        ("xl/worksheets/sheet3.xml", "<f>", "<f>WEBSERVICE(A1)+", "a formula that reaches out of it"),
        ("xl/worksheets/sheet3.xml", "<f>", "<f>[1]Other!A1+", "a formula that reaches out of it"),
        ("xl/workbook.xml", "<definedName name=", "<definedName name=\"x\">[2]O!A1</definedName><definedName name=", "a formula that reaches out of it"),
        ("xl/worksheets/sheet3.xml", '<c r="E6"', '<c t="e" r="E6"', "an error instead of a number"),
        ("xl/_rels/workbook.xml.rels", "<Relationship ", '<Relationship TargetMode="External" ', "an address to load from"),
        ("xl/vbaProject.bin", "", "x", "a program or a link to another file"),
        ("xl/externalLinks/externalLink1.xml", "", "<x/>", "a program or a link to another file"),
    ],
)  # fmt: skip
def test_what_no_client_may_get_is_refused(part, old, new, reason, workbook):
    """The gate looks at every part of the file: texts, names, properties, formulas, links, programs."""
    assert _reasons(_changed(workbook, part, old, new), "Salainen Oy") == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"), ("+358", "'+358"), ("-5 %", "'-5 %"), ("@a", "'@a"), ("\tx", "'\tx"), ("\rx", "'\nx"),
        ("  =1", "'  =1"), ("\x00=1", "'=1"), ("＝1", "'＝1"), ("pilot = good", "pilot = good"), ("", ""),
        ("a\x07b", "ab"), ("−5 %", "−5 %"), ("x" * 40000, "x" * 32767),
    ],
)  # fmt: skip
def test_plain_text(value, text):
    """A text that begins as a formula does gets an apostrophe; other texts stay as they are, but for control signs."""
    assert plain_text(value) == text


def _recorded(name: str, content: bytes = b"PK") -> object:
    files = [{"name": name, "base64": base64.b64encode(content).decode()}]
    return notebook(cover(), shown({MEDIA_TYPE: {"kind": "results", "results": {"figures": []}, "attachments": files}}))


def test_the_page_brings_its_workbook():
    """What the notebook's last cell gives to go with the report is found with the page; without it there is nothing."""
    assert compose(_recorded("roi.fi.xlsx", b"PK1")).attachments == {"roi.fi.xlsx": b"PK1"}
    assert compose(notebook(cover())).attachments == {}


@pytest.mark.parametrize(
    "name", ["../roi.fi.xlsx", "/a.xlsx", "a/b.xlsx", "roi.fi.xlsm", ".xlsx", "a\\b.xlsx", "roi.html"]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    """A file that goes with a report has a plain name that ends in .xlsx."""
    with pytest.raises(DeliveryError, match=r"Expected: a workbook's name without a folder, such as roi\.fi\.xlsx"):
        compose(_recorded(name))


def test_nbconvert_writes_the_workbook_too():
    """Who runs nbconvert by hand gets the workbook among the files that nbconvert writes beside the page."""
    _, resources = KohtaamoExporter().from_notebook_node(_recorded("roi.fi.xlsx", b"PK1"))
    assert resources["outputs"] == {"roi.fi.xlsx": b"PK1"}


def _put(folder: Path, attachments: dict[str, bytes]) -> None:
    put_in_place(folder / "roi" / "roi.fi", Finished("page", {"figures": []}, attachments))


def test_page_figures_and_workbook_are_written_together(tmp_path):
    """When one of the files cannot be written, none of the earlier ones is replaced."""
    _put(tmp_path, {"roi.fi.xlsx": b"old"})
    before = files_in(tmp_path)
    assert sorted(before) == ["roi/roi.fi.html", "roi/roi.fi.results.json", "roi/roi.fi.xlsx"]
    with pytest.raises(ValueError, match="Out of range float values"):
        put_in_place(tmp_path / "roi" / "roi.fi", Finished("new", {"value": float("nan")}, {"roi.fi.xlsx": b"new"}))
    assert files_in(tmp_path) == before
    broken = {tmp_path / "roi" / "roi.fi.xlsx": b"new", tmp_path / "roi" / "roi.fi.html": "\ud800"}
    with pytest.raises(UnicodeEncodeError):
        write_together(broken)
    assert files_in(tmp_path) == before


def test_a_workbook_of_another_name_is_refused(tmp_path):
    """A report brings the workbook of its own name only, so that none replaces another's."""
    with pytest.raises(DeliveryError, match=r"Expected: roi\.fi\.xlsx\. Use a template of this version"):
        _put(tmp_path, {"other.xlsx": b"x"})
    assert files_in(tmp_path) == {}


def test_a_workbook_that_no_longer_goes_with_the_report_is_taken_away(tmp_path):
    """A report without a business case leaves no workbook of an earlier one beside it."""
    _put(tmp_path, {"roi.fi.xlsx": b"old"})
    _put(tmp_path, {})
    assert sorted(files_in(tmp_path)) == ["roi/roi.fi.html", "roi/roi.fi.results.json"]


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_harmed_workbook_is_out_of_date(harm, tmp_path):
    """A report counts as up to date only while its workbook is as it was made."""
    task, file = Task("roi", "roi/roi.fi", tmp_path), tmp_path / "roi" / "roi.fi.xlsx"
    marks = {"key": "k", "html_sha256": sha256("page"), "attachments": {"roi.fi.xlsx": sha256(b"book")}}
    write_together(
        {
            file: b"book",
            file.with_suffix(".html"): "page",
            file.with_suffix(".results.json"): json.dumps({"provenance": marks}),
        }
    )
    assert up_to_date(tmp_path, task, "k")
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(b"changed")
    assert not up_to_date(tmp_path, task, "k")


def test_the_index_lists_the_workbook(tmp_path):
    """The index links to the workbook beside its report; a report without one has no such link."""
    engagement = Engagement(tmp_path, EngagementSettings(client="Aho Oy"))
    write_together({tmp_path / "reports/roi/roi.fi.html": "x", tmp_path / "reports/roi/roi.fi.xlsx": b"x"})
    write_together({tmp_path / "reports/current_state/management.fi.html": "x"})
    html = index_html(engagement)
    assert re.findall(r'href="([^"]+)"', html) == [
        "current_state/management.fi.html", "roi/roi.fi.html", "roi/roi.fi.xlsx",
    ]  # fmt: skip
    assert "Excel-työkirja roi.fi.xlsx" in html


@pytest.fixture(scope="module")
def run_once(tmp_path_factory) -> Path:
    """Run the tiny shop's business case once."""
    folder = shop(tmp_path_factory.mktemp("workbook") / "e")
    done = kohtaamo("run", "e", folder=folder.parent)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_a_run_leaves_the_workbook(run_once):
    """Beside the page stands its workbook with the report's own figures; the page names it, and its hash is recorded."""
    folder = run_once / "reports" / "roi"
    results = json.loads((folder / "roi.fi.results.json").read_text(encoding="utf-8"))
    content = (folder / "roi.fi.xlsx").read_bytes()
    assert results["provenance"]["attachments"] == {"roi.fi.xlsx": sha256(content)}
    assert "roi.fi.xlsx" in (folder / "roi.fi.html").read_text(encoding="utf-8")
    assert "roi/roi.fi.xlsx" in (run_once / "reports" / "index.html").read_text(encoding="utf-8")
    figures = {figure["name"]: figure["value"] for figure in results["figures"] if not figure["scope"]}
    cells = named(opened(content, values=True))
    for name in ("npv", "roi", "payback_years"):
        assert cells[name] == (None if figures[name] is None else pytest.approx(figures[name], rel=1e-14))


@pytest.mark.slow
def test_a_run_makes_the_workbook_again(run_once, tmp_path):
    """A workbook that was deleted is made again, byte for byte the same; one that the case has lost is taken away."""
    folder = Path(shutil.copytree(run_once, tmp_path / "e"))
    file = folder / "reports" / "roi" / "roi.fi.xlsx"
    before = file.read_bytes()
    file.unlink()
    assert "tehty 1." in kohtaamo("run", folder, folder=tmp_path).stdout
    assert file.read_bytes() == before
    settings = folder / "engagement.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text[: text.index("roi:")], encoding="utf-8")
    assert load(folder).settings.roi is None
    assert "tehty 1." in kohtaamo("run", folder, folder=tmp_path).stdout
    assert not file.exists()
