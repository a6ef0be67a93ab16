"""The journey: every encounter before, during and after, as customers, staff, visits and operational figures see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.mystery import by as visits_by
from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Table
from kohtaamo_utils.presentation.charts import IntervalRow, VolumeRow, volume_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import HEARD, PHASE_LABELS, Measure
from kohtaamo_utils.reports.compare import Compared, compare
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.current_state.operations import decimals_of, series_of
from kohtaamo_utils.reports.current_state.register import named_in_data, register_blocks, table_of_period
from kohtaamo_utils.reports.current_state.touchpoints import phase_of, phases_of
from kohtaamo_utils.reports.current_state.visited import visited
from kohtaamo_utils.reports.drawing import interval_row, with_n
from kohtaamo_utils.reports.ordering import natural
from kohtaamo_utils.reports.phrases import value_with_interval
from kohtaamo_utils.reports.survey import STAFF

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.settings import Touchpoint
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_VIEWS = {
    "customer": N_("customers tell how they were met"),
    "believed": N_("staff tell how they believe customers are met"),
    "own": N_("staff tell how they are met themselves"),
    "visits": N_("visits tell what was seen"),
    "operations": N_("operational figures tell what happened"),
}
_ORDER = {phase: place for place, phase in enumerate(PHASE_LABELS)}


@dataclass(frozen=True)
class _Sides:
    """What each side tells of the touchpoints: column heading to touchpoint to text, and the figures of new sides."""

    columns: dict[str, dict[str, str]]
    figures: tuple[Figure, ...] = ()
    views: dict[str, str] = field(default_factory=dict)
    """What each column's side tells (message id)."""


def journey(context: Context, survey: Survey) -> Section:
    """Make the map of the journey with the register; none where neither data nor register name an encounter.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    register = {touchpoint.name: touchpoint for touchpoint in context.engagement.settings.touchpoints}
    named = named_in_data(context, survey)
    if not register and not named:
        return Section("journey", ())
    sides = _sides(context, survey)
    if not register and not sides.columns:
        return Section("journey", (Callout(_none_shown(context)),), (), tuple(survey.hidden))
    blocks: list[Block] = []
    for internal in (False, True):
        names = [
            name
            for name in {**register, **dict.fromkeys(sorted(named, key=natural))}
            if _internal(register.get(name)) == internal
        ]
        table = _map(context, survey, names, sides, internal=internal)
        blocks += [table] if table is not None else []
    volume, figures = _volume(context, survey)
    blocks = [*volume, *blocks, *register_blocks(context, survey)]
    return Section("journey", tuple(blocks), (*sides.figures, *figures), tuple(survey.hidden))


def _internal(touchpoint: Touchpoint | None) -> bool:
    return touchpoint is not None and touchpoint.internal


def _sides(context: Context, survey: Survey) -> _Sides:
    """Collect the sides in the map's order; one that tells nothing of any touchpoint is left out."""
    t, columns, figures, views = context.t, {}, [], {}
    main = main_measure(survey)
    for measure in [HEARD] if main in (None, HEARD) else [main, HEARD]:
        label = t("Customers: {measure}", measure=short(context, measure))
        columns[label] = _texts(context, survey, measure, "customer", None)
        views[label] = _VIEWS["customer"]
    label = t("Employees believe: {measure}", measure=short(context, HEARD))
    columns[label] = _texts(context, survey, HEARD, "employee", None)
    views[label] = _VIEWS["believed"]
    for group, text in zip(STAFF[:2], (t("Employees' own experience"), t("Supervisors' own experience")), strict=True):
        columns[text] = _texts(context, survey, HEARD, group, "experienced")
        views[text] = _VIEWS["own"]
        figures += _own_figures(survey, group)
    for label, texts, view in (
        (t("Mystery shopping"), _visits(context), "visits"),
        (t("Operational figures, mean"), _operations(context), "operations"),
    ):
        columns[label], views[label] = texts, _VIEWS[view]
    return _Sides({label: texts for label, texts in columns.items() if texts}, tuple(figures), views)


def _none_shown(context: Context) -> str:
    return context.t("The data name touchpoints, but none of them has a figure that may be shown.")


def _texts(context: Context, survey: Survey, measure: Measure, group: str, perspective: str | None) -> dict[str, str]:
    if group not in survey.groups or "touchpoint" not in survey.dimensions:
        return {}
    cells = survey.by(measure, group, "touchpoint", perspective)
    return {str(cell.category): _with_n(context, cell.estimate) for cell in cells}


def _with_n(context: Context, estimate: Estimate) -> str:
    return f"{value_with_interval(context, estimate)}, {context.t('n = {n}', n=context.f.integer(estimate.n))}"


def _own_figures(survey: Survey, group: str) -> list[Figure]:
    """Return how staff were met themselves by touchpoint; what they believe of customers has the plain scope."""
    if group not in survey.groups or "touchpoint" not in survey.dimensions:
        return []
    return [
        Figure("internal_encounter", {"respondent_group": group, "touchpoint": str(cell.category)}, cell.estimate)
        for cell in survey.by(HEARD, group, "touchpoint", "experienced")
    ]


def _visits(context: Context) -> dict[str, str]:
    visits = visited(context)
    if visits is None or "touchpoint" not in visits.given.columns:
        return {}
    return {
        name: context.t("{value}, visits: {n}", value=value_with_interval(context, score), n=context.f.integer(score.n))
        for name, score in visits_by(visits.scored, "touchpoint").items()
        if score.value is not None
    }


