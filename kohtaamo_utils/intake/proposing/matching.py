"""Which of a sheet's columns is which column of a canonical table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.column_units import has_unit, other_unit, plain_number, price_number
from kohtaamo_utils.intake.columns.heading_units import stated_units
from kohtaamo_utils.intake.columns.stated_unit import headings_at
from kohtaamo_utils.intake.proposing.amounts import MONEY, judged, judged_product, numbers_at
from kohtaamo_utils.intake.proposing.dates import dates_in_parts
from kohtaamo_utils.intake.proposing.evidence import evidence
from kohtaamo_utils.intake.proposing.match import Match
from kohtaamo_utils.intake.proposing.names import (
    Fit,
    factor_fit,
    factors,
    heading_fit,
    measured_fit,
    says_importance,
    without_vat_words,
)
from kohtaamo_utils.intake.rows.pay_kinds import PAY, annual_twin, is_of_a_year
from kohtaamo_utils.tables import SURVEY_MEASURES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kohtaamo_utils.intake.proposing.reading import Way
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.tables import Table

LEAST = 0.3
"""Confidence below which a column is not even shown."""
TOLD = 0.7
"""A heading as sure as this is shown although its values refuse it."""
CLOSE, UNSURE = 0.03, 0.7
"""Two columns that fit so nearly alike make both so much less sure."""
OF_FACTORS = 0.9
"""A product is so much less sure than its factors: something may be missing in it, such as a discount."""
BETTER, SECOND = 0.1, 0.7
"""A column that fits another name so much better is so much less sure."""


def matches(
    sheet: Sheet, table: Table, way: Way, taken: Collection[str] = (), used: Collection[int] = ()
) -> list[Match]:
    """Return the best column for each canonical column, and those that were refused.

    What is taken already changes nothing about how sure the others are, so that asking twice gives the same.

    Parameters
    ----------
    sheet
        The file, laid out.
    table
        The canonical table.
    way
        How the file is read.
    taken
        Canonical columns that have their column already.
    used
        Places of columns that are used already.
    """
    counts = Counter(heading.casefold() for heading in sheet.names)
    told_apart = [place for place, heading in enumerate(sheet.names) if heading and counts[heading.casefold()] == 1]
    every = [
        match
        for name in table.columns
        for match in judged(_fitting(sheet, told_apart, table, name, way), sheet, table, way)
    ]
    dates = dates_in_parts(sheet, table, taken, used)
    every = _without_factors(every, [*products(sheet, table, way, taken, used), *dates], sheet)
    weighed = [_weighed(match, every, sheet) for match in every]
    order = list(table.columns)
    weighed.sort(key=lambda match: (-match.confidence, order.index(match.name), match.place))
    names, places = set(taken), set(used)
    chosen: list[Match] = []
    for match in weighed:
        if match.confidence >= LEAST and match.name not in names and match.place not in places:
            chosen.append(match)
            names.add(match.name)
            places.add(match.place)
    sure = [match for match in chosen if match.confidence >= TOLD]
    made = products(
        sheet, table, way, {*taken, *(match.name for match in sure)}, {*used, *(match.place for match in sure)}
    )
    made = [judged_product(match, weighed, sheet, way) for match in made]
    made += [match for match in dates if match.name not in {each.name for each in sure}]
    made = [match for match in made if match.confidence >= TOLD or match.name not in names]
    if made:
        factored = {sheet.names.index(part) for match in made for part in match.factors if isinstance(part, str)}
        replaced = {match.name for match in made}
        chosen = [each for each in chosen if each.name not in replaced and each.place not in factored] + made
        names, places = names | replaced, places | factored
    refused = [
        match for match in weighed if not match.confidence and match.name not in names and match.place not in places
    ]
    return sorted(chosen, key=lambda match: order.index(match.name)) + refused


def _without_factors(every: list[Match], made: list[Match], sheet: Sheet) -> list[Match]:
    """Leave out columns that are factors of what they would be: a price beside a quantity is no amount."""
    factored = {
        (match.name, sheet.names.index(part)) for match in made for part in match.factors if isinstance(part, str)
    }
    return [match for match in every if (match.name, match.place) not in factored]


def _fitting(sheet: Sheet, places: list[int], table: Table, name: str, way: Way) -> list[Match]:
    found = []
    for place in places:
        fit = _best_fit(sheet, place, table.name, name)
        if fit.confidence < LEAST or (name in SURVEY_MEASURES and says_importance(headings_at(sheet, place))):
            continue
        held = evidence(sheet, place, table, name, way)
        confidence = round(fit.confidence * held.factor, 2)
        if confidence or fit.confidence >= TOLD:
            reason = say('heading like "{phrase}"; {reason}', phrase=fit.phrase, reason=held.reason)
            found.append(_of_a_month(_in_own_unit(Match(name, place, confidence, reason), sheet, way), sheet, way))
    return found


def _in_own_unit(match: Match, sheet: Sheet, way: Way) -> Match:
    """Return a match multiplied into its column's unit where its heading states another; refused where nobody could be sure of it."""
    currency = way.settings.currency
    other = other_unit(match.name, headings_at(sheet, match.place), currency)
    if other is None:
        return match
    why = say(
        "the unit in its heading is {unit}, that of `{name}` is {own}", unit=other.said, name=match.name, own=other.own
    )
    reason = joined([match.reason, why], "; ")
    if other.number is None or not other.exact:
        return replace(match, confidence=0, reason=reason)
    factors = (sheet.names[match.place], plain_number(other.number))
    return replace(match, confidence=round(match.confidence * OF_FACTORS, 2), reason=reason, factors=factors)


