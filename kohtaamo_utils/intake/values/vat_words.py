"""What the heading of an amount says of value added tax, in Finnish, Swedish and English."""

from __future__ import annotations

import re
from functools import cache

WITHOUT = (
    "veroton",
    "verott*",
    "ilman alv*",
    "ilman veroa",
    "ilman arvonlisäveroa",
    "alv 0",
    "alv0",
    "netto",
    "nettosumma",
    "nettohinta",
    "nettomyynti",
    "exkl moms",
    "exklusive moms",
    "utan moms",
    "ex moms",
    "moms 0",
    "nettobelopp",
    "nettopris",
    "excl vat",
    "excluding vat",
    "exclusive of vat",
    "ex vat",
    "without vat",
    "before vat",
    "excl tax",
    "excluding tax",
    "ex tax",
    "without tax",
    "before tax",
    "net",
)
"""Words of an amount without it; ``word*`` is any word that begins so."""
WITH = (
    "veroll*",
    "sis alv*",
    "sisältää alv*",
    "sis veron",
    "alvillinen",
    "arvonlisäveroineen",
    "brutto",
    "bruttosumma",
    "bruttohinta",
    "bruttomyynti",
    "inkl moms",
    "inklusive moms",
    "med moms",
    "bruttobelopp",
    "bruttopris",
    "incl vat",
    "including vat",
    "inclusive of vat",
    "inc vat",
    "with vat",
    "incl tax",
    "including tax",
    "inc tax",
    "with tax",
    "after tax",
    "gross",
)
"""Words of an amount with it."""


def is_with_vat(heading: str) -> bool:
    """Tell whether a heading says that its amounts are with value added tax.

    Examples
    --------
    >>> is_with_vat("Summa sis. ALV"), is_with_vat("Verollinen_summa"), is_with_vat("Summa (alv 0 %)"), is_with_vat("Summa")
    (True, True, False, False)
    """
    text = " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())
    return bool(_pattern(WITH).search(text)) and not _pattern(WITHOUT).search(text)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in phrases)})(?: |$)".replace(r"\*", r"\w*"))
