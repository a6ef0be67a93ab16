"""What was written can be read: every canonical table through every tool's layout, encoding and country's ways."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from canonical_tables import ROWS, Canonical, canonical_tables
from containers import TextForm, parquet, spss, text_forms, workbook
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st
from intake_support import engagement
from layouts import BOOK_LAYOUTS, SURVEYS_ONLY, TEXT_LAYOUTS, Answers, Cell, Export, heading, joined
from locales import AGREEMENT, WORDED, Locale, locales, unclear_days, unclear_numbers, unclear_words

from kohtaamo_utils.intake import check
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from canonical_tables import Value

    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake import Dataset

FEW, MANY = 4, 25
"""Examples of each layout in the daily and in the slow run."""
FILLED_BY_TOOL = {"survey": "answered_on", "observations": "observed_on", "mystery_shopping": "visited_on"}
"""Columns that a survey tool gives by its own time of answering."""
THROUGH_TOOLS = ("survey", "observations", "mystery_shopping", "ratings_360")
"""Tables that are answers to a form."""
QUICK = settings(
    max_examples=FEW, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
LONG = settings(QUICK, max_examples=MANY)


def tables_of(layout: str) -> st.SearchStrategy[Canonical]:
    """Return tables that a layout may hold."""
    names = (
        ("survey",) if layout in SURVEYS_ONLY else tuple(ROWS) if layout in {"plain", "webropol 1"} else THROUGH_TOOLS
    )
    return st.sampled_from(names).flatmap(canonical_tables)


def timed(table: Canonical) -> Canonical:
    """Return a table whose answers all have a day, as a tool gives it."""
    name = FILLED_BY_TOOL.get(table.name)
    if name is None:
        return table
    place = table.columns.index(name)
    rows = tuple(
        tuple(dt.date(2025, 7, 24) if at == place and cell is None else cell for at, cell in enumerate(row))
        for row in table.rows
    )
    return replace(table, rows=rows)


def answers_of(table: Canonical, by_tool: str, cell: Callable[[str, Value], Cell]) -> Answers:
    """Return a table as answers to questions; the column that the tool itself gives is no question."""
    asked = [name for name in table.columns if name != by_tool]
    times = [
        dt.datetime.combine(day, dt.time(9, 15, 22)) if isinstance(day, dt.date) else dt.datetime(2025, 7, 24, 9, 15)  # noqa: DTZ001 - tools write local time
        for day in (table.column(by_tool) if by_tool else [None] * len(table.rows))
    ]
    cells = [[cell(name, record[name]) for name in asked] for record in table.records]
    return Answers([heading(name) for name in asked], cells, times)


def mapping(table: Canonical, export: Export, by_tool: str) -> dict[str, Any]:
    """Return the settings' columns for a written file."""
    asked = [name for name in table.columns if name != by_tool]
    columns = dict(zip(asked, export.names, strict=True))
    return columns | ({by_tool: export.time} if by_tool else {})


def read_back(
    table: Canonical, name: str, content: bytes, columns: dict[str, Any], **more: Any
) -> tuple[tuple[Any, ...], Dataset | None]:
    """Read a written file with ``format: auto``."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(content)
        return check(engagement(Path(folder), {table.name: {"file": name, "columns": columns, **more}}))


def same(value: Value, other: Any) -> bool:
    """Tell whether a value that was read is the one that was written."""
    if value is None or other is None or other != other:
        return value is None and (other is None or other != other)
    if isinstance(value, dt.date):
        return bool(other.date() == value)
    return bool(other == pytest.approx(value, abs=1e-9)) if isinstance(value, float) else bool(other == value)


def expect_equal(table: Canonical, dataset: Dataset, recognised: str = "") -> None:
    """Require that the table that was read is the one that was written, and that the tool was recognised."""
    frame = dataset.tables[table.name].astype(object)
    frame = frame.where(frame.notna(), None)
    for name in table.columns:
        came = frame[name].tolist()
        assert len(came) == len(table.rows)
        wrong = [
            (value, other) for value, other in zip(table.column(name), came, strict=True) if not same(value, other)
        ]
        assert not wrong, f"{name}: written {wrong[0][0]!r}, read {wrong[0][1]!r}"
    if recognised:
        said = [entry.value for entry in dataset.log.of(table.name, "inferred") if entry.rule == "format"]
        assert said == ([] if recognised == "plain" else [recognised])


def doubts(
    table: Canonical, export: Export, columns: dict[str, Any], records: list[list[Cell]]
) -> set[tuple[str, str]]:
    """Return what is truly unclear in a written file: the kind of problem, and its column's canonical name."""
    found: set[tuple[str, str]] = set()
    for name in columns:
        rule = TABLES[table.name].columns[name]
        texts = [str(record[name]) for record in records_by_name(export, columns, records)]
        if rule.kind == "date" and unclear_days(texts):
            found.add(("ambiguous_dates", name))
        if rule.kind == "number" and unclear_numbers(texts):
            found.add(("ambiguous_numbers", name))
        if name in WORDED and rule.kind == "number" and unclear_words(texts):
            found.add(("ambiguous_words", name))
    return found


