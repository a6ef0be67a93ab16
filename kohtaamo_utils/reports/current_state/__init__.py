"""The current-state report: how good the encounters are now, seen from all sides, for management, a supervisor and an employee."""

from kohtaamo_utils.reports.current_state.employee import Employee, open_employee
from kohtaamo_utils.reports.current_state.report import CurrentState, open_report
from kohtaamo_utils.reports.current_state.supervisor import Supervisor, open_supervisor
from kohtaamo_utils.reports.current_state.words.coding import coding_of

__all__ = ["CurrentState", "Employee", "Supervisor", "coding_of", "open_employee", "open_report", "open_supervisor"]
