"""Ease and effort: CES 2.0 by default, the older question where the settings say so, with its own direction everywhere."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, sections, text_of

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import check
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

# REFERENCE 9.18
SCORES = [7, 6, 5, 7, 4, 3, 6, 7, 2, 5]
OLDER = {"ces_version": 1.0}
LITTLE, MUCH = [1, 2] * 10, [5, 4] * 10


def asked(scores: list[int], **same: object) -> list[dict[str, object]]:
    return [{"respondent_group": "customer", "ces": score, **same} for score in scores]


def opened(
    folder: Path, rows: list[dict[str, object]], language: Language = "en", **settings: object
) -> current_state.CurrentState:
    return current_state.open_report(str(make_engagement(folder, settings, {"survey": rows})), language)


def places() -> list[dict[str, object]]:
    return asked(LITTLE, touchpoint="Kassa", unit="Turku") + asked(MUCH, touchpoint="Chat", unit="Oulu")


def test_ease_is_a_mean_of_seven_and_a_share_of_the_upper_three(tmp_path: Path) -> None:
    """CES 7 6 5 7 4 3 6 7 2 5: mean 5.2 with Student's interval, and 70 % agree, 5 to 7, with Wilson's (REFERENCE 9.18)."""
    figures = Figures(opened(tmp_path, asked(SCORES)), "current_state")
    mean, share = figures("ces", respondent_group="customer"), figures("ces_share", respondent_group="customer")
    assert (mean.value, mean.low, mean.high) == pytest.approx(formulas.mean(SCORES, 1, 7), rel=1e-9)
    assert mean.value == pytest.approx(5.2)
    assert (share.value, share.low, share.high) == pytest.approx(formulas.share(7, 10), rel=1e-9)
    assert "Ease of dealing (CES)" in figures.text


def test_effort_is_a_mean_of_five_and_a_share_of_the_lower_two(tmp_path: Path) -> None:
    """The older question keeps its own numbers, and each of its figures says whose they are."""
    scores = [1, 1, 2, 2, 3, 4, 5, 2, 1, 3]
    figures = Figures(opened(tmp_path, asked(scores), **OLDER), "current_state")
    scope = {"respondent_group": "customer", "ces_version": "1.0"}
    mean, share = figures("ces", **scope), figures("ces_share", **scope)
    assert (mean.value, mean.low, mean.high) == pytest.approx(formulas.mean(scores, 1, 5), rel=1e-9)
    assert (share.value, share.low, share.high) == pytest.approx(formulas.share(6, 10), rel=1e-9)
    assert not figures.has("ces", respondent_group="customer")


@pytest.mark.parametrize(
    ("language", "label", "other"),
    [
        ("fi", "Asioinnin vaatima vaiva (CES 1.0)", "vaivattomuus"),
        ("sv", "Upplevd ansträngning (CES 1.0)", "Upplevd enkelhet"),
        ("en", "Effort of dealing (CES 1.0)", "Ease of dealing"),
    ],
)
def test_a_reader_meets_one_question_only(tmp_path: Path, language: Language, label: str, other: str) -> None:
    """In every language the page speaks of effort, and nowhere of ease or of a scale of seven."""
    text = " ".join(
        text_of(each) for each in sections(opened(tmp_path, places(), language, **OLDER), "current_state").values()
    )
    assert label in text
    assert other not in text
    assert "1–7" not in text


@pytest.mark.parametrize(("settings", "weak", "strong"), [({}, "Kassa", "Chat"), (OLDER, "Chat", "Kassa")])
def test_the_weak_place_is_where_effort_is_large_or_ease_is_small(
    tmp_path: Path, settings: dict[str, object], weak: str, strong: str
) -> None:
    """Headline, map and volume name the same place as weak; on the older scale it is the one with the larger mean."""
    register = [{"name": name, "volume_per_month": 100} for name in ("Kassa", "Chat")]
    report = opened(tmp_path, places(), touchpoints=register, **settings)
    assert f"Weakest touchpoint: {weak}" in text_of(report.headline())
    chart = text_of(report.touchpoint_map())
    assert f"Weaker than the others: {weak}." in chart
    assert f"Better than the others: {strong}." in chart
    assert f"where the experience is weaker than elsewhere: {weak}." in text_of(report.journey())


def test_employees_hear_where_customers_take_more_effort(tmp_path: Path) -> None:
    """Of effort nobody says that customers give it higher marks."""
    make_engagement(tmp_path, OLDER, {"survey": places()})
    report = current_state.open_employee(str(tmp_path), "en")
    thanked, wished = text_of(report.thanked()), text_of(report.wished())
    assert "Dealing with us takes customers less effort here than elsewhere: Kassa" in thanked
    assert "Dealing with us takes customers more effort here than elsewhere: Chat" in wished
    assert "marks here than elsewhere" not in thanked + wished


def test_a_supervisor_sees_which_touchpoint_takes_more_effort(tmp_path: Path) -> None:
    """The unit whose customers take less effort at a touchpoint is the better one there, and its best touchpoint comes first."""
    rows = [
        *asked(LITTLE, touchpoint="Kassa", unit="Turku"), *asked(MUCH, touchpoint="Kassa", unit="Oulu"),
        *asked(MUCH, touchpoint="Chat", unit="Turku"), *asked(MUCH, touchpoint="Chat", unit="Oulu"),
    ]  # fmt: skip
    make_engagement(tmp_path, OLDER, {"survey": rows})
    turku = text_of(current_state.open_supervisor(str(tmp_path), "en", "Turku").encounters())
    oulu = text_of(current_state.open_supervisor(str(tmp_path), "en", "Oulu").encounters())
    assert "Better than the same touchpoint elsewhere: Kassa." in turku
    assert turku.index("Kassa (n") < turku.index("Chat (n")
    assert "Weaker than the same touchpoint elsewhere: Kassa." in oulu


def test_late_answers_with_more_effort_have_the_higher_numbers(tmp_path: Path) -> None:
    """Where scores are spoken of as numbers, higher is higher, whichever way is better."""
    rows = [
        *asked(LITTLE, encountered_on="2025-05-05", answered_on="2025-05-05"),
        *asked(MUCH, encountered_on="2025-05-05", answered_on="2025-05-25"),
    ]
    text = text_of(opened(tmp_path, rows, **OLDER).delay())
    assert "Higher scores than in the other answers: after 8–30 days" in text


@pytest.mark.parametrize("rows", [1, 5])
def test_few_answers_on_effort_open(tmp_path: Path, rows: int) -> None:
    """One response gives no figure; five alike give one whose interval is the value itself."""
    figures = Figures(opened(tmp_path, asked([2] * rows), **OLDER), "current_state")
    found = figures.named("ces")
    assert [(each.estimate.value, each.estimate.n) for each in found] == ([] if rows == 1 else [(2.0, 5)])


@pytest.mark.parametrize(("given", "read"), [(1, "1.0"), (1.0, "1.0"), ("2.0", "2.0"), (2, "2.0")])
def test_versions_are_numbers_or_texts(tmp_path: Path, given: object, read: str) -> None:
    """YAML reads 1.0 as a number; it is the same version."""
    assert load(make_engagement(tmp_path, {"ces_version": given}, {})).settings.ces_version == read


@pytest.mark.parametrize("given", [3, "CES", True, 1.5])
def test_unknown_versions_are_refused(tmp_path: Path, given: object) -> None:
    """The message names the two versions that there are."""
    with pytest.raises(SettingsError) as caught:
        load(make_engagement(tmp_path, {"ces_version": given}, {}))
    (problem,) = caught.value.problems
    assert problem.column == "ces_version"
    assert "1.0" in f"{problem.message} {problem.expected}"
    assert "2.0" in f"{problem.message} {problem.expected}"


def test_answers_beyond_the_older_scale_are_problems(tmp_path: Path) -> None:
    """6 and 7 do not exist on 1–5; 8 is told once."""
    folder = make_engagement(tmp_path, OLDER, {"survey": asked([1, 6, 5, 7, 8])})
    found = check(load(folder))[0]
    assert sorted((each.row or 0, each.value, each.kind) for each in found) == [
        (3, "6", "out_of_range"), (5, "7", "out_of_range"), (6, "8", "out_of_range"),
    ]  # fmt: skip
    assert {each.expected for each in found} == {"a whole number from 1 to 5"}


EFFORT = {
    "fi": "Kuinka paljon vaivaa näit?",
    "sv": "Hur stor ansträngning krävdes?",
    "en": "How much effort did it take?",
}
EASE = ["Asia hoitui vaivattomasti", "They made it effortless", "Customer Effort Score", "CES"]


def told(folder: Path, heading: str, scores: list[int], **settings: object) -> list[str]:
    rows = [{"respondent_group": "customer", heading: score} for score in scores]
    source = {
        "survey": {"file": "data/survey.csv", "columns": {"respondent_group": "respondent_group", "ces": heading}}
    }
    make_engagement(folder, {**settings, "sources": source}, {"survey": rows})
    return [problem.kind for problem in check(load(folder))[0]]


@pytest.mark.parametrize(
    ("heading", "settings", "kinds"),
    [
        *[(heading, {}, ["effort_question"]) for heading in EFFORT.values()],
        *itertools.product([EFFORT["fi"]], [OLDER, {"ces_version": 2.0}], [[]]),
        *[(heading, {}, []) for heading in EASE],
    ],
)
def test_effort_is_not_taken_for_ease_in_silence(
    tmp_path: Path, heading: str, settings: dict[str, object], kinds: list[str]
) -> None:
    """A heading of effort over answers of at most 5 is asked about, unless the settings say which question it was."""
    assert told(tmp_path, heading, [1, 2, 3, 4, 5] * 2, **settings) == kinds


def test_an_answer_above_five_settles_which_question_it_was(tmp_path: Path) -> None:
    """A 6 cannot be an answer on 1–5, and of nine answers nothing is concluded."""
    assert told(tmp_path, EFFORT["en"], [1, 2, 3, 4, 6] * 2) == []
    assert told(tmp_path, EFFORT["en"], [1, 2, 3] * 3) == []


def test_ease_on_five_points_is_turned_into_effort(tmp_path: Path) -> None:
    """Where *easy* was the 5 of five, `reverse` makes it little effort: 5 is read as 1."""
    source = {"file": "data/survey.csv", "columns": {"respondent_group": "respondent_group", "ces": "ces"}, "reverse": ["ces"]}  # fmt: skip
    report = opened(tmp_path, asked([5, 5, 4, 4, 2]), sources={"survey": source}, **OLDER)
    assert Figures(report, "current_state")("ces_share", respondent_group="customer", ces_version="1.0").value == 0.8
