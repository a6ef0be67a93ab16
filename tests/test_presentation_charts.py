"""Charts are inline SVG that repeats byte for byte, keeps text as text and writes numbers as the reader does."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kohtaamo_utils.presentation.charts import (
    GapRow,
    ImportancePoint,
    IntervalRow,
    SpreadRow,
    StripRow,
    TrendPoint,
    cash_flow_svg,
    gap_svg,
    importance_svg,
    interval_svg,
    spread_svg,
    strips_svg,
    trend_svg,
)
from kohtaamo_utils.presentation.charts.letters import fitted, fitted_apart, width_of
from kohtaamo_utils.presentation.charts.look import HOUSE
from kohtaamo_utils.presentation.charts.style import _pattern, prefixed

NAMES = ("Kassa", "Huolto")
AXIS = "Keskiarvo"


def _interval(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    rows = [IntervalRow(name, low + (high - low) * i, f"v{i}", low, high, i > 0) for i, name in enumerate(names)]
    return interval_svg(rows, axis=axis, locale=locale, reference=(low, "koko"))


def _gap(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    rows = [GapRow(name, low, high, "v0", "v1") for name in names] + [GapRow("yksin", None, high, "", "v1")]
    return gap_svg(rows, first=names[0], second=names[1], axis=axis, locale=locale)


def _trend(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    points = [TrendPoint(name, low + (high - low) * i, low, high, i > 0) for i, name in enumerate(names)]
    return trend_svg(points, axis=axis, locale=locale, level=low, level_text=names[0], limits=(low, high))


def _cash(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    return cash_flow_svg(
        list(names), [(names[0], [0, high])], (names[1], [-low, 0]), (names[0], [low, high]), axis=axis, locale=locale
    )


def _spread(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    rows = [SpreadRow(name, (low + high) / 2, 0.0, high - (low + high) / 2, f"v{i}") for i, name in enumerate(names)]
    return spread_svg([*rows, SpreadRow("yli", low, 0.1, None, "v2")], axis=axis, locale=locale, limits=(low, high))


def _strips(names=NAMES, axis=AXIS) -> str:
    rows = [StripRow("Huolto"), *(StripRow(name, (i + 1, 2, 0)) for i, name in enumerate(names))]
    return strips_svg(rows, points=("1", "2", "3"), axis=axis, locale="fi_FI")


def _importance(names=NAMES, axis=AXIS, locale="fi_FI", low=-1.5, high=1.0) -> str:
    points = [
        ImportancePoint(name, low + (high - low) * i, 20.0 + 9 * i, (low, high), (10.0, 40.0), i > 0)
        for i, name in enumerate(names)
    ]
    return importance_svg(points, lines=((low + high) / 2, 25.0), performance=axis, importance="Tärkeys", locale=locale)


every_chart = pytest.mark.parametrize(
    "draw",
    [_interval, _gap, _spread, _trend, _cash, _strips, _importance],
    ids=["interval", "gap", "spread", "trend", "cash", "strips", "importance"],
)
signed_chart = pytest.mark.parametrize(
    "draw", [_interval, _gap, _spread, _trend, _cash], ids=["interval", "gap", "spread", "trend", "cash"]
)


def _texts(svg: str) -> list[str]:
    """Return the texts of a chart; reading it asks that it is well-formed."""
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own


@every_chart
def test_a_chart_repeats(draw):
    """The same data give the same bytes, also after another chart was drawn."""
    first = draw()
    _interval(("muu",), low=0, high=7)
    assert draw() == first


@every_chart
def test_a_chart_carries_nothing_but_itself(draw):
    """No date, program, address, style sheet or size of its own: the page gives the size."""
    svg = draw()
    head = svg[: svg.index(">")]
    assert head.startswith("<svg viewBox=")
    assert ' width="' not in head
    assert ' height="' not in head
    assert svg.endswith("</svg>")
    allowed = svg.replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"metadata|[Mm]atplotlib\b(?!\.axis)|<style|<\?xml|<!|https?:|xlink|20\d\d-\d\d", allowed) == []


@every_chart
def test_text_is_text(draw):
    """Labels are text that a reader can search and a translator can find, not outlines."""
    texts = _texts(draw())
    assert {*NAMES, AXIS} <= set(texts)


@every_chart
@pytest.mark.parametrize(
    "label", ["$x$ ja $y$", "<b>lihava</b>", "A & B", "-->", 'id="a" url(#a)', "]]>", "\\alpha", "100 %"]
)
def test_labels_are_safe(draw, label):
    """A label is shown as it was written: no formula, no markup, no reference."""
    svg = prefixed(draw((label, "Huolto"), axis=label), "k")
    assert label in _texts(svg)
    assert re.findall(r"<(?!/?(?:svg|defs|g|path|use|text|tspan|clipPath|rect|pattern)\b)", svg) == []


@signed_chart
@pytest.mark.parametrize(("locale", "sign"), [("fi_FI", ","), ("sv_FI", ","), ("en_GB", ".")])
def test_axis_in_the_readers_way(draw, locale, sign):
    """Numbers of the axis have the language's decimal sign, a true minus, and all as many decimals."""
    numbers = [text for text in _texts(draw(locale=locale, low=-0.7, high=0.7)) if re.match("[-\u2212]?\\d", text)]
    assert len(numbers) > 2
    assert [number for number in numbers if not re.fullmatch(f"\u2212?\\d[{sign}]\\d+", number)] == []
    assert any(number.startswith("\u2212") for number in numbers)
    assert len({number.lstrip("\u2212").find(sign) - len(number.lstrip("\u2212")) for number in numbers}) == 1


