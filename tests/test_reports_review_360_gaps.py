"""Self against the others: gaps with their intervals, and the quadrants by the rule of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from engagements import Figures, text_of
from review_ratings import opened, raters, rows
from scipy import stats

from kohtaamo_utils.disclosure.publication import Band, Shown
from kohtaamo_utils.engagement.johari import Johari
from kohtaamo_utils.presentation.blocks import Bullets, Table
from kohtaamo_utils.reports.review_360.johari import quadrant

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

SELF = [{"trust.a": 5, "trust.b": 4}]
PEERS = raters(trust_a="343433", trust_b="334342")
REPORTS = raters(trust_a="23342", trust_b="34442")


def table(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def test_a_gap_has_the_t_interval_of_the_others_mean(tmp_path: Path) -> None:
    """The limits are self less x̄ ± t(n-1)·s/√n over all raters but self, with one decimal, in table and figures."""
    manager = [{"trust.a": 4, "trust.b": 4}]
    report = opened(tmp_path, rows({"self": SELF, "manager": manager, "peer": PEERS, "report": REPORTS}))
    scores = np.array([(its["trust.a"] + its["trust.b"]) / 2 for its in (*manager, *PEERS, *REPORTS)])
    low, high = stats.t.interval(0.95, len(scores) - 1, scores.mean(), stats.sem(scores))
    found = Figures(report, "person")("gap", competency="trust")
    assert (found.low, found.high) == (round(4.5 - high, 1), round(4.5 - low, 1)) == (0.9, 1.6)
    assert (found.value, found.n, found.method, found.level) == (1.3, 12, "t", 0.95)
    assert table(report.self_and_others()).rows == (("Building trust", "+1.3", "+0.9…+1.6", "beyond chance"),)


def test_where_groups_weigh_the_same_the_interval_is_weighted(tmp_path: Path) -> None:
    """With others: groups each rater weighs 1/(groups·raters), and Kish's effective number stands for n."""
    report = opened(tmp_path, rows({"self": SELF, "peer": PEERS, "report": REPORTS}), others="groups")
    scores = np.array([(its["trust.a"] + its["trust.b"]) / 2 for its in (*PEERS, *REPORTS)])
    weights = np.array([1 / 12] * 6 + [1 / 10] * 5)
    mean, n = np.average(scores, weights=weights), weights.sum() ** 2 / (weights**2).sum()
    variance = np.average((scores - mean) ** 2, weights=weights) * n / (n - 1)
    reach = stats.t.ppf(0.975, n - 1) * np.sqrt(variance / n)
    found = Figures(report, "person")("gap", competency="trust")
    assert (found.low, found.high) == (round(4.5 - mean - reach, 1), round(4.5 - mean + reach, 1))


def test_self_inside_the_interval_is_suggestive(tmp_path: Path) -> None:
    """A gap whose printed limits hold nought is called suggestive in table, quadrants and headline alike."""
    answers = {"self": [{"trust.a": 4}], "peer": raters(trust_a="43343")}
    report = opened(tmp_path, rows(answers))
    found = Figures(report, "person")("gap", competency="trust")
    assert (found.value, found.low, found.high) == (0.6, -0.1, 1.3)
    assert table(report.self_and_others()).rows[0][3] == "suggestive"
    assert "Blind spots: building trust (suggestive)" in text_of(report.self_and_others())
    assert "There are signs that you rate yourself higher than others do in: building trust." in text_of(
        report.headline()
    )
    assert "clearly" not in text_of(report.headline())


def test_self_outside_the_interval_is_said_clearly(tmp_path: Path) -> None:
    """A gap beyond its interval is a clear one, upwards and downwards."""
    others = {"peer": raters(trust_a="233323", value_a="443444")}
    report = opened(tmp_path, rows({"self": [{"trust.a": 5, "value.a": 2}], **others}))
    text = text_of(report.headline())
    assert "You rate yourself clearly higher than others do in: building trust." in text
    assert "You rate yourself clearly lower than others do in: creating value." in text
    assert "suggestive" not in str(
        next(block for block in report.self_and_others().blocks if isinstance(block, Bullets))
    )


