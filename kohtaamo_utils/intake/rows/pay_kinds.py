"""Pay and contracts' values of which another column says that some are by the hour, the month or the year, among others that are not."""

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

PAY, VALUE = "monthly_salary", "annual_value"
KINDS_OF_PAY = re.compile(r"palk|lön(?!epl|eart)|\bpay\b|salary|wage|compensation|ersättning", re.IGNORECASE)
"""Words of pay, in a heading or in the kind itself."""
HOW_OFTEN = re.compile(
    r"frequency|interval|\b(?:cycle|basis|period)\b|jaksotus|(?:jakso|kausi|väli|period|intervall|cykel)\Z|\Aper\Z",
    re.IGNORECASE,
)
"""Words of a heading that may tell of what time an amount beside it is; a length of time in its cells has a number."""
MOST_KINDS = 12
"""A column of more different texts is none of kinds."""
APART = 4.0
"""Pay that is so many times more or less than the others' is of another time; a month has more hours, a year more months."""
FAR = 50.0
"""Nobody's pay is so many times more or less than what is usual in a file: it is of another time, or a slip."""
FEWEST_PAID = 3
"""What so few are paid is not usual yet."""
MOST_OF_A_MONTH = 15_000
DEAR = frozenset({"EUR", "USD", "GBP", "CHF"})
"""No staff's usual pay is more than that a month in one of these currencies; a year's is."""
LEAST_OF_A_MONTH = 500
"""A month's pay is more than that in any currency of the kit's countries, an hour's is less."""
_FOR_A_MONTH = say("Give each one's pay for a month, or empty the cells of which that is not known.")


def check_pay_kinds(part: Part, sheet: Sheet) -> None:
    """Record a problem where a column calls pay hourly, yearly or the like, and the numbers bear it out.

    Parameters
    ----------
    part
        Typed rows of employees.
    sheet
        The file, laid out.
    """
    message: str
    advice: str
    for place, kind, time, ours, others in _parted(part, sheet, PAY, MONTH):
        advice = _FOR_A_MONTH
        if not others.empty:
            message = say(
                '"{kind}" calls some pay "{value}", and it is of another size than the others: `monthly_salary` is money a month.',
                kind=sheet.names[place],
                value=kind,
            )
        elif time == YEAR and _stated(part, sheet, PAY) == () and ours.median() > 12 * LEAST_OF_A_MONTH:
            message, advice = _all(sheet.names[place], kind), _as_a_year(part.label(PAY))
        elif time == HOUR and ours.median() <= LEAST_OF_A_MONTH:
            message = _all(sheet.names[place], kind)
        else:
            continue
        _problem(part, PAY, int(ours.index[0]), message, advice)


def is_of_a_year(pay: pd.Series[float], currency: str) -> bool:
    """Tell whether pay of no stated time is so much that it is a year's.

    Parameters
    ----------
    pay
        What each is paid, in this currency.
    currency
        Its code.

    Examples
    --------
    >>> import pandas as pd
    >>> year = pd.Series([41_000.0, 52_000.0, 38_500.0])
    >>> is_of_a_year(year, "EUR"), is_of_a_year(year, "SEK"), is_of_a_year(year / 12, "EUR")
    (True, False, False)
    """
    paid = pay[pay > 0]
    return currency in DEAR and len(paid) >= FEWEST_PAID and bool(paid.median() > MOST_OF_A_MONTH)


def check_pay_sizes(part: Part, source: Source, currency: str) -> None:
    """Record a problem where some pay is far smaller or larger than the rest, or all is a year's, whatever other columns say of it.

    Parameters
    ----------
    part
        Typed rows of employees.
    source
        Their block in the settings; a product is a person's word.
    currency
        The engagement's.
    """
    told = any(problem.kind == "pay_kind" for problem in part.findings.problems)
    if told or PAY not in part.frame.columns or not isinstance(source.columns.get(PAY, ""), str):
        return
    pay = part.frame[PAY][part.frame[PAY] > 0]
    usual = pay.median()
    if len(pay) < FEWEST_PAID:
        return
    if is_of_a_year(pay, currency):
        message = say(
            "What is usual in the column is more than {most}: that is a year's pay, and `monthly_salary` is money a month.",
            most=f"{MOST_OF_A_MONTH:_}".replace("_", " "),
        )
        _problem(part, PAY, int(pay.index[0]), message, _as_a_year(part.label(PAY)))
        return
    far = pay.index[((pay * FAR < usual) | (pay > FAR * usual)).to_numpy(dtype=bool)].tolist()
    if far:
        label = part.label(PAY)
        message = say(
            "Some pay is more than fifty times smaller or larger than what is usual in the column: it is by the hour, of a year, or a slip."
        )
        _problem(part, PAY, int(far[0]), message, joined([_FOR_A_MONTH, _months(label)]))


