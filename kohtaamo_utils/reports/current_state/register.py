"""The register of encounters against the data: who answers for what, and what is in one but not in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Table
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.answers import within
from kohtaamo_utils.reports.current_state.touchpoints import phase_text

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

_NO_OWNER = N_("Encounters without a named owner: {names}.")
_NOT_MEASURED = N_("In the register, but no answer, visit or operational figure of this period names them: {names}.")
_NOT_REGISTERED = N_("Named in the data but not in the register: {names}.")
_NO_VOLUME = N_("In the register without a monthly volume: {names}.")
_DATED = {"mystery_shopping": "visited_on", "operations": "month"}


def table_of_period(context: Context, name: str) -> pd.DataFrame | None:
    """Return a table's rows of the period; None where the engagement has no such table or it has none.

    Parameters
    ----------
    context
        The engagement.
    name
        ``mystery_shopping`` or ``operations``.
    """
    table = context.dataset.tables.get(name)
    rows = None if table is None else within(table, _DATED[name], context.period)
    return None if rows is None or rows.empty else rows


def named_in_data(context: Context, survey: Survey) -> frozenset[str]:
    """Return every touchpoint that answers, visits or operational figures of the period name.

    What respondent groups of fewer than the minimum name is left out: where so few people were is not told.
    """
    found: set[str] = set()
    frames = [survey.frame[survey.frame["respondent_group"] == group] for group in survey.groups]
    frames = [frame for frame in frames if len(frame) >= survey.minimum]
    frames += [rows for name in _DATED if (rows := table_of_period(context, name)) is not None]
    for frame in frames:
        if "touchpoint" in frame.columns:
            found |= set(frame["touchpoint"].dropna().astype(str))
    return frozenset(found)


def register_blocks(context: Context, survey: Survey) -> list[Block]:
    """Return the register, what it lacks and what the data lack; nothing without a register.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    register = context.engagement.settings.touchpoints
    if not register:
        return []
    t, known = context.t, {touchpoint.name for touchpoint in register}
    named = named_in_data(context, survey)
    lists = (
        (_NO_OWNER, [touchpoint.name for touchpoint in register if not touchpoint.owner]),
        (_NOT_MEASURED, [touchpoint.name for touchpoint in register if touchpoint.name not in named]),
        (_NOT_REGISTERED, sorted(named - known)),
        (_NO_VOLUME, [touchpoint.name for touchpoint in register if touchpoint.volume_per_month is None]),
    )
    found: list[Block] = [
        Callout(t(text, names=", ".join(names)), "caution" if text == _NO_OWNER else "note")
        for text, names in lists
        if names
    ]
    return [*found, Fold(t("Who answers for which encounter?"), (_table(context),))]


def _table(context: Context) -> Table:
    t, dash = context.t, context.f.number(None)
    rows = [
        (
            touchpoint.name,
            t("Internal") if touchpoint.internal else t("External"),
            phase_text(context, touchpoint.phase),
            touchpoint.channel or dash,
            touchpoint.owner or dash,
            context.f.integer(touchpoint.volume_per_month),
        )
        for touchpoint in context.engagement.settings.touchpoints
    ]
    return Table(
        caption=t("Register of encounters"),
        columns=(
            t("Touchpoint"),
            t("Direction"),
            t("Phase"),
            t("Channel"),
            t("Encounter owner"),
            t("Encounters a month"),
        ),
        rows=tuple(rows),
        numeric=frozenset({5}),
    )
