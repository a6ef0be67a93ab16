"""What has changed since the wave before: both waves as published, and no more said of a change than chance allows."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engagements import Figures, text_of
from review_ratings import opened, raters, rows

from kohtaamo_utils.presentation.blocks import Fold, Table

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section

SELF = [{"trust.a": 4, "trust.b": 4}]
LOW = raters(trust_a="2223", trust_b="2322")
HIGH = raters(trust_a="4434", trust_b="4444")
SLIGHTLY = raters(trust_a="3323", trust_b="2233")
"""More than one standard error above LOW, less than 1.96."""
NEARLY = raters(trust_a="2323", trust_b="2332")


def table(section: Section) -> Table:
    """Return all that is compared, as one table with the rater group as second column; folded parts come first."""
    folded = [
        block.blocks[0] for block in section.blocks if isinstance(block, Fold) and isinstance(block.blocks[0], Table)
    ]
    found = [block for block in section.blocks if isinstance(block, Table)]
    parts = [part for part in (*folded, *found) if isinstance(part, Table)]
    rows = [row if "Group" in part.columns else (row[0], "All others", *row[1:]) for part in parts for row in part.rows]
    columns = ("Competency", "Group", *(name for name in parts[0].columns if name not in ("Competency", "Group")))
    return Table("", columns, tuple(rows))


def programme(now: dict[str, Any], before: dict[str, Any], others: int = 6) -> list[dict[str, Any]]:
    """Return reviewee "a" in two waves, and more reviewees with four peers each in the last one."""
    random = np.random.default_rng(11)
    made = rows(before, wave="2024") + rows(now, wave="2025")
    for number in range(others):
        level = random.normal(3.2, 0.5)
        peers = [
            {f"trust.{item}": int(np.clip(round(random.normal(level, 0.5)), 2, 4)) for item in "ab"} for _ in range(4)
        ]
        made += rows({"self": SELF, "peer": peers}, f"b{number}", "2025")
    return made


def msw(made: list[dict[str, Any]], group: str) -> float:
    """Return the variance of one rater's score about his reviewee's mean, in the last wave."""
    scores: dict[str, dict[str, list[float]]] = {}
    for row in made:
        if row["wave"] == "2025" and row["rater_group"] == group:
            scores.setdefault(row["reviewee_id"], {}).setdefault(row["rater_id"], []).append(row["score"])
    means = [[float(np.mean(answers)) for answers in its.values()] for its in scores.values()]
    within = sum(float(((np.array(its) - np.mean(its)) ** 2).sum()) for its in means)
    return within / sum(len(its) - 1 for its in means)


@pytest.mark.parametrize(("now", "beyond"), [(HIGH, True), (SLIGHTLY, False), (NEARLY, False)])
def test_a_change_is_judged_by_the_raters_spread(tmp_path: Path, now: list[dict[str, int]], beyond: bool) -> None:
    """More than chance is what exceeds 1.96·√(MSW·(1/n₁ + 1/n₂)), MSW over all reviewees of the programme."""
    made = programme({"self": SELF, "peer": now}, {"self": SELF, "peer": LOW})
    report = opened(tmp_path, made)
    limit = 1.96 * sqrt(msw(made, "peer") * (1 / 4 + 1 / 4))
    row = next(row for row in table(report.change()).rows if row[1] == "Peers")
    change = Figures(report, "person")("change", competency="trust", rater_group="peer").value
    assert change == float(row[4])
    assert (abs(change) > limit) == beyond
    assert row[5] == ("more than chance" if beyond else "within chance")
    text = text_of(report.change())
    assert ("the others' mean is higher than in the wave before in: building trust." in text) == beyond
    assert ("No mean of the others has changed by more than chance would make it." in text) == (not beyond)


def test_both_waves_are_printed_as_each_report_prints_them(tmp_path: Path) -> None:
    """Means with their numbers of raters stand side by side, and the change is of the printed means."""
    report = opened(tmp_path, programme({"self": SELF, "peer": HIGH}, {"self": SELF, "peer": LOW[:3]}))
    made = table(report.change())
    assert made.columns[2:5] == ("2024", "2025", "Change")
    assert made.rows[0] == ("Building trust", "Self", "4.0 (1)", "4.0 (1)", "0.0", "cannot be told")
    assert made.rows[1][:5] == ("Building trust", "Peers", "2.2 (3)", "3.9 (4)", "+1.7")
    figures = Figures(report, "person")
    assert figures("competency_mean_before", competency="trust", rater_group="peer", wave="2024").value == 2.2
    assert figures("competency_mean", competency="trust", rater_group="peer").value == 3.9


def test_a_small_programme_cannot_tell_chance(tmp_path: Path) -> None:
    """Below five reviewees the raters' spread may not be told, so no change is called more than chance."""
    made = programme({"self": SELF, "peer": HIGH}, {"self": SELF, "peer": LOW}, others=3)
    section = opened(tmp_path, made).change()
    assert {row[5] for row in table(section).rows} == {"cannot be told"}
    assert "Whether the others' means have changed by more than chance cannot be told." in text_of(section)


