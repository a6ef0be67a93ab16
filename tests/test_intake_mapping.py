"""Mapping, exclusion, missing values and repeats; and that the import log adds up."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey
from large_support import same, text
from map_files import proposed

from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.engagement.document import checked
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import LogEntry, check, read
from kohtaamo_utils.tables import TABLES, schema


def test_column_names_are_trimmed(tmp_path: Path) -> None:
    """White space and a byte order mark around a column's name do not matter."""
    assert survey(tmp_path, "\ufeff nps ,\u00a0csat\n9,5\n").tables["survey"]["csat"].tolist() == [5]


def test_exact_name_before_case(tmp_path: Path) -> None:
    """An exact name wins; otherwise one that differs in case only is taken and logged."""
    assert survey(tmp_path, "q1,Q1\n9,8\n", columns={"nps": "Q1"}).tables["survey"]["nps"].tolist() == [8]
    found = survey(tmp_path, "Q1\n9\n", columns={"nps": "q1"})
    assert "column Q1 stands for q1" in [entry.detail for entry in found.log.of("survey", "inferred")]


def test_ambiguous_name(tmp_path: Path) -> None:
    """A name that two columns bear is not guessed at."""
    (problem,) = problems(tmp_path, "Q,Q\n9,8\n", columns={"nps": "Q"}, constants=CUSTOMERS)
    assert (problem.kind, problem.message) == ("ambiguous_column", '2 columns are called "Q".')


def test_own_names_are_taken_and_logged(tmp_path: Path) -> None:
    """A canonical column that nothing maps is taken under its own name, unless the file's column serves elsewhere."""
    found = survey(tmp_path, "NPS,value\n9,5\n", columns={"csat": "value"})
    assert list(found.tables["survey"].columns) == ["respondent_group", "perspective", "nps", "csat"]
    assert ("own_name", "column NPS taken by its own name") in {
        (entry.rule, entry.detail) for entry in found.log.of("survey", "inferred")
    }


def test_segments(tmp_path: Path) -> None:
    """Several segments become segment columns of their own, mapped or under their own names."""
    found = survey(
        tmp_path,
        "nps,ika,segment.alue\n9,nuori,E\n",
        columns={"segment": {"age": "ika"}},
        missing={"segment.age": "nuori"},
    )
    assert found.tables["survey"]["segment.age"].isna().all()
    assert "segment.alue" not in found.tables["survey"], "segments that are mapped are all the segments there are"
    assert survey(tmp_path, "nps,segment.alue\n9,E\n").tables["survey"]["segment.alue"].tolist() == ["E"]


def test_product_of_columns_and_numbers(tmp_path: Path) -> None:
    """A product multiplies columns and numbers; a bad factor is placed in its own column."""
    columns = {"customer_id": "id", "ordered_on": "pvm", "amount": {"product": ["kpl", "hinta", 2]}}
    text = "id;pvm;kpl;hinta\n1;1.1.2025;3;2,5\n"
    assert dataset(tmp_path, text, "transactions", columns=columns).tables["transactions"]["amount"].tolist() == [15]
    found = problems(tmp_path, text.replace(";3;", ";kolme;"), "transactions", columns=columns)
    assert ("kpl", "kolme", 2) in {(problem.column, problem.value, problem.row) for problem in found}


def test_perspective_by_group(tmp_path: Path) -> None:
    """Where the perspective is silent, customers experienced and staff believed; what is said stands."""
    text = "respondent_group,perspective,nps\nasiakas,,9\njohto,,9\nhenkilöstö,koettu,9\n"
    found = dataset(tmp_path, text)
    assert found.tables["survey"]["perspective"].tolist() == ["experienced", "believed", "experienced"]
    assert [entry.count for entry in found.log.of("survey") if entry.rule == "perspective"] == [2]


