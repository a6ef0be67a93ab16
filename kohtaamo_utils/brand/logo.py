"""A logo made fit for a report: an SVG that holds shapes only, or a small picture without what a camera or program wrote into it."""

from __future__ import annotations

import base64
import io
import re
import warnings
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import Said, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MOST_BYTES = 2_000_000
"""Bytes of a file that is opened at all."""
MOST_PIXELS = 40_000_000
MOST_EMBEDDED = 60_000
"""Bytes of a logo in a report."""
BOX = (640, 240)
"""Pixels that a picture is made to fit into: twice what a page shows."""
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHAPES = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "style", "switch",
})  # fmt: skip
_DROPPED = frozenset({"title", "desc", "metadata"})
"""What nobody sees: it is left out, like everything of other namespaces (editors' notes)."""
_ATTRIBUTES = frozenset({
    "id", "class", "style", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy",
    "width", "height", "points", "transform", "viewBox", "preserveAspectRatio", "fill", "fill-rule", "fill-opacity",
    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "opacity", "color", "display", "visibility", "overflow", "clip-path", "clip-rule",
    "mask", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod", "patternUnits",
    "patternTransform", "patternContentUnits", "clipPathUnits", "maskUnits", "maskContentUnits", "font-family",
    "font-size", "font-weight", "font-style", "letter-spacing", "text-anchor", "dominant-baseline", "type", "version",
    "paint-order", "vector-effect", "mix-blend-mode", "isolation",
})  # fmt: skip
_ADDRESS_IN_STYLE = re.compile(
    r"url\(\s*[\"']?(?!#)|@|\\|expression|javascript:|<|image(?:-set)?\(|src\(", re.IGNORECASE
)
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class UnfitLogo(ValueError):  # noqa: N818 - it says what the file is
    """A file that cannot be a logo; `args[0]` says why."""


@dataclass(frozen=True)
class Embedded:
    """A logo as a page carries it.

    Parameters
    ----------
    kind
        Media type.
    content
        Its bytes.
    """

    kind: str
    content: bytes

    @property
    def address(self) -> str:
        """The logo as an address that holds it."""
        return f"data:{self.kind};base64,{base64.b64encode(self.content).decode()}"


def embedded(content: bytes) -> Embedded:
    """Return a logo, made fit for a report.

    Parameters
    ----------
    content
        The bytes of an SVG, PNG, JPEG or WebP file, whatever its name.

    Raises
    ------
    UnfitLogo
        The file is none of these, is too large, or holds what could act or ask for something.
    """
    if len(content) > MOST_BYTES:
        raise UnfitLogo(
            say(
                "The file has {size} kB; at most {most} kB are read. Save the logo smaller.",
                size=len(content) // 1000,
                most=MOST_BYTES // 1000,
            )
        )
    made = _picture(content) if _looks_like_picture(content) else Embedded("image/svg+xml", clean_svg(content))
    if len(made.content) > MOST_EMBEDDED:
        raise UnfitLogo(
            say(
                "The logo would take {size} kB of every report; at most {most} kB are allowed. Use a simpler one, best as SVG.",
                size=len(made.content) // 1000,
                most=MOST_EMBEDDED // 1000,
            )
        )
    return made


