"""Strengths and development areas, each with the evidence that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.drivers import drivers
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import CSAT, ELEMENT_LABELS, ELEMENT_MEASURES, HEARD, NPS
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.differences import category_label, dimension_label
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.phrases import detail
from kohtaamo_utils.tables import ELEMENTS

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

MOST = 5
"""Longest list of strengths or development areas; the tables hold the rest."""


@dataclass(frozen=True)
class Finding:
    """A category that stands out, with the measure in which it stands out most."""

    name: str
    dimension: str
    evidence: str
    size: float


def priorities(context: Context, survey: Survey) -> Section:
    """Make the lists of strengths and development areas, and what goes with satisfaction."""
    t = context.t
    items = _compared(survey)
    found = _findings(context, items)
    strengths = [finding for finding in found if finding.size > 0]
    areas = [finding for finding in reversed(found) if finding.size < 0]
    blocks: list[Block] = []
    for title, findings in ((t("Strengths:"), strengths), (t("Development areas:"), areas)):
        if findings:
            blocks.append(Paragraph(title))
            blocks.append(Bullets(tuple((f"{f.dimension}: {f.name}.", f.evidence) for f in findings[:MOST])))
    if found:
        blocks.append(
            Paragraph(
                t(
                    "Both lists compare the organisation's own touchpoints, units, channels and phases with one another. They tell nothing of other organisations."
                )
            )
        )
    if not found and any(item.comparison for of_dimension in items.values() for item in of_dimension):
        blocks.append(
            Callout(
                t(
                    "No touchpoint, unit, channel or phase stands out of chance variation, so none is named a strength or a development area."
                )
            )
        )
    blocks_drivers, figures = _drivers(context, survey)
    return Section("priorities", (*blocks, *blocks_drivers), tuple(figures), tuple(survey.hidden))


def _compared(survey: Survey) -> dict[str, list[Compared]]:
    """Return every shown category of every dimension in every measure, compared with the others."""
    if "customer" not in survey.groups:
        return {}
    return {
        dimension: [item for measure in (NPS, CSAT, HEARD) for item in compare(survey, measure, "customer", dimension)]
        for dimension in survey.dimensions
        if dimension not in survey.segments
    }


def _findings(context: Context, items: dict[str, list[Compared]]) -> list[Finding]:
    """Return the categories that stand out, each in the measure in which it does so most, the best first."""
    strongest: dict[tuple[str, str], Finding] = {}
    for dimension, compared in items.items():
        for item in compared:
            if item.differs:
                finding, key = _finding(context, dimension, item), (dimension, str(item.cell.category))
                if key not in strongest or abs(finding.size) > abs(strongest[key].size):
                    strongest[key] = finding
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
    return Finding(
        category_label(context, dimension, str(item.cell.category)),
        dimension_label(context, dimension),
        evidence,
        item.gap / width,
    )


def _drivers(context: Context, survey: Survey) -> tuple[list[Block], list[Figure]]:
    """Return which elements go with satisfaction, where enough customers answered them all."""
    rows = survey.rows("customer")
    if "csat" not in rows.columns or any(element not in rows.columns for element in ELEMENTS):
        return [], []
    found = drivers(rows, rows["csat"], ELEMENTS)
    if found is None:
        return [], []
    t = context.t
    scope = {"respondent_group": "customer", "outcome": "csat"}
    figures = [Figure("driver_r2", scope, Estimate(value=found.r2, n=found.n, unit="share", method="ols"))]
    ordered = sorted(found.shares.items(), key=lambda pair: -pair[1])
    figures += [
        Figure("driver_share", {**scope, "element": name}, Estimate(value=value, n=found.n, unit="share", method="lmg"))
        for name, value in ordered
    ]
    means = {measure.columns[0]: survey.whole(measure, "customer") for measure in ELEMENT_MEASURES}
    table = Table(
        caption=t("Which elements go with satisfaction?"),
        columns=(t("Element"), t("Share of the explained variation"), t("Direction"), t("Mean, scale 1–5")),
        rows=tuple(_driver_row(context, name, value, found.signs[name], means[name]) for name, value in ordered),
        numeric=frozenset({1, 3}),
        note=t(
            "The elements together explain {r2} of the variation of satisfaction (n = {n}; LMG decomposition). Going together is not an effect: the table tells where to look, not what a change would bring.",
            r2=context.f.percent(found.r2),
            n=context.f.integer(found.n),
        ),
    )
    return [table], figures


def _driver_row(context: Context, name: str, share: float, sign: int, mean: Estimate | None) -> tuple[str, ...]:
    direction = (
        context.t("higher with higher satisfaction") if sign >= 0 else context.t("lower with higher satisfaction")
    )
    return (
        context.t(ELEMENT_LABELS[name]),
        context.f.percent(share),
        direction,
        context.f.number(mean.value if mean else None, 2),
    )
