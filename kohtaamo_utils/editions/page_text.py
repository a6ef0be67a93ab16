"""Where the texts of two pages differ: under which heading, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCKS = {
    "p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "h1", "h2", "h3", "h4", "summary", "blockquote", "text",
    "title", "desc", "aside", "div", "section", "footer", "tr", "label", "math", "output", "button", "option",
}  # fmt: skip
"""Elements that end one text and begin another."""
_HEADINGS = {"h1", "h2", "h3"}
_SILENT = {"style", "script"}


@dataclass(frozen=True)
class Difference:
    """A place where two pages differ.

    Parameters
    ----------
    heading
        The heading under which it stands; empty above the first.
    left, right
        What each page says there; empty where it says nothing.
    """

    heading: str
    left: str
    right: str


class _Reader(HTMLParser):
    """Collects the texts of a page with their headings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._heading, self._text, self._silent, self._inside = "", "", 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a new text at a block."""
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.flush()
        if tag in _HEADINGS:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """End the text of a block; a heading's names what follows."""
        self._silent -= tag in _SILENT
        if tag == self._inside:
            self._heading, self._inside = " ".join(self._text.split()), ""
        if tag in _BLOCKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        """Add to the text."""
        self._text += "" if self._silent else data

    def flush(self) -> None:
        """Keep the text that was read."""
        text = " ".join(self._text.split())
        if text:
            self.found.append((self._heading, text))
        self._text = ""


def texts(html: str) -> list[tuple[str, str]]:
    """Return a page's texts in order, each with the heading above it.

    Examples
    --------
    >>> texts("<h2>Answer</h2><p>NPS is <b>25</b>.</p><style>p{}</style>")
    [('Answer', 'Answer'), ('Answer', 'NPS is 25.')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.found


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Return where the texts of two pages differ.

    Examples
    --------
    >>> differences("<h2>Answer</h2><p>NPS is 25.</p>", "<h2>Answer</h2><p>NPS is 52.</p>")
    (Difference(heading='Answer', left='NPS is 25.', right='NPS is 52.'),)
    """
    return tuple(_differences(texts(left), texts(right)))


def _differences(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Iterator[Difference]:
    ours, theirs = ([text for _, text in side] for side in (left, right))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)  # texts alone: a renamed heading is one difference
    for how, a, b, c, d in matcher.get_opcodes():
        if how != "equal":
            for one, other in zip_longest(left[a:b], right[c:d]):
                heading = (other or one or ("", ""))[0]
                yield Difference(heading, one[1] if one else "", other[1] if other else "")


def first_line(left: bytes, right: bytes) -> int:
    r"""Return the first line, from 1, in which two files differ.

    Examples
    --------
    >>> first_line(b"a\nb\n", b"a\nc\n")
    2
    """
    pairs = zip_longest(left.split(b"\n"), right.split(b"\n"))
    return next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 0)