@pytest.mark.parametrize(("locale", "text"), [("fi_FI", "1\u00a0000"), ("sv_FI", "1\u00a0000"), ("en_GB", "1,000")])
def test_axis_groups_thousands(locale, text):
    """Thousands are grouped as the language groups them."""
    assert text in _texts(_interval(locale=locale, low=0, high=2000))


def test_axis_of_small_numbers():
    """Ticks that are close together get the decimals that tell them apart."""
    numbers = [text for text in _texts(_interval(low=0, high=0.004)) if text.startswith("0")]
    assert len(numbers) == len(set(numbers)) > 3
    assert "0,001" in numbers


@pytest.mark.parametrize(
    ("ticks", "pattern"),
    [([0, 1, 2], "#,##0"), ([0, 0.5, 1.0], "#,##0.0"), ([0, 0.25], "#,##0.00"), ([0.1 + 0.2, 0.4], "#,##0.0"), ([], "#,##0"), ([5], "#,##0")],
)  # fmt: skip
def test_decimals_of_ticks(ticks, pattern):
    """The pattern has the fewest decimals that show every tick as it is, whatever floats make of 0.1 + 0.2."""
    assert _pattern(ticks) == pattern


def test_one_row_and_flat_data():
    """One row, or values that are all equal, make a chart all the same."""
    assert "A" in _texts(interval_svg([IntervalRow("A", 3.0, "3,0")], axis="x", locale="fi_FI"))
    assert "A" in _texts(_trend(("A", "B"), low=2.0, high=2.0))


def test_a_given_axis_is_kept():
    """With limits the axis has its scale's ends, so that charts of one scale compare."""
    svg = interval_svg([IntervalRow("A", 3.0, "3,0")], axis="x", locale="fi_FI", limits=(1, 5))
    assert {"1", "5"} <= set(_texts(svg))


@pytest.mark.parametrize("stands_out", [True, False])
def test_what_stands_out_is_in_the_legend(stands_out):
    """The legend says what the mark of a row that stands out means, where there is such a row and only there."""
    rows = [IntervalRow("A", 3.0, "3,0", 2.5, 3.5), IntervalRow("B", 1.0, "1,0", 0.5, 1.5, stands_out)]
    drawn = [
        interval_svg(rows, axis="x", locale="fi_FI", marked="ero muihin"),
        interval_svg(rows, axis="x", locale="fi_FI", reference=(2.0, "kaikki"), marked="ero muihin"),
    ]
    assert [_texts(svg).count("ero muihin") for svg in drawn] == [int(stands_out)] * 2
    assert [_texts(svg).count("kaikki") for svg in drawn] == [0, 1]


def test_every_benefit_is_drawn():
    """Every benefit of a cash flow is drawn and in the legend, also when there are more than colours."""
    names = [f"hyöty {i}" for i in range(6)]
    svg = cash_flow_svg(
        ["0", "1"],
        [(name, [0, 1]) for name in names],
        ("kulut", [1, 0]),
        ("yhteensä", [-1, 3]),
        axis="€",
        locale="fi_FI",
    )
    assert {*names, "kulut", "yhteensä"} <= set(_texts(svg))


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Kassa", ["Kassa"]),
        ("Reklamaatiot ja palautukset", ["Reklamaatiot ja", "palautukset"]),
        ("", [""]),
        ("x" * 90, None),
        ("sana " * 40, None),
        ("WWWWWWWWWW " * 9, None),
        ("漢字" * 30, None),
    ],
)
def test_long_labels_are_wrapped(label, lines):
    """A long label takes two lines at most, none wider than its room, and what does not fit ends in an ellipsis."""
    found = fitted(label, 90)
    assert lines is None or found == lines
    assert len(found) <= 2
    assert max(width_of(line, 8) for line in found) <= 90
    assert (lines is None) == found[-1].endswith("…")


@pytest.mark.parametrize(("beginning", "shown"), [("Palvelupiste " * 15, "… Palvelupiste"), ("Ä" * 198, "… ÄÄÄ")])
def test_names_that_begin_alike_show_their_ends(beginning, shown):
    """Two long names that differ at their ends only can be told apart in a chart, and fit into its lines."""
    labels = [f"{beginning}{end}" for end in "AB"]
    lines = fitted_apart(labels, [150, 150])
    assert [found[-1][-1] for found in lines] == ["A", "B"]
    assert all(found[-1].startswith(shown) for found in lines)
    assert all(width_of(line, 8) <= 150 for found in lines for line in found)


