"""Which columns hold amounts as the canonical tables want them: without value added tax, after discounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.binding import numbers_of
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.proposing.names import is_discount, is_fee, is_net, vat_said
from kohtaamo_utils.intake.proposing.reading import LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.intake.proposing.match import Match
    from kohtaamo_utils.intake.proposing.names import Vat
    from kohtaamo_utils.intake.proposing.reading import Way
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

MONEY = frozenset({("transactions", "amount"), ("customers", "annual_value")})
"""Amounts that clients keep with or without value added tax."""
DOUBTED = 0.7
"""An amount that may be another than is wanted is so much less sure: a person must look."""
FEWEST_ROWS = 10
"""Rows of several pieces that are needed to tell of what a price is."""
ALMOST_ALL, ROUNDED = 0.95, 0.021
"""Two ways to an amount agree where nearly all of their values do, to the last cent and its rounding."""


def judged(found: Sequence[Match], sheet: Sheet, table: Table, way: Way) -> list[Match]:
    """Return the columns that may be a canonical one, amounts judged by what the file says of value added tax.

    Where a column is without it, by its heading or because another is its sum with the tax, the others are none;
    where only columns are left that it may be in, they are too little sure to be written.

    Parameters
    ----------
    found
        Columns that may be one canonical column.
    sheet, table, way
        The file, the canonical table, and how the file is read.
    """
    if not any((table.name, match.name) in MONEY for match in found):
        return list(found)
    said = {place: _said(sheet, place) for place in range(len(sheet.names))}
    taxes = [place for place, what in said.items() if what == "itself" and _filled(sheet, place, way)]
    found = [match for match in found if said[match.place] != "itself"]
    possible = [match.place for match in found if match.confidence]
    sums = {place for place in possible if any(_is_sum(sheet, place, other, taxes, way) for other in possible)}
    without = {place for place in possible if said[place] == "without"}
    without |= {place for place in possible if any(_is_sum(sheet, other, place, taxes, way) for other in sums)}
    if without:
        return [_after_fee(match, sheet, way) for match in found if match.place in without]
    return [_after_fee(_with_tax(match, said[match.place], taxes, sheet), sheet, way) for match in found]


def _said(sheet: Sheet, place: int) -> Vat | None:
    headings = (sheet.names[place], *(sheet.aliases[place] if sheet.aliases else ()))
    return next((said for said in map(vat_said, headings) if said is not None), None)


def _with_tax(match: Match, said: Vat | None, taxes: Sequence[int], sheet: Sheet) -> Match:
    """Lower an amount that the tax is in, or may be."""
    if said == "with":
        why = say("its heading says that it is with VAT, and amounts are without")
    elif taxes:
        why = say('it stands beside "{tax}", so VAT may be in it, and amounts are without', tax=sheet.names[taxes[0]])
    else:
        return match
    return _doubted(match, why)


def _after_fee(match: Match, sheet: Sheet, way: Way) -> Match:
    """Lower what a payment service calls net: it is what was left after its fee, and its payouts are among it."""
    if not is_net(sheet.names[match.place]):
        return match
    fee = next((place for place, name in enumerate(sheet.names) if is_fee(name) and _filled(sheet, place, way)), None)
    if fee is None:
        return match
    return _doubted(match, say('it stands beside "{fee}", which may be taken off it', fee=sheet.names[fee]))


def _doubted(match: Match, why: str) -> Match:
    reason = joined([match.reason, why], "; ")
    return replace(match, confidence=round(match.confidence * DOUBTED, 2), reason=reason)


def judged_product(made: Match, others: Sequence[Match], sheet: Sheet, way: Way) -> Match:
    """Return a product, lowered where the file has a total that differs from it, a discount, or VAT.

    Parameters
    ----------
    made
        The product.
    others
        Columns that may be canonical ones.
    sheet, way
        The file, and how it is read.
    """
    places = [sheet.names.index(part) for part in made.factors if isinstance(part, str)]
    value = numbers_at(sheet, places[0], way)
    if len(places) > 1 and _of_the_row(numbers_at(sheet, places[1], way), value):
        return _doubted(
            made, say('"{price}" grows with the quantity: it may be the row\'s already', price=sheet.names[places[1]])
        )
    for place in places[1:]:
        value = value * numbers_at(sheet, place, way)
    totals = [other.place for other in others if other.name == made.name and other.place not in places]
    totals = [place for place in totals if _filled(sheet, place, way)]
    if any(_agree(value, numbers_at(sheet, place, way)) for place in totals):
        return made
    if totals:
        return _doubted(made, say('it differs from "{total}"', total=sheet.names[totals[0]]))
    rest = [place for place in range(len(sheet.names)) if place not in places]
    discount = next(
        (p for p in rest if is_discount(sheet.names[p]) and numbers_at(sheet, p, way).fillna(0).any()), None
    )
    if discount is not None:
        return _doubted(made, say('"{discount}" is not in it', discount=sheet.names[discount]))
    said = [_said(sheet, place) for place in places]
    if "without" in said:
        return made
    taxes = [place for place in rest if _said(sheet, place) == "itself" and _filled(sheet, place, way)]
    return _with_tax(made, "with" if "with" in said else None, taxes, sheet)


def _of_the_row(price: pd.Series[float], quantity: pd.Series[float]) -> bool:
    """Tell whether a price is that of all pieces of its row: divided by their number it is what one piece costs elsewhere."""
    single = price[quantity == 1].round(2)
    several = quantity > 1
    each = (price[several] / quantity[several]).round(2)
    if several.sum() < FEWEST_ROWS or each.isin(single).mean() < ALMOST_ALL:
        return False
    return bool(price[several].round(2).isin(single).mean() <= 1 - ALMOST_ALL)


def numbers_at(sheet: Sheet, place: int, way: Way) -> pd.Series[float]:
    """Return a column's first rows as numbers, without a number where a cell is none."""
    column = sheet.column(place).head(LOOKED_AT)
    return numbers_of(column, sheet.names[place], way.source, Findings("", ""), way.settings.currency)


def _filled(sheet: Sheet, place: int, way: Way) -> bool:
    """Tell whether a column has numbers."""
    return bool(numbers_at(sheet, place, way).notna().any())


def _is_sum(sheet: Sheet, place: int, other: int, taxes: Sequence[int], way: Way) -> bool:
    """Tell whether a column is another one with the tax, which the file gives as an amount or as per cent."""
    total, net = numbers_at(sheet, place, way), numbers_at(sheet, other, way)
    numbers = [numbers_at(sheet, tax, way) for tax in taxes] if place != other else []
    return any(_agree(total, net + tax) or _agree(total, net * (1 + tax / 100)) for tax in numbers if tax.any())


def _agree(one: pd.Series[float], other: pd.Series[float]) -> bool:
    """Tell whether two columns are nearly always the same, of the rows that have both."""
    apart = (one - other).abs().dropna()
    return bool(len(apart)) and bool((apart <= ROUNDED).mean() >= ALMOST_ALL)
