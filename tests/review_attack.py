"""A reader who attacks a published 360 review: random reviewees, their published cells as equations, and three solvers.

He works from the published cells, the known raters' answers and the groups' sizes only. Used by test_disclosure_attack.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import lcm

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.signal import fftconvolve

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.publication import Band, Shown
from kohtaamo_utils.disclosure.review import decide
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

LOW, HIGH = 1, 5
PROTECTED = ("peer", "report", "customer")
COMPETENCY = "trust"


@dataclass(frozen=True)
class Programme:
    """One reviewee's answers: group to raters' answers, each a tuple over items with None for "not observed"."""

    answers: dict[str, list[tuple[int | None, ...]]]
    items: int

    @property
    def frame(self) -> pd.DataFrame:
        """Canonical ratings."""
        rows = [
            ("x", f"{group}{number}", group, f"i{item}", COMPETENCY, float("nan") if value is None else float(value))
            for group, sheets in self.answers.items()
            for number, sheet in enumerate(sheets)
            for item, value in enumerate(sheet)
        ]
        return pd.DataFrame(rows, columns=["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"])


@dataclass(frozen=True)
class Equation:
    """A published mean: weights of the protected raters' answers, what the known raters add, and the printed cell."""

    weights: dict[tuple[str, int, int], Fraction]
    known: Fraction
    cell: Shown


def make(seed: int, gaps: bool = False) -> Programme:
    """Make a random reviewee: small groups, few items, friendly or unanimous raters among them."""
    random = np.random.default_rng(seed)
    items = int(random.integers(2 if gaps else 1, 4))
    sizes = {
        "self": 1,
        "manager": random.integers(0, 3),
        "peer": random.integers(0, 6),
        "report": random.integers(0, 6),
    }
    sizes["customer"] = random.integers(1, 5) if random.random() < 0.4 else 0
    moods = [
        (0.2,) * 5,
        (0.02, 0.03, 0.15, 0.3, 0.5),
        (0.5, 0.3, 0.1, 0.05, 0.05),
        (0, 0, 0, 0.1, 0.9),
        (0, 0.1, 0.6, 0.3, 0),
    ]
    answers: dict[str, list[tuple[int | None, ...]]] = {}
    for group, size in sizes.items():
        moods_of_items = [moods[random.integers(len(moods))] for _ in range(items)]
        values = [[int(random.choice(5, p=mood)) + 1 for mood in moods_of_items] for _ in range(int(size))]
        missing = random.random((int(size), items)) < (0.2 if gaps and group in PROTECTED else 0)
        answers[group] = [
            tuple(None if gap else value for value, gap in zip(sheet, blank, strict=True))
            for sheet, blank in zip(values, missing, strict=True)
            if not all(blank)
        ]
    return Programme(answers, items)


def equations(programme: Programme, cells: dict[tuple[str, str], Shown], others: str) -> list[Equation]:
    """Write the published cells as equations; pools and "others" are what their names say."""
    found = []
    for (question, name), cell in cells.items():
        if name in ("self", "manager"):
            continue
        item = None if question == COMPETENCY else int(question[1:])
        scores = {group: _rated(programme, group, item) for group in ("manager", *PROTECTED)}
        if name == "others":
            units = sorted({unit for _, unit in cells if unit not in ("self", "others")}, key=len)
            pools = [unit.split("+") for unit in units if "+" in unit]
            units_of = pools + [[group] for group in scores if not any(group in unit for unit in pools)]
        else:
            units_of = [name.split("+")]
        units_of = [unit for unit in units_of if any(scores[group] for group in unit)]
        weights: dict[tuple[str, int, int], Fraction] = {}
        known = Fraction(0)
        total = sum(len(scores[group]) for unit in units_of for group in unit)
        for unit in units_of:
            n = sum(len(scores[group]) for group in unit)
            each = Fraction(1, total) if others == "raters" else Fraction(1, n * len(units_of))
            for group in unit:
                for rater, asked in scores[group]:
                    for one in asked:
                        if group == "manager":
                            known += each / len(asked) * programme.answers[group][rater][one]
                        else:
                            weights[group, rater, one] = each / len(asked)
        found.append(Equation(weights, known, cell))
    return found


def _rated(programme: Programme, group: str, item: int | None) -> list[tuple[int, list[int]]]:
    """Raters of a group who count for an item (None: for the competency, half of its items), and which items they gave."""
    given = [
        (rater, [one for one, value in enumerate(sheet) if value is not None and item in (None, one)])
        for rater, sheet in enumerate(programme.answers.get(group, []))
    ]
    return [
        (rater, asked) for rater, asked in given if asked and (item is not None or 2 * len(asked) >= programme.items)
    ]


def published(programme: Programme, others: str) -> dict[tuple[str, str], Shown]:
    """Return what our rules publish."""
    settings = Review360Settings(others=others)
    publication = decide(programme.frame, Disclosure(), settings)
    cells = {**publication.competency_means, **publication.item_means}
    return {key: cell for key, cell in cells.items() if isinstance(cell, Shown)}


