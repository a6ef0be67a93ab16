"""Purchases know their unit, and large files give the same units as if they were held."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_support import engagement
from large_support import ALWAYS, COLUMNS, HEADER, ROWS, outcome, text

from kohtaamo_utils.intake import read as read_tables
from kohtaamo_utils.intake.large import beginning, chunks, read
from kohtaamo_utils.ledger import ByUnit, Store, UnitSales

if TYPE_CHECKING:
    from pathlib import Path

SHOPS = {**COLUMNS, "unit": "Myymälä"}
SHOP_HEADER = ("Tilaus", "Asiakas", "Pvm", "Summa", "Kate", "Myymälä")
LINES = [
    ("1", "C1", "2024-01-05", "10.50", "2.5", "Turku"),
    ("1", "C1", "2024-01-05", "4", "", ""),  # no name beside one: the order is Turku's
    ("2", "C2", "2024-02-29", "-3.25", "-1", "Turku"),  # a return, and no order
    ("3", "C2", "2024-03-01", "8.00", "2", "Turku"),
    ("3", "C2", "2024-03-01", "1.10", "0.5", "Espoo"),  # two names: the order is nobody's
    ("4", "", "2024-03-02", "99.00", "9", "Yhteensä"),  # no customer: its unit is not looked at
    ("5", "007", "2025-01-31", "0", "0.05", "Espoo"),  # a sum of zero is an order
    ("6", "7", "2025-01-31", "0.2", "0.05", "Turku"),
    ("7", "7", "2025-02-01", "0.3", "0.05", ""),
]
SOLD = ByUnit(
    (
        UnitSales("Espoo", 1, 1, Decimal(0), Decimal(0)),
        UnitSales("Turku", 2, 2, Decimal("14.70"), Decimal("210.29")),  # 14.50 and 0.20: 210.25 + 0.04
    ),
    several=1,
    nowhere=1,
)


def shop_text(rows: list[tuple[str, ...]], separator: str = ",") -> str:
    return text(rows, separator, SHOP_HEADER)


def same(folder: Path, content: str, **source: Any) -> tuple[object, ...]:
    """Require that a file's units are the same both ways; return what they give."""
    (folder / "a.csv").write_text(content, encoding="utf-8")
    block = {"file": "a.csv", "columns": SHOPS, **source}
    held, large = outcome(folder, block, large=False), outcome(folder, block, large=True)
    assert large == held
    return held


def units_of(found: tuple[object, ...]) -> object:
    """Return the units of an outcome."""
    figures = found[0]
    assert isinstance(figures, tuple)
    return figures[-1]


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of each large file whether DuckDB read it at once."""
    taken: list[bool] = []
    real = read.stage

    def noting(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        taken.append(found is not None)
        return found

    monkeypatch.setattr(read, "stage", noting)
    return taken


def test_an_order_is_the_unit_s_that_its_lines_name(tmp_path: Path, staged: list[bool]) -> None:
    """One name makes the order the unit's; two make it nobody's, none leaves it without; returns are no orders."""
    assert units_of(same(tmp_path, shop_text(LINES))) == SOLD
    assert staged == [True]


def test_in_another_window_other_orders_count(tmp_path: Path) -> None:
    """A window takes the orders of its days only, the last day among them."""
    (tmp_path / "a.csv").write_text(shop_text(LINES), encoding="utf-8")
    ledger = read_tables(engagement(tmp_path, {"transactions": {"file": "a.csv", "columns": SHOPS}})).ledger
    assert ledger is not None
    found = ledger.by_unit((date(2025, 1, 1), date(2025, 1, 31)))
    assert found is not None
    assert [(unit.unit, unit.orders) for unit in found.units] == [("Espoo", 1), ("Turku", 1)]
    assert (found.several, found.nowhere) == (0, 0)
    assert [ledger.customers_outside(ALWAYS, names) for names in ([], ["Turku"], ["Turku", "Espoo"])] == [4, 3, 2]


FINNISH = [
    (order, customer, f"{int(day[8:])}.{int(day[5:7])}.{day[:4]}", amount.replace(".", ","), margin.replace(".", ","), shop)
    for order, customer, day, amount, margin, shop in LINES
]  # fmt: skip


def test_finnish_files_are_read_at_once(tmp_path: Path, staged: list[bool]) -> None:
    """Semicolons, decimal commas and d.m.yyyy give the same units, and need no second reading."""
    assert units_of(same(tmp_path, shop_text(FINNISH, ";"))) == SOLD
    assert staged == [True]


RULES = [{"column": "Tilaus", "matches": "^[67]$"}, {"column": "Summa", "at_most": 0}]


def test_rows_left_out_have_no_unit(tmp_path: Path, staged: list[bool]) -> None:
    """What a rule leaves out is neither counted nor looked at, however odd its unit is."""
    odd = [*LINES, ("6", "C9", "2024-01-01", "5", "", "K\ufffdpyl\ufffd"), ("7", "C9", "2024-01-01", "5", "", "TURKU")]
    found = units_of(same(tmp_path, shop_text(odd), exclude=RULES))
    assert found == ByUnit((UnitSales("Turku", 1, 1, Decimal("14.50"), Decimal("210.25")),), several=1, nowhere=0)
    assert staged == [True]


def test_without_order_numbers_a_day_in_two_shops_is_nobody_s(tmp_path: Path) -> None:
    """A customer's rows of one day are one order, also where they name two units."""
    rows = [("", "C1", "2024-01-05", "5", "1", shop) for shop in ("Turku", "Espoo")]
    rows += [("", "C1", "2024-01-06", "7", "1", "Turku")]
    assert units_of(same(tmp_path, shop_text(rows))) == ByUnit(
        (UnitSales("Turku", 1, 1, Decimal(7), Decimal(49)),), several=1, nowhere=0
    )


