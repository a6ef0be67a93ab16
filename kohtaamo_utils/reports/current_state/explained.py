"""What customers' outcomes are explained by: the drivers of each outcome, decided once for all sections of a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.driver_cases import complete_cases, obstacle
from kohtaamo_utils.measures.driver_intervals import drawn_shares
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES
from kohtaamo_utils.tables import ELEMENTS

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.driver_cases import Obstacle
    from kohtaamo_utils.measures.driver_intervals import DrawnShares
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.survey import Survey

OUTCOMES = {"csat": N_("Satisfaction (CSAT)"), "nps": N_("Recommendation (NPS)")}
"""What may be explained: canonical column to its name, in the order in which one is chosen as the main outcome."""
FEWEST = 2
"""Elements that it takes: a single one would have all of what is explained."""


@dataclass(frozen=True)
class Explained:
    """One outcome and what goes with it.

    Parameters
    ----------
    outcome
        Key of `OUTCOMES`.
    answered
        Customers who answered the outcome.
    complete
        Customers who answered the outcome and all elements.
    drawn
        The drivers with their draws; None where they cannot be told.
    why_not
        What stood in the way; None also where R² is 0.
    unweighted
        The same without weights, where customers are weighted and both may be told.
    """

    outcome: str
    answered: int
    complete: int
    drawn: DrawnShares | None
    why_not: Obstacle | None = None
    unweighted: DrawnShares | None = None

    @property
    def told(self) -> DrawnShares | None:
        """The drivers where they go with the outcome beyond chance: only then do their shares tell anything."""
        return self.drawn if self.drawn is not None and self.drawn.found.beyond_chance else None


@dataclass(frozen=True)
class Explanations:
    """What could be explained of what customers answered.

    Parameters
    ----------
    elements
        Elements that enough customers were asked about.
    outcomes
        Outcomes that enough customers answered, the main one first.
    means
        Customers' mean of each element.
    """

    elements: tuple[str, ...] = ()
    outcomes: tuple[Explained, ...] = ()
    means: dict[str, Estimate] = field(default_factory=dict)

    @property
    def main(self) -> Explained | None:
        """The first outcome whose drivers can be told."""
        return next((its for its in self.outcomes if its.told is not None), None)


def explain(survey: Survey) -> Explanations:
    """Find what goes with customers' satisfaction and recommendation.

    Parameters
    ----------
    survey
        The answers of the period.
    """
    if "customer" not in survey.groups:
        return Explanations()
    wholes = {measure.columns[0]: survey.whole(measure, "customer") for measure in ELEMENT_MEASURES}
    means = {name: mean for name, mean in wholes.items() if mean is not None}
    elements = tuple(name for name in ELEMENTS if name in means)
    rows = survey.rows("customer")
    outcomes = [name for name in OUTCOMES if name in rows.columns and rows[name].notna().sum() >= survey.minimum]
    explained = tuple(_explained(survey, rows, name, elements) for name in outcomes) if len(elements) >= FEWEST else ()
    return Explanations(elements, explained, means)


def _explained(survey: Survey, rows: pd.DataFrame, outcome: str, elements: tuple[str, ...]) -> Explained:
    weights, answered = survey.weights(rows), int(rows[outcome].notna().sum())
    cases = complete_cases(rows, rows[outcome], elements, weights)
    hindrance = obstacle(cases)
    if hindrance is not None:
        return Explained(outcome, answered, cases.n, None, hindrance)
    plain = None
    if weights is not None and "customer" not in survey.raked:
        plain = drawn_shares(complete_cases(rows, rows[outcome], elements))
    return Explained(outcome, answered, cases.n, drawn_shares(cases), None, plain)