def _looks_like_picture(content: bytes) -> bool:
    return content.startswith((b"\x89PNG", b"\xff\xd8")) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _picture(content: bytes) -> Embedded:
    """Return a picture drawn anew: only its pixels stay, in a size that a page needs."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=tuple(_KINDS)) as found:
            kind, size = found.format or "", found.size
            plain = _pixels(ImageOps.exif_transpose(found)) if size[0] * size[1] <= MOST_PIXELS else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise UnfitLogo(say("The picture is damaged or cut off. Save it anew.")) from None
    if plain is None:
        raise UnfitLogo(
            say(
                "The picture has {width} × {height} pixels, more than a logo can need. Save it smaller.",
                width=size[0],
                height=size[1],
            )
        )
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    bare.thumbnail(BOX)
    stream = io.BytesIO()
    if kind == "JPEG":
        bare.save(stream, "JPEG", quality=88, optimize=True)
    else:
        kind = "PNG"
        bare.save(stream, "PNG", optimize=True)
    return Embedded(_KINDS[kind], stream.getvalue())


def _pixels(picture: Image) -> Image:
    """Return a picture as plain colours, with transparency where it has some."""
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def clean_svg(content: bytes) -> bytes:
    r"""Return an SVG that holds shapes, texts and colours only.

    Remarks, titles and editors' notes are left out. A script, an event handler, an address, an entity or an element
    that is no shape is refused rather than taken out: a logo does not need it, and what is left would be another logo.

    Raises
    ------
    UnfitLogo
        The file is no SVG, or holds something of the kind.

    Examples
    --------
    >>> clean_svg(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>x</title><path d="M0 0h1"/></svg>')
    b'<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1" /></svg>'
    """
    root = _parsed(content)
    if root.tag not in {f"{{{_SVG}}}svg", "svg"}:
        raise UnfitLogo(_no_logo())
    found = tuple(dict.fromkeys(_faults(root)))
    if found:
        raise UnfitLogo(
            say(
                "The SVG holds {found}; a logo in a report may hold shapes, texts and colours only. Export it anew as plain SVG.",
                found=joined(found, ", "),
            )
        )
    kept = _kept(root)
    if "viewBox" not in kept.attrib and not {"width", "height"} <= kept.attrib.keys():
        raise UnfitLogo(
            say("The SVG has neither a viewBox nor a width and height, so its size is not known. Export it anew.")
        )
    kept.set("xmlns", _SVG)
    return ET.tostring(kept, encoding="unicode").encode()


def _no_logo() -> Said:
    return say("The file is no SVG, PNG, JPEG or WebP. Save the logo as one of these.")


def _parsed(content: bytes) -> ET.Element:
    """Return the document; one that declares entities, or needs anything from outside, is not read at all."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    text = re.sub(
        rb"<!DOCTYPE\s+svg[^\[>]*>", b"", content, count=1
    )  # what drawing programs write: it declares nothing
    try:
        root: ET.Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        raise UnfitLogo(
            say("The SVG declares entities or a document type of its own. Export it anew as plain SVG.")
        ) from None
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        raise UnfitLogo(_no_logo()) from None
    return root


def _local(name: str, namespace: str = _SVG) -> str:
    """Return a name without its namespace; an empty text where it belongs to another."""
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    return local if space == namespace else ""


def _faults(root: ET.Element) -> Iterator[Said]:
    """Name what an SVG holds that a logo may not."""
    for element in root.iter():
        name = _local(element.tag)
        if name.lower() == "script":
            yield say("a script")
        elif name and name not in _SHAPES | _DROPPED:
            yield say("the element `{name}`", name=name[:40])
        if name == "style" and _ADDRESS_IN_STYLE.search("".join(element.itertext())):
            yield say("a style with an address or a rule that loads something")
        for attribute, value in element.attrib.items():
            yield from _attribute_faults(attribute, value)


def _attribute_faults(attribute: str, value: str) -> Iterator[Said]:
    name = _local(attribute) or _local(attribute, _XLINK)
    if name.lower().startswith("on"):
        yield say("an event handler")
    elif name == "href" and not value.strip().startswith("#"):
        yield say("an address to load from")
    elif name != "href" and _ADDRESS_IN_STYLE.search(value) and name in _ATTRIBUTES:
        yield say("a style with an address or a rule that loads something")


def _kept(element: ET.Element) -> ET.Element:
    """Return an element with what it may have; nothing of other namespaces."""
    made = ET.Element(_local(element.tag))
    for attribute, value in element.attrib.items():
        name = _local(attribute) or _local(attribute, _XLINK)
        if name in _ATTRIBUTES or name == "href":
            made.set(name, value)
    made.text = _spaced(element.text)
    for child in element:
        if _local(child.tag) in _SHAPES:
            copy = _kept(child)
            copy.tail = _spaced(child.tail)
            made.append(copy)
    return made


def _spaced(text: str | None) -> str | None:
    return text if text and text.strip() else None
