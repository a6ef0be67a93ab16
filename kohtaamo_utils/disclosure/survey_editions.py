"""What a released edition of a survey remembers, and which of today's answers and of its own are not in both.

Less the first edition, a second one is a figure of those who came between, so one must know who stood behind the first.
An edition keeps a line for each response: a keyed hash of who gave it, and a mark of each answer and of each category, made
with a key of that response alone. Without the key the lines tell that two marks of one response are equal, nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.releases import SurveyEdition
from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.tables import SEGMENT_PREFIX, SURVEY_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

MONTH = "month"
DIMENSIONS = ("touchpoint", "channel", "phase", "unit", "segment")
_WHO = ("respondent_group", "perspective")
_MARK, _ID = 4, 12
_NOTHING = "." * _MARK


def columns_of(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return what a line marks: group, perspective, answers and categories that the survey has."""
    known = (*_WHO, *SURVEY_MEASURES, *DIMENSIONS)
    segments = [name for name in frame.columns if name.startswith(SEGMENT_PREFIX)]
    months = [MONTH] if "answered_on" in frame.columns else []
    return (*(name for name in known if name in frame.columns), *segments, *months)


@dataclass(frozen=True)
class Lines:
    """Today's answers as an edition would remember them.

    Parameters
    ----------
    frame
        Canonical ``survey`` rows of the period.
    secret
        Key of the hashes.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"respondent_group": ["customer"], "response_id": ["a"], "nps": [9.0]})
    >>> Lines(frame, "key").text == Lines(frame, "key").text, Lines(frame, "key").text == Lines(frame, "other").text
    (True, False)
    """

    frame: pd.DataFrame
    secret: str

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What each line marks."""
        return columns_of(self.frame)

    @cached_property
    def cells(self) -> dict[str, list[str | None]]:
        """Each column's values as text, None where there is none."""
        return {name: _texts(self.frame, name) for name in self.columns}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Who gave each response: its id where it has one, else all that it says; repeated ones are numbered."""
        names = _texts(self.frame, "response_id") if "response_id" in self.frame.columns else [None] * len(self.frame)
        who = [name for name in _WHO if name in self.cells]
        seen: Counter[str] = Counter()
        found = []
        for row, name in enumerate(names):
            parts = [self.cells[column][row] or "" for column in (who if name else self.columns)]
            text = "\x1f".join([name or "\x1e", *parts])
            seen[text] += 1
            found.append(_code(_digest(self.secret, f"{text}\x1f{seen[text]}"))[:_ID])
        return tuple(found)

    @cached_property
    def marks(self) -> tuple[tuple[str, ...], ...]:
        """Each response's marks, in the order of the columns."""
        return tuple(
            tuple(mark(self.secret, one, name, self.cells[name][row]) for name in self.columns)
            for row, one in enumerate(self.ids)
        )

    @cached_property
    def text(self) -> str:
        """The lines, in an order that tells nothing of that of the answers."""
        return "\n".join(sorted(f"{one} {''.join(marks)}" for one, marks in zip(self.ids, self.marks, strict=True)))

    def record(self, moment: str, inputs: str) -> SurveyEdition:
        """Return the edition as ``releases.yaml`` keeps it."""
        identity = _identity(self.secret, self.columns, self.text)
        return SurveyEdition(id=identity, released_at=moment, inputs=inputs, columns=self.columns, responses=self.text)


def _identity(secret: str, columns: Sequence[str], text: str) -> str:
    """Return the keyed hash of a whole edition."""
    return _code(_digest(secret, f"survey\x1f{'|'.join(columns)}\x1f{text}"))[:16]


def mark(secret: str, one: str, column: str, value: str | None) -> str:
    """Return a response's mark of one value, which no other response's can be compared with."""
    return _NOTHING if value is None else _code(_digest(secret, f"{one}\x1f{column}\x1f{value}"))[:_MARK]


