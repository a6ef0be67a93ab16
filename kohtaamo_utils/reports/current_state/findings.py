"""What stands out: categories of customers' answers and elements, each with the evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.reports.catalogue import CSAT, ELEMENT_LABELS, HEARD, NPS
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.differences import category_label, dimension_label
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.phrases import detail

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.importance import Placed
    from kohtaamo_utils.reports.survey import Survey

WIDTH = 4.0
"""Points between the ends of an element's scale."""


@dataclass(frozen=True)
class Finding:
    """What stands out, with the measure in which it does so most.

    Parameters
    ----------
    name, dimension
        What it is, and of which kind, as the reader sees them.
    evidence
        What it rests on, in words.
    size
        Distance from what it is compared with, as a share of the scale; negative for a weakness.
    key
        Dimension and category in the data.
    element
        The element, where the finding is one.
    """

    name: str
    dimension: str
    evidence: str
    size: float
    key: tuple[str, str]
    element: str | None = None


def compared(survey: Survey) -> dict[str, list[Compared]]:
    """Return every shown category of every dimension in every measure, compared with the others."""
    if "customer" not in survey.groups:
        return {}
    return {
        dimension: [
            item
            for measure in (NPS, CSAT, HEARD)
            if len(its := compare(survey, measure, "customer", dimension)) > 1  # as in the section on differences
            for item in its
        ]
        for dimension in survey.dimensions
        if dimension not in survey.segments
    }


def findings(context: Context, items: dict[str, list[Compared]]) -> list[Finding]:
    """Return the categories that stand out, each in the measure in which it does so most, the best first.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    items
        Dimension to its categories, compared.
    """
    strongest: dict[tuple[str, str], Finding] = {}
    for dimension, of_dimension in items.items():
        for item in of_dimension:
            if item.differs:
                finding = _finding(context, dimension, item)
                if finding.key not in strongest or abs(finding.size) > abs(strongest[finding.key].size):
                    strongest[finding.key] = finding
    return sorted(strongest.values(), key=lambda finding: (-finding.size, finding.dimension, finding.name))


def _finding(context: Context, dimension: str, item: Compared) -> Finding:
    measure = item.cell.measure
    width = measure.limits[1] - measure.limits[0]
    estimate = item.cell.estimate
    rest = item.comparison.rest if item.comparison else None
    evidence = context.t(
        "{measure} {value} ({detail}); all the others {rest}.",
        measure=short(context, measure),
        value=context.f.in_unit(estimate.value, estimate.unit),
        detail=detail(context, estimate),
        rest=context.f.in_unit(rest.value if rest else None, estimate.unit),
    )
    category = str(item.cell.category)
    return Finding(
        category_label(context, dimension, category),
        dimension_label(context, dimension),
        evidence,
        item.gap / width,
        (dimension, category),
    )


def element_findings(context: Context, placed: tuple[Placed, ...]) -> list[Finding]:
    """Return the elements that are important and certainly strong or weak, the largest share first.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    placed
        Where each element lies in the picture of importance and performance.
    """
    return [_element(context, its) for its in placed if its.important and its.strong is not None]


def _element(context: Context, its: Placed) -> Finding:
    t, f = context.t, context.f
    evidence = t(
        "Mean {mean} ({detail}), the elements on average {line}; share of what the elements explain {share} ({interval}).",
        mean=f.number(its.mean.value, 2),
        detail=detail(context, its.mean),
        line=f.number(its.mean_line, 2),
        share=f.percent(its.share.value),
        interval=f.interval(its.share),
    )
    size = ((its.mean.value or its.mean_line) - its.mean_line) / WIDTH
    return Finding(t(ELEMENT_LABELS[its.element]), t("Element"), evidence, size, ("element", its.element), its.element)
