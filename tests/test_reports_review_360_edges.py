"""The person's report at its edges, in three languages: every section says something that is true, or is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engagements import Figures, text_by_section, text_of
from review_ratings import opened, raters, rows

from kohtaamo_utils.presentation.blocks import Fold, Table
from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

LANGUAGES = ("fi", "sv", "en")
TOLD = raters(trust_a="234424", trust_b="334243")
SELF = [{"trust.a": 4, "trust.b": 3}]
LONG = "Kohtaamisen jälkeinen yhteydenpito ja sovittujen asioiden loppuun vieminen yhdessä"
CASES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "only self": ({"self": SELF}, {"self_and_others", "extremes", "agreement", "change", "comments"}),
    "only manager": ({"manager": SELF}, {"self_and_others", "change", "comments"}),
    "self and manager": ({"self": SELF, "manager": TOLD[:1]}, {"change", "comments"}),
    "no self": ({"peer": TOLD}, {"self_and_others", "change", "comments"}),
    "everything hidden": ({"self": SELF, "peer": TOLD[:2]}, {"change", "comments"}),
    "customers only": ({"self": SELF, "customer": TOLD}, {"change", "comments"}),
    "all alike": ({"self": SELF, "peer": [{"trust.a": 3, "trust.b": 3}] * 6}, {"change", "comments"}),
    "all at the top": ({"self": SELF, "peer": [{"trust.a": 5, "trust.b": 5}] * 6}, {"change", "comments"}),
    "a small group": ({"self": SELF, "manager": SELF, "peer": TOLD, "report": TOLD[:2]}, {"change", "comments"}),
    "many long names": (
        {
            group: [{f"{LONG} {number}.a": score for number in range(20)} for score in scores]
            for group, scores in (("self", (5,)), ("peer", (2, 3, 3, 4, 2)))
        },
        {"change", "comments"},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_section_is_said_or_left_out(tmp_path: Path, case: str, language: str) -> None:
    """Sections without anything to say have no text at all; no other one is empty, unfilled or of Python's words."""
    answers, silent = CASES[case]
    texts = text_by_section(opened(tmp_path, rows(answers), language), "person")
    assert {name for name, text in texts.items() if not text.strip()} == silent
    for text in texts.values():
        assert not {"None", "nan", "{", "}", "True", "inf"} & set(text.split())
        assert "{" not in text


def test_equal_scores_are_said_to_be_equal(tmp_path: Path) -> None:
    """With the same printed mean everywhere none is called the highest."""
    same = [{"trust.a": 3, "value.a": 3}] * 4
    text = text_of(opened(tmp_path, rows({"self": same[:1], "peer": same})).headline())
    assert "As printed, the others give you the same score in every competency: 3.0." in text
    assert "highest" not in text
    assert "your own view is close to the others'" in text


def test_one_competency_is_not_the_highest(tmp_path: Path) -> None:
    """A single competency has a score, and nothing to be higher than."""
    text = text_of(opened(tmp_path, rows({"self": SELF, "peer": TOLD})).headline())
    assert "The others' score in building trust: 3.2." in text


def test_no_self_rating_is_said(tmp_path: Path) -> None:
    """Where only the self-rating is missing, that is what the report says is missing."""
    assert "There is no self-rating" in text_of(opened(tmp_path, rows({"peer": TOLD})).headline())


def test_a_sentence_names_five_of_many(tmp_path: Path) -> None:
    """With twenty competencies a sentence and a card name the first five and count the rest; the section names all."""
    report = opened(tmp_path, rows(CASES["many long names"][0]))
    text = text_of(report.headline())
    assert f"{LONG} 4 and 15 more" in text
    assert f"{LONG} 19" not in text
    assert f"{LONG} 19" in text_of(report.self_and_others())


def test_customers_are_raters_like_any_other(tmp_path: Path) -> None:
    """Customers have their row, their own column and their agreement, after peers and reports."""
    answers = {"customer": TOLD, "report": TOLD[:3], "peer": TOLD[:4], "manager": SELF, "self": SELF}
    report = opened(tmp_path, rows(answers))
    assert [row[0] for row in _table(report.raters()).rows] == [
        "Self", "Manager", "Peers", "Direct reports", "Customers", "All others",
    ]  # fmt: skip
    assert Figures(report, "person").has("agreement_rwg", competency="trust", rater_group="customer")


def test_hidden_groups_stand_in_their_place(tmp_path: Path) -> None:
    """A pool stands after its last member, and all others stand last."""
    answers = {"self": SELF, "peer": TOLD[:2], "report": TOLD[:4], "customer": TOLD[:2]}
    assert [row[0] for row in _table(opened(tmp_path, rows(answers)).raters()).rows] == [
        "Self", "Peers", "Direct reports", "Customers", "Peers + Customers", "All others",
    ]  # fmt: skip


def _table(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


# ---------------------------------------------------------------- the spread of the answers


def test_the_spread_of_the_answers(tmp_path: Path) -> None:
    """Six peers' answers are counted at each point of the scale, in table, chart and figures."""
    report = opened(tmp_path, rows({"peer": TOLD}))
    fold = next(block for block in report.items().blocks if isinstance(block, Fold))
    table = next(block for block in fold.blocks if isinstance(block, Table))
    assert table.columns == ("Question", "Group", "1", "2", "3", "4", "5")
    assert table.rows[0] == ("trust.a", "Peers", "0", "2", "1", "3", "0")
    assert "trust.a, Peers – 1: 0, 2: 2, 3: 1, 4: 3, 5: 0" in text_of(report.items())
    figures = Figures(report, "person")
    assert [figures("answers", item="trust.a", rater_group="peer", score=point).value for point in range(1, 6)] == [
        0, 2, 1, 3, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("peers", [TOLD[:4], raters(trust_a="333333", trust_b="334243")], ids=["four", "all alike"])
def test_no_spread_where_it_would_tell_the_answers(tmp_path: Path, peers: list[dict[str, int]]) -> None:
    """Below five raters, or where a printed mean may be everybody's answer, no count is shown."""
    report = opened(tmp_path, rows({"peer": peers}))
    assert not [block for block in report.items().blocks if isinstance(block, Fold)]
    assert not Figures(report, "person").named("answers")


# ---------------------------------------------------------------- how the figures were made


def test_the_rules_are_those_of_the_settings(tmp_path: Path) -> None:
    """Share of items, scale, mean of the others and thresholds stand in the list as they are set."""
    usual = text_of(opened(tmp_path / "usual", rows({"peer": TOLD})).method())
    for part in (
        "Answers are numbers from 1 to 5.", "at least 50% of them", "an answer x counts as 6 − x",
        "mean over all raters but yourself", "from 3 raters on", "“4.5 or more” or “1.5 or less”", "From 5 raters",
        "at least 5 raters wrote one",
    ):  # fmt: skip
        assert part in usual
    own = opened(tmp_path / "own", rows({"peer": TOLD}), scale=[0, 10], min_item_share=0.75, others="groups")
    for part in ("from 0 to 10", "at least 75% of them", "10 − x", "each group weighing the same", "“9.5 or more” or “0.5 or less”"):  # fmt: skip
        assert part in text_of(own.method())


def test_a_high_threshold_stands_in_the_rules(project: Path) -> None:
    """The sample's thresholds are three raters and five comments."""
    text = text_of(review_360.open_person(str(project / "data" / "sample"), "r01", "fi").method())
    assert "arvioijia on vähintään 3" in text
    assert "vähintään 5 arvioijaa on kirjoittanut" in text
