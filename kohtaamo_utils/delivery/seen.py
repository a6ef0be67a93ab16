"""A finished page as a stranger sees it: its tags, what they ask for, and its text, read by the parser of the standard library."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT_ATTRIBUTES = {"alt", "title", "aria-label", "content", "value", "placeholder"}
_DRAWN = {"path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "text", "use"}
_PICTURE = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/]{16}")


@dataclass
class Drawing:
    """A figure of a page, and whether there is a picture in it."""

    drawn: bool = False


@dataclass
class Seen:
    """What is in a page.

    Parameters
    ----------
    tags
        Each start tag with its attributes, in order.
    texts
        Each piece of text between tags, character references resolved.
    spoken
        Texts that attributes carry to a reader, e.g. descriptions of pictures.
    style
        What stands in style elements and style attributes.
    scripts
        What stands in each script element, in order.
    data
        Texts in the data that attributes carry for a script.
    tables
        Each table as rows of cells' texts; the cells of a table within a cell belong to the inner one.
    figures
        Each figure element.
    """

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    style: str = ""
    scripts: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    figures: list[Drawing] = field(default_factory=list)

    @cached_property
    def readings(self) -> tuple[str, str]:
        """The text read twice: tags as spaces, and tags as nothing, so that a word cut by markup is met whole."""
        return tuple(plain(glue.join([*self.texts, *self.spoken])) for glue in (" ", ""))  # type: ignore[return-value]

    @cached_property
    def carried(self) -> str:
        """The data's texts; apart from the readings, for a script fills their places before a reader meets them."""
        return plain(" ".join(self.data))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._inside = ""
        self._tables: list[list[list[str]]] = []
        self._figures: list[Drawing] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.seen.tags.append((tag, attributes))
        self.seen.spoken += [f" {text} " for name, text in attributes.items() if name in _TEXT_ATTRIBUTES]
        self.seen.style += attributes.get("style", "") + "\n"
        self.seen.data += [
            text for name, value in attributes.items() if name.startswith("data-") for text in _texts_of(value)
        ]
        self._inside = tag
        if tag == "script":
            self.seen.scripts.append("")
        self._open_part(tag, attributes)

    def _open_part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._tables.append([])
            self.seen.tables.append(self._tables[-1])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in {"td", "th"} and self._tables and self._tables[-1]:
            self._tables[-1][-1].append("")
        elif tag == "figure":
            self._figures.append(Drawing())
            self.seen.figures.append(self._figures[-1])
        elif self._figures and (tag in _DRAWN or _is_picture(tag, attributes)):
            self._figures[-1].drawn = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag in {"style", "script"} else self._inside
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "figure" and self._figures:
            self._figures.pop()

    def handle_comment(self, data: str) -> None:
        """Read a remark as well: no browser shows it, and it is in the file."""
        self.seen.spoken.append(f" {unescape(data)} ")

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.seen.style += data
        elif self._inside == "script":
            self.seen.scripts[-1] += data
        else:
            self.seen.texts.append(data)
            if self._tables and self._tables[-1] and self._tables[-1][-1]:
                self._tables[-1][-1][-1] += data


def _is_picture(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element is a picture that the file holds, or the place into which the kit's script draws one."""
    held = tag == "img" and _PICTURE.match(attributes.get("src", ""))
    return bool(held) or (attributes.get("role") == "img" and attributes.get("data-part", "").endswith("-chart"))


def look(html: str) -> Seen:
    """Read a page.

    Examples
    --------
    >>> look("<p>Maija <b>Virta</b>nen</p>").readings
    ('Maija Virta nen', 'Maija Virtanen')
    """
    reader = _Reader()
    reader.feed(str(html))  # str(): a Markup would escape what the parser has just read
    reader.close()
    return reader.seen


def _texts_of(value: str) -> Iterator[str]:
    """Yield the texts in an attribute's data: of JSON every key and text, of anything else the whole."""
    try:
        waiting = [json.loads(value)]
    except ValueError:
        yield value
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str):
            yield item


def plain(text: str) -> str:
    r"""Return a text with every kind of space as one space, letters composed, and nothing around it.

    Examples
    --------
    >>> plain(" Maija\u00a0 Virtanen")
    'Maija Virtanen'
    """
    visible = re.sub("[\u00ad\u200b]", "", unicodedata.normalize("NFC", text))
    return " ".join(visible.split())
