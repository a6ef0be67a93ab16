"""The keys of ``_brand.yml``, in the vocabulary of brand.yml: one model a block, unknown keys refused."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import say

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_FAMILY = re.compile(r"[^\W_][\w .&+'-]{0,59}")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|data:", re.IGNORECASE)
_LINK = re.compile(r"https://[\w.-]+(?:/[\w./~%+=&?#-]*)?")
NAMED = {"black": "#000000", "white": "#ffffff"}
_WEIGHTS = {
    "thin": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400, "regular": 400, "medium": 500,
    "semi-bold": 600, "demi-bold": 600, "bold": 700, "extra-bold": 800, "ultra-bold": 800, "black": 900,
}  # fmt: skip
_MOST_REFERENCES = 8


def _hex(value: str) -> str:
    """Return a colour as ``#rrggbb``; a name stays as it is."""
    lower = value.strip().lower()
    if not _HEX.fullmatch(lower):
        return NAMED.get(lower, value.strip())
    return lower if len(lower) == 7 else "#" + "".join(sign * 2 for sign in lower[1:])


def _as_key(key: str) -> BeforeValidator:
    """Let a block be written as one text, which stands for one of its keys."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def _file(value: str) -> str:
    if _ADDRESS.match(value):
        raise ValueError(
            say(
                "This is a network address. A report carries all that it shows and makes no requests: download the file, put it beside the brand file, and name it here."
            )
        )
    return value


def _family(value: str) -> str:
    if not _FAMILY.fullmatch(value):
        raise ValueError(say("This should be a font's name, of letters, digits, blanks and - only."))
    return value


def _weight(value: Any) -> Any:
    return _WEIGHTS.get(value, value) if isinstance(value, str) else value


File = Annotated[str, Field(min_length=1), AfterValidator(_file)]
Family = Annotated[str, AfterValidator(_family)]
Weight = Annotated[int, BeforeValidator(_weight), Field(ge=1, le=1000)]
Style = Literal["normal", "italic"]


class Name(Strict):
    """What the brand is called."""

    full: str = Field(default="", max_length=120)
    short: str = Field(default="", max_length=60)


class Meta(Strict):
    """Whose brand it is."""

    name: Annotated[Name, _as_key("full")] = Name()
    link: Annotated[dict[str, str], _as_key("home")] = Field(default_factory=dict)

    @field_validator("link")
    @classmethod
    def _plain(cls, value: dict[str, str]) -> dict[str, str]:
        if value.get("home") and not _LINK.fullmatch(value["home"]):
            raise ValueError(say("The link should be an address that begins with https://."))
        return value


class Picture(Strict):
    """A logo's file and what it shows."""

    path: File
    alt: str = Field(default="", max_length=200)


class Pictures(Strict):
    """A logo for the light page and one for the dark page."""

    light: Annotated[Picture | None, _as_key("path")] = None
    dark: Annotated[Picture | None, _as_key("path")] = None


def _pictures(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, dict) and "path" in value):
        return {"light": value}
    return value


class Logo(Strict):
    """The logo in up to three sizes; each is a file or the name of one of `images`."""

    images: dict[str, Annotated[Picture, _as_key("path")]] = Field(default_factory=dict)
    small: Annotated[Pictures | None, BeforeValidator(_pictures)] = None
    medium: Annotated[Pictures | None, BeforeValidator(_pictures)] = None
    large: Annotated[Pictures | None, BeforeValidator(_pictures)] = None


class Pair(Strict):
    """A colour of the light page and one of the dark page."""

    light: str | None = None
    dark: str | None = None


def _colour(value: Any) -> Any:
    if value is None:  # what YAML makes of #0b5d6b without quotation marks: a remark
        raise ValueError(say("There is no colour here. Put a colour that begins with # in quotation marks."))
    return {"light": value} if isinstance(value, str) else value


Colour = Annotated[Pair | None, BeforeValidator(_colour)]


