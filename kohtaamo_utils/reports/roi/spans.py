"""Of which days the figures of where the client stands are: sales, retention and staff need not be of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.measures.employment import says
from kohtaamo_utils.roi.drivers.retention import RetentionDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.presentation.section import Figure
    from kohtaamo_utils.reports.context import Context


def spans(context: Context, figures: Iterable[Figure]) -> str:
    """Return of which days the figures are, each kind by its first and its last day, and that money is without tax.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    figures
        The section's figures; of kinds that are not among them nothing is said.
    """
    names, units = {figure.name for figure in figures}, {figure.estimate.unit for figure in figures}
    texts = [
        _sales(context) if "orders" in names else "",
        _retention(context) if "retention_rate" in names else "",
        _staff(context) if names & {"headcount_mean", "median_tenure_months", "leaver_share"} else "",
        context.t("Money without value added tax.") if "money" in units else "",
    ]
    return " ".join(text for text in texts if text)


def _sales(context: Context) -> str:
    days = None if context.dataset.ledger is None else context.dataset.ledger.days()
    return "" if days is None else context.t("Sales: the whole data, {period}.", period=context.f.period(*days))


def _retention(context: Context) -> str:
    settings = context.engagement.settings.roi
    block = None if settings is None else settings.drivers.get("retention")
    if isinstance(block, RetentionDriver) and block.source == "transactions" and block.baseline and block.follow_up:
        before, after = (context.f.period(window.start, window.end) for window in (block.baseline, block.follow_up))
        return context.t("Retention: those who bought {before}, and whether they bought {after}.", before=before, after=after)  # fmt: skip
    frame = context.dataset.tables.get("customers")
    if frame is None or not says(frame, "started_on") or context.period is None:
        return context.t("Contract customers: the whole data, which has no dates.")
    if isinstance(block, RetentionDriver) and block.model == "shifted_beta_geometric":
        return context.t("Contract customers: all contracts until {day}.", day=context.f.date(context.period.end))
    return context.t("Contract customers: {period}.", period=context.period_text())


def _staff(context: Context) -> str:
    frame = context.dataset.tables.get("employees")
    if frame is None or not says(frame, "started_on"):
        return context.t("Staff: the whole data, which has no dates.")
    return context.t("Staff: {period}.", period=context.period_text())