def test_equal_weights_of_groups_have_no_such_limit(tmp_path: Path) -> None:
    """With others: groups the mean of all others is not one of raters, so its change is not judged; the groups' is."""
    made = programme({"self": SELF, "peer": HIGH}, {"self": SELF, "peer": LOW})
    judged = {row[1]: row[5] for row in table(opened(tmp_path, made, others="groups").change()).rows}
    assert judged == {"Self": "cannot be told", "Peers": "more than chance", "All others": "cannot be told"}


def test_one_wave_has_no_section(tmp_path: Path) -> None:
    """Without an earlier wave there is nothing to say, not even a heading."""
    assert opened(tmp_path, rows({"self": SELF, "peer": LOW}, wave="2025")).change().blocks == ()
    assert opened(tmp_path, rows({"self": SELF, "peer": LOW})).change().blocks == ()


@pytest.mark.parametrize("wave", [("2024", "2025"), ("2025", "2024")])
def test_a_group_hidden_in_either_wave_is_not_compared(tmp_path: Path, wave: tuple[str, str]) -> None:
    """Two peers in one wave are hidden there; nothing of peers or all others is printed of the other wave beside it."""
    made = rows({"self": SELF, "peer": LOW[:2]}, wave=wave[0]) + rows({"self": SELF, "peer": HIGH}, wave=wave[1])
    assert [row[1] for row in table(opened(tmp_path, made).change()).rows] == ["Self"]


def test_a_band_is_not_compared(tmp_path: Path) -> None:
    """A mean near the scale's end is no number, so no change from or to it is told."""
    top = raters(trust_a="5545", trust_b="5554")
    made = rows({"self": SELF, "peer": LOW}, wave="2024") + rows({"self": SELF, "peer": top}, wave="2025")
    assert [row[1] for row in table(opened(tmp_path, made).change()).rows] == ["Self"]


def test_a_pool_is_compared_with_the_same_pool_only(tmp_path: Path) -> None:
    """Peers of one wave are not the peers and reports that the other wave shows together."""
    made = rows({"peer": LOW, "report": HIGH[:2]}, wave="2024") + rows({"peer": LOW, "report": HIGH}, wave="2025")
    assert [row[1] for row in table(opened(tmp_path, made).change()).rows] == ["All others"]


def test_other_questions_are_not_compared(tmp_path: Path) -> None:
    """A competency of which a question is new is left out by name; the rest is compared."""
    before = raters(trust_a="2223", trust_b="2322", value_a="3323")
    now = raters(trust_a="2223", trust_c="2322", value_a="3343")
    section = opened(tmp_path, rows({"peer": before}, wave="2024") + rows({"peer": now}, wave="2025")).change()
    assert {row[0] for row in table(section).rows} == {"Creating value"}
    assert "Left out, since their questions are not the same in both waves: building trust." in text_of(section)


def test_another_make_up_of_the_others_is_told(tmp_path: Path) -> None:
    """Where customers have come in, part of a change in the mean of all others may come from that."""
    made = rows({"peer": LOW}, wave="2024") + rows({"peer": LOW, "customer": HIGH}, wave="2025")
    assert "then peers, now peers and customers" in text_of(opened(tmp_path, made).change())


def test_nothing_is_called_an_effect(tmp_path: Path) -> None:
    """The section says itself that a change is not the effect of anything, and uses the word nowhere else."""
    text = text_of(opened(tmp_path, programme({"peer": HIGH}, {"peer": LOW})).change())
    assert text.count("effect") == 1
    assert "A change is not the effect of anything" in text


def test_the_last_but_one_wave_is_the_one_before(tmp_path: Path) -> None:
    """Of three waves the two last are compared."""
    made = [
        row
        for wave, peers in (("2023", HIGH), ("2024", LOW), ("2025", NEARLY))
        for row in rows({"peer": peers}, wave=wave)
    ]
    assert table(opened(tmp_path, made).change()).columns[2:4] == ("2024", "2025")
