"""A reader of the 360 reports' files: what is printed in them, as facts.

He reads, of each report's page and ``results.json``:

- tables, each by its caption. `TABLES` says what each one holds; a table that is not in it stops him, so that a newly
  published part cannot be passed over. Cells are numbers with one decimal, bands ("4,5 tai yli"), counts, or dashes;
- bullets that name the competencies of each quadrant;
- charts: their descriptions, the texts in the picture and the positions that it draws at;
- the figures of ``results.json``. A value there or in a picture that has more digits than are printed is a fact of its own.

Lead sentences and cards repeat what tables say: `numbers_in` collects all numbers that a page shows, for the test that each
of them is printed in a table. To have a new part read: add its caption to `TABLES` with a function that turns a `Table`
into facts; what is not a mean or a difference of means is told apart by the twins of `file_attack`, which compare whole files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from html import unescape
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.presentation.numbers import NOTHING
from kohtaamo_utils.reports.catalogue import COMPETENCY_LABELS
from kohtaamo_utils.reports.review_360.cells import RATER_LABELS
from kohtaamo_utils.reports.review_360.johari import QUADRANT_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from file_pages import File

    from kohtaamo_utils.presentation.wording import Wording

HALF = Fraction(1, 20)
_TABLE = re.compile(r"<table>\s*<caption>(.*?)</caption>(.*?)</table>", re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_BULLET = re.compile(r"<li><strong>(.*?)</strong>(.*?)</li>", re.DOTALL)
_CHART = re.compile(r'<svg.*?</svg>.*?<p class="sr"[^>]*>(.*?)</p>', re.DOTALL)
_MARK = re.compile(r'<circle cx="([^"]+)" cy="(\d+)" class="(first|second)"/>')
_CELL_TEXT = re.compile(r"(?P<value>.+?)(?: \((?P<n>\d+)\))?")
_NUMBER = re.compile(r"[+−-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Table:
    """A table of a page: caption, column headings, rows of texts."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Printed:
    """A fact: a mean, or a difference to self, lies between two values.

    Parameters
    ----------
    kind
        ``mean``; ``gap``, self less the mean; ``reviewees``, a mean over reviewees; ``raters``, a count.
    question
        Competency or item; empty for a count.
    unit
        Rater group as shown.
    low, high
        Bounds; equal where the value is known with all its digits.
    number
        Whether it is a number: known to within rounding, and not a band or a bound only.
    n
        Number of answers behind it, where told.
    """

    kind: str
    question: str
    unit: str
    low: Fraction
    high: Fraction
    number: bool = True
    n: int | None = None


@dataclass(frozen=True)
class Words:
    """The words of a language that facts are recognised by."""

    t: Wording
    scale: tuple[int, int]

    def group(self, label: str) -> str:
        """Return the code of a rater group's or a pool's name."""
        names = {self.t(name): code for code, name in RATER_LABELS.items()}
        return "+".join(names[part] for part in label.split(" + "))

    def competency(self, label: str) -> str:
        """Return the code of a competency's name."""
        return {self.t(name): code for code, name in COMPETENCY_LABELS.items()}.get(label, label)

    def value(self, text: str) -> tuple[Fraction, Fraction, bool, int | None] | None:
        """Return a cell's bounds, whether it is a number, and its n; None for a dash.

        Raises
        ------
        ValueError
            The text is something else: nothing that is printed may be passed over.
        """
        found = _CELL_TEXT.fullmatch(text)
        if text == NOTHING or found is None:
            if text != NOTHING:
                raise ValueError(text)
            return None
        n = int(found["n"]) if found["n"] else None
        shown = _NUMBER.search(found["value"])
        if shown is None:
            raise ValueError(text)
        number = Fraction(shown[0].replace("−", "-").replace(",", "."))
        if shown[0] == found["value"]:
            return *rounded(number), True, n
        if found["value"] == self.t("{limit} or more", limit=shown[0]):
            return number - HALF, Fraction(self.scale[1]), False, n
        if found["value"] == self.t("{limit} or less", limit=shown[0]):
            return Fraction(self.scale[0]), number + HALF, False, n
        raise ValueError(text)


def rounded(number: Fraction) -> tuple[Fraction, Fraction]:
    """Return what may have been rounded to a number of one decimal; a number with more digits is what it is."""
    return (number - HALF, number + HALF) if (number * 10).denominator == 1 else (number, number)


def facts_of(file: File, words: Words) -> list[Printed]:
    """Return everything that a file tells; each fact once."""
    of_group = file.subject == "group"
    found: dict[Printed, None] = {}
    for html in file.sections.values():
        for table in tables_in(html):
            found |= dict.fromkeys(_reader(table, words.t)(table, words, of_group))
        found |= dict.fromkeys(_quadrants(html, words))
        found |= dict.fromkeys(_charts(html, words, of_group))
    found |= dict.fromkeys(_figures(file.results, of_group))
    return list(found)


def tables_in(html: str) -> Iterator[Table]:
    """Yield the tables of a page, folded ones too."""
    for caption, body in _TABLE.findall(html):
        rows = [
            tuple(unescape(re.sub(r"<[^>]+>", "", cell)) for cell in _CELL.findall(row)) for row in _ROW.findall(body)
        ]
        yield Table(unescape(caption), rows[0], tuple(rows[1:]))


# ---------------------------------------------------------------- tables


def _means(table: Table, words: Words, of_group: bool) -> Iterator[Printed]:
    kind = "reviewees" if of_group else "mean"
    for row in table.rows:
        for label, text in zip(table.columns[1:], row[1:], strict=True):
            if value := words.value(text):
                yield Printed(kind, words.competency(row[0]), words.group(label), *value)


