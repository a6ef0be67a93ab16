"""The promise of the 360 reports: whoever holds every file of a programme learns of no one or two protected raters.

Whole random programmes are published and read back from their files (`file_attack` says how they are attacked). The same
attack finds raters out wherever a rule is missing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engagements import make_engagement
from file_attack import Attack, attack
from file_defects import DEFECTS, LEFT_TO_THE_GUARD, defect
from file_pages import LANGUAGE, File, Press, files, scores_of
from file_programmes import PROTECTED, Programme, make
from file_reader import Words, facts_of
from file_targets import Targets

from kohtaamo_utils.delivery.batch import Batch, run
from kohtaamo_utils.disclosure.programme import items_of
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.engagement import load
from kohtaamo_utils.measures.ratings import score
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

PARTS = 16
"""The many programmes are attacked in so many parts, so that all cores have work."""
IN_CI = 1
"""Parts that are attacked each time, beside those that each run of the tests attacks; the rest before a release (`pytest -m longest`)."""
WORDS = Words(Wording(LANGUAGE), (1, 5))


def found(seeds: range) -> dict[int, object]:
    """Attack programmes and return what was found out, by seed."""
    return {seed: hits for seed in seeds if (hits := attack(make(seed)))}


def test_nobody_is_found_out_from_files() -> None:
    """Of 8 programmes, some 50 reviewees, neither algebra nor programming determines a mean of too few raters."""
    assert found(range(8)) == {}


@pytest.mark.parametrize(
    "part",
    [pytest.param(part, marks=pytest.mark.slow if part < IN_CI else pytest.mark.longest) for part in range(PARTS)],
)
def test_nobody_is_found_out_from_the_files_of_two_thousand_programmes(part: int) -> None:
    """Nor of 2,000 programmes more."""
    assert found(range(1000 + part, 3000, PARTS)) == {}


@pytest.mark.parametrize("seed", [1778, 1914, 2246, 2368, 2942])
def test_sums_near_their_end_are_not_left_to_be_computed(seed: int) -> None:
    """Five programmes of which what could be computed from gaps once told single answers."""
    assert attack(make(seed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", DEFECTS)
def test_the_attack_finds_raters_out_where_a_rule_is_missing(name: str) -> None:
    """A missing rule is found out in at least three of four programmes, so the attack can succeed."""
    with defect(DEFECTS[name]):
        attacks = [Attack(make(seed)) for seed in range(4)]
        assert sum(any(chain(its.by_algebra(), its.by_programming())) for its in attacks) >= 3


@pytest.mark.parametrize("name", LEFT_TO_THE_GUARD)
def test_the_last_look_mends_what_a_rule_has_missed(name: str) -> None:
    """Where a rule lets numbers through that together speak of too few, they are taken away in the end."""
    with defect(LEFT_TO_THE_GUARD[name]):
        for seed in range(4):
            assert Attack(make(seed)).by_algebra() == []


# ---------------------------------------------------------------- what is not linear, and what the rules give away


def shuffled(programme: Programme, random: np.random.Generator) -> Programme:
    """Let raters of a group who answered the same items of a competency change their answers among themselves."""
    answers = {sheet: dict(given) for sheet, given in programme.answers.items()}
    for competency in {*programme.items.values()}:
        items = [item for item, its in programme.items.items() if its == competency]
        alike: dict[object, list[object]] = {}
        for sheet, given in programme.answers.items():
            if not sheet.known:
                key = sheet.wave, sheet.reviewee, sheet.group, tuple(item in given for item in items)
                alike.setdefault(key, []).append(sheet)
        for sheets in alike.values():
            for sheet, other in zip(sheets, random.permutation(len(sheets)), strict=True):
                given = programme.answers[sheets[other]]
                answers[sheet] |= {item: given[item] for item in items if item in given}
    return programme.with_answers(answers)


def moved(programme: Programme, random: np.random.Generator) -> Programme:
    """Move points between raters whose answers weigh the same in all means of their group as shown, and in the others'."""
    its = Attack(programme)
    answers = {sheet: dict(given) for sheet, given in programme.answers.items()}
    for block in its.blocks:
        units = [its.reviews[sheet.wave, sheet.reviewee].unit_of(sheet) for sheet, _ in block.answers]
        given = [sum(other is sheet for other, _ in block.answers) for sheet, _ in block.answers]
        for _ in range(30 if units else 0):
            one, other = random.integers(len(units), size=2)
            (up, item), (down, its_item) = block.answers[one], block.answers[other]
            same = item == its_item and units[one] == units[other] and given[one] == given[other]
            if same and answers[up][item] < 5 and answers[down][item] > 1:
                answers[up][item] += 1
                answers[down][item] -= 1
    return programme.with_answers(answers)


@pytest.mark.parametrize("seed", range(8))
def test_raters_of_a_group_cannot_be_told_apart(seed: int) -> None:
    """With their answers changed among themselves the same files are made, spreads, reliability and charts included."""
    programme = make(seed)
    press = Press(programme)
    twin = shuffled(programme, np.random.default_rng(seed))
    assert twin.answers != programme.answers
    assert press.reports(twin.answers) == press.reports(programme.answers)