@pytest.mark.parametrize(
    "others",
    [
        {"peer": raters(trust_a="3433")},
        {"peer": raters(trust_a="33333")},
        {"peer": raters(trust_a="23433")},
        {"peer": raters(trust_a="34343"), "report": raters(trust_a="343")},
        {"peer": raters(trust_a="34343"), "report": raters(trust_a="33333")},
    ],
    ids=["four raters", "all alike", "a mean as of all alike", "a small group", "a group all alike"],
)  # fmt: skip
def test_no_interval_where_the_spread_may_not_be_told(tmp_path: Path, others: dict[str, list[dict[str, int]]]) -> None:
    """Below five raters in a group, or with a mean that all could share, there is a gap and no interval."""
    report = opened(tmp_path, rows({"self": [{"trust.a": 5}], **others}))
    found = Figures(report, "person")("gap", competency="trust")
    assert found.value is not None
    assert (found.low, found.high) == (None, None)
    assert "…" not in text_of(report.self_and_others())
    assert "The gaps are suggestive" in text_of(report.self_and_others())


def test_the_chart_holds_what_the_table_prints(tmp_path: Path) -> None:
    """The chart's description has each gap with its limits as the table has them."""
    report = opened(tmp_path, rows({"self": SELF, "peer": PEERS}))
    text = text_of(report.self_and_others())
    _, gap, limits, _ = table(report.self_and_others()).rows[0]
    assert f"Building trust: {gap} ({limits})" in text


def test_everything_hidden_leaves_no_empty_quadrants(tmp_path: Path) -> None:
    """Two peers are hidden with the mean of the others; the section says so and lists the gap as hidden."""
    report = opened(tmp_path, rows({"self": SELF, "peer": PEERS[:2]}))
    section = report.self_and_others()
    assert "The others' means are not shown" in text_of(section)
    assert "Blind spots" not in text_of(section)
    assert [(item.name, item.reason) for item in section.hidden] == [("gap", "fewer than 3 raters")]


# ---------------------------------------------------------------- the rule


def test_the_rule_is_printed_with_its_numbers(tmp_path: Path) -> None:
    """Gap and high mean stand in the fold as the settings give them, with as many decimals as they have."""
    answers = rows({"self": SELF, "peer": PEERS})
    usual = text_of(opened(tmp_path / "usual", answers).self_and_others())
    assert "at least 0.5 above the others' mean" in usual
    assert "the others' mean is at least 3.5" in usual
    own = opened(tmp_path / "own", answers, johari={"gap": 1.25, "high": 4})
    assert "at least 1.25 above the others' mean" in text_of(own.self_and_others())
    assert "the others' mean is at least 4.0" in text_of(own.self_and_others())


def test_the_rule_decides(tmp_path: Path) -> None:
    """METHODS' example, self 5 against 3.6: a blind spot at 0.5 and at 1, not at a third of the scale (1.67)."""
    answers = {"self": [{"trust.a": 5}], "peer": raters(trust_a="23444534")}
    for gap, place in ((0.5, "Blind spots"), (1.0, "Blind spots"), (1.67, "Known strengths")):
        report = opened(tmp_path / str(gap), rows(answers), johari={"gap": gap})
        assert Figures(report, "person")("gap", competency="trust").value == 1.4
        assert f"{place}: building trust" in text_of(report.self_and_others())


@pytest.mark.parametrize(
    ("own", "others", "place"),
    [
        (4.0, Shown(3.6, 6), "known_strength"),
        (3.0, Shown(3.4, 6), "known_development_area"),
        (4.0, Shown(3.4, 6), "blind_spot"),
        (3.0, Shown(3.6, 6), "hidden_strength"),
        (2.0, Shown(2.8, 6), "known_development_area"),
        (5.0, Shown(Band("high", 4.5), 6), "known_strength"),
        (3.0, Shown(Band("high", 4.5), 6), "hidden_strength"),
        (3.0, Shown(Band("low", 1.5), 6), "blind_spot"),
        (1.0, Shown(Band("low", 1.5), 6), "known_development_area"),
    ],
)
def test_quadrants(own: float, others: Shown, place: str) -> None:
    """The gap first, then the others' mean; a strength, known or hidden, needs a high mean; a band counts as its limit."""
    assert quadrant(Shown(own, 1), others, (1, 5)) == place


def test_the_printed_gap_decides() -> None:
    """A gap that prints as 0.4 is none of 0.5, though the printed means are 0.5 apart."""
    assert quadrant(Shown(4.0, 1), Shown(3.5, 6), (1, 5), Johari(), 0.4) == "known_strength"
    assert quadrant(Shown(4.0, 1), Shown(3.5, 6), (1, 5), Johari(), 0.5) == "blind_spot"


def test_the_usual_leniency_stands_beside_the_gaps(tmp_path: Path) -> None:
    """A gap is read beside what is usual: 0.32 standard deviations, with a correlation of 0.22."""
    text = text_of(opened(tmp_path, rows({"self": SELF, "peer": PEERS})).self_and_others())
    assert "0.32 standard deviations above the manager's" in text
    assert "correlation 0.22; Heidemeier and Moser 2009" in text
