"""What the group report keeps from readers: of the reviewees from those who lack a report, of the raters from everybody."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from group_attack import (
    COMPETENCY,
    PROTECTED,
    Programme,
    agreeing,
    exposed,
    is_protected,
    left_open,
    make,
    members,
    naive,
    of,
    published,
    told_anyway,
    worth,
)

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.programme import decide
from kohtaamo_utils.disclosure.publication import Hidden, Shown, Spread
from kohtaamo_utils.disclosure.room import ROOM
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

SEEDS = pytest.mark.parametrize(
    "seeds",
    [
        range(10, 17),
        pytest.param(range(17, 50), marks=pytest.mark.slow),
        pytest.param(range(50, 160), marks=pytest.mark.longest),
    ],
    ids=["few", "many", "most"],
)
"""Random programmes to attack: a few each time, among them two with a mean that the room rules out; many in the slow run."""
ROUNDED = 0.1
"""Width of a printed mean: whoever knows no more than that a mean lies in such a range has it as printed."""


def eight(**changes: dict[str, list[int]]) -> dict[str, dict[str, list[int]]]:
    """Eight reviewees with self, manager and four peers; those named are changed."""
    scores = [
        [3, 4, 3, 2],
        [4, 4, 3, 5],
        [2, 3, 3, 2],
        [4, 3, 4, 4],
        [3, 3, 2, 4],
        [5, 4, 4, 3],
        [3, 2, 4, 3],
        [4, 4, 4, 3],
    ]
    usual = {f"v{n}": {"self": [3 + n % 2], "manager": [3 + n % 3], "peer": scores[n]} for n in range(8)}
    return usual | changes


# ---------------------------------------------------------------- the group report alone


@SEEDS
def test_no_combination_of_means_speaks_of_one_to_four_reviewees(seeds: range) -> None:
    """On random programmes no set of fewer than five reviewees has a combination of the unrounded means to itself."""
    assert [
        seed
        for seed, programme in zip(seeds, map(make, seeds), strict=True)
        if exposed(programme, published(programme))
    ] == []


def test_a_plain_rule_gives_reviewees_away() -> None:
    """The same attack finds reviewees when every mean is of whoever has one, so the attack can succeed."""
    assert sum(bool(exposed(programme, naive(programme))) for programme in map(make, range(12))) >= 8


@SEEDS
def test_no_withheld_mean_follows_from_printed_ones(seeds: range) -> None:
    """On random programmes no mean that is withheld is a sum or difference of printed ones."""
    assert [
        (seed, told)
        for seed, programme in zip(seeds, map(make, seeds), strict=True)
        if (told := told_anyway(programme, published(programme)))
    ] == []


@pytest.mark.parametrize(("seed", "left_out"), [(20, {"gap", "self"}), (48, {"others", "self"}), (63, {"self", "gap"})])
def test_of_self_others_and_gap_any_two_give_the_third(seed: int, left_out: set[str]) -> None:
    """Where one of the three over the same reviewees may not be told, the later of the other two is left out as well."""
    figures = {figure.name: figure for figure in published(make(seed))}
    three = {"self", "others", "gap"}
    assert three - figures.keys() == left_out
    assert len(figures[(three - left_out).pop()].members) >= 5


def test_three_that_may_stand_together_are_all_shown() -> None:
    """Nothing is left out where all three may be told."""
    programme = of(eight())
    assert {"self", "others", "gap"} <= {figure.name for figure in published(programme)}
    assert told_anyway(programme, published(programme)) == []


def test_self_and_others_are_of_the_same_reviewees() -> None:
    """Eight self ratings, seven means of the others and seven gaps would give the eighth's self rating: all are of seven."""
    programme = of(eight(v7={"self": [5], "peer": [1, 5]}))
    group = programme.publication.group
    assert group is not None
    assert ("v7",) in exposed(programme, naive(programme))
    found = [
        group.competency_means[COMPETENCY, "self"],
        group.competency_means[COMPETENCY, "others"],
        group.gaps[COMPETENCY],
    ]
    assert [cell.n for cell in found if isinstance(cell, Shown)] == [7, 7, 7]
    own = [worth(programme, f"v{n}", "self") for n in range(7)]
    assert found[0] == Shown(printed(Fraction(int(sum(own)), 7)), 7)


