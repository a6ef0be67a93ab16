"""Charts of many things with long names, at the ends of their scales, can be read on a phone and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from accessibility_judge import FAINT
from nbformat.v4 import new_code_cell, new_notebook, new_output
from test_browser import CUT, OVERLAPS

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.presentation.blocks import Chart, Fold
from kohtaamo_utils.presentation.charts import (
    GapRow,
    ImportancePoint,
    IntervalRow,
    ShareRow,
    SpreadRow,
    StripRow,
    TrendPoint,
    VolumeRow,
    cash_flow_svg,
    gap_svg,
    importance_svg,
    interval_svg,
    shares_svg,
    spread_svg,
    strips_svg,
    trend_svg,
    volume_svg,
)
from kohtaamo_utils.presentation.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LEAST = 12
"""Pixels of a chart's smallest text on a phone."""
PHONES = (360, 375, 414)
SENTENCE = "Asiakaspalvelun ja myymäläneuvonnan kohtaamisten laatu kotimaan suurimmissa kauppakeskuksissa "
KINDS: dict[str, Callable[[int], str]] = {
    "words": lambda number: f"{number} {SENTENCE * 3}"[:200],
    "capitals": lambda number: f"{number} {SENTENCE * 3}"[:200].upper(),
    "word": lambda number: f"{number}{'Lentokonesuihkuturbiinimoottoriapumekaanikko' * 5}"[:200],
    "short": lambda number: f"K{number}",
}
MANY = 40


def _interval(names: list[str]) -> str:
    rows = [
        IntervalRow(name, -100 + 5 * i, f"−{i},55 %", -100, 100, stands_out=i % 3 == 0) for i, name in enumerate(names)
    ]
    return interval_svg(rows, axis=names[0], locale="fi_FI", limits=(-100, 100), reference=(100, names[1]))


def _gap(names: list[str]) -> str:
    rows = [GapRow(name, 1.0 + i / 10, 5.0, f"{1 + i / 10:.2f}", "5,00") for i, name in enumerate(names)]
    return gap_svg(rows, first=names[0], second=names[1], axis=names[2], locale="fi_FI", limits=(1, 5))


def _spread(names: list[str]) -> str:
    rows = [SpreadRow(name, 1 + i / 10, 0.5, None if i % 2 else 1.5, "4,2 ± 1,2") for i, name in enumerate(names)]
    return spread_svg(rows, axis=names[0], locale="fi_FI", limits=(1, 5))


def _shares(names: list[str]) -> str:
    rows = [ShareRow(name, (1.0 * i, 20, 30), 40.0 + i, 60.0 + i, "100 %") for i, name in enumerate(names)]
    return shares_svg(rows, names=(names[0], names[1], names[2]), axis=names[3], locale="fi_FI")


def _strips(names: list[str]) -> str:
    counts = tuple(1 if place % 2 else 9 for place in range(11))
    rows = [StripRow(name, counts if i % 4 else ()) for i, name in enumerate(names)]
    return strips_svg(rows, points=[str(place) for place in range(11)], axis=names[0], locale="fi_FI")


def _volumes(names: list[str]) -> str:
    rows = [
        VolumeRow(10.0 ** (i % 7), f"{10 ** (i % 7):,}".replace(",", "\u00a0"), IntervalRow(name, 40, "40", 20, 60))
        for i, name in enumerate(names)
    ]
    return volume_svg(rows, volume_axis=names[0], quality_axis=names[1], locale="fi_FI")


def _trend(names: list[str]) -> str:
    points = [TrendPoint(f"{i % 12 + 1}/{2020 + i // 12}", 40 + i % 7, 30, 60, i == 5) for i in range(len(names))]
    return trend_svg(points, axis=names[0], locale="fi_FI", level=42, level_text=names[1], limits=(30, 55))


def _cash(names: list[str]) -> str:
    years = [f"Vuosi {year}" for year in range(11)]
    benefits = [(name, [1e6 * year for year in range(11)]) for name in names[:6]]
    return cash_flow_svg(years, benefits, (names[6], [1e7] * 11), (names[7], [1e6] * 11), axis=names[8], locale="fi_FI")


def _importance(names: list[str]) -> str:
    points = [
        ImportancePoint(name, 3.5 + (i * 7 % 11) / 10, 10 + i % 9, (3.4, 4.7), (5.0, 25.0), i % 5 == 0)
        for i, name in enumerate(names)
    ]
    return importance_svg(points, lines=(4.0, 14.0), performance=names[0], importance=names[1], locale="fi_FI")


DRAWN = (_interval, _gap, _spread, _shares, _strips, _volumes, _trend, _cash, _importance)


@pytest.fixture(scope="module", params=KINDS)
def page(request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a page of every chart type with names of one kind, each chart in a fold too."""
    names = [KINDS[request.param](number) for number in range(MANY)]
    charts = [Chart(draw(names), "Otsikko kertoo löydöksen.", "Kuvaus.") for draw in DRAWN]
    section = Section("crowd", (*charts, Fold("Avattava", (charts[0],))))
    cells = [new_code_cell("", outputs=[new_output("display_data", section._repr_mimebundle_())])]
    file: Path = tmp_path_factory.mktemp("crowd") / "page.html"
    file.write_text(page_html(compose(new_notebook(cells=cells)), draft=False), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(file.as_uri())
    opened.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
    yield opened
    opened.close()


@pytest.mark.parametrize("fault", [OVERLAPS, CUT, FAINT], ids=["overlap", "cut", "faint"])
def test_nothing_collides(fault, page):
    """With 40 names of 200 letters, all in capitals or without a space, no text lies over another, leaves its picture, or is faint."""
    page.set_viewport_size({"width": 375, "height": 900})
    assert page.locator("figure.chart").count() == len(DRAWN) + 1
    assert page.evaluate(fault) == []


@pytest.mark.parametrize("width", PHONES)
def test_text_is_large_enough_on_a_phone(width, page):
    """On a phone no text of a chart is smaller than 12 px, and nobody has to scroll sideways, in a fold either."""
    page.set_viewport_size({"width": width, "height": 900})
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('figure.chart svg')].flatMap(svg => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
          return [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * scale);
        })"""
    )
    assert len(sizes) > 100
    assert min(sizes) >= LEAST
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
