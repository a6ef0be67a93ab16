"""Scores and months that the file's own headings, labels or numbers belie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey

from kohtaamo_utils.intake import check

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

MOST = 20


def answered(heading: str, *answers: int) -> str:
    """Return a file with one question."""
    return "\n".join([heading, *map(str, answers)])


def test_many_answers_within_five_are_not_of_ten(tmp_path: Path) -> None:
    """Twenty answers that are all 1–5 were hardly given on 0–10: each would be a detractor."""
    (problem,) = problems(tmp_path, answered("nps", *([1, 5] * 10)), constants=CUSTOMERS)
    assert (problem.kind, problem.column, problem.value) == ("other_scale", "nps", "1–5")
    assert "missing" not in problem.advice


@pytest.mark.parametrize("answers", [[1, 5] * 9, [*([1, 5] * 10), 6], [*([1, 5] * 10), 0]])
def test_few_answers_may_all_be_low(tmp_path: Path, answers: list[int]) -> None:
    """Fewer answers, a 0 and a 6 leave the scale as it is."""
    assert len(survey(tmp_path, answered("nps", *answers)).tables["survey"]) == len(answers)


def test_a_heading_with_the_scale_is_believed(tmp_path: Path) -> None:
    """Where the heading says 0–10, all may be detractors."""
    text = answered("Suosittelu (0-10)", *([1, 5] * 10))
    assert len(survey(tmp_path, text, columns={"nps": "Suosittelu (0-10)"}).tables["survey"]) == MOST


@pytest.mark.parametrize(
    ("name", "heading", "answers", "value"),
    [
        ("csat", "Kuinka tyytyväinen olet?", [4, 4, 2, 1], "1–4"),
        ("heard", "Tulin kuulluksi", [3, 3, 2, 1], "1–3"),
        ("ces", "Kuinka helppoa asiointi oli?", [5, 5, 2, 1], "1–5"),
        ("csat", "Kuinka tyytyväinen olet?", [5, 4, 4, 4], ""),
        ("csat", "Kuinka tyytyväinen olet? (1–5)", [4, 4, 2, 1], ""),
        ("csat", "Kuinka tyytyväinen olet?", [4, 2, 2, 1], ""),
        ("csat", "Kuinka tyytyväinen olet?", [4, 4, 3, 3], ""),
    ],
)
def test_answers_that_never_reach_the_top_are_of_a_shorter_scale(
    tmp_path: Path, name: str, heading: str, answers: list[int], value: str
) -> None:
    """Thirty times the best answer but one and never the best is a shorter scale, unless the heading names the column's."""
    found = problems(tmp_path, answered(heading, *(answers * 15)), constants=CUSTOMERS, columns={name: heading})
    assert [(problem.kind, problem.column, problem.value) for problem in found] == (
        [("other_scale", heading, value)] if value else []
    )


def test_several_questions_show_a_short_scale_together(tmp_path: Path) -> None:
    """The items of a grid count together, each person once; where one of them reaches the top, so may the others."""
    few = survey(tmp_path, "heard,valued\n" + "4,4\n2,1\n" * 29).tables["survey"]
    assert len(few) == 58  # of 29 people it may be true
    text = "heard,valued\n" + "4,2\n1,4\n" * 15
    (problem,) = problems(tmp_path, text, constants=CUSTOMERS)
    assert (problem.column, problem.value) == ("heard … valued", "1–4")
    assert survey(tmp_path, text + "5,1\n").tables["survey"]["heard"].max() == 5


