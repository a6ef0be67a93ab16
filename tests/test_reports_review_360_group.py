"""What the group's report says of programmes made for the purpose."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from engagements import Figures, text_by_section, text_of
from group_reports import PEERS, Rows, cells_of, opened, programme, rows_of

from kohtaamo_utils.disclosure.programme import decide, items_of
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings
from kohtaamo_utils.measures.rater_scores import rater_scores
from kohtaamo_utils.measures.ratings import score
from kohtaamo_utils.presentation.blocks import Paragraph

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_named_strongest_where_chance_explains_the_order(tmp_path: Path) -> None:
    """Means that differ by no more than chance give their range; the headline names no strongest and no weakest competency."""
    rows = [
        row
        for n in range(8)
        for row in rows_of(
            f"v{n}",
            {
                "trust": {"self": [3], "peer": [3, 4, 3, 2, 3 + n % 2]},
                "value": {"self": [3], "peer": [3, 3, 4, 2, 4 - n % 2]},
                "presence": {"self": [3], "peer": [3, 3, 3, 2, 3] if n % 2 else [4, 4, 4, 3, 3]},
            },
        )
    ]
    text = text_of(opened(tmp_path, rows).headline())
    assert "Of the others' means, the lowest is 3.1 and the highest 3.2." in text
    assert "No difference between the competencies is larger than chance would give." in text
    assert not any(word in text for word in ("trust", "value", "presence"))


def test_everybody_alike(tmp_path: Path) -> None:
    """When all reviewees get the same, the spread is told as small only, no competency stands out, no quadrant is counted."""
    report = opened(tmp_path, programme(5, trust=PEERS, value=PEERS))
    texts = text_by_section(report, "group")
    assert "much the same score in every competency" in texts["headline"]
    assert "no two competencies differ by more than chance would give with 5 reviewees" in texts["ranking"]
    assert {
        cells[-1] for cells in cells_of(report.profile(), "How much the reviewees differ: standard deviation").values()
    } == {"0.3 or less"}
    shares = cells_of(report.self_and_others(), "How many of the reviewees have it as …")
    assert shares["Building trust"] == ("under 1/3",) * 3 + ("2/3 or more",)


def test_everything_is_a_band(tmp_path: Path) -> None:
    """When everybody gives the highest score there are bands, no spread, no gap and no reliability, and the page stands."""
    highest = {"self": [5], "manager": [5], "peer": [5] * 5}
    report = opened(tmp_path, programme(6, trust=highest, value=highest))
    figures = Figures(report, "group")
    assert figures.results.figures == ()
    assert "4.5 or more (6)" in text_of(report.profile())
    assert text_of(report.reliability()).strip() == ""
    reasons = {(item.name, item.reason) for item in figures.results.hidden}
    assert ("competency_sd", "would be computed from bands") in reasons
    assert ("competency_mean", "shown as a band: 4.5 or more") in reasons


def test_nobody_rated_themself(tmp_path: Path) -> None:
    """Without self ratings there is no section on self and others, and the rest stands."""
    peers = {"peer": [3, 4, 3, 2, 3]}
    report = opened(tmp_path, programme(6, trust=peers, value=peers))
    texts = text_by_section(report, "group")
    assert not texts["self_and_others"].strip()
    assert "3.0 (6)" in texts["profile"]


def test_only_the_last_wave_counts(tmp_path: Path) -> None:
    """Reviewees of an earlier wave are in no figure, and the cover names the wave."""
    now = [row for n in range(5) for row in rows_of(f"v{n}", {"trust": PEERS, "value": PEERS}, wave="2025")]
    before = [row for n in range(7) for row in rows_of(f"w{n}", {"trust": {"peer": [5] * 5}}, wave="2024")]
    report = opened(tmp_path, [*now, *before])
    assert dict(report.facts()) == {"Reviewees": "5", "Wave": "2025"}
    assert Figures(report, "group")("competency_mean", competency="trust", rater_group="peer").n == 5


def unlike(n: int = 8) -> Rows:
    """Return reviewees who differ, rated well in trust, badly in value, and who rate themselves high in value."""
    random = np.random.default_rng(3)
    rows: Rows = []
    for number in range(n):
        level = random.normal(0, 0.3)
        raters = {
            competency: [int(np.clip(round(middle + level + random.normal(0, 0.6)), 1, 5)) for _ in range(7)]
            for competency, middle in (("trust", 4.0), ("value", 2.6), ("solution", 3.9))
        }
        own = {"trust": 4, "value": 4, "solution": 4}
        rows += rows_of(f"v{number}", {name: {"self": [own[name]], "peer": its} for name, its in raters.items()})
    return rows


def test_clear_differences_are_named_and_others_are_not(tmp_path: Path) -> None:
    """Value is clearly below trust and solution, which do not differ clearly; the answer and the table say just that."""
    report = opened(tmp_path, unlike())
    assert report.group is not None
    assert report.group.clear == {("trust", "value"), ("solution", "value")}
    text = text_of(report.ranking())
    assert (
        "Clearly above some others: building trust and solution focus. Clearly below some others: creating value."
        in text
    )
    lower = {
        name: cells[-1]
        for name, cells in cells_of(report.ranking(), "The competencies in order of the others' means").items()
    }
    assert lower == {"Building trust": "creating value", "Solution focus": "creating value", "Creating value": "none"}
    assert "Clearly higher than at least one other competency: building trust and solution focus." in text_of(
        report.headline()
    )


def test_equal_means_share_a_place_in_the_questionnaires_order(tmp_path: Path) -> None:
    """Three competencies at 3.0, 3.4 and 3.0 take the places 2, 1 and 2, whatever their names."""
    better = {"self": [3], "peer": [4, 4, 3, 3, 3]}
    report = opened(tmp_path, programme(5, value=PEERS, trust=better, empathy=PEERS))
    cells = cells_of(report.ranking(), "The competencies in order of the others' means")
    assert [(name, its[0]) for name, its in cells.items()] == [
        ("Building trust", "1"),
        ("Creating value", "2"),
        ("Empathy", "2"),
    ]


def test_competencies_without_a_place_are_named(tmp_path: Path) -> None:
    """A competency whose mean of the others is held back is said to be missing from the order, as a dash says beside; no place is told of it."""
    few = {"self": [3], "peer": [1, 2]}
    rows = [
        row
        for n in range(8)
        for row in rows_of(
            f"v{n}", {"trust": PEERS, "value": PEERS, "empathy": few, "presence": few if n < 4 else PEERS}
        )
    ]
    report = opened(tmp_path, rows)
    section = report.ranking()
    assert set(cells_of(section, "The competencies in order of the others' means")) == {
        "Building trust",
        "Creating value",
    }
    (told,) = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    assert told.startswith("Not in this order, as the others' mean is not shown: empathy and presence.")
    assert not any(sign.isdigit() for sign in told)
    dashes = [name for name, cells in cells_of(report.profile(), "Means over reviewees").items() if "–" in cells]
    assert dashes == ["Empathy", "Presence"]
    whole = opened(tmp_path / "whole", programme(8, trust=PEERS, value=PEERS)).ranking()
    assert not [block for block in whole.blocks if isinstance(block, Paragraph)]


def test_a_common_blind_spot_is_told_as_a_class(tmp_path: Path) -> None:
    """All eight rate themselves far higher in value: 2/3 or more, and clearly higher; never eight of eight."""
    report = opened(tmp_path, unlike())
    section = report.self_and_others()
    shares = cells_of(section, "How many of the reviewees have it as …")
    assert shares["Creating value"][2] == "2/3 or more"
    assert "rate themselves clearly higher than others do in: creating value" in text_of(section)
    reasons = {
        item.scope.get("competency"): item.reason
        for item in section.hidden
        if item.scope.get("quadrant") == "blind_spot"
    }
    assert reasons["value"] == "shown as a band: 0.67 to 1.00"
    assert not [figure for figure in section.figures if figure.name != "gap"]


def test_no_name_and_no_id(tmp_path: Path) -> None:
    """Neither a reviewee's name or id nor a rater's id stands in any section or figure."""
    report = opened(tmp_path, unlike())
    figures = Figures(report, "group")
    text = figures.text + str(figures.results.as_dict()["figures"]) + str(figures.results.as_dict()["hidden"])
    assert "Nimi" not in text
    assert not any(f"v{n}" in text for n in range(8))


# ---------------------------------------------------------------- reliability


def test_raters_needed_follow_from_icc1(tmp_path: Path) -> None:
    """The number is Spearman and Brown's for the printed ICC(1): with one printed decimal place more it could differ."""
    figures = Figures(opened(tmp_path, unlike()), "group")
    found = figures.named("raters_needed")
    assert found
    for figure in found:
        single = figures("icc1", **figure.scope).value
        k = int(figure.estimate.value or 0)
        assert k * single / (1 + (k - 1) * single) >= 0.7 - 1e-9
        assert (k - 1) * single / (1 + (k - 2) * single) < 0.7