class Colours(Strict):
    """The brand's colours: a palette of names, and what each is for."""

    palette: dict[str, str] = Field(default_factory=dict)
    foreground: Colour = None
    background: Colour = None
    primary: Colour = None
    secondary: Colour = None
    tertiary: Colour = None
    success: Colour = None
    info: Colour = None
    warning: Colour = None
    danger: Colour = None
    light: Colour = None
    dark: Colour = None

    @field_validator("palette")
    @classmethod
    def _palette_has_colours(cls, value: dict[str, str]) -> dict[str, str]:
        return {name: _resolved(colour, value) for name, colour in value.items()}

    @field_validator(
        "foreground", "background", "primary", "secondary", "tertiary", "success", "info", "warning", "danger",
        "light", "dark",
    )  # fmt: skip
    @classmethod
    def _are_colours(cls, value: Pair | None, info: ValidationInfo) -> Pair | None:
        if value is None:
            return None
        palette = info.data.get("palette", {})
        return Pair(
            light=None if value.light is None else _resolved(value.light, palette),
            dark=None if value.dark is None else _resolved(value.dark, palette),
        )


def _resolved(value: str, palette: dict[str, str]) -> str:
    """Return a colour as ``#rrggbb``, by way of the palette if it is a name."""
    for _ in range(_MOST_REFERENCES):
        found = _hex(value)
        if _HEX.fullmatch(found):
            return found
        if value not in palette:
            break
        value = palette[value]
    names = ", ".join([*palette, *NAMED])
    raise ValueError(
        say("{value} is no colour. Write it as #0b5d6b, or as one of these names: {names}.", value=value, names=names)
    )


class FontFile(Strict):
    """One file of a font."""

    path: File
    weight: Weight | None = None
    style: Style | None = None


class Font(Strict):
    """A font and where it is: files beside the brand file, or the reader's own system."""

    family: Family
    source: Literal["file", "system", "google", "bunny"] = "system"
    files: tuple[Annotated[FontFile, _as_key("path")], ...] = Field(default=(), max_length=8)
    weight: Any = None
    style: Any = None
    display: Any = None

    @field_validator("source")
    @classmethod
    def _is_at_hand(cls, value: str) -> str:
        if value in {"google", "bunny"}:
            raise ValueError(
                say(
                    "Fonts from {source} would be loaded from the network, and a report makes no requests. Download the font's files, put them beside the brand file, and write `source: file` with their names under `files`.",
                    source=value,
                )
            )
        return value

    @field_validator("files")
    @classmethod
    def _has_files(cls, value: tuple[FontFile, ...], info: ValidationInfo) -> tuple[FontFile, ...]:
        if value and info.data.get("source") == "system":
            raise ValueError(say("A font with `files` needs `source: file`."))
        return value


class Type(Strict):
    """How a kind of text is set."""

    family: Family | None = None
    weight: Weight | None = None
    style: Any = None
    size: Any = None
    line_height: float | None = Field(default=None, alias="line-height", ge=1.2, le=2.2)
    color: Any = None
    background_color: Any = Field(default=None, alias="background-color")
    decoration: Any = None


Typed = Annotated[Type, _as_key("family")]


class Typography(Strict):
    """Fonts, and which of them sets what."""

    fonts: tuple[Font, ...] = Field(default=(), max_length=8)
    base: Typed = Type()
    headings: Typed = Type()
    monospace: Typed = Type()
    monospace_inline: Typed = Field(default=Type(), alias="monospace-inline")
    monospace_block: Typed = Field(default=Type(), alias="monospace-block")
    link: Type = Type()


class BrandSettings(Strict):
    """The whole of ``_brand.yml``; `defaults` are for other programs."""

    meta: Annotated[Meta, _as_key("name")] = Meta()
    logo: Annotated[Logo, _as_key("medium")] = Logo()
    color: Colours = Colours()
    typography: Typography = Typography()
    defaults: dict[str, Any] = Field(default_factory=dict)
