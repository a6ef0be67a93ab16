"""Readers who attack a 360 programme's group report: random programmes, its figures as equations, and solvers.

They work from the group's figures, the single reports that they hold and the raters' numbers. Used by
test_disclosure_group.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.programme import decide
from kohtaamo_utils.disclosure.publication import Band, ProgrammePublication, Shown, Spread
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

LOW, HIGH = 1, 5
INNER = (1.55, 4.45)
COMPETENCY = "trust"
PROTECTED = ("peer", "report", "customer")
FIGURES = ("others", "gap", "self", "manager", *PROTECTED)


@dataclass(frozen=True)
class Programme:
    """Reviewee to rater group to its raters' scores on the only item, and what is published of each by itself."""

    answers: dict[str, dict[str, list[int]]]
    publication: ProgrammePublication

    def value(self, reviewee: str, group: str) -> float | None:
        """Return a mean that the reviewee's own report prints, unrounded, or the middle of its band; else None."""
        cell = self.publication.reviews[reviewee].competency_means.get((COMPETENCY, group))
        if not isinstance(cell, Shown):
            return None
        if isinstance(cell.value, Band):
            return 4.75 if cell.value.end == "high" else 1.25
        groups = ("manager", *PROTECTED) if group == "others" else (group,)
        scores = [score for name in groups for score in self.answers[reviewee].get(name, [])]
        return sum(scores) / len(scores)

    def is_band(self, reviewee: str, group: str) -> bool:
        """Tell whether the reviewee's own report prints a band."""
        return isinstance(self.publication.reviews[reviewee].competency_means[COMPETENCY, group].value, Band)


@dataclass(frozen=True)
class Figure:
    """A published mean over reviewees: of whom, and between what it lies."""

    name: str
    members: tuple[str, ...]
    low: float
    high: float

    def parts(self) -> tuple[tuple[int, str], ...]:
        """Signs and rater groups that it is made of."""
        return ((1, "self"), (-1, "others")) if self.name == "gap" else ((1, self.name),)


def make(seed: int) -> Programme:
    """Make a programme of five to nine reviewees, some without self, manager or a group, some seen by one group only."""
    random = np.random.default_rng(seed)
    alone = random.random() < 0.3
    answers: dict[str, dict[str, list[int]]] = {}
    for number in range(int(random.integers(5, 10))):
        sizes = {
            "self": int(random.random() < 0.85),
            "manager": int(random.random() < 0.8),
            "peer": int(random.integers(0, 7)),
        }
        sizes |= {
            "report": int(random.integers(0, 7)),
            "customer": int(random.integers(3, 5)) if random.random() < 0.4 else 0,
        }
        if alone and random.random() < 0.8:
            sizes |= {"manager": 0, "report": 0, "customer": 0, "peer": 3 + sizes["peer"]}
        level = random.normal(3.4, 0.6)
        answers[f"v{number}"] = {
            group: [int(np.clip(round(level + random.normal(0, 0.8)), LOW, HIGH)) for _ in range(size)]
            for group, size in sizes.items()
            if size
        }
    return of(answers)


def of(answers: dict[str, dict[str, list[int]]]) -> Programme:
    """Publish a programme."""
    rows = [
        (reviewee, f"{reviewee}{group}{place}", group, "i", COMPETENCY, float(score))
        for reviewee, groups in answers.items()
        for group, scores in groups.items()
        for place, score in enumerate(scores)
    ]
    columns = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"]
    return Programme(answers, decide(pd.DataFrame(rows, columns=columns), Disclosure(), Review360Settings()))


def published(programme: Programme) -> list[Figure]:
    """Return the means that our rules publish; whom each is of is found from the numbers that the rules allow."""
    group = programme.publication.group
    if group is None:
        return []
    cells = {name: group.competency_means.get((COMPETENCY, name)) for name in FIGURES if name != "gap"}
    cells["gap"] = group.gaps.get(COMPETENCY)
    every = members(programme)
    found = []
    for name, cell in cells.items():
        if isinstance(cell, Shown):
            its = every[name] if len(every[name]) == cell.n else every["gap"]
            assert len(its) == cell.n
            found.append(Figure(name, its, *limits(cell)))
    return found


