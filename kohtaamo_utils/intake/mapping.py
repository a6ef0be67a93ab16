"""Which canonical column comes from where: a file's column, a product of columns, a constant, or its own name."""

from __future__ import annotations

import math
from difflib import get_close_matches
from functools import reduce
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.engagement.settings import Product, Source
from kohtaamo_utils.errors import SETTINGS_FILE, say, together
from kohtaamo_utils.intake.bound import Bound, bound_at
from kohtaamo_utils.intake.cells import Cells, cell_of, distinct
from kohtaamo_utils.intake.columns import find, listing, own_name
from kohtaamo_utils.intake.money import bare_amount
from kohtaamo_utils.intake.parse_numbers import parse_numbers
from kohtaamo_utils.intake.wide import GIVEN, WIDE_TABLE, bind_items
from kohtaamo_utils.intake.wrong_cells import report
from kohtaamo_utils.tables import SEGMENT_PREFIX, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.findings import Findings
    from kohtaamo_utils.intake.sheet import Sheet


ROW = "(row)"
"""In place of a column: the row's number in the file, for files whose rows have no identifier."""


def check_settings(table: Table, source: Source, findings: Findings) -> None:
    """Record what in a source's block cannot be, whatever the file holds."""
    for block, names in (("columns", source.columns), ("constants", source.constants), ("missing", source.missing)):
        for name in names:
            if table.column(name) is None:
                _unknown(table, block, name, findings)
    for name in sorted({name for name, _ in _rules(source)} & set(source.constants)):
        findings.setting(
            "constant_and_column",
            f"constants.{name}",
            say("`{name}` is given both as a column and as a constant.", name=name),
            advice=say("Remove one of the two."),
        )


def _unknown(table: Table, block: str, name: str, findings: Findings) -> None:
    near = get_close_matches(name, table.columns, n=1, cutoff=0.5)
    findings.setting(
        "unknown_column",
        f"{block}.{name}",
        say("The table {table} has no column `{name}`.", table=table.name, name=name),
        expected=say("one of {names}", names=", ".join(table.columns)),
        advice=say("Did you mean `{near}`?", near=near[0]) if near else say("Remove it or correct its name."),
    )


def _rules(source: Source) -> Iterator[tuple[str, str | Product]]:
    """Yield each canonical name with its rule; several segments are several names."""
    for name, rule in source.columns.items():
        if isinstance(rule, dict):
            yield from ((f"{SEGMENT_PREFIX}{part}", column) for part, column in rule.items())
        else:
            yield name, rule


def named_columns(source: Source) -> tuple[str, ...]:
    """Return the file's columns that a source's block names, each once.

    Examples
    --------
    >>> block = {"file": "a.csv", "columns": {"amount": {"product": ["kpl", 2]}}, "exclude": [{"column": "tila", "empty": True}]}
    >>> named_columns(Source.model_validate(block))
    ('kpl', 'tila')
    """
    names: list[str] = []
    for _, rule in _rules(source):
        factors = rule.product if isinstance(rule, Product) else (rule,)
        names += [factor for factor in factors if isinstance(factor, str)]
    names += [rule.column for rule in source.exclude]
    names += [] if source.wide is None else source.wide.competencies
    return tuple(dict.fromkeys(name for name in names if name != ROW))


def bind(
    table: Table,
    source: Source,
    sheet: Sheet,
    findings: Findings,
    own: dict[str, str] | None = None,
    currency: str = "",
) -> dict[str, Bound]:
    """Return the canonical columns that a file gives, in the table's order; a wide file's items are ``score.<item>``.

    A canonical column that the settings do not speak of is taken under its own name if the file has it, or under
    the survey tool's name for it.

    Parameters
    ----------
    table
        The canonical table.
    source
        The source's block.
    sheet
        The file, laid out.
    findings
        Takes problems and what was taken by its own name.
    own
        Canonical columns to the survey tool's names for them.
    currency
        The engagement's, for amounts that have it beside them.
    """
    rules = {name: rule for name, rule in _rules(source) if table.column(name) is not None}
    bound: dict[str, Bound] = {}
    for name, rule in rules.items():
        found = _product(name, rule, source, sheet, findings, currency) if isinstance(rule, Product) else None
        found = found or (_column(name, rule, sheet, findings) if isinstance(rule, str) else None)
        if found is not None:
            bound[name] = found
    for name, value in source.constants.items():
        if table.column(name) is not None and name not in rules:
            cells = pd.Series([cell_of(value)] * len(sheet.cells), index=sheet.cells.index, dtype=object)
            bound[name] = Bound(name, f"constants.{name}", cells, constant=True)
    if source.wide is not None and table.name == WIDE_TABLE:
        bound |= bind_items(source.wide, sheet, findings)
    _take_own_names(table, source, sheet, bound, findings)
    _take_tools_names(own or {}, source, sheet, bound, findings)
    _check_required(table, set(rules) | set(bound) | _by_items(source), sheet, findings)
    return {name: bound[name] for name in sorted(bound, key=lambda name: _order(table, name))}


