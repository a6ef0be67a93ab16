"""Whole runs in a brand: made anew when a file of it changes, and never in the brand of another client."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import openpyxl
import pytest
from brands import RED, branded, font, opened, svg, with_font

from kohtaamo_utils.delivery.batch import Batch, Marks, run, task_key
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.make import here, make
from kohtaamo_utils.delivery.roster import tasks
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engine.crew import Crew, Done
from kohtaamo_utils.presentation.workbook.formats import BookLook, book_look
from kohtaamo_utils.telling import Voice, as_json, brand_lines

BLUE = "#0033a0"


def brand_of_colour(colour: str, family: str) -> dict[str, object]:
    """Return a brand file's content."""
    return {"meta": f"{family} Oy", "logo": "logo.svg", "color": {"primary": colour}, "typography": with_font(family)}


def small(folder, colour: str = RED, family: str = "Puna"):
    """Write a small engagement in a brand of one colour."""
    return branded(folder, brand_of_colour(colour, family), {"logo.svg": svg(colour), "oma.ttf": font()})


def survey_task():
    """Return the current-state report as a task."""
    return tasks(("current_state",), ("en",), "management", {})[0]


@pytest.mark.parametrize("name", ["_brand.yml", "logo.svg", "oma.ttf"])
def test_a_changed_file_of_the_brand_makes_the_report_anew(tmp_path, name):
    """Brand file, logo and font are inputs: one byte more in any of them gives another key."""
    folder = small(tmp_path)
    before = task_key(load(folder), survey_task())
    assert task_key(load(folder), survey_task()) == before
    file = folder / name
    file.write_bytes(file.read_bytes().replace(RED.encode(), b"#e4002c") if name != "oma.ttf" else font(bold=True))
    assert task_key(load(folder), survey_task()) != before


def test_marks_of_two_clients_stay_apart(tmp_path):
    """Fingerprints that a run remembers are of the engagement that they were taken for."""
    marks = Marks()
    one, other = (load(small(tmp_path / name, colour)) for name, colour in (("a", RED), ("b", BLUE)))
    assert marks.of_brand(one) == opened(tmp_path / "a").inputs
    assert marks.of_brand(other) == opened(tmp_path / "b").inputs != marks.of_brand(one)


def test_check_tells_the_brand(tmp_path):
    """The lines and the JSON of `kohtaamo check` tell what the brand brings and what was mended of it."""
    folder = small(tmp_path, "#fff3b0", "Kelta")
    brand, engagement = opened(folder), load(folder)
    lines = [Voice("fi").told(line) for line in brand_lines(brand, engagement)]
    assert lines[0] == "_brand.yml: Kelta Oy, logo, Kelta"
    assert "`color.primary` #fff3b0: kontrasti on" in lines[1]
    told = json.loads(as_json(Voice("en"), (), None, tuple(brand.notes())))["brand"]
    assert told[0]["message"].startswith("`color.primary` #fff3b0 has a contrast of")
    assert "brand" not in json.loads(as_json(Voice("en"), (), None))


def test_workbooks_headings_can_be_read_in_every_brand(tmp_path):
    """A workbook's headings take the primary, mended on white; without a brand they stay the house's."""
    assert book_look(None) == BookLook()
    assert book_look(opened(small(tmp_path / "a", BLUE))).primary == BLUE
    pale = book_look(opened(small(tmp_path / "b", "#fff3b0"))).primary
    assert pale not in {"#fff3b0", BookLook().primary}
    assert book_look(opened(small(tmp_path / "c", BLUE))).styled("head")["bg_color"] == BLUE


@pytest.mark.slow
def test_two_clients_in_one_tree_of_processes_keep_their_brands(tmp_path):
    """Reports of two brands and of none, made by one crew, hold nothing of each other's colour, font, logo or name."""
    folders = {"red": small(tmp_path / "red", RED, "Puna"), "blue": small(tmp_path / "blue", BLUE, "Sini")}
    plain = small(tmp_path / "plain")
    settings = json.loads((plain / "engagement.yaml").read_text(encoding="utf-8"))
    del settings["brand"]
    (plain / "engagement.yaml").write_text(json.dumps(settings), encoding="utf-8")
    folders["none"] = plain
    with Crew(1, log=tmp_path / "log") as crew:
        for folder in folders.values():
            crew.submit(here, make, survey_task(), folder, "key", Secrets(folder))
        outcomes = [message.outcome.value for message in crew.messages() if isinstance(message, Done)]
    assert [(outcome.state, outcome.message) for outcome in outcomes] == [("made", "")] * 3
    pages = {
        name: (folder / "reports" / "current_state" / "management.en.html").read_text(encoding="utf-8")
        for name, folder in folders.items()
    }
    own = {"red": (RED, "Puna"), "blue": (BLUE, "Sini")}
    for name, page in pages.items():
        for other, (colour, family) in own.items():
            address = opened(folders[other]).logos["medium"].light.address
            assert [sign in page for sign in (colour, family, address)] == [other == name] * 3, (name, other)


@pytest.mark.slow
def test_run_of_the_sample_in_a_brand(tmp_path, project):
    """A run in a brand gives page and workbook in it, tells what was mended, says what they were made from, and rests until it changes."""
    folder = tmp_path / "asiakas"
    shutil.copytree(project / "data" / "sample", folder, ignore=shutil.ignore_patterns("reports"))
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(
        text.replace("currency:", "brand: _brand.yml\ncurrency:", 1), encoding="utf-8"
    )
    (folder / "_brand.yml").write_text(json.dumps(brand_of_colour("#fff3b0", "Kelta")), encoding="utf-8")
    (folder / "logo.svg").write_bytes(svg())
    (folder / "oma.ttf").write_bytes(font())

    def states() -> list[tuple[str, str]]:
        result = run(load(folder), Batch(reports=("roi",)), lambda *_: None, lambda *_: None)
        assert result.brand_notes
        return [(outcome.state, outcome.message) for outcome in result.outcomes]

    assert states() == [("made", "")]
    page = folder / "reports" / "roi" / "roi.fi.html"
    assert page.stat().st_size < 300_000
    assert "#fff3b0" in (folder / "reports" / "internal" / "brand.txt").read_text(encoding="utf-8")
    results = json.loads(page.with_suffix(".results.json").read_text(encoding="utf-8"))
    assert {item["file"]: item["sha256"] for item in results["provenance"]["brand"]} == dict(opened(folder).inputs)
    _workbook_is_branded(page.with_suffix(".xlsx").read_bytes(), book_look(opened(folder)))
    assert states() == [("unchanged", "")]
    (folder / "logo.svg").write_bytes(svg(BLUE))
    assert states() == [("made", "")]


def _workbook_is_branded(content: bytes, look: BookLook) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert sheet["A1"].font.color.rgb == f"FF{look.primary[1:].upper()}"
    assert sheet.oddHeader.right.text == "Kelta Oy"
    assert "Kelta Oy" in [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert look.costs[1:].upper() in chart.upper()
