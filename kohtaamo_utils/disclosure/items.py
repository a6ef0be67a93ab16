"""What may be published of a competency's items, given what is published of the competency.

A group shows all of a competency's items or none: one that is missing could be computed from the rest and the
competency's mean. For the same reason a group whose competency mean is a number shows no items when one of them would
have to be a band, and a group with gaps in its answers shows them only when the gaps give nobody away.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import printed
from kohtaamo_utils.disclosure.derived import Answer, near_an_end
from kohtaamo_utils.disclosure.exchange import Table, leaves_bands_open
from kohtaamo_utils.disclosure.linear import exposes_few
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS
from kohtaamo_utils.disclosure.publication import Cell, Hidden, Reason, Shown
from kohtaamo_utils.disclosure.question import Part, Rules, is_number, parts_of, shown
from kohtaamo_utils.measures.ratings import SELF, ReviewScores, Sheet, others_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ItemCells = dict[tuple[str, str], Cell]


def decide_items(
    scores: ReviewScores, competency: str, cells: Mapping[str, Cell], display: Callable[[str], str], rules: Rules
) -> ItemCells:
    """Decide what is published of a competency's items.

    Parameters
    ----------
    scores
        The reviewee's scores.
    competency
        Whose items.
    cells
        What is published of the competency, by group (`kohtaamo_utils.disclosure.question.decide_question`).
    display
        The name under which a rater group is shown.
    rules
        The threshold, the scale, and what the mean of the others is.

    Returns
    -------
    dict
        By (item, group), ``others`` included; groups without answers to an item are absent there.
    """
    return _Items(scores, competency, cells, display, rules).decide()


class _Items:
    """A competency's items, by item and group as shown."""

    def __init__(
        self,
        scores: ReviewScores,
        competency: str,
        cells: Mapping[str, Cell],
        display: Callable[[str], str],
        rules: Rules,
    ) -> None:
        self.cells, self.rules, self.display = cells, rules, display
        self.items = scores.items_of(competency)
        self.parts = {item: parts_of(scores.item_scores(item), display) for item in self.items}
        self.sheets = [sheet for sheet in scores.sheets if any(item in sheet.answers for item in self.items)]
        self.scored = {(score.group, score.rater_id) for score in scores.competency_scores(competency)}
        self.groups = list(dict.fromkeys(name for sheet in self.sheets for name in [display(sheet.group)]))

    def decide(self) -> ItemCells:
        known = [name for name in self.groups if name in (SELF, MANAGER)]
        protected = [name for name in self.groups if name not in known]
        decided: ItemCells = {}
        for name in known:
            decided |= self._each(name, _plain)
        verdicts = {name: self._verdict(name) for name in protected}
        for name, reason in verdicts.items():
            decided |= self._each(name, self._published if reason is None else _hide(reason))
        return decided | self._others(verdicts)

    def _each(self, name: str, cell: Callable[[Part], Cell]) -> ItemCells:
        return {(item, name): cell(self.parts[item][name]) for item in self.items if name in self.parts[item]}

    def _published(self, part: Part) -> Cell:
        return shown(part, self.rules.scale)

    def _verdict(self, name: str) -> Reason | None:
        """Return why a protected group's items are hidden, or None."""
        cell = self.cells.get(name)
        if isinstance(cell, Hidden):
            return cell.reason
        enough = all(len(self._people(item, name)) >= self.rules.minimum for item in self.items)
        if cell is None or not enough:
            return "item_coverage"
        zones = {self.rules.scale.zone(self.parts[item][name].mean) for item in self.items}
        if cell.number is None:
            return None if len(zones) == 1 and None not in zones else "near_scale_end"
        if zones != {None}:
            return "near_scale_end"
        return self._gaps(name)

    def _people(self, item: str, name: str) -> frozenset[str]:
        part = self.parts[item].get(name)
        return frozenset() if part is None else part.people

    def _gaps(self, name: str) -> Reason | None:
        """Return whether unanswered items, item means and the competency's mean together tell too much."""
        sheets = [sheet for sheet in self.sheets if self.display(sheet.group) == name]
        return self._leak(sheets, {name: sheets})

    def _leak(self, sheets: list[Sheet], rows: Mapping[str, list[Sheet]]) -> Reason | None:
        """Return why the items' means over `sheets` may not stand beside the competency's means over `rows` of them."""
        if all(self._complete(sheet) for sheet in sheets):
            return None
        answers = [(sheet, item) for sheet in sheets for item in self.items if item in sheet.answers]
        matrix = [[Fraction(asked == item) for _, asked in answers] for item in self.items]
        matrix += [[self._weight(sheet) * (sheet in its) for sheet, _ in answers] for its in rows.values()]
        if exposes_few(matrix, [sheet.rater_id for sheet, _ in answers], self.rules.minimum):
            return "item_coverage"
        row_of = {(sheet.group, sheet.rater_id): row for row, its in rows.items() for sheet in its}
        known = [
            Answer(item, row_of[sheet.group, sheet.rater_id], self._weight(sheet), sheet.answers[item])
            for sheet, item in answers
        ]
        return "near_scale_end" if near_an_end(known, self.rules.scale) else None

    def _complete(self, sheet: Sheet) -> bool:
        return all(item in sheet.answers for item in self.items) and (sheet.group, sheet.rater_id) in self.scored

    def _weight(self, sheet: Sheet) -> Fraction:
        """Return the weight of each of a rater's answers in his competency score."""
        counts = (sheet.group, sheet.rater_id) in self.scored
        return Fraction(counts, sum(item in sheet.answers for item in self.items))

    def _others(self, verdicts: Mapping[str, Reason | None]) -> ItemCells:
        if not verdicts and MANAGER not in self.groups:
            return {}
        if not verdicts:
            return {(item, OTHERS): cell for (item, _), cell in self._each(MANAGER, _plain).items()}
        cell = self.cells.get(OTHERS, Hidden("item_coverage"))
        if not is_number(cell):
            reason: Reason = cell.reason if isinstance(cell, Hidden) else "near_scale_end"
        else:
            left = [name for name in verdicts if verdicts[name] is not None or not is_number(self.cells[name])]
            if not left or self._left_is_safe(left):
                return {(item, OTHERS): self._others_cell(item) for item in self._rated_by_others}
            reason = "complementary"
        return {(item, OTHERS): Hidden(reason) for item in self._rated_by_others}

    @property
    def _rated_by_others(self) -> list[str]:
        return [item for item in self.items if self.parts[item].keys() - {SELF}]

    def _others_cell(self, item: str) -> Cell:
        parts = [part for name, part in self.parts[item].items() if name != SELF]
        weights = others_weights({part.name: part.n for part in parts}, self.rules.others)
        mean = sum((weights[part.name] * part.mean for part in parts), Fraction(0))
        people = frozenset[str]().union(*(part.people for part in parts))
        return shown(Part(OTHERS, people, sum(part.n for part in parts), mean), self.rules.scale)

    def _left_is_safe(self, left: list[str]) -> bool:
        """Whether the others' items, which give the sum of the groups that show none, may stand beside the rest."""
        if self.rules.others == "groups" or any(self._banded(name) for name in left):
            return False
        sheets = [sheet for sheet in self.sheets if self.display(sheet.group) in left]
        if any(len({s.rater_id for s in sheets if item in s.answers}) < self.rules.minimum for item in self.items):
            return False
        # groups whose competency mean is not printed are known together only: they make one row
        row_of = {name: name if is_number(self.cells.get(name)) else "" for name in left}
        rows = {
            row: [s for s in sheets if row_of[self.display(s.group)] == row] for row in sorted(set(row_of.values()))
        }
        return self._leak(sheets, rows) is None and leaves_bands_open(self._table(rows), self.rules.scale)

    def _banded(self, name: str) -> bool:
        cell = self.cells.get(name)
        return isinstance(cell, Shown) and cell.number is None

    def _table(self, rows: Mapping[str, list[Sheet]]) -> Table:
        complete = {row: [sheet for sheet in its if self._complete(sheet)] for row, its in rows.items()}
        gappy = {row: [sheet for sheet in its if not self._complete(sheet)] for row, its in rows.items()}
        return Table(
            sums=tuple(self._sums(its) for its in complete.values()),
            raters=tuple(len(its) for its in complete.values()),
            fixed_sums=tuple(self._sums(its) for its in gappy.values()),
            fixed_raters=tuple(
                tuple(sum(item in sheet.answers for sheet in its) for item in self.items) for its in gappy.values()
            ),
        )

    def _sums(self, sheets: list[Sheet]) -> tuple[Fraction, ...]:
        return tuple(
            sum((sheet.answers[item] for sheet in sheets if item in sheet.answers), Fraction(0)) for item in self.items
        )


def _plain(part: Part) -> Cell:
    return Shown(printed(part.mean), part.n)


def _hide(reason: Reason) -> Callable[[Part], Cell]:
    return lambda _: Hidden(reason)
