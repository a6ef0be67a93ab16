"""Whether a new edition of a 360 review may be released beside the earlier ones.

Between two editions, none or at least the threshold of protected raters must have come, gone or changed an answer: on the
whole, and in every figure against every figure of the same question, since three newcomers may be one in each of three
groups. Beyond pairs, no combination of all figures ever released may speak of fewer, no newcomers' sum may be the largest
or smallest possible (it would tell what each of them answered), and two spreads need a difference of five, as a spread does.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, TypeVar

from kohtaamo_utils.disclosure.linear import exposes_few
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.seen import Figure, Given, Row, Seen, seen_of
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kohtaamo_utils.disclosure.editions import Edition

Why = Literal["raters", "figures", "settings", "spread", "extreme", "comments"]
"""What a second edition would tell.

``raters``: too few raters came, went or changed on the whole. ``figures``: too few in one of the figures, or the figures of
all editions together speak of too few. ``settings``: the same, and no rater is another. ``spread``: an interval or a
distribution of too few. ``extreme``: that the newcomers all gave the highest or the lowest answer. ``comments``: the
comments of too few.
"""
T = TypeVar("T")
_HALF_STEP = Fraction(1, 20)


@dataclass(frozen=True)
class Objection:
    """Why an edition may not be released.

    Parameters
    ----------
    why
        What it would tell.
    minimum
        How many raters it may tell of at least.
    earlier
        Place of the edition, among the earlier ones, beside which it would.
    """

    why: Why
    minimum: int
    earlier: int


def objection(new: Edition, earlier: Sequence[Edition]) -> Objection | None:
    """Return why a new edition may not be released beside the earlier ones of the same reviewee, or None.

    Parameters
    ----------
    new
        The edition that would be released.
    earlier
        All that were released, of whatever wave, from the first to the last.
    """
    *before, now = seen_of([*earlier, new])
    for place, old in reversed(list(enumerate(before))):
        for why, minimum in _between(old, now):
            return Objection(why, minimum, place)
    if before and (minimum := _minimum(*before, now)) and _together(before, now, minimum):
        changed = any(old.sheets == now.sheets for old in before)
        return Objection("settings" if changed else "figures", minimum, len(before) - 1)
    return None


def _minimum(*editions: Seen) -> int:
    """Return the threshold that was promised to some rater."""
    return max(each.edition.minimum for each in editions)


def _between(old: Seen, new: Seen) -> Iterator[tuple[Why, int]]:
    """Yield what two editions beside each other would tell of too few."""
    minimum = _minimum(old, new)
    changed = _changed(old.sheets, new.sheets)
    if 0 < len(changed) < minimum:
        yield "raters", minimum
    fewest = max(old.edition.minimum_comments, new.edition.minimum_comments)
    if _comments_shown(old) and _comments_shown(new) and _few(old.edition.commenters, new.edition.commenters, fewest):
        yield "comments", fewest
    for question in _questions(old, new):
        for one, other in product(old.figures(question), new.figures(question)):
            if _few(one.given, other.given, minimum):
                yield "figures" if changed else "settings", minimum
            of_spread = max(minimum, SPREAD_MINIMUM)
            if one.spread and other.spread and _few(one.given, other.given, of_spread):
                yield "spread", of_spread
        if not _by_item(old, new, question) and _pins(old, new, question):
            yield "extreme", minimum


def _questions(*editions: Seen) -> list[str]:
    every = (question for each in editions for question in each.edition.questions)
    return [f"{kind}:{name}" for kind, name in dict.fromkeys(every)]


def _changed(one: frozenset[tuple[str, T]], other: frozenset[tuple[str, T]]) -> frozenset[str]:
    """Return the raters who are in one only, or with another answer."""
    return frozenset(rater for rater, _ in one ^ other)


def _few(one: frozenset[tuple[str, T]], other: frozenset[tuple[str, T]], minimum: int) -> bool:
    return 0 < len(_changed(one, other)) < minimum


def _comments_shown(seen: Seen) -> bool:
    return len({rater for rater, _ in seen.edition.commenters}) >= seen.edition.minimum_comments


# --- sums at the end of what is possible -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sum:
    """A sum of raters' scores that a reader knows to lie between two limits."""

    given: frozenset[Given]
    low: Fraction
    high: Fraction


def _by_item(old: Seen, new: Seen, question: str) -> bool:
    """Whether a competency's items are printed wherever it is: whole answers then tell more exactly what its mean tells."""
    return question.startswith("c:") and all(
        _numbers(each, question) <= _numbers(each, f"i:{item}")
        for each in (old, new)
        for item in each.edition.items_of(question.removeprefix("c:"))
    )


def _numbers(seen: Seen, question: str) -> set[str]:
    return {figure.group for figure in seen.figures(question) if figure.is_number}