def test_a_reviewee_without_self_is_left_out_of_the_comparison() -> None:
    """Of eight reviewees one did not rate themself: the others' mean is of the seven who did, as the gap is."""
    programme = of(eight(v7={"manager": [3], "peer": [4, 4, 4, 3]}))
    group = programme.publication.group
    assert group is not None
    assert group.competency_means[COMPETENCY, "others"].n == 7
    assert group.competency_means[COMPETENCY, "peer"].n == 8
    assert exposed(programme, published(programme)) == []


def test_without_self_ratings_the_others_are_of_all() -> None:
    """Where nobody, or too few, rated themselves there is no gap, and the others' mean is of everybody."""
    group = of({who: {"peer": its["peer"]} for who, its in eight().items()}).publication.group
    assert group is not None
    assert group.competency_means[COMPETENCY, "others"].n == 8
    assert group.gaps == {}


def test_a_group_that_is_the_others_of_all_but_one_is_hidden() -> None:
    """Seven are seen by peers alone, the eighth by reports alone: peers of seven and others of eight would give the eighth."""
    answers = {who: {"peer": its["peer"]} for who, its in eight().items()}
    programme = of(answers | {"v7": {"report": [4, 4, 4, 3]}})
    group = programme.publication.group
    assert group is not None
    assert ("v7",) in exposed(programme, naive(programme))
    assert group.competency_means[COMPETENCY, "others"] == Shown(3.4, 8)
    assert group.competency_means[COMPETENCY, "peer"] == Hidden("complementary")


@pytest.mark.parametrize(("level", "printed_as"), [(3, Spread(0.0, 0.3, 8)), (None, Spread(0.6, 0.6, 8))])
def test_that_all_are_alike_is_not_told(level: int | None, printed_as: Spread) -> None:
    """A deviation of nothing tells everybody's mean: it is printed as 0.3 or less, as any small one."""
    same = {who: its | {"peer": [level] * 3 + [level + 1]} for who, its in eight().items()} if level else eight()
    group = of(same).publication.group
    assert group is not None
    assert group.spreads[COMPETENCY, "peer"] == printed_as


def test_a_deviation_that_one_reviewee_makes_is_told_as_a_class() -> None:
    """Seven at 3.0 and one at 4.25 have a deviation of 0.44, all of it one reviewee's: 0.4 to 0.6."""
    programme = of({who: {"peer": [3, 3, 2, 4]} for who in eight()} | {"v7": {"peer": [5, 4, 4, 4]}})
    group = programme.publication.group
    assert group is not None
    assert group.spreads[COMPETENCY, "peer"] == Spread(0.4, 0.6, 8)


# ---------------------------------------------------------------- with single reports, but not all


def holdings(programme: Programme, seed: int) -> list[tuple[str, ...]]:
    """Return sets of missing reports: each one alone, and some of two to four."""
    random = np.random.default_rng(seed)
    names = list(programme.answers)
    more = [tuple(random.choice(names, size, replace=False)) for size in (2, 3, 4)]
    return [(name,) for name in names] + more


def narrowest(programme: Programme, figures: list, seed: int, exact: bool) -> dict[str, float]:
    """Return the narrowest range that is left of a missing reviewee's mean: with protected raters in it, or not."""
    found: dict[str, float] = {}
    for missing in holdings(programme, seed):
        for (who, group), width in left_open(programme, figures, missing, exact).items():
            kind = "protected" if is_protected(programme, who, group) else "known by name"
            found[kind] = min(found.get(kind, 9.0), width)
    return found


@SEEDS
def test_how_others_see_a_missing_reviewee_stays_open(seeds: range) -> None:
    """A reader who lacks one to four reports and knows all other means unrounded is left a quarter point."""
    for seed in seeds:
        programme = make(seed)
        assert narrowest(programme, published(programme), seed, exact=True).get("protected", 9) >= ROOM - 1e-6