@pytest.mark.parametrize("seed", range(8))
def test_decisions_depend_on_means_only(seed: int) -> None:
    """Answers with the same means in each group are decided on alike, so what is hidden tells of nothing but means."""
    programme = make(seed)
    twin = moved(programme, np.random.default_rng(seed))
    rules = rules_of(programme.disclosure, programme.review)
    for reviewee in programme.reviewees:
        assert publish(scores_of(twin, reviewee), rules) == publish(scores_of(programme, reviewee), rules)
    assert twin.answers != programme.answers


# ---------------------------------------------------------------- the files in process are the real ones


@pytest.mark.parametrize("seed", range(6))
def test_scores_without_a_frame_are_the_kits(seed: int) -> None:
    """What the attack's press scores is what the kit scores from canonical rows."""
    programme = make(seed)
    items = items_of(programme.frame)
    assert items == programme.items
    for reviewee in programme.reviewees:
        rows = programme.frame[programme.frame["reviewee_id"] == reviewee]
        share = programme.review.min_item_share
        made = score(rows, min_item_share=share, scale=(1, 5), items=items)
        assert made == scores_of(programme, reviewee)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 17])
def test_files_made_in_process_tell_what_a_real_run_tells(tmp_path: Path, seed: int) -> None:
    """A reader of the pages and results of `kohtaamo run` reads the same facts and the same hidden figures."""
    programme = make(seed)
    rows = [
        {name: row[name] for name in programme.frame.columns if row[name] == row[name]}
        for row in programme.frame.to_dict("records")
    ]
    settings = {
        "language": LANGUAGE,
        "disclosure": {"minimum_raters": programme.minimum},
        "review_360": {"others": programme.others},
    }
    engagement = load(make_engagement(tmp_path, settings, {"ratings_360": rows}))
    assert not run(engagement, Batch(reports=("review_360",)), lambda _: None, lambda _: None).failed
    for (_, name), file in files(Press(programme).reports(programme.answers)).items():
        real = _real(engagement.reports / "review_360" / f"{name}.{LANGUAGE}", name)
        assert set(facts_of(real, WORDS)) == set(facts_of(file, WORDS))
        assert real.results["hidden"] == file.results["hidden"]
        assert real.results["figures"] == file.results["figures"]


def _real(stem: Path, name: str) -> File:
    import json

    page = stem.with_name(f"{stem.name}.html").read_text(encoding="utf-8")
    results = json.loads(stem.with_name(f"{stem.name}.results.json").read_text(encoding="utf-8"))
    return File(name, {"page": page}, results)


def test_who_was_not_rated_again_is_read_in_his_own_wave() -> None:
    """A reviewee without raters in the second wave is reported on in the first, and attacked there."""
    programme = make(2122)
    last = {name: max(s.wave for s in programme.answers if s.reviewee == name) for name in programme.reviewees}
    assert set(last.values()) == {"2024", "2025"}
    assert attack(programme) == []


def test_the_programmes_are_as_odd_as_they_should_be() -> None:
    """Among 60 programmes there are raters in two groups, several managers, no self, gaps, unanimity, waves, thresholds."""
    programmes = [make(seed) for seed in range(60)]
    sheets = [sheet for programme in programmes for sheet in programme.answers]
    assert {programme.minimum for programme in programmes} == {3, 4, 5}
    assert {programme.others for programme in programmes} == {"raters", "groups"}
    assert {len(programme.waves) for programme in programmes} == {1, 2}
    assert any(not programme.items.get("overall", "") for programme in programmes)
    by_review: dict[tuple[int, str, str], list[object]] = {}
    for number, programme in enumerate(programmes):
        for sheet in programme.answers:
            by_review.setdefault((number, sheet.wave, sheet.reviewee), []).append(sheet)
    assert any(sum(s.group == "manager" for s in its) > 1 for its in by_review.values())
    assert any(all(s.group != "self" for s in its) for its in by_review.values())
    assert any(all(s.group not in PROTECTED for s in its) for its in by_review.values())
    assert any(len({s.rater for s in its if not s.known}) < sum(not s.known for s in its) for its in by_review.values())
    assert len({sheet.rater for sheet in sheets if not sheet.known}) == 30


def test_what_moves_leave_open_is_decided_by_programming() -> None:
    """Three fives behind a band stay open to the solver only, which then finds that each may have given less."""
    programme = make(0)
    some = next(sheet for sheet in programme.answers if sheet.group == "peer")
    answers = {sheet: dict.fromkeys(given, 5) for sheet, given in programme.answers.items() if sheet == some}
    its = Attack(replace(programme, answers={**programme.answers, **answers}))
    left = 0
    for block in its.blocks:
        targets = Targets(its.programme, block)
        before = targets.open.sum()
        targets.clear_by_moves()
        assert targets.open.sum() < before or not before
        left += targets.open.sum()
    assert left
    assert list(its.by_programming()) == []
