"""The units that a heading states: in brackets, behind it, or in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.unit_words import (
    CURRENCIES,
    FILLERS,
    MONTH,
    ONE_DATE,
    PLAIN_MONEY,
    SORTS,
    UNITS,
    USUAL_CODES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIGNS = r"€|\$|£|eur|sek|nok|dkk|usd|gbp|chf|kr|e"
_NEXT = rf"(?=(?:{_SIGNS})(?![^\W\d_]))"
_LAST = rf"(?<![^\W\d_])({_SIGNS})"
_ZEROS = r"(?:1[ \u00a0\u202f.,'’]?)?000s?"
_SPELT_OUT = tuple(
    (re.compile(pattern, re.IGNORECASE), spelt_out)
    for pattern, spelt_out in (
        (r"\bp\.\s?a\.?(?!\w)", " per annum "),
        (rf"(?<![^\W\d_])[kt]\.?\s?{_NEXT}", " thousand "),
        (rf"(?<![^\W\d_])m\.?\s?{_NEXT}", " million "),
        (rf"{_LAST}k(?!\w)", r" thousand \1 "),
        (rf"{_LAST}mn?(?!\w)", r" million \1 "),
        (rf"(?<![\d.,])(?:x\s?)?{_ZEROS}\s?{_NEXT}", " thousand "),
        (rf"{_LAST}\s?['’]?{_ZEROS}(?!\w)", r" thousand \1 "),
        (r"(?<![\d.,])x?\s?['’]000s?(?!\w)", " thousand "),
        (rf"(?<=[(\[])\s*x?\s?{_ZEROS}\s*(?=[)\]])", " thousand "),
    )
)
"""Sizes beside a currency, t€, kSEK, €m, 1 000 € and '000, as words."""
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[^\W\d_]+(?:\d\w*)?|\d+(?:[.,]\d+)*|[€$£%/×*+]")
_PART = re.compile(r"[,;:]|\s[-–—]+\s|(?<=\w)-(?=%)")
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_CODE = re.compile(rf"(?<![A-ZÅÄÖ])(?:{'|'.join(USUAL_CODES)})(?![^\W\d_])")
_TAX = re.compile(r"alv\w*|moms\w*|vat|tax|vero\w*")
_YEAR_LONG = "12"
"""So many months are a year: *laskutus 12 kk*."""


@dataclass(frozen=True)
class Stated:
    """What a heading states.

    Parameters
    ----------
    units
        Those that stand where units stand, in the heading's order.
    currencies
        Codes that its currencies may be.
    money
        How the heading writes the currency; "" where it has none.
    rest
        The heading's words without what only says the unit.
    words
        All its words.
    """

    units: tuple[str, ...] = ()
    currencies: frozenset[str] = frozenset()
    money: str = ""
    rest: str = ""
    words: str = ""

    def among(self, wanted: Iterable[str], anywhere: Mapping[str, str]) -> tuple[str, ...]:
        """Return the units of a kind that stand where units stand; where none does, those whose words stand anywhere.

        Parameters
        ----------
        wanted
            The units of that kind.
        anywhere
            Units and their words in the heading.
        """
        placed = tuple(unit for unit in self.units if unit in wanted)
        return placed or tuple(
            unit for unit, pattern in anywhere.items() if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", self.words)
        )


@cache
def stated_units(heading: str) -> Stated:
    """Return what a heading states of its unit.

    Examples
    --------
    >>> stated_units("Tenure (years)").units, stated_units("Palkka €/kk").units, stated_units("Myynti (t€)").units
    (('year',), ('month',), ('thousand',))
    >>> stated_units("Summa (alv 25,5 %)").units, stated_units("Vuosi 2025").units, stated_units("Amount EUR").rest
    ((), (), 'amount')
    """
    text = _spelt_out(heading)
    aside = [part for match in _ASIDE.finditer(text) for part in _PART.split(match[1] or match[2] or "")]
    parts = [_tokens(part) for part in _PART.split(_ASIDE.sub(" ", text))]
    ends = [([*tokens], list[str]()) if _is_letter(heading) else _split(tokens) for tokens in parts]
    runs = [*map(_aside_run, map(_tokens, aside)), *(run for _, run in ends)]
    units = tuple(dict.fromkeys(unit for run in runs for unit in _units(run)))
    money = [token for run in runs for token in run if token in CURRENCIES]
    money += [token for token in _tokens(text) if token in PLAIN_MONEY]
    money += [code.casefold() for code in _CODE.findall(_CAMEL.sub(" ", heading))]
    currencies = frozenset[str]().union(*(CURRENCIES[token] for token in money))
    rest = " ".join(word for begin, _ in ends for word in begin)
    words = " ".join(word for tokens in parts for word in tokens)
    return Stated(units, currencies, money[0] if money else "", rest, words)


def is_unit(text: str) -> bool:
    """Tell whether a text says a unit, or what sort of values are meant, and nothing else.

    Examples
    --------
    >>> [is_unit(text) for text in ("€/kk", "t€", "€ (alv 0 %)", "pvm", "Palkka €", "12 €", "per")]
    [True, True, True, True, False, False, False]
    """
    if text.casefold() in SORTS:
        return True
    tokens = _tokens(_spelt_out(text))
    taxed = any(map(_TAX.fullmatch, tokens))  # € (alv 0 %); without a tax a number is a value's
    return _says(tokens) and all(_is_unit(token) or (taxed and _of_tax(token)) for token in tokens)


def _of_tax(token: str) -> bool:
    return _TAX.fullmatch(token) is not None or token[0].isdigit()


def _spelt_out(text: str) -> str:
    for pattern, spelt_out in _SPELT_OUT:
        text = pattern.sub(spelt_out, text)
    return text


def _is_letter(heading: str) -> bool:
    """Tell whether a heading is one letter, which is a column's name rather than a unit."""
    return len(heading.strip()) == 1 and heading.strip().isalpha()


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_CAMEL.sub(" ", text).casefold())


def _split(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Return a part of a heading as what it is about and the unit that it ends with."""
    end = len(tokens)
    while end and tokens[end - 1][0].isdigit():
        end -= 1
    dated = end < len(tokens) and end > 0 and tokens[end - 1] in ONE_DATE
    begin = end
    while not dated and begin and _is_unit(tokens[begin - 1]):
        begin -= 1
    run = tokens[begin:end]
    while run and run[0] in FILLERS - {"/"}:
        run, begin = run[1:], begin + 1
    before = tokens[begin - 1] if begin else ""
    if run and (_TAX.fullmatch(before) or (_COUNT.fullmatch(before) and run[0] not in CURRENCIES)):
        run = ["vuosi"] if before == _YEAR_LONG and _units(run) == [MONTH] else []
    return [*tokens[:begin], *tokens[end:]], run if _says(run) else []


def _aside_run(tokens: list[str]) -> list[str]:
    """Return the unit in brackets: what they end with, or an amount of money that they begin with."""
    begin, run = _split(tokens)
    if run or not begin:
        return run
    end = next((place for place, token in enumerate(tokens) if not _is_unit(token)), len(tokens))
    return tokens[:end] if any(token in CURRENCIES for token in tokens[:end]) else []


def _is_unit(token: str) -> bool:
    return token in UNITS or token in CURRENCIES or token in FILLERS


def _says(run: list[str]) -> bool:
    return any(token in UNITS or token in CURRENCIES for token in run)


def _units(run: list[str]) -> list[str]:
    return list(dict.fromkeys(UNITS[token] for token in run if token in UNITS))
