"""One block of ``sources`` in the settings: from its files to rows of the canonical table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.engagement.releases import salt_of
from kohtaamo_utils.errors import DataError, SettingsError, joined, say, say_plural, together
from kohtaamo_utils.instrument import questions_of
from kohtaamo_utils.intake.binding import bind
from kohtaamo_utils.intake.block import Block, no_rows, nothing_usable
from kohtaamo_utils.intake.broken_cells import unbroken
from kohtaamo_utils.intake.cells import is_blank
from kohtaamo_utils.intake.checks import check_rows, rule_of, table_of
from kohtaamo_utils.intake.duplicates import check_repeats
from kohtaamo_utils.intake.effort_question import check_effort_question
from kohtaamo_utils.intake.exclusions import exclude
from kohtaamo_utils.intake.file_rows import rows_of
from kohtaamo_utils.intake.files import InputFile, open_file
from kohtaamo_utils.intake.findings import Findings
from kohtaamo_utils.intake.garbled import check_garbled
from kohtaamo_utils.intake.guests import check_guests
from kohtaamo_utils.intake.in_common import identifiers_in
from kohtaamo_utils.intake.legends import heard
from kohtaamo_utils.intake.longer_periods import check_longer_periods
from kohtaamo_utils.intake.mapping import ROW, check_settings
from kohtaamo_utils.intake.merged_cells import check_merged
from kohtaamo_utils.intake.money import bare_amounts
from kohtaamo_utils.intake.no_answers import blank_declared, blank_words
from kohtaamo_utils.intake.order_columns import check_order_columns
from kohtaamo_utils.intake.order_customers import with_order_customers
from kohtaamo_utils.intake.own_weight import check_own_weight
from kohtaamo_utils.intake.part import Part
from kohtaamo_utils.intake.pay_kinds import check_annual_twin, check_pay_kinds
from kohtaamo_utils.intake.people import check_people
from kohtaamo_utils.intake.pilot_design import check_pilot
from kohtaamo_utils.intake.privacy import Pseudonyms, labels_of, note_dropped, protect
from kohtaamo_utils.intake.quality import judge_straight_lines, judge_too_fast
from kohtaamo_utils.intake.reverse import reverse
from kohtaamo_utils.intake.reviewee_ids import as_reviewees
from kohtaamo_utils.intake.reviewees import check_reviewees
from kohtaamo_utils.intake.scale_answers import numbered
from kohtaamo_utils.intake.spelling import one_spelling
from kohtaamo_utils.intake.spss import in_words
from kohtaamo_utils.intake.stated_scale import check_stated_scale
from kohtaamo_utils.intake.summary_tables import single_answers
from kohtaamo_utils.intake.ten_points import check_ten_points
from kohtaamo_utils.intake.total_rows import check_totals
from kohtaamo_utils.intake.turned_question import check_turned_question
from kohtaamo_utils.intake.typing_columns import typed
from kohtaamo_utils.intake.whole_company import check_whole
from kohtaamo_utils.intake.wide import WIDE_TABLE, check_wide, count_ratings, unfold

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.guests import Guests
    from kohtaamo_utils.intake.layout import Layout
    from kohtaamo_utils.intake.order_customers import Pieces
    from kohtaamo_utils.intake.sheet import Sheet
    from kohtaamo_utils.tables import Table

STAFF_PERSPECTIVE = "believed"
CUSTOMER_PERSPECTIVE = "experienced"


def read_source(
    engagement: Engagement, name: str, source: Source, also: Mapping[str, Counter[str]] | None = None
) -> Block:
    """Read all files of a source; nothing is raised, all problems are collected.

    Parameters
    ----------
    engagement
        The engagement that the source is of.
    name
        Canonical table.
    source
        The block.
    also
        Of the source's files that are read elsewhere, the texts of a column, for their spelling.
    """
    table = table_of(name, engagement.settings)
    whole = Findings(name, source.file[0])
    check_settings(table, source, whole)
    check_wide(table, source, whole)
    founds = [Findings(name, file) for file in source.file]
    inputs: list[InputFile] = []
    parts: list[Part] = []
    for findings in founds:
        part, read = _read_file(engagement, table, source, findings)
        inputs += [] if read is None else [read]
        parts += [] if part is None else [part]
    parts = one_spelling(parts, table, also)
    parts = [_unfolded(part, table, source) for part in check_repeats(parts, table, source)]
    check_reviewees(parts, table)
    check_pilot(parts, table)
    for part in parts:
        part.findings.note("rows_out", "rows_out", len(part.frame), say("rows used"))
    if len(parts) == len(founds):
        _check_usable(parts, table, whole, founds)
    block = _gathered(parts, source, [whole, *founds], inputs)
    return block if block.problems else replace(block, compared=identifiers_in(parts, name))


def _gathered(parts: list[Part], source: Source, founds: list[Findings], inputs: list[InputFile]) -> Block:
    problems = dict.fromkeys(problem for findings in founds for problem in findings.problems)
    entries = tuple(entry for findings in founds for entry in findings.entries)
    identifiers = {given: text for findings in founds for given, text in findings.identifiers.items()}
    rows, frames = tuple(rows_of(part, source) for part in parts), tuple(part.frame for part in parts)
    return Block(frames, tuple(problems), entries, tuple(inputs), identifiers, rows=rows)


def _read_file(
    engagement: Engagement, table: Table, source: Source, findings: Findings
) -> tuple[Part | None, InputFile | None]:
    try:
        read, sheet, layout = open_file(engagement.path(findings.file), source, findings)
    except DataError:  # its problem is among the findings
        return None, None
    return part_of(engagement, table, source, sheet, layout, findings, whole=True), read


def part_of(
    engagement: Engagement,
    table: Table,
    source: Source,
    sheet: Sheet,
    layout: Layout,
    findings: Findings,
    *,
    whole: bool = False,
    guests: Guests | None = None,
    orders: Pieces | None = None,
) -> Part:
    """Return a file's rows, typed and checked; what is wrong goes among the findings.

    Parameters
    ----------
    engagement, table, source
        What the file is read for.
    sheet, layout
        The file, laid out, and the tool that wrote it.
    findings
        Takes problems and log entries.
    whole
        Whether the sheet is all of the file, so that shares of its rows mean something.
    guests
        Counts customers' rows where it is not.
    orders
        Knows the customers of orders where it is not.
    """
    findings.note("rows_in", "rows_in", len(sheet.cells), say("rows in the file"))
    sheet = exclude(layout.answers(sheet, findings), source, findings)
    if table.name == "survey":
        sheet = judge_too_fast(sheet, layout, source, findings)
    bound = cells_of(engagement, table, source, sheet, layout, findings, orders)
    bound = single_answers(table.name, sheet, bound, findings)
    note_dropped(sheet, bound, source, findings)
    rules = {name: rule_of(table, name, engagement.settings) for name in bound}
    bound = heard(bound, rules, sheet, findings)
    check_garbled(bound, rules, findings)
    check_totals(sheet if bound and table.name != "transactions" else None, bound, rules, findings)
    check_whole(table, bound, findings)
    check_merged(bound, rules, findings)
    check_people(bound, findings)
    check_longer_periods(bound, findings)
    if whole and table.name == "transactions":
        check_order_columns(sheet, labels_of(bound.values(), source), source, engagement.settings.currency, findings)
        check_guests(bound, findings)
    if guests is not None:
        guests.count(bound)
    pseudonyms = Pseudonyms(salt_of(engagement))
    bound = {name: protect(column, rules[name], pseudonyms, findings) for name, column in bound.items()}
    bound = as_reviewees(bound, pseudonyms, findings)
    columns = {name: numbered(column, rules[name], source, findings) for name, column in bound.items()}
    frame = pd.DataFrame(
        {name: typed(column, rules[name], source, findings) for name, column in columns.items()},
        index=next((column.cells.index for column in bound.values()), sheet.cells.index),
    )
    part = Part(frame, bound, findings)
    for name, rule in rules.items():
        check_stated_scale(part, name, rule)
        check_ten_points(part, name, rule)
    if table.name == "survey":
        check_effort_question(part, engagement.settings)
        check_turned_question(part, engagement.settings, source)
        check_own_weight(part, source)
    if table.name == "employees":
        check_pay_kinds(part, sheet)
        check_annual_twin(part, sheet, source, engagement.settings.currency)
    part = replace(part, frame=_finished(reverse(frame, rules, source, findings), table, source, findings))
    check_rows(part, table, engagement.settings)
    return part


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
    currency = engagement.settings.currency
    bound = {name: bare_amounts(column, rules[name], currency, findings) for name, column in bound.items()}
    bound = {name: in_words(column, rules[name], findings) for name, column in bound.items()}
    unseen = _not_observed(engagement, table)
    bound = {name: blank_words(column, rules[name], findings, layout.no_date, unseen) for name, column in bound.items()}
    return _with_customer(bound, table, findings, orders)


def _not_observed(engagement: Engagement, table: Table) -> tuple[str, ...]:
    """Return what the 360's instrument calls "not observed"; nothing where it cannot be read, which is told elsewhere."""
    if table.name != WIDE_TABLE:
        return ()
    try:
        return questions_of(engagement).not_observed.each
    except SettingsError:
        return ()


