"""A scenario saved in the workbench stands in engagement.yaml, in the comparison, and in the next run's report."""

from __future__ import annotations

import html
import json
import re
import shutil

import pytest
from command_line import kohtaamo, shop

from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.engagement import FILE_NAME
from kohtaamo_utils.resources import bundled
from kohtaamo_utils.widgets import RoiWorkbench


@pytest.fixture
def folder(tmp_path):
    """Give a small shop whose settings carry a person's remark and an uncertain cost."""
    made = shop(tmp_path / "shop")
    file = made / FILE_NAME
    more = "  ranges: {cost_initial: {low: 800, high: 5000}}  # quoted in March\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    return made


def words(output):
    """Return what a reader reads in an output."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", output.value)))


def pressed(bench, name):
    """Save under a name as a user does and return what is told."""
    bench.saving.name.value = name
    bench.saving.button.click()
    return words(bench.saving.status)


def test_a_saved_scenario_is_what_the_next_run_uses(folder):
    """Saved values are the moved ones alone, a person's lines stay, and results.json has the same result under the name."""
    bench = RoiWorkbench.open(str(folder), "en")
    before = (folder / FILE_NAME).read_text(encoding="utf-8")
    bench.sliders["basket"].value = 0.017
    bench.sliders["cost_initial"].value = 2000
    npv = bench.result.npv
    told = pressed(bench, "  Dear spring ")
    assert "Dear spring is saved in engagement.yaml" in told.replace("'", "")
    assert bench.saving.name.value == ""
    after = (folder / FILE_NAME).read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert load(folder).settings.roi.scenarios == {"Dear spring": {"basket": 0.017, "cost_initial": 2000}}
    assert "Dear spring" in words(bench.outputs["scenarios"])
    done = kohtaamo("run", ".", "--report", "roi", folder=folder)
    assert done.returncode == 0, done.stderr
    [file] = (folder / "reports").rglob("*.results.json")
    figures = json.loads(file.read_text(encoding="utf-8"))["figures"]
    [found] = [f for f in figures if f["name"] == "npv" and f["scope"].get("scenario") == "Dear spring"]
    assert found["value"] == pytest.approx(npv)


@pytest.mark.parametrize(
    ("name", "move", "language", "message"),
    [
        ("  ", True, "fi", "Skenaariolla ei ole nimeä"),
        ("A", False, "sv", "Reglagen står på rapportens värden"),
        ("A", False, "en", "nothing to save as 'A'"),
        ("low", True, "en", "The scenario name low is the kit's own"),
    ],
)
def test_what_cannot_be_saved_is_told(folder, name, move, language, message):
    """A missing name, nothing moved and a name of the kit's are told in the reader's language; the file stays."""
    bench = RoiWorkbench.open(str(folder), language)
    before = (folder / FILE_NAME).read_bytes()
    if move:
        bench.sliders["basket"].value = 0.017
    assert message in pressed(bench, name)
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_taken_name_is_told(folder):
    """A saved scenario is not overwritten, and the field keeps the name for mending."""
    bench = RoiWorkbench.open(str(folder), "fi")
    bench.sliders["basket"].value = 0.017
    pressed(bench, "A")
    bench.sliders["basket"].value = 0.018
    assert "on jo" in pressed(bench, "A")
    assert bench.saving.name.value == "A"
    assert load(folder).settings.roi.scenarios == {"A": {"basket": 0.017}}


def test_a_read_only_file_is_told_and_kept(folder):
    """A file that is set to be read only is not replaced, and the reason is told in the reader's language."""
    bench = RoiWorkbench.open(str(folder), "fi")
    bench.sliders["basket"].value = 0.017
    (folder / FILE_NAME).chmod(0o444)
    before = (folder / FILE_NAME).read_bytes()
    assert "ei voi kirjoittaa" in pressed(bench, "A")
    assert (folder / FILE_NAME).read_bytes() == before
    assert list(folder.glob(".*.part")) == []
    assert "A" not in bench.report_case.saved


def test_a_range_has_an_open_slider_over_its_whole_range(folder):
    """An uncertain cost stands open beside the effects, reaches its range's ends, and says them."""
    bench = RoiWorkbench.open(str(folder), "en")
    slider = bench.sliders["cost_initial"]
    assert list(bench.sliders)[:3] == ["basket", "discount_rate", "cost_initial"]
    assert (slider.min, slider.max) == (0, 5000)
    row = next(child for child in bench.view.children if slider in getattr(child, "children", ()))
    assert "range €800 to €5,000" in row.children[2].value.replace("\xa0", " ")


def test_now_follows_the_sliders_and_the_kits_scenarios_stay(tmp_path):
    """In the comparison the kit's and saved scenarios stay the report's; the last row and the tornado are the sliders'."""
    folder = tmp_path / "sample"
    shutil.copytree(bundled("data/sample"), folder, ignore=shutil.ignore_patterns("reports"))
    bench = RoiWorkbench.open(str(folder), "en")
    case, money = bench.report_case, bench.f.money
    bench.sliders["attribution_basket"].value = 0.5
    said = words(bench.outputs["scenarios"])
    assert all(money(case.result(name).npv) in said for name in case.scenarios)
    assert f"Now, as the sliders stand {money(bench.result.npv)}" in said
    assert bench.changes == {"attribution_basket": 0.5}
    assert money(bench.case.tornado()[0].npv_low) in said