def test_intervals_hold_their_values(tmp_path: Path) -> None:
    """Every correlation and alpha lies within its printed limits."""
    figures = Figures(opened(tmp_path, unlike()), "group")
    for figure in figures.named("icc1", "icc2", "alpha"):
        assert figure.estimate.low <= figure.estimate.value <= figure.estimate.high


def test_scores_of_all_raters_at_once_are_those_of_each_review() -> None:
    """The whole programme scored in floats agrees with each reviewee's exact scores, gaps and shares of items included."""
    frame = _big(12, 8, 9)
    items = items_of(frame)
    found = rater_scores(frame, items, 0.6).set_index(["reviewee_id", "rater_group", "rater_id", "competency"])["score"]
    count = 0
    for reviewee, rows in frame.groupby("reviewee_id"):
        exact = score(rows, min_item_share=0.6, scale=(1, 5), items=items)
        for competency in dict.fromkeys(items.values()):
            for one in exact.competency_scores(str(competency)):
                assert found[reviewee, one.group, one.rater_id, competency] == pytest.approx(float(one.value))
                count += 1
    assert count == len(found) > 200


# ---------------------------------------------------------------- the survey


def answers(n: int, score: int, **same: object) -> Rows:
    """Return customers' answers to the five elements and the three of being heard."""
    names = ("listening", "expertise", "value", "trust", "solution", "heard", "understood", "valued")
    return [{"respondent_group": "customer", **dict.fromkeys(names, score - k % 2), **same} for k in range(n)]