@pytest.mark.parametrize(
    ("raters", "settings", "value"), [(30, {}, ["1–4"]), (29, {}, []), (30, {"review_360": {"scale": [1, 5]}}, [])]
)
def test_a_scale_of_ratings_that_the_settings_name_is_believed(
    tmp_path: Path, raters: int, settings: dict[str, Any], value: list[str]
) -> None:
    """Ratings of which none is the best are asked about, unless the settings say on which scale they were."""
    rows = [f"r1,a{rater},peer,i{item},{(1, 2, 4, 4)[item]}" for rater in range(raters) for item in range(4)]
    text = "\n".join(["reviewee_id,rater_id,rater_group,item,score", *rows])
    source = {"ratings_360": {"file": put(tmp_path, "a.csv", text)}}
    found, _ = check(engagement(tmp_path, source, **settings))
    assert [problem.value for problem in found] == value


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        (["Samaa mieltä", "Ei samaa eikä eri mieltä", "Eri mieltä"], ["2–4"]),
        (["Nöjd", "Neutral", "Missnöjd"], ["2–4"]),
        (["Agree", "Neutral", "Disagree", "Strongly agree"], []),
        (["Agree", "Neutral"], []),
    ],
)
def test_three_words_are_no_steps_of_five(tmp_path: Path, answers: list[str], value: list[str]) -> None:
    """Words of which thirty people chose the best, and nobody a better one that five have, are of three answers."""
    found = problems(tmp_path, "\n".join(["csat", *answers * 30]), constants=CUSTOMERS)
    assert [problem.value for problem in found] == value


FOUR = ["Täysin samaa mieltä", "Samaa mieltä", "Eri mieltä", "Täysin eri mieltä"]


@pytest.mark.parametrize(("times", "more", "said"), [(10, [], 1), (9, [], 0), (10, ["En samaa enkä eri mieltä"], 0)])
def test_four_words_of_a_survey_keep_their_numbers_and_are_noted(
    tmp_path: Path, times: int, more: list[str], said: int
) -> None:
    """Whoever agrees agrees, with four answers or five: 5, 4, 2 and 1; where nobody of many stands between, the log says so."""
    found = survey(tmp_path, "\n".join(["heard", *FOUR * times, *more]))
    assert found.tables["survey"]["heard"].tolist() == [5, 4, 2, 1] * times + [3] * len(more)
    assert [entry.count for entry in found.log.of("survey") if entry.rule == "four_answers"] == [4 * times] * said


@pytest.mark.parametrize(
    ("raters", "scale", "numbers"),
    [(10, None, None), (9, None, [5, 4, 2, 1]), (10, 4, [4, 3, 2, 1]), (10, 5, [5, 4, 2, 1])],
)
def test_four_words_of_a_review_want_their_scale(
    tmp_path: Path, raters: int, scale: int | None, numbers: list[int] | None
) -> None:
    """Ratings in words of which ten raters stand on either side and none between are refused until the settings say the scale."""
    rows = [f"r1,a{rater},peer,{','.join(FOUR)}" for rater in range(raters)]
    text = "\n".join(["reviewee_id,rater_id,rater_group,a,b,c,d", *rows])
    source = {"ratings_360": {"file": put(tmp_path, "a.csv", text), "wide": {"items": list("abcd")}}}
    settings = {} if scale is None else {"review_360": {"scale": [1, scale]}}
    found, read = check(engagement(tmp_path, source, **settings))
    assert [problem.column for problem in found] == (["a … d"] if numbers is None else [])
    assert read is None or read.tables["ratings_360"]["score"].head(4).tolist() == numbers


@pytest.mark.parametrize(
    "words",
    [
        ("Ei koskaan", "Harvoin", "Usein", "Aina"),
        ("Never", "Rarely", "Often", "Always"),
        ("Erittäin huono", "Huono", "Hyvä", "Erittäin hyvä"),
        ("Mycket dåligt", "Dåligt", "Bra", "Mycket bra"),
    ],
)
def test_the_scale_that_four_words_want_reads_them(tmp_path: Path, words: tuple[str, ...]) -> None:
    """What a review's four words are told to set reads them as 1 to 4, whichever five they are four of."""
    rows = [f"r1,a{rater},peer,i,{words[rater % 4]}" for rater in range(40)]
    text = "\n".join(["reviewee_id,rater_id,rater_group,item,score", *rows])
    source = {"ratings_360": {"file": put(tmp_path, "a.csv", text)}}
    (problem,), _ = check(engagement(tmp_path, source))
    assert "`review_360: {scale: [1, 4]}`" in problem.advice
    _, read = check(engagement(tmp_path, source, review_360={"scale": [1, 4]}))
    assert read is not None
    assert read.tables["ratings_360"]["score"].tolist() == [1, 2, 3, 4] * 10


