"""Attacks on published 360 reviews: a reader who knows self, managers, group sizes and the rules learns of no one or two.

He solves the printed means as linear equations (null space), and he goes through every combination of whole answers that
prints the same figures. The same attacks succeed on a plain threshold.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from review_attack import (
    HIGH,
    LOW,
    PROTECTED,
    Programme,
    equations,
    make,
    naive,
    published,
    solved_by_algebra,
    solved_by_counting,
    solved_by_programming,
)

from kohtaamo_utils.disclosure.bands import Scale


def attack(seeds: range, rule, gaps: bool = False) -> dict[int, list[str]]:
    """Attack one random reviewee a seed and return what was found out, by seed."""
    found = {}
    for seed in seeds:
        programme = make(seed, gaps)
        others = "groups" if seed % 4 == 3 else "raters"
        system = equations(programme, rule(programme, others), others)
        hits = solved_by_algebra(programme, system)
        if not gaps:
            hits += solved_by_counting(programme, system, exact=False) + solved_by_counting(
                programme, system, exact=True
            )
        if hits:
            found[seed] = hits
    return found


def attack_gaps(seeds: range, rule) -> dict[int, list[str]]:
    """Attack reviewees whose raters left items out by integer programming."""
    found = {}
    for seed in seeds:
        programme = make(seed, gaps=True)
        system = equations(programme, rule(programme, "raters"), "raters")
        hits = [hit for exact in (False, True) for hit in solved_by_programming(programme, system, exact)]
        if hits:
            found[seed] = hits
    return found


def test_attack_finds_nobody_in_published_reviews():
    """On 200 random reviewees neither algebra nor counting determines an answer of one or two protected raters."""
    assert attack(range(200), published) == {}


def test_attack_finds_nobody_where_items_were_left_out():
    """On 100 random reviewees with unobserved items algebra determines no one or two, nor integer programming on 6."""
    assert attack(range(100), published, gaps=True) == {}
    assert attack_gaps(range(6), published) == {}


@pytest.mark.parametrize(("gaps", "least"), [(False, 40), (True, 20)])
def test_attack_succeeds_on_a_plain_threshold(gaps, least):
    """The same attack finds raters out when each group of three is simply shown, so the attack can succeed."""
    assert len(attack(range(100), naive, gaps)) >= least


def test_integer_programming_succeeds_on_a_plain_threshold():
    """The attack by integer programming finds raters out under the plain threshold as well."""
    assert attack_gaps(range(6), naive) != {}


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(1000, marks=pytest.mark.slow),
        *(pytest.param(n, marks=pytest.mark.longest) for n in (1500, 2000, 2500)),
    ],
)
def test_attack_finds_nobody_in_two_thousand_reviews(first):
    """On 2,000 more random reviewees nobody is found out, with and without unobserved items; a quarter of them each time."""
    assert attack(range(first, first + 500), published) == {}
    assert attack(range(first, first + 500), published, gaps=True) == {}
    assert attack_gaps(range(first, first + 25), published) == {}


def test_the_worked_attack_recovers_the_peers_from_a_plain_threshold():
    """Manager 4, peers 2 and 3, reports 4 4 5 3 4: others 3.625 and reports 4.0 give the peers' mean 2.5; ours do not."""
    programme = Programme(
        {"manager": [(4,)], "peer": [(2,), (3,)], "report": [(4,), (4,), (5,), (3,), (4,)], "customer": []}, 1
    )
    others, reports = (Fraction(29, 8), Fraction(4))
    assert (8 * others - 4 - 5 * reports) / 2 == Fraction(5, 2)
    hits = solved_by_algebra(programme, equations(programme, naive(programme, "raters"), "raters"))
    assert "(('peer', 0), ('peer', 1)) 0" in hits
    system = equations(programme, published(programme, "raters"), "raters")
    assert solved_by_algebra(programme, system) == []
    assert solved_by_counting(programme, system, exact=True) == []


def test_no_protected_mean_is_printed_near_an_end():
    """Whatever the answers, a number that protected raters are in lies more than half a point from the scale's ends."""
    scale = Scale(LOW, HIGH)
    for seed in range(100):
        programme = make(seed)
        protected = any(programme.answers[group] for group in PROTECTED)
        for (_, group), cell in published(programme, "raters").items():
            if group not in ("self", "manager") and protected and cell.number is not None:
                assert scale.zone(Fraction(str(cell.number))) is None
