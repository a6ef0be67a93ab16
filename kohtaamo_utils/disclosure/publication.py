"""What may be published of a 360 review: the frozen record that reports are made from, and nothing else of it.

A publication holds values as they are printed. No hidden value, no rater and no answer is in it, so it may stand in a
notebook, in ``results.json`` and in the release ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Reason = Literal[
    "below_threshold",
    "pooled_elsewhere",
    "complementary",
    "item_coverage",
    "near_scale_end",
    "band",
    "too_few_reviewees",
]
"""Why something is not shown.

``below_threshold``: fewer raters than the minimum. ``pooled_elsewhere``: shown only as a part of a pooled group.
``complementary``: showing it would let a reader compute what is hidden. ``item_coverage``: too few raters answered an
item of the competency, or the gaps in the answers would give somebody away. ``near_scale_end``: with the other figures it
would give a mean near the scale's end more closely than its band. ``band``: it would be computed from a band.
``too_few_reviewees``: the group report has too few reviewees for it.
"""


@dataclass(frozen=True)
class Band:
    """A mean near a scale's end, of which only the nearness is told.

    Parameters
    ----------
    end
        ``high``: `limit` or more. ``low``: `limit` or less.
    limit
        The band's inner limit, half a point from the scale's end.
    """

    end: Literal["low", "high"]
    limit: float


@dataclass(frozen=True)
class Shown:
    """A published figure: its value as printed (one decimal) or its band, and its number of answers."""

    value: float | Band
    n: int

    @property
    def number(self) -> float | None:
        """The printed number; None where a band is printed.

        Examples
        --------
        >>> Shown(3.6, 8).number
        3.6
        >>> Shown(Band("high", 4.5), 3).number is None
        True
        """
        return None if isinstance(self.value, Band) else self.value


@dataclass(frozen=True)
class Spread:
    """A published standard deviation over reviewees: as printed, or between which printed values it lies.

    Parameters
    ----------
    low, high
        Equal for a number; `high` is None for "`low` or more", `low` is 0 for "`high` or less".
    n
        Number of reviewees.
    """

    low: float
    high: float | None
    n: int

    @property
    def number(self) -> float | None:
        """The printed number; None where a class of them is told.

        Examples
        --------
        >>> Spread(0.5, 0.5, 8).number, Spread(0.4, 0.6, 8).number
        (0.5, None)
        """
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Hidden:
    """A figure that exists and is not published."""

    reason: Reason


Cell = Shown | Hidden


@dataclass(frozen=True)
class Decision:
    """One line of the internal log: what was decided, by which rule and why; never a hidden value or count.

    Examples
    --------
    >>> print(Decision("competency_mean", "trust", "peer", "below_threshold", "fewer than 3 raters"))
    competency_mean trust peer: below_threshold (fewer than 3 raters)
    """

    figure: str
    question: str
    group: str
    rule: str
    reason: str

    def __str__(self) -> str:
        what = " ".join(part for part in (self.figure, self.question, self.group) if part)
        return f"{what}: {self.rule} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class ReviewPublication:
    """Everything that may be published of one reviewee's review.

    Parameters
    ----------
    reviewee_id, wave, earlier_waves
        Whose review and which wave; earlier waves were left out ("" stands for rows without a wave).
    minimum_raters
        The threshold that was kept: part of what a ledger must remember.
    groups
        Rater groups as they are shown, in order: ``self``, ``manager``, protected groups or their pools
        (``peer+report``), ``others``.
    raters
        Raters by group: the number, or why it is not told.
    competency_means
        By (competency, rater group).
    item_means
        By (item, rater group).
    gaps
        Self less others by competency; absent without a self rating.
    spread
        (competency, rater group) for which interval, deviation and agreement may be shown.
    item_spread
        (item, rater group) for which the distribution of answers may be shown as well.
    decisions
        Why something is not shown as it is, for internal use.
    """

    reviewee_id: str
    wave: str | None
    earlier_waves: tuple[str, ...]
    minimum_raters: int
    groups: tuple[str, ...]
    raters: Mapping[str, int | Hidden]
    competency_means: Mapping[tuple[str, str], Cell]
    item_means: Mapping[tuple[str, str], Cell]
    gaps: Mapping[str, Cell]
    spread: frozenset[tuple[str, str]]
    item_spread: frozenset[tuple[str, str]]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True)
class GroupPublication:
    """What may be published of a whole programme, computed from what the single reports print.

    Parameters
    ----------
    wave
        The programme's last wave; only reviewees who were reviewed in it count.
    reviewees
        Their number.
    competency_means
        Mean over reviewees by (competency, rater group); `Shown.n` is the number of reviewees in it.
    spreads
        Standard deviation over the same reviewees, for means that are shown.
    gaps
        Mean gap over reviewees by competency.
    banded
        How many reviewees entered a mean by the middle of their band, by (competency, rater group); only those above 0.
    reliability
        (competency, rater group) for which intraclass correlations may be shown: of the others over all reviewees' raters,
        of a protected group over those reviewees whose own report prints its mean.
    consistency
        Competencies for which the items' consistency over all the others may be shown.
    """

    wave: str | None
    reviewees: int
    competency_means: Mapping[tuple[str, str], Cell]
    spreads: Mapping[tuple[str, str], Spread | Hidden]
    gaps: Mapping[str, Cell]
    banded: Mapping[tuple[str, str], int]
    reliability: frozenset[tuple[str, str]]
    consistency: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ProgrammePublication:
    """Everything that may be published of a programme: each reviewee's report and the group's.

    Parameters
    ----------
    reviews
        By reviewee_id.
    group
        The group report; None where there are too few reviewees for one.
    decisions
        Why something of the group report is not shown as it is, for internal use.
    """

    reviews: Mapping[str, ReviewPublication]
    group: GroupPublication | None
    decisions: tuple[Decision, ...]
