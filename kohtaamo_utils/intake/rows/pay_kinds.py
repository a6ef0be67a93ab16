"""Pay of which another column says that some of it is by the hour or the year, among pay by the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.columns.binding import numbers_of
from kohtaamo_utils.intake.columns.heading_units import stated_units
from kohtaamo_utils.intake.columns.stated_unit import product_entry
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.values.cells import as_text, distinct, is_blank
from kohtaamo_utils.intake.values.unit_words import HOUR, MONTH, RATES, TIMES, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.intake.sheets.sheet import Sheet

PAY = "monthly_salary"
KINDS_OF_PAY = re.compile(r"palk|lön(?!epl|eart)|\bpay\b|salary|wage|compensation|ersättning", re.IGNORECASE)
"""Words of pay, in a heading or in the kind itself."""
MOST_KINDS = 12
"""A column of more different texts is none of kinds."""
APART = 4.0
"""Pay that is so many times more or less than the others' is of another time; a month has more hours, a year more months."""
LEAST_OF_A_MONTH = 500
"""A month's pay is more than that in any currency of the kit's countries, an hour's is less."""


def check_pay_kinds(part: Part, sheet: Sheet) -> None:
    """Record a problem where a column calls pay hourly, yearly or the like, and the numbers bear it out.

    Parameters
    ----------
    part
        Typed rows of employees.
    sheet
        The file, laid out.
    """
    if PAY not in part.frame.columns or PAY not in part.bound or part.bound[PAY].constant:
        return
    pay = part.frame[PAY].dropna()
    for place, kind, time, rows in _kinds(sheet, part):
        ours, others = pay[pay.index.isin(rows)], pay[~pay.index.isin(rows)]
        if ours.empty:
            continue
        if others.empty and (time != HOUR or ours.median() > LEAST_OF_A_MONTH):
            continue
        if others.empty:
            message = say(
                '"{kind}" says that all pay is "{value}": `monthly_salary` is money a month.',
                kind=sheet.names[place],
                value=kind,
            )
        elif 1 / APART <= ours.median() / max(others.median(), 1e-9) <= APART:
            continue
        else:
            message = say(
                '"{kind}" calls some pay "{value}", and it is of another size than the others: `monthly_salary` is money a month.',
                kind=sheet.names[place],
                value=kind,
            )
        part.findings.problem(
            "pay_kind",
            message,
            advice=say("Give each one's pay for a month, or empty the cells of which that is not known."),
            row=int(ours.index[0]),
            column=part.label(PAY),
            value=part.raw(PAY, int(ours.index[0])),
        )


def check_annual_twin(part: Part, sheet: Sheet, source: Source, currency: str) -> None:
    """Record a problem where pay of no stated time is of the size of another column that states a year.

    Parameters
    ----------
    part
        Typed rows of employees.
    sheet
        The file, laid out.
    source
        The source's block.
    currency
        The engagement's.
    """
    label = part.label(PAY)
    if PAY not in part.frame.columns or label not in sheet.names:
        return
    twin = annual_twin(sheet, sheet.names.index(label), part.frame[PAY], source, currency)
    if twin is None:
        return
    part.findings.problem(
        "pay_kind",
        say('"{rival}" beside it is as large and of a year: `monthly_salary` is money a month.', rival=twin),
        advice=joined(
            [
                say("If it is a year's pay, write `{entry}`.", entry=product_entry(PAY, label, f"{1 / 12:.10g}")),
                say(
                    "If it is a month's, `{entry}` takes the numbers as they are.", entry=product_entry(PAY, label, "1")
                ),
            ]
        ),
        column=label,
    )


def annual_twin(sheet: Sheet, place: int, pay: pd.Series[float], source: Source, currency: str) -> str | None:
    """Return a column of a year's pay that is as large as this one, which states no time; None where there is none.

    Parameters
    ----------
    sheet
        The file, laid out.
    place
        The column's place in it.
    pay
        Its numbers.
    source
        The source's block.
    currency
        The engagement's.
    """
    if _times(sheet, place) or not pay.notna().any():
        return None
    for other, heading in enumerate(sheet.names):
        if other == place or _times(sheet, other) != (YEAR,) or not KINDS_OF_PAY.search(heading):
            continue
        annual = numbers_of(sheet.column(other), heading, source, Findings("", ""), currency)
        if annual.notna().any() and annual.median() <= APART * pay.median():
            return heading
    return None


def _times(sheet: Sheet, place: int) -> tuple[str, ...]:
    return stated_units(sheet.names[place]).among(TIMES, RATES)


def _kinds(sheet: Sheet, part: Part) -> Iterator[tuple[int, str, str, list[int]]]:
    """Yield each text of a column of kinds that names another time than a month, with that time and its rows."""
    for place, heading in enumerate(sheet.names):
        if heading == part.label(PAY):
            continue
        codes, cells = distinct(sheet.column(place))
        texts = [as_text(cell) for cell in cells]
        if sum(not is_blank(cell) for cell in cells) > MOST_KINDS:
            continue
        for code, text in enumerate(texts):
            times = stated_units(text).among(TIMES, RATES)
            if times and MONTH not in times and KINDS_OF_PAY.search(f"{heading} {text}"):
                yield place, text, times[0], sheet.cells.index[codes == code].tolist()
