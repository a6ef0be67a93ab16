"""Tools that a development area may try: those of the elements in which it falls behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.instrument.tools import bundled_tools
from kohtaamo_utils.presentation.blocks import Block, Bullets, Fold, Paragraph, Part
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS, ELEMENT_MEASURES
from kohtaamo_utils.reports.compare import compare
from kohtaamo_utils.reports.phrases import listed

if TYPE_CHECKING:
    from kohtaamo_utils.instrument.tools import Tool
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.findings import Finding
    from kohtaamo_utils.reports.survey import Survey

ELEMENTS_EACH, TOOLS_EACH = 2, 2
"""Most elements that an area's tools are chosen by, and most tools that it gets."""
DIMENSIONS = {
    "emotional": N_("emotional, how an encounter feels"),
    "measurable": N_("measurable, what it leads to"),
    "structural": N_("structural, how encounters are arranged"),
}


def proposals(context: Context, survey: Survey, areas: list[Finding]) -> Part | None:
    """Return which tools each development area may try; None where there is no area.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    areas
        The development areas, the weakest first.
    """
    if not areas:
        return None
    t, used, told = context.t, dict[str, "Tool"](), dict[str, list[str]]()
    for area in areas:
        text, tools = _proposed(context, survey, area)
        told.setdefault(text, []).append(f"{area.dimension}: {area.name}")
        used |= {tool.id: tool for tool in tools}
    proposed = Bullets(tuple((f"{'; '.join(names)}.", text) for text, names in told.items()))
    explained = Bullets(tuple(_explained(context, tool) for tool in used.values()))
    whose = Paragraph(t("The tools are proposals. Which of them fits is for those to decide who do the work."))
    blocks: tuple[Block, ...] = (proposed, Fold(t("What are these tools?"), (explained, whose)))
    return Part(t("What could be tried?"), blocks)


def _proposed(context: Context, survey: Survey, area: Finding) -> tuple[str, tuple[Tool, ...]]:
    """Return what an area is told, alike for areas with the same tools and reason, and its tools."""
    t, elements = context.t, weak_elements(survey, area)
    tools = bundled_tools().proposed(elements, TOOLS_EACH)
    names = ", ".join(tool.name.in_language(context.language) for tool in tools)
    if elements and area.element is None:
        labels = listed(context, [t(ELEMENT_LABELS[name]).lower() for name in elements])
        return t("Furthest behind in: {elements}. Tools: {tools}.", elements=labels, tools=names), tools
    if elements:
        return t("Tools: {tools}.", tools=names), tools
    return t("No single element falls behind beyond chance. Tools that suit any area: {tools}.", tools=names), tools


def _explained(context: Context, tool: Tool) -> tuple[str, str]:
    name, what, sign = (text.in_language(context.language) for text in (tool.name, tool.what, tool.sign))
    told = context.t(
        "{what} Sign that it works: {sign} Dimension: {dimension}.",
        what=what,
        sign=sign,
        dimension=context.t(DIMENSIONS[tool.dimension]),
    )
    return f"{name}.", told


def weak_elements(survey: Survey, area: Finding) -> tuple[str, ...]:
    """Return the elements in which an area is weaker than all the others, the widest gap first.

    Parameters
    ----------
    survey
        The answers of the period.
    area
        A development area; one that is an element itself has that element.
    """
    if area.element is not None:
        return (area.element,)
    gaps = []
    for measure in ELEMENT_MEASURES:
        for item in compare(survey, measure, "customer", area.key[0]):
            if item.weaker and str(item.cell.category) == area.key[1]:
                gaps.append((item.gap, measure.columns[0]))  # noqa: PERF401 - two loops and a condition read better so
    return tuple(name for _, name in sorted(gaps)[:ELEMENTS_EACH])