def test_missing_values(tmp_path: Path) -> None:
    """Declared values mean no answer, numbers by their amount; each value's count is logged, zero too."""
    found = survey(tmp_path, "nps,csat\n11,Blank\n11.0,0\n9,5\n", missing={"nps": 11, "csat": [0, "blank", 6]})
    assert found.tables["survey"]["nps"].count() == 1
    assert found.tables["survey"]["csat"].count() == 1
    counts = [(entry.column, entry.value, entry.count) for entry in found.log.of("survey", "missing_value")]
    assert counts == [("nps", "11", 2), ("csat", "0", 1), ("csat", "blank", 1), ("csat", "6", 0)]


def test_missing_values_of_nothing(tmp_path: Path) -> None:
    """Values declared for a column that is not read are a problem, since a slip of the name would hide there."""
    (problem,) = problems(tmp_path, "nps\n9\n", constants=CUSTOMERS, missing={"csat": [0]})
    assert (problem.kind, problem.file) == ("unused_missing", "engagement.yaml")


def test_no_answer_words(tmp_path: Path) -> None:
    """Words that decline to answer are no answer in a score, and counted; in a comment they are text."""
    found = survey(tmp_path, "nps;comment\nEn osaa sanoa;EOS\nEOS;-\nN/A;ok\n-;ok\n9;ok\n")
    assert found.tables["survey"]["nps"].count() == 1
    assert found.tables["survey"]["comment"].tolist()[:2] == ["EOS", "-"]
    assert sum(entry.count for entry in found.log.of("survey") if entry.rule == "no_answer") == 4


def test_dash_is_no_amount(tmp_path: Path) -> None:
    """In money a dash may mean nought, so it is not taken for an empty cell."""
    (problem,) = problems(tmp_path, "customer_id;ordered_on;amount\n1;1.1.2025;-\n", "transactions")
    assert problem.kind == "not_a_number"


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ({"matches": "^C"}, ["2", "5"]),
        ({"equals": 5}, ["C1", "2", ""]),
        ({"empty": True}, ["C1", "2", "5"]),
        ({"empty": False}, [""]),
    ],
)
def test_exclude_rules(tmp_path: Path, rule: dict[str, object], left: list[str]) -> None:
    """A rule leaves out the rows that its condition fits; an empty cell fits none but `empty`."""
    exclude = [{"column": "k", **rule}]
    found = survey(tmp_path, "k,comment,nps\nC1,C1,9\n2,2,9\n5.0,5,9\n,,9\n", exclude=exclude)
    survived = found.tables["survey"]["comment"].fillna("").tolist()
    assert survived == ([*left, ""] if rule == {"matches": "^C"} else left)
    assert found.log.excluded("survey") == 4 - len(survived)


def test_exclude_by_number(tmp_path: Path) -> None:
    """A limit compares numbers in the file's own writing, and text in its column is a problem."""
    text = "k;nps\n-1,5;9\n0;9\n2,5;9\n;9\n"
    assert survey(tmp_path, text, exclude=[{"column": "k", "at_most": 0}]).log.excluded("survey") == 2
    assert survey(tmp_path, text, exclude=[{"column": "k", "at_least": 2.5}]).log.excluded("survey") == 1
    (problem,) = problems(
        tmp_path, text.replace("2,5", "x"), constants=CUSTOMERS, exclude=[{"column": "k", "at_most": 0}]
    )
    assert (problem.kind, problem.row, problem.column) == ("not_a_number", 4, "k")


def test_orders_without_a_customer(tmp_path: Path) -> None:
    """Order lines without a customer are left out and logged, before anything else in them is judged."""
    text = "customer_id;ordered_on;amount\n;ei;x\nNULL;1.1.2025;5\n7;1.1.2025;5\n7;1.1.2025;5\n"
    found = dataset(tmp_path, text, "transactions")
    assert found.tables["transactions"]["amount"].tolist() == [5, 5], "order lines are never deduplicated"
    assert found.log.count("transactions", "no_customer") == 2


