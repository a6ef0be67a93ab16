"""A page in a brand: carries what it shows, asks for nothing, can be read in light and dark; a page without one is as ever."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest
from accessibility_judge import FAINT
from brands import RED, branded, font, opened, picture, svg, with_font
from notebook_made import cover, notebook, section, text

from kohtaamo_utils.delivery.exporter import KohtaamoExporter, page_html
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.page import Page, compose
from kohtaamo_utils.errors import DeliveryError
from kohtaamo_utils.presentation import branding as branding_room
from kohtaamo_utils.presentation.branding import without_brand
from kohtaamo_utils.presentation.charts import (
    HOUSE,
    GapRow,
    IntervalRow,
    StripRow,
    cash_flow_svg,
    gap_svg,
    interval_svg,
    look_of,
    strips_svg,
)
from kohtaamo_utils.presentation.render import stylesheet

if TYPE_CHECKING:
    from kohtaamo_utils.brand import Brand

POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def brand_in(folder, primary: str = RED, **more: Any) -> Brand:
    content = {
        "meta": {"name": "Kulma & Oy", "link": "https://kulma.example"},
        "logo": "logo.svg",
        "color": {"primary": primary},
    }
    content["typography"] = with_font()
    files = {"logo.svg": svg(primary), "oma.ttf": font()}
    return opened(branded(folder, {**content, **more}, files))


def page_of(brand: Brand | None, *cells: Any) -> Page:
    told = {} if brand is None else {"brand": {"engagement": "", "sha256": brand.sha256}}
    return compose(
        notebook(text("# Otsikko"), cover("fi", **told), text("## Kysymys?"), *(cells or [section("<p>Vastaus</p>")]))
    )


def charts(brand: Brand) -> Any:
    """Return a section with each kind of chart that has colours of its own, in the brand's."""
    look = look_of(brand.schemes.light)
    rows = [IntervalRow("Kassa", 3.0, "3,0", 2.5, 3.5), IntervalRow("Nouto", 4.0, "4,0", 3.6, 4.4, stands_out=True)]
    drawn = [
        interval_svg(rows, axis="Keskiarvo", locale="fi", reference=(3.5, "kaikki"), look=look),
        gap_svg([GapRow("Luottamus", 3, 4, "3", "4")], first="Itse", second="Muut", axis="x", locale="fi", look=look),
        strips_svg([StripRow("Kysymys", (3, 2, 4, 6, 5, 2, 3))], points="1234567", axis="n", locale="fi", look=look),
        cash_flow_svg(["0", "1"], [("A", [0, 5]), ("B", [0, 4]), ("C", [0, 3]), ("D", [0, 2])], ("K", [6, 1]), ("S", [-6, 7]), axis="€", locale="fi", look=look),
    ]  # fmt: skip
    weak = '<table><tr class="weak"><th>a</th><td>1</td></tr><tr class="good"><th>b</th><td>2</td></tr></table>'
    return section("".join(f'<figure class="chart"><div class="picture">{one}</div></figure>' for one in drawn) + weak)


def test_page_carries_its_brand_and_passes_the_gate(tmp_path):
    """Logo, font and colours are in the page itself, the name is at its foot, and the gate lets it through."""
    brand = brand_in(tmp_path)
    html = page_html(page_of(brand), brand=brand)
    pass_or_refuse(html, Secrets(tmp_path / "asiakas"))
    assert f'<img src="{brand.logos["medium"].light.address}" alt="Kulma &amp; Oy">' in html
    assert '<a href="https://kulma.example">Kulma &amp; Oy</a>' in html
    assert '@font-face{font-family:"Oma Sans";font-weight:400;font-style:normal;src:url(data:font/woff2;base64,' in html
    assert f"--cover:{RED}" in html


def test_policy_is_no_looser_than_needed(tmp_path):
    """Fonts are allowed from the page itself only where it has some; nothing else changes."""
    brand, plain = brand_in(tmp_path / "a"), opened(branded(tmp_path / "b", {"color": {"primary": RED}}))
    without = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    (found,) = POLICY.findall(page_html(page_of(brand), brand=brand))
    assert found == without.replace("img-src data:;", "img-src data:; font-src data:;")
    assert POLICY.findall(page_html(page_of(plain), brand=plain)) == [without]
    assert POLICY.findall(page_html(page_of(None))) == [without]


def test_page_without_brand_has_nothing_of_it():
    """The page of a client without a brand has the house's style sheet, its colours for the dark, and none of a brand's parts."""
    html = page_html(page_of(None))
    assert html.split("<style>")[1].startswith(stylesheet() + without_brand())
    assert not re.search(r"masthead|logo|font-face", html)


def test_font_has_the_pages_characters(tmp_path, monkeypatch):
    """Each letter of the page is in the font, and one that is not written there is not."""
    brand = brand_in(tmp_path)
    written: set[str] = set()
    monkeypatch.setattr(branding_room, "subset", lambda _, characters: written.update(characters) or b"font")
    page_html(page_of(brand, section("<p>Žižkov &#8364;</p>")), brand=brand)
    assert {*"OtsikkoKysymys?", "Ž", "ž", "€", "−", "\u00a0"} <= written
    assert "Ω" not in written


def test_draft_and_approved_page_differ_by_the_mark_alone(tmp_path):
    """The letters of the draft's mark do not change the fonts: without its line the page is the same bytes."""
    brand = brand_in(tmp_path)
    page = page_of(brand)
    draft, approved = (page_html(page, draft=state, brand=brand).splitlines() for state in (True, False))
    assert [line for line in draft if 'class="draft"' not in line] == approved


