"""The ROI report: measured baselines, benefits by driver, costs, and whether the programme pays."""

from kohtaamo_utils.reports.roi.report import RoiReport, open_report

__all__ = ["RoiReport", "open_report"]
