"""Customers who are nobody in particular: the number or word under which a till or shop keeps those who gave none."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.personal_data import MARK, is_person, redacted
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.values.cells import as_text, distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound

CUSTOMER = "customer_id"
_APART = re.compile(r"[\W_]+")
WORDS = frozenset(
    _APART.sub("", word)
    for word in (
        *("käteisasiakas", "kateisasiakas", "käteismyynti", "kassa-asiakas", "kassamyynti", "satunnaisasiakas"),
        *("satunnainen asiakas", "kerta-asiakas", "yleisasiakas", "oletusasiakas", "vieras", "vierasasiakas"),
        *("vierailija", "tuntematon", "tuntematon asiakas", "anonyymi", "anonyymi asiakas", "nimetön", "ei asiakasta"),
        *("ei asiakasnumeroa", "ei kanta-asiakas", "ei rekisteröity", "rekisteröimätön", "rekisteröimätön asiakas"),
        *("kontantkund", "kontantkunder", "kontantförsäljning", "kassakund", "kassaförsäljning", "gäst", "gästkund"),
        *("okänd", "okänd kund", "anonym", "anonym kund", "tillfällig kund", "diverse kunder", "diversekund"),
        *("ingen kund", "ej kund", "oregistrerad", "oregistrerad kund", "engångskund"),
        *("guest", "guests", "guest customer", "guest user", "guest checkout", "walk-in", "walk-in customer"),
        *("walk-ins", "cash", "cash customer", "cash sale", "cash sales", "counter sale", "counter sales"),
        *("counter customer", "unknown", "unknown customer", "anonymous", "anonymous customer", "no customer"),
        *("none", "unregistered", "not registered", "one-time customer", "casual customer", "default customer"),
        *("pos customer", "misc customer", "miscellaneous customer", "dummy customer"),
    )
)
"""What such a customer is called, without what stands between words."""
SHARE, TIMES = 0.05, 20
"""Whoever has more than this share of the rows, and so many times as many as the next customer, is hardly one person."""


LEAST = SHARE / TIMES
"""Whoever has less than this share is neither, nor the next of one who is."""


def check_guests(bound: Mapping[str, Bound], findings: Findings) -> None:
    """Log each customer who seems to stand for all those who gave no number, and what to write if so; no row is left out.

    Such a one is known by its word, is the number 0 if that is on more rows than any other customer, or is on rows out of all
    proportion.

    Parameters
    ----------
    bound
        Raw cells of a whole file's order lines, those without a customer left out.
    findings
        Takes the entries.
    """
    column = bound.get(CUSTOMER)
    if column is None or column.constant or column.cells.empty:
        return
    note_guests(_counted(column), len(column.cells), column.label, findings, partial(_first_row, column))


def _counted(column: Bound) -> dict[str, int]:
    import numpy as np

    codes, cells = distinct(column.cells)
    texts = [as_text(cell) for cell in cells]
    counts = dict.fromkeys(texts, 0)
    for text, count in zip(texts, np.bincount(codes, minlength=len(texts)).tolist(), strict=True):
        counts[text] += count
    return counts


def _first_row(column: Bound, text: str) -> int:
    return int(column.cells.index[column.cells.map(as_text) == text][0])


class Guests:
    """Finds such customers in a file that is read in pieces: who may be one in a first pass, on how many rows in a second."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._rows = 0
        self._label = ""

    def look(self, bound: Mapping[str, Bound]) -> None:
        """Note who may be one, by the rows of one piece: whoever has `LEAST` of all rows has as much of one of its pieces."""
        column = bound.get(CUSTOMER)
        if column is not None and not column.constant and not column.cells.empty:
            least = LEAST * len(column.cells)
            found = _counted(column).items()
            self._counts.update(
                (text, 0) for text, count in found if count > least or is_nobody(text) or _is_zero(text)
            )

    def count(self, bound: Mapping[str, Bound]) -> None:
        """Count the rows of one piece."""
        column = bound.get(CUSTOMER)
        if column is not None and not column.constant and not column.cells.empty:
            self._label, self._rows = column.label, self._rows + len(column.cells)
            for text, count in _counted(column).items():
                if text in self._counts:
                    self._counts[text] += count

    def note(self, findings: Findings) -> None:
        """Log them."""
        note_guests(self._counts, self._rows, self._label, findings)


def is_nobody(text: str) -> bool:
    """Tell whether a customer's number is a word for those who gave none, or holds no letter and no digit.

    Examples
    --------
    >>> is_nobody("Walk-in customer"), is_nobody("KÄTEISASIAKAS"), is_nobody("--"), is_nobody("Kassila")
    (True, True, True, False)
    """
    plain = _APART.sub("", text.casefold())
    return bool(text) and (not plain or plain in WORDS)


def _is_zero(text: str) -> bool:
    return bool(text) and not text.strip("0")


def note_guests(
    counts: Mapping[str, int],
    rows: int,
    label: str,
    findings: Findings,
    first_row: Callable[[str], int] | None = None,
) -> None:
    """Log each customer who seems to be nobody in particular.

    Parameters
    ----------
    counts
        On how many rows each customer is; who has less than `LEAST` of them may be left out.
    rows
        How many rows name a customer.
    label
        What the file calls the column.
    findings
        Takes the entries.
    first_row
        Returns the first row of a customer; None where that is not known.
    """
    for text in _nobody(counts, rows):
        _note(text, counts[text], rows, label, findings, None if first_row is None else first_row(text))


def _nobody(counts: Mapping[str, int], rows: int) -> Iterator[str]:
    """Yield the customers who seem to be nobody in particular, the one on most rows first."""
    ordered = sorted(counts, key=lambda text: (-counts[text], text))
    others = int(LEAST * rows) if sum(counts.values()) < rows else 0
    following = max(others, counts[ordered[1]] if len(ordered) > 1 else 0)
    for place, text in enumerate(ordered):
        most = place == 0 and counts[text] > SHARE * rows
        zero = _is_zero(text) and counts[text] > max(following, 1)
        if is_nobody(text) or (most and (zero or counts[text] >= TIMES * max(following, 1))):
            yield text


def _note(text: str, count: int, rows: int, label: str, findings: Findings, row: int | None) -> None:
    shown = text if is_nobody(text) else MARK if is_person(text) else redacted(text)[0]
    entry = f"missing: {{{CUSTOMER}: [{yaml_text(shown)}]}}"
    if row is None:
        detail = say(
            "{value} in {name} is on {count} of {rows} rows and counts as one customer; if it stands for those who gave no number, add `{entry}` to the source's block",
            value=shown,
            name=label,
            count=count,
            rows=rows,
            entry=entry,
        )
    else:
        detail = say(
            "{value} in {name} (first in row {row}) is on {count} of {rows} rows and counts as one customer; if it stands for those who gave no number, add `{entry}` to the source's block",
            value=shown,
            name=label,
            row=row,
            count=count,
            rows=rows,
            entry=entry,
        )
    findings.note("unsettled", "guest", count, detail, column=CUSTOMER, value=shown)