@dataclass(frozen=True)
class Earlier:
    """A released edition against today's answers.

    Parameters
    ----------
    released_at
        When it was approved.
    columns
        What its lines mark.
    lines
        Response to its marks.
    today
        Today's answers.
    """

    released_at: str
    columns: tuple[str, ...]
    lines: dict[str, dict[str, str]]
    today: Lines

    def new(self, columns: Iterable[str], rows: Iterable[int]) -> frozenset[int]:
        """Return the rows that the edition does not have with the same answers in these columns."""
        return frozenset(row for row in rows if any(not self._same(row, name) for name in columns))

    def moved(self, column: str, rows: Iterable[int]) -> frozenset[int]:
        """Return the rows that the edition has in another category, or in one where today there is none."""
        return frozenset(row for row in rows if self.today.ids[row] in self.lines and not self._same(row, column))

    def gone(self, columns: Sequence[str], group: str) -> tuple[str, ...]:
        """Return the edition's responses of a group that answered these columns and have not done so, or otherwise, today."""
        return tuple(
            one
            for one, marks in self.lines.items()
            if marks.get("respondent_group") == mark(self.today.secret, one, "respondent_group", group)
            and all(marks.get(name, _NOTHING) != _NOTHING for name in columns)
            and not (one in self._rows and all(self._same(self._rows[one], name) for name in columns))
        )

    def was_in(self, one: str, column: str, category: str) -> bool:
        """Tell whether the edition had a response in a category."""
        return self.lines[one].get(column) == mark(self.today.secret, one, column, category)

    def is_whole(self, group: str) -> bool:
        """Tell whether today's answers have all of a group's responses, and nothing of them was changed."""
        return not any(
            marks.get("respondent_group") == mark(self.today.secret, one, "respondent_group", group)
            and (one not in self._rows or any(not self._same(self._rows[one], name) for name in self.today.columns))
            for one, marks in self.lines.items()
        )

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {one: row for row, one in enumerate(self.today.ids)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.today.columns)}

    def _same(self, row: int, column: str) -> bool:
        marks = self.lines.get(self.today.ids[row])
        now = self.today.marks[row][self._places[column]] if column in self._places else _NOTHING
        return marks is not None and marks.get(column, _NOTHING) == now


def earlier_editions(records: Sequence[SurveyEdition], today: Lines) -> tuple[Earlier, ...]:
    """Return the editions that were released before today's answers were: those after an edition of the very same do not count.

    Parameters
    ----------
    records
        As ``releases.yaml`` keeps them, in their order.
    today
        Today's answers.

    Raises
    ------
    SettingsError
        An entry was changed by hand and cannot be read.
    """
    if not records:
        return ()
    own = today.record("2000-01-01T00:00:00Z", "0" * 64).id
    found = []
    for record in records:
        if record.id == own:
            break
        if record.id != _identity(today.secret, record.columns, record.responses.strip("\n")):
            raise _damaged(record)
        found.append(Earlier(record.released_at, record.columns, _lines(record), today))
    return tuple(found)


def _lines(record: SurveyEdition) -> dict[str, dict[str, str]]:
    try:
        found = {}
        for line in record.responses.splitlines():
            one, text = line.split(" ")
            marks = [text[start : start + _MARK] for start in range(0, len(text), _MARK)]
            found[one] = dict(zip(record.columns, marks, strict=True))
    except ValueError:
        raise _damaged(record) from None
    return found


def _damaged(record: SurveyEdition) -> SettingsError:
    return SettingsError(
        say(
            "The entry {name} in {file} was changed by hand and cannot be read. Put back the file as `kohtaamo approve` wrote it, e.g. from a backup.",
            name=record.id,
            file="releases.yaml",
        )
    )


def _texts(frame: pd.DataFrame, name: str) -> list[str | None]:
    values = frame["answered_on"].dt.strftime("%Y-%m") if name == MONTH else frame[name]
    there = values.notna().tolist()
    return [str(value) if known else None for value, known in zip(values.tolist(), there, strict=True)]


def _digest(secret: str, text: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha256)


def _code(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode()