def test_words_are_measured_as_the_font_has_them():
    """A word is as wide as DejaVu Sans's own table of advances says, in its 2048 units; a letter that it lacks is a square."""
    import matplotlib as mpl
    from fontTools.ttLib import TTFont

    font = TTFont(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    names = font.getBestCmap()
    units = sum(font["hmtx"][names[ord(sign)]][0] for sign in "Mäkinen, W. – 12 %")
    assert width_of("Mäkinen, W. – 12 %", 8) == pytest.approx(units / 2048 * 8, abs=0.01)
    assert width_of("漢", 8) == 8


def test_prefixing_leaves_texts():
    """Ids and references of tags get the prefix; a text that looks like one does not."""
    svg = '<g id="a"><text>id="a" url(#a) href="#a"</text><use href="#a"/></g>'
    assert prefixed(svg, "k") == '<g id="k-a"><text>id="a" url(#a) href="#a"</text><use href="#k-a"/></g>'
    assert unescape(prefixed("<text>&lt;g id=&quot;a&quot;&gt;</text>", "k")) == '<text><g id="a"></text>'


def test_long_names_in_a_legend_are_wrapped():
    """A driver's long name takes two lines in the legend, and stays in the chart."""
    name = "Keskiostos: mitä asiakas ostaa yhdellä kertaa eri päivinä"
    svg = cash_flow_svg(["0"], [(name, [1])], ("kulut", [1]), ("yhteensä", [0]), axis="€", locale="fi_FI")
    assert {"Keskiostos: mitä asiakas ostaa yhdellä kertaa", "eri päivinä"} <= set(_texts(svg))


def test_strips_are_as_long_as_the_counts_and_name_the_answers():
    """A strip's parts are in proportion to the answers at each point, named by it; a point without answers has none."""
    rows = [StripRow("Kuuntelee loppuun"), StripRow("Kollegat", (0, 1, 3, 0, 2)), StripRow("Alaiset", (0, 0, 0, 6, 0))]
    svg = strips_svg(rows, points=("1", "2", "3", "4", "5"), axis="Vastauksia", locale="fi_FI")
    colours = re.findall(r"fill: (#[0-9a-f]{6}); stroke: #ffffff", svg)
    assert len(colours) == 4
    widths = [_width(d) for d in re.findall(r'<path d="([^"]+)"[^>]*stroke: #ffffff', svg)]
    assert [round(width / widths[0], 2) for width in widths] == [1, 3, 2, 6]
    texts = _texts(svg)
    assert {"Kuuntelee loppuun", "Kollegat", "Alaiset", "Vastauksia"} <= set(texts)


def _width(path: str) -> float:
    places = [float(number) for number in re.findall(r"[ML] ([-\d.]+)", path)]
    return max(places) - min(places)


@pytest.mark.parametrize("points", [2, 4, 5, 11])
def test_strips_can_be_told_apart(points):
    """On any scale the parts' colours differ, and the lowest and the highest are the scale's two ends."""
    names = [str(number) for number in range(points)]
    svg = strips_svg([StripRow("A", (1,) * points)], points=names, axis="x", locale="fi_FI")
    colours = re.findall(r"fill: (#[0-9a-f]{6}); stroke: #ffffff", svg)
    assert len(set(colours)) == points
    assert (colours[0], colours[-1]) == (HOUSE.low_end, HOUSE.high_end)


def _importance_of(names: list[str], apart: float) -> str:
    points = [ImportancePoint(name, 3 + i * apart, 20 + 60 * (i % 2) * apart) for i, name in enumerate(names)]
    return importance_svg(points, lines=(4.0, 20.0), performance="x", importance="y", locale="en_GB")


def test_dots_that_lie_apart_are_named_beside_them():
    """Dots with room around them have their names, and no list stands under the chart."""
    names = ["Kuuntelu", "Osaaminen", "Luottamus"]
    texts = _texts(_importance_of(names, 1.0))
    assert set(names) <= set(texts)
    assert [text for text in texts if re.match(r"\d  ", text)] == []


@pytest.mark.parametrize("count", [5, 40])
def test_dots_without_room_are_numbered_and_listed(count):
    """Dots in nearly the same place have numbers, and a list under the chart tells each one's name."""
    names = [f"Tekijä {chr(97 + i % 26)}{i}" for i in range(count)]
    texts = _texts(_importance_of(names, 0.001))
    assert [f"{number}  {name}" for number, name in enumerate(names, 1)] == [text for text in texts if "  " in text]
    assert {str(number) for number in range(1, count + 1)} <= set(texts)


def test_what_stands_out_has_another_mark_too():
    """The contrast colour is never alone: the dot of what is important and weak is a diamond."""
    plain, marked = (
        importance_svg(
            [ImportancePoint("a", 4, 20, stands_out=its)],
            lines=(4, 20),
            performance="x",
            importance="y",
            locale="en_GB",
        )
        for its in (False, True)
    )
    shapes = [re.findall(r'<path id="[^"]*" d="([^"]+)"', svg) for svg in (plain, marked)]
    assert shapes[0] != shapes[1]
