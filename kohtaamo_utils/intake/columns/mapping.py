"""Which canonical column comes from where: a file's column, a product of columns, a constant, or its own name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.engagement.settings import DateParts, Product, Source, columns_named
from kohtaamo_utils.errors import SETTINGS_FILE, say, together
from kohtaamo_utils.intake.columns.column_names import find, listing, own_name
from kohtaamo_utils.intake.columns.month_columns import month_columns
from kohtaamo_utils.intake.columns.wide import GIVEN, WIDE_TABLE, item_places
from kohtaamo_utils.intake.values.cells import as_text
from kohtaamo_utils.tables import SEGMENT_PREFIX, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Titled


DATED = frozenset({"date", "month", "period"})
"""Kinds of columns that may be made of a year, a month and a day."""
FIRST = 500
"""Rows by which a column is known that the settings do not name."""
ROW = "(row)"
"""In place of a column: the row's number in the file, for files whose rows have no identifier."""


def check_settings(table: Table, source: Source, findings: Findings) -> None:
    """Record what in a source's block cannot be, whatever the file holds."""
    for block, names in (("columns", source.columns), ("constants", source.constants), ("missing", source.missing)):
        for name in names:
            if table.column(name) is None:
                _unknown(table, block, name, findings)
    for name, rule in _rules(source):
        column = table.column(name)
        if isinstance(rule, DateParts) and column is not None and column.kind not in DATED:
            findings.setting(
                "not_a_date_column",
                f"columns.{name}",
                say("`{name}` is no date and no month, so it cannot be made of a year and a month.", name=name),
                expected=column.expected,
                advice=say("Name one column."),
            )
    for name in sorted({name for name, _ in _rules(source)} & set(source.constants)):
        findings.setting(
            "constant_and_column",
            f"constants.{name}",
            say("`{name}` is given both as a column and as a constant.", name=name),
            advice=say("Remove one of the two."),
        )
    if source.duplicates == "drop_exact" and not table.key:
        findings.setting(
            "no_key",
            "duplicates",
            say(
                "Rows of {table} are never compared with each other, so that `drop_exact` drops none.", table=table.name
            ),
            advice=say(
                "Remove it; rows that are not to be counted are left out with an `exclude` rule, or out of the file."
            ),
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


def _rules(source: Source) -> Iterator[tuple[str, str | Product | DateParts]]:
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
        names += columns_named(rule)
    names += [rule.column for rule in source.exclude]
    names += [] if source.wide is None else source.wide.competencies
    return tuple(dict.fromkeys(name for name in names if name != ROW))


class Factor(NamedTuple):
    """A factor of a product, or a part of a date: a column by its place, or a number."""

    place: int | None
    number: float = 1.0


@dataclass(frozen=True)
class Chosen:
    """What a canonical column is made of.

    Parameters
    ----------
    label
        What the file (for a constant: the settings) calls it.
    place
        The file's column; None for a product, a date of several columns, a constant, and the row's number.
    factors
        A product's.
    parts
        Of a date in several columns: its year, its month, and its day if it has one.
    constant
        Whether the settings give the value, and not the file.
    """

    label: str
    place: int | None = None
    factors: tuple[Factor, ...] = ()
    parts: tuple[Factor, ...] = ()
    constant: bool = False


def choose(
    table: Table, source: Source, sheet: Titled, findings: Findings, own: dict[str, str] | None = None
) -> dict[str, Chosen]:
    """Return what each canonical column that a file gives is made of, in the table's order.

    A canonical column that the settings do not speak of is taken under its own name if the file has it, or under
    the survey tool's name for it. A wide file's items are ``score.<item>``.

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
    """
    rules = {name: rule for name, rule in _rules(source) if table.column(name) is not None}
    found = {
        name: _column(rule, sheet, findings) if isinstance(rule, str) else _made(rule, sheet, findings)
        for name, rule in rules.items()
    }
    chosen = {name: one for name, one in found.items() if one is not None}
    for name in source.constants:
        if table.column(name) is not None and name not in rules:
            chosen[name] = Chosen(f"constants.{name}", constant=True)
    if source.wide is not None and table.name == WIDE_TABLE:
        items = item_places(source.wide, sheet, findings)
        chosen |= {name: Chosen(sheet.names[place], place) for name, place in items.items()}
    _take_own_names(table, source, sheet, chosen, findings)
    _take_tools_names(own or {}, source, sheet, chosen, findings)
    _check_required(table, set(rules) | set(chosen) | _by_items(source), sheet, findings)
    return {name: chosen[name] for name in sorted(chosen, key=lambda name: _order(table, name))}


def _order(table: Table, name: str) -> tuple[int, str]:
    names = list(table.columns)
    return (len(names), name) if name not in names else (names.index(name), "")


def _column(column: str, sheet: Titled, findings: Findings) -> Chosen | None:
    if column == ROW:
        return Chosen(ROW)
    place = find(sheet, column, findings)
    return None if place is None else Chosen(sheet.names[place], place)


def _made(rule: Product | DateParts, sheet: Titled, findings: Findings) -> Chosen | None:
    """Return a product or a date of several columns; None where one of them is not there."""
    factors: list[Factor] = []
    for factor in rule.product if isinstance(rule, Product) else rule.date:
        place = find(sheet, factor, findings) if isinstance(factor, str) else None
        if isinstance(factor, str) and place is None:
            return None
        factors.append(Factor(place) if isinstance(factor, str) else Factor(None, factor))
    labels = [f"{number:g}" if place is None else sheet.names[place] for place, number in factors]
    if isinstance(rule, Product):
        return Chosen(" × ".join(labels), factors=tuple(factors))
    return Chosen(" + ".join(labels), parts=tuple(factors))


def _take_own_names(table: Table, source: Source, sheet: Titled, chosen: dict[str, Chosen], findings: Findings) -> None:
    spoken_of = {name.partition(".")[0] for name in (*source.columns, *source.constants)} | _by_items(source)
    used = {found.label for found in chosen.values()}
    segments = [name for name in sheet.named if name.startswith(SEGMENT_PREFIX)]
    for name in (*table.columns, *(segments if "segment" in table.columns else ())):
        if name.partition(".")[0] in spoken_of:
            continue
        place = own_name(sheet, name, findings)
        if place is None or sheet.names[place] in used or _is_share(table, name, sheet, place):
            continue
        given = sheet.names[place]
        chosen[name] = Chosen(sheet.names[place], place)
        findings.note(
            "inferred",
            "own_name",
            1,
            say("column {given} taken by its own name", given=given),
            column=name,
            value=given,
        )


def _is_share(table: Table, name: str, sheet: Titled, place: int) -> bool:
    """Tell whether a column merely bears an optional number's name, and holds percentages of it: *Margin: 35 %*."""
    rule = table.columns.get(name)
    if rule is None or rule.kind != "number" or rule.required or rule.any_unit:
        return False
    texts = [text for text in map(as_text, sheet.first(place, FIRST)) if text]
    return bool(texts) and all(text.endswith("%") for text in texts)


def _take_tools_names(
    own: dict[str, str], source: Source, sheet: Titled, chosen: dict[str, Chosen], findings: Findings
) -> None:
    for name, column in own.items():
        free = name not in (*source.columns, *source.constants, *chosen)
        place = own_name(sheet, column, findings) if free else None
        if place is not None:
            chosen[name] = Chosen(sheet.names[place], place)
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


def _check_required(table: Table, named: set[str], sheet: Titled, findings: Findings) -> None:
    wide = month_columns(sheet.named)
    missing = [name for name in table.required if name not in named and table.columns[name].kind in DATED]
    if wide is not None and missing:
        findings.problem(
            "month_columns",
            wide.message,
            expected=table.columns[missing[0]].expected,
            advice=wide.advice,
            column=missing[0],
        )
        return
    for name in table.required:
        if name not in named:
            said = say("The table {table} needs `{name}`, and nothing says where it is.", table=table.name, name=name)
            _need(said, name, sheet, findings)
    if table.one_of and not any(set(names) <= named for names in table.one_of):
        ways = (together(f"`{name}`" for name in names) for names in table.one_of)
        either_way = reduce(lambda one, other: say("{one}, or {other}", one=one, other=other), ways)
        said = say("The table {table} needs at least {ways}, and none is there.", table=table.name, ways=either_way)
        _need(said, table.one_of[0][0], sheet, findings)


def _need(message: str, name: str, sheet: Titled, findings: Findings) -> None:
    near = get_close_matches(name, sheet.named, n=3, cutoff=0.7)
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