@pytest.mark.parametrize(
    "names",
    [
        ("TURKU", "Turku", "Turku"),
        ("Turku keskusta", "Turku  keskusta", "turku keskusta "),
        (" Turku", "Turku\u00a0", "Turku"),
        ("K\ufffdpyl\ufffd", "Turku", "Espoo"),
        ("KÃ¤pylÃ¤", "Turku", "Espoo"),
        ("Yhteensä:", "Turku", "Espoo"),
        ("myymala@esimerkki.fi", "Turku", "Espoo"),
        ("Turku 040 123 4567", "Turku", "Espoo"),
        ("Tur\u200bku", "Turku", "Espoo"),
        ("A\u030abo", "\u00c5bo", "Espoo"),
        ("Straße", "STRASSE", "Espoo"),
        ("n/a", "-", "null"),
        ("#REF!", "#N/A", "Espoo"),
        ("12", "12.0", "012"),
        ("Turku, Aura", 'Turku "Aura"', "Espoo\nkeskus"),
        (" ", "", "\u200b"),
        ("x" * 300, "y", "Y"),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_odd_names_read_the_same(tmp_path: Path, names: tuple[str, ...], apart: bool) -> None:
    """However a unit is written: both ways give the same units, counts and problems, within one order or apart."""
    rows = [("9" if not apart else f"9{place}", "C9", "2024-01-01", "2", "1", name) for place, name in enumerate(names)]
    same(tmp_path, shop_text([*LINES, *rows, *rows[:1]]))


def test_two_spellings_within_an_order_are_one_unit(tmp_path: Path, staged: list[bool]) -> None:
    """An order that spells its one unit in two ways is the unit's, under the name that most lines have."""
    rows = [("1", "C1", "2024-01-05", "5", "1", shop) for shop in ("TURKU", "Turku", "Turku")]
    found = same(tmp_path, shop_text(rows))
    assert units_of(found) == ByUnit((UnitSales("Turku", 1, 1, Decimal(15), Decimal(225)),), several=0, nowhere=0)
    assert staged == [False]


def test_a_third_name_is_seen_between_two_others(tmp_path: Path) -> None:
    """A name that lies between two others of its order in the alphabet is looked at like any other."""
    rows = [("1", "C1", "2024-01-05", "5", "1", shop) for shop in ("Aura", "Summa", "Turku")]
    assert [kind for kind, *_ in same(tmp_path, shop_text(rows))] == ["total_row"]  # type: ignore[misc]


@pytest.mark.parametrize(
    "source",
    [
        {"columns": COLUMNS, "constants": {"unit": "Turku"}},
        {"columns": COLUMNS},
        {"missing": {"unit": ["Espoo"]}},
        {"columns": {**COLUMNS, "unit": "Myymala"}},
        {"columns": {**COLUMNS, "unit": "Asiakas"}},
        {"columns": {**COLUMNS, "unit": "(row)"}},
    ],
)
def test_any_mapping_reads_the_same(tmp_path: Path, source: dict[str, Any]) -> None:
    """A constant, no unit, values that mean none, a wrong name, a column that is used twice: the same both ways."""
    same(tmp_path, shop_text(LINES), **source)


def test_a_column_called_unit_needs_no_mapping(tmp_path: Path, staged: list[bool]) -> None:
    """As everywhere, a column with the canonical name is taken by it."""
    found = same(tmp_path, text(LINES, header=(*SHOP_HEADER[:-1], "Unit")), columns=COLUMNS)
    assert units_of(found) == SOLD
    assert staged == [True]


@pytest.mark.parametrize(
    "shops",
    [
        ["Turku", "Espoo"] * 4 + [None],
        [101, 102] * 4 + [101],
        [101.0, None, 102.5] * 3,
        pd.Categorical(["Turku", "Espoo", "Turku"] * 3),
        ["Turku", "", None] * 3,
        [True, False, True] * 3,
        [date(2024, 1, 1)] * 9,
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_parquet_units_of_any_type(tmp_path: Path, shops: Any, whole: bool) -> None:
    """Whatever type the units have, and customers as texts or whole numbers: the same both ways."""
    frame = pd.DataFrame(LINES, columns=list(SHOP_HEADER)).assign(Myymälä=shops)
    if whole:
        frame = frame.assign(Asiakas=[*range(8), 7], Tilaus=pd.to_numeric(frame["Tilaus"]))
    frame.to_parquet(tmp_path / "a.parquet")
    source = {"file": "a.parquet", "columns": SHOPS}
    assert outcome(tmp_path, source, large=True) == outcome(tmp_path, source, large=False)


def test_files_that_spell_a_unit_otherwise_are_one_source(tmp_path: Path, staged: list[bool]) -> None:
    """One spelling holds for all files of a source, large or small, and for an order that lies in two of them."""
    loud = [(*row[:5], row[5].upper()) for row in LINES if row[5]]
    (tmp_path / "a.csv").write_text(shop_text([*LINES, *LINES]), encoding="utf-8")
    (tmp_path / "b.csv").write_text(shop_text(loud[:5]), encoding="utf-8")
    pd.DataFrame(loud, columns=list(SHOP_HEADER)).to_parquet(tmp_path / "c.parquet")
    size = (tmp_path / "b.csv").stat().st_size
    for files in (["a.csv", "b.csv"], ["b.csv", "a.csv"], ["a.csv", "b.csv", "c.parquet"], ["b.csv", "c.parquet"]):
        source = {"file": files, "columns": SHOPS, "exclude": [{"column": "Tilaus", "matches": "^4$"}]}
        held = outcome(tmp_path, source, large=False)
        assert outcome(tmp_path, source, large=True) == held
        assert outcome(tmp_path, source, large=size + 1) == held
    assert True in staged


def test_a_source_without_units_beside_one_with(tmp_path: Path) -> None:
    """Orders of files that name no unit are nowhere; an order that lies in both kinds is the unit's that is named."""
    (tmp_path / "a.csv").write_text(shop_text(LINES), encoding="utf-8")
    (tmp_path / "b.csv").write_text(text([*ROWS, ("1", "C1", "2024-01-07", "1", "", "")]), encoding="utf-8")
    blocks = [{"file": "a.csv", "columns": SHOPS}, {"file": "b.csv", "columns": COLUMNS}]
    held = outcome(tmp_path, blocks, large=False)
    small = min((tmp_path / name).stat().st_size for name in ("a.csv", "b.csv")) + 1
    assert outcome(tmp_path, blocks, large=True) == held
    assert outcome(tmp_path, blocks, large=small) == held
    found = units_of(held)
    assert isinstance(found, ByUnit)
    # Turku's first order has one euro more, the other file's four orders of customers are nowhere besides the one before
    assert found.units[1] == UnitSales("Turku", 2, 2, Decimal("15.70"), Decimal("240.29"))
    assert (found.several, found.nowhere) == (1, 1 + 4)


def test_late_units_are_read_by_the_usual_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In chunks, far behind the beginning, spellings and problems are those of a file that is held."""
    monkeypatch.setattr(beginning, "LENGTH", 200)
    monkeypatch.setattr(chunks, "SIZE", 3)
    rows = [(f"{number}", f"C{number % 5}", "2024-01-05", "1.5", "1", "Turku") for number in range(20)]
    for late in ("TURKU", "Turku\t", "K\ufffdpyl\ufffd", "Summa", "Espoo"):
        for order in ("3", "99"):
            same(tmp_path, shop_text([*rows, (order, "C3", "2024-01-05", "1.5", "1", late)]))


CELLS = {
    "Tilaus": st.sampled_from(["", "1", "2"]),
    "Asiakas": st.sampled_from(["", "C1", "9"]),
    "Pvm": st.dates(date(2024, 1, 1), date(2024, 1, 3)).map(str),
    "Summa": st.decimals(-50, 500, places=2).map(str),
    "Kate": st.just("1.5"),
    "Myymälä": st.sampled_from(["", "Turku", "Espoo", "Åbo", "turku", "Kerava"]),
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(CELLS).map(lambda row: tuple(row[name] for name in SHOP_HEADER)), min_size=1, max_size=14
    ),
    st.lists(
        st.sampled_from([{"column": "Summa", "at_most": 0}, {"column": "Myymälä", "matches": "^[kK]"}]),
        max_size=2,
        unique_by=str,
    ),
)
def test_any_units_read_the_same(tmp_path: Path, rows: list[tuple[str, ...]], exclude: list[dict[str, Any]]) -> None:
    """Any rows with units: both ways agree on figures, counts and problems."""
    same(tmp_path, shop_text(rows), exclude=exclude)


def test_without_a_unit_no_query_speaks_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sales without units are read as if there were no such thing: the queries do not name it."""
    said: list[str] = []
    real = Store.rows

    def listening(store: Store, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        said.append(sql)
        return real(store, sql, values)

    monkeypatch.setattr(Store, "rows", listening)
    (tmp_path / "a.csv").write_text(text(ROWS), encoding="utf-8")
    pd.DataFrame(ROWS, columns=list(HEADER)).to_parquet(tmp_path / "b.parquet")
    for files in ("a.csv", ["a.csv", "b.parquet"]):
        for large in (True, False):
            found = outcome(tmp_path, {"file": files, "columns": COLUMNS}, large=large)
            assert units_of(found) is None
    assert len(said) > 20
    assert not [sql for sql in said if "GROUPING" in sql or "place" in sql or " unit" in sql.replace("UNION", "")]


NO_PANDAS = """
import sys
from pathlib import Path
from kohtaamo_utils.engagement import Engagement, EngagementSettings
from kohtaamo_utils.intake import read
from kohtaamo_utils.intake.large import read as large
from datetime import date

large.LARGE_TEXT = 1
columns = {"customer_id": "Asiakas", "order_id": "Tilaus", "ordered_on": "Pvm", "amount": "Summa", "unit": "Myymälä"}
settings = EngagementSettings.model_validate({"client": "Asiakas Oy", "sources": {"transactions": {"file": "a.csv", "columns": columns}}})
found = read(Engagement(Path(sys.argv[1]), settings)).ledger.by_unit((date(2024, 1, 1), date(2025, 12, 31)))
print([unit.unit for unit in found.units])
print(sorted({"numpy", "pandas", "pandera", "pyarrow"} & set(sys.modules)))
"""


def test_a_plain_large_file_with_units_is_read_without_pandas(tmp_path: Path) -> None:
    """Units cost a large file no library that it did without."""
    (tmp_path / "a.csv").write_text(shop_text(LINES), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", NO_PANDAS, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['Espoo', 'Turku']", "[]"]
