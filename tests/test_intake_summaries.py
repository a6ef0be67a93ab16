"""Tables of counts, shares or means are told from files of single answers, and these are never taken for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from intake_support import CUSTOMERS, dataset, problems, survey
from map_files import proposed

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = (
    "Answer Choices,Responses,\nVery satisfied,45.00%,90\nSatisfied,40.00%,80\n"
    "Neither satisfied nor dissatisfied,5.00%,10\nDissatisfied,5.00%,10\nVery dissatisfied,5.00%,10\n"
)
SUMMARIES: dict[str, tuple[str, dict[str, str], str]] = {
    # a row for each question, a column for each answer: 2+6+15+16+25 = 64 of 19, 3.37
    "mean of counts": ("Kysymys;1;2;3;4;5;Ka\nPalvelu;2;3;5;4;5;3,37\n", {"csat": "5"}, "1, 2, 3, 4, 5, Ka"),
    "sum of counts": ("Fråga;1;2;3;4;5;Antal svar\nService;2;3;5;4;5;19\n", {"csat": "5"}, "Antal svar"),
    "sum with cannot say": ("Kysymys;1;2;3;EOS;n\nPalvelu;2;3;5;4;14\nTila;1;1;1;4;7\n", {"csat": "3"}, "1, 2, 3, n"),
    "shares of a row": ("Question,1,2,3,4,5\nService,5,5,5,5,80\nPlace,4,4,4,4,84\n", {"csat": "1"}, "1, 2, 3, 4, 5"),
    "words": (
        "Kysymys;Täysin eri mieltä;Eri mieltä;Neutraali;Samaa mieltä;Täysin samaa mieltä\nTulin kuulluksi;1;0;4;5;3\n",
        {"heard": "Samaa mieltä"},
        "Täysin eri mieltä, Eri mieltä",
    ),
    "groups of NPS": (
        "Yksikkö;Arvostelijat %;Neutraalit %;Suosittelijat %;NPS\nEspoo;30;60;10;0\n",
        {"nps": "NPS"},
        "Arvostelijat %",
    ),
    # a row for each answer
    "counts and shares": ("Arvosana;lkm;%\n1;2;2 %\n2;3;3 %\n3;95;95 %\n", {"csat": "Arvosana"}, "lkm, %"),
    "Webropol's": (
        "Palvelu\nVastaajien määrä: 8\n;n;Prosentti\n1;1;12,5%\n2;2;25%\n3;5;62,5%\n",
        {"csat": "n"},
        "n, Prosentti",
    ),
    "SurveyMonkey's": (f"How satisfied are you?,,\n{OPTIONS}", {"csat": "Answer Choices"}, "Answer Choices, Responses"),
    "scores with counts": ("NPS;n\n7;5\n8;4\n9;5\n", {"nps": "NPS"}, "NPS, n"),
    "words with counts": (
        "Arvio;kpl\nErittäin tyytyväinen;10\nTyytyväinen;20\nTyytymätön;3\nEOS;2\nYhteensä;35\n",
        {"csat": "Arvio"},
        "Arvio, kpl",
    ),
    "several questions": (
        "Kysymys;Arvo;lkm\nA;1;5\nA;2;9\nA;3;4\nB;1;2\nB;2;7\nB;3;7\n",
        {"csat": "Arvo"},
        "Arvo, lkm",
    ),
    # a row for each unit
    "means with n": ("Unit;Mean NPS;n\nEspoo 1;8;40\nEspoo 2;7;33\n", {"nps": "Mean NPS"}, "Mean NPS, n"),
    "means with fractions": (
        "Enhet;NPS medelvärde\nEsbo 1;8,3\nEsbo 2;7\n",
        {"nps": "NPS medelvärde"},
        "NPS medelvärde",
    ),
    "means of few units": ("Myymälä;NPS ka\nEspoo;8\nOulu;7\n", {"nps": "NPS ka"}, "NPS ka"),
    "units with n": ("Myymälä;NPS;n\nEspoo;8;40\nOulu;7;33\n", {"nps": "NPS"}, "NPS, n"),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_summaries_are_refused(tmp_path: Path, name: str) -> None:
    """A table that sums answers up is refused once, naming the columns that show it and what to export."""
    content, columns, shown = SUMMARIES[name]
    (found,) = problems(tmp_path, content, columns=columns, constants=CUSTOMERS)
    assert found.kind == "summary_table"
    assert shown in found.message
    assert "all individual responses" in found.advice


SINGLE: dict[str, tuple[str, dict[str, Any], str, list[float]]] = {
    "number of visits": ("id;Ikä;n;nps\n1;34;3;9\n2;51;1;8\n3;28;2;7\n4;40;2;9\n", {}, "nps", [9, 8, 7, 9]),
    "items called by numbers": (
        "id;1;2;3;4;5;Keskiarvo\n1;5;4;4;3;5;4,2\n2;3;3;3;3;3;3\n",
        {"columns": {"csat": "1"}},
        "csat",
        [5, 3],
    ),
    "items with their sum": ("id;1;2;3;Yhteensä\n1;5;4;4;13\n2;3;3;2;8\n", {"columns": {"csat": "1"}}, "csat", [5, 3]),
    "one column a choice": ("id;1;2;3;n;nps\n1;0;0;1;1;9\n2;1;0;0;1;8\n", {}, "nps", [9, 8]),
    "choices with their number": (
        "nps,Very dissatisfied,Dissatisfied,Neutral,Satisfied,Very satisfied\n9,,,,,5\n8,,,,4,\n",
        {},
        "nps",
        [9, 8],
    ),
    "pieces bought": ("nps;kpl\n9;1\n8;2\n9;1\n10;4\n", {}, "nps", [9, 8, 9, 10]),
    "customers with orders": ("Asiakas;nps;kpl\nAalto Oy;9;2\nBerg Oy;8;5\n", {}, "nps", [9, 8]),
    "respondents with visits": ("Vastaaja;nps;n\nR1;9;2\nR2;8;5\n", {}, "nps", [9, 8]),
    "the question says on average": (
        "id;Kuinka tyytyväinen olet keskimäärin? Keskiarvo riittää;n\n1;5;2\n2;3;1\n",
        {"columns": {"csat": "Kuinka tyytyväinen olet keskimäärin? Keskiarvo riittää"}},
        "csat",
        [5, 3],
    ),
    "count and share that do not go together": ("nps;n;osuus\n9;2;0,5\n8;1;0,2\n9;4;0,7\n", {}, "nps", [9, 8, 9]),
}


@pytest.mark.parametrize("name", SINGLE)
def test_single_answers_are_read(tmp_path: Path, name: str) -> None:
    """A file of single answers is read, whatever its columns are called."""
    content, source, column, answers = SINGLE[name]
    assert survey(tmp_path, content, **source).tables["survey"][column].tolist() == answers


def test_summary_of_a_review_is_refused(tmp_path: Path) -> None:
    """Means of a 360 review's groups are no ratings."""
    content = "reviewee_id;rater_id;rater_group;item;Mean score;n\np1;a;peer;Listens;4;5\np1;b;customer;Listens;3;6\n"
    (found,) = problems(tmp_path, content, "ratings_360", columns={"score": "Mean score"})
    assert (found.kind, found.column) == ("summary_table", "Mean score")


