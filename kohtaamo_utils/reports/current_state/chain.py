"""The chain: how supervisors are met by the management, employees by supervisors, customers by teams, on one measure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.measures.comparisons import holm
from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Paragraph, Table
from kohtaamo_utils.presentation.charts import interval_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, GROUP_LABELS, HEARD, HEARD_MEASURES, Measure
from kohtaamo_utils.reports.current_state.chain_units import chain_by_unit
from kohtaamo_utils.reports.current_state.links import ALPHA, LINK_LABELS, LINKS
from kohtaamo_utils.reports.drawing import interval_row, with_n
from kohtaamo_utils.reports.phrases import in_brackets, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey


@dataclass(frozen=True)
class Link:
    """One link that may be shown: who meets, who tells, and how well they were met."""

    name: str
    group: str
    estimate: Estimate


def chain(context: Context, survey: Survey) -> Section:
    """Make the section on the chain; none where fewer than two of its links were measured alike.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    measure, links = _measured(survey)
    if measure is None:
        return Section("chain", (), (), tuple(survey.hidden))
    figures = tuple(
        Figure("chain_link", {"respondent_group": link.group, "link": link.name, **measure.scope}, link.estimate)
        for link in links
    )
    weaker = weaker_pairs(survey, measure, links)
    blocks: list[Block] = [_chart(context, measure, links, _finding(context, links, weaker))]
    missing = [name for name in LINKS if name not in {link.name for link in links}]
    if missing:
        names = ", ".join(context.t(LINK_LABELS[name]) for name in missing)
        blocks.append(Callout(context.t("Not asked of this link, or too few answered: {names}.", names=names)))
    by_unit, more = chain_by_unit(context, survey, measure)
    blocks += [Paragraph(_note(context)), *by_unit]
    return Section("chain", tuple(blocks), (*figures, *more), tuple(survey.hidden))


def _measured(survey: Survey) -> tuple[Measure | None, list[Link]]:
    """Return the measure that most links share, the index of being met first, and its links."""
    best: tuple[Measure | None, list[Link]] = (None, [])
    for measure in (HEARD, *HEARD_MEASURES, *ELEMENT_MEASURES):
        links = [
            Link(name, group, estimate)
            for name, group in LINKS.items()
            if group in survey.groups and (estimate := survey.whole(measure, group, "experienced")) is not None
        ]
        if len(links) > max(1, len(best[1])):
            best = (measure, links)
    return best


def weaker_pairs(survey: Survey, measure: Measure, links: Sequence[Link]) -> frozenset[tuple[str, str]]:
    """Return which link is weaker than which beyond chance: Welch's test of every pair, adjusted by Holm's method.

    Parameters
    ----------
    survey
        The answers.
    measure, links
        What is compared.
    """
    answers = {link.name: survey.rows(link.group, "experienced") for link in links}
    pairs = list(combinations(answers, 2))
    tested: list[Difference] = [
        cautious_mean_difference(
            measure.answers(answers[one]),
            measure.answers(answers[other]),
            survey.weights(answers[one]),
            survey.weights(answers[other]),
        )
        for one, other in pairs
    ]
    adjusted = holm([1.0 if found.p is None else found.p for found in tested])
    return frozenset(
        (one, other) if (found.value or 0.0) < 0 else (other, one)
        for (one, other), found, p in zip(pairs, tested, adjusted, strict=True)
        if p <= ALPHA
    )


def _finding(context: Context, links: list[Link], weaker: frozenset[tuple[str, str]]) -> str:
    """Name the weakest link only where it is weaker than each of the others beyond chance."""
    names = [link.name for link in links]
    weakest = [name for name in names if all((name, other) in weaker for other in names if other != name)]
    t = context.t
    if weakest:
        return t("Weakest link of the chain: {link}.", link=t(LINK_LABELS[weakest[0]]))
    if not weaker:
        return t("No link of the chain is weaker than another beyond chance.")
    strongest = [name for name in names if all((other, name) in weaker for other in names if other != name)]
    if strongest:
        return t(
            "Strongest link of the chain: {link}. Which of the others is the weakest cannot be told.",
            link=t(LINK_LABELS[strongest[0]]),
        )
    return t("Some links of the chain differ, but none can be said to be weaker than all the others.")


def _chart(context: Context, measure: Measure, links: list[Link], finding: str) -> Chart:
    t, f = context.t, context.f
    rows = [
        interval_row(context, with_n(context, t(LINK_LABELS[link.name]), link.estimate), link.estimate)
        for link in links
    ]
    texts = [
        (t(LINK_LABELS[link.name]), t(GROUP_LABELS[link.group]), value_with_interval(context, link.estimate), f.integer(link.estimate.n))
        for link in links
    ]  # fmt: skip
    facts = "; ".join(f"{row[0]}: {row[2]}, {t('n = {n}', n=row[3])}" for row in texts)
    return Chart(
        svg=interval_svg(rows, axis=t(measure.axis), locale=f.locale, look=context.look),
        title=finding,
        description=in_brackets(
            context,
            t("{measure} by link: {facts}.", measure=t(measure.label), facts=facts),
            (link.estimate for link in links),
        ),
        table=Table(
            caption=t("{measure} along the chain", measure=t(measure.label)),
            columns=(t("Link"), t("Who tells"), t("Mean, scale 1–5"), "n"),
            rows=tuple(texts),
            numeric=frozenset({2, 3}),
        ),
    )


def _note(context: Context) -> str:
    return context.t(
        "Each link is told by those who were met: supervisors tell of the management, employees of their supervisors, customers of the teams. The links are compared in pairs; Holm's method keeps the chance of any false claim at 5%. That one link is weak does not tell that it weakens the next."
    )
