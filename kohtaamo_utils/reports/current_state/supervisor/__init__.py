"""The current-state report for a supervisor: one unit's customers and team, beside all the other units together."""

from kohtaamo_utils.reports.current_state.supervisor.report import Supervisor, open_supervisor

__all__ = ["Supervisor", "open_supervisor"]
