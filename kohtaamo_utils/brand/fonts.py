"""Fonts made fit for a report: opened with care, allowed to be embedded, and cut to the characters that it uses."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.brand.shelf import Shelf
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

MOST_BYTES = 5_000_000
MOST_EMBEDDED = 120_000
"""Bytes that all fonts together may take in a report."""
_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"wOFF", b"wOF2")
_RESTRICTED, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_ITALIC = 0x01


class UnfitFont(ValueError):  # noqa: N818 - it says what the file is
    """A file that cannot be used as a font; `args[0]` says why."""


@dataclass(frozen=True)
class Face:
    """One file of a font, checked.

    Parameters
    ----------
    family
        The name by which the brand file calls it.
    content
        The file's bytes.
    weight
        Weight, or two that a variable font lies between.
    style
        ``normal`` or ``italic``.
    """

    family: str
    content: bytes
    weight: str
    style: str


def face(family: str, content: bytes, weight: int | None = None, style: str | None = None) -> Face:
    """Return a font file as a face; weight and style are its own unless they are given.

    Parameters
    ----------
    family
        The name by which the brand file calls it.
    content
        Bytes of a TTF, OTF, WOFF or WOFF2 file.
    weight, style
        What the brand file says of it.

    Raises
    ------
    UnfitFont
        It is no font, is too large, or its licence does not let it be embedded.
    """
    if len(content) > MOST_BYTES:
        raise UnfitFont(
            say(
                "The font has {size} kB; at most {most} kB are read. Use a file of one weight.",
                size=len(content) // 1000,
                most=MOST_BYTES // 1000,
            )
        )
    font = _opened(content)
    _refuse_licence(font)
    os2 = font.get("OS/2")
    axis = next((axis for axis in font["fvar"].axes if axis.axisTag == "wght"), None) if "fvar" in font else None
    own = f"{axis.minValue:g} {axis.maxValue:g}" if axis else str(os2.usWeightClass if os2 else 400)
    slanted = bool(os2 and os2.fsSelection & _ITALIC)
    return Face(family, content, own if weight is None else str(weight), style or ("italic" if slanted else "normal"))


def _opened(content: bytes) -> Any:
    """Return the font; whatever goes wrong in reading its tables means that it is none."""
    from fontTools.ttLib import TTFont

    unfit = UnfitFont(say("The file is no font of the kinds TTF, OTF, WOFF or WOFF2, or it is damaged."))
    if not content.startswith(_KINDS):
        raise unfit
    try:
        font = TTFont(io.BytesIO(content), lazy=True)
        whole = all(table in font and font[table] for table in ("cmap", "head", "name")) and font.getBestCmap()
        font.get("OS/2")
    except Exception:  # noqa: BLE001 - a damaged table may raise anything
        raise unfit from None
    if not whole:
        raise unfit
    return font


def _refuse_licence(font: Any) -> None:
    """Refuse a font whose maker forbids what is to be done with it; the lowest right decides where several bits are set."""
    rights = font["OS/2"].fsType if "OS/2" in font else 0
    level = rights & 0x000F
    if level == _RESTRICTED:
        raise UnfitFont(
            say(
                "The font's maker does not allow it to be embedded (fsType {bits}). Ask the maker for a licence with a file for embedding, or choose another font; `source: system` names it without embedding it.",
                bits=rights,
            )
        )
    if rights & (_NO_SUBSETTING | _BITMAPS_ONLY):
        raise UnfitFont(
            say(
                "The font's maker does not allow parts of it to be embedded (fsType {bits}), and a whole font is too large for a report. Choose another font; `source: system` names it without embedding it.",
                bits=rights,
            )
        )


@cache
def shelf() -> Shelf:
    """Return where subsets are kept; what asks for it before it forks has it in common with its forks."""
    return Shelf()


def subset(one: Face, characters: AbstractSet[str]) -> bytes:
    """Return a face as WOFF2 with no other characters than these; the same characters give the same bytes.

    A subset takes a fifth of a second, and most reports of a run are written in the same characters: it is made once for all of them.

    Parameters
    ----------
    one
        The face.
    characters
        What the report is written in; a character that the font lacks is shown in the next font.
    """
    written = "".join(sorted(characters))
    return shelf().taken(
        sha256(one.content).digest() + written.encode("utf-8", "surrogatepass"), lambda: _cut(one, written)
    )


def _cut(one: Face, characters: str) -> bytes:
    from fontTools import subset as subsetting

    options = subsetting.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "clig", "ccmp", "mark", "mkmk", "locl", "tnum", "lnum", "calt", "rlig"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 7, 13, 14]  # who made it and under which licence stays with it
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM"]
    options.ignore_missing_unicodes = True
    font = subsetting.load_font(io.BytesIO(one.content), options, dontLoadGlyphNames=True)
    cutter = subsetting.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    stream = io.BytesIO()
    subsetting.save_font(font, stream, options)
    return stream.getvalue()