@pytest.mark.parametrize(
    ("answers", "said"), [([1, 10] * 15, True), ([1, 10] * 14, False), ([1, 5], True), ([0, 10] * 15, False)]
)
def test_a_scale_without_nought_is_asked_about(tmp_path: Path, answers: list[int], said: bool) -> None:
    """Thirty answers with a 1 and no 0, and few that are all low, are noted for the consultant."""
    log = survey(tmp_path, answered("nps", *answers)).log.of("survey", "unsettled")
    assert ("no_zero" in {entry.rule for entry in log}) is said


def labelled(folder: Path, numbers: list[int], labels: dict[int, str], **source: Any) -> tuple[Problem, ...]:
    """Return what is wrong in an SPSS file with one question."""
    pyreadstat = pytest.importorskip("pyreadstat")
    name = next(iter(source.pop("columns", {"nps": "q"})))
    frame = pd.DataFrame({"q": [float(number) for number in numbers]})
    pyreadstat.write_sav(frame, str(folder / "a.sav"), variable_value_labels={"q": labels})
    block = {"file": "a.sav", "columns": {name: "q"}, "constants": CUSTOMERS, **source}
    return check(engagement(folder, {"survey": block}))[0]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("nps", {1: "1 = En lainkaan", 11: "11 = Erittäin"}),
        ("nps", {1: "En lainkaan", 11: "Erittäin"}),
        ("nps", {1: "En lainkaan", 10: "Erittäin"}),
        ("csat", {0: "Huono", 5: "Hyvä"}),
        ("csat", {1: "Huono", 7: "Hyvä"}),
    ],
)
@pytest.mark.parametrize("numbers", [[2, 3, 4], [1, 5]])
def test_labels_prove_another_scale(tmp_path: Path, name: str, labels: dict[int, str], numbers: list[int]) -> None:
    """Labels of another scale refuse it, also where nobody gave the number that lies outside: each answer would be one off."""
    (problem,) = labelled(tmp_path, numbers, labels, columns={name: "q"})
    assert (problem.kind, problem.row, problem.column) == ("other_scale", 1, "q")
    assert "missing" not in problem.advice


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("nps", {0: "En lainkaan", 10: "Erittäin", 11: "En osaa sanoa"}),
        ("nps", {0: "En lainkaan", 10: "Erittäin", 99: "Muu"}),
        ("nps", {1: "0", 2: "1", 11: "10"}),
        ("csat", {1: "Huono", 5: "Hyvä", 0: "Ei vastausta"}),
        ("csat", {5: "Hyvä"}),
    ],
)
def test_labels_of_the_scale_itself(tmp_path: Path, name: str, labels: dict[int, str]) -> None:
    """Labels of no answer, of codes far away, and of one number prove no other scale."""
    assert labelled(tmp_path, [2, 3, 4], labels, columns={name: "q"}) == ()


def test_a_label_that_the_settings_call_missing(tmp_path: Path) -> None:
    """A code that the settings list is no end of the scale."""
    assert (
        labelled(tmp_path, [2, 3, 4], {1: "Huono", 5: "Hyvä", 6: "Muu"}, columns={"csat": "q"}, missing={"csat": [6]})
        == ()
    )


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("ces", "Kuinka vaikeaa asiointi oli?"),
        ("ces", "Hur svårt var det?"),
        ("ces", "How hard was it?"),
        ("csat", "Kuinka tyytymätön olet?"),
        ("csat", "How dissatisfied are you?"),
    ],
)
def test_the_opposite_is_asked(tmp_path: Path, name: str, heading: str) -> None:
    """A question for the opposite is refused until the settings turn it round."""
    text = f"{heading};nps\n2;9\n5;8\n"
    (problem,) = problems(tmp_path, text, columns={name: heading}, constants=CUSTOMERS)
    assert (problem.kind, problem.column) == ("turned_question", heading)
    assert f"reverse: [{name}]" in problem.advice
    turned = survey(tmp_path, text, columns={name: heading}, reverse=[name]).tables["survey"][name].tolist()
    assert turned == ([6, 3] if name == "ces" else [4, 1])