def _pins(old: Seen, new: Seen, question: str) -> bool:
    """Whether a difference of two editions may be the largest or smallest possible, or is a mean of which one shows a band."""
    (low, high), unions = new.edition.scale, [_unions(_sums(each, question)) for each in (old, new)]
    bands = {figure.given for each in (old, new) for figure in each.figures(question) if not figure.is_number}
    for one, other in product(*unions):
        if one.given == other.given:
            continue
        come, gone = len(other.given - one.given), len(one.given - other.given)
        if not (come and gone) and one.given ^ other.given in bands:
            return True
        least, most = other.low - one.high, other.high - one.low
        if most >= high * come - low * gone or least <= low * come - high * gone:
            return True
    return False


def _sums(seen: Seen, question: str) -> list[_Sum]:
    """Return the sums that are known: of each group that prints a number, and of the rest by way of the others' mean."""
    figures = {figure.group: figure for figure in seen.figures(question) if figure.is_number}
    others = figures.pop(OTHERS, None)
    whole = question.startswith("i:")
    sums = [_sum(figure.given, _limits(figure, len(figure.given), whole)) for figure in figures.values()]
    if others is not None and seen.edition.others == "raters":
        manager = seen.edition.shown.get((question, MANAGER))
        low, high = _limits(others, others.cell.n, whole)
        if manager is not None and manager.number is not None:
            known = _rounded_sum(manager.number, manager.n, whole)
            low, high = low - known[1], high - known[0]
        rest = others.given.difference(*(one.given for one in sums))
        if rest:
            sums.append(_sum(rest, (low - sum(one.high for one in sums), high - sum(one.low for one in sums))))
    return sums


def _sum(given: frozenset[Given], limits: tuple[Fraction, Fraction]) -> _Sum:
    return _Sum(given, *limits)


def _limits(figure: Figure, n: int, whole: bool) -> tuple[Fraction, Fraction]:
    return _rounded_sum(figure.cell.number or 0, n, whole)


def _rounded_sum(mean: float, n: int, whole: bool) -> tuple[Fraction, Fraction]:
    """Return the limits of a sum whose mean is printed with one decimal; whole where the answers are."""
    middle = Fraction(str(mean))
    low, high = (middle - _HALF_STEP) * n, (middle + _HALF_STEP) * n
    if whole and ceil(low) <= floor(high):
        return Fraction(ceil(low)), Fraction(floor(high))
    return low, high


def _unions(sums: Sequence[_Sum]) -> list[_Sum]:
    """Return every sum over some of the groups: their differences bound what moves between groups."""
    chosen = chain.from_iterable(combinations(sums, size) for size in range(1, len(sums) + 1))
    return [
        _Sum(
            frozenset[Given]().union(*(one.given for one in some)),
            sum((one.low for one in some), Fraction(0)),
            sum((one.high for one in some), Fraction(0)),
        )
        for some in chosen
    ]


# --- all figures of all editions together ------------------------------------------------------------------------------


def _together(before: Sequence[Seen], now: Seen, minimum: int) -> bool:
    """Whether some combination of everything that was printed speaks of too few."""
    for questions in _blocks(*before, now):
        rows = [
            [each.row(q, f.group) for q in questions for f in each.figures(q) if f.is_number] for each in (*before, now)
        ]
        if _expose(rows, minimum):
            return True
        for question in questions:
            sets = [[_set_row(figure) for figure in each.figures(question) if figure.spread] for each in (*before, now)]
            if _expose(sets, max(minimum, SPREAD_MINIMUM)):
                return True
    return False


def _blocks(*editions: Seen) -> list[list[str]]:
    """Return questions whose figures have answers in common: a competency with its items, or an item alone."""
    blocks: dict[str, dict[str, None]] = {}
    for each in editions:
        for item, competency in each.edition.catalogue.items():
            block = blocks.setdefault(f"i:{item}" if competency is None else f"c:{competency}", {})
            block |= {f"i:{item}": None} if competency is None else {f"c:{competency}": None, f"i:{item}": None}
    return [list(block) for block in blocks.values()]


def _set_row(figure: Figure) -> Row:
    return {(rater, 0, "", str(sorted(answers))): Fraction(1) for rater, answers in figure.given}


def _expose(rows: Sequence[Sequence[Row]], minimum: int) -> bool:
    """Whether the last edition's rows with the earlier ones' tell more of too few than any edition alone."""
    earlier, last = _distinct(chain.from_iterable(rows[:-1])), _distinct(rows[-1])
    shared = {answer for row in earlier for answer in row} & {answer for row in last for answer in row}
    if not shared or all(row in earlier for row in last):
        return False
    answers = sorted({answer for row in (*earlier, *last) for answer in row})

    def dense(some: Iterable[Row]) -> list[list[Fraction]]:
        return [[row.get(answer, Fraction(0)) for answer in answers] for row in some]

    return exposes_few(
        dense(_distinct([*earlier, *last])),
        [rater for rater, *_ in answers],
        minimum,
        [dense(part) for part in (earlier, last) if part],
    )


def _distinct(rows: Iterable[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if row and row not in kept:
            kept.append(row)
    return kept
