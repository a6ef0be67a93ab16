"""Key drivers: which elements go with customers' satisfaction and recommendation, and how sure their order is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.drivers import r2_estimate
from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Paragraph, Part, Table
from kohtaamo_utils.presentation.charts import IntervalRow, interval_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS
from kohtaamo_utils.reports.current_state.driver_method import driver_method
from kohtaamo_utils.reports.current_state.explained import OUTCOMES, Explained
from kohtaamo_utils.reports.current_state.importance import importance, places
from kohtaamo_utils.reports.drawing import interval_row
from kohtaamo_utils.reports.phrases import detail, in_brackets, listed, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.measures.driver_intervals import DrawnShares
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explanations
    from kohtaamo_utils.reports.survey import Survey

ALIKE = 5
"""Variance inflation above which elements are too much alike to be told apart well."""


def key_drivers(context: Context, survey: Survey, found: Explanations) -> Section:
    """Make the section on drivers; none where too few customers answered anything.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    found
        What goes with what.
    """
    customers = survey.responses("customer") if "customer" in survey.groups else None
    if customers is None:
        return Section("drivers", ())
    if not found.outcomes:
        return Section("drivers", (Callout(_nothing_asked(context, found)),), (), tuple(survey.hidden))
    t = context.t
    blocks: list[Block] = [
        Part(t(OUTCOMES[explained.outcome]), tuple(_outcome(context, survey, explained)))
        for explained in found.outcomes
    ]
    if found.main is not None:
        blocks.append(importance(context, found.main, places(found)))
    if any(explained.drawn is not None for explained in found.outcomes):
        text = t(
            "Going together is not an effect. These figures tell where to look; what a change would bring is seen only by trying it out."
        )
        blocks += [Paragraph(text), driver_method(context, found)]
    figures = [figure for explained in found.outcomes for figure in _figures(explained)]
    return Section("drivers", tuple(blocks), tuple(figures), tuple(survey.hidden))


def _nothing_asked(context: Context, found: Explanations) -> str:
    if len(found.elements) < len(ELEMENT_LABELS) and not found.elements:
        return context.t(
            "What goes together with satisfaction cannot be told: customers were not asked about the elements of the encounter, or too few answered."
        )
    if len(found.elements) == 1:
        return context.t(
            "What goes together with satisfaction cannot be told: customers answered about one element only, so there is nothing to compare it with."
        )
    return context.t(
        "What goes together with satisfaction or recommendation cannot be told: customers were asked for neither, or too few answered."
    )


def _figures(explained: Explained) -> Iterator[Figure]:
    for drawn, more in ((explained.drawn, {}), (explained.unweighted, {"weighting": "none"})):
        if drawn is None:
            continue
        scope = {"respondent_group": "customer", "outcome": explained.outcome, **more}
        yield Figure("driver_r2", scope, r2_estimate(drawn.found))
        for name in drawn.names:
            yield Figure("driver_share", {**scope, "element": name}, drawn.estimate(name))


def _outcome(context: Context, survey: Survey, explained: Explained) -> Iterator[Block]:
    drawn, t = explained.drawn, context.t
    if drawn is None:
        yield Callout(_why_not(context, survey, explained))
        return
    r2 = r2_estimate(drawn.found)
    if not drawn.found.beyond_chance:
        yield Callout(
            t(
                "The elements together do not go with this answer beyond chance ({r2} of its variation, {detail}), so their shares tell nothing.",
                r2=context.f.percent(r2.value),
                detail=detail(context, r2),
            )
        )
        return
    yield Paragraph(
        t(
            "The elements together go with {r2} of the variation of this answer ({detail}). The rest goes with other things, or with chance.",
            r2=context.f.percent(r2.value),
            detail=detail(context, r2),
        )
    )
    yield _chart(context, explained, drawn)
    yield from _cautions(context, drawn)


def _why_not(context: Context, survey: Survey, explained: Explained) -> str:
    """Say what stood in the way; a count below the threshold is not told."""
    t, why = context.t, explained.why_not
    if why is None:
        return t("The elements do not go with this answer at all.")
    if why.kind == "few":
        enough = explained.complete >= survey.minimum
        there = (
            context.f.integer(explained.complete)
            if enough
            else t("fewer than {minimum}", minimum=context.f.integer(survey.minimum))
        )
        return t(
            "Too few customers answered this question and all elements: {n}. At least {needed} are needed, ten for each element (of weighted answers, the effective number counts), so no figures are given.",
            n=there,
            needed=context.f.integer(why.needed),
        )
    if why.kind == "collinear":
        return t(
            "Some elements were always answered alike, so that one follows from the others. Their shares cannot be told apart, and no figures are given."
        )
    if why.outcome:
        return t("All customers answered this question alike, so there is no variation to explain.")
    return t(
        "All customers answered alike about: {names}. What does not vary cannot be set beside anything, so no figures are given.",
        names=_labels(context, why.names),
    )


def finding(context: Context, drawn: DrawnShares) -> str:
    """Say which element goes with an outcome most, as far as the intervals of the differences carry it.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    drawn
        The drivers, which go with the outcome beyond chance.
    """
    t, (first, *others) = context.t, drawn.ranked
    near = [name for name in others if not drawn.apart(first, name)]
    share = context.f.percent(drawn.found.shares[first])
    name = t(ELEMENT_LABELS[first])
    if not near:
        return t(
            "Strongest connection: {element} ({share} of what the elements explain).", element=name.lower(), share=share
        )
    if len(near) == len(others):
        return t("No order of the elements stands out from chance variation.")
    return t(
        "The largest share is that of: {element} ({share}). Not told apart from it: {names}.",
        element=name.lower(),
        share=share,
        names=_labels(context, near),
    )


def _labels(context: Context, names: tuple[str, ...] | list[str]) -> str:
    return listed(context, [context.t(ELEMENT_LABELS[name]).lower() for name in names])


def _chart(context: Context, explained: Explained, drawn: DrawnShares) -> Chart:
    t = context.t
    rows, texts = [], []
    for name in drawn.ranked:
        share, label = drawn.estimate(name), t(ELEMENT_LABELS[name])
        rows.append(interval_row(context, label, share))
        texts.append((label, value_with_interval(context, share), sign(context, drawn, name)))
    table = Table(
        caption=t("{outcome}: shares of the elements", outcome=t(OUTCOMES[explained.outcome])),
        columns=(t("Element"), t("Share of the explained variation"), t("Sign of the coefficient")),
        rows=tuple(texts),
        numeric=frozenset({1}),
    )
    facts = "; ".join(f"{label}: {share}, {direction}" for label, share, direction in texts)
    return Chart(
        svg=interval_svg(
            rows,
            axis=t("Share of the explained variation, %"),
            locale=context.f.locale,
            look=context.look,
            limits=(0, _whole(rows)),
        ),
        title=finding(context, drawn),
        description=in_brackets(
            context,
            t("Shares and the sign of the coefficient: {facts}.", facts=facts),
            map(drawn.estimate, drawn.ranked),
        ),
        table=table,
    )


def _whole(rows: list[IntervalRow]) -> float:
    """Return the axis's end: the next full ten per cent above everything drawn."""
    highest = max(row.high if row.high is not None else row.value for row in rows)
    return min(100.0, 10.0 * (highest // 10 + 1))


def sign(context: Context, drawn: DrawnShares, name: str) -> str:
    """Return the sign of an element's coefficient in words; where its interval holds zero, that it is uncertain."""
    if not drawn.sure_of_sign(name):
        return context.t("uncertain sign")
    return context.t("positive") if drawn.found.signs[name] > 0 else context.t("negative")


def _cautions(context: Context, drawn: DrawnShares) -> Iterator[Block]:
    t = context.t
    negative = [name for name in drawn.ranked if drawn.found.signs[name] < 0 and drawn.sure_of_sign(name)]
    if negative:
        text = t(
            "Negative coefficient: {names}. Of customers who answered alike about the other elements, those who gave more here gave less on the whole. A share has no sign: do not read it as a benefit.",
            names=_labels(context, negative),
        )
        yield Callout(text, "caution")
    highest = max(drawn.found.vif.values())
    if highest > ALIKE:
        text = t(
            "Customers answered much alike about all elements (variance inflation up to {vif}), so that their shares can hardly be told apart.",
            vif=context.f.number(highest, 1),
        )
        yield Callout(text, "caution")
