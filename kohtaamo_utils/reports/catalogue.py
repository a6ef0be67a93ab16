"""The survey measures: how each is computed, what it is called, and what it does not tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.means import all_of, mean
from kohtaamo_utils.measures.nps import nps
from kohtaamo_utils.measures.proportions import top_two
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.tables import COMPETENCIES, ELEMENTS, HEARD_ITEMS

Estimator = Callable[[pd.Series, pd.Series | None], Estimate]


@dataclass(frozen=True)
class Measure:
    """One survey measure.

    Parameters
    ----------
    figure
        Name in ``results.json``.
    columns
        Canonical columns that it is made of; of several, the row's mean where all were answered.
    label, axis
        Name for a reader, and the text of a chart's axis (message ids).
    caveat
        What the measure does not tell (message id).
    estimator
        From answers to an estimate.
    kind
        How two groups are compared.
    limits
        Ends of the measure's scale.
    scope
        What its figures carry in their scope besides the group.
    better
        Which way is improvement.
    favourable
        Answers that a share counts; of no use where the measure is none.
    """

    figure: str
    columns: tuple[str, ...]
    label: str
    axis: str
    caveat: str
    estimator: Estimator
    kind: Literal["nps", "share", "mean"]
    limits: tuple[float, float]
    scope: dict[str, str] = field(default_factory=dict)
    better: Literal["higher", "lower"] = "higher"
    favourable: tuple[int, ...] = (4, 5)

    @property
    def sign(self) -> int:
        """1 where a larger number is better, -1 where it is worse."""
        return 1 if self.better == "higher" else -1

    def estimate(self, answers: pd.Series, weights: pd.Series | None = None) -> Estimate:
        """Return the estimate of some answers; its interval is `bounded`."""
        return self.bounded(self.estimator(answers, weights))

    def bounded(self, found: Estimate) -> Estimate:
        """Return an estimate of the measure with the limits of its interval on the measure's scale.

        A mean of answers that are all alike has none: t's would be of no width, as if the mean were certain.
        """
        if found.low is None or found.high is None:
            return found
        if self.kind == "mean" and found.low == found.high:
            return replace(found, low=None, high=None, method="none")
        return replace(found, low=max(found.low, self.limits[0]), high=min(found.high, self.limits[1]))

    def answers(self, frame: pd.DataFrame) -> pd.Series:
        """Return the valid answers' series of a survey frame; all missing where a column is not there."""
        if any(column not in frame.columns for column in self.columns):
            return pd.Series(float("nan"), index=frame.index, dtype="float64")
        if len(self.columns) == 1:
            return frame[self.columns[0]]
        return all_of(frame[list(self.columns)])

    def values(self, answers: pd.Series) -> pd.Series:
        """Return answers as two groups of them are compared: those of a share as 1 (favourable) and 0."""
        if self.kind != "share":
            return answers
        return answers.isin(self.favourable).astype("float64").where(answers.notna())


ELEMENT_LABELS = {
    "listening": N_("Active listening"),
    "expertise": N_("Conveying expertise"),
    "value": N_("Creating value"),
    "trust": N_("Building trust"),
    "solution": N_("Solution focus"),
    "heard": N_("Being heard"),
    "understood": N_("Being understood"),
    "valued": N_("Being valued"),
    "presence": N_("Presence"),
    "empathy": N_("Empathy"),
    "leading": N_("Leading encounters"),
}
GROUP_LABELS = {
    "customer": N_("Customers"),
    "employee": N_("Employees"),
    "supervisor": N_("Supervisors"),
    "management": N_("Management"),
}
DIMENSION_LABELS = {
    "touchpoint": N_("Touchpoint"),
    "channel": N_("Channel"),
    "phase": N_("Phase"),
    "unit": N_("Unit"),
    "month": N_("Month"),
    "segment": N_("Segment"),
}
PHASE_LABELS = {"before": N_("Before"), "during": N_("During"), "after": N_("After")}


def _satisfied(scores: pd.Series, weights: pd.Series | None) -> Estimate:
    return top_two(scores, weights=weights)


EASY, LITTLE_EFFORT = (5, 6, 7), (1, 2)
"""Answers that call an encounter easy: CES 2.0 asks for agreement, 1–7; the older CES for effort, 1–5."""


