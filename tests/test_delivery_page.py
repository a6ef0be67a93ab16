"""An executed notebook becomes a page: what a reader needs is in it, everything else stays behind."""

from __future__ import annotations

import re

import pytest
from nbformat.v4 import new_code_cell, new_output, new_raw_cell
from notebook_made import broken, cover, notebook, section, shown, text

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.page import Part, compose
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.presentation.section import MEDIA_TYPE

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
TITLE, TITLE_FI = "Does developing our encounters pay?", "Kannattaako kohtaamisten kehittäminen?"
QUESTION = "Where do we stand now?"


def _body(*cells) -> str:
    """Return the HTML of the first part of a page made from these cells."""
    parts = compose(notebook(*cells)).parts
    return "".join(str(part.html) for part in parts)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_our_headings_are_translated(language):
    """A template's title and headings are in the report's language."""
    from kohtaamo_utils.presentation.wording import Wording

    page = compose(notebook(text(f"# {TITLE}"), cover(language), text(f"## {QUESTION}"), section("<p>x</p>")))
    t = Wording(language)
    assert (page.language, page.title) == (language, t(TITLE))
    assert [part.heading for part in page.parts] == [t(QUESTION)]
    assert t(TITLE) != TITLE
    assert t(QUESTION) != QUESTION


def test_english_is_the_language_of_the_templates():
    """In English the title is as it stands in the template."""
    assert compose(notebook(text(f"# {TITLE}"), cover("en"))).title == TITLE


def test_an_analysts_text_is_left_as_it_is():
    """Text that is not in the catalogs is shown as it was written."""
    page = compose(notebook(text("# Oma otsikko"), cover("sv"), text("## Oma kysymys\n\nOma *havainto*.")))
    assert (page.title, page.parts) == (
        "Oma otsikko",
        (Part("oma-kysymys", "Oma kysymys", "<p>Oma <em>havainto</em>.</p>\n"),),
    )


def test_head_of_the_page():
    """Client, facts and the lines of the foot come from the cover; without one the page is Finnish and nameless."""
    page = compose(notebook(cover("en", report="roi", facts=[["Period", "2025"]], provenance=["Made by X"])))
    assert (page.client, page.report, page.facts, page.provenance) == (
        "Esimerkki Oy", "roi", (("Period", "2025"),), ("Made by X",),
    )  # fmt: skip
    page = compose(notebook(text("Hei")), default_title="oma")
    assert (page.title, page.language, page.client, page.facts) == ("oma", "fi", "", ())


def test_results_are_read():
    """The figures that the last cell recorded come with the page, and nothing of them is shown."""
    page = compose(
        notebook(shown({MEDIA_TYPE: {"kind": "results", "results": {"schema": 1}}, "text/plain": "1 figure"}))
    )
    assert (page.results, page.parts) == ({"schema": 1}, ())


def test_code_streams_and_cells_own_names_stay_behind():
    """The page holds no code, nothing that was printed, no numbers or ids of cells."""
    stream = new_code_cell("secret_code()", outputs=[new_output("stream", name="stderr", text="secret stream")])
    made = notebook(text("# T"), cover(), stream, new_raw_cell("secret raw"), section("<p>Shown</p>"))
    html = page_html(compose(made))
    assert "<p>Shown</p>" in html
    assert [cell.id for cell in made.cells if cell.id in html] == []
    assert re.findall(r"secret|Section s|In \[|Out\[|jp-", html) == []


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "remove-cell", "hide"])
def test_cells_for_machines_are_hidden(tag):
    """A cell of parameters, or one that its author marks, shows nothing."""
    assert _body(shown({"text/plain": "secret"}, tags=(tag,))) == ""
    assert _body(shown({"text/plain": "seen"}, tags=("own-tag",))) == "<p>seen</p>"


@pytest.mark.parametrize("tags", [(), ("remove-cell",), ("injected-parameters",)])
def test_an_error_is_refused(tags):
    """A notebook in which any cell failed, hidden or not, is no report; the error's text is not told."""
    with pytest.raises(DeliveryError, match=r"stopped with an error \(KeyError\).*mend the cell that fails") as caught:
        compose(notebook(text("# T"), broken(tags)))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
def test_a_picture_needs_a_description(kind):
    """A picture that nobody described is refused, with how to describe it."""
    with pytest.raises(DeliveryError, match=r'has no description.*metadata=\{"alt": '):
        compose(notebook(shown({kind: PNG, "text/plain": "<Figure>"})))


def test_a_described_picture_is_carried_inside():
    """A picture is in the page itself, with its description, whichever way that was given."""
    expected = f'<figure class="chart"><img src="data:image/png;base64,{PNG}" alt="Jono &#34;A&#34;"></figure>'
    folded = PNG[:20] + "\n" + PNG[20:] + "\n"
    assert _body(shown({"image/png": folded}, alt='Jono "A"')) == expected
    assert _body(shown({"image/png": PNG}, **{"image/png": {"alt": 'Jono "A"'}})) == expected


def test_an_svg_picture_is_inert():
    """An SVG that a cell displayed is an image: nothing in it runs."""
    html = _body(shown({"image/svg+xml": "<svg><script>x</script></svg>"}, alt="Kuva"))
    assert html.startswith('<figure class="chart"><img src="data:image/svg+xml;base64,PHN2Zz48c2NyaXB0')
    assert "<script" not in html


