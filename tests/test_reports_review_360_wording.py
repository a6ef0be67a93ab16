"""What the 360 reports say of programmes made for the purpose: no more than what they may show."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

import pytest
from engagements import Figures, make_engagement, text_by_section, text_of

from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path


def ratings_of(reviewee: str, answers: dict[str, list[dict[str, int]]]) -> list[dict[str, object]]:
    """Return rows of ratings: rater group -> its raters -> competency to score, one item a competency."""
    return [
        {
            "reviewee_id": reviewee, "reviewee_name": f"Nimi {reviewee}", "rater_id": f"{reviewee}-{name}-{number}",
            "rater_group": name, "item": f"Item of {competency}", "competency": competency, "score": score,
        }
        for name, raters in answers.items()
        for number, its in enumerate(raters)
        for competency, score in its.items()
    ]  # fmt: skip


def opened(folder: Path, rows: list[dict[str, object]], reviewee: str = "a") -> review_360.PersonReview:
    return review_360.open_person(str(make_engagement(folder, {}, {"ratings_360": rows})), reviewee)


def alike(**scores: int) -> dict[str, int]:
    return scores


def test_a_band_is_higher_than_any_number(tmp_path: Path) -> None:
    """Where the others' mean of a competency is printed as "4.5 or more", it is the highest, not the highest number."""
    both = [alike(trust=5, value=4), alike(trust=5, value=4), alike(trust=4, value=3), alike(trust=5, value=4)]
    report = opened(tmp_path, ratings_of("a", {"self": [alike(trust=4, value=4)], "peer": both}))
    text = text_of(report.headline())
    assert "The others give you the highest score in: building trust (4.5 or more)." in text
    assert "creating value (3.8)." not in text


def test_only_a_self_rating(tmp_path: Path) -> None:
    """With no rater but oneself there is no comparison, and the report says so."""
    report = opened(tmp_path, ratings_of("a", {"self": [alike(trust=4, value=2)]}))
    texts = text_by_section(report, "person")
    assert "There are not enough answers for a comparison between you and the others." in texts["headline"]
    assert {figure.scope["rater_group"] for figure in report.results().figures} == {"self"}
    assert not texts["self_and_others"].strip()


def test_only_a_manager(tmp_path: Path) -> None:
    """A manager's ratings are shown by themselves, without a gap to an absent self rating."""
    report = opened(tmp_path, ratings_of("a", {"manager": [alike(trust=4, value=2)]}))
    figures = Figures(report, "person")
    assert figures("competency_mean", competency="trust", rater_group="manager").value == 4.0
    assert not figures.named("gap", "agreement_rwg")
    assert "yourself" not in text_of(report.headline())


def test_only_two_raters_of_a_group(tmp_path: Path) -> None:
    """Two peers are hidden with the mean of all others, and the report says why."""
    report = opened(
        tmp_path, ratings_of("a", {"self": [alike(trust=4, value=3)], "peer": [alike(trust=2, value=5)] * 2})
    )
    figures = Figures(report, "person")
    assert {figure.scope["rater_group"] for figure in figures.named("competency_mean", "raters")} == {"self"}
    assert "fewer than 3, not shown" in text_of(report.raters())
    assert "2" not in [row[1] for row in report.raters().blocks[0].rows]


def test_all_answers_alike(tmp_path: Path) -> None:
    """When everybody gives the highest score, only bands are printed and no agreement, so nobody's answer is told."""
    same = alike(trust=5, value=5)
    report = opened(tmp_path, ratings_of("a", {"self": [same], "manager": [same], "peer": [same] * 6}))
    figures = Figures(report, "person")
    assert {figure.scope.get("rater_group") for figure in figures.results.figures} <= {
        "self",
        "manager",
        "peer",
        "others",
    }
    assert not [
        f for f in figures.named("competency_mean", "item_mean") if f.scope["rater_group"] in ("peer", "others")
    ]
    assert not figures.named("agreement_rwg", "gap")
    assert "4.5 or more (6)" in text_of(report.competencies())


def test_a_gap_below_half_a_point_is_no_blind_spot(tmp_path: Path) -> None:
    """Self 4 against others' 3.6 is no blind spot, against 3.4 it is one."""
    peers = [
        alike(trust=4, value=4),
        alike(trust=4, value=3),
        alike(trust=3, value=3),
        alike(trust=4, value=4),
        alike(trust=3, value=3),
    ]
    report = opened(tmp_path, ratings_of("a", {"self": [alike(trust=4, value=4)], "peer": peers}))
    assert fmean(its["trust"] for its in peers) == 3.6
    assert fmean(its["value"] for its in peers) == 3.4
    text = text_of(report.headline())
    assert "There are signs that you rate yourself higher than others do in: creating value." in text
    assert "building trust" not in text.split("rate yourself higher")[1].split(".")[0]


@pytest.mark.parametrize("count", [4, 5])
def test_a_group_report_needs_five_reviewees(tmp_path: Path, count: int) -> None:
    """With four reviewees the group's report says that there are too few and holds no figure; with five it has some."""
    raters = {
        "self": [alike(trust=4, value=3)],
        "peer": [alike(trust=3, value=4), alike(trust=4, value=3), alike(trust=3, value=2)],
    }
    rows = [row for number in range(count) for row in ratings_of(f"p{number}", raters)]
    report = review_360.open_group(str(make_engagement(tmp_path, {}, {"ratings_360": rows})))
    texts = text_by_section(report, "group")
    assert ("too few reviewees for a group report" in texts["headline"]) == (count < 5)
    assert bool(report.results().figures) == (count >= 5)


def test_a_group_report_owns_its_bands(tmp_path: Path) -> None:
    """Where reviewees enter a mean by the middle of their band, the table says so."""
    high = {
        "self": [alike(trust=4, value=3)],
        "peer": [alike(trust=5, value=4), alike(trust=5, value=3), alike(trust=4, value=3)],
    }
    rows = [row for number in range(5) for row in ratings_of(f"p{number}", high)]
    report = review_360.open_group(str(make_engagement(tmp_path, {}, {"ratings_360": rows})))
    assert "the band's middle is used" in text_of(report.profile())
    assert "4.5 or more (5)" in text_of(report.profile())
    assert "highest score from others is in: building trust (4.5 or more)" in text_of(report.headline())
