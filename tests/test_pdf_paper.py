"""What a page becomes on paper: folds open, pictures described, formulas as text, foreign text still inert."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook_made import cover, notebook, section, text

from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.delivery.pdf.formula_text import formula_html
from kohtaamo_utils.delivery.pdf.paper import css_string, paper_html
from kohtaamo_utils.delivery.pdf.unfolded import unfolded
from kohtaamo_utils.presentation.blocks import Card, Cards, Chart, Fold, Paragraph, Quotes, Table
from kohtaamo_utils.presentation.render import render

ATTACKS = [
    "</style><script>alert(1)</script>",
    '"} @page { background: url(http://esimerkki.invalid/) } "',
    "\\22 ; content: url(file:///etc/passwd)",
    "javascript:alert(1)",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}",
    "\u202etxet",
    "]]> --> <!--",
]


def test_folds_are_open_and_data_stand_under_their_chart():
    """A method note and a chart's data are printed; the fold's title is a line above them."""
    chart = Chart("<svg viewBox='0 0 1 1'></svg>", "Finding", "Words for it", Table("Data", ("a", "b"), (("x", "1"),)))
    html = unfolded(render((Fold("How?", (Paragraph("So."),)), chart), "s"))
    assert '<p class="title">How?</p><p>So.</p>' in html.replace("\n", "")
    assert "<td>1</td>" in html
    assert "details" not in html
    assert "summary" not in html


def test_a_picture_carries_its_description():
    """What a page tells a screen reader beside a picture is the picture's own title on paper, once."""
    html = unfolded(render((Chart("<svg aria-hidden=\"true\" viewBox='0 0 1 1'></svg>", "T", "Facts < & >"),), "s"))
    assert html.count("Facts &lt; &amp; &gt;") == 1
    assert "<title>Facts &lt; &amp; &gt;</title></svg>" in html
    assert "aria-hidden" not in html


def test_cards_are_a_list():
    """Headline figures are items of a list, which a PDF can tell; a description list has no place in it."""
    html = unfolded(render((Cards((Card("NPS", "+36", "n = 5"),)),), "s"))
    assert html.startswith(
        '<ul class="cards"><li class="card"><p class="label">NPS</p><div><span class="value">+36</span>'
    )
    assert html.endswith("</div></li></ul>")


def test_what_a_script_fills_is_left_out():
    """Of a what-if only the table of scenarios is printed, which stands there without the script."""
    live = '<div class="what-if" data-what-if=\'{"a":"<b>"}\'><div class="without"><p>Table</p></div><template><p>Live<br></p></template></div>'
    assert unfolded(live) == '<div><div class="without"><p>Table</p></div></div>'


def test_a_short_number_keeps_to_one_line():
    """A mean with its interval is not broken; a long cell may be."""
    columns = ("Measure", "Yours", "Others")
    cells = Table(
        "Means", columns, (("NPS", "+58 (+51…+64)", "at least 4.5, by everybody"),), numeric=frozenset({1, 2})
    )
    html = unfolded(render((cells,), "s"))
    assert '<td class="num whole">+58 (+51…+64)</td><td class="num">at least 4.5, by everybody</td>' in html


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mfrac><mn>1</mn><mrow><mi>r</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "1 / (r + 1)"),
        ("<mfrac><mn>−5 €</mn><mn>3 €</mn></mfrac>", "(−5 €) / 3 €"),
        ("<msup><mrow><mo>(</mo><mn>71 %</mn><mo>)</mo></mrow><mn>2</mn></msup>", "(71 %)²"),
        ("<msup><mi>a</mi><mi>n</mi></msup>", "a<sup>n</sup>"),
        ("<msub><mi>Net</mi><mn>2</mn></msub>", "Net<sub>2</sub>"),
        ("<mo>−</mo><mi>a</mi>", "−a"),
        ('<mo form="infix">×</mo><mo>(</mo><mi>a</mi>', "× (a"),
        ("<mi>max</mi><mo>(</mo><mn>0</mn><mo>;</mo>", "max(0;"),
        ("<msqrt><mi>a</mi></msqrt>", "√(a)"),
        ("<mi>a</mi><mo>&lt;</mo><mn>0</mn>", "a &lt; 0"),
        ("<mi>&lt;b&gt;</mi>", "&lt;b&gt;"),
    ],
)
def test_formulas_are_text(formula, text):
    """A formula is written in a line as one would type it: brackets where the fraction's line and the raised place took theirs."""
    assert formula_html(formula) == f'<span class="formula">{text}</span>'


@given(st.text())
def test_no_text_ends_a_string_of_the_style(text):
    """Whatever a client is called, its name stays within its string: letters, digits and escapes are all that is left."""
    inside = str(css_string(text))[1:-1]
    assert set("\"'<>\n;{}()") & set(inside) == set()
    assert inside.count("\\") == sum(not (sign.isascii() and sign.isalnum()) for sign in text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_foreign_text_is_text(attack):
    """A name, heading, fact or comment becomes neither markup, style nor address of the document for paper."""
    quotes = render((Quotes("Sanoja", (attack,)), Table(attack, ("a",), ((attack,),))), "s")
    page = compose(
        notebook(text("# Kysymys"), cover(client=attack, facts=[["Kuka", attack]]), text("## Osa"), section(quotes))
    )
    html = paper_html(page, draft=True)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</style>") == 1
    style = html[html.index("<style>") : html.index("</style>")]
    assert style.count("url(") == style.count('url("data:image/svg+xml;base64,') == 1
    assert style.count("@page") == 2