def _order(table: Table, name: str) -> tuple[int, str]:
    names = list(table.columns)
    return (len(names), name) if name not in names else (names.index(name), "")


def _column(name: str, column: str, sheet: Sheet, findings: Findings) -> Bound | None:
    if column == ROW:
        return Bound(name, ROW, pd.Series(sheet.cells.index, index=sheet.cells.index, dtype=object))
    place = find(sheet, column, findings)
    return None if place is None else bound_at(name, place, sheet)


def _product(name: str, rule: Product, source: Source, sheet: Sheet, findings: Findings, currency: str) -> Bound | None:
    """Multiply columns and numbers; the result is empty where a factor is."""
    total = pd.Series(1.0, index=sheet.cells.index)
    labels: list[str] = []
    for factor in rule.product:
        if not isinstance(factor, str):
            total *= factor
            labels.append(f"{factor:g}")
            continue
        place = find(sheet, factor, findings)
        if place is None:
            return None
        total *= _numbers(sheet.column(place), sheet.names[place], source, findings, currency)
        labels.append(sheet.names[place])
    return Bound(name, " × ".join(labels), total.astype(object).map(cell_of))


def _numbers(column: Cells, label: str, source: Source, findings: Findings, currency: str) -> pd.Series[float]:
    codes, cells = distinct(column)
    parsed = parse_numbers([bare_amount(cell, currency) for cell in cells], source.decimal)
    report(parsed, column, label, say("a number"), findings)
    values = [math.nan if value is None else value for value in parsed.found]
    return pd.Series([values[code] for code in codes], index=column.index, dtype="float64")


def _take_own_names(table: Table, source: Source, sheet: Sheet, bound: dict[str, Bound], findings: Findings) -> None:
    spoken_of = {name.partition(".")[0] for name in (*source.columns, *source.constants)} | _by_items(source)
    used = {found.label for found in bound.values()}
    segments = [name for name in sheet.named if name.startswith(SEGMENT_PREFIX)]
    for name in (*table.columns, *(segments if "segment" in table.columns else ())):
        if name.partition(".")[0] in spoken_of:
            continue
        place = own_name(sheet, name, findings)
        if place is None or sheet.names[place] in used:
            continue
        given = sheet.names[place]
        bound[name] = bound_at(name, place, sheet)
        findings.note(
            "inferred",
            "own_name",
            1,
            say("column {given} taken by its own name", given=given),
            column=name,
            value=given,
        )


def _take_tools_names(
    own: dict[str, str], source: Source, sheet: Sheet, bound: dict[str, Bound], findings: Findings
) -> None:
    for name, column in own.items():
        free = name not in (*source.columns, *source.constants, *bound)
        place = own_name(sheet, column, findings) if free else None
        if place is not None:
            bound[name] = bound_at(name, place, sheet)
            findings.note(
                "inferred",
                "own_name",
                1,
                say("column {column} taken as {name}", column=column, name=name),
                column=name,
                value=column,
            )


def _by_items(source: Source) -> set[str]:
    """Return the canonical columns that a wide file's items give."""
    return set() if source.wide is None else set(GIVEN)


def _check_required(table: Table, named: set[str], sheet: Sheet, findings: Findings) -> None:
    for name in table.required:
        if name not in named:
            said = say("The table {table} needs `{name}`, and nothing says where it is.", table=table.name, name=name)
            _need(said, name, sheet, findings)
    if table.one_of and not any(set(names) <= named for names in table.one_of):
        ways = (together(f"`{name}`" for name in names) for names in table.one_of)
        either_way = reduce(lambda one, other: say("{one}, or {other}", one=one, other=other), ways)
        said = say("The table {table} needs at least {ways}, and none is there.", table=table.name, ways=either_way)
        _need(said, table.one_of[0][0], sheet, findings)


def _need(message: str, name: str, sheet: Sheet, findings: Findings) -> None:
    near = get_close_matches(name, sheet.named, n=3, cutoff=0.5)
    example = f"columns: {{{name}: {near[0] if near else 'NAME'}}}"
    advice = say(
        "Name the file's column under `columns` in {settings}, e.g. `{example}`, or a value under `constants`.",
        settings=SETTINGS_FILE,
        example=example,
    )
    if near:
        advice = say(
            'Name the file\'s column (perhaps "{near}") under `columns` in {settings}, '
            "e.g. `{example}`, or a value under `constants`.",
            near=near[0],
            settings=SETTINGS_FILE,
            example=example,
        )
    findings.problem(
        "missing_column",
        message,
        expected=listing(sheet.named),
        advice=advice,
        column=name,
    )