def _operations(context: Context) -> dict[str, str]:
    frame = table_of_period(context, "operations")
    if frame is None or "touchpoint" not in frame.columns:
        return {}
    found: dict[str, list[str]] = {}
    for (touchpoint, measure), part in frame.groupby(["touchpoint", "measure"]):
        series = series_of(part)
        found.setdefault(str(touchpoint), []).append(
            f"{measure}: {context.f.number(float(series.mean()), decimals_of(series))}"
        )
    return {touchpoint: "; ".join(texts) for touchpoint, texts in found.items()}


def _map(context: Context, survey: Survey, names: list[str], sides: _Sides, *, internal: bool) -> Table | None:
    """Return one table of the journey in the order of its phases; sides that tell nothing here have no column."""
    used = {label: texts for label, texts in sides.columns.items() if any(name in texts for name in names)}
    if not names:
        return None
    t, dash = context.t, context.f.number(None)
    phases = {name: phase_of(context, survey, name) for name in names}
    ordered = sorted(names, key=lambda name: _ORDER.get(phases[name] or "", len(_ORDER)))
    told = phases_of(context, survey, names)
    rows = [(name, *told.get(name, ()), *(texts.get(name, dash) for texts in used.values())) for name in ordered]
    measured = {name for texts in used.values() for name in texts}
    return Table(
        caption=t("Internal encounters, from before to after") if internal else t("The customer's journey, from before to after"),
        columns=(t("Touchpoint"), *((t("Phase"),) if told else ()), *used),
        rows=tuple(rows),
        note=_note(context, used, sides.views),
        tones={place: "muted" for place, name in enumerate(ordered) if name not in measured},
    )  # fmt: skip


def _note(context: Context, used: dict[str, dict[str, str]], views: dict[str, str]) -> str:
    """Say what the sides of a table tell, and no more than it shows."""
    t = context.t
    if not used:
        return t("No figure of this period that may be shown tells of these encounters.")
    told = list(dict.fromkeys(t(views[label]) for label in used))
    interval = any("(" in text for label, texts in used.items() if views[label] != _VIEWS["operations"] for text in texts.values())  # fmt: skip
    sentences = [t("In brackets the 95% interval.")] if interval else []
    sentences += [t("Each side is a view of its own: {sides}.", sides="; ".join(told))] if len(told) > 1 else []
    return " ".join(sentences)


def _volume(context: Context, survey: Survey) -> tuple[list[Block], list[Figure]]:
    """Set quality against volume, where the register tells how many encounters there are."""
    measure = main_measure(survey)
    register = {tp.name: tp.volume_per_month for tp in context.engagement.settings.touchpoints if tp.volume_per_month}
    if measure is None or "touchpoint" not in survey.dimensions:
        return [], []
    compared = [item for item in compare(survey, measure, "customer", "touchpoint") if item.cell.category in register]
    if len(compared) < 2:
        return [], []
    compared.sort(key=lambda item: (-register[str(item.cell.category)], natural(str(item.cell.category))))
    total = sum(register[str(item.cell.category)] for item in compared)
    weak = [item for item in compared if item.weaker]
    share = sum(register[str(item.cell.category)] for item in weak) / total
    estimate = Estimate(value=share, n=len(compared), unit="share", method="register")
    chart = _volume_chart(context, measure, compared, register, _volume_finding(context, weak, share))
    return [chart], [Figure("weaker_encounter_share", {}, estimate)] if any(
        item.comparison for item in compared
    ) else []


def _volume_finding(context: Context, weak: list[Compared], share: float) -> str:
    if not weak:
        return context.t("No touchpoint is weaker than the others beyond chance.")
    return context.t(
        "Of these encounters, {share} take place where the experience is weaker than elsewhere: {names}.",
        share=context.f.percent(share),
        names=", ".join(str(item.cell.category) for item in weak),
    )


def _volume_chart(
    context: Context, measure: Measure, compared: list[Compared], register: dict[str, float], finding: str
) -> Chart:
    t, f = context.t, context.f
    rows, texts = [], []
    for item in compared:
        estimate, name = item.cell.estimate, str(item.cell.category)
        volume = f.integer(register[name])
        rows.append(VolumeRow(register[name], volume, _quality(context, name, item)))
        texts.append((name, volume, value_with_interval(context, estimate), f.integer(estimate.n)))
    facts = "; ".join(
        t("{name}: encounters a month {volume}, {measure} {value}, n = {n}", name=name, volume=volume, measure=short(context, measure), value=value, n=n)
        for name, volume, value, n in texts
    )  # fmt: skip
    return Chart(
        svg=volume_svg(
            rows,
            volume_axis=t("Encounters a month"),
            quality_axis=t(measure.axis) + (", %" if measure.kind == "share" else ""),
            locale=f.locale,
            look=context.look,
        ),
        title=finding,
        description=t("Volume and quality by touchpoint: {facts}.", facts=facts),
        table=Table(
            caption=t("Volume and quality by touchpoint"),
            columns=(t("Touchpoint"), t("Encounters a month"), short(context, measure), "n"),
            rows=tuple(texts),
            numeric=frozenset({1, 2, 3}),
            note=t("Volumes are the register's own; nobody has measured them here."),
        ),
    )


def _quality(context: Context, name: str, item: Compared) -> IntervalRow:
    estimate = item.cell.estimate
    return interval_row(context, with_n(context, name, estimate), estimate, stands_out=item.differs)
