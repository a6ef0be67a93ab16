"""Sales files too large to be held give the same ledger as if they were held, or the same problems."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_support import engagement
from large_support import COLUMNS, HEADER, ROWS, outcome, same, text

from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.large import beginning, chunks, read, staging
from kohtaamo_utils.intake.large.reading import Way

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def route(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count which way files go: staged by DuckDB, or in chunks."""
    taken = {"staged": 0, "chunks": 0}
    real_stage, real_chunks = read.stage, chunks.read_chunks

    def staged(*arguments: Any, **options: Any) -> Any:
        found = real_stage(*arguments, **options)
        taken["staged"] += found is not None
        return found

    def chunked(*arguments: Any) -> Any:
        taken["chunks"] += 1
        return real_chunks(*arguments)

    monkeypatch.setattr(read, "stage", staged)
    monkeypatch.setattr(chunks, "read_chunks", chunked)
    return taken


def test_a_plain_file_is_staged(tmp_path: Path, route: dict[str, int]) -> None:
    """DuckDB reads a plain file at once, quoted cells, empty ones and leading zeros as they are."""
    same(tmp_path, text(ROWS))
    assert route == {"staged": 1, "chunks": 0}


FINNISH = [
    (
        order,
        customer,
        f"{int(day[8:])}.{int(day[5:7])}.{day[:4]}",
        amount.replace(".", ","),
        margin.replace(".", ","),
        name,
    )
    for order, customer, day, amount, margin, name in ROWS
]
SPACED = [(*row[:3], f"1\u00a0{row[3].replace('-', '').zfill(6).replace('.', ',')[:6]}", "", row[5]) for row in ROWS]


