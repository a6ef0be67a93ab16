"""Numbers as people write them: 1 234,50, 1,234.50 and 1'234.50, and a typographic minus."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Mark = Literal[".", ","]

_BLANKS = re.compile("[\u0020\u00a0\u2007\u2009\u202f]")
_MINUS = str.maketrans("\u2212\u2013", "--")
_BEHIND = re.compile(r"([0-9][0-9.,]*)-")
"""5,00- is how SAP writes less than nothing."""
_BRACKETED = re.compile(r"\(([0-9][0-9.,]*)\)")
"""(5.00) is how accountants do."""
_APOSTROPHES = re.compile("[\u2019\u02bc\u00b4`]")
_SPACED = re.compile(r"(?<![0-9 '])[+-]?[0-9]{1,3}([ '])[0-9]{3}(?:\1[0-9]{3})*(?![0-9 '])")
"""1 234 and, as the Swiss and some programs of theirs write it, 1'234."""
_GROUPED = {
    ".": re.compile(r"[+-]?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?"),
    ",": re.compile(r"[+-]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)?(?:,[0-9]*)?(?:[eE][+-]?[0-9]+)?"),
}
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1,234 and 1.234: a thousand and more, or one and a fraction."""
_DIGITS = re.compile("[1-9]")


def parse_numbers(cells: list[Cell], decimal: Mark | None = None, elsewhere: Sequence[str] = ()) -> Parsed[float]:
    """Read distinct cells as numbers.

    The decimal mark is decided for the column: one value that can be read in one way only decides for those that
    could be read in two, such as 1,234. A column without such a value is unclear.

    Parameters
    ----------
    cells
        Distinct cells; numbers from Excel and Parquet are taken as they are.
    decimal
        The decimal mark, if the settings name it.
    elsewhere
        Other texts of the same column, which decide with these.

    Examples
    --------
    >>> parse_numbers(["1 234,50", "\u22125", "9 %"]).found
    [1234.5, -5.0, None]
    """
    texts = [tidy(cell) if isinstance(cell, str) else "" for cell in cells]
    every = [*map(tidy, elsewhere), *texts]
    marks = {mark for text in every if (mark := mark_of(text)) is not None}
    chosen = decimal or (next(iter(marks)) if len(marks) == 1 else None)
    either = next((text for text in every if _EITHER.fullmatch(text)), None)
    if chosen is None and either is not None:
        return Parsed([None] * len(cells), unclear=_unclear(either))
    values: list[float | None] = []
    wrong: dict[int, Wrong] = {}
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        value = _number(text, chosen) if isinstance(cell, str) else float(cell)
        values.append(value)
        if value is None and text:
            wrong[place] = _wrong(text)
    said = say("decimal comma") if "," in marks and decimal is None else ""
    return Parsed(values, wrong, inferred=said)


STARS = "\u2605\u2606\u2b50"
"""Full and empty stars, in which some tools write a score."""


def tidy(text: str) -> str:
    """Return a number's text with plain signs and without the spaces or apostrophes that group its digits.

    Examples
    --------
    >>> tidy(" \u22121\u00a0234,5 ")
    '-1234,5'
    >>> tidy("5,00-"), tidy("(1,234.50)"), tidy("1\u2019234,50"), tidy("1'23")
    ('-5,00', '-1,234.50', '1234,50', "1'23")
    """
    plain = as_text(text)
    plain = plain if plain.isascii() else plain.translate(_MINUS)
    if not plain.isascii() or " " in plain or "'" in plain or "`" in plain:
        plain = _BLANKS.sub(" ", _APOSTROPHES.sub("'", plain))
        grouped = _SPACED.search(plain)
        digits = grouped[0].replace(grouped[1], "") if grouped else ""
        plain = plain[: grouped.start()] + digits + plain[grouped.end() :] if grouped else plain
    if plain[-1:] in {"-", ")"}:
        behind = _BEHIND.fullmatch(plain) or _BRACKETED.fullmatch(plain)
        return plain if behind is None else f"-{behind[1]}"
    return plain


def by_shape(texts: Iterable[str]) -> dict[str, str]:
    """Return the first text of each shape, which is the text with 9 for every digit but 0: how a column is read, the shapes decide.

    Examples
    --------
    >>> by_shape(["12,50", "81,30", "1 200", "120"])
    {'99,90': '12,50', '9 900': '1 200', '990': '120'}
    """
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(_DIGITS.sub("9", text), text)
    return found


def mark_of(text: str) -> Mark | None:
    """Return the decimal mark that a text shows beyond doubt, or None."""
    if "," not in text and "." not in text:
        return None
    fits: list[Mark] = [mark for mark in (".", ",") if _GROUPED[mark].fullmatch(text)]
    return fits[0] if len(fits) == 1 else None


def _number(text: str, mark: Mark | None) -> float | None:
    chosen = mark or mark_of(text) or "."
    if not _GROUPED[chosen].fullmatch(text) or not any(sign.isdigit() for sign in text):
        return None
    group = "," if chosen == "." else "."
    value = float(text.replace(group, "").replace(chosen, "."))
    return value if math.isfinite(value) else None


def _wrong(text: str) -> Wrong:
    if text.endswith("%"):
        return Wrong(
            "percent",
            say("This is a percentage; whether 5 % means 5 or 0.05 cannot be known."),
            say("Give the column as plain numbers."),
        )
    if any(sign.isdigit() or sign in STARS for sign in text):  # what holds a number is an answer
        return Wrong(
            "not_a_number", say("This is not a number."), say("Correct it, or export the column as numbers alone.")
        )
    return Wrong(
        "not_a_number",
        say("This is not a number."),
        say("Correct it, or list it under `missing` if it means no answer."),
    )


def _unclear(text: str) -> Wrong:
    return Wrong(
        "ambiguous_numbers",
        say(
            "{text} may mean {one} or {other}, and nothing in the column decides.",
            text=text,
            one=text.replace(",", "").replace(".", ""),
            other=text.replace(",", "."),
        ),
        say(
            "Say which with `{comma}` or `{point}` in the source's block.",
            comma='decimal: ","',
            point='decimal: "."',
        ),
    )


def numbers_equal(cells: Iterable[Cell], number: float) -> list[bool]:
    """Tell which cells are this number: 11, 11.0 and 11,0 alike.

    Examples
    --------
    >>> numbers_equal(["11", "11,0", 11.0, "Blank"], 11)
    [True, True, True, False]
    """
    return [(float(cell) if not isinstance(cell, str) else _number(tidy(cell), None)) == number for cell in cells]
