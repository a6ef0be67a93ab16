"""The elements of an encounter in the order of customers' scores, and which of them stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, Measure

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.survey import Survey


@dataclass(frozen=True)
class Ranking:
    """The five elements as customers scored them, the highest first; those that may not be shown are left out."""

    elements: tuple[tuple[Measure, Estimate], ...]

    @property
    def best(self) -> tuple[Measure, ...]:
        """The highest element and those whose intervals overlap its own; none where the lowest is among them."""
        top = [(measure, found) for measure, found in self.elements if _overlap(found, self.elements[0][1])]
        return () if len(top) == len(self.elements) else tuple(measure for measure, _ in top)

    @property
    def lowest(self) -> tuple[Measure, ...]:
        """The lowest element and those whose intervals overlap its own but not the highest one's, the lowest first."""
        best = self.best
        low = [measure for measure, found in reversed(self.elements) if _overlap(found, self.elements[-1][1])]
        return tuple(measure for measure in low if measure not in best) if best else ()


def _overlap(one: Estimate, other: Estimate) -> bool:
    if None in (one.low, one.high, other.low, other.high):
        return True
    return (one.low or 0.0) <= (other.high or 0.0) and (other.low or 0.0) <= (one.high or 0.0)


def ranking(survey: Survey) -> Ranking:
    """Return the elements as customers scored them."""
    if "customer" not in survey.groups:
        return Ranking(())
    found = [(measure, survey.whole(measure, "customer")) for measure in ELEMENT_MEASURES]
    shown = [(measure, estimate) for measure, estimate in found if estimate is not None and estimate.value is not None]
    return Ranking(tuple(sorted(shown, key=lambda pair: -(pair[1].value or 0.0))))
