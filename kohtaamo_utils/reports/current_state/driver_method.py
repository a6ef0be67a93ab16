"""How the drivers are computed: the method in words, and a second way of parting beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.driver_intervals import DRAWS, SEED
from kohtaamo_utils.presentation.blocks import Block, Fold, Paragraph, Table
from kohtaamo_utils.reports.catalogue import ELEMENT_LABELS
from kohtaamo_utils.reports.current_state.explained import OUTCOMES

if TYPE_CHECKING:
    from kohtaamo_utils.measures.drivers import Drivers
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explained, Explanations


def driver_method(context: Context, found: Explanations) -> Fold:
    """Return the method, folded, with a table for each outcome that has drivers.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    found
        What goes with what.
    """
    t, f = context.t, context.f
    texts = [
        t(
            "A regression explains each customer's answer by the elements. LMG (Lindeman, Merenda and Gold) parts what it explains, R², among them: an element's part is what it adds to R² on average over all orders in which the elements can be entered. The share is that part of R²."
        ),
        t(
            "Only customers who answered the question and all elements count. NPS enters as the answer from 0 to 10. At least ten customers are needed for each element."
        ),
        t(
            "Intervals: the customers are drawn anew {draws} times, with replacement (seed {seed}), and the middle 95% of the shares is printed. An order is claimed only where a difference is beyond chance with all pairs of elements looked at together. A share cannot be negative: one whose interval begins near zero may mean nothing.",
            draws=f.integer(DRAWS),
            seed=str(SEED),
        ),
        t(
            "R² is beyond chance if the F test of the regression says so at 5%; its interval comes from the noncentral F distribution."
        ),
        t(
            "Importance is derived here from how answers go together. Customers were not asked how important each element is to them, so stated importance is missing. An element that is good in nearly every encounter varies little and therefore looks less important than it is."
        ),
    ]
    blocks: list[Block] = [Paragraph(text) for text in texts]
    blocks += [
        _table(context, explained, explained.drawn.found) for explained in found.outcomes if explained.drawn is not None
    ]
    return Fold(t("How are the drivers computed?"), tuple(blocks))


def _table(context: Context, explained: Explained, found: Drivers) -> Table:
    t, f = context.t, context.f
    ordered = sorted(found.shares, key=lambda name: -found.shares[name])
    rows = [
        (
            t(ELEMENT_LABELS[name]),
            f.percent(found.shares[name], 1),
            f.percent(found.johnson[name] / found.r2, 1),
            f.percent(found.alone[name], 1),
            f.percent(found.last[name], 1),
            f.number(found.vif[name], 1),
        )
        for name in ordered
    ]
    return Table(
        caption=t(
            "{outcome}: two ways of parting, and what each element explains", outcome=t(OUTCOMES[explained.outcome])
        ),
        columns=(
            t("Element"),
            t("Share, LMG"),
            t("Share, Johnson"),
            t("R² alone"),
            t("R² added last"),
            t("Variance inflation"),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(1, 6)),
        note=t(
            "Answered the question: {answered}; it and all elements: {complete}. Adjusted R² {adjusted}. Johnson's relative weights are a second way to part R²; where the two agree, the parting does not hang on the method.",
            answered=f.integer(explained.answered),
            complete=f.integer(explained.complete),
            adjusted=f.percent(found.r2_adjusted),
        ),
    )
