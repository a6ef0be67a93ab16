"""A file's columns by their canonical names, still as cells: what means nothing is empty, and rows that say nothing are gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.instrument import questions_of
from kohtaamo_utils.intake.columns.binding import bind
from kohtaamo_utils.intake.columns.durations import as_numbers
from kohtaamo_utils.intake.columns.money import bare_amounts
from kohtaamo_utils.intake.columns.no_answers import blank_declared, blank_words
from kohtaamo_utils.intake.columns.percentages import bare_percentages
from kohtaamo_utils.intake.columns.wide import WIDE_TABLE
from kohtaamo_utils.intake.rows.checks import rule_of
from kohtaamo_utils.intake.rows.continued_rows import check_continued
from kohtaamo_utils.intake.rows.order_customers import with_order_customers
from kohtaamo_utils.intake.sheets.broken_cells import unbroken
from kohtaamo_utils.intake.tools.spss import in_words
from kohtaamo_utils.intake.values.cells import is_blank
from kohtaamo_utils.tables import SURVEY_MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.rows.order_customers import Pieces
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.tools.layout import Layout
    from kohtaamo_utils.tables import Column, Table

ANSWERS = frozenset({*SURVEY_MEASURES, "comment", "theme"})
"""What makes a row of a survey an answer: a day, a place or a number does not."""


def cells_of(
    engagement: Engagement,
    table: Table,
    source: Source,
    sheet: Sheet,
    layout: Layout,
    findings: Findings,
    orders: Pieces | None = None,
) -> dict[str, Bound]:
    """Return the canonical columns' cells, as they are when it is decided how they are read.

    Parameters
    ----------
    engagement, table, source
        What the file is read for.
    sheet, layout
        Its rows without those that are left out, and the tool that wrote it.
    findings
        Takes problems and log entries.
    orders
        What is known of the customers of orders, where the sheet is not all of the file.
    """
    bound = bind(table, source, sheet, findings, layout.own, engagement.settings.currency)
    bound = _with_answers(bound, table, findings)
    bound = blank_declared(bound, table, source, findings)
    rules = {name: rule_of(table, name, engagement.settings) for name in bound}
    bound = {name: unbroken(column, rules[name].expected, findings) for name, column in bound.items()}
    bound = _with_figures(bound, rules, findings)
    currency = engagement.settings.currency
    bound = {name: bare_amounts(column, rules[name], currency, findings) for name, column in bound.items()}
    bound = {name: in_words(column, rules[name], findings) for name, column in bound.items()}
    unseen = _not_observed(engagement, table)
    bound = {name: blank_words(column, rules[name], findings, layout.no_date, unseen) for name, column in bound.items()}
    return _with_customer(bound, table, findings, orders)


def _with_figures(bound: dict[str, Bound], rules: Mapping[str, Column], findings: Findings) -> dict[str, Bound]:
    """Read lengths of time as numbers, in the unit that a heading or the name of a row's figure states, and percentages."""
    named = bound["measure"].cells if "measure" in bound else None
    done = dict(bound)
    for name in [name for name in bound if rules[name].any_unit]:
        names = bound[name].cells.map(lambda _: "") if named is None else named
        done[name] = bare_percentages(
            as_numbers(bound[name], rules[name], names, findings), rules[name], names, findings
        )
    return done


def _not_observed(engagement: Engagement, table: Table) -> tuple[str, ...]:
    """Return what the 360's instrument calls "not observed"; nothing where it cannot be read, which is told elsewhere."""
    if table.name != WIDE_TABLE:
        return ()
    try:
        return questions_of(engagement).not_observed.each
    except SettingsError:
        return ()


def _with_customer(
    bound: dict[str, Bound], table: Table, findings: Findings, orders: Pieces | None
) -> dict[str, Bound]:
    """Leave out the order lines that name no customer, if no other line of their order does."""
    if table.name != "transactions" or "customer_id" not in bound:
        return bound
    if orders is None:
        check_continued(bound, findings)
    bound = with_order_customers(bound, findings, orders)
    nobody = bound["customer_id"].cells.map(is_blank).to_numpy(dtype=bool)
    if nobody.any():
        said = say("rows without a customer")
        findings.note("no_customer", "no_customer", int(nobody.sum()), said, column="customer_id")
    return _without(bound, nobody)


def _with_answers(bound: dict[str, Bound], table: Table, findings: Findings) -> dict[str, Bound]:
    """Leave out the rows of a survey that answer nothing: who opened it and went away, or a note under the answers."""
    answers = [column for name, column in bound.items() if name in ANSWERS]
    given = [column.cells.map(is_blank) for column in answers]
    if table.name != "survey" or not given or any(column.constant for column in answers):
        return bound
    silent = pd.concat(given, axis=1).all(axis=1).to_numpy(dtype=bool)
    if silent.any():
        findings.note("incomplete", "silent", int(silent.sum()), say("no question that is read is answered"))
    return _without(bound, silent)


def _without(bound: dict[str, Bound], rows: NDArray[np.bool_]) -> dict[str, Bound]:
    if not rows.any():
        return bound
    return {name: replace(column, cells=column.cells[~rows]) for name, column in bound.items()}