DAY = "2024-01-05"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_finnish_files_are_staged(tmp_path: Path, route: dict[str, int], encoding: str, end: str) -> None:
    """Semicolons, decimal commas and d.m.yyyy, in any encoding and with any line ends."""
    same(tmp_path, text(FINNISH, ";").replace("\n", end).encode(encoding))
    assert route["staged"] == 1


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (text(ROWS).replace("2024-03-01", "2024-03-01 12:30"), {}),
        (text(ROWS).replace("8.00", "8_00"), {}),
        (text(ROWS).replace("8.00", "nan"), {}),
        (text(ROWS).replace("8.00", "1e999"), {}),
        (text(ROWS).replace("8.00", "8 €"), {}),
        (text(ROWS).replace("8.00", ""), {}),
        (text(ROWS).replace("8.00", "1'234.50"), {}),
        (text(ROWS).replace("8.00", "1,234.50").replace("10.50", '"1,234"'), {}),
        (text(ROWS).replace("10.50", "10,50"), {"separator": ","}),
        (text(ROWS).replace("2024-02-29", "2023-02-29"), {}),
        (text(ROWS).replace("2024-02-29", "29.2.2024").replace("2024-03-01", "3/1/2024"), {}),
        (text(ROWS).replace("2024-02-29", "epoch"), {}),
        (text(ROWS).replace("2024-02-29", "0024-02-29"), {}),
        (text(ROWS).replace(",C2,", ", C2 ,"), {}),
        (text(ROWS).replace(",007,", ",N/A,"), {}),
        (text(ROWS).replace(",007,", ",\u00c50,").replace(",7,", ",A\u030a0,"), {}),
        (text(ROWS).replace(",007,", ",Yhteensä:,"), {}),
        (text(ROWS).replace(",007,", ",TOTAL,"), {}),
        (text(ROWS).replace(",007,", ",#REF!,"), {}),
        (text(ROWS).replace("8.00", "#DIV/0!"), {}),
        (text(ROWS).replace(",007,", ',"1,23E+12",'), {}),
        (text(ROWS).replace(",007,", ",K\ufffdpyl\ufffd,"), {}),
        (text(ROWS).replace(",007,", ",KÃ¤pylÃ¤,"), {}),
        (text(ROWS).replace("2024-02-29", "2999-12-31"), {}),
        (text(ROWS).replace("2024-02-29", "2094-02-28"), {}),
        (text(ROWS).replace("10.50", "€10.50"), {}),
        ("".join('"' + line.replace('"', '""') + '"\n' for line in text(ROWS).splitlines()), {}),
        ("Myynti\n" + text(ROWS), {}),
        (text(ROWS, header=("1", "2", "3", "4", "5", "6")), {}),
        (text(ROWS).replace("1002,C2,2024-02-29,-3.25,-1", "1002,C2,2024-02-29"), {}),
        (text(ROWS) + "1009,C9,2024", {}),
        (text(ROWS) + "1009,C9,2024-01-01,1,1,x,y,z\n", {}),
        (text(ROWS) + '1009,"C9,2024-01-01,1,1,x\n', {}),
        (text(ROWS) + "\n\n", {}),
        (text(ROWS).replace("C1", "a@esimerkki.fi"), {}),
        (text(FINNISH, ";").replace("10,50", "10.50"), {}),
        (text(SPACED, ";"), {}),
        (text(ROWS), {"missing": {"amount": [99]}}),
        (text(ROWS), {"exclude": [{"column": "Nimi", "equals": "vesi"}, {"column": "Tilaus", "matches": "^100[34]$"}]}),
        (text(ROWS), {"exclude": [{"column": "Summa", "at_most": 0}, {"column": "Tilaus", "empty": True}]}),
        (text(ROWS), {"exclude": [{"column": "Nimi", "at_least": 3}]}),
        (text(ROWS), {"exclude": [{"column": "Asiakas", "matches": r"^(?=C)"}]}),
        (text(ROWS), {"exclude": [{"column": "Asiakas", "matches": "."}]}),
        (text(ROWS), {"columns": {**COLUMNS, "amount": {"product": ["Summa", "Kate", 2]}, "margin": "Kate"}}),
        (text(ROWS), {"columns": {**COLUMNS, "amount": "Sunma"}}),
        (
            text([*ROWS, ("", "C9", "2024-01-01", "x", "1", "summa")]),
            {
                "columns": {**COLUMNS, "amount": {"product": ["Summa", 2]}},
                "exclude": [{"column": "Nimi", "equals": "summa"}],
            },
        ),
        (
            text([*ROWS, ("", "C9", "2024-01-01", "x", "1", "")]),
            {"columns": {**COLUMNS, "amount": {"product": ["Summa", 2]}}},
        ),
        ("Myynti 2024,,,,,\n" + text(ROWS), {}),
        ("sep=;\n" + text(FINNISH, ";"), {}),
        (
            text(ROWS, header=("Tilaus", "Asiakas", "Pvm", "Sum\nma", "Kate", "Nimi")),
            {"columns": {**COLUMNS, "amount": "Sum ma"}},
        ),
        ("\n\n" + text(ROWS), {}),
        (text(ROWS).replace("kahvi", '"kahvi\nja\n\npulla"'), {}),
        (text(ROWS).replace("Nimi", "Selite").replace("kahvi", "kah\0vi"), {}),
        (text([(row[0], row[1], f"{row[2][5:7]}/{row[2][8:]}/{row[2][:4]}", *row[3:]) for row in ROWS]), {}),
        (text([(*row[:2], "4/7/2024", *row[3:]) for row in ROWS]), {}),
        (text([(*row[:2], "4/7/2024", *row[3:]) for row in ROWS]), {"dates": "mdy"}),
        (text([(*row[:3], "1.234", "", row[5]) for row in ROWS]), {}),
        (text([(*row[:3], "1.234", "", row[5]) for row in ROWS]), {"decimal": ","}),
        (
            text(
                [
                    *ROWS,
                    *[("", "null", word, "7", "", "") for word in ("", "-", "N/A")],
                    ("9", "C9", "x", "1.2.3", "", ""),
                ]
            ),
            {},
        ),
        (
            text(
                [
                    ("1", "C1", DAY, "5", "", ""),
                    ("1", "C2", DAY, "6", "", ""),
                    ("2", "C3", DAY, "7", "", ""),
                    ("2", "", DAY, "x", "", ""),
                    ("3", "C1", "", "8", "", ""),
                ]
            ),
            {},
        ),
    ],
)
def test_odd_files_read_the_same(tmp_path: Path, content: str, source: dict[str, Any]) -> None:
    """Whatever is odd in a file: the large way gives what the usual one gives, problems with their rows included."""
    same(tmp_path, content, **source)


def test_later_rows_may_differ_from_the_first(tmp_path: Path, route: dict[str, int], monkeypatch) -> None:
    """A cell far behind the beginning that is written otherwise is read, or refused, by the usual rules."""
    monkeypatch.setattr(beginning, "LENGTH", 200)
    monkeypatch.setattr(chunks, "SIZE", 3)
    body = text(ROWS * 5)
    for late in (
        "1002,C2,29.2.2024,5.5,1,x\n",
        "1002,C2,2024-02-29,5x,1,x\n",
        '1002,C2,2024-02-29,"1,234.50",1,x\n',
        "1002,Å,2024-02-29,1,1,x\n",
    ):
        same(tmp_path, body + late)
    assert route["chunks"] == 3


IDS = [
    *("7", "07", "007", "1e5", "1E+5", "1,5E+12", "A1E+12", "1 000", "1_000", "+5", "-0", "0", "9223372036854775808", "1.0"),
    *("7 ", " 7", "7\t", "7\u00a0", "\u0667", "\uff17", "total", "Total:", "Sum ", "null", "#NULL!", "1total", "C1:", "\u00c5", "\x017", "\x01"),
]  # fmt: skip


