"""Agreement within rater groups where it may be told, and how many raters a firm mean takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formulas
import numpy as np
import pytest
from engagements import Figures, text_of
from review_ratings import opened, raters, rows

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports.review_360.agreement import Agreement

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

VARIED = {"trust_a": "234324", "trust_b": "334243"}
"""Means of 3.0 and 3.2: the first may be of six alike."""
TOLD = {"trust_a": "234424", "trust_b": "334243"}


def tables(section: Section) -> dict[str, Table]:
    return {block.caption: block for block in section.blocks if isinstance(block, Table)}


def test_agreement_is_r_wg_and_ad_of_the_items(tmp_path: Path) -> None:
    """r_wg(j) against the variances 2 and 1.34 of answers at random, AD as the raters' mean distance from their mean."""
    report = opened(tmp_path, rows({"peer": raters(**TOLD)}))
    wide = np.array([[int(digit) for digit in item] for item in TOLD.values()], float).T
    variance = wide.var(axis=0, ddof=1).mean()
    expected = [formulas.rwg(wide, 5), 2 * (1 - variance / 1.34) / (2 * (1 - variance / 1.34) + variance / 1.34)]
    expected.append(np.abs(wide - wide.mean(axis=0)).mean())
    figures = Figures(report, "person")
    names = ("agreement_rwg", "agreement_rwg_skewed", "agreement_ad")
    found = [figures(name, competency="trust", rater_group="peer") for name in names]
    assert [each.value for each in found] == [round(float(value), 2) for value in expected]
    assert {each.n for each in found} == {6}
    row = tables(report.agreement())["Agreement within rater groups"].rows[0]
    assert row == ("Building trust", "Peers", *(f"{value:.2f}" for value in expected), "moderate")


def test_the_cut_off_of_ad_is_a_sixth_of_the_points(tmp_path: Path) -> None:
    """Five points: 0.83; seven: 1.17 (Burke & Dunlap, 2002)."""
    report = opened(tmp_path / "five", rows({"peer": raters(**TOLD)}))
    assert "up to 0.83 counts as agreement" in text_of(report.agreement())
    seven = opened(tmp_path / "seven", rows({"peer": raters(**TOLD)}), scale=[1, 7])
    assert "up to 1.17 counts as agreement" in text_of(seven.agreement())


def test_the_skewed_null_is_for_five_points_only(tmp_path: Path) -> None:
    """On seven points only the even null is shown, and the table says why."""
    report = opened(tmp_path, rows({"peer": raters(**TOLD)}), scale=[1, 7])
    assert not Figures(report, "person").named("agreement_rwg_skewed")
    table = tables(report.agreement())["Agreement within rater groups"]
    assert table.columns == ("Competency", "Group", "r_wg, even", "AD", "Agreement")
    assert "known for scales of five points only" in table.note


@pytest.mark.parametrize(("uniform", "skewed", "value"), [(0.8, 0.6, 0.6), (0.8, None, 0.8), (0.0, 0.0, 0.0)])
def test_the_word_follows_the_smaller(uniform: float, skewed: float | None, value: float) -> None:
    """The more cautious of the two nulls decides what the agreement is called."""
    assert Agreement("trust", "peer", 5, uniform, skewed, 0.5).cautious == value


def test_a_mean_that_all_could_share_leaves_the_agreement_out(tmp_path: Path) -> None:
    """Whether six gave one answer cannot be told from the missing agreement: it is missing for every such mean."""
    for name, answers in (("apart", VARIED), ("alike", {"trust_a": "333333", "trust_b": "334243"})):
        report = opened(tmp_path / name, rows({"peer": raters(**answers)}))
        assert not Figures(report, "person").named("agreement_rwg", "agreement_ad", "answers")
        assert "The raters' agreement is not shown" in text_of(report.agreement())


def test_another_competency_keeps_its_agreement(tmp_path: Path) -> None:
    """What is withheld of one competency does not take the next one with it."""
    report = opened(tmp_path, rows({"peer": raters(**VARIED, value_a="234424", value_b="334243")}))
    assert {f.scope["competency"] for f in Figures(report, "person").named("agreement_rwg")} == {"value"}


