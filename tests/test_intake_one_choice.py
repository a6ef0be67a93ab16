"""A choice from a scale that a survey tool puts in a column for each answer is one column; several choices stay several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intake_support import survey

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset


def column(found: Dataset, name: str) -> list[Any]:
    """Return a survey's column."""
    return found.tables["survey"][name].tolist()


def joined(found: Dataset) -> list[str]:
    """Return what is told of joined columns."""
    return [entry.detail for entry in found.log.of("survey", "inferred") if entry.rule == "joined_choices"]


SATISFIED = ("Very satisfied", "Satisfied", "Neither satisfied nor dissatisfied", "Dissatisfied", "Very dissatisfied")


def expanded(choices: tuple[str, ...], answers: list[tuple[str, ...]]) -> str:
    """Return SurveyMonkey's export of one question with a column for each choice, before one of a single column."""
    head = f"Respondent ID,Tyytyväisyys{',' * len(choices)}NPS\n,{','.join(choices)},Response\n"
    rows = (",".join(choice if choice in given else "" for choice in choices) for given in answers)
    return head + "".join(f"{number},{row},{number}\n" for number, row in enumerate(rows, 1))


def test_surveymonkey_one_choice_in_several_columns(tmp_path: Path) -> None:
    """A choice from a scale with a column for each answer is one column, called as the question; no answer stays empty."""
    text = expanded((*SATISFIED, "N/A"), [("Satisfied",), ("Very dissatisfied",), (), ("N/A",), ("Very satisfied",)])
    found = survey(tmp_path, text, columns={"csat": "Tyytyväisyys", "nps": "NPS"})
    assert found.tables["survey"]["csat"].fillna(0).tolist() == [4, 1, 0, 0, 5]
    assert column(found, "nps") == [1, 2, 3, 4, 5]
    assert joined(found) == ["6 columns, one for each answer, joined to Tyytyväisyys"]


def test_surveymonkey_one_number_in_several_columns(tmp_path: Path) -> None:
    """Numbers of a scale are joined too, with or without words beside them; a comment's column beside them stays."""
    numbers = ("0 - Not at all likely", *map(str, range(1, 10)), "10 - Extremely likely")
    head = f"Respondent ID,Suositus{',' * 11}\n,{','.join(numbers)},Other (please specify)\n"
    rows = [[number if place == chosen else "" for place, number in enumerate(numbers)] for chosen in (0, 7, 10)]
    text = head + "".join(f"{number},{','.join(row)},hyvä {number}\n" for number, row in enumerate(rows))
    found = survey(tmp_path, text, columns={"nps": "Suositus", "comment": "Other (please specify)"})
    assert (column(found, "nps"), column(found, "comment")) == ([0, 7, 10], ["hyvä 0", "hyvä 1", "hyvä 2"])


def test_surveymonkey_several_of_a_scale(tmp_path: Path) -> None:
    """Where one row has two of the choices, several could be chosen: each column stays one of its own."""
    text = expanded(SATISFIED, [("Satisfied",), ("Satisfied", "Dissatisfied")])
    found = survey(tmp_path, text, columns={"touchpoint": "Tyytyväisyys – Dissatisfied", "nps": "NPS"})
    assert found.tables["survey"]["touchpoint"].fillna("").tolist() == ["", "Dissatisfied"]
    assert joined(found) == []


def test_surveymonkey_rows_of_a_matrix(tmp_path: Path) -> None:
    """Columns that are rows of a question hold its answers, and are never joined."""
    text = "Respondent ID,Arvio,,\n,1,2,3\n1,5,,\n2,4,,\n3,,2,\n"
    assert column(survey(tmp_path, text, columns={"csat": "Arvio – 1"}), "csat") == [5, 4]
