"""What the columns of tables of counts, shares and means are called, and the figures that stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

RESPONDENTS = frozenset(
    {
        *("n", "vastaajia", "vastaajat", "vastaajamäärä", "vastaajien määrä", "vastaajien lukumäärä"),
        *("vastauksia", "vastausten määrä", "vastausmäärä", "antal svar", "antal svarande", "antal respondenter"),
        *("respondents", "number of responses", "number of respondents", "total responses", "response count"),
    }
)
"""Counts that can be of nothing but answers."""
COUNTS = RESPONDENTS | {
    *("lkm", "lukumäärä", "kpl", "määrä", "frekvenssi", "antal", "frekvens", "count", "counts", "frequency"),
}
SHARES = frozenset(
    {
        *("%", "prosentti", "prosenttia", "prosenttiosuus", "osuus", "osuus %", "%-osuus"),
        *("procent", "andel", "andel %", "andel i %", "percent", "percentage", "share", "share %", "response percent"),
    }
)
MEANS = frozenset(
    {
        *("keskiarvo", "ka", "medelvärde", "medeltal", "genomsnitt", "mean", "average", "avg"),
        *("painotettu keskiarvo", "viktat medelvärde", "viktat genomsnitt", "weighted average", "weighted mean"),
    }
)
OPTIONS = frozenset({"answer choices", "vastausvaihtoehdot", "vastausvaihtoehto", "svarsalternativ", "svarsval"})
"""What the first column of a survey tool's summary is called."""
ANSWERS = frozenset({"responses", "vastaukset", "svar"})
"""What its second one is called."""


def plain(heading: str) -> str:
    """Return a heading as it is compared.

    Examples
    --------
    >>> plain(" Lkm. "), plain("(n)"), plain("Osuus (%)")
    ('lkm', 'n', 'osuus %')
    """
    return " ".join(heading.replace("(", " ").replace(")", " ").split()).rstrip(".:").casefold()


def figures(cells: Iterable[Cell]) -> list[float | None]:
    """Return the numbers of a column, of percentages those before their sign; None for what is none.

    Examples
    --------
    >>> figures(["45,0 %", 12, "", "ei"])
    [45.0, 12.0, None, None]
    """
    texts = [as_text(cell).rstrip("%") if isinstance(cell, str) else cell for cell in cells]
    return parse_numbers(texts).found
