"""SPSS files: words for codes, declared missing values, and a clear word where the reader is not installed."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import CUSTOMERS, engagement, put

from kohtaamo_utils.intake import check, read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset

AGREEMENT = {1.0: "Täysin eri mieltä", 5.0: "Täysin samaa mieltä", 9.0: "En osaa sanoa"}


def sav(folder: Path, columns: dict[str, list[Any]], **said: Any) -> str:
    """Write an SPSS file."""
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat, the reader of SPSS files, is not installed")
    pyreadstat.write_sav(pd.DataFrame(columns), str(folder / "data.sav"), **said)
    return "data.sav"


def survey(folder: Path, name: str, **source: Any) -> Dataset:
    """Read a customers' survey."""
    return read(engagement(folder, {"survey": {"file": name, "constants": CUSTOMERS, **source}}))


def test_labels_and_codes(tmp_path: Path) -> None:
    """A variable answers to its label; texts and choices are a code's words, scores and identifiers the code."""
    name = sav(
        tmp_path,
        {"id": [7.0, 8.0], "q1": [5.0, 4.0], "q2": [1.0, 2.0], "q3": [2.0, 1.0]},
        column_labels={"q1": "Minua kuunneltiin"},
        variable_value_labels={"q1": AGREEMENT, "q2": {1: "Turku", 2: "Oulu"}, "q3": {1: "Ennen", 2: "Jälkeen"}},
    )
    columns = {"response_id": "id", "heard": "Minua kuunneltiin", "unit": "q2", "phase": "q3"}
    found = survey(tmp_path, name, columns=columns).tables["survey"]
    assert found["response_id"].tolist() == ["7", "8"]
    assert found["heard"].tolist() == [5, 4]
    assert found["unit"].tolist() == ["Turku", "Oulu"]
    assert found["phase"].tolist() == ["after", "before"]


def test_missing_codes(tmp_path: Path) -> None:
    """Codes that the file declares missing, or whose words decline to answer, are no answers, and counted."""
    name = sav(
        tmp_path,
        {"nps": [9.0, 99.0, 98.0], "csat": [5.0, 9.0, 9.0]},
        missing_ranges={"nps": [{"lo": 97, "hi": 99}]},
        variable_value_labels={"csat": AGREEMENT},
    )
    found = survey(tmp_path, name)
    assert found.tables["survey"][["nps", "csat"]].count().tolist() == [1, 1]
    said = {entry.rule: entry.count for entry in found.log.of("survey", "inferred")}
    assert (said["user_missing"], said["no_answer"]) == (2, 2)


def test_case_is_the_row(tmp_path: Path) -> None:
    """A problem in an SPSS file is at the case's number, as SPSS counts."""
    name = sav(tmp_path, {"nps": [9.0, 12.0]})
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, "constants": CUSTOMERS}}))[0]
    assert (problem.file, problem.row, problem.column, problem.value) == ("data.sav", 2, "nps", "12")


def test_codes_that_fall(tmp_path: Path) -> None:
    """Codes that fall as their words rise are refused unless the score is reversed."""
    falling = {1.0: "Täysin samaa mieltä", 5.0: "Täysin eri mieltä"}
    name = sav(tmp_path, {"heard": [2.0, 1.0, 5.0]}, variable_value_labels={"heard": falling})
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, "constants": CUSTOMERS}}))[0]
    assert (problem.kind, problem.file, problem.row, problem.column, problem.value) == (
        "falling_scale",
        "data.sav",
        2,
        "heard",
        "1",
    )
    assert survey(tmp_path, name, reverse=["heard"]).tables["survey"]["heard"].tolist() == [4, 5, 1]


def test_not_an_spss_file(tmp_path: Path) -> None:
    """A file that is none is a problem, not a traceback."""
    pytest.importorskip("pyreadstat", reason="pyreadstat, the reader of SPSS files, is not installed")
    source = {"file": put(tmp_path, "a.sav", "nps\n9\n"), "constants": CUSTOMERS}
    (problem,) = check(engagement(tmp_path, {"survey": source}))[0]
    assert (problem.kind, problem.file, problem.expected) == ("unreadable", "a.sav", "an SPSS file, .sav or .zsav")


