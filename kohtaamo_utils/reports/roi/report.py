"""The ROI report's frame: baselines from the tables that are there, the case where the settings have one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import MissingDataError, say
from kohtaamo_utils.presentation.blocks import Callout
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.context import in_language, open_context
from kohtaamo_utils.reports.import_quality import data_blocks
from kohtaamo_utils.reports.report import Report
from kohtaamo_utils.reports.roi.assumptions import assumptions
from kohtaamo_utils.reports.roi.baselines import baselines
from kohtaamo_utils.reports.roi.case import cash_flow, headline, method
from kohtaamo_utils.reports.roi.formulas import with_formulas
from kohtaamo_utils.reports.roi.leaving import leaving
from kohtaamo_utils.reports.roi.sales_change import sales_change
from kohtaamo_utils.reports.roi.scenarios import scenarios
from kohtaamo_utils.reports.roi.what_if import with_what_if
from kohtaamo_utils.reports.roi.workbook import with_workbook
from kohtaamo_utils.roi.baselines import Baselines, measure
from kohtaamo_utils.roi.case import RoiCase
from kohtaamo_utils.roi.case import case as make_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.engagement import TableName

TABLES: tuple[TableName, ...] = ("transactions", "customers", "employees")


@in_language
def open_report(engagement: str, language: str = "") -> RoiReport:
    """Open the ROI report of an engagement.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.

    Raises
    ------
    MissingDataError
        The engagement has none of the tables that a baseline is measured from.
    """
    context = open_context(engagement, language, TABLES)
    if not context.dataset.names:
        raise MissingDataError(
            say(
                "The ROI report needs at least one of the tables transactions, customers and employees, and the engagement has none. Add one under `sources` in engagement.yaml."
            )
        )
    return RoiReport(context)


class RoiReport(Report):
    """Whether developing the encounters pays."""

    name = "roi"
    template = "roi.ipynb"

    @cached_property
    def measured(self) -> Baselines | None:
        """Baselines of the drivers that the settings use; None without ``roi`` settings."""
        settings = self.context.engagement.settings
        return (
            None
            if settings.roi is None
            else measure(settings.roi, self.context.dataset.tables, settings.period, self.context.dataset.ledger)
        )

    @cached_property
    def case(self) -> RoiCase | None:
        """The business case; None without ``roi`` settings."""
        settings = self.context.engagement.settings.roi
        return None if settings is None or self.measured is None else make_case(settings, self.measured)

    def headline(self) -> Section:
        """Return the answer first."""
        return self._section("headline", lambda: headline(self.context, self.case) if self.case else self._no_case())

    def baselines(self) -> Section:
        """Return the measured baselines."""
        return self._section("baselines", lambda: baselines(self.context, self.measured))

    def sales_change(self) -> Section:
        """Return what the change of sales between the two last years consists of."""
        return self._section("sales-change", lambda: sales_change(self.context))

    def leaving(self) -> Section:
        """Return who stays and who leaves."""
        return self._section("leaving", lambda: leaving(self.context))

    def cash_flow(self) -> Section:
        """Return benefits and costs by year."""
        return self._case_section("cash-flow", lambda case: cash_flow(self.context, case))

    def scenarios(self) -> Section:
        """Return scenarios, tornado and break-even points, and the live what-if."""
        settings = self.context.engagement.settings.roi
        if settings is None:
            return Section("scenarios", ())
        return self._case_section(
            "scenarios", lambda case: with_what_if(scenarios(self.context, case), self.context, case, settings)
        )

    def assumptions(self) -> Section:
        """Return the assumptions with their sources and grades."""
        settings, measured = self.context.engagement.settings.roi, self.measured
        if settings is None or measured is None:
            return Section("assumptions", ())
        return self._section("assumptions", lambda: assumptions(self.context, settings, measured))

    def method(self) -> Section:
        """Return the formulas, and the workbook that computes with them."""

        def made(case: RoiCase) -> Section:
            return with_workbook(self.context, case, with_formulas(method(self.context, case), self.context, case))

        return self._case_section("method", made)

    def data_quality(self) -> Section:
        """Return what came in and what was left out."""
        return self._section("quality", lambda: Section("quality", tuple(data_blocks(self.context))))

    def _case_section(self, key: str, make: Callable[[RoiCase], Section]) -> Section:
        """Return a section of the case, or an empty one where there is no case."""
        case = self.case
        return self._section(key, lambda: Section(key, ()) if case is None else make(case))

    def _no_case(self) -> Section:
        text = self.t(
            "There are no assumptions yet, so this report tells where you stand now and not whether a programme would pay."
        )
        return Section("headline", (Callout(text),))
