"""A reader with several editions of a review learns nothing of fewer raters than the threshold, if the ledger let them out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from editions_attack import MOODS, Draw, Published, changed, equations, few_by_algebra, few_by_counting, start

from kohtaamo_utils.disclosure.joint import objection
from kohtaamo_utils.disclosure.seen import seen_of

LONG = pytest.param(range(1000, 1400), marks=pytest.mark.slow)


def _draw(seed: int, items: int) -> Draw:
    random = np.random.default_rng(seed)
    return Draw(random, items, MOODS[seed % 2], gaps=0.15 if items > 1 and seed % 3 == 0 else 0.0)


@cache
def _editions(seed: int, items: int, number: int = 2) -> tuple[Published, ...]:
    draw = _draw(seed, items)
    made = [start(draw)]
    while len(made) < number:
        made.append(changed(made[-1], draw))
    return tuple(made)


def _released(made: tuple[Published, ...]) -> list[Published]:
    """Return the editions that the ledger lets out, one after another."""
    out: list[Published] = []
    for one in made:
        if objection(one.edition, [each.edition for each in out]) is None:
            out.append(one)
    return out


def _told(made: list[Published] | tuple[Published, ...]) -> list[tuple[str, ...]]:
    return few_by_algebra(equations(list(made)), min(each.minimum for each in made))


def _pinned(made: list[Published] | tuple[Published, ...]) -> list[str]:
    """Return what counting finds in the editions together and in none of them alone."""
    alone = [few_by_counting(equations([each])) for each in made]
    return [] if any(found != [] for found in alone) else few_by_counting(equations(list(made))) or []


@pytest.mark.parametrize("seeds", [range(30), LONG])
def test_two_released_editions_tell_of_no_few_by_algebra(seeds):
    """Whatever was added, removed, moved, changed or set otherwise: what the ledger lets out determines no sum of so few."""
    let_out = 0
    for seed in seeds:
        made = _editions(seed, 2)
        released = _released(made)
        let_out += len(released) == 2 and made[0].people != made[1].people
        assert _told(released) == [], seed
    assert let_out > len(seeds) / 20


@pytest.mark.parametrize("seeds", [range(20), pytest.param(range(1000, 1200), marks=pytest.mark.slow)])
def test_three_released_editions_tell_of_no_few_by_algebra(seeds):
    """The same of three editions, of which pairs alone could be harmless."""
    let_out = 0
    for seed in seeds:
        released = _released(_editions(seed, 2, 3))
        let_out += len(released) > 2
        assert _told(released) == [], seed
    assert let_out > 0


@pytest.mark.parametrize("seeds", [range(40), LONG])
def test_two_released_editions_tell_of_no_few_by_counting(seeds):
    """Whole answers that agree with both editions never agree among themselves on what one or two raters gave."""
    for seed in seeds:
        assert _pinned(_released(_editions(seed, 1))) == [], seed


def _came_or_went(one: Published, other: Published) -> int:
    """Return how many protected raters are in one only, or answered otherwise."""
    old, new = seen_of([one.edition, other.edition])
    return len({rater for rater, _ in old.sheets ^ new.sheets})


@pytest.mark.parametrize(
    ("fewest", "least"), [(0, 10), (2, 4), (3, 2)], ids=["no rule", "two, as CCL", "three overall"]
)
def test_weaker_rules_are_broken(fewest, least):
    """Without a ledger the same reader finds many; also with the Center for Creative Leadership's two new raters, and with three counted on the whole only."""
    broken = 0
    for seed in range(30):
        made = _editions(seed, 2)
        number = _came_or_went(*made)
        broken += (number == 0 or number >= fewest) and bool(_told(made))
    assert broken >= least


def test_counting_breaks_what_algebra_does_not():
    """Sums of three can tell each answer too: newcomers who all gave the highest are found by counting, and not let out."""
    first = Published({("peer", f"p{place}"): (value,) for place, value in enumerate((3, 4, 2, 3))})
    second = replace(first, people=first.people | {("peer", f"new{place}"): (5,) for place in range(3)})
    assert _told((first, second)) == []
    assert _pinned((first, second)) != []
    found = objection(second.edition, [first.edition])
    assert found is not None
    assert found.why == "extreme"
