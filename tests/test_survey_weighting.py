"""Weights that the settings ask for: R's raking, held in the dataset, used by the report and told in its section on data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engagements import Figures, make_engagement, text_of

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check, read
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

CELLS = {("A", "x"): 30, ("A", "y"): 20, ("B", "x"): 10, ("B", "y"): 40}
"""Sample counts of the two-by-two example; the targets are 45/55 and 60/40 and the results R's (loglin)."""
MARGINS = {"unit": {"A": 45, "B": 55}, "segment.kind": {"x": 60, "y": 40}}
RAKED = {("A", "x"): 1.2229394, ("A", "y"): 0.41559095, ("B", "x"): 2.3311819, ("B", "y"): 0.79220453}
SCORES = {("A", "x"): 9, ("A", "y"): 10, ("B", "x"): 0, ("B", "y"): 7}


def rows(**same: object) -> list[dict[str, object]]:
    """Return the example's answers; the first cell recommends, the third does not, scores differ by cell only."""
    return [
        {"respondent_group": "customer", "nps": SCORES[unit, kind], "unit": unit, "segment.kind": kind, **same}
        for (unit, kind), count in CELLS.items()
        for _ in range(count)
    ]


def made(folder: Path, weights: dict[str, Any], answers: list[dict[str, object]], **settings: Any) -> Path:
    return make_engagement(folder, {"weighting": {"customer": weights}, **settings}, {"survey": answers})


def wrong(folder: Path, weights: dict[str, Any], answers: list[dict[str, object]], **settings: Any) -> list[Problem]:
    problems, _ = check(load(made(folder, weights, answers, **settings)))
    return list(problems)


def report(folder: Path, weights: dict[str, Any], answers: list[dict[str, object]], **settings: Any) -> Figures:
    opened = current_state.open_report(str(made(folder, weights, answers, **settings)), "en")
    return Figures(opened, "current_state")


def test_weights_are_those_of_r(tmp_path: Path) -> None:
    """The dataset's weight column holds R's raked weights, and the import log names what they were raked to."""
    dataset = read(load(made(tmp_path, {"margins": MARGINS, "cap": None}, rows())))
    frame = dataset.tables["survey"]
    found = frame.groupby(["unit", "segment.kind"])["weight"].agg(["min", "max"])
    for cell, weight in RAKED.items():
        assert found.loc[cell].tolist() == pytest.approx([weight, weight], abs=1e-7)
    (entry,) = dataset.log.of("survey", "weighted")
    assert (entry.count, entry.detail) == (100, "weights of customer answers raked to unit, segment.kind; no cap")
    assert dataset.log.rows_in("survey") == dataset.log.rows_out("survey") == 100


def test_figures_are_weighted(tmp_path: Path) -> None:
    """The NPS is Σw·sign/Σw with R's weights, its unweighted twin stands beside it, and n stays the number of answers."""
    found = report(tmp_path, {"margins": MARGINS, "cap": None}, rows())
    total = sum(RAKED[cell] * count for cell, count in CELLS.items())
    balance = RAKED["A", "x"] * 30 + RAKED["A", "y"] * 20 - RAKED["B", "x"] * 10
    weighted = found("nps", respondent_group="customer")
    plain = found("nps", respondent_group="customer", weighting="none")
    assert weighted.value == pytest.approx(100 * balance / total, abs=1e-5)
    assert (plain.value, weighted.n, plain.n) == (40.0, 100, 100)
    assert weighted.high - weighted.low > plain.high - plain.low


def test_design_effect_and_effective_n(tmp_path: Path) -> None:
    """Kish's design effect is 1.2776935 and the effective number 78.2660327, as in R, and the report says so."""
    found = report(tmp_path, {"margins": MARGINS, "cap": None}, rows())
    effect, effective = (found(name, respondent_group="customer") for name in ("design_effect", "effective_n"))
    assert (effect.value, effect.n, effect.unit) == (pytest.approx(1.2776935, abs=1e-6), 100, "ratio")
    assert (effective.value, effective.n, effective.unit) == (pytest.approx(78.2660327, abs=1e-5), 100, "count")
    text = text_of(found.sections["data_quality"])
    assert "as precise as 78 answers of equal weight (design effect 1.28)" in text
    assert "population's shares in: Unit and Segment: kind." in text
    assert "A 45.0% 50.0% 45.0%" in text
    assert "x 60.0% 40.0% 60.0%" in text
    assert "largest gap" not in text


def test_a_cap_is_told_with_what_it_costs(tmp_path: Path) -> None:
    """Where the cap keeps a share from its target the report tells the largest gap, in percentage points."""
    found = report(tmp_path, {"margins": {"unit": {"A": 0.9, "B": 0.1}}, "cap": [0.5, 1.5]}, rows())
    text = text_of(found.sections["data_quality"])
    assert "No answer weighs less than 0.5 or more than 1.5 times the mean." in text
    assert "A 90.0% 50.0% 75.0%" in text
    assert "the largest gap is 15.0 percentage points" in text


def test_margins_are_the_frame_s_unless_given(tmp_path: Path) -> None:
    """Without margins the answers get the shares of all who were asked."""
    frame = {"customer": {"invited": 900, "known": {"unit": {"A": 600, "B": 300}}}}
    found = report(tmp_path, {}, rows(), survey_frame=frame)
    text = text_of(found.sections["data_quality"])
    assert "shares of all who were invited in: Unit." in text
    assert "A 66.7% 50.0% 66.7%" in text