def test_reader_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that reads SPSS files, the problem says what to install."""
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "pyreadstat":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    source = {"file": put(tmp_path, "a.sav", "x"), "constants": CUSTOMERS}
    (problem,) = check(engagement(tmp_path, {"survey": source}))[0]
    assert (problem.kind, problem.file, problem.row, problem.value) == ("spss_reader", "a.sav", None, None)
    assert problem.message == "SPSS files are read by the package pyreadstat, which is not installed."
    assert "`uv sync --extra spss`" in problem.advice


def test_a_survey_tools_own_columns(tmp_path: Path) -> None:
    """Previews and unfinished responses are left out of a survey tool's SPSS export as of its other ones."""
    name = sav(
        tmp_path,
        {"StartDate": ["2025-01-01"] * 4, "Status": [0.0, 1.0, 8.0, 0.0], "Finished": [1.0, 1.0, 1.0, 0.0], "nps": [10.0, 1.0, 2.0, 3.0]},
        variable_value_labels={"Status": {0: "IP Address", 1: "Survey Preview"}},
    )  # fmt: skip
    found = survey(tmp_path, name)
    assert found.tables["survey"]["nps"].tolist() == [10]
    assert [found.log.count("survey", kind) for kind in ("preview", "spam", "incomplete")] == [1, 1, 1]


def test_labels_that_are_numbers(tmp_path: Path) -> None:
    """A code is the number that its label says, and codes without a label are as far from theirs as the others."""
    labels = {float(code): str(code - 1) for code in range(1, 12) if code != 5}
    name = sav(tmp_path, {"nps": [1.0, 5.0, 10.0, 11.0]}, variable_value_labels={"nps": labels})
    found = survey(tmp_path, name)
    assert found.tables["survey"]["nps"].tolist() == [0, 4, 9, 10]
    assert [entry.detail for entry in found.log.of("survey", "inferred") if entry.rule == "scale_words"][-1] == (
        "11 in nps read as 10"
    )


def test_labels_with_numbers_and_words(tmp_path: Path) -> None:
    """Labels that turn the numbers about are followed where all codes in use have one."""
    labels = {1.0: "5 = Erittäin tyytyväinen", 2.0: "4 = Tyytyväinen", 5.0: "1 = Erittäin tyytymätön"}
    name = sav(tmp_path, {"csat": [1.0, 2.0, 5.0]}, variable_value_labels={"csat": labels})
    assert survey(tmp_path, name).tables["survey"]["csat"].tolist() == [5, 4, 1]


def test_a_code_between_labels_that_are_numbers(tmp_path: Path) -> None:
    """A code without a label is a problem where the labels' numbers are not equally far from their codes."""
    name = sav(tmp_path, {"csat": [1.0, 3.0]}, variable_value_labels={"csat": {1.0: "5", 2.0: "4", 5.0: "1"}})
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, "constants": CUSTOMERS}}))[0]
    assert (problem.kind, problem.row, problem.column, problem.value) == ("unlabelled_code", 2, "csat", "3")
    assert problem.message == "The file says that code 1 is 5, but not which number this code is."


@pytest.mark.parametrize("label", ["En osaa sanoa.", "EOS / Ei koske minua", "5 - En osaa sanoa", "Vet ej (5)"])
def test_no_answer_within_the_scale(tmp_path: Path, label: str) -> None:
    """A code that its label calls no answer is none, though it lies within the scale."""
    name = sav(tmp_path, {"heard": [4.0, 5.0]}, variable_value_labels={"heard": {1.0: "Täysin eri mieltä", 5.0: label}})
    assert survey(tmp_path, name).tables["survey"]["heard"].dropna().tolist() == [4]


@pytest.mark.parametrize(
    "labels", [{1.0: "1 = Erittäin tyytyväinen"}, {1.0: "Erittäin tyytyväinen", 4.0: "Erittäin tyytymätön"}]
)
def test_codes_that_fall_or_are_fewer(tmp_path: Path, labels: dict[float, str]) -> None:
    """Labels with or without their number are refused where the codes fall, or are of a shorter scale."""
    name = sav(tmp_path, {"csat": [1.0, 2.0]}, variable_value_labels={"csat": labels})
    (problem,) = check(engagement(tmp_path, {"survey": {"file": name, "constants": CUSTOMERS}}))[0]
    assert problem.kind == ("falling_scale" if len(labels) == 1 else "other_scale")


def test_codes_without_a_word_are_told(tmp_path: Path) -> None:
    """A code that has no word beside others that have one stays as it is, and the log says so."""
    name = sav(tmp_path, {"q": [1.0, 9.0, 99.0, 9.0], "nps": [9.0] * 4}, variable_value_labels={"q": {1.0: "Nainen"}})
    found = survey(tmp_path, name, columns={"segment": "q"})
    assert found.tables["survey"]["segment"].tolist() == ["Nainen", "9", "99", "9"]
    assert [
        (entry.detail, entry.count) for entry in found.log.of("survey", "inferred") if entry.rule == "wordless_codes"
    ] == [("codes in segment without a word in the file, left as they are: 9, 99", 3)]