def records_by_name(export: Export, columns: dict[str, Any], records: list[list[Cell]]) -> list[dict[str, Cell]]:
    """Return the written answers by canonical name."""
    places = {name: place for place, name in enumerate(columns) if columns[name] != export.time}
    return [
        {name: record[place] for name, place in places.items()} | dict.fromkeys(columns.keys() - places.keys(), "")
        for record in records
    ]


def text_trip(layout: str, data: st.DataObject) -> None:
    """Write a table as a text file of a tool and read it back."""
    recognised, write = TEXT_LAYOUTS[layout]
    table, locale = data.draw(tables_of(layout)), data.draw(locales())
    by_tool = FILLED_BY_TOOL.get(table.name, "") if layout != "plain" else ""
    table = timed(table) if by_tool else table
    answers = answers_of(table, by_tool, lambda name, value: locale.text(name, table.name, value))
    export = write(answers)
    form: TextForm = data.draw(text_forms(export.separators))
    content = form.written(export.records)
    assume(content is not None)
    assert content is not None
    columns = mapping(table, export, by_tool)
    note(f"{form}\n{locale}\n{content.decode(form.encoding)}\ncolumns: {columns}")
    found, dataset = read_back(table, "data.csv", content, columns)
    unclear = doubts(table, export, columns, [list(row) for row in answers.cells])
    times = [str(record[own]) for record in export.records if by_tool for own in [_place(export)] if own is not None]
    unclear |= {("ambiguous_dates", by_tool)} if unclear_days(times) else set()
    judge(table, found, dataset, unclear, recognised)


def book_cell(name: str, table: str, value: Value) -> Cell:
    """Return a value as a workbook holds it: numbers, flags and times as such."""
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return Locale().text(name, table, value) if isinstance(value, str) else value


def book_trip(layout: str, data: st.DataObject) -> None:
    """Write a table as a workbook of a tool, its cells as Excel holds them or as texts, and read it back."""
    recognised, write = BOOK_LAYOUTS[layout]
    table, locale, true_cells = data.draw(tables_of(layout)), data.draw(locales()), data.draw(st.booleans())
    by_tool = FILLED_BY_TOOL.get(table.name, "") if layout != "plain" else ""
    table = timed(table) if by_tool else table
    answers = answers_of(
        table, by_tool, lambda name, value: (book_cell if true_cells else locale.text)(name, table.name, value)
    )
    export = write(answers)
    columns = mapping(table, export, by_tool)
    note(f"{locale}\n{export.records}\ncolumns: {columns}")
    found, dataset = read_back(table, "data.xlsx", workbook(export.records), columns)
    unclear = set() if true_cells else doubts(table, export, columns, [list(row) for row in answers.cells])
    times = [str(record[own]) for record in export.records if by_tool for own in [_place(export)] if own is not None]
    unclear |= {("ambiguous_dates", by_tool)} if unclear_days(times) else set()
    judge(table, found, dataset, unclear, recognised)


def _place(export: Export) -> int | None:
    return next((list(record).index(export.time) for record in export.records[:3] if export.time in record), None)


def judge(
    table: Canonical,
    found: tuple[Problem, ...],
    dataset: Dataset | None,
    unclear: set[tuple[str, str]],
    recognised: str,
) -> None:
    """Require the same table, or exactly the questions that have two answers."""
    if unclear:
        assert {problem.kind for problem in found} == {kind for kind, _ in unclear}
        assert len(found) == len(unclear)
        return
    assert dataset is not None, "\n".join(map(str, found))
    expect_equal(table, dataset, recognised)


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
@QUICK
@given(data=st.data())
def test_text_files(layout: str, data: st.DataObject) -> None:
    """A table in any tool's text file is read as it was written, or what can be read in two ways is asked."""
    text_trip(layout, data)