def test_drop_exact(tmp_path: Path) -> None:
    """Exact repeats of a key are dropped on request and logged; conflicting ones stay an error."""
    text = "response_id,nps\n1,9\n1,9\n2,8\n"
    found = survey(tmp_path, text, duplicates="drop_exact")
    assert found.tables["survey"]["response_id"].tolist() == ["1", "2"]
    assert found.log.count("survey", "duplicates_dropped") == 1
    (problem,) = problems(tmp_path, text + "1,7\n", constants=CUSTOMERS, duplicates="drop_exact")
    assert (problem.kind, problem.row) == ("duplicate_key", 5)


@pytest.mark.parametrize("text", ["nps\n9\n9\n", "response_id,nps\n,9\n,9\n"])
def test_rows_without_a_key_are_not_compared(tmp_path: Path, text: str) -> None:
    """Equal answers without an identifier are different people's."""
    assert len(survey(tmp_path, text, duplicates="drop_exact").tables["survey"]) == 2


def test_key_of_several_columns(tmp_path: Path) -> None:
    """A key of several columns repeats only where all its parts do, an empty part equal to an empty one."""
    text = "month,measure,unit,value\n2025-01,Valitukset,,1\n2025-01,Valitukset,A,2\n2025-01,Valitukset,,3\n"
    (problem,) = problems(tmp_path, text, "operations")
    assert (problem.row, problem.message) == (4, "Row 2 already has the same value.")


def test_straight_liners_are_counted_not_dropped(tmp_path: Path) -> None:
    """Equal answers to five items or more are flagged, and stay."""
    found = survey(tmp_path, "listening,expertise,value,trust,solution\n3,3,3,3,3\n3,3,3,3,\n1,2,3,4,5\n")
    assert [(entry.rule, entry.count) for entry in found.log.of("survey", "flagged")] == [("straight_lining", 1)]
    assert len(found.tables["survey"]) == 3


def test_sources_are_joined(tmp_path: Path) -> None:
    """Several sources of a table are one, each row of its type even where a source lacks the column."""
    blocks = [
        {"file": put(tmp_path, "a.csv", "nps,answered_on\n9,2025-01-01\n"), "constants": CUSTOMERS},
        {"file": put(tmp_path, "b.csv", "enps,comment\n8,ok\n"), "constants": {"respondent_group": "employee"}},
    ]
    found = read(engagement(tmp_path, {"survey": blocks})).tables["survey"]
    schema("survey").validate(found)
    assert found["respondent_group"].tolist() == ["customer", "employee"]
    assert isinstance(found.index, pd.RangeIndex)
    assert list(found.columns) == ["respondent_group", "perspective", "answered_on", "nps", "enps", "comment"]


def test_only_the_tables_asked_for(tmp_path: Path) -> None:
    """Sources that are not asked for are not read, and tables without a source are passed over."""
    sources = {
        "survey": {"file": put(tmp_path, "a.csv", "nps\n9\n"), "constants": CUSTOMERS},
        "pilot": {"file": "no.csv"},
    }
    assert list(read(engagement(tmp_path, sources), ["survey", "employees"]).tables) == ["survey"]


def test_flag_columns_of_a_pilot(tmp_path: Path) -> None:
    """A pilot's flags are read in Finnish and keep their type when several files are joined."""
    text = "unit,period,treated,after,outcome\nA,1,kyllä,ei,3.5\nB,1,ei,ei,3\n"
    found = dataset(tmp_path, text, "pilot").tables["pilot"]
    assert found["treated"].dtype == "boolean"
    assert found["treated"].tolist() == [True, False]


def test_log_entries_are_for_machines_too(tmp_path: Path) -> None:
    """An entry carries its rule, column and value apart from its English text."""
    found = survey(tmp_path, "k,nps\nC1,9\n2,9\n", exclude=[{"column": "k", "matches": "^C"}])
    expected = {"rule": "matches", "count": 1, "detail": "k matches ^C", "column": "k", "value": "^C"}
    (entry,) = found.log.of("survey", "excluded")
    assert entry == LogEntry(table="survey", file="data.csv", kind="excluded", **expected)


