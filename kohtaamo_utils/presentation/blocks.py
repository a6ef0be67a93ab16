"""The blocks that a report's section is built of. They hold plain text only: markup is made when they are rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.controls import Live


@dataclass(frozen=True)
class Lead:
    """The answer, in a sentence or two; stands first."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list; each entry may start with a strong part."""

    items: tuple[tuple[str, str], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quotes:
    """What people said in their own words, under a heading.

    Parameters
    ----------
    title
        Whose words they are.
    texts
        One quotation each; lines are paragraphs. They may be in another language than the page.
    languages
        Language of each (``fi``, ``sv``, ``en``; empty where it is not known), so that it is read aloud in it; empty
        where no language is told.
    level
        Level of the heading: 4 within a part.
    """

    title: str
    texts: tuple[str, ...]
    languages: tuple[str, ...] = ()
    level: Literal[3, 4] = 3

    def __post_init__(self) -> None:
        if self.languages and len(self.languages) != len(self.texts):
            raise ValueError(f"quotes {self.title!r}: each needs its language, or none is told")

    @property
    def spoken(self) -> tuple[tuple[str, str], ...]:
        """Each text with its language, empty where it is not known."""
        return tuple(zip(self.texts, self.languages or ("",) * len(self.texts), strict=True))


@dataclass(frozen=True)
class Callout:
    """A remark set apart: a caution, or what is missing."""

    text: str
    tone: Literal["note", "caution"] = "note"


@dataclass(frozen=True)
class Card:
    """One headline figure.

    Parameters
    ----------
    label, value
        What it is and how much.
    detail
        Interval and n.
    caveat
        What this figure does not tell.
    """

    label: str
    value: str
    detail: str = ""
    caveat: str = ""


@dataclass(frozen=True)
class Cards:
    """A row of headline figures."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Table:
    """A table with its caption. The first column is the row header.

    Parameters
    ----------
    caption
        What the table shows.
    columns
        Column headings.
    rows
        Cells as text, one tuple a row, as many cells as columns.
    numeric
        Positions of the columns that hold numbers (right-aligned).
    note
        A line under the table.
    tones
        Row position to tone (``good``, ``weak``, ``muted``); never the only carrier of a fact.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    note: str = ""
    tones: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.caption!r}: each row needs {len(self.columns)} cells")


@dataclass(frozen=True)
class Chart:
    """A picture with everything that stands for it when it cannot be seen.

    Parameters
    ----------
    svg
        Inline SVG without a title of its own.
    title
        The finding, as a sentence.
    description
        The same facts in words.
    table
        The data, shown folded under the chart; None where a table stands beside it anyway.
    """

    svg: str
    title: str
    description: str
    table: Table | None = None

    def __post_init__(self) -> None:
        if not self.description.strip() or not self.title.strip():
            raise ValueError("a chart needs a title and a description")


@dataclass(frozen=True)
class Fold:
    """Details that open on demand, e.g. method notes."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """A part of a section under a heading of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Lines:
    """Lines to write on, each with its label: for a page that is printed and filled in by hand."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Formula:
    """One number, computed: what it is, the formula, the formula with numbers, and what comes of it.

    Parameters
    ----------
    words
        What is computed.
    formula, numbers
        MathML, in pieces between which a line may be broken; empty where there is nothing to tell.
    result
        The number as text.
    """

    words: str
    formula: tuple[str, ...]
    numbers: tuple[str, ...]
    result: str


@dataclass(frozen=True)
class Formulas:
    """Steps of a calculation, in order."""

    steps: tuple[Formula, ...]


@dataclass(frozen=True)
class WhatIf:
    """Assumptions that the reader can move; where scripts are blocked, the blocks that stand for it.

    Parameters
    ----------
    title, intro
        What it is for.
    live
        What the script makes of it.
    without
        What stands there without the script.
    """

    title: str
    intro: str
    live: Live
    without: tuple[Block, ...]


Block = Lead | Paragraph | Bullets | Quotes | Callout | Cards | Table | Chart | Fold | Part | Lines | Formulas | WhatIf
