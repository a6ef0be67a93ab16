"""A drawing without what nobody sees: names that nothing points at, groups of one, digits beyond a hundredth of a point."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]+>)")
_LONG = re.compile(r"-?\d+\.\d{3,}")
_POINTS = re.compile(r"\s*\n\s*")
_NAME = re.compile(r' id="([^"]*)"')
_UNTURNED = re.compile(r' transform="rotate\(-?0(?:\.0+)? [^"]*\)"')
_UNSEEN = re.compile(r'<path d="[^"]*"(?: clip-path="[^"]*")? style="fill: none"/>|<path d=""[^>]*/>')
_LEGEND = "legend"


def compact(svg: str) -> str:
    r"""Return the same drawing in fewer bytes; texts stay as they are, and so do the names within a legend.

    Parameters
    ----------
    svg
        As matplotlib writes it.

    Examples
    --------
    >>> compact('<g id="a"><g id="b"><path d="M 1.23456 2 \nL 3 4" style="stroke: #123456"/></g></g>')
    '<path d="M 1.23 2L 3 4" style="stroke: #123456"/>'
    """
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    written: list[str] = []
    kept: list[bool] = []
    in_legend = 0
    for number, piece in enumerate(_TAG.split(svg)):
        if not number % 2:
            written.append(piece if piece.strip() else "")
        elif piece == "</g>":
            in_legend = in_legend if in_legend < len(kept) else 0
            written.append(piece if kept.pop() else "")
        elif piece.startswith("<g") and not piece.endswith("/>"):
            in_legend = in_legend or (len(kept) + 1 if f'id="{_LEGEND}' in piece else 0)
            tag = _shorter(piece, used, whole=bool(in_legend))
            kept.append(tag != "<g>")
            written.append(tag if kept[-1] else "")
        else:
            written.append(_seen(_shorter(piece, used, whole=bool(in_legend))))
    return "".join(written).replace("<defs></defs>", "").replace("</text>", "</text>\n")  # so that words stay words


def _shorter(tag: str, used: set[str], *, whole: bool) -> str:
    """Return a tag with short numbers and without a name that is not used."""
    if not whole:
        tag = _NAME.sub(lambda name: name[0] if name[1] in used else "", tag)
    tag = _LONG.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").removesuffix("."), _UNTURNED.sub("", tag))
    return _POINTS.sub("", tag)


def _seen(tag: str) -> str:
    return "" if _UNSEEN.fullmatch(tag) or tag == "<g/>" else tag
