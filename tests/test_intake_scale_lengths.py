"""Words of a scale of five are never stretched to one of seven; the settings for a scale of five read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import CUSTOMERS, engagement, problems, put

from kohtaamo_utils.intake import check, read

if TYPE_CHECKING:
    from pathlib import Path


def column(*answers: str, name: str) -> str:
    """Return a file of one quoted column."""
    return "\n".join([name, *(f'"{answer}"' for answer in answers)]) + "\n"


OF_FIVE = [
    ["Erittäin helppo", "Helppo", "Ei helppo eikä vaikea", "Vaikea", "Erittäin vaikea"],
    ["Erittäin helppoa", "Melko helppoa", "Neutraali", "Melko vaikeaa", "Erittäin vaikeaa"],
    ["Mycket lätt", "Lätt", "Varken lätt eller svårt", "Svårt", "Mycket svårt"],
    ["Very easy", "Easy", "Neither easy nor difficult", "Difficult", "Very difficult"],
    ["Extremely easy", "Somewhat easy", "Neutral", "Somewhat difficult", "Extremely difficult"],
    ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"],
]
"""Scales of five, from the easiest; the last is of a statement that it was easy."""


@pytest.mark.parametrize("words", OF_FIVE)
def test_five_words_are_not_stretched_to_seven(tmp_path: Path, words: list[str]) -> None:
    """Words of a scale of five, all of them or some, are never read as steps of seven; the problem names the setting for five."""
    for answers in (words, words[:2], words[::4]):
        (found,) = problems(tmp_path, column(*answers, *answers, name="ces"), constants=CUSTOMERS)
        assert (found.kind, found.column, found.value) == ("shorter_scale", "ces", answers[0])
        assert "`ces_version: 1.0` + `reverse: [ces]`" in found.advice


@pytest.mark.parametrize("words", OF_FIVE)
def test_five_words_with_the_setting_for_five(tmp_path: Path, words: list[str]) -> None:
    """With the scale of five in the settings the easiest is the least effort, 1, and the hardest the most, 5."""
    source = {"file": put(tmp_path, "data.csv", column(*words, name="ces")), "constants": CUSTOMERS, "reverse": "ces"}
    found = read(engagement(tmp_path, {"survey": source}, ces_version="1.0"))
    assert found.tables["survey"]["ces"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("words", OF_FIVE[:-1])
def test_ease_is_no_effort(tmp_path: Path, words: list[str]) -> None:
    """Words of ease in the older measure of effort are refused until it is said that they are turned round."""
    source = {"file": put(tmp_path, "data.csv", column(*words, name="ces")), "constants": CUSTOMERS}
    (found,), _ = check(engagement(tmp_path, {"survey": source}, ces_version="1.0"))
    assert (found.kind, found.value) == ("falling_scale", words[0])
    assert "`reverse: [ces]`" in found.advice


def test_five_words_of_a_review_on_seven(tmp_path: Path) -> None:
    """Ratings in words of a scale of five are not stretched to a review's scale of seven: its setting is named."""
    text = "reviewee_id;rater_id;rater_group;item;score\na;b;peer;x;Samaa mieltä\na;c;peer;x;Täysin samaa mieltä\n"
    source = {"file": put(tmp_path, "data.csv", text)}
    (found,), _ = check(engagement(tmp_path, {"ratings_360": source}, review_360={"scale": [1, 7]}))
    assert (found.kind, found.column) == ("shorter_scale", "score")
    assert "`review_360: {scale: [1, 5]}`" in found.advice


@pytest.mark.parametrize(
    "words",
    [
        ("Täysin eri mieltä", "Jokseenkin eri mieltä", "Jokseenkin samaa mieltä", "Täysin samaa mieltä"),
        ("Helt av annan åsikt", "Delvis av annan åsikt", "Delvis av samma åsikt", "Helt av samma åsikt"),
        ("Strongly disagree", "Disagree", "Agree", "Strongly agree"),
    ],
)
def test_four_words_of_a_review_on_four(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Four answers without one for neither are 1–4 where the review's scale is; with one for neither they are refused."""
    rows = [f"a;{rater};peer;x;{word}" for rater, word in enumerate(words)]
    text = "\n".join(["reviewee_id;rater_id;rater_group;item;score", *rows])
    source = {"ratings_360": {"file": put(tmp_path, "data.csv", text)}}
    _, read = check(engagement(tmp_path, source, review_360={"scale": [1, 4]}))
    assert read is not None
    assert read.tables["ratings_360"]["score"].tolist() == [1, 2, 3, 4]
    put(tmp_path, "data.csv", text + "\na;e;peer;x;Neutral\n")
    (found,), _ = check(engagement(tmp_path, source, review_360={"scale": [1, 4]}))
    assert (found.kind, found.value) == ("not_in_scale", "Neutral")
