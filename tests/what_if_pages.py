"""The sample's business case as a finished page, made in this process: for tests that a browser drives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notebook_made import notebook, shown, text

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.reports.roi.report import open_report
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from kohtaamo_utils.reports.roi.report import RoiReport


def sample_report(language: str) -> RoiReport:
    """Open the sample's ROI report in a language."""
    return open_report(str(bundled("data/sample")), language)


def page_of(report: RoiReport) -> str:
    """Return a page with a report's scenarios, what-if and formulas, composed as the exporter does."""
    shows = (report.cover(), report.scenarios(), report.method())
    cells = [shown(show._repr_mimebundle_()) for show in shows]
    return page_html(
        compose(notebook(text("# Kannattaako?"), cells[0], text("## Entä jos?"), cells[1], text("## Miten?"), cells[2]))
    )