LENIENT = [
    [([5], [2, 1, 2, 2], []), ([5], [1, 1, 2], [2, 2, 2, 1]), ([2], [2, 3, 2, 2], [3, 3, 3, 2, 2]), ([2], [3, 2, 3, 2], []), ([2], [2, 2, 2, 1], [3, 2, 1, 2])],
    [([5], [2, 1, 3, 1, 1], []), ([3], [3, 5, 2], []), ([5], [3, 4, 3], [3, 3, 3, 2]), ([4], [1, 2, 1], [2, 1, 2, 1, 1]), ([2], [2, 2, 2, 2], [])],
    [([4], [2, 1, 2, 2], []), ([5], [2, 2, 1], []), ([3], [3, 3, 2, 2], []), ([4], [2, 1, 1, 1, 1], [2, 1, 3, 2]), ([5], [2, 2, 1, 2], [])],
]  # fmt: skip
"""Reviewees who see themselves far above the others: self, peers, reports."""


@pytest.mark.parametrize("reviewees", LENIENT)
def test_self_and_gap_do_not_tell_the_others_that_are_hidden(
    reviewees: list[tuple[list[int], list[int], list[int]]],
) -> None:
    """A gap and self near the scale's ends leave a quarter point of a missing reviewee's mean from the others, shown or not."""
    names = ("self", "peer", "report")
    programme = of(
        {f"v{n}": {name: its for name, its in zip(names, one, strict=True) if its} for n, one in enumerate(reviewees)}
    )
    assert narrowest(programme, published(programme), 0, exact=True).get("protected", 9) >= ROOM - 1e-6


@SEEDS
def test_no_printed_mean_of_a_missing_reviewee_is_determined(seeds: range) -> None:
    """Nor does a reader who holds the other reports as they are printed get any mean as its own report prints it."""
    for seed in seeds:
        programme = make(seed)
        assert min(narrowest(programme, published(programme), seed, exact=False).values(), default=9) > ROUNDED


def test_a_plain_rule_determines_means_of_missing_reviewees() -> None:
    """Under the plain rule the same reader gets means of missing reviewees as printed, so the attack can succeed."""
    hits = 0
    for seed in range(5):
        programme = make(seed)
        hits += min(narrowest(programme, naive(programme), seed, exact=True).values(), default=9) <= ROUNDED + 1e-6
    assert hits >= 2


@SEEDS
def test_a_deviation_leaves_a_missing_reviewee_open(seeds: range) -> None:
    """Mean and deviation together leave a quarter of a point of each member's mean, all others known."""
    looked_at = 0
    for programme in map(make, seeds):
        group = programme.publication.group
        figures = {figure.name: figure for figure in published(programme)}
        for name in figures.keys() - {"gap"}:
            spread = None if group is None else group.spreads.get((COMPETENCY, name))
            for who in figures[name].members if isinstance(spread, Spread) else ():
                if not programme.is_band(who, name):
                    assert agreeing(programme, figures[name], spread, who) >= ROOM - 0.01
                    looked_at += 1
    assert looked_at > 8 * len(seeds)


def test_a_plain_deviation_gives_a_missing_reviewee_away() -> None:
    """Printed as a number whatever it is, a deviation leaves less than a tenth of a point of somebody."""
    hits = 0
    for programme in map(make, range(20)):
        for figure in published(programme):
            if figure.name == "gap":
                continue
            values = np.array([worth(programme, who, figure.name) for who in figure.members])
            number = printed(Fraction(str(round(float(values.std(ddof=1)), 9))))
            spread = Spread(number, number, len(values))
            hits += min(agreeing(programme, figure, spread, who) for who in figure.members) < ROUNDED
    assert hits >= 2


# ---------------------------------------------------------------- with everything