def _unfolded(part: Part, table: Table, source: Source) -> Part:
    """Make one row per rating of a wide file's evaluations."""
    if source.wide is None or table.name != WIDE_TABLE or part.findings.problems:
        return part
    count_ratings(part.findings, source.wide)
    return replace(part, frame=unfold(part.frame, source.wide))


def _with_customer(
    bound: dict[str, Bound], table: Table, findings: Findings, orders: Pieces | None
) -> dict[str, Bound]:
    """Leave out the order lines that name no customer, if no other line of their order does."""
    if table.name != "transactions" or "customer_id" not in bound:
        return bound
    bound = with_order_customers(bound, findings, orders)
    nobody = bound["customer_id"].cells.map(is_blank).to_numpy(dtype=bool)
    if nobody.any():
        said = say("rows without a customer")
        findings.note("no_customer", "no_customer", int(nobody.sum()), said, column="customer_id")
    return _without(bound, nobody)


def _with_answers(bound: dict[str, Bound], table: Table, findings: Findings) -> dict[str, Bound]:
    """Leave out the rows of a survey that say nothing, such as a note under the answers."""
    given = [column.cells.map(is_blank) for column in bound.values() if not column.constant and column.label != ROW]
    if table.name != "survey" or not given:
        return bound
    silent = pd.concat(given, axis=1).all(axis=1).to_numpy(dtype=bool)
    if silent.any():
        findings.note("incomplete", "silent", int(silent.sum()), say("no column that is read has a value"))
    return _without(bound, silent)