def test_tab_setting_survives_validation() -> None:
    """A tab as separator is not stripped away as white space."""
    block = {"client": "x", "sources": {"survey": {"file": "a", "separator": "\t"}}}
    assert EngagementSettings.model_validate(block).sources["survey"][0].separator == "\t"


CELLS = st.sampled_from(["", "9", "10", "0", "EOS", "11", "n/a", "hyvä"])
ROWS = st.lists(st.tuples(st.sampled_from(["", "1", "2", "3"]), CELLS, CELLS), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_log_adds_up_or_problems_are_told(rows: list[tuple[str, str, str]]) -> None:
    """Whatever comes, either problems are told or the rows left out are all accounted for and the schema is kept."""
    stream = io.StringIO()
    csv.writer(stream).writerows([("response_id", "nps", "comment"), *rows])
    with TemporaryDirectory() as folder:
        source = {
            "file": put(Path(folder), "a.csv", stream.getvalue()),
            "constants": CUSTOMERS,
            "exclude": [{"column": "nps", "equals": 0}],
            "duplicates": "drop_exact",
        }
        found, result = check(engagement(Path(folder), {"survey": source}))
    if result is None:
        assert found
        return
    schema("survey").validate(result.tables["survey"])
    assert result.log.rows_in("survey") - result.log.left_out("survey") == len(result.tables["survey"])
    assert result.log.rows_in("survey") == sum(any(row) for row in rows)


@pytest.mark.parametrize(
    ("rows", "parts", "months"),
    [
        ("2024;12;3\n2025;1;4\n", ["Vuosi", "Kuukausi"], [12, 1]),
        ("2025;maaliskuu;3\n2024;03 - maaliskuu;4\n2023;mars;4\n", ["Vuosi", "Kuukausi"], [3, 3, 3]),
        (";joulu;3\n;1.;4\n", [2025, "Kuukausi"], [12, 1]),
    ],
)
def test_a_month_of_two_columns(tmp_path: Path, rows: str, parts: list[Any], months: list[int]) -> None:
    """A year and a month in columns of their own, the month numbered or named, are one month; a year may be the settings'."""
    columns = {"month": {"date": parts}, "value": "Arvo"}
    content = f"Vuosi;Kuukausi;Arvo\n{rows}"
    constants = {"measure": "Reklamaatiot"}
    found = dataset(tmp_path, content, "operations", columns=columns, constants=constants)
    assert found.tables["operations"]["month"].dt.month.tolist() == months
    (entry,) = [entry for entry in found.log.entries if entry.rule == "date_parts"]
    assert entry.detail == f"month put together from {parts[0]} + Kuukausi"


def test_parts_that_make_no_month(tmp_path: Path) -> None:
    """What is no year or no month is a problem with its row, and so is a date for a column that is none."""
    columns: dict[str, Any] = {"month": {"date": ["Vuosi", "Kuukausi"]}, "value": "Arvo"}
    content = "Vuosi;Kuukausi;Arvo\n2025;13;3\n25;2;4\n;3;4\n2025;3;4\n"
    found = problems(tmp_path, content, "operations", columns=columns, constants={"measure": "Reklamaatiot"})
    assert [(problem.row, problem.value, problem.column) for problem in found] == [
        (2, "2025 13", "Vuosi + Kuukausi"),
        (3, "25 2", "Vuosi + Kuukausi"),
        (4, "? 3", "Vuosi + Kuukausi"),
    ]
    (problem,) = problems(
        tmp_path, "Vuosi;Kuukausi;v\n2025;3;4\n", "operations",
        columns={"measure": {"date": ["Vuosi", "Kuukausi"]}, "value": "v", "month": {"date": ["Vuosi", "Kuukausi"]}},
    )  # fmt: skip
    assert (problem.kind, problem.column) == ("not_a_date_column", "sources.operations.columns.measure")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"date": ["Vuosi"]}, ["At least 2 value is needed here."]),
        ({"product": 3}, ["This should be a list such as [1, 5]."]),
        ({"date": "Vuosi"}, ["`month`: several named columns are allowed for `segment` only."]),
    ],
)
def test_a_rule_of_wrong_form_is_told_as_that_form(rule: dict[str, Any], said: list[str]) -> None:
    """What is wrong with a product or a date is told, and not that it is neither a column's name nor the other of the two."""
    block = {"client": "X", "sources": {"operations": {"file": "a.csv", "columns": {"month": rule}}}}
    with pytest.raises(SettingsError) as caught:
        checked(EngagementSettings, block, "engagement.yaml")
    assert [problem.message for problem in caught.value.problems] == said