@pytest.mark.slow
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
@LONG
@given(data=st.data())
def test_many_text_files(layout: str, data: st.DataObject) -> None:
    """The same for thousands of them."""
    text_trip(layout, data)


@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
@QUICK
@given(data=st.data())
def test_workbooks(layout: str, data: st.DataObject) -> None:
    """The same holds for workbooks, whether their cells are true numbers and times or texts."""
    book_trip(layout, data)


@pytest.mark.slow
@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
@LONG
@given(data=st.data())
def test_many_workbooks(layout: str, data: st.DataObject) -> None:
    """The same for many of them."""
    book_trip(layout, data)


def typed_trip(name: str, data: st.DataObject) -> None:
    """Write a table as a file that knows its types, and read it back."""
    table: Canonical = data.draw(canonical_tables(name))
    names = [joined(heading(column)) for column in table.columns]
    columns = dict(zip(table.columns, names, strict=True))
    found, dataset = read_back(table, "data.parquet", parquet(table, names), columns)
    judge(table, found, dataset, set(), "plain")
    with tempfile.TemporaryDirectory() as folder:
        coded = {
            column: dict(enumerate(AGREEMENT["fi"], start=1))
            for column in table.columns
            if column in WORDED - {"score"}
        }
        spss(Path(folder, "data.sav"), table, names, coded)
        found, dataset = check(engagement(Path(folder), {name: {"file": "data.sav", "columns": columns}}))
    judge(table, found, dataset, set(), "plain")


@pytest.mark.parametrize("name", ROWS)
@QUICK
@given(data=st.data())
def test_typed_files(name: str, data: st.DataObject) -> None:
    """Every table in Parquet and in SPSS, whose scores have their words, is read as it was."""
    typed_trip(name, data)


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
@LONG
@given(data=st.data())
def test_many_typed_files(name: str, data: st.DataObject) -> None:
    """The same for many of them."""
    typed_trip(name, data)


@QUICK
@given(table=canonical_tables("ratings_360"), form=text_forms(",\t"), depth=st.sampled_from((1, 3)))
def test_qualtrics_360(table: Canonical, form: TextForm, depth: int) -> None:
    """Ratings, written as Qualtrics writes evaluations (one column an item), are the same ratings; unasked items are empty."""
    keyed: dict[tuple[Any, ...], dict[Any, Any]] = {}
    for row in table.records:
        keyed.setdefault((row["reviewee_id"], row["rater_id"], row["rater_group"]), {})[row["item"]] = row["score"]
    items = sorted({str(row["item"]) for row in table.records})
    groups = {"report": "DirectReport", "self": "Self", "manager": "Manager", "peer": "Peer", "customer": "Customer"}
    head = [
        "Status",
        "Finished",
        "SubjectUniqueIdentifier",
        "ParticipantUniqueIdentifier",
        "Relationship",
        *[f"Q{place}" for place in range(len(items))],
    ]
    rows: list[list[Cell]] = [
        [
            "32",
            "1",
            subject,
            rater,
            groups[group],
            *["" if scores.get(item) is None else f"{scores[item]:.0f}" for item in items],
        ]
        for (subject, rater, group), scores in keyed.items()
    ]
    heads: list[list[Cell]] = (
        [[*head]] if depth == 1 else [[*head], [*head[:5], *items], ['{"ImportId":"x"}'] * len(head)]
    )
    named = head[5:] if depth == 1 else items
    content = form.written([*heads, *rows])
    assume(content is not None)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data.csv").write_bytes(content or b"")
        source = {"file": "data.csv", "wide": {"items": named}}
        found, dataset = check(engagement(Path(folder), {"ratings_360": source}))
    assert dataset is not None, "\n".join(map(str, found))
    frame = dataset.tables["ratings_360"]
    came = {
        (row.reviewee_id, row.rater_id, row.rater_group, items[named.index(row.item)]): row.score
        for row in frame.itertuples()
        if row.score == row.score
    }
    assert came == {
        (*key, item): score for key, scores in keyed.items() for item, score in scores.items() if score is not None
    }
    assert [entry.value for entry in dataset.log.of("ratings_360", "inferred") if entry.rule == "format"] == [
        "qualtrics"
    ]
