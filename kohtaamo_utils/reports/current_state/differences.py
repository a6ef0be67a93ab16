"""Where customers' experience differs: channels, phases, units, segments, with control for many comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.catalogue import CSAT, DIMENSION_LABELS, HEARD, NPS, PHASE_LABELS, Measure
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.phrases import DIFFERS, value_with_interval
from kohtaamo_utils.tables import SEGMENT_PREFIX

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_MEASURES: tuple[Measure, ...] = (NPS, CSAT, HEARD)


def differences(context: Context, survey: Survey) -> Section:
    """Make the section on differences between groups of customers; none where there is nothing to compare."""
    dimensions = [name for name in survey.dimensions if name != "touchpoint"]
    tables: list[Block] = []
    shown: list[str] = []
    findings: list[tuple[str, str]] = []
    for dimension in dimensions:
        made = _dimension(context, survey, dimension)
        if made is not None:
            tables.append(made[0])
            shown.append(dimension)
            findings += made[1]
    if not tables:
        return Section("differences", (), (), tuple(survey.hidden))
    t = context.t
    nothing = Paragraph(t("No difference between these groups stands out from chance variation."))
    summary: Block = Bullets(tuple(findings)) if findings else nothing
    unseen = _not_shown(context, survey, [name for name in dimensions if name not in shown])
    note = Fold(
        t("How are the differences tested?"),
        (
            Paragraph(
                t(
                    "Each group is compared with all the others together. When many groups are compared, some differ by chance alone; the Benjamini–Hochberg method keeps the share of such false finds at 5% on average, in each measure and grouping. The printed intervals are not adjusted for this."
                )
            ),
        ),
    )
    return Section("differences", (summary, *tables, *unseen, note), (), tuple(survey.hidden))


def _not_shown(context: Context, survey: Survey, dimensions: list[str]) -> list[Block]:
    """Name the groupings that customers' answers have and that may not be shown."""
    rows = survey.rows("customer")
    names = [
        dimension_label(context, name)
        for name in dimensions
        if name in rows.columns and survey.categories(rows, name).nunique() > 1
    ]
    if not names:
        return []
    text = context.t("Not shown, for too few answered or the figures would give a small group away: {names}.", names=", ".join(names))  # fmt: skip
    return [Callout(text)]


def _dimension(context: Context, survey: Survey, dimension: str) -> tuple[Table, list[tuple[str, str]]] | None:
    found: dict[str, dict[str, Compared]] = {}
    for measure in _MEASURES:
        compared = compare(survey, measure, "customer", dimension) if "customer" in survey.groups else ()
        found[measure.figure] = {str(item.cell.category): item for item in compared}
    used = [measure for measure in _MEASURES if len(found[measure.figure]) > 1]
    if not used:
        return None
    label = dimension_label(context, dimension)
    names = sorted({name for measure in used for name in found[measure.figure]}, key=natural)
    rows, tones, findings = [], {}, []
    for position, name in enumerate(names):
        items = [found[measure.figure].get(name) for measure in used]
        count = max(item.cell.estimate.n for item in items if item is not None)
        verdicts = _verdict(context, used, items)
        values = [value_with_interval(context, item.cell.estimate if item else None) for item in items]
        rows.append((category_label(context, dimension, name), context.f.integer(count), *values, verdicts))
        if any(item is not None and item.differs for item in items):
            tones[position] = "weak" if any(item is not None and item.weaker for item in items) else "good"
            findings.append(
                (
                    f"{label}: {category_label(context, dimension, name)}.",
                    f"{verdicts[:1].upper()}{verdicts[1:]} ({context.t('n = {n}', n=context.f.integer(count))}).",
                )
            )
    table = Table(
        caption=context.t("{dimension}: customers' measures", dimension=label),
        columns=(
            label,
            context.t("n, at most"),
            *(short(context, measure) for measure in used),
            context.t("Against all the others"),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(1, 2 + len(used))),
        tones=tones,
    )
    return table, findings


def _verdict(context: Context, used: list[Measure], items: list[Compared | None]) -> str:
    """Say in which measures a category is better and in which weaker than all the others."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for measure, item in zip(used, items, strict=True):
        if item is not None and item.differs:
            found[item.better].append(short(context, measure))
    texts = [f"{context.t(DIFFERS[better])}: {', '.join(names)}" for better, names in found.items() if names]
    return "; ".join(texts) if texts else context.t(DIFFERS[None])


def dimension_label(context: Context, dimension: str) -> str:
    """Return a dimension's name; a named segment keeps the name that the settings give it."""
    if dimension.startswith(SEGMENT_PREFIX):
        segment = DIMENSION_LABELS["segment"]
        return f"{context.t(segment)}: {dimension.removeprefix(SEGMENT_PREFIX).replace('_', ' ')}"
    return context.t(DIMENSION_LABELS[dimension])


def category_label(context: Context, dimension: str, category: str) -> str:
    """Return a category's name; phases are translated, other names are the client's own."""
    return context.t(PHASE_LABELS[category]) if dimension == "phase" and category in PHASE_LABELS else category
