"""The gallery shows every chart type and every block, and each picture can be read by everybody."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args

import pytest
from accessibility_judge import FAINT
from chart_pictures import EYES, Series, alike, colour, contrast, difference, rgb, series
from nbformat.v4 import new_code_cell, new_notebook, new_output
from project_files import text_of
from test_browser import CUT, OVERLAPS, UNDESCRIBED

from kohtaamo_utils.brand.scheme import schemes
from kohtaamo_utils.brand.settings import Colours
from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation import blocks, charts
from kohtaamo_utils.presentation.blocks import Chart
from kohtaamo_utils.presentation.branding import DARK
from kohtaamo_utils.presentation.charts import GapRow, gap_svg
from kohtaamo_utils.presentation.charts.look import HOUSE, house_in_the_dark
from kohtaamo_utils.presentation.gallery import CHARTS, Gallery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.presentation.section import Section

LEAST = 20
"""Difference of colours (CIELAB) that is told apart in print and on a poor screen."""
WHITE = (1.0, 1.0, 1.0)
OTHER_PLACES = {"WhatIf": "tests/test_what_if_browser.py", "Formulas": "tests/test_reports_roi.py", "Part": "a heading"}
"""Blocks that the gallery leaves out: what needs a model of its own, and what is a heading only."""
every_chart = pytest.mark.parametrize("name", CHARTS)


def chart_of(name: str, language: str = "fi") -> Chart:
    """Return the chart that the gallery shows of a type."""
    [chart] = [block for block in CHARTS[name](Gallery.open(language)).blocks if isinstance(block, Chart)]
    return chart


def test_every_chart_type_is_shown():
    """Each function that draws has its entry, and the notebook shows each entry."""
    assert set(CHARTS) == {name for name in charts.__all__ if name.endswith("_svg")}
    cells = json.loads(text_of("notebooks/gallery.ipynb"))["cells"]
    shown = {"".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    assert {f"gallery.{entry.__name__}()" for entry in (*CHARTS.values(), Gallery.texts)} <= shown


def test_a_new_chart_type_would_be_missed(monkeypatch):
    """A chart type without an entry is noticed by the test above."""
    monkeypatch.setattr(charts, "__all__", [*charts.__all__, "pie_svg"])
    with pytest.raises(AssertionError, match="pie_svg"):
        test_every_chart_type_is_shown()


def _all_blocks(section: Section) -> set[str]:
    return {type(block).__name__ for block in section.blocks} | {
        type(inner).__name__ for block in section.blocks for inner in getattr(block, "blocks", ())
    }


def test_every_block_is_shown():
    """Each kind of block that a section can hold is in the gallery, or stands on the list with its own test."""
    shown = {name for entry in (*CHARTS.values(), Gallery.texts) for name in _all_blocks(entry(Gallery.open("en")))}
    assert shown == {kind.__name__ for kind in get_args(blocks.Block)} - set(OTHER_PLACES)


def test_an_unknown_language_is_refused():
    """The gallery names the languages that it has."""
    with pytest.raises(SettingsError, match="fi"):
        Gallery.open("de")


@every_chart
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_picture_says_what_it_shows(name, language):
    """The title is a sentence that states the finding; description and table hold every number that is written in the picture."""
    chart = chart_of(name, language)
    assert re.fullmatch(r"[A-ZÅÄÖ][^.?]+\.", chart.title)
    assert len(chart.title.split()) > 3
    assert chart.table is not None
    cells = {cell for row in chart.table.rows for cell in row}
    assert all(cell in chart.description for cell in cells)


@every_chart
def test_texts_stand_out_from_paper(name):
    """Each text outside the marks has a contrast of at least 4.5 to white paper."""
    found = set(re.findall(r"<text style=\"[^\"]*fill: (#[0-9a-f]{6})", chart_of(name).svg)) - {"#ffffff"}
    assert {code: contrast(colour(code), WHITE) for code in found if contrast(colour(code), WHITE) < 4.5} == {}


@every_chart
@pytest.mark.parametrize("eyes", EYES)
def test_series_can_be_told_apart(name, eyes):
    """Series of a legend differ by mark, by hatch, or by colour, in grey and to colour-blind eyes too."""
    found = series(chart_of(name).svg)
    assert len(found) == {
        "gap_svg": 2,
        "trend_svg": 1,
        "interval_svg": 2,
        "cash_flow_svg": 5,
        "shares_svg": 3,
    }.get(name, 0)
    assert alike(found, eyes, LEAST) == []


def test_the_dark_page_is_made_as_a_brands_is():
    """The colours that are written down for the dark page are those that the rules for brands make of the house's."""
    assert schemes(Colours()).dark == DARK