def check_value_kinds(part: Part, sheet: Sheet) -> None:
    """Record a problem where a column calls some contracts' values monthly or the like, and the numbers bear it out.

    Parameters
    ----------
    part
        Typed rows of customers.
    sheet
        The file, laid out.
    """
    for place, kind, _, ours, others in _parted(part, sheet, VALUE, YEAR):
        if not others.empty and _stated(part, sheet, VALUE) == ():
            message = say(
                '"{kind}" calls some amounts "{value}", and they are of another size than the others: `annual_value` is money a year.',
                kind=sheet.names[place],
                value=kind,
            )
            advice = joined(
                [
                    say("Give each one's amount for a year, or empty the cells of which that is not known."),
                    say(
                        "If all are a year's, `{entry}` takes the numbers as they are.",
                        entry=product_entry(VALUE, part.label(VALUE), "1"),
                    ),
                ]
            )
            _problem(part, VALUE, int(ours.index[0]), message, advice)


def _problem(part: Part, name: str, row: int, message: str, advice: str) -> None:
    part.findings.problem(
        "pay_kind", message, advice=advice, row=row, column=part.label(name), value=part.raw(name, row)
    )


def _all(heading: str, kind: str) -> str:
    return say('"{kind}" says that all pay is "{value}": `monthly_salary` is money a month.', kind=heading, value=kind)


def _as_a_year(label: str) -> str:
    return joined(
        [
            say("If it is a year's pay, write `{entry}`.", entry=product_entry(PAY, label, f"{1 / 12:.10g}")),
            _months(label),
        ]
    )


def _months(label: str) -> str:
    return say("If it is a month's, `{entry}` takes the numbers as they are.", entry=product_entry(PAY, label, "1"))


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
        advice=_as_a_year(label),
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


def _stated(part: Part, sheet: Sheet, name: str) -> tuple[str, ...] | None:
    """Return the times that an amount's heading states; None where it is no column as it stands, but a product."""
    label = part.label(name)
    return _times(sheet, sheet.names.index(label)) if label in sheet.names else None


def _parted(
    part: Part, sheet: Sheet, name: str, time: str
) -> Iterator[tuple[int, str, str, pd.Series[float], pd.Series[float]]]:
    """Yield each kind of another time: its column, its text, its time, the size of its amounts, and of the others' if that is another."""
    if name not in part.frame.columns or name not in part.bound or part.bound[name].constant:
        return
    sizes = part.frame[name].abs()
    sizes = sizes[sizes > 0]  # nothing is nothing at any time
    for place, kind, other, rows in _kinds(sheet, part.label(name), time):
        ours, others = sizes[sizes.index.isin(rows)], sizes[~sizes.index.isin(rows)]
        if ours.empty:
            continue
        if others.empty or not 1 / APART <= ours.median() / others.median() <= APART:
            yield place, kind, other, ours, others


def _kinds(sheet: Sheet, label: str, time: str) -> Iterator[tuple[int, str, str, list[int]]]:
    """Yield each text of a column of kinds that names another time than this, with that time and its rows."""
    for place, heading in enumerate(sheet.names):
        if heading == label:
            continue
        codes, cells = distinct(sheet.column(place))
        texts = [as_text(cell) for cell in cells]
        if sum(not is_blank(cell) for cell in cells) > MOST_KINDS:
            continue
        for code, text in enumerate(texts):
            times = stated_units(f"({text})" if len(text) == 1 else text).among(TIMES, RATES)  # h is no heading here
            if times and time not in times and _is_kind(heading, text):
                yield place, text, times[0], sheet.cells.index[codes == code].tolist()


def _is_kind(heading: str, text: str) -> bool:
    often = HOW_OFTEN.search(heading) and not any(map(str.isdigit, text))
    return bool(often or KINDS_OF_PAY.search(f"{heading} {text}"))
