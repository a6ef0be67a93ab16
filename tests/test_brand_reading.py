"""A brand file is read with care: what cannot be is refused with its line, and nothing of another client's is taken."""

from __future__ import annotations

import pytest
from brands import RED, branded, font, opened, svg, with_font

from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError


def refusal(folder) -> str:
    """Return what is said of a brand that cannot be used."""
    with pytest.raises(SettingsError) as caught:
        brand_of(load(folder))
    return str(caught.value)


def test_vocabulary_is_read(tmp_path):
    """Names of the palette, short forms, and a logo by its name in `images` are understood as brand.yml has them."""
    brand = opened(
        branded(
            tmp_path,
            {
                "meta": {"name": {"full": "Kulma Oy", "short": "Kulma"}, "link": "https://kulma.example"},
                "logo": {"images": {"wide": {"path": "logo.svg", "alt": "Kulma"}}, "medium": {"light": "wide", "dark": "dark.svg"}},
                "color": {"palette": {"puna": "#E4002B", "oma": "puna"}, "primary": "oma", "foreground": {"light": "#111", "dark": "white"}},
                "typography": {**with_font(), "headings": {"family": "Oma Sans", "weight": "bold"}},
                "defaults": {"quarto": {"format": "html"}},
            },
            {"logo.svg": svg(), "dark.svg": svg("#ffffff"), "oma.ttf": font()},
        )
    )  # fmt: skip
    assert (brand.name, brand.link) == ("Kulma Oy", "https://kulma.example")
    assert brand.schemes.light.cover == RED
    assert (brand.schemes.light.ink, brand.schemes.dark.ink) == ("#111111", "#ffffff")
    assert brand.logos["medium"].alt == "Kulma"
    assert brand.logos["medium"].dark is not None
    assert [(face.family, face.weight, face.style) for face in brand.faces] == [("Oma Sans", "400", "normal")]
    assert list(brand.inputs) == ["_brand.yml", "logo.svg", "dark.svg", "oma.ttf"]
    assert "Not used in reports: defaults." in [str(note) for note in brand.notes()]


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("color:\n  primery: red\n", 2, "The key `primery` under `color` is not known."),
        ("color:\n  primery: red\n", 2, "Did you mean `primary`?"),
        ("color:\n  primary: #e4002b\n", 2, "Put a colour that begins with # in quotation marks."),
        ("color:\n  primary: blu\n", 2, "blu is no colour. Write it as #0b5d6b"),
        ("color:\n  palette: {a: b, b: a}\n", 2, "b is no colour"),
        ('color:\n  primary: "red; } body{"\n', 2, "is no colour"),
        ('color:\n  primary: "url(https://x.example)"\n', 2, "is no colour"),
        ("typography:\n  fonts:\n    - {family: A, source: google}\n", 3, "Fonts from google would be loaded from the network"),
        ("typography:\n  fonts:\n    - {family: A, source: bunny}\n", 3, "Download the font's files"),
        ("typography:\n  fonts:\n    - {family: 'A\";}body{', source: system}\n", 3, "This should be a font's name"),
        ("typography:\n  base: {line_height: 1.5}\n", 2, "Did you mean `line-height`?"),
        ("typography:\n  base: Arial\n", 2, "The font is not among `typography.fonts`."),
        ("typography:\n  fonts: [{family: Arial, source: system}]\n  base: Ariel\n", 3, "Did you mean `Arial`?"),
        ("typography:\n  fonts:\n    - {family: A, source: file}\n", 3, "The font has no files."),
        ("logo: https://x.example/logo.svg\n", 1, "This is a network address."),
        ("logo: logo.svg\n", 1, "There is no such file beside the brand file."),
        ("meta:\n  link: javascript:alert(1)\n", 2, "The link should be an address that begins with https://."),
        ("color:\n  background: '#808080'\n", 2, "neither light nor dark"),
        ("- a\n", None, "The brand file holds no settings."),
        ("a: [\n", 2, "This is not valid YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(tmp_path, text, row, said):
    """Each fault of a brand file is told with file, line and what to do."""
    message = refusal(branded(tmp_path, text))
    assert said in message
    if row is not None:
        assert f"_brand.yml, row {row}" in message


def test_all_problems_come_together(tmp_path):
    """A bad logo and a bad font are told at once."""
    content = {"meta": "A", "logo": "logo.svg", "typography": with_font()}
    message = refusal(branded(tmp_path, content, {"logo.svg": b"<svg", "oma.ttf": b"no font"}))
    assert "The file is no SVG, PNG, JPEG or WebP." in message
    assert "The file is no font of the kinds TTF, OTF, WOFF or WOFF2" in message


def test_missing_brand_file_is_a_settings_error(tmp_path):
    """A brand that is named and not there stops with its name, never with a report without it."""
    folder = branded(tmp_path, {}, named="brandi.yml")
    assert 'engagement.yaml, key "brand", value "brandi.yml": There is no such file.' in refusal(folder)


def test_logo_needs_a_description(tmp_path):
    """A logo that nothing describes is refused: a reader who does not see it would get nothing."""
    assert "Give it `alt`, or the brand a `meta.name`." in refusal(
        branded(tmp_path, {"logo": "a.svg"}, {"a.svg": svg()})
    )


@pytest.mark.parametrize("name", ["../logo.svg", "{outside}", "link.svg"])
def test_files_stay_in_the_brands_folder(tmp_path, name):
    """A path, an absolute one, or a link out of the brand file's folder is refused."""
    outside = tmp_path / "logo.svg"
    outside.write_bytes(svg())
    folder = branded(tmp_path / "client", {"meta": "A", "logo": name.format(outside=outside)})
    (folder / "link.svg").symlink_to(outside)
    assert "The file lies outside the brand file's folder." in refusal(folder)


def test_brand_outside_the_folder_must_be_called_shared(tmp_path):
    """A consultancy's brand for several clients is taken from outside only where the settings say so in so many words."""
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "_brand.yml").write_text(f"color: {{primary: '{RED}'}}", encoding="utf-8")
    folder = branded(tmp_path / "client", {}, named="../house/_brand.yml")
    assert "write `brand: {file: ../house/_brand.yml, shared: true}`" in refusal(folder)
    folder = branded(tmp_path / "client", {}, named={"file": "../house/_brand.yml", "shared": True})
    assert opened(folder).schemes.light.cover == RED


