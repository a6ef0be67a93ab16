"""What a page shows on a screen, made into what stands on paper.

Folded notes are open, pictures carry their description, formulas are text, and what only a script would fill is left out.
The page's parts come from our own templates or were cleaned, so each element is closed and no text looks like a tag.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.pdf.formula_text import formula_html

if TYPE_CHECKING:
    from collections.abc import Mapping

Attributes = dict[str, str]
_VOID = {"br", "img", "hr", "input", "wbr", "col"}
_LEFT_OUT = {("template", ""), ("p", "sr")}
"""What is not printed: the script's forms, and descriptions, which go to their pictures."""
_BECOMES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("details", "fold"): ('<div class="fold">', "</div>"),
    ("details", "data"): ('<div class="data">', "</div>"),
    ("summary", ""): ('<p class="title">', "</p>"),
    ("section", "scroll"): ('<div class="scroll">', "</div>"),
    ("div", "what-if"): ("<div>", "</div>"),
    ("div", "sum"): ("<div>", "</div>"),
    ("dl", "cards"): ('<ul class="cards">', "</ul>"),
    ("div", "card"): ('<li class="card">', "</li>"),
    ("dt", ""): ('<p class="label">', "</p>"),
    ("dd", ""): ("<div>", "</div>"),
}
"""What an element of a class is on paper: how it begins and ends."""


def unfolded(html: str) -> str:
    """Return a part of a page as it is printed.

    Parameters
    ----------
    html
        The part as the page has it.

    Examples
    --------
    >>> unfolded('<details class="fold"><summary>How?</summary><p>So.</p></details>')
    '<div class="fold"><p class="title">How?</p><p>So.</p></div>'
    """
    reader = _Unfolder()
    reader.feed(str(html))
    reader.close()
    return "".join(reader.written)


@dataclass
class _Picture:
    """A picture whose description comes after it: where in the text it belongs."""

    place: int
    described_by: str


@dataclass
class _Aside:
    """An element whose content is kept apart: a formula, or a description."""

    tag: str
    attributes: Attributes
    content: list[str] = field(default_factory=list)
    depth: int = 1


class _Unfolder(HTMLParser):
    """Writes what it reads, element by element, as the tables above say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._ends: list[str] = []
        self._aside: _Aside | None = None
        self._pictures: list[_Picture] = []
        self._described_by = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw, attributes = self.get_starttag_text() or "", {name: value or "" for name, value in attrs}
        if self._aside is not None:
            self._aside.content.append(raw)
            self._aside.depth += tag not in _VOID
            return
        classes = [*attributes.get("class", "").split(), ""]
        if tag == "math" or any((tag, name) in _LEFT_OUT for name in classes):
            self._aside = _Aside(tag, attributes)
            return
        begins, ends = next((_BECOMES[tag, name] for name in classes if (tag, name) in _BECOMES), (raw, f"</{tag}>"))
        if "picture" in classes:
            self._described_by, begins = attributes.get("aria-describedby", ""), '<div class="picture">'
        self.written.append(begins)
        if tag == "svg" and self._described_by:
            self.written[-1] = begins.replace(' aria-hidden="true"', ' role="img"')
            self._pictures.append(_Picture(len(self.written), self._described_by))
            self.written.append("")
            self._described_by = ""
        if tag not in _VOID:
            self._ends.append(ends)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._aside is None:
            self.written.append(self._ends.pop() if self._ends else "")
            return
        self._aside.depth -= 1
        if self._aside.depth:
            self._aside.content.append(f"</{tag}>")
        else:
            self._finish(self._aside)
            self._aside = None

    def _finish(self, aside: _Aside) -> None:
        content = "".join(aside.content)
        if aside.tag == "math":
            self.written.append(formula_html(content))
        for picture in self._pictures:
            if aside.tag == "p" and picture.described_by == aside.attributes.get("id"):
                self.written[picture.place] = f"<title>{content}</title>"

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        del data  # nobody reads it on paper

    def _write(self, text: str) -> None:
        (self.written if self._aside is None else self._aside.content).append(text)
