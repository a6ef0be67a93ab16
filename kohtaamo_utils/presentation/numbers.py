"""The only place where a number or a date becomes text (Babel), so that 12,3 % is 12,3 % everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import isfinite
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
)

if TYPE_CHECKING:
    import datetime as dt

    from kohtaamo_utils.engagement import Language
    from kohtaamo_utils.measures.estimate import Estimate

MINUS = "\u2212"
EN_DASH = "\u2013"
NBSP = "\u00a0"
NOTHING = EN_DASH
DECIMALS = {"points": 0, "share": 0, "scale": 2, "money": 0, "count": 0}
"""How finely a unit prints (see `Estimate.unit`), a share as per cent; others with one decimal."""
_AFTER_DIGITS = re.compile(r"\D*$")
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_EVEN)
_LOCALES: dict[Language, str] = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


@dataclass(frozen=True)
class Numbers:
    r"""Formats numbers in one language and currency.

    Parameters
    ----------
    language
        ``fi``, ``sv`` or ``en``.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> Numbers("fi").percent(0.1234, 1)
    '12,3\xa0%'
    >>> Numbers("fi").points(-7.4)
    '−7'
    """

    language: Language
    currency: str = "EUR"

    @property
    def locale(self) -> str:
        """Babel's name of the locale."""
        return _LOCALES[self.language]

    @property
    def currency_symbol(self) -> str:
        """The currency's sign, e.g. €."""
        return str(get_currency_symbol(self.currency, locale=self.locale))

    @property
    def style(self) -> dict[str, str | list[str]]:
        r"""How numbers are written, for a script that has to write them alike.

        ``group`` and ``decimal`` are the separators; ``percent`` and ``money`` what stands before and after the digits.

        Examples
        --------
        >>> Numbers("en").style
        {'group': ',', 'decimal': '.', 'percent': ['', '%'], 'money': ['€', '']}
        """
        return {
            "group": str(get_group_symbol(self.locale)),
            "decimal": str(get_decimal_symbol(self.locale)),
            "percent": self.percent(0).split("0"),
            "money": self.money(0).split("0"),
        }

    def number(self, value: float | None, decimals: int = 1) -> str:
        """Return a plain number with a fixed count of decimals."""
        if value is None:
            return NOTHING
        rounded = _rounded(value, decimals)
        return _typographic(format_decimal(rounded, format=_pattern(decimals), locale=self.locale))

    def integer(self, value: float | None) -> str:
        """Return a whole number with the language's grouping."""
        return self.number(value, 0)

    def points(self, value: float | None) -> str:
        """Return NPS points: a whole number with its sign."""
        if value is None:
            return NOTHING
        text = self.number(value, 0)
        return f"+{text}" if _rounded(value, 0) > 0 else text

    def signed(self, value: float | None, decimals: int = 1) -> str:
        """Return a difference with its sign."""
        if value is None:
            return NOTHING
        text = self.number(value, decimals)
        return f"+{text}" if _rounded(value, decimals) > 0 else text

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """Return a share (0-1) as per cent."""
        if share is None:
            return NOTHING
        pattern = f"{_pattern(decimals)}{NBSP}%"
        if self.language == "en":
            pattern = pattern.replace(NBSP, "")
        return _typographic(format_percent(_rounded(share, decimals + 2), format=pattern, locale=self.locale))

    def most(self, share: float | None) -> str:
        r"""Return a share (0-1) as whole per cent; what is not all of it is never 100, and what is not nothing never 0.

        Examples
        --------
        >>> Numbers("en", "EUR").most(0.9956), Numbers("en", "EUR").most(1.0), Numbers("fi", "EUR").most(0.004)
        ('>99%', '100%', '<1\xa0%')
        """
        if share is None or _rounded(share, 2) not in (0.0, 1.0) or share in (0.0, 1.0):
            return self.percent(share)
        return f">{self.percent(0.99)}" if share > 0.5 else f"<{self.percent(0.01)}"

    def money(self, value: float | None, decimals: int = 0) -> str:
        """Return an amount in the engagement's currency."""
        if value is None:
            return NOTHING
        symbol_first = self.language == "en"
        pattern = f"¤{_pattern(decimals)}" if symbol_first else f"{_pattern(decimals)}{NBSP}¤"
        text = format_currency(
            _rounded(value, decimals), self.currency, format=pattern, locale=self.locale, currency_digits=False
        )
        return _typographic(text)

    def signed_money(self, value: float | None, decimals: int = 0) -> str:
        """Return a change of money with its sign."""
        text = self.money(value, decimals)
        return f"+{text}" if value is not None and _rounded(value, decimals) > 0 else text

    def date(self, day: dt.date) -> str:
        """Return a date, e.g. 31.12.2025."""
        return format_date(day, "dd/MM/yyyy" if self.language == "en" else "d.M.yyyy", locale=self.locale)

    def month(self, day: dt.date) -> str:
        """Return a month, e.g. 12/2025."""
        return format_date(day, "MMM yyyy" if self.language == "en" else "M/yyyy", locale=self.locale)

    def period(self, start: dt.date, end: dt.date) -> str:
        """Return a period from its first to its last day."""
        return f"{self.date(start)}{EN_DASH}{self.date(end)}"

    def in_unit(self, value: float | None, unit: str) -> str:
        """Return a value in the way of its unit (see `Estimate.unit`)."""
        if unit in ("share", "money"):
            return self.percent(value) if unit == "share" else self.money(value)
        return self.points(value) if unit == "points" else self.number(value, DECIMALS.get(unit, 1))

    def interval(self, estimate: Estimate) -> str:
        """Return the limits of an estimate, e.g. ``12…31``; a dash where there are none."""
        if estimate.low is None or estimate.high is None:
            return NOTHING
        return between(self.in_unit(estimate.low, estimate.unit), self.in_unit(estimate.high, estimate.unit))


def between(low: str, high: str) -> str:
    r"""Return two written limits as one text: three dots between them, and the unit once where it follows the number.

    Examples
    --------
    >>> between("12\xa0%", "31\xa0%"), between("€45.54", "€51.65")
    ('12…31\xa0%', '€45.54…€51.65')
    """
    return f"{low.removesuffix(_AFTER_DIGITS.findall(high)[0])}…{high}"


def as_printed(value: float, unit: str) -> float:
    """Return a value as fine as `Numbers.in_unit` prints it.

    Examples
    --------
    >>> as_printed(0.12345, "share"), as_printed(4.23456, "scale"), as_printed(-0.4, "points")
    (0.12, 4.23, 0.0)
    """
    return _rounded(value, DECIMALS.get(unit, 1) + (2 if unit == "share" else 0))


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _rounded(value: float, decimals: int) -> float:
    """Round half to even on the decimal text, so that 2.675 is a half, and turn -0.0 into 0.0."""
    if not isfinite(value):
        raise ValueError(f"{value} is not a number for a reader; give None where there is none")
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(step, context=_ROUNDING)) + 0.0


def _typographic(text: str) -> str:
    return text.replace("-", MINUS)
