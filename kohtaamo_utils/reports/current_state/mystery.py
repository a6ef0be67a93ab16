"""Mystery shopping: what visits found, by element, touchpoint and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.mystery import by, mystery_score
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS
from kohtaamo_utils.reports.current_state.differences import dimension_label
from kohtaamo_utils.reports.current_state.visited import visited
from kohtaamo_utils.reports.current_state.visits import behind_the_score, standing_out
from kohtaamo_utils.reports.phrases import DIFFERS, detail, value_with_interval

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context

EARNED = N_("Share of points earned, weakest first: {dimension}")
SCORED = N_("Score of visits, weakest first: {dimension}")
FEW_VISITS = 4
"""Below this many visits a group's score is a hint and not a ranking."""


def mystery_shopping(context: Context) -> Section:
    """Make the mystery-shopping section; none without visits in the period."""
    visits = visited(context)
    whole = None if visits is None else mystery_score(visits.scored)
    if visits is None or whole is None or whole.value is None:
        return Section("mystery", ())
    t = context.t
    figures = [Figure("mystery_shopping_score", {}, whole)]
    blocks: list[Block] = [Paragraph(_lead(context, whole, ruled=visits.rule is not None))]
    for dimension in ("element", "touchpoint", "unit"):
        frame = visits.by_element if dimension == "element" else visits.scored
        if dimension not in frame.columns or frame[dimension].dropna().nunique() < 2:
            continue
        found = by(frame, dimension)
        figures += [Figure("mystery_shopping_score", {dimension: name}, estimate) for name, estimate in found.items()]
        blocks.append(
            _table(context, dimension, found, {} if dimension == "element" else standing_out(frame, dimension), ruled=visits.rule is not None)
        )  # fmt: skip
    parts, more = behind_the_score(context, visits)
    blocks += parts
    figures += more
    blocks.append(
        Fold(
            t("How is the score computed?"),
            (
                Paragraph(
                    t(
                        "A visit's score is the weighted points earned divided by the weighted points possible; questions that did not apply are left out of both. The total is the mean over visits. A few visits show how it went then, not how it usually goes: groups with fewer than four visits are a hint only."
                    )
                ),
            ),
        )
    )
    return Section("mystery", tuple(blocks), tuple(figures))


def _lead(context: Context, whole: Estimate, *, ruled: bool) -> str:
    """Return the score of all visits; of one visit, that it is no more than a hint."""
    t, value = context.t, context.f.percent(whole.value)
    if whole.n == 1:
        earned = N_("There was one visit, and it earned {value} of the possible points. One visit is a hint only.")
        scored = N_("There was one visit, and it scored {value}. One visit is a hint only.")
        return t(scored if ruled else earned, value=value)
    earned = N_("A visit earned {value} of the possible points on average ({detail}).")
    scored = N_("A visit scored {value} on average ({detail}).")
    return t(scored if ruled else earned, value=value, detail=detail(context, whole))


def _table(
    context: Context, dimension: str, found: dict[str, Estimate], clear: dict[str, bool], *, ruled: bool
) -> Table:
    """Return one dimension's scores; `ruled` where a rule for critical questions has lowered some."""
    t = context.t
    label = t("Element") if dimension == "element" else dimension_label(context, dimension)
    ordered = sorted(found.items(), key=lambda pair: (pair[1].value or 0, pair[0]))
    rows = []
    for name, estimate in ordered:
        shown = t(ELEMENT_LABELS[name]) if dimension == "element" and name in ELEMENT_LABELS else name
        few = estimate.n < FEW_VISITS
        hint = t("a hint only") if few else t(DIFFERS[clear[name]]) if name in clear else ""
        rows.append((shown, value_with_interval(context, estimate), context.f.integer(estimate.n), hint))
    caption = SCORED if ruled and dimension != "element" else EARNED
    hinted = any(row[3] for row in rows)
    return Table(
        caption=t(caption, dimension=label.lower()),
        columns=(label, t("Score"), t("Visits"), t("Remark"))[: 4 if hinted else 3],
        rows=tuple(row if hinted else row[:3] for row in rows),
        numeric=frozenset({1, 2}),
        tones={place: _tone(name, estimate, clear) for place, (name, estimate) in enumerate(ordered)},
    )


def _tone(name: str, estimate: Estimate, clear: dict[str, bool]) -> str:
    if estimate.n < FEW_VISITS:
        return "muted"
    return {True: "good", False: "weak"}[clear[name]] if name in clear else ""
