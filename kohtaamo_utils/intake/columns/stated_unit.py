"""Whether a heading says that its numbers are in another unit than the column that the settings take it for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.column_units import IN_MONEY, OtherUnit, other_unit, price_number
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.values.unit_words import PERCENT, PIECE, YEAR
from kohtaamo_utils.intake.values.vat_words import is_with_vat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.columns.mapping import Chosen
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Titled

TAXED = frozenset({"amount", "annual_value"})
WITHOUT_TAX = "0.7968127"
"""What is left of an amount without Finland's general value added tax: 1 / 1.255."""
HOLIDAY_PAY = 1 / 12.5
"""What makes a month's pay of a year's that has half a month of holiday pay in it."""


def check_units(chosen: Mapping[str, Chosen], sheet: Titled, currency: str, findings: Findings) -> None:
    """Record a problem for each column whose heading states another unit; a product with a number is taken as it is.

    Parameters
    ----------
    chosen
        Canonical columns, and what they are made of.
    sheet
        The file, laid out.
    currency
        The engagement's.
    findings
        Takes the problems.
    """
    for name, one in chosen.items():
        if one.place is not None:
            _note_vat(name, one.label, headings_at(sheet, one.place), findings)
            other = other_unit(name, headings_at(sheet, one.place), currency)
            if other is not None:
                _problem(name, one.label, other, _advice(name, one, other, chosen, currency), findings)
        elif name in IN_MONEY and one.factors and all(factor.place is not None for factor in one.factors):
            _check_prices(name, one, sheet, currency, findings)


def _note_vat(name: str, label: str, headings: tuple[str, ...], findings: Findings) -> None:
    """Log an amount whose heading says that it is with value added tax: it is taken as it is, and a fifth too large."""
    if name in TAXED and any(map(is_with_vat, headings)):
        detail = say(
            "{name} says that its amounts include value added tax, and they are to be without it: they are taken as they are; name the column without it, or `{entry}` takes a tax of 25.5 % off",
            name=label,
            entry=product_entry(name, label, WITHOUT_TAX),
        )
        findings.note("unsettled", "vat", 1, detail, column=name, value=label)


def headings_at(sheet: Titled, place: int) -> tuple[str, ...]:
    """Return all that a file calls one of its columns."""
    return (sheet.names[place], *(sheet.aliases[place] if sheet.aliases else ()))


def _check_prices(name: str, one: Chosen, sheet: Titled, currency: str, findings: Findings) -> None:
    """Find a factor of money in another currency, or in cents or thousands that nothing in the product speaks of."""
    labels = [sheet.names[factor.place] for factor in one.factors if factor.place is not None]
    for place in [factor.place for factor in one.factors if factor.place is not None]:
        headings = headings_at(sheet, place)
        if price_number(headings, currency) == 1:
            continue
        other = other_unit("amount", headings, currency)
        if other is not None:
            number = "RATE" if other.number is None else f"{other.number:.10g}"
            entry = _entry(name, *map(yaml_text, labels), number)
            _problem(name, sheet.names[place], other, say("Write `{entry}`.", entry=entry), findings)


def _problem(name: str, label: str, other: OtherUnit, advice: str, findings: Findings) -> None:
    findings.problem(
        "other_unit",
        say("The unit in the heading is {unit}; that of `{name}` is {own}.", unit=other.said, name=name, own=other.own),
        advice=advice,
        column=label,
    )


def _advice(name: str, one: Chosen, other: OtherUnit, chosen: Mapping[str, Chosen], currency: str) -> str:
    as_it_is = say(
        "If the heading is wrong, `{entry}` takes the numbers as they are.",
        entry=_entry(name, yaml_text(one.label), "1"),
    )
    return joined([_what_to_do(name, one.label, other, chosen, currency), as_it_is])


def _what_to_do(name: str, label: str, other: OtherUnit, chosen: Mapping[str, Chosen], currency: str) -> str:
    quoted = yaml_text(label)
    if not other.unit:
        return say(
            "Give it in {currency}, or multiply it by the rate of exchange, `{entry}`.",
            currency=currency,
            entry=_entry(name, quoted, "RATE"),
        )
    if other.number is not None and name == "monthly_salary" and other.unit == YEAR:
        return say(
            "If it is twelve months' pay, write `{entry}`; with half a month of holiday pay in it, {number} for the number.",
            entry=_entry(name, quoted, f"{other.number:.10g}"),
            number=f"{other.number * 12 * HOLIDAY_PAY:.10g}",
        )
    if other.number is not None:
        return say("Write `{entry}`.", entry=_entry(name, quoted, f"{other.number:.10g}"))
    if other.unit == PERCENT and name == "margin" and "amount" in chosen:
        amount = yaml_text(chosen["amount"].label) if chosen["amount"].place is not None else "AMOUNT"
        return say(
            "If it is per cent of the amount, write `{entry}`; else leave `{name}` out.",
            entry=_entry(name, amount, quoted, "0.01"),
            name=name,
        )
    if other.unit == PIECE and name == "amount":
        return say(
            "Name the column of money; a quantity and the price of each are `{entry}`.",
            entry=_entry(name, "QUANTITY", "PRICE"),
        )
    return say("Name a column in the unit of `{name}`, or leave `{name}` out.", name=name)


def product_entry(name: str, label: str, number: str) -> str:
    """Return what to write for a column of the file times a number.

    Examples
    --------
    >>> product_entry("tenure_months", "Tenure (years)", "12")
    'tenure_months: {product: ["Tenure (years)", 12]}'
    """
    return _entry(name, yaml_text(label), number)


def _entry(name: str, *factors: str) -> str:
    return f"{name}: {{product: [{', '.join(factors)}]}}"