@pytest.mark.parametrize(
    ("heading", "answers", "turned"),
    [
        ("My tasks feel pointless (reverse scored)", "2\n5", [4, 1]),
        ("Jouduin toistamaan asiani [käänteinen väittämä]", "Täysin samaa mieltä\nEri mieltä", [1, 4]),
        ("Jag fick vänta för länge (omvänd)", "1\n2", [5, 4]),
        ("Pointless_reverse-coded", "1\n2", [5, 4]),
    ],
)
def test_a_heading_marked_as_reversed(tmp_path: Path, heading: str, answers: str, turned: list[int]) -> None:
    """A heading that says that its answers count the other way is refused until the settings turn them, also in words."""
    text = f"{heading}\n{answers}\n"
    (problem,) = problems(tmp_path, text, columns={"value": heading}, constants=CUSTOMERS)
    assert (problem.kind, problem.column) == ("turned_question", heading)
    found = survey(tmp_path, text, columns={"value": heading}, reverse=["value"])
    assert found.tables["survey"]["value"].tolist() == turned


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Kuinka helppoa tai vaikeaa?", "2;9\n5;8"),
        ("Helppous (1 = vaikeaa, 7 = helppoa)", "2;9\n5;8"),
        ("Kuinka vaikeaa? (1 = erittäin vaikeaa, 7 = ei lainkaan)", "2;9\n5;8"),
        ("Kuinka vaikeaa?", "2 - Aika hankalaa;9\n5 - Aika sujuvaa;8"),
        ("Shardin asiointi", "2;9\n5;8"),
    ],
)
def test_which_end_is_good_is_said(tmp_path: Path, heading: str, answers: str) -> None:
    """Where the heading or the answers name the good end, the words decide."""
    found = survey(tmp_path, f"{heading};nps\n{answers}\n", columns={"ces": heading})
    assert found.tables["survey"]["ces"].tolist() == [2, 5]


@pytest.mark.parametrize(
    "heading",
    [
        "Viikko",
        "Viikot 2025",
        "Vecka",
        "Week",
        "Kvartaali",
        "Kvartal",
        "Quarter",
        "Vuosineljännes",
        "vko",
        "Tertiaali",
        "Tertial",
        "Puolivuotiskausi",
        "Halvår",
    ],
)
def test_weeks_and_quarters_are_no_months(tmp_path: Path, heading: str) -> None:
    """5/2025 under a heading of weeks, quarters and the like is not May, and neither is a 5 in such a column beside the year's."""
    text = f"{heading};measure;value\n5/2025;Reklamaatiot;3\n"
    (problem,) = problems(tmp_path, text, "operations", columns={"month": heading})
    assert (problem.kind, problem.column) == ("not_months", heading)
    parts = {"month": {"date": ["Vuosi", heading]}}
    (problem,) = problems(
        tmp_path, f"Vuosi;{heading};measure;value\n2025;5;Reklamaatiot;3\n", "operations", columns=parts
    )
    assert (problem.kind, problem.column) == ("not_months", f"Vuosi + {heading}")


@pytest.mark.parametrize("heading", ["Kuukausi", "Kuukausi (ei viikko)", "Aika", "Viikkomyynnin kk"])
def test_months_stay_months(tmp_path: Path, heading: str) -> None:
    """A heading that speaks of months, or of nothing, is read as months."""
    text = f"{heading};measure;value\n5/2025;Reklamaatiot;3\n"
    found = dataset(tmp_path, text, "operations", columns={"month": heading})
    assert [str(month.date()) for month in found.tables["operations"]["month"]] == ["2025-05-01"]