@SEEDS
def test_every_figure_is_of_what_single_reports_print(seeds: range) -> None:
    """The group's means are those of at least five reviewees' published values, so no rater is known who was not before."""
    for programme in map(make, seeds):
        group = programme.publication.group
        if group is None:
            continue
        for figure in published(programme):
            assert len(figure.members) >= 5
            mean = sum(worth(programme, who, figure.name) for who in figure.members) / len(figure.members)
            assert figure.low - 1e-9 <= mean <= figure.high + 1e-9
        assert {name for name, its in members(programme).items() if its} >= {
            figure.name for figure in published(programme)
        }


def unprinted(programme: Programme) -> dict[tuple[str, str], int]:
    """Return the raters of each reviewee's protected groups whose spread the own report does not print."""
    found = {}
    for who, answers in programme.answers.items():
        names = {part for _, group in programme.publication.reviews[who].spread for part in group.split("+")}
        found |= {
            (who, group): len(scores) for group, scores in answers.items() if group in PROTECTED and group not in names
        }
    return found


def spreads_known(programme: Programme, groups: list[str]) -> bool:
    """Tell whether correlations of some groups give the spread of one reviewee's raters, or of fewer than five."""
    blocks = unprinted(programme)
    keys = list(blocks)
    matrix = np.array(
        [
            [
                float(name == "others" or (group == name and programme.value(who, name) is not None))
                for who, group in keys
            ]
            for name in groups
        ]
    )
    if not groups or not keys:
        return False
    rank = np.linalg.matrix_rank(matrix)
    few = [
        set(its)
        for size in (1, 2, 3, 4)
        for its in combinations(range(len(keys)), size)
        if sum(blocks[keys[i]] for i in its) < 5
    ]
    few += [{i for i, (who, _) in enumerate(keys) if who == one} for one in programme.answers]
    return any(np.linalg.matrix_rank(np.delete(matrix, sorted(its), axis=1)) < rank for its in few if its)


@SEEDS
def test_no_correlation_gives_the_spread_of_few_raters(seeds: range) -> None:
    """The correlations shown hold no unprinted spread of one reviewee, or of fewer than five raters."""
    shown = 0
    for programme in map(make, seeds):
        group = programme.publication.group
        names = [] if group is None else [name for _, name in sorted(group.reliability)]
        assert not spreads_known(programme, names)
        shown += len(names)
    assert shown >= len(seeds)


def test_correlations_of_every_group_give_spreads_away() -> None:
    """Shown for every group, correlations give such spreads, so the attack can succeed."""
    assert sum(spreads_known(programme, ["others", *PROTECTED]) for programme in map(make, range(12))) >= 3


def test_two_correlations_may_not_differ_by_one_reviewees_raters() -> None:
    """Others and peers differ by the three customers of one reviewee: the peers' correlation is not shown beside the others'."""
    large = {f"v{n}": {"peer": [3, 4, 2, 3, 4]} for n in range(5)}
    small = {f"w{n}": {"peer": [3, 4, 2]} for n in range(2)}
    programme = of(large | small | {"x": {"peer": [3, 4, 2, 3, 4], "customer": [3, 4, 2]}})
    group = programme.publication.group
    assert group is not None
    assert group.reliability == {(COMPETENCY, "others")}
    assert spreads_known(programme, ["others", "peer"])


@pytest.mark.parametrize(("others", "told"), [(0, False), (1, True)])
def test_alpha_is_told_when_no_single_reviewees_items_are_new(others: int, told: bool) -> None:
    """Four print every spread; alpha, like the correlation, would give that of a fifth who does not, but not of two together."""
    rows = []
    for number in range(5 + others):
        spread = [(2, 4), (4, 3), (3, 3), (3, 4), (2, 3)]
        high = [(2, 5), (4, 5), (3, 4), (3, 5), (2, 5)]  # the second item's mean is near the end: no item is printed
        for rater, scores in enumerate(spread if number < 4 else high):
            rows += [
                (f"v{number}", f"{number}p{rater}", "peer", f"i{item}", COMPETENCY, float(score))
                for item, score in enumerate(scores)
            ]
    columns = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"]
    group = decide(pd.DataFrame(rows, columns=columns), Disclosure(), Review360Settings()).group
    assert group is not None
    assert ((COMPETENCY, "others") in group.reliability) is told
    assert (COMPETENCY in group.consistency) is told