RATED = "reviewee_id;rater_id;rater_group;item;score\n"
MEANS = {
    "the group as its rater": (RATED + "p1;peer;peer;Listens;3,24\np1;report;report;Listens;4\n", "score", 2),
    "each row a rater": ("reviewee_id;rater_group;Listens\np1;peer;3,24\np1;report;4\n", "Listens", 2),
    "a number of raters beside": (
        "reviewee_id;rater_group;Listens;Vastaajia\np1;self;4;1\np1;peer;3,24;5\n",
        "Listens",
        None,
    ),
}


@pytest.mark.parametrize("name", MEANS)
def test_means_of_rater_groups_are_no_ratings(tmp_path: Path, name: str) -> None:
    """Broken numbers, of which each group has one an item or a count of raters, are means: five peers would be one rater."""
    content, column, row = MEANS[name]
    wide = {} if "item" in content else {"wide": {"items": ["Listens"]}, "columns": {"rater_id": "(row)"}}
    (found,) = problems(tmp_path, content, "ratings_360", **wide)
    assert found.message.startswith("These are means of several people's answers")
    assert (found.column, found.row) == (column, row)


@pytest.mark.parametrize(
    "rows", ["p1;a;peer;Listens;3,24\np1;b;peer;Listens;4\n", "p1;a;peer;Listens;3,5\np1;b;report;Listens;4\n"]
)
def test_ratings_between_steps_are_read(tmp_path: Path, rows: str) -> None:
    """Sliders give broken numbers to two raters of one group, and halves are what people choose."""
    assert len(dataset(tmp_path, RATED + rows, "ratings_360").tables["ratings_360"]) == 2


def test_other_tables_have_counts(tmp_path: Path) -> None:
    """Counts and means beside sales are none of answers."""
    content = "order_id;customer_id;ordered_on;amount;n;mean\n1;c1;2025-03-01;10;2;5\n2;c2;2025-03-02;12;3;4\n"
    assert dataset(tmp_path, content, "transactions").tables["transactions"]["amount"].tolist() == [10, 12]


@pytest.mark.parametrize("name", ["mean of counts", "SurveyMonkey's", "means with n"])
def test_summary_is_not_proposed(tmp_path: Path, name: str) -> None:
    """`kohtaamo map` says of a file that sums answers up that it does, and proposes nothing."""
    outcome = proposed(tmp_path, {"kysely.csv": SUMMARIES[name][0]})
    assert [each.sure for each in outcome.proposals] == [False]
    assert SUMMARIES[name][2] in outcome.proposals[0].reason