def products(sheet: Sheet, table: Table, way: Way, taken: Collection[str], used: Collection[int]) -> list[Match]:
    """Return canonical columns that the file gives as factors only, such as quantity and unit price."""
    found = []
    for name, parts in factors(table.name).items():
        if name in taken:
            continue
        fits = [_factor(sheet, table, way, name, part, used) for part in parts]
        headings = tuple(heading for heading, _ in fits)
        number = _own_currency(sheet, headings, way)
        if number is None:
            continue
        confidence = round(min(fit for _, fit in fits) * OF_FACTORS, 2)
        if confidence >= TOLD:
            place = sheet.names.index(headings[0])
            found.append(
                Match(name, place, confidence, say("the product of numbers that the file has"), (*headings, *number))
            )
    return found


def _own_currency(sheet: Sheet, factors: Sequence[str | float], way: Way) -> tuple[float, ...] | None:
    """Return the number that makes a product the engagement's currency, if one is needed; None where a factor is in another."""
    places = [sheet.names.index(part) for part in factors if isinstance(part, str) and part]
    numbers = [price_number(headings_at(sheet, place), way.settings.currency) for place in places]
    if None in numbers:
        return None
    number = prod(each for each in numbers if each is not None)
    return () if number == 1 else (plain_number(number),)


def _factor(
    sheet: Sheet, table: Table, way: Way, name: str, part: list[list[str]], used: Collection[int]
) -> tuple[str, float]:
    """Return the heading that fits a factor best, and how well; plainer words come before others."""
    free = [(place, heading) for place, heading in enumerate(sheet.names) if heading and place not in used]
    for words in part:
        fits = [(place, heading, factor_fit(words, heading).confidence) for place, heading in free]
        sure = [
            (heading, fit * evidence(sheet, place, table, name, way).factor)
            for place, heading, fit in fits
            if fit >= TOLD
        ]
        if sure:
            return max(sure, key=lambda each: each[1])
    return "", 0.0


def _best_fit(sheet: Sheet, place: int, table: str, name: str) -> Fit:
    headings = headings_at(sheet, place)
    said = [*headings, *(map(without_vat_words, headings) if (table, name) in MONEY else ())]
    said += [stated_units(heading).rest for heading in headings] if has_unit(name) else []
    fits = [heading_fit(table, name, heading) for heading in said]
    fits += [measured_fit(name, heading) for heading in headings] if has_unit(name) else []
    return max(fits, key=lambda fit: fit.confidence)


def _of_a_month(match: Match, sheet: Sheet, way: Way) -> Match:
    """Lower pay of no stated time that is as large as a year's, beside it or anywhere."""
    if match.name != PAY or not match.confidence:
        return match
    pay = numbers_at(sheet, match.place, way)
    twin = annual_twin(sheet, match.place, pay, way.source, way.settings.currency)
    if twin is not None:
        why = say('"{rival}" beside it is as large and of a year', rival=twin)
    elif not match.factors and is_of_a_year(pay, way.settings.currency):
        why = say("so much is a year's pay, and it is to be a month's")
    else:
        return match
    reason = joined([match.reason, why], "; ")
    return replace(match, confidence=round(match.confidence * UNSURE, 2), reason=reason)


_NUMBER = re.compile(r"[ _.-]?(?:n(?:ume)?ro|nr|no|id|number|nummer|tunnus|koodi|code|kod)\.?", re.IGNORECASE)
"""What a heading of a number has behind the heading of whom or what it numbers."""


def _is_its_number(heading: str, other: str) -> bool:
    """Tell whether a heading is that of the number of what another heading calls: *Asiakasnumero* beside *Asiakas*.

    Examples
    --------
    >>> _is_its_number("Asiakasnumero", "Asiakas"), _is_its_number("Customer ID", "customer"), _is_its_number("Customer ref", "Customer")
    (True, True, False)
    """
    whole, part = heading.casefold(), other.casefold()
    return whole.startswith(part) and _NUMBER.fullmatch(whole[len(part) :]) is not None


def _weighed(match: Match, every: list[Match], sheet: Sheet) -> Match:
    """Lower a match that another column is nearly as good for, or whose column fits another name better."""
    if not match.confidence:
        return match
    best = max(other.confidence for other in every if other.place == match.place)
    rivals = [
        other
        for other in every
        if other.name == match.name
        and other.place != match.place
        and other.confidence >= match.confidence - CLOSE
        and other.confidence == max(each.confidence for each in every if each.place == other.place)
        and not _is_its_number(sheet.names[match.place], sheet.names[other.place])
        and not sheet.column(match.place).equals(sheet.column(other.place))  # whichever is taken, nothing differs
    ]
    if best > match.confidence + BETTER:
        reason = say("{reason}; fits another better", reason=match.reason)
        return replace(match, confidence=round(match.confidence * SECOND, 2), reason=reason)
    if rivals and match.confidence < 0.98:
        rival = sheet.names[rivals[0].place]
        reason = say('{reason}; "{rival}" fits as well', reason=match.reason, rival=rival)
        return replace(match, confidence=round(match.confidence * UNSURE, 2), reason=reason)
    return match
