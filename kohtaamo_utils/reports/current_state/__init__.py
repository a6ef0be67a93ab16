"""The current-state report: how good the encounters are now, seen from all sides."""

from kohtaamo_utils.reports.current_state.report import CurrentState, open_report
from kohtaamo_utils.reports.current_state.words.coding import coding_of

__all__ = ["CurrentState", "coding_of", "open_report"]
