"""How comments were coded, how well that is known to work, and how those who wrote are protected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.disclosure.quotes import LONGEST
from kohtaamo_utils.presentation.blocks import Fold, Paragraph
from kohtaamo_utils.presentation.section import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.measures.coding_agreement import CodingAgreement
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.words.coding import Coding


class Measured(NamedTuple):
    """What the kit's codebook was measured to do on the labelled sample in ``tests/labelled_comments.tsv``."""

    comments: int
    precision: float
    recall: float


MEASURED = Measured(comments=251, precision=0.83, recall=0.85)
"""A test measures it anew. The labels and the words are of one author: on comments of others it finds less."""


def agreement_figures(agreement: CodingAgreement | None) -> Iterator[Figure]:
    """Give the agreement of coder and rule."""
    if agreement is not None:
        yield Figure("coding_kappa", {}, agreement.kappa)
        yield Figure("coding_alpha", {}, agreement.alpha)
        yield Figure("coding_precision", {}, agreement.precision)
        yield Figure("coding_recall", {}, agreement.recall)


def method(context: Context, coding: Coding, minimum: int, agreement: CodingAgreement | None) -> Fold:
    """Return the fold on method.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    coding
        The codebook.
    minimum
        Fewest that are shown.
    agreement
        Of coder and rule, where a coder gave themes.
    """
    t, f = context.t, context.f
    texts = [
        t(
            "The themes are read by a rule: a codebook of {n} themes names words, which are looked for in their dictionary form. A denial turns the tone: not having to wait is no complaint about waiting. Where somebody has coded a comment by hand, that stands.",
            n=f.integer(len(coding.codebook.themes)),
        ),
        t(
            "The rule makes mistakes, so the shares are indicative. On {n} invented comments of which the themes were labelled by hand, {precision} of what it found was right, and it found {recall} of what was there. In real comments it finds less.",
            n=f.integer(MEASURED.comments),
            precision=f.percent(MEASURED.precision),
            recall=f.percent(MEASURED.recall),
        ),
        *_agreement(context, agreement),
        t(
            "Shares are of the comments that say something; “-” and “nothing to add” do not. Their intervals are Wilson's; the rule's own mistakes are not in them. A theme that fewer than {minimum} speak of is not shown.",
            minimum=f.integer(minimum),
        ),
        t(
            "Only customers are quoted, and only where at least {minimum} comments of the same theme and tone could be. Comments that may name somebody, that tell of a unit or of contact details, that are longer than {longest} characters, or whose writer belongs to a small group are left out. Which are quoted depends neither on date nor on order.",
            minimum=f.integer(
                max(minimum, context.engagement.settings.disclosure.minimum_comments),
            ),
            longest=f.integer(LONGEST),
        ),
    ]
    return Fold(t("How were the comments read?"), tuple(Paragraph(text) for text in texts))


def _agreement(context: Context, agreement: CodingAgreement | None) -> list[str]:
    if agreement is None:
        return []
    t, f = context.t, context.f
    kappa, alpha = agreement.kappa, agreement.alpha
    return [
        t(
            "Coder and rule were compared on {n} texts: Cohen's kappa {kappa}, Krippendorff's alpha {alpha} (1 is full agreement, 0 chance). Of the rule's themes {precision} were the coder's too; of the coder's the rule found {recall}.",
            n=f.integer(kappa.n),
            kappa=_with_interval(context, kappa),
            alpha=_with_interval(context, alpha),
            precision=f.percent(agreement.precision.value),
            recall=f.percent(agreement.recall.value),
        )
    ]


def _with_interval(context: Context, estimate: Estimate) -> str:
    f, value = context.f, estimate.value
    if estimate.low is None or estimate.high is None:
        return f.number(value, 2)
    return f"{f.number(value, 2)} ({f.number(estimate.low, 2)}\u2026{f.number(estimate.high, 2)})"
