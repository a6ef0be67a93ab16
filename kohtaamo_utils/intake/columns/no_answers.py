"""Which cells mean that there is no value: those that the settings declare, and words that always do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import as_text, distinct
from kohtaamo_utils.intake.values.equality import equal
from kohtaamo_utils.intake.values.one_date import ORDERS, parse_date
from kohtaamo_utils.intake.values.vocabulary import DASHES, NO_VALUE, NOT_AVAILABLE, is_no_answer
from kohtaamo_utils.tables import SURVEY_MEASURES, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.engagement.settings import Scalar
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

SCORES = frozenset((*SURVEY_MEASURES, "score"))
"""Columns that people answer, and may decline to."""
OPEN_ENDS = frozenset(dt.date(year, 12, 31) for year in (2099, 2100, 2199, 2299, 2999, 3000, 4712, 9999))
"""What registers write as the end of what has not ended; 4712 is the last year of Oracle's calendar."""
NO_END = frozenset(
    {
        *(
            "toistaiseksi",
            "voimassa toistaiseksi",
            "toistaiseksi voimassa",
            "toistaiseksi voimassa oleva",
            "jatkuu",
            "voimassa",
            "vakituinen",
        ),
        *(
            "tills vidare",
            "gäller tills vidare",
            "pågår",
            "pågående",
            "until further notice",
            "ongoing",
            "current",
            "present",
            "open ended",
        ),
    }
)
"""What people write there."""
NOUGHTS, FEWEST_NOUGHTS = frozenset("0./-: T"), 6
"""What 00.00.0000 and 0000-00-00 00:00 are made of, days of which nothing is there; no day has so many noughts."""


def is_score(name: str) -> bool:
    """Tell whether people answer a column with a score; ``score.<item>`` is one of a wide file's.

    Examples
    --------
    >>> is_score("csat"), is_score("score.Kuuntelee"), is_score("weight")
    (True, True, False)
    """
    return name.partition(".")[0] in SCORES


def blank_declared(bound: dict[str, Bound], table: Table, source: Source, findings: Findings) -> dict[str, Bound]:
    """Empty the cells whose values the settings list under ``missing``; each value's count is logged, zero too."""
    done = dict(bound)
    known = {*table.columns, *bound}
    for name, values in _declared(source, bound):
        if name not in bound and (name in source.columns or name not in known):
            continue  # said already, where the column was looked for
        if name not in bound:
            findings.setting(
                "unused_missing",
                f"missing.{name}",
                say("Values are listed for `{name}`, which this file does not give.", name=name),
                expected=say("one of {names}", names=", ".join(bound)),
                advice=say("Name its column under `columns`, or remove the values."),
            )
            continue
        codes, cells = distinct(bound[name].cells)
        gone = np.zeros(len(cells), dtype=bool)
        for value in values:
            hit = np.array(equal(cells, value), dtype=bool)
            count = int(np.isin(codes, np.flatnonzero(hit)).sum())
            findings.note(
                "missing_value",
                "declared",
                count,
                say("{value} in {name} means no answer", value=str(value), name=name),
                column=name,
                value=str(value),
            )
            gone |= hit
        done[name] = _emptied(bound[name], codes, gone)
    return done


def _declared(source: Source, bound: dict[str, Bound]) -> Iterator[tuple[str, tuple[Scalar, ...]]]:
    """Yield each column with its values; a wide file's score is all of its items."""
    for name, values in source.missing.items():
        items = [item for item in bound if item.startswith(f"{name}.")] if source.wide and name == "score" else []
        yield from ((column, values) for column in items or [name])


def blank_words(
    column: Bound, rule: Column, findings: Findings, no_date: str | None = None, not_observed: tuple[str, ...] = ()
) -> Bound:
    """Empty the cells whose word always means no value; what is emptied is logged.

    In a score that is any word for "cannot say"; elsewhere what programs write for an empty cell, in a date also a
    dash, and in a date of ending the far end of the calendar. In a text it is only what spreadsheets show for no value.

    Parameters
    ----------
    column
        A canonical column's raw cells.
    rule
        What it must hold.
    no_date
        What the survey tool writes where it keeps no date.
    not_observed
        What the 360's instrument offers raters who cannot say.
    """
    codes, cells = distinct(column.cells)
    texts = [as_text(cell) for cell in cells]
    unseen = {" ".join(words.casefold().split()) for words in not_observed} if is_score(column.name) else set[str]()
    gone = np.array(
        [
            _means_nothing(text, column.name, rule, no_date) or " ".join(text.casefold().split()) in unseen
            for text in texts
        ],
        dtype=bool,
    )
    counts = np.bincount(codes, minlength=len(cells))
    for place in np.flatnonzero(gone):
        detail = say("{value} in {name} read as no answer", value=texts[place], name=column.name)
        findings.note("inferred", "no_answer", int(counts[place]), detail, column=column.name, value=texts[place])
    return _emptied(column, codes, gone) if gone.any() else column


def _means_nothing(text: str, name: str, rule: Column, no_date: str | None) -> bool:
    if rule.kind == "text":
        return text[:1] == "#" and text.casefold() in NOT_AVAILABLE
    if is_score(name):
        return is_no_answer(text)
    if rule.kind in {"date", "month"} and (text in DASHES or (bool(text) and text == no_date)):
        return True
    if name == "ended_on" and _is_open(text):
        return True
    return text.casefold() in NO_VALUE


def _is_open(text: str) -> bool:
    """Tell whether a day of ending stands for none, in any order of day and month.

    Examples
    --------
    >>> _is_open("31-DEC-4712"), _is_open("12/31/9999"), _is_open("00.00.0000"), _is_open("Toistaiseksi")
    (True, True, True, True)
    >>> _is_open("31.12.2025"), _is_open("0"), _is_open("4.7.2999")
    (False, False, False)
    """
    if " ".join(text.casefold().replace("-", " ").split()) in NO_END:
        return True
    if text.count("0") >= FEWEST_NOUGHTS and NOUGHTS.issuperset(text):
        return True
    days = (parse_date(text, order) for order in ORDERS.values()) if "31" in text else ()
    return any(day is not None and day in OPEN_ENDS for day in days)


def _emptied(column: Bound, codes: NDArray[np.intp], gone: NDArray[np.bool_]) -> Bound:
    rows = gone[codes] if len(gone) else np.zeros(len(codes), dtype=bool)
    return replace(column, cells=column.cells.mask(rows, ""))