def test_the_surveys_elements_stand_beside_the_group(tmp_path: Path) -> None:
    """Twenty customers' 3.5 of trust stands beside the group's mean, with its interval, as figure and in the table."""
    report = opened(tmp_path, unlike(), survey=answers(20, 4))
    section = report.customers()
    cells = cells_of(section, "The same elements in the survey and in the 360 review")
    assert cells["Building trust"][0] == "3.5 (3.3…3.7; n = 20)"
    trust = next(figure for figure in section.figures if figure.scope.get("element") == "trust")
    assert (trust.estimate.value, trust.estimate.low, trust.estimate.high, trust.estimate.n) == (3.5, 3.3, 3.7, 20)
    assert "They are different questions" in text_of(section)


@pytest.mark.parametrize("survey", [[], answers(4, 4)], ids=["none", "four"])
def test_without_enough_customers_nothing_stands_there(tmp_path: Path, survey: Rows) -> None:
    """Without a survey, or with fewer answers than it may show, the section is left out."""
    report = opened(tmp_path, unlike(), **({"survey": survey} if survey else {}))
    assert report.customers().blocks == ()


def test_a_survey_that_cannot_be_read_does_not_stop_the_report(tmp_path: Path) -> None:
    """A broken survey is told by `check`; the group's report is made without it."""
    report = opened(tmp_path, unlike(), survey=[{"respondent_group": "customer", "trust": 77}])
    assert report.customers().blocks == ()
    assert report.headline().blocks


