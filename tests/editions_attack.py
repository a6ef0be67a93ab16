"""A reader who holds several editions of a review and attacks them; used by test_disclosure_editions_attack.py.

He is strong: he knows every printed mean unrounded, what self and managers answered, which rater came, went, moved or
changed an answer, and the rules. His unknowns are the protected raters' answers. His equations are written here anew, from
the raw answers and what is published; nothing of the ledger is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from editions_support import edition

if TYPE_CHECKING:
    from kohtaamo_utils.disclosure.editions import Edition

LOW, HIGH = 1, 5
PROTECTED = ("peer", "report", "customer")
Answers = dict[tuple[str, str], tuple[int | None, ...]]
MOODS = ((0.1, 0.15, 0.25, 0.3, 0.2), (0.02, 0.03, 0.1, 0.25, 0.6))
"""How probable the answers 1 to 5 are: mixed raters, and friendly ones."""
Unknown = tuple[str, int, int]


@dataclass(frozen=True)
class Published:
    """One edition as it was made: (group, rater) to answers, and the settings."""

    people: Answers
    minimum: int = 3
    others: str = "raters"
    share: float = 0.5

    @cached_property
    def edition(self) -> Edition:
        """What the ledger gets."""
        return edition(
            self.people,
            disclosure={"minimum_raters": self.minimum},
            others=self.others,
            min_item_share=self.share,
        )


@dataclass(frozen=True)
class Draw:
    """What is drawn from: items, the raters' mood, and the share of answers that are missing."""

    random: np.random.Generator
    items: int
    mood: tuple[float, ...] = MOODS[0]
    gaps: float = 0.0

    def sheet(self) -> tuple[int | None, ...]:
        """Draw a rater's answers, at least one."""
        values = [int(value) + 1 for value in self.random.choice(5, size=self.items, p=self.mood)]
        there = self.random.random(self.items) >= self.gaps
        there[self.random.integers(self.items)] = True
        return tuple(value if given else None for value, given in zip(values, there, strict=True))


def start(draw: Draw) -> Published:
    """Make a first edition: a manager, and groups of two to six."""
    random = draw.random
    people: Answers = {("manager", "m"): tuple(value or HIGH for value in draw.sheet())}
    for group in PROTECTED:
        size = int(random.integers(2, 7)) if group != "customer" or random.random() < 0.4 else 0
        people |= {(group, f"{group}{number}"): draw.sheet() for number in range(size)}
    return Published(people, others=str(random.choice(["raters", "raters", "groups"])))


def changed(first: Published, draw: Draw) -> Published:
    """Make a later edition: raters added, removed or moved, answers changed, settings changed; any of it, often several."""
    random, people, made = draw.random, dict(first.people), first
    for _ in range(int(random.integers(0, 3))):
        what, group = random.choice(["add", "remove", "move", "change"]), str(random.choice(PROTECTED[:2]))
        raters = sorted(who for who in people if who[0] == group)
        some = [raters[place] for place in random.permutation(len(raters))[: random.integers(1, 5)]]
        if what == "add":
            tag = f"{random.integers(10**6)}"
            people |= {(group, f"{group}{tag}{n}"): draw.sheet() for n in range(random.integers(1, 5))}
        for who in some:
            if what == "remove":
                del people[who]
            elif what == "move":
                people[str(random.choice(PROTECTED)), who[1]] = people.pop(who)
            elif what == "change":
                people[who] = draw.sheet()
    if random.random() < 0.3:
        minimum, share = int(random.choice([3, 4])), float(random.choice([0.5, 1.0]))
        made = replace(made, minimum=minimum, share=share, others=str(random.choice(["raters", "groups"])))
    return replace(made, people=people)


@dataclass(frozen=True)
class Equations:
    """What a reader of editions knows: a row an equation, a column an unknown, and whose each is."""

    matrix: np.ndarray
    totals: np.ndarray
    owners: tuple[str, ...]
    of: tuple[int, ...]


