"""Expectation against experience: what a group expected and how it was met, element by element."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.cautious import cautious_mean_difference
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.paired import paired_difference
from kohtaamo_utils.presentation.blocks import Chart, Paragraph, Table
from kohtaamo_utils.presentation.charts import gap_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.catalogue import ELEMENT_MEASURES, HEARD_MEASURES, Measure
from kohtaamo_utils.reports.current_state.leaning import TESTED_TOGETHER, standing_out, told
from kohtaamo_utils.reports.drawing import gap_row
from kohtaamo_utils.reports.survey import FEW

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.measures.differences import Difference
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.survey import Survey

GROUP = "customer"
_PAIRED = N_("Each respondent's experience is compared with the same respondent's expectation (at most {n} told both).")
_APART = N_("Expectation and experience were told by different answers, so the interval is that of two groups.")


@dataclass(frozen=True)
class _Gap:
    """One element: what was expected, what was experienced, and experience less expectation."""

    measure: Measure
    expected: float
    experienced: float
    difference: Difference
    paired: bool


def expectation(context: Context, survey: Survey) -> Section:
    """Make the section on customers' expectation against their experience; none where not both were asked.

    Answers of one respondent (the same ``response_id``) are compared in pairs where at least the minimum gave both.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    survey
        The answers of the period.
    """
    gaps = [gap for measure in (*ELEMENT_MEASURES, *HEARD_MEASURES) if (gap := _gap(survey, measure)) is not None]
    if not gaps:
        return Section("expectation", (), (), tuple(survey.hidden))
    figures = tuple(
        Figure("expectation_gap", {"respondent_group": GROUP, **gap.measure.scope}, _estimate(gap)) for gap in gaps
    )
    notes = [Paragraph(_how(context, gaps))]
    return Section("expectation", (_chart(context, gaps), *notes), figures, tuple(survey.hidden))


def _gap(survey: Survey, measure: Measure) -> _Gap | None:
    if GROUP not in survey.groups:
        return None
    before, after = (survey.whole(measure, GROUP, side) for side in ("expected", "experienced"))
    if before is None or after is None or before.value is None or after.value is None:
        return None
    expected, experienced = survey.rows(GROUP, "expected"), survey.rows(GROUP, "experienced")
    pairs = _pairs(survey, measure, expected, experienced)
    if len(pairs) >= survey.minimum:
        return _paired(survey, measure, pairs, (before.n, after.n))
    difference = cautious_mean_difference(
        measure.answers(experienced), measure.answers(expected), survey.weights(experienced), survey.weights(expected)
    )
    return _Gap(measure, before.value, after.value, difference, paired=False)


def _pairs(survey: Survey, measure: Measure, expected: pd.DataFrame, experienced: pd.DataFrame) -> pd.DataFrame:
    """Return both answers of the respondents who gave both; none in a weighted survey, whose pairs have two weights."""
    columns = ["expected", "experienced"]
    sides = [frame.assign(answer=measure.answers(frame)).dropna(subset=["answer"]) for frame in (expected, experienced)]
    usable = "response_id" in expected.columns and all(
        survey.weights(frame) is None for frame in (expected, experienced)
    )
    if not usable:
        return sides[0].iloc[:0].reindex(columns=columns)
    known = [side.dropna(subset=["response_id"]).drop_duplicates("response_id", keep=False) for side in sides]
    found = [side.set_index("response_id")["answer"].rename(name) for side, name in zip(known, columns, strict=True)]
    return found[0].to_frame().join(found[1], how="inner")


def _paired(survey: Survey, measure: Measure, pairs: pd.DataFrame, counts: tuple[int, int]) -> _Gap | None:
    """Compare pairs; where they leave out some but few of a side's answers, their means beside the wholes would tell of those."""
    if any(0 < count - len(pairs) < survey.minimum for count in counts):
        survey.note(
            Hidden("expectation_gap", {"respondent_group": GROUP, **measure.scope}, FEW.format(minimum=survey.minimum))
        )
        return None
    difference = paired_difference(pairs["experienced"], pairs["expected"])
    return _Gap(measure, float(pairs["expected"].mean()), float(pairs["experienced"].mean()), difference, paired=True)


def _estimate(gap: _Gap) -> Estimate:
    found = gap.difference
    count = found.n1 if gap.paired else found.n1 + found.n2
    return Estimate(
        value=found.value, n=count, unit="scale", low=found.low, high=found.high, method=found.method, level=found.level
    )


def _finding(context: Context, gaps: list[_Gap]) -> str:
    """Name the elements whose gap stands out from chance over all of them; the widest gaps first."""
    t = context.t
    rows = [(gap.measure, gap.difference) for gap in gaps]
    above, below = standing_out(context, rows)
    sentences = []
    if below:
        sentences.append(t("The experience falls short of what customers expected in: {names}.", names=below))
    if above:
        sentences.append(t("The experience exceeds what customers expected in: {names}.", names=above))
    none = N_("No gap between expectation and experience stands out from chance variation.")
    return told(context, sentences, rows, none)


def _chart(context: Context, gaps: list[_Gap]) -> Chart:
    t, f = context.t, context.f
    texts = [
        (
            t(gap.measure.label),
            f.number(gap.expected, 2),
            f.number(gap.experienced, 2),
            f.signed(gap.difference.value, 2),
            _interval(context, gap.difference),
            f.integer(_estimate(gap).n),
        )
        for gap in gaps
    ]
    rows = [gap_row(context, t(gap.measure.label), gap.experienced, gap.expected) for gap in gaps]
    facts = "; ".join(
        t("{element}: expected {expected}, experienced {experienced}, gap {gap} ({interval}), n = {n}", element=text[0], expected=text[1], experienced=text[2], gap=text[3], interval=text[4], n=text[5])
        for text in texts
    )  # fmt: skip
    return Chart(
        svg=gap_svg(
            rows,
            first=t("Experienced"),
            second=t("Expected"),
            axis=t("Mean, scale 1–5"),
            locale=f.locale,
            look=context.look,
        ),
        title=_finding(context, gaps),
        description=t("Experience less expectation, in brackets the 95% interval of the gap: {facts}.", facts=facts),
        table=Table(
            caption=t("Expectation and experience, mean of 1–5"),
            columns=(t("Element"), t("Expected"), t("Experienced"), t("Gap"), t("95% interval of the gap"), "n"),
            rows=tuple(texts),
            numeric=frozenset({1, 2, 3, 4, 5}),
            note=t(TESTED_TOGETHER),
        ),
    )


def _interval(context: Context, gap: Difference) -> str:
    if gap.low is None or gap.high is None:
        return context.f.number(None)
    return f"{context.f.signed(gap.low, 2)}…{context.f.signed(gap.high, 2)}"


def _how(context: Context, gaps: list[_Gap]) -> str:
    paired = [gap.difference.n1 for gap in gaps if gap.paired]
    first = context.t(_PAIRED, n=context.f.integer(max(paired))) if paired else context.t(_APART)
    caution = context.t("Whoever expects little is easily met: read the gap beside the experience itself.")
    return f"{first} {caution}"