def naive(programme: Programme, others: str) -> dict[tuple[str, str], Shown]:
    """Return what a plain threshold of three publishes: each group by itself, the others always, no bands."""
    cells: dict[tuple[str, str], Shown] = {}
    for question in (COMPETENCY, *(f"i{item}" for item in range(programme.items))):
        item = None if question == COMPETENCY else int(question[1:])
        means = {}
        for group in ("manager", *PROTECTED):
            scores = [
                Fraction(sum(programme.answers[group][rater][one] for one in asked), len(asked))
                for rater, asked in _rated(programme, group, item)
            ]
            means[group] = scores
            if len(scores) >= 3:
                cells[question, group] = Shown(printed(sum(scores) / len(scores)), len(scores))
        everyone = [score for scores in means.values() for score in scores]
        if others == "groups":
            everyone = [sum(scores) / len(scores) for scores in means.values() if scores]
        if everyone:
            cells[question, "others"] = Shown(printed(sum(everyone) / len(everyone)), sum(map(len, means.values())))
    return cells


def solved_by_algebra(programme: Programme, system: list[Equation]) -> list[str]:
    """Return the sums of one or two protected raters that the printed means determine as linear equations."""
    answers = [
        (group, rater, item)
        for group in PROTECTED
        for rater, sheet in enumerate(programme.answers[group])
        for item, value in enumerate(sheet)
        if value is not None
    ]
    rows = [
        [float(row.weights.get(one, 0)) for one in answers] for row in system if not isinstance(row.cell.value, Band)
    ]
    if not rows or not answers:
        return []
    _, singular, right = np.linalg.svd(np.array(rows))
    free = right[(singular > 1e-9).sum() :]
    raters = sorted({(group, rater) for group, rater, _ in answers})
    few = [(one,) for one in raters] + [(a, b) for a in raters for b in raters if a < b]
    hits = []
    for people, item in product(few, [None, *range(programme.items)]):
        sums = np.array([float(one[:2] in people and item in (None, one[2])) for one in answers])
        if item is None:
            sums = np.array([w / sum(o[:2] == one[:2] for o in answers) for w, one in zip(sums, answers, strict=True)])
        if sums.any() and np.abs(free @ sums).max(initial=0) < 1e-9:
            hits.append(f"{people} {item}")
    return hits


def agreeing_sums(programme: Programme, system: list[Equation], exact: bool) -> tuple[list[np.ndarray], np.ndarray]:
    """Return which sums by group agree with all that is printed: for each item, and for all items together; no gaps.

    Raters of a group are alike to the reader, so sums (counted from the lowest possible) are gone through, all of them.
    With `exact` he even knows the printed means unrounded.
    """
    groups = [group for group in PROTECTED if programme.answers[group]]
    sizes = [len(programme.answers[group]) for group in groups]
    allowed = [np.ones([(HIGH - LOW) * n + 1 for n in sizes], dtype=bool) for _ in range(programme.items)]
    together = np.ones([(HIGH - LOW) * n * programme.items + 1 for n in sizes], dtype=bool)
    for row in system:
        asked = {item for _, _, item in row.weights}
        target = together if len(asked) > 1 else allowed[asked.pop()] if asked else None
        if target is not None:
            target &= _agrees(programme, row, groups, target.shape, exact)
    if programme.items == 1:
        together &= allowed[0]
        return [together], together
    by_item = [allowed[item] & _completable(allowed, item, together) for item in range(programme.items)]
    return by_item, together & _sums_of(allowed)


def solved_by_counting(programme: Programme, system: list[Equation], exact: bool) -> list[str]:
    """Return the sums of one or two protected raters that every agreeing set of whole answers has, and what is more.

    More is a mean of a group that is known to lie nearer to the scale's end than its band tells.
    """
    sizes = [len(programme.answers[group]) for group in PROTECTED if programme.answers[group]]
    if not sizes:
        return []
    by_item, together = agreeing_sums(programme, system, exact)
    hits = [f"{who} {item}" for item, sums in enumerate(by_item) for who in _pinned(sums, sizes, 1)]
    hits += [f"{who} together" for who in _pinned(together, sizes, programme.items)]
    return hits + [f"{who} {item} near end" for item, sums in enumerate(by_item) for who in _pressed(sums, sizes)]


def _pressed(feasible: np.ndarray, sizes: list[int]) -> list[int]:
    """Return the groups whose agreeing sums are all inside a band without reaching its inner limit."""
    pressed = []
    for group, n in enumerate(sizes):
        sums = np.argwhere(feasible)[:, group]
        outermost = min(total for total in range((HIGH - LOW) * n + 1) if _prints(total, n) >= HIGH - 0.5)
        innermost = max(total for total in range((HIGH - LOW) * n + 1) if _prints(total, n) <= LOW + 0.5)
        pressed += [group] if sums.min() > outermost or sums.max() < innermost else []
    return pressed


