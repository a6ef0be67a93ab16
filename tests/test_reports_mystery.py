"""Mystery shopping beyond the mean: critical questions, partial credit, double visits, what stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, customers, make_engagement, text_of

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = {"Tervehdys": True, "Tarve": False}


def visit(name: str, scores: tuple[float | str, float | str], **where: object) -> list[dict[str, object]]:
    same = {"unit": "Turku", "touchpoint": "Kassa", "visited_on": "2025-05-05", **where}
    return [
        {"visit_id": name, "criterion": question, "score": score, "maximum": 2, "critical": "yes" if must else "no", **same}
        for (question, must), score in zip(QUESTIONS.items(), scores, strict=True)
    ]  # fmt: skip


def opened(folder: Path, *visits: list[dict[str, object]], **settings: object) -> current_state.CurrentState:
    rows = [row for part in visits for row in part]
    return current_state.open_report(
        str(make_engagement(folder, settings, {"survey": customers([9] * 10), "mystery_shopping": rows})), "en"
    )


def ruled(**rule: object) -> dict[str, object]:
    return {"mystery_shopping": {"critical": rule}}


def test_critical_questions_and_partial_credit(tmp_path: Path) -> None:
    """One of three critical answers earned nothing; two of five scored answers earned a part; one was not judged."""
    report = opened(tmp_path, visit("a", (0, 1)), visit("b", (2, 1), unit="Oulu"), visit("c", (2, ""), unit="Espoo"))
    figures = Figures(report, "current_state")
    failed = figures("critical_failed", criterion="Tervehdys")
    assert (failed.value, failed.low, failed.high) == pytest.approx(formulas.share(1, 3))
    assert figures("partial_credit").value == pytest.approx(2 / 5)
    text = text_of(figures.sections["mystery_shopping"])
    assert "Critical questions were not met at all 1 times out of 3." in text
    assert "Questions that did not apply or could not be judged: 1." in text


def test_double_visits_are_told(tmp_path: Path) -> None:
    """Two visits of one day to one place agree on one of two questions."""
    figures = Figures(opened(tmp_path, visit("a", (2, 1)), visit("b", (2, 2))), "current_state")
    assert figures("double_visit_agreement").value == 0.5
    assert "Double visits (the same unit, touchpoint and day): 1." in text_of(figures.sections["mystery_shopping"])


def test_without_double_visits_agreement_is_said_to_be_unknown(tmp_path: Path) -> None:
    """Visits on two days tell nothing of how far two shoppers would agree, and the report says so."""
    text = text_of(opened(tmp_path, visit("a", (2, 1)), visit("b", (2, 2), visited_on="2025-06-06")).mystery_shopping())
    assert "how far two shoppers would agree is not known" in text


def test_a_unit_stands_out_only_beyond_chance(tmp_path: Path) -> None:
    """Six visits near full points against six near none differ; alike ones do not."""
    low = [visit(f"l{place}", (0, place % 2)) for place in range(6)]
    high = [visit(f"h{place}", (2, 1 + place % 2), unit="Oulu") for place in range(6)]
    text = text_of(opened(tmp_path / "one", *low, *high).mystery_shopping())
    assert "weaker than the others" in text
    alike = [visit(f"l{place}", (2, place % 2), unit="Turku" if place < 6 else "Oulu") for place in range(12)]
    assert "weaker than the others" not in text_of(opened(tmp_path / "two", *alike).mystery_shopping())


def test_visits_are_listed_without_their_day(tmp_path: Path) -> None:
    """Each visit's score stands in the report, but not the day, which would tell whose shift it was."""
    text = text_of(opened(tmp_path, visit("K77", (2, 1))).mystery_shopping())
    assert "K77" in text
    assert "05/05/2025" not in text
    assert "2025-05-05" not in text


THREE = (visit("a", (0, 2)), visit("b", (2, 1), unit="Oulu"), visit("c", (2, 2), unit="Oulu", touchpoint="Chat"))


