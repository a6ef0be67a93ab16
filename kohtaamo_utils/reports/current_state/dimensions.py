"""The three dimensions of encounters, emotional, measurable and structural, with what each measure does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Paragraph, Part, Table
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import CSAT, ENPS, GROUP_LABELS, HEARD, NPS
from kohtaamo_utils.reports.current_state.operations import decimals_of, series_of
from kohtaamo_utils.reports.current_state.register import table_of_period
from kohtaamo_utils.reports.phrases import value_with_interval
from kohtaamo_utils.reports.survey import STAFF

if TYPE_CHECKING:
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

DIMENSIONS = {
    "emotional": N_("Emotional dimension"),
    "measurable": N_("Measurable dimension"),
    "structural": N_("Structural dimension"),
}
TOOLS = {
    "emotional": N_("Developed by training in interaction, by empathy and by practising presence."),
    "measurable": N_("Developed by clearer processes of encounters, by goals and by following them up."),
    "structural": N_("Developed by concepts of encounters, by a strategy for them and by where resources go."),
}
NOTHING = {
    "emotional": N_("No survey measure with enough answers."),
    "measurable": N_("No operational figure of this kind, such as conversion, churn or actions done."),
    "structural": N_("Neither a register with volumes nor an operational figure of time or number."),
}
_STRUCTURAL_WORDS = (
    "aika", "ajan", "tunti", "tuntia", "minuut", "kesto", "odotus", "jono", "määrä", "tid", "timm", "antal",
    "väntan", "time", "hour", "minute", "wait", "queue", "volume", "duration", "päätö", "beslut", "decision",
)  # fmt: skip
_HAPPENED = N_("Tells what happened, not how it felt.")
_VOLUME = N_("Tells how many there are, not how good they are.")
_OWNERS = N_("Tells that somebody answers for it, not how well it is led.")
Row = tuple[str, str, str, str]


def dimensions(context: Context, survey: Survey) -> Section:
    """Make the view by dimension; none where no dimension has anything.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    t = context.t
    found = {"emotional": _felt(context, survey), "measurable": [], "structural": _register(context)}
    for name, row in _operations(context):
        found[dimension_of(name)].append(row)
    if not any(found.values()):
        return Section("dimensions", (), (), tuple(survey.hidden))
    blocks: list[Block] = []
    for name, rows in found.items():
        inner: tuple[Block, ...] = (_table(context, name, rows),) if rows else (Callout(t(NOTHING[name])),)
        blocks.append(Part(t(DIMENSIONS[name]), (*inner, Paragraph(t(TOOLS[name])))))
    return Section("dimensions", tuple(blocks), (), tuple(survey.hidden))


def dimension_of(measure: str) -> str:
    """Return the dimension of an operational figure: structural where its name tells of time, number or decisions.

    Examples
    --------
    >>> dimension_of("Vasteaika, tuntia"), dimension_of("Konversio")
    ('structural', 'measurable')
    """
    words = measure.casefold()
    return "structural" if any(word in words for word in _STRUCTURAL_WORDS) else "measurable"


def _felt(context: Context, survey: Survey) -> list[Row]:
    t, rows = context.t, []
    asked = [(measure, "customer") for measure in (NPS, CSAT, survey.ces, HEARD)] + [(ENPS, group) for group in STAFF]
    for measure, group in asked:
        estimate = survey.whole(measure, group) if group in survey.groups else None
        if estimate is not None:
            label = f"{t(GROUP_LABELS[group])}: {t(measure.label)}"
            rows.append(
                (label, value_with_interval(context, estimate), context.f.integer(estimate.n), t(measure.caveat))
            )
    return rows


def _operations(context: Context) -> list[tuple[str, Row]]:
    frame = table_of_period(context, "operations")
    if frame is None:
        return []
    found = []
    for measure, part in sorted(frame.groupby("measure"), key=lambda pair: str(pair[0])):
        series = series_of(part)
        mean = context.f.number(float(series.mean()), decimals_of(series))
        months = context.t("months: {n}", n=context.f.integer(len(series)))
        found.append((str(measure), (str(measure), mean, months, context.t(_HAPPENED))))
    return found


def _register(context: Context) -> list[Row]:
    """Return how many encounters the register has and how many of its touchpoints somebody answers for."""
    register, t, f = context.engagement.settings.touchpoints, context.t, context.f
    rows: list[Row] = []
    for internal, label in ((False, t("External encounters a month")), (True, t("Internal encounters a month"))):
        known = [tp.volume_per_month for tp in register if tp.internal == internal and tp.volume_per_month is not None]
        if known:
            count = t("touchpoints: {n}", n=f.integer(len(known)))
            rows.append((label, f.integer(sum(known)), count, t(_VOLUME)))
    if register:
        owned = sum(bool(touchpoint.owner) for touchpoint in register)
        count = t("touchpoints: {n}", n=f.integer(len(register)))
        rows.append((t("Touchpoints with an owner"), f.percent(owned / len(register)), count, t(_OWNERS)))
    return rows


def _table(context: Context, name: str, rows: list[Row]) -> Table:
    t = context.t
    return Table(
        caption=t("Measures: {dimension}", dimension=t(DIMENSIONS[name]).lower()),
        columns=(t("Measure"), t("Value"), "n", t("What it does not tell")),
        rows=tuple(rows),
        numeric=frozenset({1, 2}),
        note=t("An operational figure counts as structural where its name tells of time, number or decisions.")
        if name == "structural"
        else "",
    )
