"""A finished page as a stranger sees it: its tags, what they ask for, and its text, read by the parser of the standard library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

_TEXT_ATTRIBUTES = {"alt", "title", "aria-label", "content", "value", "placeholder"}


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
    """

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    style: str = ""

    @cached_property
    def readings(self) -> tuple[str, str]:
        """The text read twice: tags as spaces, and tags as nothing, so that a word cut by markup is met whole."""
        return tuple(plain(glue.join([*self.texts, *self.spoken])) for glue in (" ", ""))  # type: ignore[return-value]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.seen.tags.append((tag, attributes))
        self.seen.spoken += [f" {text} " for name, text in attributes.items() if name in _TEXT_ATTRIBUTES]
        self.seen.style += attributes.get("style", "") + "\n"
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.seen.style += data
        else:
            self.seen.texts.append(data)


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


def plain(text: str) -> str:
    r"""Return a text with every kind of space as one space, letters composed, and nothing around it.

    Examples
    --------
    >>> plain(" Maija\u00a0 Virtanen")
    'Maija Virtanen'
    """
    visible = re.sub("[\u00ad\u200b]", "", unicodedata.normalize("NFC", text))
    return " ".join(visible.split())
