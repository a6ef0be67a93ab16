"""Logos and fonts of a brand are made harmless and small, or refused with the reason."""

from __future__ import annotations

import io

import pytest
from brands import font, picture, svg
from fontTools.ttLib import TTFont
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kohtaamo_utils.brand.fonts import UnfitFont, face, subset
from kohtaamo_utils.brand.logo import BOX, UnfitLogo, clean_svg, embedded

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "a script"),
        ("<SCRIPT>alert(1)</SCRIPT>", "a script"),
        ('<path d="M0 0" onload="alert(1)"/>', "an event handler"),
        ('<path d="M0 0" onClick="alert(1)"/>', "an event handler"),
        ('<use xlink:href="https://x.example/a.svg#a"/>', "an address to load from"),
        ('<use href="data:image/svg+xml,x"/>', "an address to load from"),
        ('<use href="javascript:alert(1)"/>', "an address to load from"),
        ('<a href="https://x.example"><path d="M0 0"/></a>', "the element `a`"),
        ('<image href="https://x.example/a.png"/>', "the element `image`"),
        ("<foreignObject><p>x</p></foreignObject>", "the element `foreignObject`"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "the element `animate`"),
        ('<set attributeName="onmouseover" to="alert(1)"/>', "the element `set`"),
        ('<filter id="f"><feImage href="https://x.example"/></filter>', "the element `filter`"),
        ("<style>@import 'https://x.example/a.css';</style>", "a style with an address"),
        ("<style>a{fill:url(https://x.example/a.svg)}</style>", "a style with an address"),
        (r"<style>a{fill:u\72l(https://x.example)}</style>", "a style with an address"),
        ('<path d="M0 0" style="fill:url(//x.example/a)"/>', "a style with an address"),
        ('<path d="M0 0" fill="url(https://x.example/a)"/>', "a style with an address"),
    ],
)
def test_svg_that_could_act_is_refused(inside, named):
    """Scripts, handlers, addresses and elements that are no shapes are refused, and named."""
    with pytest.raises(UnfitLogo, match=named):
        clean_svg(f"{HEAD}{inside}</svg>".encode())


def test_entities_are_refused_unread():
    """A document that declares entities is refused before any of them is expanded."""
    bomb = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + "<text>&b;</text></svg>"
    outside = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + HEAD + "<text>&a;</text></svg>"
    for text in (bomb, outside):
        with pytest.raises(UnfitLogo, match="declares entities or a document type of its own"):
            clean_svg(text.encode())


def test_svg_keeps_its_shapes_and_loses_notes():
    """Gradients, styles and plain document types stay good; titles, metadata and editors' notes do not travel."""
    text = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ink="http://ink.example" '
        'viewBox="0 0 9 9" ink:version="Maija Virtanen"><!-- Maija --><title>Maija</title><metadata>Maija</metadata>'
        '<ink:note>Maija</ink:note><style>.a{fill:url(#g)}</style>'
        '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
        '<path id="p" class="a" d="M0 0h9" data-name="Maija"/><use xlink:href="#p"/></svg>'
    )  # fmt: skip
    cleaned = clean_svg(text.encode()).decode()
    assert "Maija" not in cleaned
    assert 'href="#p"' in cleaned
    assert ".a{fill:url(#g)}" in cleaned
    assert '<stop offset="0" stop-color="red"' in cleaned


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html/>", b"<svg", b"\x00" * 50, b"%PDF-1.7"])
def test_other_files_are_no_logo(content):
    """What is neither SVG, PNG, JPEG nor WebP is refused by what it is, whatever its name."""
    with pytest.raises(UnfitLogo, match="The file is no SVG, PNG, JPEG or WebP"):
        embedded(content)


def test_picture_loses_what_a_camera_wrote():
    """Texts and Exif data do not travel with a picture, and it is made small enough for a page."""
    info = PngInfo()
    info.add_text("Author", "Maija Virtanen")
    exif = Image.Exif()
    exif[0x010E] = "Maija Virtanen"
    for content in (picture(pnginfo=info, size=(2000, 500)), picture("JPEG", exif=exif), picture("WEBP", exif=exif)):
        assert b"Maija" in content
        made = embedded(content)
        assert b"Maija" not in made.content
        with Image.open(io.BytesIO(made.content)) as drawn:
            assert drawn.width <= BOX[0]
            assert f"image/{(drawn.format or '').lower()}" == made.kind


def test_picture_that_is_too_large_is_refused():
    """A picture of absurd size is refused before its pixels are drawn; one that stays large is refused with its size."""
    with pytest.raises(UnfitLogo, match="pixels, more than a logo can need"):
        embedded(picture(size=(20_000, 5_000)))
    noise = io.BytesIO()
    Image.effect_noise((640, 240), 200).convert("RGB").save(noise, "PNG")
    with pytest.raises(UnfitLogo, match="kB of every report"):
        embedded(noise.getvalue())
    with pytest.raises(UnfitLogo, match="at most 2000 kB are read"):
        embedded(b"\x89PNG" + b"\0" * 3_000_000)


def test_cut_picture_is_refused():
    """A picture that ends in its middle is refused, not shown half."""
    content = picture(size=(300, 300))
    with pytest.raises(UnfitLogo, match="damaged or cut off"):
        embedded(content[: len(content) // 2])


@pytest.mark.parametrize(
    "content", [b"", b"no font", b"\0\1\0\0" + b"x" * 99, b"wOF2" + b"\0" * 99, b"OTTO\xff\xff" + b"\0" * 99]
)
def test_what_is_no_font_is_refused(content):
    """A file that only begins like a font is refused with a reason, not with a program's error."""
    with pytest.raises(UnfitFont, match="The file is no font of the kinds"):
        face("A", content)


def test_cut_font_is_refused():
    """A font without its last half is refused."""
    content = font()
    with pytest.raises(UnfitFont, match="or it is damaged"):
        subset(face("A", content[: len(content) // 2]), {"a"})


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        (0x0002, r"does not allow it to be embedded \(fsType 2\)"),
        (0x0100, r"does not allow parts of it to be embedded \(fsType 256\)"),
        (0x0200, r"does not allow parts of it to be embedded \(fsType 512\)"),
    ],
)
def test_makers_rights_are_kept(rights, said):
    """A font whose maker forbids embedding, or embedding in part, is refused with the bits that say so."""
    with pytest.raises(UnfitFont, match=said):
        face("A", font(rights=rights))


@pytest.mark.parametrize("rights", [0x0000, 0x0004, 0x0008])
def test_fonts_that_may_be_embedded_are_taken(rights):
    """Installable, preview and editable embedding are permissions (OpenType, OS/2 fsType)."""
    assert face("A", font(rights=rights)).weight == "400"


def test_subset_has_the_reports_characters_and_no_others():
    """A font is cut to what is written, repeats byte for byte, and names its maker still."""
    one = face("A", font())
    written = set("Hyvää päivää! 12,3 %€")
    made = subset(one, written)
    assert made == subset(one, written)
    assert len(made) < 8_000
    cut = TTFont(io.BytesIO(made))
    assert {chr(code) for code in cut.getBestCmap()} == written
    assert "DejaVu" in str(cut["name"].getDebugName(1))


def test_bold_file_knows_its_weight():
    """A file's weight is its own, unless the brand file says otherwise."""
    assert face("A", font(bold=True)).weight == "700"
    assert face("A", font(bold=True), 600, "italic").style == "italic"


def test_logo_is_an_address_that_holds_it():
    """A logo becomes a data address, which asks for nothing."""
    assert embedded(svg()).address.startswith("data:image/svg+xml;base64,")