def test_an_analysts_table_is_cleaned():
    """Of an HTML table the cells stay; scripts, handlers, styles, pictures from elsewhere and classes go."""
    html = _body(
        shown({
            "text/html": '<style>td{x}</style><table class="dataframe" onclick="x"><tr><th scope="row" id="a">A</th>'
            '<td onmouseover="x" style="y" colspan="2">1<script>secret()</script><img src="https://a.fi/x" onerror="x"></td>'
            '</tr></table><iframe src="https://a.fi"></iframe>'
        })
    )  # fmt: skip
    assert html == (
        '<div class="scroll"><table><tbody><tr><th scope="row">A</th><td colspan="2">1</td></tr></tbody></table></div>'
    )


def test_html_given_in_lines_is_joined():
    """A notebook file keeps long texts as lists of lines."""
    assert _body(shown({"text/html": ["<b>a", "b</b>"]})) == '<div class="scroll"><b>ab</b></div>'


@pytest.mark.parametrize(
    ("data", "html"),
    [
        ({"text/plain": "12 < 13 & <b>"}, "<p>12 &lt; 13 &amp; &lt;b&gt;</p>"),
        ({"text/plain": "<Axes: >"}, ""),
        ({"text/plain": "Box(children=())", "application/vnd.jupyter.widget-view+json": {"model_id": "a"}}, ""),
        ({"application/vnd.own+json": {}}, ""),
    ],
)
def test_other_outputs(data, html):
    """Plain text is escaped; what Python says of its own objects, and widgets, are not for a client."""
    assert _body(shown(data)) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>secret()</script>", ""),
        ("[x](javascript:alert(1))", None),
        ("<a href='javascript:x' onclick='x'>y</a>", None),
        ("<p onmouseover='x'>y</p>", None),
    ],
)
def test_markdown_is_cleaned(source, html):
    """Text cells may hold HTML, but nothing that acts."""
    found = _body(text(source))
    assert html is None or found.strip() == html
    assert re.findall(r"<script|href=\"javascript|\son\w+=", found) == []


@pytest.mark.parametrize("source", ["![kuva](https://a.fi/x.png)", "<img src='x.png'>", "![kuva](attachment:x.png)"])
def test_a_picture_in_a_text_cell_is_refused(source):
    """A picture in a text cell would be loaded from elsewhere; the author is told how to show it."""
    with pytest.raises(DeliveryError, match="A text cell of the notebook holds a picture"):
        _body(text(source))


def test_markdown_keeps_its_forms():
    """Tables, lists, emphasis and links of a text cell reach the page."""
    html = _body(text("| a | b |\n|---|---|\n| 1 | 2 |\n\n- *x*\n- [y](https://a.fi)"))
    assert [tag for tag in ("<table>", "<td>1</td>", "<em>x</em>", 'href="https://a.fi"') if tag not in html] == []


def test_a_section_without_blocks_is_dropped_with_its_heading():
    """A question without an answer is not asked: neither heading nor entry in the contents."""
    page = compose(notebook(cover(), text("## Tyhjä"), section(""), text("## Täysi"), section("<p>x</p>")))
    assert [part.heading for part in page.parts] == ["Täysi"]
    assert "Tyhjä" not in page_html(page)


def test_an_empty_text_cell_adds_nothing():
    """An empty text cell shows nothing: not even the head of a catalog, which is what gettext gives for empty text."""
    assert _body(text(""), text("  \n\n ")) == ""


def test_headings_in_running_text_are_headings():
    """A heading is one also without an empty line after it; lines of fenced code are none."""
    page = compose(notebook(text("## A\nText.\n## B\n\n### C\nMore."), text("```\n# note\n\n# more\n```")))
    assert [(part.id, part.heading) for part in page.parts] == [("a", "A"), ("b", "B")]
    assert str(page.parts[0].html).strip() == "<p>Text.</p>"
    assert str(page.parts[1].html).startswith("<h3>C</h3><p>More.</p>")
    assert "# note" in page.parts[1].html
    assert page.title == "Kohtaamo"


def test_ids_are_distinct():
    """Headings that are equal, or that look like an id of the page itself, get ids of their own."""
    sources = ["Kassa", "Kassa", "KASSA!", "Content", "Contents", "Start", "???", "Työ & elämä"]
    page = compose(
        notebook(cover("en"), *(cell for name in sources for cell in (text(f"## {name}"), section("<p>x</p>"))))
    )
    assert [part.id for part in page.parts] == [
        "kassa", "kassa-2", "kassa-3", "content-2", "contents-2", "start-2", "part", "tyo-elama",
    ]  # fmt: skip
    ids = re.findall(r'\bid="([^"]+)"', page_html(page))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("attack", ["<script>x</script>", '"><img src=x onerror=x>', "{{ 7 * 7 }}"])
def test_texts_of_the_page_are_escaped(attack):
    """Title, client, facts, foot and headings are text wherever they come from."""
    made = notebook(
        text(f"# {attack}"),
        cover(client=attack, facts=[[attack, attack]], provenance=[attack]),
        text(f"## {attack}"),
        section("<p>x</p>"),
    )
    html = page_html(compose(made))
    assert re.findall(r"<script|<img|49", html) == []
    assert html.count(attack.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")) >= 8