def test_joined_categories_are_one(tmp_path: Path) -> None:
    """`A | C` is one margin category: both units get the same weight."""
    answers = [*rows(), *({"respondent_group": "customer", "nps": 9, "unit": "C"} for _ in range(2))]
    dataset = read(load(made(tmp_path, {"margins": {"unit": {"A | C": 1, "B": 1}}}, answers)))
    weights = dataset.tables["survey"].groupby("unit")["weight"].first()
    assert weights.tolist() == pytest.approx([51 / 52, 51 / 50, 51 / 52])


def test_each_questionnaire_is_weighted_by_itself(tmp_path: Path) -> None:
    """A group that answered two questionnaires has the population's shares in each of them."""
    answers = rows(perspective="experienced") + [
        row for row in rows(perspective="expected") if row["unit"] == "B" or row["nps"] == 9
    ]
    frame = read(load(made(tmp_path, {"margins": {"unit": {"A": 1, "B": 3}}}, answers))).tables["survey"]
    sums = frame.groupby(["perspective", "unit"])["weight"].sum().unstack()
    assert (sums["B"] / sums["A"]).tolist() == pytest.approx([3, 3])


def test_only_answers_of_the_period_are_weighted(tmp_path: Path) -> None:
    """Answers outside the period bend no weight and have none."""
    answers = rows(answered_on="2025-05-05") + [row for row in rows(answered_on="2024-05-05") if row["unit"] == "A"]
    period = {"start": "2025-01-01", "end": "2025-12-31"}
    frame = read(load(made(tmp_path, {"margins": MARGINS, "cap": None}, answers, period=period))).tables["survey"]
    assert frame["weight"].notna().sum() == 100
    first = frame[(frame["unit"] == "A") & (frame["segment.kind"] == "x")]["weight"].iloc[0]
    assert first == pytest.approx(RAKED["A", "x"], abs=1e-7)


def test_other_groups_keep_their_own_weights(tmp_path: Path) -> None:
    """Weights from a file stay with the groups that are not raked."""
    staff = [{"respondent_group": "employee", "enps": 9, "weight": 1 + n % 2} for n in range(10)]
    frame = read(load(made(tmp_path, {"margins": MARGINS, "cap": None}, [*rows(), *staff]))).tables["survey"]
    assert frame[frame["respondent_group"] == "employee"]["weight"].tolist() == [1, 2] * 5
    assert frame[frame["respondent_group"] == "customer"]["weight"].mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("margins", "column", "value", "said"),
    [
        ({"unit": {"A": 1}}, "weighting.customer.margins.unit", "B", "50 of the answers"),
        ({"unit": {"A": 1, "B": 1, "C": 1}}, "weighting.customer.margins.unit", "C", "0 are of this category. Expected: at least 5"),
        ({"channel": {"web": 1}}, "weighting.customer.margins.channel", None, "no column `channel`"),
        ({"unit": {"A": 1, "B": 1}, "segment.copy": {"A": 1, "B": 9}}, "weighting.customer", None, "do not settle"),
    ],
)  # fmt: skip
def test_margins_that_do_not_fit_are_a_problem(
    margins: dict[str, Any], column: str, value: str | None, said: str, tmp_path: Path
) -> None:
    """A category without a target, a target without answers, a column that is not there, and margins that contradict."""
    answers = [{**row, "segment.copy": row["unit"]} for row in rows()]
    (problem,) = wrong(tmp_path, {"margins": margins, "cap": None}, answers)
    assert (problem.file, problem.column, problem.value) == ("engagement.yaml", column, value)
    assert said in str(problem)


def test_weights_twice_are_a_problem(tmp_path: Path) -> None:
    """A group that has weights in its file cannot be raked as well."""
    (problem,) = wrong(tmp_path, {"margins": MARGINS}, rows(weight=1))
    assert (problem.kind, problem.column) == ("weighted_twice", "weighting.customer")


def test_a_group_without_answers_cannot_be_weighted(tmp_path: Path) -> None:
    """A weighting block for a group that did not answer is a problem, not silence."""
    answers = [{**row, "respondent_group": "employee"} for row in rows()]
    (problem,) = wrong(tmp_path, {"margins": MARGINS}, answers)
    assert problem.kind == "nothing_to_weight"


def test_twins_that_would_tell_of_a_few_are_left_out(tmp_path: Path) -> None:
    """A unit of 12 with 2 of one kind shows its weighted NPS only: with the plain one the 2 could be computed."""
    few = [
        {"respondent_group": "customer", "nps": 3 + n % 8, "unit": "C", "segment.kind": "xyyyyx"[n % 6]}
        for n in range(6)
    ]
    answers = [*rows(), *few, *({**row, "segment.kind": "y"} for row in few)]
    found = report(tmp_path, {"margins": {"segment.kind": {"x": 60, "y": 40}}, "cap": None}, answers)
    assert found.has("nps", respondent_group="customer", unit="C")
    assert not found.has("nps", respondent_group="customer", unit="C", weighting="none")
    assert found.has("nps", respondent_group="customer", weighting="none")
    hidden = {(each.name, each.scope.get("unit"), each.reason) for each in found.results.hidden}
    assert ("nps", "C", "would reveal a group of fewer than 5") in hidden