def _found_easy(scores: pd.Series, weights: pd.Series | None) -> Estimate:
    return top_two(scores, EASY, weights)


def _little_effort(scores: pd.Series, weights: pd.Series | None) -> Estimate:
    return top_two(scores, LITTLE_EFFORT, weights)


NPS = Measure(
    "nps",
    ("nps",),
    N_("Net Promoter Score (NPS)"),
    N_("NPS, points (−100…+100)"),
    N_("Does not tell why somebody recommends or not."),
    nps,
    "nps",
    (-100, 100),
)
ENPS = Measure(
    "enps",
    ("enps",),
    N_("Employee Net Promoter Score (eNPS)"),
    N_("eNPS, points (−100…+100)"),
    N_("Does not tell what makes the work good or bad."),
    nps,
    "nps",
    (-100, 100),
)
CSAT = Measure(
    "csat",
    ("csat",),
    N_("Satisfaction (CSAT), share of 4–5"),
    N_("Share of satisfied"),
    N_("Tells of one encounter, not of lasting loyalty."),
    _satisfied,
    "share",
    (0, 1),
)
CSAT_MEAN = Measure(
    "csat_mean",
    ("csat",),
    N_("Satisfaction (CSAT), mean"),
    N_("Mean, scale 1–5"),
    N_("Tells of one encounter, not of lasting loyalty."),
    mean,
    "mean",
    (1, 5),
)
CES = Measure(
    "ces",
    ("ces",),
    N_("Ease of dealing (CES)"),
    N_("Mean, scale 1–7"),
    N_("Does not tell how the encounter felt."),
    mean,
    "mean",
    (1, 7),
)
OLDER_SCALE = {"ces_version": "1.0"}
"""What a figure on the older scale of effort carries in its scope, so that nobody takes it for one of ease."""
CES_SHARE = Measure(
    "ces_share",
    ("ces",),
    N_("Ease of dealing (CES), share of 5–7"),
    N_("Share of those who found it easy"),
    N_("Does not tell how the encounter felt."),
    _found_easy,
    "share",
    (0, 1),
    favourable=EASY,
)
CES_EFFORT = Measure(
    "ces",
    ("ces",),
    N_("Effort of dealing (CES 1.0)"),
    N_("Mean, scale 1–5; a smaller number is better"),
    N_("A smaller number is better: 1 is very little effort. Does not tell how the encounter felt."),
    mean,
    "mean",
    (1, 5),
    OLDER_SCALE,
    better="lower",
)
CES_EFFORT_SHARE = Measure(
    "ces_share",
    ("ces",),
    N_("Effort of dealing (CES 1.0), share of 1–2"),
    N_("Share of those who found it little effort"),
    N_("Does not tell how the encounter felt."),
    _little_effort,
    "share",
    (0, 1),
    OLDER_SCALE,
    favourable=LITTLE_EFFORT,
)
OLDER = {measure.figure: measure for measure in (CES_EFFORT, CES_EFFORT_SHARE)}
"""What stands for the measures of ease where the client asked the older question, on effort."""
HEARD = Measure(
    "heard_index",
    HEARD_ITEMS,
    N_("Heard, understood, valued"),
    N_("Mean, scale 1–5"),
    N_("Tells how it felt, not whether the matter was solved."),
    mean,
    "mean",
    (1, 5),
)


def element(name: str) -> Measure:
    """Return the measure of one element or of one of heard, understood, valued.

    Examples
    --------
    >>> element("trust").scope
    {'element': 'trust'}
    """
    return Measure(
        "element_mean",
        (name,),
        ELEMENT_LABELS[name],
        N_("Mean, scale 1–5"),
        N_("Tells how it was felt; the same deed may be felt in different ways."),
        mean,
        "mean",
        (1, 5),
        {"element": name},
    )


ELEMENT_MEASURES = tuple(element(name) for name in ELEMENTS)
HEARD_MEASURES = tuple(element(name) for name in HEARD_ITEMS)
HEADLINE_MEASURES = (NPS, CSAT, CES, HEARD, ENPS)
ALL_MEASURES = (NPS, CSAT, CSAT_MEAN, CES, CES_SHARE, HEARD, ENPS, *ELEMENT_MEASURES, *HEARD_MEASURES)
COMPETENCY_LABELS = {name: ELEMENT_LABELS[name] for name in COMPETENCIES}