def _gaps(table: Table, words: Words, of_group: bool) -> Iterator[Printed]:
    for label, text, *_ in table.rows:
        if value := words.value(text):
            yield Printed("reviewees gap" if of_group else "gap", words.competency(label), "others", *value)


def _raters(table: Table, words: Words, _: bool) -> Iterator[Printed]:
    for label, text in table.rows:
        if text.isdigit():
            yield Printed("raters", "", words.group(label), Fraction(text), Fraction(text), n=int(text))


def _own_and_others(table: Table, words: Words, of_group: bool) -> Iterator[Printed]:
    """Read a list of questions by their gaps: the gap is of the printed means beside it."""
    yield from _means(
        replace(table, columns=table.columns[:3], rows=tuple(row[:3] for row in table.rows)), words, of_group
    )


def _nothing_linear(*_: Any) -> Iterator[Printed]:
    """Read nothing: spreads, reliability, and what is computed from numbers that are printed elsewhere."""
    return iter(())


_QUESTION = "Question"
TABLES: dict[str, Callable[[Table, Words, bool], Iterator[Printed]]] = {
    "Who answered": _raters,
    "Means by competency and rater group": _means,
    "By what the behaviour speaks to": _nothing_linear,
    "Self less all others, scale points": _gaps,
    "You rate yourself higher than the others do": _own_and_others,
    "You rate yourself lower than the others do": _own_and_others,
    "Agreement within rater groups": _nothing_linear,
    "How many raters would be needed?": _nothing_linear,
    "The same by this programme's own ratings, all others together": _nothing_linear,
    "Number of answers at each point of the scale: {competency}": _nothing_linear,
    "All others, the waves side by side": _nothing_linear,
    "Yourself, your manager and each rater group": _nothing_linear,
    "Means over reviewees": _means,
    "How much the reviewees differ: standard deviation": _nothing_linear,
    "The competencies in order of the others' means": _nothing_linear,
    "How many of the reviewees have it as …": _nothing_linear,
    "Reliability of the others' ratings": _nothing_linear,
    "Reliability within rater groups": _nothing_linear,
    "Rows read from the files": _nothing_linear,
}
"""How each table is read, by its caption in English; lists of questions by the heading of their first column."""


def _reader(table: Table, t: Wording) -> Callable[[Table, Words, bool], Iterator[Printed]]:
    """Return how a table is read.

    Raises
    ------
    KeyError
        Nothing is known of such a table: add it to `TABLES`.
    """
    for caption, reader in TABLES.items():
        head, _, rest = t(caption).partition("{")
        if table.caption == head or (rest and table.caption.startswith(head)):
            return reader
    if table.columns[0] == t(_QUESTION):
        return _means
    raise KeyError(table.caption)


# ---------------------------------------------------------------- everything else


def _quadrants(html: str, words: Words) -> Iterator[Printed]:
    """Read which quadrant a competency is in: a bound on the others' mean beside one's own."""
    names = {f"{words.t(label)}:": place for place, label in QUADRANT_LABELS.items()}
    middle = Fraction(sum(words.scale) + 1, 2)
    bounds = {
        "known_strength": ("mean", middle - HALF, Fraction(words.scale[1])),
        "known_development_area": ("mean", Fraction(words.scale[0]), middle),
        "blind_spot": ("gap", Fraction(2, 5), Fraction(9)),
        "hidden_strength": ("gap", Fraction(-9), Fraction(-2, 5)),
    }
    for label, text in _BULLET.findall(html):
        place = names.get(unescape(label))
        for code, name in COMPETENCY_LABELS.items() if place else ():
            if words.t(name).lower() in unescape(text):
                kind, low, high = bounds[str(place)]
                yield Printed(kind, code, "others", low, high, number=False)


def _charts(html: str, words: Words, of_group: bool) -> Iterator[Printed]:
    """Read where a chart of means draws its marks, and the texts in its description; other charts repeat tables."""
    for found in _CHART.finditer(html):
        heads, _, facts = unescape(found[1]).partition(": ")
        try:
            units = dict(zip(("first", "second"), map(words.group, heads.split(" / ")), strict=True))
        except (KeyError, ValueError):  # of no two rater groups
            assert not _MARK.search(found[0]), heads
            continue
        lines = [fact.rpartition(": ") for fact in facts.removesuffix(".").split("; ")]
        kind = "reviewees" if of_group else "mean"
        for x, place, side in _MARK.findall(found[0]):
            yield Printed(kind, words.competency(lines[int(place)][0]), units[side], *rounded(Fraction(x)))
        for label, _, texts in lines:
            for unit, text in zip(units.values(), texts.split(" / "), strict=True):
                if value := words.value(text):
                    yield Printed(kind, words.competency(label), unit, *value)


def _figures(results: dict[str, Any], of_group: bool) -> Iterator[Printed]:
    """Read the figures of ``results.json``."""
    for figure in results["figures"]:
        scope, value = figure["scope"], Fraction(str(figure["value"]))
        question, unit = scope.get("competency", scope.get("item", "")), scope.get("rater_group", "others")
        if figure["name"] in ("competency_mean", "item_mean"):
            kind = "reviewees" if of_group else "mean"
            yield Printed(kind, question, unit, *rounded(value), n=figure["n"])
        elif figure["name"] == "gap":
            yield Printed("reviewees gap" if of_group else "gap", question, unit, *rounded(value))


def numbers_in(html: str) -> set[str]:
    """Return all numbers that stand in a page's texts, descriptions and pictures, as printed."""
    return set(re.findall(r"\d+(?:[.,]\d+)?", unescape(re.sub(r"<[^>]+>", " ", html))))