# ---------------------------------------------------------------- how many raters


def test_raters_needed_by_published_reliabilities(tmp_path: Path) -> None:
    """Conway & Huffcutt: .50, .37 and .30 take 3, 4 and 6 raters for .70; now 1 and 6 have .50 and .78."""
    report = opened(tmp_path, rows({"manager": [{"trust.a": 4, "trust.b": 3}], "peer": raters(**TOLD)}))
    assert tables(report.agreement())["How many raters would be needed?"].rows == (
        ("Manager", "0.50", "3", "1", "0.50"),
        ("Peers", "0.37", "4", "6", "0.78"),
        ("Direct reports", "0.30", "6", "–", "–"),
    )


def test_a_count_that_is_not_public_is_not_told(tmp_path: Path) -> None:
    """Two reports are pooled with the peers: neither count, nor the reliability that would give it, is printed."""
    report = opened(tmp_path, rows({"peer": raters(**TOLD), "report": raters(trust_a="34", trust_b="43")}))
    rows_ = tables(report.agreement())["How many raters would be needed?"].rows
    assert [row[3:] for row in rows_] == [("–", "–")] * 3


def test_raters_needed_by_the_programmes_own_ratings(tmp_path: Path) -> None:
    """ICC(1) over the reviewees gives the number for .70 and what the present number has (Spearman-Brown)."""
    random = np.random.default_rng(7)
    levels = {name: random.normal(3.3, 0.6) for name in "abcdef"}
    made, scores = [], {}
    for name, level in levels.items():
        its = [
            {f"trust.{item}": int(np.clip(round(random.normal(level, 0.6)), 2, 4)) for item in "ab"} for _ in range(4)
        ]
        scores[name] = [(one["trust.a"] + one["trust.b"]) / 2 for one in its]
        made += rows({"self": [{"trust.a": 3, "trust.b": 3}], "peer": its}, name)
    report = opened(tmp_path, made)
    icc1, _ = formulas.icc_one_way(list(scores.values()))
    r = round(icc1, 2)
    found = Figures(report, "person")("icc1", competency="trust", rater_group="others")
    assert (found.value, found.n) == (r, 6)
    needed = int(np.ceil(0.7 * (1 - r) / (r * 0.3)))
    row = tables(report.agreement())["The same by this programme's own ratings, all others together"].rows[0]
    assert row == ("Building trust", f"{r:.2f}", str(needed), "4", f"{4 * r / (1 + 3 * r):.2f}")


def test_ratings_that_tell_nobody_apart_have_no_reliability(tmp_path: Path) -> None:
    """Where the estimate lies below 0 a dash stands for it, with its reason in the result, as in the group's report."""
    peers = ["24324", "42343", "34233", "23442", "43224", "32434"]
    assert formulas.icc_one_way([[int(score) for score in its] for its in peers])[0] < 0
    made = [
        row
        for name, its in zip("abcdef", peers, strict=True)
        for row in rows({"self": [{"trust.a": 3}], "peer": raters(trust_a=its)}, name)
    ]
    section = opened(tmp_path, made).agreement()
    row = tables(section)["The same by this programme's own ratings, all others together"].rows[0]
    assert row == ("Building trust", "–", "–", "5", "–")
    assert not [figure for figure in section.figures if figure.name in ("icc1", "raters_needed", "reliability")]
    assert [(hidden.name, hidden.reason) for hidden in section.hidden] == [
        ("icc1", "the ratings tell the reviewees apart no more than chance does")
    ]


def test_too_few_reviewees_have_no_reliability_of_their_own(tmp_path: Path) -> None:
    """Below five reviewees there is no group report, so the person's report has nothing of it either."""
    answers = {"self": [{"trust.a": 3}], "peer": raters(trust_a="2343")}
    report = opened(tmp_path, [row for name in "abcd" for row in rows(answers, name)])
    assert not Figures(report, "person").named("icc1")
    assert len(tables(report.agreement())) == 1
