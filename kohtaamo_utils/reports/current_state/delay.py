"""The delay from an encounter to its answer, and whether late answers differ from early ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.measures.correlation import rank_correlation
from kohtaamo_utils.presentation.blocks import Block, Chart, Paragraph, Table
from kohtaamo_utils.presentation.charts import interval_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.compare import Compared, against_others, chart_rows
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.phrases import DIFFERS, in_brackets, value_with_interval
from kohtaamo_utils.reports.survey import Cell

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

GROUP = "customer"
BANDS = {"0": (0, 0), "1-2": (1, 2), "3-7": (3, 7), "8-30": (8, 30), "31+": (31, None)}
"""Days from encounter to answer, both ends included; None is no end."""
BAND_LABELS = {
    "0": N_("Same day"),
    "1-2": N_("After 1–2 days"),
    "3-7": N_("After 3–7 days"),
    "8-30": N_("After 8–30 days"),
    "31+": N_("After more than 30 days"),
}


def delay(context: Context, survey: Survey) -> Section:
    """Make the section on the delay; none where customers' answers do not tell both days.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    measure = main_measure(survey)
    if measure is None or not {"encountered_on", "answered_on"} <= set(survey.frame.columns):
        return Section("delay", (), (), tuple(survey.hidden))
    rows = survey.rows_for(measure, GROUP)
    answered = rows[survey.usable(measure, rows).notna()]
    days = days_between(answered)
    compared, hidden = _compared(survey, measure, answered, days)
    if not compared:
        return Section("delay", (), (), (*survey.hidden, *hidden))
    figures = _figures(measure, compared)
    going_together = _correlation(survey, measure, answered, days)
    figures += [] if going_together is None else [Figure("delay_correlation", _scope(measure), going_together)]
    blocks: list[Block] = [_chart(context, measure, compared)]
    if going_together is not None:
        blocks.append(Paragraph(_together(context, measure, going_together)))
    blocks.append(Paragraph(_caution(context)))
    reversed_days = int((days < 0).sum())
    if reversed_days >= survey.minimum:
        text = context.t(
            "Answers dated before their encounter, left out here: {n}.", n=context.f.integer(reversed_days)
        )
        blocks.append(Paragraph(text))
    return Section("delay", tuple(blocks), tuple(figures), (*survey.hidden, *hidden))


def days_between(rows: pd.DataFrame) -> pd.Series:
    """Return the days from encounter to answer; missing where either day is.

    Examples
    --------
    >>> dated = pd.DataFrame({"encountered_on": ["2025-01-30"], "answered_on": ["2025-02-02"]}, dtype="datetime64[s]")
    >>> days_between(dated).tolist()
    [3.0]
    """
    return (rows["answered_on"] - rows["encountered_on"]).dt.days.astype("float64")


def band_of(days: pd.Series) -> pd.Series:
    """Return each answer's band of delay; missing where the delay is unknown or negative.

    Examples
    --------
    >>> band_of(pd.Series([0.0, 2.0, 8.0, 400.0])).tolist()
    ['0', '1-2', '8-30', '31+']
    """
    bands = pd.Series(None, index=days.index, dtype="object")
    for name, (first, last) in BANDS.items():
        inside = days.ge(first) if last is None else days.between(first, last)
        bands[inside] = name
    return bands


def _scope(measure: Measure) -> dict[str, str]:
    return {"respondent_group": GROUP, "measure": measure.figure, **measure.scope}


def _compared(
    survey: Survey, measure: Measure, answered: pd.DataFrame, days: pd.Series
) -> tuple[list[Compared], list[Hidden]]:
    """Return the bands that may be shown beside all other groupings, each compared with the other shown ones."""
    bands = band_of(days)
    sets = {str(name): frozenset(index) for name, index in bands.groupby(bands).groups.items()}
    published = survey.publish(answered, {"delay": sets}, (measure, GROUP))
    shown = published.shown.get("delay", {})
    hidden = [
        Hidden("score_by_delay", {**_scope(measure), "delay": name}, reason)
        for name, reason in published.hidden.get("delay", {}).items()
    ]
    if len(shown) < 2:
        return [], hidden
    chosen = answered.loc[sorted(frozenset().union(*shown.values()))]
    found = against_others(measure, measure.answers(chosen), bands[chosen.index], survey.weights(chosen))
    compared = []
    for name in [name for name in BANDS if name in shown]:
        part = answered.loc[sorted(shown[name])]
        estimate = measure.estimate(measure.answers(part), survey.weights(part))
        compared.append(Compared(Cell(measure, GROUP, "delay", name, estimate), found.get(name)))
    return compared, hidden


