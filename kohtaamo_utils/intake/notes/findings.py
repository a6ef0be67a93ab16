"""Where the steps of intake put what they find: problems for the consultant, entries for the import log."""

from __future__ import annotations

from dataclasses import dataclass, field

from kohtaamo_utils.errors import SETTINGS_FILE, DataError, Problem, say, shortened
from kohtaamo_utils.intake.notes.log import LogEntry, LogKind
from kohtaamo_utils.intake.notes.personal_data import redacted

LONGEST_VALUE = 200
"""Characters of a cell that a problem shows."""
LONGEST_TEXT = 500
"""Characters of each text in a sentence that is too long."""
LONGEST_SENTENCE = 2_000
"""Characters of a problem's sentence or column; only a damaged file has what is longer."""


@dataclass
class Findings:
    """Problems and log entries of one file read for one table.

    Parameters
    ----------
    table
        Canonical table.
    file
        File as the engagement names it.
    problems, entries
        What was found so far.
    identifiers
        By the id that a reviewee has from here on, what the file calls them: for the consultant, and for no report.
    writers
        By the id that a rater has from here on, the words of their name: for what takes them out of comments.
    """

    table: str
    file: str
    problems: list[Problem] = field(default_factory=list)
    entries: list[LogEntry] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict, repr=False)

    def problem(
        self,
        kind: str,
        message: str,
        *,
        expected: str = "",
        advice: str = "",
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        file: str | None = None,
    ) -> Problem:
        """Record a problem and return it; contact details and codes of people in the value are masked, what is too long is cut."""
        found = Problem(
            file=self.file if file is None else file,
            table=self.table,
            kind=kind,
            message=_sentence(message),
            expected=_sentence(expected),
            advice=_sentence(advice),
            row=row,
            column=None if column is None else shortened(column, LONGEST_SENTENCE),
            value=None if value is None else shortened(redacted(value)[0], LONGEST_VALUE),
        )
        self.problems.append(found)
        return found

    def setting(self, kind: str, key: str, message: str, *, expected: str = "", advice: str = "") -> None:
        """Record a problem in this table's block of ``engagement.yaml``."""
        place = f"sources.{self.table}.{key}"
        self.problem(kind, message, expected=expected, advice=advice, column=place, file=SETTINGS_FILE)

    def stop(
        self, kind: str, message: str, *, expected: str = "", advice: str = "", row: int | None = None
    ) -> DataError:
        """Record a problem after which the file cannot be read on; return the error to raise."""
        return DataError(message, (self.problem(kind, message, expected=expected, advice=advice, row=row),))

    def note(
        self,
        kind: LogKind,
        rule: str,
        count: int,
        detail: str,
        *,
        column: str = "",
        value: str = "",
        reason: str = "",
    ) -> None:
        """Record a log entry."""
        entry = LogEntry(
            table=self.table,
            file=self.file,
            kind=kind,
            rule=rule,
            count=count,
            detail=detail,
            column=column,
            value=value,
            reason=reason,
        )
        self.entries.append(entry)

    def note_inferred(self, name: str, label: str, said: str) -> None:
        """Log what was decided of a whole column: ``decimal comma``, or an order of dates."""
        rule = "decimal" if said.startswith("decimal") else "dates"
        self.note("inferred", rule, 1, say("{what} in {name}", what=said, name=label), column=name, value=said)


def _sentence(text: str) -> str:
    """Return a sentence that can be read; one that a damaged file made too long has the texts in it cut."""
    return text if len(text) <= LONGEST_SENTENCE else shortened(text, LONGEST_TEXT)
