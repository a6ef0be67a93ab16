"""Header rows as survey tools wrote them in public files are recognised, and their questions answer to their names."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, dataset, problems

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.intake import Dataset


@pytest.fixture(scope="module")
def sections(shared_data: Path) -> dict[str, list[str]]:
    """Return the lines under each title in brackets."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in (shared_data / "export_headers_verbatim" / "headers.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            title = line.strip("[]")
        elif line:
            found.setdefault(title, []).append(line)
    return found


def line_of(sections: dict[str, list[str]], title: str, place: int = 0) -> str:
    """Return a line of the section whose title begins so."""
    return next(lines for name, lines in sections.items() if name.startswith(title))[place]


def recognised(found: Dataset) -> list[str]:
    """Return which tool was recognised."""
    return [entry.value for entry in found.log.of("survey", "inferred") if entry.rule == "format"]


def written(head: list[str], row: dict[int, str]) -> str:
    """Return a header and one row of the cells given by their places."""
    return (
        ",".join(f'"{name}"' for name in head)
        + "\n"
        + ",".join(row.get(place, "") for place in range(len(head)))
        + "\n"
    )


@pytest.mark.parametrize("title", ["MS Forms CSV", "MS Forms quiz CSV"])
def test_microsoft_forms(sections: dict[str, list[str]], tmp_path: Path, title: str) -> None:
    """Microsoft Forms' survey and its quiz, with American times and, as Excel saves them, in cp1252."""
    head = next(csv.reader([line_of(sections, title)]))
    question = len(head) - 1
    text = written([*head[:-1], "Suosittelu"], {0: "1", 1: "8/20/25 12:51:45", 2: "8/20/25 12:55:45", question: "9"})
    found = dataset(
        tmp_path,
        text.encode("cp1252"),
        constants=CUSTOMERS,
        columns={"nps": "Suosittelu", "answered_on": "Completion time"},
    )
    assert recognised(found) == ["ms_forms"]
    assert str(found.tables["survey"]["answered_on"][0].date()) == "2025-08-20"
    dropped = {entry.column: entry.rule for entry in found.log.of("survey", "dropped")}
    assert (dropped["Email"], dropped["Name"]) == ("email", "name")


def test_school_lunch_on_another_scale(sections: dict[str, list[str]], tmp_path: Path) -> None:
    """The school's satisfaction from 1 to 10 is none from 1 to 5, and the row says so."""
    head = next(csv.reader([line_of(sections, "MS Forms CSV")]))
    question = next(place for place, name in enumerate(head) if name.startswith("How satisfied"))
    text = written(head, {0: "1", 1: "8/20/25 12:51:45", 2: "8/20/25 12:55:45", question: "8"})
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS, columns={"csat": head[question]})
    assert (problem.kind, problem.column) == ("out_of_range", head[question])


def test_surveymonkey(sections: dict[str, list[str]], tmp_path: Path) -> None:
    """SurveyMonkey's own columns before its questions, answer choices in the second row."""
    line = line_of(sections, "SurveyMonkey").partition("   (")[0]
    first = next(csv.reader([line]))
    own = first.index("<question>")
    second = ["Kassa", "Myynti", "Varasto", "Muu", "Response"]
    assert len(first) == own + len(second)
    rows = [first, [""] * own + second, ["1", "7", "08/20/2025 10:00:00", *[""] * (own - 3), "Kassa", "", "", "", "9"]]
    rows[0] = [
        "Missä?" if name == "<question>" else "Suosittelu" if name.startswith("<question>") else name for name in first
    ]
    text = "".join(",".join(row) + "\n" for row in rows)
    columns = {"nps": "Suosittelu", "touchpoint": "Missä? – Kassa", "answered_on": "Start Date"}
    found = dataset(tmp_path, text, constants=CUSTOMERS, columns=columns)
    assert recognised(found) == ["surveymonkey"]
    assert found.tables["survey"]["touchpoint"].tolist() == ["Kassa"]
    kinds = {entry.column: entry.rule for entry in found.log.of("survey", "dropped")}
    assert (kinds["IP Address"], kinds["Email Address"], kinds["First Name"]) == ("ip_address", "email", "name")


def test_moving_company(sections: dict[str, list[str]], tmp_path: Path) -> None:
    """The moving company's Finnish headings; its e-mail column is not read."""
    head = [name.strip() for name in line_of(sections, "Finnish moving company").split("|")]
    text = written(
        head, {0: "A", 1: "Oulu", 2: "5", 3: "9", 5: "Kaikki", head.index("Sähköposti"): "aino@esimerkki.fi"}
    )
    columns = {"unit": head[1], "csat": head[2], "nps": head[3], "comment": head[5]}
    found = dataset(tmp_path, text, constants=CUSTOMERS, columns=columns)
    assert recognised(found) == []
    assert found.tables["survey"][["nps", "csat"]].values.tolist() == [[9.0, 5.0]]
    assert {entry.column: entry.rule for entry in found.log.of("survey", "dropped")}["Sähköposti"] == "email"


@pytest.mark.parametrize(
    ("title", "place", "scale"), [("Finnish rehabilitation", 1, "1–4"), ("Mozilla Relay", 0, "1–10")]
)
def test_recommendation_on_another_scale(
    sections: dict[str, list[str]], tmp_path: Path, title: str, place: int, scale: str
) -> None:
    """A recommendation asked from 1 to 4, or from 1 to 10, is no NPS and is refused as one."""
    head = [name.strip() for name in line_of(sections, title).partition("   (")[0].split("|")][place]
    low, _, high = scale.partition("–")
    (problem,) = problems(tmp_path, f'"{head}"\n{low}\n{high}\n', constants=CUSTOMERS, columns={"nps": head})
    assert (problem.kind, problem.value) == ("other_scale", scale)