def test_quarters_and_days_of_several_columns(tmp_path: Path) -> None:
    """A period may be a year and a quarter, and a day has three parts, in files of any size."""
    rows = "".join(
        f"{unit};2024;{quarter};{unit == 'A':d};{quarter == 'Q2':d};5\n" for unit in "AB" for quarter in ("Q1", "Q2")
    )
    columns: dict[str, Any] = {"period": {"date": ["Vuosi", "Neljännes"]}}
    found = dataset(tmp_path, f"unit;Vuosi;Neljännes;treated;after;outcome\n{rows}", "pilot", columns=columns)
    assert found.tables["pilot"]["period"].tolist() == ["2024-Q1", "2024-Q2"] * 2
    header = ("Tilaus", "Asiakas", "v", "kk", "pv", "Summa")
    days = [(str(number), f"C{number % 3}", "2024", str(number), f"0{number}", "5.5") for number in range(1, 9)]
    columns = {
        "customer_id": "Asiakas",
        "order_id": "Tilaus",
        "amount": "Summa",
        "ordered_on": {"date": ["v", "kk", "pv"]},
    }
    ledger = same(tmp_path, text(days, header=header), columns=columns)[0]
    assert date(2024, 8, 8) in ledger  # type: ignore[operator]  # the last day of the figures


def test_dictionary_names_every_table_and_column(project: Path) -> None:
    """The data dictionary has a section for each canonical table, with a line for each of its columns and no other."""
    page = (project / "data" / "README.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0].strip(): part for part in page.split("\n## ")[1:]}
    assert list(sections)[: len(TABLES)] == list(TABLES)
    for name, table in TABLES.items():
        lines = [line for line in sections[name].splitlines() if line.startswith("| `")]
        named = [line.split("|")[1] for line in lines]
        assert [text.strip(" `●") for text in named] == list(table.columns), name
        for line, (column, rule) in zip(lines, table.columns.items(), strict=True):
            cells = [cell.strip() for cell in line.split("|")]
            assert (rule.required, rule.kind) == ("●" in cells[1], cells[3]), f"{name}.{column}"
            assert all(f"`{choice}`" in cells[4] for choice in rule.choices), f"{name}.{column}"
            if rule.high is not None:
                assert f"{rule.low:g}–{rule.high:g}" in cells[4], f"{name}.{column}"


@pytest.mark.parametrize(
    "months", ["tammi 2025;helmi 2025;maalis 2025", "Januari;Februari;Mars", "2025-01;2025-02;2025-03"]
)
def test_a_table_whose_columns_are_months(tmp_path: Path, months: str) -> None:
    """Where the months are columns, `check` and `map` say so and what to do, in one problem; two months are no such table."""
    content = f"Mittari;Yksikkö;{months}\nPuhelut;Turku;12;13;14\nPuhelut;Oulu;8;9;10\n"
    columns = {"measure": "Mittari", "unit": "Yksikkö"}
    (problem,) = problems(tmp_path, content, "operations", columns=columns)
    assert (problem.kind, problem.column) == ("month_columns", "month")
    assert problem.message.startswith(f'The months stand in columns ("{months.partition(";")[0]}", ')
    (proposal,) = proposed(tmp_path, {"luvut.csv": content}).proposals
    assert proposal.reason.startswith(problem.message)
    two = "Mittari;Kuukausi;tammi 2025;helmi 2025\nPuhelut;1/2025;12;13\n"
    assert {each.kind for each in problems(tmp_path, two, "operations", columns={"measure": "Mittari"})} == {
        "missing_column"
    }