def _prints(total: int, n: int) -> float:
    return printed(LOW + Fraction(total, n))


def _agrees(programme: Programme, row: Equation, groups: list[str], shape: tuple[int, ...], exact: bool) -> np.ndarray:
    """Which sums (counted from the lowest possible) print the row's cell."""
    by_group = {group: next((w for one, w in row.weights.items() if one[0] == group), Fraction(0)) for group in groups}
    asked = len({item for _, _, item in row.weights})
    lowest = sum(w * len(programme.answers[group]) * asked * LOW for group, w in by_group.items()) + row.known
    scale = lcm(lowest.denominator, *(w.denominator for w in by_group.values()))
    mean = np.full(shape, int(lowest * scale))
    for axis, group in enumerate(groups):
        steps = np.arange(shape[axis]) * int(by_group[group] * scale)
        mean = mean + steps.reshape([-1 if one == axis else 1 for one in range(len(shape))])
    tenths = (20 * mean + scale) // (2 * scale)
    if isinstance(row.cell.value, Band):
        limit = round(row.cell.value.limit * 10)
        return tenths >= limit if row.cell.value.end == "high" else tenths <= limit
    if exact:
        true = sum(w * programme.answers[g][r][i] for (g, r, i), w in row.weights.items()) + row.known
        return mean == int(true * scale)
    return tenths == round(row.cell.value * 10)


def _sums_of(allowed: list[np.ndarray]) -> np.ndarray:
    """Return which sums over several items agree with each item's sums."""
    total = allowed[0]
    for sums in allowed[1:]:
        total = fftconvolve(total.astype(float), sums.astype(float)) > 0.5
    return total


def _completable(allowed: list[np.ndarray], item: int, together: np.ndarray) -> np.ndarray:
    """Which sums of one item can be completed by the other items' to a sum over items that agrees."""
    rest = _sums_of([sums for other, sums in enumerate(allowed) if other != item])
    reverse = rest[tuple(slice(None, None, -1) for _ in rest.shape)].astype(float)
    return fftconvolve(together.astype(float), reverse, mode="valid") > 0.5


def _pinned(feasible: np.ndarray, sizes: list[int], items: int) -> list[str]:
    """Return the choices of one or two raters whose sum is the same in all feasible sums."""
    assert feasible.any()
    sums = np.argwhere(feasible)
    span = (HIGH - LOW) * items
    hits = []
    for few in (1, 2):
        for chosen in combinations_with_replacement(range(len(sizes)), few):
            counts = np.bincount(chosen, minlength=len(sizes))
            if (counts > sizes).any():
                continue
            least = np.maximum(0, sums - (np.array(sizes) - counts) * span).sum(axis=1).min()
            most = np.minimum(counts * span, sums).sum(axis=1).max()
            hits += [str(counts)] if least == most else []
    return hits


def solved_by_programming(programme: Programme, system: list[Equation], exact: bool) -> list[str]:
    """Return the sums of one or two raters that are the same in all agreeing whole answers; gaps allowed."""
    answers = sorted({one for row in system for one in row.weights})
    if not answers:
        return []
    truth = np.array([programme.answers[group][rater][item] for group, rater, item in answers], dtype=float)
    matrix = np.array([[float(row.weights.get(one, 0)) for one in answers] for row in system])
    limits = np.array([_limits(row.cell) for row in system]) - [[float(row.known)] for row in system]
    if exact:
        numbers = [row.cell.number is not None for row in system]
        limits[numbers] = (matrix @ truth)[numbers, None]
    lower, upper = limits[:, 0] - 1e-7, limits[:, 1] + 1e-7
    constraint = LinearConstraint(matrix, lower, upper)
    raters = sorted({one[:2] for one in answers})
    few = [(one,) for one in raters] + [(a, b) for a in raters for b in raters if a < b]
    hits = []
    seen = set()
    for people, item in product(few, range(programme.items)):
        kind = (tuple(sorted((one[0], _pattern(programme, one)) for one in people)), item)
        sums = np.array([float(one[:2] in people and one[2] == item) for one in answers])
        if kind in seen or not sums.any():
            continue
        seen.add(kind)
        ends = [milp(sign * sums, constraints=constraint, integrality=1, bounds=Bounds(LOW, HIGH)) for sign in (1, -1)]
        assert all(end.success for end in ends)
        if round(ends[0].fun) == round(-ends[1].fun) == round(float(sums @ truth)):
            hits.append(f"{people} {item}")
    return hits


def _pattern(programme: Programme, rater: tuple[str, int]) -> tuple[bool, ...]:
    return tuple(value is None for value in programme.answers[rater[0]][rater[1]])


def _limits(cell: Shown) -> tuple[float, float]:
    if not isinstance(cell.value, Band):
        return cell.value - 0.05, cell.value + 0.05
    edge = cell.value.limit
    return (edge - 0.05, HIGH) if cell.value.end == "high" else (LOW, edge + 0.05)
