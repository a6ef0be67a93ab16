"""A reader who holds every file of a programme tries to learn what one or two raters answered.

What he reads of the files is written in `file_reader`, what he knows besides in `file_system`. He attacks in two ways:

- `by_algebra`: some sum of the printed numbers speaks of fewer raters than the threshold, whatever its weights;
- `by_programming`: all answers on the scale that agree with the files give a set of fewer raters one mean on an item or a
  competency: by linear programming, and where its ends do not meet, by programming in whole numbers;

What is not linear (agreement, reliability, distributions) and what the rules themselves give away by what they hide is told
apart by two invariants, which test_disclosure_files.py holds against whole files and publications: raters of a group can
change their answers among themselves and the files stay the same, letter by letter; and answers with the same means in
every group are decided on in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from file_pages import LANGUAGE, Press, files
from file_reader import Words, facts_of
from file_solvers import Program, told_by_algebra
from file_system import blocks_of, reviews_of
from file_targets import Targets

from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from file_programmes import Programme


@dataclass(frozen=True)
class Hit:
    """What was found out: how, of whom, and on which question."""

    how: str
    whose: tuple[object, ...]
    question: str


class Attack:
    """One programme, published, and what the reader has of it.

    Parameters
    ----------
    programme
        The programme; it is published by the rules as they are now, patched or not.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.press = Press(programme)
        self.reports = self.press.reports(programme.answers)
        words = Words(Wording(LANGUAGE), programme.review.scale)
        self.facts = {key: facts_of(file, words) for key, file in files(self.reports).items()}
        self.reviews = reviews_of(programme, self.facts)
        self.blocks = blocks_of(programme, self.facts)

    def by_algebra(self) -> list[Hit]:
        """Return the sets that some combination of printed numbers speaks of."""
        return [
            Hit("algebra", whose, block.answers[0][1])
            for block in self.blocks
            for whose in told_by_algebra(block, self.programme.minimum)
        ]

    def by_programming(self) -> Iterator[Hit]:
        """Yield the means that have one value in all answers that agree with the facts."""
        for block in self.blocks:
            targets = Targets(self.programme, block)
            targets.clear_by_moves()
            program = Program(block, targets.truth, self.programme.review.scale)
            for number, question in targets.left():
                weights = targets.sum_of(number, question)
                low, high = program.ends(weights)
                worlds = [] if high - low < 1e-6 else program.whole(weights)
                for world in worlds:
                    targets.clear(world)
                if targets.open[number, question]:
                    how = "whole numbers" if worlds else "linear programming"
                    yield Hit(how, targets.sets[number], targets.questions[question])


def attack(programme: Programme) -> list[Hit]:
    """Attack by algebra, and where that finds nobody, by programming."""
    its = Attack(programme)
    return its.by_algebra() or list(its.by_programming())
