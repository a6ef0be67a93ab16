"""From the client's files to the canonical tables, with a log of what was done and every problem placed."""

from kohtaamo_utils.intake.dataset import Dataset, check, read
from kohtaamo_utils.intake.files import InputFile
from kohtaamo_utils.intake.memory import recalled, remember
from kohtaamo_utils.intake.notes.log import ImportLog, LogEntry

__all__ = ["Dataset", "ImportLog", "InputFile", "LogEntry", "check", "read", "recalled", "remember"]