def _without(bound: dict[str, Bound], rows: NDArray[np.bool_]) -> dict[str, Bound]:
    if not rows.any():
        return bound
    return {name: replace(column, cells=column.cells[~rows]) for name, column in bound.items()}


def _finished(frame: pd.DataFrame, table: Table, source: Source, findings: Findings) -> pd.DataFrame:
    """Fill in a survey's perspective where the file is silent, and flag careless answers or leave them out."""
    if table.name != "survey":
        return frame
    frame = judge_straight_lines(frame, source, findings)
    if "respondent_group" not in frame.columns:
        return frame
    usual = frame["respondent_group"].map(
        lambda group: CUSTOMER_PERSPECTIVE if group == "customer" else STAFF_PERSPECTIVE, na_action="ignore"
    )
    said = frame["perspective"] if "perspective" in frame.columns else pd.Series(None, index=frame.index, dtype="str")
    count = int(said.isna().sum())
    if count:
        detail = say("perspective by respondent group: customers experienced, staff believed")
        findings.note("inferred", "perspective", count, detail, column="perspective")
    return frame.assign(perspective=said.fillna(usual.astype("str")))


def _check_usable(parts: list[Part], table: Table, whole: Findings, founds: list[Findings]) -> None:
    """Require at least one row, and one value of what the source is read for."""
    rows = sum(len(part.frame) for part in parts)
    if rows == 0:
        no_rows(founds, whole)
    elif not any(findings.problems for findings in founds) and not any(_says_something(part, table) for part in parts):
        ways = joined([together(names) for names in table.one_of], ", ")
        said = say_plural(
            "None of the {n} row has a value for {ways}.",
            "None of the {n} rows has a value for {ways}.",
            rows,
            ways=ways,
        )
        nothing_usable(said, whole)


def _says_something(part: Part, table: Table) -> bool:
    ways = [[name for name in names if name in part.frame.columns] for names in table.one_of]
    return not ways or any(bool(part.frame[way].notna().all(axis=1).any()) for way in ways if way)
