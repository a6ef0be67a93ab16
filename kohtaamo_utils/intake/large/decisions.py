"""What a whole column decides, gathered from chunk after chunk: the decimal mark, and which of 4/7 is the month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import Product
from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import as_text, distinct
from kohtaamo_utils.intake.columns import own_name, places_of
from kohtaamo_utils.intake.exclusions import exclude
from kohtaamo_utils.intake.findings import Findings
from kohtaamo_utils.intake.large.start import is_nobody
from kohtaamo_utils.intake.parse_dates import order_of, parse_dates
from kohtaamo_utils.intake.parse_numbers import by_shape, mark_of, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.engagement.settings import ExcludeRule
    from kohtaamo_utils.intake.sheet import Sheet

NUMBERS = ("amount", "margin")
DAY = "ordered_on"
_TIME = re.compile(r"[T ,].*")


class Decisions:
    """The marks and dates that a file's columns show.

    Parameters
    ----------
    source
        The file's block in the settings; what it says is not decided again.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shapes: dict[str, dict[str, str]] = {name: {} for name in NUMBERS}
        self._marks_of_all: set[str] = set()
        self._labels: dict[str, str] = {}
        self._days: dict[str, None] = {}

    def add(self, sheet: Sheet) -> None:
        """Take the next rows; what is logged is said of those that are not left out."""
        ruled = [place for rule in self._source.exclude for place in places_of(sheet, rule.column) if _on_numbers(rule)]
        for place in {*ruled, *(place for name in NUMBERS for place in self._places(sheet, name))}:
            self._marks_of_all |= _marks(cell for cell in distinct(sheet.column(place))[1] if isinstance(cell, str))
        used = _used_rows(sheet, self._source, self._places(sheet, "customer_id"))
        for name in NUMBERS:
            for place in self._places(sheet, name):
                cells = distinct(used.column(place))[1]
                self._shapes[name] = by_shape(cell for cell in cells if isinstance(cell, str)) | self._shapes[name]
        for place in self._places(sheet, DAY):
            self._days.update(dict.fromkeys(_TIME.sub("", as_text(cell)) for cell in distinct(used.column(place))[1]))

    def source(self, findings: Findings) -> Source | None:
        """Return the block with all decisions made; None where the dates decide nothing, which becomes a problem.

        Parameters
        ----------
        findings
            Takes the problem.
        """
        decided: dict[str, str] = {}
        if self._source.decimal is None and len(self._marks_of_all) == 1:
            decided["decimal"] = next(iter(self._marks_of_all))
        order, unclear = order_of(list(self._days), self._source.dates)
        if unclear is not None:
            label = self._labels.get(DAY, DAY)
            findings.problem(unclear.kind, unclear.message, expected=say("a date"), advice=unclear.advice, column=label)
            return None
        if self._source.dates == "auto":
            decided["dates"] = order
        return self._source.model_copy(update=decided)

    def note(self, findings: Findings) -> None:
        """Log what was inferred, as it is logged of a file that is held."""
        said = parse_dates(list(self._days)).inferred if self._source.dates == "auto" else ""
        if said:
            findings.note_inferred(DAY, self._labels[DAY], said)
        for name in NUMBERS:
            if self._source.decimal is None and "," in _marks(self._shapes[name].values()) and name in self._labels:
                findings.note_inferred(name, self._labels[name], say("decimal comma"))

    def _places(self, sheet: Sheet, name: str) -> list[int]:
        """Return the columns that a canonical one is made of."""
        rule = self._source.columns.get(name)
        if isinstance(rule, Product):
            return [place for factor in rule.product if isinstance(factor, str) for place in places_of(sheet, factor)]
        place = own_name(sheet, name) if rule is None else next(iter(places_of(sheet, str(rule))), None)
        if place is None:
            return []
        self._labels[name] = sheet.names[place]
        return [place]


def _marks(texts: Iterable[str]) -> set[str]:
    return {mark for text in texts if (mark := mark_of(tidy(text))) is not None}


def _used_rows(sheet: Sheet, source: Source, customers: list[int]) -> Sheet:
    """Return the rows that count, as `Start.used` does."""
    used = exclude(sheet, source, Findings("transactions", ""))
    for place in customers:
        used = used.without(used.column(place).map(is_nobody).to_numpy(dtype=bool))
    return used


def _on_numbers(rule: ExcludeRule) -> bool:
    return rule.at_most is not None or rule.at_least is not None
