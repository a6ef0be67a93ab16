"""The touchpoint map: every measure at every touchpoint, side by side with the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Table
from kohtaamo_utils.presentation.charts import interval_svg
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import CES, CES_EFFORT, CSAT, HEARD, NPS, PHASE_LABELS, Measure
from kohtaamo_utils.reports.compare import Compared, chart_rows, compare
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.drawing import drawn
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.phrases import in_brackets, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_COLUMNS: tuple[Measure, ...] = (NPS, CSAT, CES, HEARD)
_SCALES = (
    (CSAT, N_("CSAT: share of 4–5.")),
    (CES, N_("CES: mean of 1–7.")),
    (CES_EFFORT, N_("Effort (CES 1.0): mean of 1–5, a smaller number is better.")),
    (HEARD, N_("Being met (heard, understood, valued): mean of 1–5.")),
)


def touchpoint_map(context: Context, survey: Survey) -> Section:
    """Make the touchpoint map; no section where answers name no touchpoint.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    measure = main_measure(survey)
    if measure is None or "touchpoint" not in survey.dimensions:
        return Section("touchpoints", (), (), tuple(survey.hidden))
    compared = compare(survey, measure, "customer", "touchpoint")
    blocks: list[Block] = []
    if compared:
        blocks.append(_chart(context, survey, measure, compared))
    blocks.append(_table(context, survey, compared) or Callout(none_shown(context, survey)))
    return Section("touchpoints", tuple(blocks), (), tuple(survey.hidden))


def none_shown(context: Context, survey: Survey) -> str:
    """Say that answers name touchpoints, but none of them has as many as may be shown."""
    return context.t(
        "No touchpoint has {minimum} answers that may be shown.", minimum=context.f.integer(survey.minimum)
    )


def _finding(context: Context, compared: tuple[Compared, ...]) -> str:
    t = context.t
    weaker = [str(item.cell.category) for item in reversed(compared) if item.weaker]
    better = [str(item.cell.category) for item in compared if item.better]
    if not any(item.comparison for item in compared):
        return t("What customers say at each touchpoint.")
    if not weaker and not better:
        return t("No difference between the touchpoints stands out from chance variation.")
    parts = []
    if weaker:
        parts.append(t("Weaker than the others: {names}.", names=", ".join(weaker)))
    if better:
        parts.append(t("Better than the others: {names}.", names=", ".join(better)))
    return " ".join(parts)


def _chart(context: Context, survey: Survey, measure: Measure, compared: tuple[Compared, ...]) -> Chart:
    whole = survey.whole(measure, "customer")
    reference = None
    if whole is not None and whole.value is not None:
        text = context.t("all {value}", value=context.f.in_unit(whole.value, whole.unit))
        reference = (drawn(whole.value, whole.unit), text)
    axis = context.t(measure.axis) + (", %" if measure.kind == "share" else "")
    rows = chart_rows(context, compared)
    facts = "; ".join(
        f"{item.cell.category}: {value_with_interval(context, item.cell.estimate)}, n = {context.f.integer(item.cell.estimate.n)}"
        for item in compared
    )
    return Chart(
        svg=interval_svg(
            rows,
            axis=axis,
            locale=context.f.locale,
            look=context.look,
            reference=reference,
            marked=context.t("differs from the others"),
        ),
        title=_finding(context, compared),
        description=in_brackets(
            context,
            context.t("{measure} by touchpoint: {facts}.", measure=short(context, measure), facts=facts),
            (item.cell.estimate for item in compared),
        ),
    )


def _table(context: Context, survey: Survey, compared: tuple[Compared, ...]) -> Table | None:
    t = context.t
    by_measure: dict[str, dict[str, Estimate]] = {}
    columns = survey.asked_as(_COLUMNS)
    for measure in columns:
        cells = survey.by(measure, "customer", "touchpoint")
        by_measure[measure.figure] = {str(cell.category): cell.estimate for cell in cells}
    used = [measure for measure in columns if by_measure[measure.figure]]
    names = [str(item.cell.category) for item in compared]
    names += sorted({name for found in by_measure.values() for name in found} - set(names), key=natural)
    if not names:
        return None
    phases = phases_of(context, survey, names)
    rows = []
    for name in names:
        counts = [found[name].n for found in by_measure.values() if name in found]
        cells_text = [value_with_interval(context, by_measure[measure.figure].get(name)) for measure in used]
        rows.append((name, *phases.get(name, ()), context.f.integer(max(counts)), *cells_text))
    tones = {names.index(str(item.cell.category)): "weak" for item in compared if item.weaker}
    return Table(
        caption=t("Measures by touchpoint"),
        columns=(
            t("Touchpoint"),
            *((t("Phase"),) if phases else ()),
            t("n, at most"),
            *(short(context, measure) for measure in used),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(len(rows[0]) - 1 - len(used), len(rows[0]))),
        note=_note(context, used),
        tones=tones,
    )


def _note(context: Context, used: list[Measure]) -> str:
    """Say what the brackets hold, and the scale of each measure that is in the table."""
    scales = (context.t(text) for measure, text in _SCALES if measure in used)
    return " ".join((context.t("In brackets the 95% interval."), *scales))


def phase_of(context: Context, survey: Survey, name: str) -> str | None:
    """Return a touchpoint's phase: the register's, or the one that all answers agree on."""
    for touchpoint in context.engagement.settings.touchpoints:
        if touchpoint.name == name:
            return touchpoint.phase
    if "phase" not in survey.frame.columns or "touchpoint" not in survey.frame.columns:
        return None
    told = survey.frame.loc[survey.frame["touchpoint"] == name, "phase"].dropna()
    return str(told.iloc[0]) if len(told) >= survey.minimum and told.nunique() == 1 else None


def phases_of(context: Context, survey: Survey, names: Sequence[str]) -> dict[str, tuple[str]]:
    """Return the cell of each touchpoint's phase; nothing where no phase is known, so that no column is all dashes."""
    phases = {name: phase_of(context, survey, name) for name in names}
    return {name: (phase_text(context, phase),) for name, phase in phases.items()} if any(phases.values()) else {}


def phase_text(context: Context, phase: str | None) -> str:
    """Return a phase as the reader sees it; a dash where it is not known."""
    return context.f.number(None) if phase is None else context.t(PHASE_LABELS[phase])