def in_units(per_unit: int, units: int) -> tuple[Rows, Rows]:
    """Return a programme in units, and customers of them who feel the more heard the higher others rate."""
    random = np.random.default_rng(9)
    rows: Rows = []
    survey: Rows = []
    for unit in range(units):
        for number in range(per_unit):
            peers = [int(np.clip(round(2.4 + 0.3 * unit + random.normal(0, 0.7)), 1, 5)) for _ in range(5)]
            rows += rows_of(f"u{unit}v{number}", {"trust": {"peer": peers}}, unit=f"Yksikkö {unit}")
        survey += answers(10, 2 + unit // 2, unit=f"Yksikkö {unit}")
    return rows, survey


def test_units_are_compared_where_each_has_five_reviewees(tmp_path: Path) -> None:
    """Six units of five reviewees: the order is much the same as the customers'; no unit's figure is told."""
    rows, survey = in_units(5, 6)
    section = opened(tmp_path, rows, survey=survey).customers()
    found = next(figure for figure in section.figures if figure.name == "unit_correlation")
    assert found.estimate.value > 0.8
    assert found.estimate.n == 6
    assert "Yksikkö" not in text_of(section)
    assert "That is no proof that the one brings the other." in text_of(section)


@pytest.mark.parametrize(("per_unit", "units"), [(4, 6), (5, 4)])
def test_few_units_or_small_ones_cannot_be_compared(tmp_path: Path, per_unit: int, units: int) -> None:
    """Units of four reviewees, or four units, have no correlation, and the report says what it would take."""
    rows, survey = in_units(per_unit, units)
    section = opened(tmp_path, rows, survey=survey).customers()
    assert "it would take at least five units with at least five reviewees each" in text_of(section)
    assert not [figure for figure in section.figures if figure.name == "unit_correlation"]


def test_a_reviewee_of_two_units_is_in_none(tmp_path: Path) -> None:
    """A reviewee whose rows name two units counts for neither: the unit then has four, which are too few."""
    rows, survey = in_units(5, 5)
    rows[0]["unit"] = "Yksikkö 1"
    section = opened(tmp_path, rows, survey=survey).customers()
    assert "it would take at least five units" in text_of(section)


# ---------------------------------------------------------------- many reviewees


def _big(n: int, raters: int, items: int) -> pd.DataFrame:
    """Return ratings of n reviewees by as many raters on as many items of eight competencies."""
    random = np.random.default_rng(1)
    groups = (["self", "manager"] + ["peer"] * 4 + ["report"] * 4 + ["customer"] * 2)[:raters]
    who, whose, what = (part.ravel() for part in np.meshgrid(range(n), range(raters), range(items), indexing="ij"))
    levels = random.normal(3.6, 0.4, n)[who] + random.normal(0, 0.35, n * raters)[who * raters + whose]
    scores = np.clip(np.rint(levels + random.normal(0, 0.6, len(who))), 1, 5)
    scores[random.random(len(who)) < 0.05] = np.nan
    return pd.DataFrame(
        {
            "reviewee_id": [f"r{i:03d}" for i in who], "rater_id": [f"a{i}-{j}" for i, j in zip(who, whose, strict=True)],
            "rater_group": [groups[j] for j in whose], "item": [f"item {j}" for j in what],
            "competency": [f"c{j % 8}" for j in what], "score": scores,
        }
    )  # fmt: skip


@pytest.mark.slow
def test_five_hundred_reviewees_are_decided_in_good_time() -> None:
    """500 reviewees by 12 raters on 40 items are decided on well within a minute of the processor's time."""
    start = time.process_time()
    publication = decide(_big(500, 12, 40), Disclosure(), Review360Settings())
    assert publication.group is not None
    assert publication.group.reviewees == 500
    assert time.process_time() - start < 45