def equations(editions: list[Published]) -> Equations:
    """Write every printed number of several editions as an equation over the protected raters' answers."""
    rows: list[dict[Unknown, Fraction]] = []
    of = []
    for place, made in enumerate(editions):
        shown = made.edition.shown
        units = [group for _, group in shown if "+" in group]
        for (question, group), cell in shown.items():
            if group in ("self", "manager") or cell.number is None:
                continue
            rows.append(_row(made, question, group, sorted(set(units))))
            of.append(place)
    unknowns = sorted({one for row in rows for one in row})
    matrix = np.array([[float(row.get(one, 0)) for one in unknowns] for row in rows]).reshape(len(rows), len(unknowns))
    values = np.array([value for _, _, value in unknowns], dtype=float)
    return Equations(matrix, matrix @ values, tuple(rater for rater, _, _ in unknowns), tuple(of))


def _row(made: Published, question: str, group: str, pools: list[str]) -> dict[Unknown, Fraction]:
    items = range(len(next(iter(made.people.values()))))
    asked = list(items) if question.startswith("c:") else [int(question.removeprefix("i:i"))]
    need = made.share * len(asked) if question.startswith("c:") else 1
    given = {who: [item for item in asked if values[item] is not None] for who, values in made.people.items()}
    counting = {who: its for who, its in given.items() if its and len(its) >= need}
    units = [*(pool.split("+") for pool in pools)]
    units += [[name] for name in ("manager", *PROTECTED) if not any(name in unit for unit in units)]
    units = [unit for unit in units if any(who in unit for who, _ in counting)]
    chosen = units if group == "others" else [group.split("+")]
    everybody = sum(who in unit for unit in chosen for who, _ in counting)
    row: dict[Unknown, Fraction] = {}
    for unit in chosen:
        its = [who for who in counting if who[0] in unit]
        each = Fraction(1, everybody) if made.others == "raters" else Fraction(1, len(its) * len(chosen))
        for who in its if unit != ["manager"] else ():
            for item in counting[who]:
                key = (who[1], item, made.people[who][item] or 0)
                row[key] = row.get(key, Fraction(0)) + each / len(counting[who])
    return row


def few_by_algebra(known: Equations, minimum: int) -> list[tuple[str, ...]]:
    """Return the sets of too few raters of whom the editions together tell a sum that none tells alone."""
    owners = np.array(known.owners)
    hits = []
    for size in range(1, minimum):
        for few in combinations(sorted(set(known.owners)), size):
            inside = np.isin(owners, few)
            if together := _told(known.matrix, inside):
                alone = [_told(known.matrix[np.array(known.of) == place], inside) for place in sorted(set(known.of))]
                hits += [few] if together > max(alone) else []
    return hits


def _told(matrix: np.ndarray, inside: np.ndarray) -> int:
    if not matrix.size:
        return 0
    outside = matrix[:, ~inside]
    return _rank(matrix) - (_rank(outside) if outside.size else 0)


def _rank(matrix: np.ndarray) -> int:
    return int((np.linalg.eigvalsh(matrix @ matrix.T) > 1e-9).sum())


def few_by_counting(known: Equations, most: int = 1_000_000) -> list[str] | None:
    """Return which one or two raters' sums are the same in all whole answers that agree; None where there are too many.

    Raters with the same weights everywhere are alike to the reader, so their sums are gone through.
    """
    kinds, place = np.unique(known.matrix.round(9), axis=1, return_inverse=True)
    sizes = np.bincount(place.ravel())
    ranges = [np.arange(LOW * n, HIGH * n + 1) for n in sizes]
    if not len(sizes) or np.prod([len(each) for each in ranges], dtype=float) > most:
        return None
    sums = np.array(list(product(*ranges)), dtype=float)
    agree = sums[(np.abs(sums @ kinds.T - known.totals) < 1e-6).all(axis=1)]
    assert len(agree)
    hits = []
    for counts in product(*(range(min(2, n) + 1) for n in sizes)):
        few = np.array(counts)
        if not 0 < few.sum() < 3:
            continue
        least = np.maximum(few * LOW, agree - (sizes - few) * HIGH).sum(axis=1).min()
        greatest = np.minimum(few * HIGH, agree - (sizes - few) * LOW).sum(axis=1).max()
        hits += [str(counts)] if least == greatest else []
    return hits
