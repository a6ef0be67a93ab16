"""Whatever a client's texts hold, a rendered section shows them as text."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest

from kohtaamo_utils.presentation.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Cards,
    Chart,
    Fold,
    Formula,
    Formulas,
    Lead,
    Lines,
    Paragraph,
    Part,
    Quotes,
    Table,
    WhatIf,
)
from kohtaamo_utils.presentation.charts import IntervalRow, interval_svg
from kohtaamo_utils.presentation.controls import Control, ControlGroup, Live
from kohtaamo_utils.presentation.render import lab_stylesheet, render, stylesheet
from kohtaamo_utils.presentation.section import MEDIA_TYPE, Attachment, Branded, Cover, Results, Section

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7 * 191 }}{% raw %}",
    "</p></main></html><!--",
    "&lt;b&gt;",
)
SVG = '<svg viewBox="0 0 1 1"><g id="a"/><use href="#a"/><g clip-path="url(#a)"/></svg>'
ALLOWED = {
    "p", "ul", "ol", "li", "strong", "dl", "div", "dt", "dd", "span", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "details", "summary", "svg", "g", "use", "math", "mn", "template", "section", "h3", "label", "input", "button",
    "blockquote",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "scope", "tabindex", "role", "aria-label", "aria-labelledby", "aria-describedby", "viewbox", "href", "clip-path",
    "displaystyle", "data-what-if", "data-part", "data-input", "data-scenario", "aria-live", "aria-valuemin", "aria-valuemax", "aria-valuenow",
    "type", "min", "max", "step", "value", "inputmode", "autocomplete", "for", "open", "hidden", "dir",
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [value for name, value in self.attributes if name == "id"]


def _every_block(text: str) -> tuple[Block, ...]:
    """Return each kind of block with this text in each of its text fields."""
    table = Table(text, (text, text), ((text, text),), frozenset({1}), text, {0: "weak"})
    return (
        Lead(text),
        Paragraph(text),
        Bullets(((text, text), ("", text)), ordered=True),
        Bullets(((text, text),)),
        Quotes(text, (text, f"{text}\n{text}")),
        Callout(text, "caution"),
        Cards((Card(text, text, text, text),)),
        table,
        Chart(SVG, text, text, table),
        Fold(text, (Paragraph(text), table, Chart(SVG, text, text))),
        Part(text, (Paragraph(text), table, Chart(SVG, text, text))),
        Lines((text, text)),
        Formulas((Formula(text, ("<mn>1</mn>",), ("<mn>2</mn>",), text),)),
        WhatIf(text, text, _live(text), (table,)),
    )


def _live(text: str) -> Live:
    """Return a live what-if with this text in each of its text fields."""
    control = Control(text, text, text, text, 1, 0, 2)
    chart = {"title": text, "caption": text, "columns": (text, text), "note": text, "below": text}
    labels = dict.fromkeys(("npv", "roi", "payback", "presets", "reset", "changed"), text) | {
        "cash": chart,
        "tornado": chart,
    }
    return Live(
        (ControlGroup(text, (control,), opened=True),), ((text, {text: 1.0}),), {text: text}, {text: text}, labels
    )


def test_every_kind_of_block_is_asked():
    """The attacks below go through every kind of block that there is."""
    kinds = {type(block) for block in _every_block("x")}
    assert kinds == set(Block.__args__)


@pytest.mark.parametrize("attack", ATTACKS)
def test_texts_are_inert(attack):
    """Each text field of each block shows the text itself, and adds no tag, attribute or address."""
    harmless, attacked = _Reader(render(_every_block("x"), "s")), _Reader(render(_every_block(attack), "s"))
    assert attacked.tags == harmless.tags <= ALLOWED
    assert [name for name, _ in attacked.attributes] == [name for name, _ in harmless.attributes]
    assert {name for name, _ in attacked.attributes} <= ATTRIBUTES
    assert attacked.text.count(attack) == harmless.text.count("x")


@pytest.mark.parametrize("field", ["tone", "class"])
def test_tones_are_inert(field):
    """A tone is one class name, also if it came from elsewhere."""
    tone = '"><script>x</script>'
    block = Callout("x", tone) if field == "tone" else Table("c", ("a",), (("b",),), tones={0: tone})  # type: ignore[arg-type]
    assert "script" not in _Reader(render((block,), "s")).tags


def test_ids_are_unique_over_several_charts():
    """Charts and tables of one section, folded ones too, share no id; references point to ids of their own chart."""
    chart = Chart(SVG, "t", "d", Table("c", ("a",), (("b",),)))
    read = _Reader(render((chart, Paragraph("x"), chart, Fold("f", (chart, chart)), Part("g", (chart,))), "osa"))
    assert len(read.ids) == len(set(read.ids)) == 5 * 4
    references = [value for name, value in read.attributes if name in {"aria-labelledby", "aria-describedby"}]
    references += [value[1:] for name, value in read.attributes if name == "href"]
    references += [value[5:-1] for name, value in read.attributes if name == "clip-path"]
    assert len(references) == 5 * 4
    assert set(references) <= set(read.ids)


def test_real_charts_share_no_id():
    """Two equal charts of the house, side by side, share no id either."""
    rows = [IntervalRow("A", 1.0, "1,0", 0.5, 1.5), IntervalRow("B", 2.0, "2,0", 1.5, 2.5, stands_out=True)]
    svg = interval_svg(rows, axis="x", locale="fi_FI")
    read = _Reader(render((Chart(svg, "t", "d"), Chart(svg, "t", "d")), "osa"))
    assert len(read.ids) == len(set(read.ids)) > 10


def test_a_figure_is_described():
    """A chart is a picture with a name and a description in words."""
    html = render((Chart(SVG, "Kassa erottuu", "Kassa 3,1; muut 4,0."),), "osa")
    assert 'role="img" aria-labelledby="osa-1-title" aria-describedby="osa-1-text"' in html
    assert '<figcaption id="osa-1-title">Kassa erottuu</figcaption>' in html
    assert '<p class="sr" id="osa-1-text">Kassa 3,1; muut 4,0.</p>' in html


def test_a_table_has_headers():
    """The first column heads its rows, numbers are marked, a tone is a class."""
    html = render((Table("c", ("a", "b"), (("k", "1"), ("l", "2")), frozenset({1}), tones={1: "weak"}),), "s")
    assert '<th scope="col">a</th><th scope="col" class="num">b</th>' in html
    assert '<tr><th scope="row">k</th><td class="num">1</td></tr>' in html
    assert '<tr class="weak"><th scope="row">l</th>' in html


def test_a_name_without_spaces_may_be_broken():
    """Only a cell with a word that no column has room for may break inside its words."""
    html = render(
        (Table("c", ("a", "b" * 31), (("k" * 31, "l" * 30), ("asiakas " * 9, "m" * 31)), frozenset({1})),), "s"
    )
    assert f'<th scope="row" class="long">{"k" * 31}</th><td class="num">{"l" * 30}</td>' in html
    assert '<th scope="row">asiakas' in html
    assert f'<td class="num long">{"m" * 31}</td>' in html
    assert f'<th scope="col" class="num long">{"b" * 31}</th>' in html


@pytest.mark.parametrize("rows", [(("a",),), (("a", "b"), ("a", "b", "c")), ((),)])
def test_a_table_with_wrong_cells_is_refused(rows):
    """Each row has as many cells as there are columns."""
    with pytest.raises(ValueError, match="table 'T': each row needs 2 cells"):
        Table("T", ("x", "y"), rows)


@pytest.mark.parametrize(("title", "description"), [("", "d"), ("t", " "), ("\n", "")])
def test_a_chart_without_words_is_refused(title, description):
    """A chart that cannot be told in words is not made."""
    with pytest.raises(ValueError, match="a chart needs a title and a description"):
        Chart(SVG, title, description)


def test_optional_parts_leave_nothing():
    """What is not given leaves no empty element."""
    html = render(
        (Cards((Card("a", "1"),)), Table("c", ("a",), (("b",),)), Chart(SVG, "t", "d"), Bullets((("", "x"),))), "s"
    )
    assert [mark for mark in ("detail", "caveat", "table-note", "<details", "<strong") if mark in html] == []


def test_no_blocks_no_html():
    """A section without blocks renders to nothing, which is how the page knows to drop it."""
    assert render((), "s") == ""


def test_section_serves_lab_and_exporter():
    """One object shows its HTML in JupyterLab and gives the same HTML to the exporter."""
    bundle = Section("osa", (Lead("Hyvin."),))._repr_mimebundle_()
    assert bundle[MEDIA_TYPE] == {"kind": "section", "id": "osa", "html": '<p class="lead">Hyvin.</p>'}
    assert '<main><p class="lead">Hyvin.</p></main>' in bundle["text/html"]
    assert bundle["text/plain"] == "Section osa"


def test_cover_and_results_carry_their_content():
    """The head of a report and its figures reach the exporter whole."""
    cover = Cover("roi", "A", "fi", (("Jakso", "2025"),), ("rivi",), "x", Branded("kansio", "abc"))
    carried = cover._repr_mimebundle_()[MEDIA_TYPE]
    assert carried == {
        "kind": "cover",
        **dataclasses.asdict(cover),
        "facts": [["Jakso", "2025"]],
        "provenance": ["rivi"],
    }
    assert "brand" not in Cover("roi", "A", "fi")._repr_mimebundle_()[MEDIA_TYPE]
    results = Results("roi", "A", None, "fi", attachments=(Attachment("roi.fi.xlsx", b"PK"),))
    assert results._repr_mimebundle_()[MEDIA_TYPE] == {
        "kind": "results",
        "results": results.as_dict(),
        "attachments": [{"name": "roi.fi.xlsx", "base64": "UEs="}],
        "decisions": [],
    }


def test_style_loads_nothing():
    """The style sheet asks for no font, picture or other sheet, and the lab's is kept inside our own element."""
    for style in (stylesheet(), lab_stylesheet()):
        assert [word for word in ("url(", "@import", "@font-face", "http") if word in style] == []
        assert style.count("{") == style.count("}")
    assert lab_stylesheet().startswith("@scope (.kohtaamo) {:scope{")
    assert "\nbody{" not in lab_stylesheet()
    assert "@page" not in lab_stylesheet()
