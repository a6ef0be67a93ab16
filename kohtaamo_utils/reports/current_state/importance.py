"""Importance against performance: how much an element goes with the outcome, and how good it is now."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Chart, Paragraph, Part, Table
from kohtaamo_utils.presentation.charts import ImportancePoint, importance_svg
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS
from kohtaamo_utils.reports.drawing import drawn, drawn_limits
from kohtaamo_utils.reports.phrases import listed, value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explained, Explanations

PLACES = {
    (True, False): N_("important and weak: develop first"),
    (True, True): N_("important and strong: keep up"),
    (False, False): N_("less important and weak: can wait"),
    (False, True): N_("less important and strong: good as it is"),
}
UNCERTAIN = N_("place not certain")


@dataclass(frozen=True)
class Placed:
    """An element with its mean and its share, and on which side of the dividing lines it lies.

    Parameters
    ----------
    element
        Its name in the data.
    mean, share
        Customers' mean, and its part of what the elements explain.
    mean_line, share_line
        The dividing lines: the mean of the elements' means, and an equal share for each.
    """

    element: str
    mean: Estimate
    share: Estimate
    mean_line: float
    share_line: float

    @property
    def strong(self) -> bool | None:
        """Whether the mean's interval lies above the line; None where the line runs through it."""
        return _side(self.mean, self.mean_line)

    @property
    def important(self) -> bool | None:
        """Whether the share's interval lies above the line; None where the line runs through it."""
        return _side(self.share, self.share_line)

    @property
    def place(self) -> str:
        """What the place in the picture means (message id)."""
        if self.important is None or self.strong is None:
            return UNCERTAIN
        return PLACES[self.important, self.strong]


def _side(estimate: Estimate, line: float) -> bool | None:
    if estimate.low is None or estimate.high is None or estimate.low <= line <= estimate.high:
        return None
    return estimate.low > line


def places(found: Explanations) -> tuple[Placed, ...]:
    """Return where each element lies, the largest share first; empty where no outcome's drivers can be told.

    Parameters
    ----------
    found
        What goes with what.
    """
    drawn = found.main.told if found.main is not None else None
    if drawn is None:
        return ()
    line = fmean(mean.value for name in drawn.names if (mean := found.means[name]).value is not None)
    return tuple(
        Placed(name, found.means[name], drawn.estimate(name), line, 1 / len(drawn.names)) for name in drawn.ranked
    )


def importance(context: Context, main: Explained, placed: tuple[Placed, ...]) -> Part:
    """Return the picture of importance against performance, with what its quarters mean.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    main
        The outcome whose drivers the picture shows.
    placed
        The elements in it.
    """
    t = context.t
    texts = [
        (
            t(ELEMENT_LABELS[p.element]),
            value_with_interval(context, p.mean),
            value_with_interval(context, p.share),
            t(p.place),
        )
        for p in placed
    ]
    table = Table(
        caption=t("Importance and performance of the elements"),
        columns=(t("Element"), t("Mean, scale 1–5"), t("Share of the explained variation"), t("Place in the picture")),
        rows=tuple(texts),
        numeric=frozenset({1, 2}),
    )
    facts = "; ".join(f"{label}: {mean}, {share}, {place}" for label, mean, share, place in texts)
    chart = Chart(
        svg=importance_svg(
            [_point(context, its) for its in placed],
            lines=(drawn(placed[0].mean_line, "scale"), drawn(placed[0].share_line, "share")),
            performance=t("Performance: mean, scale 1–5"),
            importance=t("Importance: share, %"),
            locale=context.f.locale,
            look=context.look,
        ),
        title=_finding(context, placed),
        description=t(
            "Mean and share of the explained variation, in brackets the 95% interval where there is one, and the place: {facts}.",
            facts=facts,
        ),
        table=table,
    )
    lines = t(
        "The dashed lines are the mean of the elements' means, {mean}, and an equal share for each element, {share}. An element gets a place only if neither line runs through its interval. The axis shows only the part of the scale where the means lie.",
        mean=context.f.number(placed[0].mean_line, 2),
        share=context.f.percent(placed[0].share_line),
    )
    blocks: tuple[Block, ...] = (chart, Paragraph(lines))
    titles = {
        "csat": t("Where is there most to win? Importance for satisfaction, and performance"),
        "nps": t("Where is there most to win? Importance for recommendation, and performance"),
    }
    return Part(titles[main.outcome], blocks)


def important_and_weak(context: Context, placed: tuple[Placed, ...]) -> str:
    """Name the elements that are certain to be both important and weak; empty where there are none."""
    weak = [context.t(ELEMENT_LABELS[its.element]).lower() for its in placed if its.important and its.strong is False]
    if not weak:
        return ""
    return context.t("Important, and weaker than the elements on average: {names}.", names=listed(context, weak))


def _finding(context: Context, placed: tuple[Placed, ...]) -> str:
    """Name what is important and weak, and what is important and strong; say so where neither is certain."""
    t, parts = context.t, [important_and_weak(context, placed)]
    strong = [t(ELEMENT_LABELS[its.element]).lower() for its in placed if its.important and its.strong]
    if strong:
        parts.append(t("Important, and stronger than the elements on average: {names}.", names=listed(context, strong)))
    return " ".join(filter(None, parts)) or t(
        "Of no element is it certain that it is both important and weak, or important and strong."
    )


def _point(context: Context, its: Placed) -> ImportancePoint:
    mean, share = its.mean, its.share
    return ImportancePoint(
        label=context.t(ELEMENT_LABELS[its.element]),
        performance=drawn(mean.value or 0.0, mean.unit),
        performance_limits=drawn_limits(mean),
        importance=drawn(share.value or 0.0, share.unit),
        importance_limits=drawn_limits(share),
        stands_out=bool(its.important) and its.strong is False,
    )
