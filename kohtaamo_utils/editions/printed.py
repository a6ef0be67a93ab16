"""A figure of an edition, and by how much it changed, as a person reads them: through the kit's one formatter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import Said, joined, say
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.numbers import NOTHING, Numbers

if TYPE_CHECKING:
    from kohtaamo_utils.editions.figures import Entry, FigureChange

_DECIMALS = {"points": 1, "scale": 2, "count": 0, "money": 0}
_MOST_DECIMALS = 12


@dataclass(frozen=True)
class Printed:
    """Puts figures into words.

    Parameters
    ----------
    numbers
        Formats of the engagement's language and currency.

    Examples
    --------
    >>> print(Printed(Numbers("en")).named({"name": "nps", "scope": {"unit": "Turku", "phase": "after"}}))
    nps (unit: Turku, phase: after)
    """

    numbers: Numbers

    def named(self, entry: Entry) -> str:
        """Return a figure's name with what it speaks of, as ``results.json`` has them."""
        scope = ", ".join(f"{name}: {value}" for name, value in entry["scope"].items())
        return f"{entry['name']} ({scope})" if scope else str(entry["name"])

    def line(self, change: FigureChange) -> Said:
        """Return what has become of a figure."""
        figure = self.named(change.entry)
        if change.how == "changed" and change.old is not None and change.new is not None:
            old, new = self._apart(change.old, change.new)
            by = self._by(change)
            told = joined([figure, joined([old, new], " → ")], ": ")
            return say("{told}, by {change}", told=told, change=by) if by else told
        if change.how == "hidden":
            value = self.value(change.old) if change.old is not None else ""
            if not value:
                return say("{figure}: not shown now", figure=figure)
            return say("{figure}: not shown now; before {old}", figure=figure, old=value)
        if change.how == "shown" and change.new is not None:
            return say("{figure}: {new}; not shown before", figure=figure, new=self.value(change.new))
        if change.how == "came" and change.new is not None:
            return say("{figure}: {new}; was not there before", figure=figure, new=self.value(change.new))
        return say("{figure}: {old} before; is not there now", figure=figure, old=self.value(change.old or {}))

    def value(self, entry: Entry, decimals: int | None = None) -> str:
        """Return a value with its interval and number of answers."""
        value, unit = entry.get("value"), str(entry.get("unit", ""))
        if value is None:
            return NOTHING
        text = self.numbers.in_unit(value, unit) if decimals is None else self.numbers.number(value, decimals)
        n = entry.get("n") or 0
        low, high = entry.get("low"), entry.get("high")
        interval = "" if low is None or high is None else self._interval(entry, decimals)
        details = joined([interval, say("n = {n}", n=self.numbers.integer(n)) if n else ""], "; ")
        return joined([text, joined(["(", details, ")"], "") if details else ""])

    def _interval(self, entry: Entry, decimals: int | None) -> str:
        low, high = entry["low"], entry["high"]
        if decimals is not None:
            return f"{self.numbers.number(low, decimals)}…{self.numbers.number(high, decimals)}"
        return self.numbers.interval(Estimate(value=None, n=0, unit=str(entry.get("unit", "")), low=low, high=high))

    def _apart(self, old: Entry, new: Entry) -> tuple[str, str]:
        """Return two values that differ so exactly that they can be told apart."""
        for decimals in (None, *range(2, _MOST_DECIMALS + 1, 2)):
            texts = self.value(old, decimals), self.value(new, decimals)
            if texts[0] != texts[1]:
                return texts
        method = [say("method {method}", method=str(entry.get("method"))) for entry in (old, new)]
        return joined([self.value(old), method[0]], ", "), joined([self.value(new), method[1]], ", ")

    def _by(self, change: FigureChange) -> str:
        """Return by how much a value has changed; nothing where it has not, or by less than is printed."""
        by, unit = change.change, str(change.entry.get("unit", ""))
        if not by or change.old is None or change.old.get("unit") != change.entry.get("unit"):
            return ""
        f, decimals = self.numbers, _DECIMALS.get(unit, 1)
        share = unit == "share"
        text = f.signed_money(by) if unit == "money" else f.signed(by * 100 if share else by, decimals)
        if not any(digit in text for digit in "123456789"):
            return ""
        return say("{change} percentage points", change=text) if share else text
