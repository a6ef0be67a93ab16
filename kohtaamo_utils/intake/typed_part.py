"""One file laid out, or a piece of it, as typed rows of a canonical table: each check in its place on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.engagement.releases import salt_of
from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.garbled import check_garbled
from kohtaamo_utils.intake.columns.longer_periods import check_longer_periods
from kohtaamo_utils.intake.columns.mapping import named_columns
from kohtaamo_utils.intake.columns.part import Part
from kohtaamo_utils.intake.columns.typing_columns import typed
from kohtaamo_utils.intake.people.guests import check_guests
from kohtaamo_utils.intake.people.people_as_groups import check_people
from kohtaamo_utils.intake.people.privacy import Pseudonyms, labels_of, note_dropped, protect
from kohtaamo_utils.intake.people.reviewee_ids import as_reviewees
from kohtaamo_utils.intake.people.writers import writers_of
from kohtaamo_utils.intake.raw_columns import cells_of
from kohtaamo_utils.intake.rows.answer_columns import check_answer_columns
from kohtaamo_utils.intake.rows.checks import check_rows, rule_of
from kohtaamo_utils.intake.rows.exclusions import exclude
from kohtaamo_utils.intake.rows.order_columns import check_order_columns
from kohtaamo_utils.intake.rows.order_totals import check_lines
from kohtaamo_utils.intake.rows.other_paths import check_other_paths
from kohtaamo_utils.intake.rows.own_weight import check_own_weight
from kohtaamo_utils.intake.rows.pay_kinds import check_annual_twin, check_pay_kinds, check_pay_sizes, check_value_kinds
from kohtaamo_utils.intake.rows.quality import judge_straight_lines, judge_too_fast
from kohtaamo_utils.intake.rows.summary_tables import OF_ANSWERS, single_answers
from kohtaamo_utils.intake.rows.total_rows import check_totals
from kohtaamo_utils.intake.rows.unread_columns import texts_of, unread
from kohtaamo_utils.intake.rows.unread_ends import check_unread_ends
from kohtaamo_utils.intake.rows.whole_company import check_whole
from kohtaamo_utils.intake.scales.effort_question import check_effort_question
from kohtaamo_utils.intake.scales.heard_legends import heard
from kohtaamo_utils.intake.scales.met_criteria import with_points
from kohtaamo_utils.intake.scales.reverse import reverse
from kohtaamo_utils.intake.scales.scale_answers import numbered
from kohtaamo_utils.intake.scales.short_scale import check_short_scale
from kohtaamo_utils.intake.scales.stated_scale import check_stated_scale
from kohtaamo_utils.intake.scales.ten_points import check_ten_points
from kohtaamo_utils.intake.scales.turned_question import check_turned_question
from kohtaamo_utils.intake.sheets.merged_cells import check_merged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.people.guests import Guests
    from kohtaamo_utils.intake.rows.order_customers import Pieces
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.tools.layout import Layout
    from kohtaamo_utils.tables import Column, Table

STAFF_PERSPECTIVE = "believed"
CUSTOMER_PERSPECTIVE = "experienced"


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
    _check_cells(table, sheet, bound, rules, findings)
    if whole and table.name == "transactions":
        _check_orders(sheet, bound, source, engagement.settings.currency, findings)
    if table.name in OF_ANSWERS:
        _check_beside(engagement, table, source, sheet, bound, rules, findings)
    if guests is not None:
        guests.count(bound)
    pseudonyms, raters = Pseudonyms(salt_of(engagement)), bound.get("rater_id")
    bound = {name: protect(column, rules[name], pseudonyms, findings) for name, column in bound.items()}
    findings.writers |= writers_of(sheet, raters, bound.get("rater_id"), set(labels_of(bound.values(), source)))
    bound = as_reviewees(bound, pseudonyms, findings)
    frame = _typed(bound, rules, source, sheet, findings)
    part = Part(frame, bound, findings)
    _check_meaning(engagement, table, source, sheet, part, rules)
    if whole and table.name == "transactions":
        check_lines(part, source)
    part = replace(part, frame=_finished(reverse(frame, rules, source, findings), table, source, findings))
    check_rows(part, table, engagement.settings)
    return part


def _typed(
    bound: dict[str, Bound], rules: Mapping[str, Column], source: Source, sheet: Sheet, findings: Findings
) -> pd.DataFrame:
    """Return typed columns: words of a scale as numbers first, and what is met as points."""
    columns = {name: numbered(column, rules[name], source, findings) for name, column in bound.items()}
    columns = with_points(columns, findings)
    return pd.DataFrame(
        {name: typed(column, rules[name], source, findings) for name, column in columns.items()},
        index=next((column.cells.index for column in bound.values()), sheet.cells.index),
    )


def _check_beside(
    engagement: Engagement,
    table: Table,
    source: Source,
    sheet: Sheet,
    bound: dict[str, Bound],
    rules: Mapping[str, Column],
    findings: Findings,
) -> None:
    """Look at what columns beside the answers say of them, and for answers that stand in other columns."""
    used = set(labels_of(bound.values(), source))
    check_answer_columns(table.name, sheet, used, source, findings)
    if table.name == "survey":
        others = [other for other in engagement.settings.sources.get("survey", ()) if {*other.file} & {*source.file}]
        used |= {name for other in others for name in named_columns(other)}
        check_other_paths(sheet, bound, rules, used, source, findings)


def _check_cells(
    table: Table, sheet: Sheet, bound: dict[str, Bound], rules: Mapping[str, Column], findings: Findings
) -> None:
    """Refuse what cells show before anything is read from them: lost letters, totals, merged cells, people as groups."""
    check_garbled(bound, rules, findings)
    check_totals(sheet if bound and table.name != "transactions" else None, bound, rules, findings)
    check_whole(table, bound, findings)
    check_merged(bound, rules, findings)
    check_people(bound, findings)
    check_longer_periods(bound, findings)


def _check_orders(sheet: Sheet, bound: dict[str, Bound], source: Source, currency: str, findings: Findings) -> None:
    """Look at what columns beside the sales say of them, and for customers who are nobody in particular."""
    beside = unread(sheet, labels_of(bound.values(), source))
    texts = [(name, texts_of(sheet.column(place))) for place, name in beside.items()]
    check_order_columns(texts, source, currency, findings)
    check_guests(bound, findings)


def _check_meaning(
    engagement: Engagement, table: Table, source: Source, sheet: Sheet, part: Part, rules: Mapping[str, Column]
) -> None:
    """Refuse numbers that were read but mean something else: another scale, a turned question, pay of another time."""
    settings = engagement.settings
    for name, rule in rules.items():
        check_stated_scale(part, name, rule)
        check_ten_points(part, name, rule)
    if table.name in OF_ANSWERS:
        check_short_scale(part, rules, settings)
    if table.name == "survey":
        check_effort_question(part, settings)
        check_turned_question(part, rules, settings, source)
        check_own_weight(part, source)
    if table.name == "customers":
        check_value_kinds(part, sheet)
    if table.name == "employees":
        check_pay_kinds(part, sheet)
        check_annual_twin(part, sheet, source, settings.currency)
        check_pay_sizes(part, source, settings.currency)
    if "ended_on" in table.columns:
        check_unread_ends(part, sheet, labels_of(part.bound.values(), source))


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