@pytest.mark.parametrize("place", [0, 1])
def test_identifiers_are_never_taken_for_others(tmp_path: Path, monkeypatch, place: int) -> None:
    """However an identifier far behind the beginning is written, nothing is rounded, trimmed or joined that is not elsewhere."""
    monkeypatch.setattr(beginning, "LENGTH", 120)
    plain = [(str(number), f"C{number % 3}", "2024-01-05", "1.5", "1", "x") for number in range(9)]
    for identifier in IDS if place else IDS[::3]:
        others = enumerate((identifier, "7", "5"))
        odd = [(*plain[row][:place], other, *plain[row][place + 1 :]) for row, other in others]
        same(tmp_path, text([*plain, *odd]))


@pytest.mark.parametrize(
    ("column", "start", "late"),
    [
        (2, "2024-01-05", ["2999-12-31", "02024-01-5", "2024 01 05", "2024\\01\\05", "epoch", " 024-01-05", ""]),
        (2, "5.1.2024", ["epoch", "31.12.9999", "5.1.24", "05.01.2024 "]),
        (2, "20240105", ["2024105", "2024105 "]),
        (2, "2024-01-05 12:30", ["2024-01-05 01:30+02", "2024-01-05\t12:30", "2024-01-05 12:3 "]),
        (2, "5.1.2024 9:30", ["5.1.2024 9:3", "5.1.2024\t9:30", "5.1.2024  9:30"]),
        (3, "1.5", ["+-1", "1_000", "1e999", "inf", ".5", "5.", "1,000"]),
        (3, "15", ["1.5", "1.234", "1.0", "1,5", ".25", "+-1", "-0"]),
        (3, "1,5", ["1.234", "1.234,5", "+-1", "1.5", "1'234,50"]),
    ],
)
def test_cells_that_only_duckdb_reads_are_not_read(
    tmp_path: Path, monkeypatch, column: int, start: str, late: list[str]
) -> None:
    """A late cell that DuckDB's casts take, and our parsers do not, is refused; also beside a good line of its order."""
    monkeypatch.setattr(beginning, "LENGTH", 250)
    row = ("1", "C1", "2024-01-05", "1.5", "1", "x")
    plain = [(str(number // 2), *row[1:column], start, *row[column + 1 :]) for number in range(16)]
    for cell in late:
        same(tmp_path, text([*plain, ("7", *row[1:column], cell, *row[column + 1 :])]))


def test_months_that_show_late_are_read_as_such(tmp_path: Path, monkeypatch) -> None:
    """Dates with slashes are decided by the whole column, chunk by chunk or not; a contradiction is told."""
    monkeypatch.setattr(beginning, "LENGTH", 150)
    monkeypatch.setattr(chunks, "SIZE", 2)
    early = [(*row[:2], "4/7/2024", *row[3:]) for row in ROWS]
    for last in ("4/25/2024", "25/4/2024"):
        found = same(tmp_path, text([*early, (*ROWS[0][:2], last, *ROWS[0][3:])]))
        assert found[0] != "ambiguous_dates"
    both = [(*ROWS[0][:2], day, *ROWS[0][3:]) for day in ("4/25/2024", "25/4/2024")]
    assert same(tmp_path, text([*early, *both]))[0][0] == "ambiguous_dates"  # type: ignore[index]


@pytest.mark.parametrize("typed", [True, False])
def test_parquet_reads_the_same(tmp_path: Path, route: dict[str, int], typed: bool) -> None:
    """Parquet with typed columns, or with all columns as text."""
    frame = pd.DataFrame(ROWS, columns=list(HEADER))
    if typed:
        frame = frame.assign(
            Tilaus=pd.to_numeric(frame["Tilaus"]), Pvm=pd.to_datetime(frame["Pvm"]), Summa=pd.to_numeric(frame["Summa"]),
            Kate=pd.to_numeric(frame["Kate"]),
        )  # fmt: skip
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": COLUMNS}
    assert outcome(tmp_path, source, large=True) == outcome(tmp_path, source, large=False)
    assert route == {"staged": 1, "chunks": 0}


def test_an_order_may_lie_in_two_files(tmp_path: Path) -> None:
    """Large and small files of one table, and of two sources, make one ledger."""
    (tmp_path / "a.csv").write_text(text(ROWS), encoding="utf-8")
    (tmp_path / "b.csv").write_text(text([("1001", "C1", "2024-01-04", "1.5", "1", "lisä")]), encoding="utf-8")
    pd.DataFrame(ROWS, columns=list(HEADER)).to_parquet(tmp_path / "c.parquet")
    for files in (["a.csv", "b.csv"], ["a.csv", "b.csv", "c.parquet"]):
        source = {"file": files, "columns": COLUMNS}
        held, large = outcome(tmp_path, source, large=False), outcome(tmp_path, source, large=True)
        assert large == held


def test_a_day_without_order_numbers_may_lie_in_two_files(tmp_path: Path) -> None:
    """A customer's lines of one day that have no number are one order, though one of them lies in a small file."""
    (tmp_path / "a.csv").write_text(text(ROWS), encoding="utf-8")
    (tmp_path / "b.csv").write_text(text([("", "C2", "2024-03-01", "0.9", "", "vesi")]), encoding="utf-8")
    source = {"file": ["a.csv", "b.csv"], "columns": COLUMNS}
    held = outcome(tmp_path, source, large=False)
    assert held[0][0].orders == 4  # type: ignore[index]
    between = (tmp_path / "b.csv").stat().st_size + 1
    assert outcome(tmp_path, source, large=True) == outcome(tmp_path, source, large=between) == held


@pytest.mark.parametrize("day", ["2024-01-05", "2024-01-05 12:30"])
def test_no_identifier_is_kept(tmp_path: Path, route: dict[str, int], monkeypatch, day: str) -> None:
    """Staged or in chunks, of customers and orders only codes are in the tables."""
    (tmp_path / "a.csv").write_text(text(ROWS).replace("2024-01-05", day, 1), encoding="utf-8")
    monkeypatch.setattr(read, "LARGE_TEXT", 1)
    _, dataset = check(engagement(tmp_path, {"transactions": {"file": "a.csv", "columns": COLUMNS}}))
    assert dataset is not None
    assert dataset.ledger is not None
    kept = dataset.ledger._store.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE NOT internal")
    assert ("customer", "UBIGINT") in kept
    assert [name for name, kind in kept if kind == "VARCHAR"] == []
    assert route["staged"] == (day == "2024-01-05")


def test_a_file_with_endless_problems_is_not_read_to_its_end(tmp_path: Path, monkeypatch) -> None:
    """A thousand problems of one file are enough; that there may be more is said."""
    monkeypatch.setattr(chunks, "SIZE", 50)
    monkeypatch.setattr(chunks, "MOST", 100)
    (tmp_path / "a.csv").write_text(text([(*ROWS[0][:3], "x", "", "")] * 500), encoding="utf-8")
    found = outcome(tmp_path, {"file": "a.csv", "columns": COLUMNS}, large=True)
    assert len(found) == 101
    assert "too_many_problems" in {kind for kind, *_ in found}  # type: ignore[misc]


def test_a_doubtful_row_is_never_summed(tmp_path: Path, route: dict[str, int], monkeypatch) -> None:
    """If DuckDB let a cell pass as nothing, the count of doubtful rows would still stop it: break the ways and see."""
    monkeypatch.setitem(read.plan.__globals__, "number_way", lambda *_, **__: Way("TRY_CAST({x} AS DOUBLE)", ""))
    same(tmp_path, text(ROWS).replace("8.00", "8 €"))
    assert route["staged"] == 0
    monkeypatch.setattr(staging, "_counts", lambda *_: staging.Staged(8, (), 1, 7, ()))
    with pytest.raises(AssertionError):
        same(tmp_path, text(ROWS).replace("8.00", "8 €"))


CELLS = {
    "Tilaus": st.sampled_from(["", "1", "2", "A-3", "00012", "x y"]),
    "Asiakas": st.sampled_from(["", "C1", "c1", "9", "09", "Åsa-1", " C1", "null"]),
    "Pvm": st.dates(date(2023, 1, 1), date(2025, 12, 31)).map(str)
    | st.sampled_from(["2024-1-5", "5.1.2024", "2024-01-05T10:00", "20240105", "x", ""]),
    "Summa": st.decimals(-500, 500, places=2).map(str)
    | st.sampled_from(["5", "1,50", "1.2.3", "", "1e3", "-0", "12_0"]),
    "Kate": st.sampled_from(["", "1.5", "-2", "x"]),
    "Nimi": st.sampled_from(["", "ä", "a,b", 'c"d', "e\nf"]),
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(CELLS).map(lambda row: tuple(row[name] for name in HEADER)), min_size=1, max_size=12
    ),
    st.lists(
        st.sampled_from([{"column": "Summa", "at_most": 0}, {"column": "Nimi", "matches": "^c"}]),
        max_size=2,
        unique_by=str,
    ),
)
def test_any_file_reads_the_same(tmp_path: Path, rows: list[tuple[str, ...]], exclude: list[dict[str, Any]]) -> None:
    """Any rows, plain or not: both ways agree on figures, counts and problems."""
    same(tmp_path, text(rows), exclude=exclude)
