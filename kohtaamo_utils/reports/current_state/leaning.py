"""To which side of zero a figure lies: a sentence about it goes as far as the interval does."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.comparisons import benjamini_hochberg
from kohtaamo_utils.presentation.numbers import as_printed
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.current_state.links import ALPHA
from kohtaamo_utils.reports.phrases import first_of, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context


class Leaning(Enum):
    """Above zero, below it, or neither beyond chance."""

    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"


def leaning(figure: Estimate | Difference) -> Leaning | None:
    """Return to which side of zero a figure lies with its whole interval, as it is printed; None where it has no interval.

    Examples
    --------
    >>> from kohtaamo_utils.measures.estimate import Estimate
    >>> [leaning(Estimate(value=10.0, n=30, unit="points", low=low, high=20.0)).name for low in (1.0, 0.4, -1.0)]
    ['UP', 'UNKNOWN', 'UNKNOWN']
    """
    if figure.value is None or figure.low is None or figure.high is None:
        return None
    if as_printed(figure.low, figure.unit) > 0:
        return Leaning.UP
    return Leaning.DOWN if as_printed(figure.high, figure.unit) < 0 else Leaning.UNKNOWN


TESTED_TOGETHER = N_(
    "The gaps are tested together, so that several do not stand out by chance alone (Benjamini–Hochberg); the printed intervals are not adjusted for this."
)
"""What a table of gaps tells of how they were judged."""


NONE_STANDS_OUT = N_("Of the gaps that could be tested none stands out from chance variation.")
"""What is told where none stands out among those that could be tested, and others could not."""


def told(context: Context, sentences: Sequence[str], rows: Sequence[tuple[Measure, Difference]], none: str) -> str:
    """Return what is told of gaps: the sentences on those that stand out, or that none does, and of which it cannot be said.

    Parameters
    ----------
    context
        The reader's language.
    sentences
        On the gaps that stand out from chance, translated; none where none does.
    rows
        Elements and their gaps; one without an interval could not be tested.
    none
        What is told where all could be tested and none stands out.
    """
    untested = [context.t(measure.label).lower() for measure, gap in rows if leaning(gap) is None]
    found = [*sentences] or [context.t(NONE_STANDS_OUT if untested else none)]
    if untested:
        names = listed(context, untested)
        found.append(context.t("Of these it cannot be told whether the gap stands out: {names}.", names=names))
    return " ".join(found)


def leanings(gaps: Sequence[Difference]) -> list[Leaning | None]:
    """Return to which side of zero each of several gaps lies; chance is controlled over all of them (Benjamini–Hochberg).

    Examples
    --------
    >>> from kohtaamo_utils.measures.differences import Difference
    >>> def gap(p):
    ...     return Difference(value=0.4, low=0.01, high=0.8, p=p, unit="scale", method="welch", n1=30, n2=30)
    >>> [one.name for one in leanings([gap(0.04)])], [one.name for one in leanings([gap(0.04), gap(0.6)])]
    (['UP'], ['UNKNOWN', 'UNKNOWN'])
    """
    tested = [gap for gap in gaps if leaning(gap) is not None]
    adjusted = benjamini_hochberg([1.0 if gap.p is None else gap.p for gap in tested]) if tested else ()
    sure = {id(gap) for gap, p in zip(tested, adjusted, strict=True) if p <= ALPHA}
    return [found if found is None or id(gap) in sure else Leaning.UNKNOWN for gap in gaps for found in [leaning(gap)]]


def standing_out(context: Context, rows: Sequence[tuple[Measure, Difference]], most: int = 3) -> tuple[str, str]:
    """Return the elements whose gaps lie above zero beyond chance and those below, the widest first; empty where none does.

    Parameters
    ----------
    context
        The reader's language.
    rows
        Elements and their gaps, all that are tested together.
    most
        So many are named; how many more there are is told.
    """
    found = zip(rows, leanings([gap for _, gap in rows]), strict=True)
    ordered = sorted(found, key=lambda pair: -abs(pair[0][1].value or 0.0))
    up, down = (
        [context.t(measure.label).lower() for (measure, _), leans in ordered if leans is side]
        for side in (Leaning.UP, Leaning.DOWN)
    )
    return first_of(context, up, most), first_of(context, down, most)
