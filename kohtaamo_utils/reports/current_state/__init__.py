"""The current-state report: how good the encounters are now, seen from all sides."""

from kohtaamo_utils.reports.current_state.report import CurrentState, open_report

__all__ = ["CurrentState", "open_report"]
