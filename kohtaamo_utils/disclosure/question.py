"""What may be published of one question, a competency or an item on its own: the groups' means and the others' mean.

The mean of the others is an aggregate like any other: less the managers, whom everybody knows, and less the groups that
are printed, it is a mean of the groups that are left. Those must be none or at least the minimum, their mean must not lie
near a scale's end, and what is known of it must not narrow a band that is printed for one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import Scale, printed
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.publication import Cell, Hidden, Reason, Shown
from kohtaamo_utils.measures.ratings import SELF, Others, Score, others_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Rules:
    """The settings that disclosure decisions depend on."""

    minimum: int
    scale: Scale
    others: Others


@dataclass(frozen=True)
class Part:
    """One group's answers to one question, as the group is shown: its raters and their mean."""

    name: str
    people: frozenset[str]
    n: int
    mean: Fraction


def parts_of(scores: Sequence[Score], display: Callable[[str], str]) -> dict[str, Part]:
    """Gather scores by the group that they are shown in; groups without scores are absent."""
    grouped: dict[str, list[Score]] = {}
    for score in scores:
        grouped.setdefault(display(score.group), []).append(score)
    return {
        name: Part(
            name,
            frozenset(score.rater_id for score in its),
            len(its),
            sum((score.value for score in its), Fraction(0)) / len(its),
        )
        for name, its in grouped.items()
    }


def own_cell(part: Part, rules: Rules) -> Cell:
    """Return what a protected group may show when nothing but itself is looked at."""
    if len(part.people) < rules.minimum:
        return Hidden("below_threshold")
    return shown(part, rules.scale)


def shown(part: Part, scale: Scale) -> Shown:
    """Return a mean as printed: a number, or a band near a scale's end."""
    end = scale.zone(part.mean)
    return Shown(printed(part.mean) if end is None else scale.band(end), part.n)


def is_number(cell: Cell | None) -> bool:
    """Tell whether a number is printed: not a band, and not hidden."""
    return isinstance(cell, Shown) and cell.number is not None


def decide_question(parts: Mapping[str, Part], rules: Rules) -> dict[str, Cell]:
    """Decide what is published of one question.

    Self and managers are shown as they are. If the mean of the others cannot stand beside the groups, the smallest
    group that allows it is hidden, since the mean of the others carries the comparison with self; if no single group
    helps, the mean of the others is hidden.

    Parameters
    ----------
    parts
        Answers by group as shown (`parts_of`).
    rules
        The threshold, the scale, and what the mean of the others is.

    Returns
    -------
    dict
        By group and ``others``; groups without answers are absent.
    """
    known = {name: Shown(printed(part.mean), part.n) for name, part in parts.items() if name in (SELF, MANAGER)}
    protected = {name: part for name, part in parts.items() if name not in known}
    if not protected:
        manager = parts.get(MANAGER)
        return {**known, OTHERS: Shown(printed(manager.mean), manager.n)} if manager else dict(known)
    cells = {name: own_cell(part, rules) for name, part in protected.items()}
    return {**known, **_with_others(protected, parts.get(MANAGER), cells, rules)}


def _with_others(
    protected: Mapping[str, Part], manager: Part | None, cells: Mapping[str, Cell], rules: Rules
) -> dict[str, Cell]:
    others = _Others(protected, manager, rules)
    plain = others.cell(cells)
    if isinstance(plain, Shown):
        return {**cells, OTHERS: plain}
    for part in sorted(protected.values(), key=lambda part: (part.n, part.name)):
        if is_number(cells[part.name]):
            without: dict[str, Cell] = {**cells, part.name: Hidden("complementary")}
            cell = others.cell(without)
            if is_number(cell):
                return {**without, OTHERS: cell}
    return {**cells, OTHERS: plain}


class _Others:
    """The mean of the others, judged beside what is printed of the groups."""

    def __init__(self, protected: Mapping[str, Part], manager: Part | None, rules: Rules) -> None:
        everyone = dict(protected) | ({MANAGER: manager} if manager else {})
        self.parts, self.manager, self.rules = protected, manager, rules
        self.n = sum(part.n for part in everyone.values())
        self.weights = others_weights({name: part.n for name, part in everyone.items()}, rules.others)
        self.mean = sum((self.weights[name] * part.mean for name, part in everyone.items()), Fraction(0))

    def cell(self, cells: Mapping[str, Cell]) -> Cell:
        """Return what may be printed of the others when the groups print `cells`."""
        left = [part for name, part in self.parts.items() if not is_number(cells[name])]
        few = len(frozenset[str]().union(*(part.people for part in left))) < self.rules.minimum
        if left and few:
            return Hidden("below_threshold" if len(left) == len(self.parts) else "complementary")
        end = self.rules.scale.zone(self.mean)
        if end is not None:
            return Shown(self.rules.scale.band(end), self.n) if self._band_tells_nothing(left) else _NEAR_END
        return Shown(printed(self.mean), self.n) if self._number_is_safe(left, cells) else _NEAR_END

    def _band_tells_nothing(self, left: Sequence[Part]) -> bool:
        """Whether a band of the others leaves the groups that are left as free as their own bands do."""
        if not left:
            return True
        scale = self.rules.scale
        manager_helps = self.manager is None or scale.zone(self.manager.mean) == scale.zone(self.mean)
        return len(left) == len(self.parts) and manager_helps

    def _number_is_safe(self, left: Sequence[Part], cells: Mapping[str, Cell]) -> bool:
        if not left:
            return True
        if self.rules.others == "groups":
            # whole answers over different group sizes: one sum of means has one solution only
            return False
        weight = sum((self.weights[part.name] for part in left), Fraction(0))
        total = sum((self.weights[part.name] * part.mean for part in left), Fraction(0))
        if self.rules.scale.zone(total / weight) is not None:
            return False
        banded = [part for part in left if isinstance(cells[part.name], Shown)]
        hidden = frozenset[str]().union(*(part.people for part in left if part not in banded))
        if banded and 0 < len(hidden) < self.rules.minimum:
            return False
        return all(self._keeps_its_band(part, left, cells, total) for part in banded)

    def _keeps_its_band(self, part: Part, left: Sequence[Part], cells: Mapping[str, Cell], total: Fraction) -> bool:
        """Whether every mean in the part's band is still possible, given the weighted sum of what is left."""
        low, high = self.rules.scale.bounds(self.rules.scale.zone(part.mean))
        rest = [
            (self.weights[other.name], self._range(other, cells[other.name])) for other in left if other is not part
        ]
        most = sum((weight * bounds[1] for weight, bounds in rest), Fraction(0))
        least = sum((weight * bounds[0] for weight, bounds in rest), Fraction(0))
        weight = self.weights[part.name]
        return total - most <= weight * low and total - least >= weight * high

    def _range(self, part: Part, cell: Cell) -> tuple[Fraction, Fraction]:
        """Return the bounds that a reader who knows these rules has for a mean that is not printed as a number."""
        scale = self.rules.scale
        if cell == Hidden("below_threshold"):
            return Fraction(scale.low), Fraction(scale.high)
        return scale.bounds(scale.zone(part.mean))


_NEAR_END = Hidden("near_scale_end")


def hidden_reason(cell: Cell) -> Reason:
    """Return why a figure that is computed from a cell is not shown: the cell's own reason, or that it is a band."""
    return cell.reason if isinstance(cell, Hidden) else "band"