def _figures(measure: Measure, compared: list[Compared]) -> list[Figure]:
    return [
        Figure("score_by_delay", {**_scope(measure), "delay": str(item.cell.category)}, item.cell.estimate)
        for item in compared
    ]


def _correlation(survey: Survey, measure: Measure, answered: pd.DataFrame, days: pd.Series) -> Estimate | None:
    """Return the rank correlation of delay and score, where the answers vary in both."""
    known = answered[days >= 0]
    if len(known) < survey.minimum or 0 < len(answered) - len(known) < survey.minimum:
        return None
    found = rank_correlation(days[known.index], measure.answers(known), survey.weights(known))
    return found if found.low is not None else None


def _chart(context: Context, measure: Measure, compared: list[Compared]) -> Chart:
    t, f = context.t, context.f
    labels = {name: t(text) for name, text in BAND_LABELS.items()}
    texts = [
        (
            labels[str(item.cell.category)],
            value_with_interval(context, item.cell.estimate),
            f.integer(item.cell.estimate.n),
            t(DIFFERS[item.better if item.differs else None]),
        )
        for item in compared
    ]
    facts = "; ".join(f"{row[0]}: {row[1]}, {t('n = {n}', n=row[2])}" for row in texts)
    return Chart(
        svg=interval_svg(
            chart_rows(context, tuple(compared), labels),
            axis=t(measure.axis) + (", %" if measure.kind == "share" else ""),
            locale=f.locale,
            look=context.look,
            marked=t("differs from the others"),
        ),
        title=_finding(context, compared, labels),
        description=in_brackets(
            context,
            t("{measure} by delay: {facts}.", measure=short(context, measure), facts=facts),
            (item.cell.estimate for item in compared),
        ),
        table=Table(
            caption=t("{measure} by the delay from encounter to answer", measure=short(context, measure)),
            columns=(t("Answered"), short(context, measure), "n", t("Against all the others")),
            rows=tuple(texts),
            numeric=frozenset({1, 2}),
        ),
    )


def _finding(context: Context, compared: list[Compared], labels: dict[str, str]) -> str:
    t = context.t
    named = {
        higher: [
            labels[str(item.cell.category)].lower() for item in compared if item.differs and (item.gap > 0) == higher
        ]
        for higher in (False, True)
    }
    if not any(named.values()):
        return t("No delay's scores differ from the others' beyond chance.")
    parts = []
    if named[False]:
        parts.append(t("Lower scores than in the other answers: {names}.", names=", ".join(named[False])))
    if named[True]:
        parts.append(t("Higher scores than in the other answers: {names}.", names=", ".join(named[True])))
    return " ".join(parts)


def _together(context: Context, measure: Measure, found: Estimate) -> str:
    f = context.f
    numbers = {
        "value": f.signed(found.value, 2),
        "interval": f"{f.signed(found.low, 2)}…{f.signed(found.high, 2)}",
        "n": f.integer(found.n),
        "measure": short(context, measure),
    }
    if (found.high or 0.0) < 0:
        text = N_("The later the answer, the lower the {measure} score tends to be: rank correlation {value} (95% interval {interval}, n = {n}).")  # fmt: skip
    elif (found.low or 0.0) > 0:
        text = N_("The later the answer, the higher the {measure} score tends to be: rank correlation {value} (95% interval {interval}, n = {n}).")  # fmt: skip
    else:
        text = N_("Delay and {measure} score do not go together beyond chance: rank correlation {value} (95% interval {interval}, n = {n}).")  # fmt: skip
    return context.t(text, **numbers)


def _caution(context: Context) -> str:
    return context.t(
        "Those who answer late are often other people with other matters, and memory fades. A difference does not tell that the delay makes it; compare waves whose delays are alike."
    )
