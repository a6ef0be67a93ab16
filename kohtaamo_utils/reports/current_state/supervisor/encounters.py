"""The unit's touchpoints, each beside the same touchpoint in all the other units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Table
from kohtaamo_utils.presentation.charts import interval_svg
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.current_state.headline import main_measure, short
from kohtaamo_utils.reports.drawing import interval_row, with_n
from kohtaamo_utils.reports.phrases import DIFFERS, in_brackets, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.reports.catalogue import Measure
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.own_unit import Beside, OwnUnit


def encounters(context: Context, own: OwnUnit) -> Section:
    """Make the unit's touchpoint map; none where the answers name no touchpoint."""
    measure = main_measure(own.survey)
    if measure is None or "touchpoint" not in own.survey.dimensions:
        return Section("encounters", ())
    rows = own.touchpoints(measure)
    if not rows:
        text = context.t(
            "No touchpoint has {minimum} answers that may be shown.",
            minimum=context.f.integer(own.survey.minimum),
        )
        return Section("encounters", (Callout(text),))
    texts = [_texts(context, row) for row in rows]
    blocks: list[Block] = [_chart(context, measure, rows, texts)]
    if any(row.comparison for row in rows):
        blocks.append(_table(context, measure, texts))
    return Section("encounters", tuple(blocks), tuple(own.figure(row.cell) for row in rows))


def finding(context: Context, rows: tuple[Beside, ...]) -> str:
    """Name the touchpoints in which the unit stands out from chance against the same touchpoint elsewhere."""
    t = context.t
    if not any(row.comparison for row in rows):
        return t("What customers say at each touchpoint.")
    weaker = ", ".join(str(row.cell.category) for row in reversed(rows) if row.weaker)
    better = ", ".join(str(row.cell.category) for row in rows if row.better)
    sentences = [t("Weaker than the same touchpoint elsewhere: {names}.", names=weaker)] if weaker else []
    if better:
        sentences.append(t("Better than the same touchpoint elsewhere: {names}.", names=better))
    return " ".join(sentences) or t(
        "At no touchpoint does your unit differ from the other units beyond chance variation."
    )


def _texts(context: Context, row: Beside) -> tuple[str, str, str, str, str]:
    estimate = row.cell.estimate
    word = DIFFERS[row.better if row.differs else None]
    return (
        str(row.cell.category),
        context.t(word) if row.comparison else context.f.number(None),
        context.f.integer(estimate.n),
        value_with_interval(context, estimate),
        value_with_interval(context, row.rest),
    )


def _chart(context: Context, measure: Measure, rows: tuple[Beside, ...], texts: Sequence[tuple[str, ...]]) -> Chart:
    t, f = context.t, context.f
    dots = [
        interval_row(context, with_n(context, str(cell.category), cell.estimate), cell.estimate, stands_out=row.differs)
        for row in rows
        for cell in [row.cell]
    ]
    return Chart(
        svg=interval_svg(
            dots,
            axis=t(measure.axis) + (", %" if measure.kind == "share" else ""),
            locale=f.locale,
            look=context.look,
            marked=t("differs from the others"),
        ),
        title=finding(context, rows),
        description=in_brackets(
            context,
            t(
                "{measure} by touchpoint: {facts}.",
                measure=short(context, measure),
                facts="; ".join(f"{text[0]}: {text[3]}, n = {text[2]}" for text in texts),
            ),
            (row.cell.estimate for row in rows),
        ),
    )


def _table(context: Context, measure: Measure, texts: Sequence[tuple[str, ...]]) -> Table:
    t = context.t
    return Table(
        caption=t("{measure} at your touchpoints and at the same touchpoints elsewhere", measure=short(context, measure)),
        columns=(t("Touchpoint"), t("Your unit is"), "n", t("Your unit"), t("All the others")),
        rows=tuple(texts),
        numeric=frozenset({2, 3, 4}),
    )  # fmt: skip