def test_a_failed_critical_question_caps_the_visit(tmp_path: Path) -> None:
    """Of scores 2/4, 3/4 and 4/4 the first visit keeps a quarter: mean 2/3, where it would be 3/4; the page says the rule."""
    report = opened(tmp_path, *THREE, **ruled(fails="visit", at_most=0.25))
    figures = Figures(report, "current_state")
    expected = formulas.mean([0.25, 0.75, 1.0], 0, 1)
    found = figures("mystery_shopping_score")
    assert (found.value, found.low, found.high) == pytest.approx(expected)
    assert figures("mystery_shopping_score", critical="as_weighted").value == pytest.approx(0.75)
    assert figures("mystery_shopping_score", unit="Turku").value == pytest.approx(0.25)
    assert figures("mystery_shopping_score", touchpoint="Kassa").value == pytest.approx(0.5)
    share = figures("critical_failed_visits")
    assert (share.value, share.low, share.high) == pytest.approx(formulas.share(1, 3))
    text = text_of(figures.sections["mystery_shopping"])
    assert "A visit on which a critical question earns nothing scores 25% at most." in text
    assert "This concerned 1 of 3 visits. Without the rule the average would be 75%." in text
    assert "does not lower the score more than its weight" not in text
    assert "a critical question failed" in text
    assert "50%" in text_of(figures.sections["journey"])


def test_a_failed_critical_question_empties_its_element(tmp_path: Path) -> None:
    """The questions of the same element score nothing on that visit; other elements keep what they earned."""
    rows = [
        [row | {"element": "trust" if row["criterion"] == "Tervehdys" else "value"} for row in part] for part in THREE
    ]
    figures = Figures(opened(tmp_path, *rows, **ruled(fails="element")), "current_state")
    assert figures("mystery_shopping_score").value == pytest.approx((0.5 + 0.75 + 1) / 3)
    assert figures("mystery_shopping_score", element="trust").value == pytest.approx(2 / 3)
    text = text_of(figures.sections["mystery_shopping"])
    assert "all questions of the same element on that visit score 0" in text
    assert "as they were earned" not in text


def test_a_rule_on_visits_leaves_elements_as_they_were_earned(tmp_path: Path) -> None:
    """An element that had nothing to do with the failed question is not scored 0 for it, and the page says so."""
    rows = [
        [row | {"element": "trust" if row["criterion"] == "Tervehdys" else "value"} for row in part] for part in THREE
    ]
    figures = Figures(opened(tmp_path, *rows, **ruled(fails="visit")), "current_state")
    assert figures("mystery_shopping_score").value == pytest.approx((0 + 0.75 + 1) / 3)
    assert figures("mystery_shopping_score", element="value").value == pytest.approx((1 + 0.5 + 1) / 3)
    text = text_of(figures.sections["mystery_shopping"])
    assert "A visit on which a critical question earns nothing scores 0." in text
    assert "The scores by element are as they were earned" in text


def test_a_rule_without_critical_questions_is_said_to_change_nothing(tmp_path: Path) -> None:
    """A rule that nothing in the data can meet is not passed over in silence."""
    rows = [[row | {"critical": "no"} for row in part] for part in THREE]
    figures = Figures(opened(tmp_path, *rows, **ruled(fails="visit")), "current_state")
    assert figures("mystery_shopping_score").value == pytest.approx(0.75)
    assert "the rule for critical questions changed nothing" in text_of(figures.sections["mystery_shopping"])


def test_one_visit_that_fails_has_a_score_and_no_interval(tmp_path: Path) -> None:
    """A single visit without a date, unit or touchpoint is scored by the rule all the same."""
    plain = [{key: row[key] for key in ("visit_id", "criterion", "score", "maximum", "critical")} for row in THREE[0]]
    found = Figures(opened(tmp_path, plain, **ruled(fails="visit", at_most=0.1)), "current_state")(
        "mystery_shopping_score"
    )
    assert (found.value, found.n, found.low) == (pytest.approx(0.1), 1, None)


@pytest.mark.parametrize(
    ("rule", "key"), [({"fails": "section"}, "fails"), ({"at_most": 1}, "at_most"), ({"at_most": -0.1}, "at_most"), ({"atmost": 0}, "atmost")]
)  # fmt: skip
def test_rules_that_cannot_be_are_refused(tmp_path: Path, rule: dict[str, object], key: str) -> None:
    """A wrong value or a misspelt key is told with its place."""
    with pytest.raises(SettingsError) as caught:
        load(make_engagement(tmp_path, ruled(**rule), {}))
    (problem,) = caught.value.problems
    assert key in f"{problem.column} {problem.message}"


def test_a_rule_that_held_nowhere_is_said_to_have_held_nowhere(tmp_path: Path) -> None:
    """Where every critical question earned something, the rule stands on the page and the score is the plain one."""
    figures = Figures(opened(tmp_path, *THREE[1:], **ruled(fails="visit")), "current_state")
    assert figures("mystery_shopping_score").value == figures("mystery_shopping_score", critical="as_weighted").value
    text = text_of(figures.sections["mystery_shopping"])
    assert "scores 0. This happened on none of the 2 visits." in text
    assert "Without the rule" not in text