def test_same_brand_gives_the_same_bytes(tmp_path):
    """A page in a brand repeats byte for byte."""
    first, second = (brand_in(tmp_path / name) for name in "ab")
    assert page_html(page_of(first), brand=first) == page_html(page_of(second), brand=second)


def test_page_of_another_brand_is_refused(tmp_path):
    """A notebook that was run in one brand, or in none, never becomes a page in another."""
    own, other = brand_in(tmp_path / "a"), brand_in(tmp_path / "b", "#0033a0")
    for page, brand in ((page_of(own), other), (page_of(own), None), (page_of(None), own)):
        with pytest.raises(DeliveryError, match="not those with which the notebook was run"):
            page_html(page, brand=brand)


def test_nbconvert_gives_the_same_page(tmp_path):
    """`jupyter nbconvert --to kohtaamo` takes the brand from the engagement that the notebook was run in."""
    brand = brand_in(tmp_path)
    made = notebook(text("# Otsikko"), cover("fi", brand={"engagement": str(tmp_path), "sha256": brand.sha256}), text("## Kysymys?"), section("<p>Vastaus</p>"))  # fmt: skip
    html, _ = KohtaamoExporter().from_notebook_node(made)
    assert html == page_html(page_of(brand), brand=brand)
    assert str(tmp_path) not in html


def test_fonts_that_are_too_large_are_refused(tmp_path, monkeypatch):
    """Fonts that would make a report grow beyond bounds are refused with their size."""
    brand = brand_in(tmp_path)
    monkeypatch.setattr(branding_room, "MOST_EMBEDDED", 2000)
    with pytest.raises(DeliveryError, match=r"would take \d+ kB of the report; at most 2 kB are allowed"):
        page_html(page_of(brand), brand=brand)


def test_chart_takes_the_brands_colours_and_no_others(tmp_path):
    """A chart in a brand holds none of the house's series colours, and without one it holds those."""
    brand = brand_in(tmp_path, "#7b2cbf")
    drawn = charts(brand).outputs[0].data["application/vnd.kohtaamo.v1+json"]["html"]
    house = {HOUSE.contrast, *HOUSE.fills}
    assert not {colour for colour in house if colour in drawn}
    assert {brand.schemes.light.series[0], brand.schemes.light.series[1]} <= set(re.findall(r"#[0-9a-f]{6}", drawn))
    assert HOUSE.primary in interval_svg([IntervalRow("a", 1, "1")], axis="x", locale="fi")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("primary", [RED, "#fff3b0", "#0033a0"])
def test_every_text_can_be_read_in_a_browser(tmp_path, browser, primary, scheme):
    """In Chromium no text of page or chart is fainter than 4.5:1 (large ones 3:1), the font is loaded, and nothing is asked for."""
    brand = brand_in(tmp_path, primary)
    file = tmp_path / "page.html"
    file.write_text(page_html(page_of(brand, charts(brand)), brand=brand), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => 1)")
    assert page.evaluate(FAINT) == []
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
    assert page.evaluate("document.querySelector('.masthead img').naturalWidth") > 0
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else f"rgb{_rgb(brand.schemes.dark.paper)}")
    context.close()


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


@pytest.mark.browser
def test_marks_of_a_chart_change_in_the_dark_page(tmp_path, browser):
    """Every coloured shape of a drawing reaches 3:1 on the dark paper, also what is repeated by `use`."""
    brand = brand_in(tmp_path, "#0033a0")
    file = tmp_path / "page.html"
    file.write_text(page_html(page_of(brand, charts(brand)), brand=brand), encoding="utf-8")
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    light = {f"rgb{_rgb(colour)}" for colour in brand.schemes.light.series}
    painted = page.evaluate(
        "[...document.querySelectorAll('svg path, svg use, svg rect')].flatMap(part => [getComputedStyle(part).fill, getComputedStyle(part).stroke])"
    )
    assert not light & set(painted)
    assert f"rgb{_rgb(brand.schemes.dark.series[0])}" in painted
    context.close()


@pytest.mark.browser
def test_dark_brand_prints_on_white(tmp_path, browser):
    """A brand whose page is dark prints dark text on white paper, charts included."""
    brand = brand_in(tmp_path, color={"primary": "#00ff88", "background": "#101010", "foreground": "#eeeeee"})
    file = tmp_path / "page.html"
    file.write_text(page_html(page_of(brand, charts(brand)), brand=brand), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.evaluate(FAINT) == []
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(FAINT) == []
    page.close()


def test_one_logo_stands_on_a_light_plate_in_the_dark_page(tmp_path):
    """A logo with a dark twin gives way to it in the dark page; one without stands on white there."""
    one = brand_in(tmp_path / "a")
    two = opened(branded(tmp_path / "b", {"meta": "A", "logo": {"medium": {"light": "l.svg", "dark": "d.png"}}}, {"l.svg": svg(), "d.png": picture()}))  # fmt: skip
    assert '<div class="logo plate">' in page_html(page_of(one), brand=one)
    html = page_html(page_of(two), brand=two)
    assert "logo plate" not in html.split("</style>")[1]
    dark = two.logos["medium"].dark
    assert dark is not None
    assert f'<source media="screen and (prefers-color-scheme:dark)" srcset="{dark.address}">' in html
    assert base64.b64encode(dark.content).decode() in html
