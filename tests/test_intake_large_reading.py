"""The ways in which DuckDB reads a column read nothing that the usual parsers do not."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.intake.columns.garbled import is_garbled
from kohtaamo_utils.intake.large.lines import FIRST, LAST
from kohtaamo_utils.intake.large.reading import DATES, GUARDED, NUMBERS, odd_id
from kohtaamo_utils.intake.large.scan import WATCHED
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.people.privacy import Pseudonyms, protect
from kohtaamo_utils.intake.sheets.bound import Bound
from kohtaamo_utils.intake.values.cells import as_text, composed
from kohtaamo_utils.intake.values.parse_dates import parse_dates
from kohtaamo_utils.intake.values.parse_numbers import parse_numbers
from kohtaamo_utils.ledger import Store
from kohtaamo_utils.tables import Column
from kohtaamo_utils.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAYS = ["2024-01-05", "5.1.2024", "1/25/2024 9:30", "2024-01-05 12:30:00", "20240105", "25-1-2024 9.30.11"]
SIGNS = "0123456789-/.,: +T\te\u00a0_"
CHANGES = st.tuples(st.integers(0, 19), st.integers(0, 2), st.text(SIGNS, max_size=2))


def read_by(ways: Sequence[str], texts: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Yield each way with each text and what DuckDB makes of it."""
    columns = ", ".join(way.format(x="x") for way in ways)
    with Store() as store:
        rows = store.rows(f"SELECT x, {columns} FROM (SELECT unnest(?) AS x)", [texts])  # noqa: S608 - the kit's own
    for text, *values in rows:
        yield from ((way, text, value) for way, value in zip(ways, values, strict=True) if value is not None)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DAYS), CHANGES), min_size=30, max_size=60))
def test_no_way_reads_a_date_that_the_parser_does_not(changed: list[tuple[str, tuple[int, int, str]]]) -> None:
    """Whatever DuckDB makes a plausible day of is the same day for `parse_dates`."""
    texts = [day[:at] + put + day[at + cut :] for day, (at, cut, put) in changed]
    for way, cell, value in read_by(DATES, texts):
        if isinstance(value, date) and FIRST <= value <= LAST:  # DuckDB gives years before 1 as text
            order = "mdy" if "%m/%d" in way or "%m-%d" in way else "dmy"
            assert parse_dates([cell], order).found == [value], (way, cell)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("0123456789.,+- eE\t'_\u00a0x", max_size=8), min_size=30, max_size=60))
def test_no_way_reads_a_number_that_the_parser_does_not(texts: list[str]) -> None:
    """Whatever DuckDB makes a number of is the same number for `parse_numbers`, guarded where a file has 1_000 or +-1."""
    marks = {GUARDED.format(way): mark for mark, way in NUMBERS.items()}
    for way, cell, value in read_by(list(marks), texts):
        if math.isfinite(value):
            assert parse_numbers([cell], marks[way] or None).found == [value], (way, cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("odd", "identifiers"),
    [
        (
            False,
            [
                "C0012345",
                "12345",
                "A",
                "1+2",
                "sum1",
                "7b",
                "K\u00e4vij\u00e41",
                "6410405082657",
                "ORD-2024-00001234",
                "12.3.2024-5",
            ],
        ),
        (False, ["550e8400-e29b-41d4-a716-446655440001", "2024-01234567", "321301-1234", "Kassa 1", "c001x"]),
        (
            True,
            [
                "aino@esimerkki.fi",
                "aino (at) esimerkki.fi2",
                "aino@host.n1",
                "131052-308T",
                "010190-9090",
                "811228-9874",
                "ID 010190-9090/1",
            ],
        ),
        (
            True,
            [
                "192.168.0.10",
                "2001:db8::1",
                "+358401234567",
                "+358 40 123 4567",
                "Aino Esimerkkil\u00e4",
                "Virtanen, Matti J.",
            ],
        ),
        (
            True,
            [
                " A1",
                "A1 ",
                "K\u00e41 ",
                "12 ",
                "7b\t",
                "1E+05",
                "2e+7",
                "Sum",
                "total: ",
                "K\ufffd1",
                "K\u00c3\u00a41",
                "Ka\u03081",
                "\x01A",
                "\x012024-01-05",
            ],
        ),
    ],
)
def test_which_identifiers_need_the_usual_checks(odd: bool, identifiers: list[str]) -> None:
    """Blanks around it, a spreadsheet's rounding, words of totals and lost or composed letters are seen; what is plain is not."""
    asked = odd_id("x", {"sum", "total"}, ascii_only=False)
    with Store() as store:
        found = dict(store.rows(f"SELECT x, {asked} FROM (SELECT unnest(?) AS x)", [identifiers]))  # noqa: S608 - the kit's own
    assert found == dict.fromkeys(identifiers, odd)


def test_identifiers_that_are_read_at_once_are_left_as_they_are() -> None:
    """Of every sign but control signs of ASCII, within an identifier: where it needs no usual checks, these would change nothing."""
    texts = [f"K{sign}1" for sign in map(chr, range(0x20, 0x3100)) if not sign.isascii() or sign.isprintable()]
    with Store() as store:
        asked = f"SELECT x FROM (SELECT unnest(?) AS x) WHERE NOT {odd_id('x', {'sum'}, ascii_only=False)}"  # noqa: S608 - the kit's own
        plain = [text for (text,) in store.rows(asked, [texts])]
    assert len(plain) > 1000
    assert [text for text in plain if visible(as_text(composed(text))) != text or is_garbled(text, "customer_id")] == []


PIECES = (
    "aino@esimerkki.fi",
    "@",
    "(at)",
    "131052",
    "-",
    "308T",
    "010190-9090",
    "811228-9874",
    "+358 40 1234567",
    "192.168.0.1",
    "2001:db8::1",
    ".",
    ":",
)
WORDS = (
    *PIECES,
    "Aino",
    "Esimerkkil\u00e4",
    " ",
    ",",
    "J.",
    "12",
    "1234567890",
    "A",
    "\u00e9",
    "_",
    "/",
    "[",
    "]",
    "@x.y2",
)


SHORT_CODE = re.compile(r"[A-\uffff].{0,8}[0-9]", re.DOTALL)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join), min_size=40, max_size=80))
def test_what_becomes_a_pseudonym_is_not_read_at_once(texts: list[str]) -> None:
    """Of texts made of addresses, codes, numbers and names, each that the usual reading replaces needs the usual checks.

    Short ones from a letter to a figure are taken for codes: looking for addresses among them would cost too much.
    """
    import pandas as pd

    column = Bound("customer_id", "Asiakas", pd.Series(texts, dtype=object))
    changed = protect(column, Column("id"), Pseudonyms("Esimerkki Oy"), Findings("transactions", "a.csv")).cells
    replaced = {
        text for text, cell in zip(texts, changed, strict=True) if text != cell and not SHORT_CODE.fullmatch(text)
    }
    for ascii_only in (True, False):
        wanted = [text for text in replaced if text.isascii() or not ascii_only]
        signs = "".join(sign for sign in WATCHED if any(sign in text for text in wanted))
        with Store() as store:
            asked = f"SELECT x FROM (SELECT unnest(?::VARCHAR[]) AS x) WHERE NOT {odd_id('x', {'sum'}, ascii_only=ascii_only, signs=signs)}"  # noqa: S608 - the kit's own
            assert store.rows(asked, [wanted]) == []