def test_brand_file_that_is_a_link_out_counts_as_outside(tmp_path):
    """A link in the folder to a file elsewhere is no way around that rule."""
    outside = tmp_path / "other.yml"
    outside.write_text("{}", encoding="utf-8")
    folder = branded(tmp_path / "client", {})
    (folder / "_brand.yml").unlink()
    (folder / "_brand.yml").symlink_to(outside)
    assert "lies outside the engagement folder" in refusal(folder)


def test_another_clients_brand_is_refused(tmp_path):
    """A brand file that lies in another engagement is never taken, shared or not, also from a folder within it."""
    other = branded(tmp_path / "other", {})
    (other / "brand").mkdir()
    (other / "brand" / "_brand.yml").write_text("{}", encoding="utf-8")
    for name in ("../other/_brand.yml", "../other/brand/_brand.yml"):
        folder = branded(tmp_path / "client", {}, named={"file": name, "shared": True})
        assert "The brand file belongs to another engagement." in refusal(folder)


def test_settings_without_brand_keep_their_fingerprint(tmp_path):
    """A brand in the settings changes their fingerprint, and its short and long form are the same."""
    short, long = (
        load(branded(tmp_path / str(n), {}, named=named))
        for n, named in enumerate(("_brand.yml", {"file": "_brand.yml"}))
    )
    assert short.settings_sha256 == long.settings_sha256
    assert short.settings.model_dump(mode="json")["brand"] == {"file": "_brand.yml", "shared": False}
