"""The current-state report for an employee: what customers value, how one is met oneself, three things to try."""

from kohtaamo_utils.reports.current_state.employee.report import Employee, open_employee

__all__ = ["Employee", "open_employee"]