def naive(programme: Programme) -> list[Figure]:
    """Return what a plain rule publishes: each mean of whoever has one, in a programme of five."""
    found = []
    for name, its in members(programme).items():
        if its:
            mean = float(printed(Fraction(str(round(sum(worth(programme, who, name) for who in its) / len(its), 9)))))
            found.append(Figure(name, its, mean - 0.05, mean + 0.05))
    return found


def members(programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return who has each of the figures."""
    have = {
        name: tuple(who for who in programme.answers if programme.value(who, name) is not None)
        for name in FIGURES
        if name != "gap"
    }
    return have | {"gap": tuple(who for who in have["self"] if who in have["others"])}


def worth(programme: Programme, reviewee: str, name: str) -> float:
    """Return a reviewee's value in a figure."""
    if name == "gap":
        return worth(programme, reviewee, "self") - worth(programme, reviewee, "others")
    value = programme.value(reviewee, name)
    assert value is not None
    return value


def limits(cell: Shown) -> tuple[float, float]:
    """Return between what a printed figure lies."""
    if isinstance(cell.value, Band):
        return (4.45, HIGH) if cell.value.end == "high" else (LOW, 1.55)
    return cell.value - 0.05, cell.value + 0.05


def exposed(programme: Programme, figures: list[Figure]) -> list[tuple[str, ...]]:
    """Return the sets of one to four reviewees of whom alone some combination of the unrounded means speaks."""
    columns: dict[tuple[str, str], int] = {}
    for figure in figures:
        for _, group in figure.parts():
            for who in figure.members:
                columns.setdefault(source(programme, who, group), len(columns))
    matrix = np.zeros((len(figures), len(columns)))
    for row, figure in enumerate(figures):
        for sign, group in figure.parts():
            for who in figure.members:
                matrix[row, columns[source(programme, who, group)]] += sign / len(figure.members)
    rank = np.linalg.matrix_rank(matrix) if figures else 0
    owners = np.array([who for who, _ in columns])
    few = [its for size in range(1, 5) for its in combinations(programme.answers, size)]
    return [its for its in few if len(columns) and np.linalg.matrix_rank(matrix[:, ~np.isin(owners, its)]) < rank]


def told_anyway(programme: Programme, figures: list[Figure]) -> list[str]:
    """Return the means that are not printed as numbers and that the printed ones, added and subtracted, give all the same.

    Where self or the others are of a few more than the gap, they are of those who are in the gap, printed or not.
    """
    every, few = members(programme), 5
    both = every["gap"]
    whose = {
        name: both if name in ("self", "others") and few <= len(both) and len(its) - len(both) < few else its
        for name, its in every.items()
    }
    numbers = [figure for figure in figures if abs(figure.high - figure.low - 0.1) < 1e-9]
    withheld = [
        Figure(name, its, 0, 0)
        for name, its in whose.items()
        if its and name not in {figure.name for figure in numbers}
    ]
    rows = {figure: _sums(programme, figure) for figure in (*numbers, *withheld)}
    places = sorted({place for row in rows.values() for place in row})
    matrix = [[rows[figure].get(place, 0) for place in places] for figure in numbers]
    rank = np.linalg.matrix_rank(np.array(matrix)) if matrix else 0
    return [
        figure.name
        for figure in withheld
        if np.linalg.matrix_rank(np.array([*matrix, [rows[figure].get(place, 0) for place in places]])) == rank
    ]


def _sums(programme: Programme, figure: Figure) -> dict[tuple[str, str], int]:
    """Return which means of single reviewees a figure adds up, and with which sign."""
    found: dict[tuple[str, str], int] = {}
    for sign, group in figure.parts():
        for who in figure.members:
            key = source(programme, who, group)
            found[key] = found.get(key, 0) + sign
    return found


def source(programme: Programme, reviewee: str, group: str) -> tuple[str, str]:
    """Return whose answers a mean is of: the others' of somebody whom one group only rated are that group's."""
    groups = [name for name in programme.answers[reviewee] if name != "self"]
    return reviewee, groups[0] if group == "others" and len(groups) == 1 else group


def left_open(
    programme: Programme, figures: list[Figure], missing: tuple[str, ...], exact: bool
) -> dict[tuple[str, str], float]:
    """Return how wide a range of each mean of the missing reviewees agrees with the figures and the reports at hand.

    Parameters
    ----------
    missing
        Reviewees whose report the reader does not hold.
    exact
        Whether he knows the means of the others unrounded, or as they are printed.
    """
    unknown = [
        (who, group)
        for who in programme.answers
        for group in FIGURES
        if group != "gap" and programme.value(who, group) is not None
    ]
    place = {key: number for number, key in enumerate(unknown)}
    bounds = [_possible(programme, *key, key[0] in missing, exact) for key in unknown]
    rows, most = [], []
    for figure in figures:
        row = np.zeros(len(unknown))
        for sign, group in figure.parts():
            for who in figure.members:
                row[place[who, group]] += sign / len(figure.members)
        rows += [row, -row]
        most += [figure.high, -figure.low]
    same = []
    for who in missing:
        sizes = {group: len(scores) for group, scores in programme.answers[who].items() if group != "self"}
        known = [group for group in (*sizes, "others") if (who, group) in place and not programme.is_band(who, group)]
        if sizes and len(known) == len(sizes) + 1:
            row = np.zeros(len(unknown))
            row[place[who, "others"]] = -1
            for group, size in sizes.items():
                row[place[who, group]] += size / sum(sizes.values())
            same.append(row)
    widths = {}
    for who, group in unknown:
        if who in missing and not programme.is_band(who, group):
            ends = []
            for sign in (1, -1):
                goal = np.zeros(len(unknown))
                goal[place[who, group]] = sign
                end = linprog(
                    goal, A_ub=np.array(rows) if rows else None, b_ub=np.array(most) + 1e-9 if rows else None,
                    A_eq=np.array(same) if same else None, b_eq=np.zeros(len(same)) if same else None, bounds=bounds,
                )  # fmt: skip
                assert end.success, end.message
                ends.append(end.fun)
            widths[who, group] = -ends[1] - ends[0]
    return widths


def _possible(programme: Programme, who: str, group: str, missing: bool, exact: bool) -> tuple[float, float]:
    """Return what a reader knows of a reviewee's mean from the reports: of a missing one, that it is a number or a band."""
    value = worth(programme, who, group)
    if programme.is_band(who, group):
        return value, value
    if not missing:
        return (
            (value, value)
            if exact
            else (printed(Fraction(str(round(value, 9)))) - 0.05, printed(Fraction(str(round(value, 9)))) + 0.05)
        )
    return INNER if is_protected(programme, who, group) else (LOW, HIGH)


def is_protected(programme: Programme, who: str, group: str) -> bool:
    """Tell whether protected raters are in a reviewee's mean."""
    return any(name in programme.answers[who] and group in (name, "others") for name in PROTECTED)


def agreeing(programme: Programme, figure: Figure, spread: Spread, who: str) -> float:
    """Return for how many scale points of a reviewee's mean both mean and deviation would print the same, others known."""
    others = np.array([worth(programme, name, figure.name) for name in figure.members if name != who])
    grid = np.arange(-2, 8, 0.002)
    means = (others.sum() + grid) / (len(others) + 1)
    squares = (others**2).sum() + grid**2 - (len(others) + 1) * means**2
    deviations = np.sqrt(np.maximum(squares, 0) / len(others))
    low = spread.low - 0.05 if spread.low else -1
    high = np.inf if spread.high is None else spread.high + 0.05
    agrees = (means >= figure.low) & (means < figure.high) & (deviations >= low) & (deviations < high)
    return float(agrees.sum() * 0.002)