@every_chart
@pytest.mark.parametrize("eyes", EYES)
def test_series_can_be_told_apart_in_the_dark(name, eyes):
    """On a dark page the same holds of the colours that take the place of these, and each reaches 3:1 on the paper."""
    look, svg = house_in_the_dark(DARK), chart_of(name).svg
    assert [one for one in (*look.fills, look.contrast) if contrast(colour(one), colour(DARK.paper)) < 3] == []
    pairs = dict(zip(HOUSE.own, look.own, strict=True))
    redrawn = re.sub("|".join(pairs), lambda found: pairs[found[0]], svg)
    assert redrawn != svg
    assert alike(series(redrawn), eyes, LEAST) == []


@pytest.mark.parametrize("eyes", EYES)
def test_ends_of_a_scale_can_be_told_apart(eyes):
    """The colours of the scale's two ends and its middle differ to all eyes, or, the ends in grey, by the number written in them."""
    low, middle, high = (colour(end) for end in (HOUSE.low_end, HOUSE.middle, HOUSE.high_end))
    assert difference(low, middle, eyes) > LEAST
    assert difference(high, middle, eyes) > LEAST
    assert eyes == "grey" or difference(low, high, eyes) > LEAST


def test_likeness_would_be_found(monkeypatch):
    """Red and green of one darkness are alike to a colour-blind reader, and two dark colours in grey; their form saves them."""
    red, green, pale = (Series("bar", "", code) for code in ("#a65c00", "#6b7a00", "#9db8bd"))
    assert alike([red, green, pale], "deuteranopia", LEAST) == [(red, green)]
    assert alike([red, Series("bar", "h1", green.colour)], "deuteranopia", LEAST) == []
    dark = [Series("bar", "", code) for code in (HOUSE.primary, HOUSE.contrast)]
    assert alike(dark, "usual", LEAST) == []
    assert len(alike(dark, "grey", LEAST)) == 1
    monkeypatch.setattr(charts.cash_flow, "_COSTS", "")
    assert len(alike(series(chart_of("cash_flow_svg").svg), "grey", LEAST)) == 1


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory) -> Iterator[Any]:
    """Open the whole gallery as a page, its folded tables open."""
    file = tmp_path_factory.mktemp("gallery") / "gallery.html"
    gallery = Gallery.open("fi")
    sections = [entry(gallery) for entry in (*CHARTS.values(), Gallery.texts)]
    cells = [new_code_cell("", outputs=[new_output("display_data", one._repr_mimebundle_())]) for one in sections]
    file.write_text(page_html(compose(new_notebook(cells=cells)), draft=False), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(file.as_uri())
    opened.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 768, 375, 320])
@pytest.mark.parametrize("fault", [OVERLAPS, CUT, UNDESCRIBED, FAINT], ids=["overlap", "cut", "undescribed", "faint"])
def test_pictures_are_whole(fault, width, page):
    """In a browser no text of a picture lies over another, leaves its picture, or is faint; each picture is described."""
    page.set_viewport_size({"width": width, "height": 900})
    assert page.locator("figure.chart").count() == len(CHARTS)
    assert page.evaluate(fault) == []


@pytest.mark.slow
@pytest.mark.browser
def test_pictures_follow_the_readers_dark_colours(page):
    """For a reader who has asked for a dark page no text of page or picture is faint, and no mark keeps the colour that it had on white."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    painted = page.evaluate(
        "[...document.querySelectorAll('svg path, svg use, svg rect, svg text')].flatMap(part => [getComputedStyle(part).fill, getComputedStyle(part).stroke])"
    )
    faint, ground = page.evaluate(FAINT), page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert faint == []
    assert ground == rgb(DARK.paper)
    assert [one for one in HOUSE.own if rgb(one) in painted] == []
    assert rgb(house_in_the_dark(DARK).primary) in painted


@pytest.mark.slow
@pytest.mark.browser
def test_a_crowded_picture_would_be_found(page):
    """Texts that lie over one another are found by the test above."""
    svg = gap_svg(
        [GapRow("A", 3.0, 3.01, "pitkä teksti ensimmäisestä näkemyksestä, joka jatkuu", "toinen")],
        first="a", second="b", axis="x", locale="fi_FI", limits=(1, 5),
    )  # fmt: skip
    page.evaluate(
        "svg => document.querySelector('main').insertAdjacentHTML('beforeend', `<figure class=\"chart\" id=\"plant\">${svg}</figure>`)",
        svg,
    )
    found = page.evaluate(OVERLAPS) + page.evaluate(CUT)
    page.evaluate("() => document.getElementById('plant').remove()")
    assert found != []
