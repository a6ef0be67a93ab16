"""Customers who are nobody in particular: the number or word under which a till or shop keeps those who gave none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import as_text, distinct
from kohtaamo_utils.intake.personal_data import MARK, is_person, redacted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.findings import Findings

CUSTOMER = "customer_id"
_APART = re.compile(r"[\W_]+")
WORDS = frozenset(
    _APART.sub("", word)
    for word in (
        *("käteisasiakas", "kateisasiakas", "käteismyynti", "kassa-asiakas", "kassamyynti", "satunnaisasiakas"),
        *("satunnainen asiakas", "kerta-asiakas", "yleisasiakas", "oletusasiakas", "vieras", "vierasasiakas"),
        *("vierailija", "tuntematon", "tuntematon asiakas", "anonyymi", "anonyymi asiakas", "ei asiakasta"),
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
    import numpy as np

    column = bound.get(CUSTOMER)
    if column is None or column.constant or column.cells.empty:
        return
    codes, cells = distinct(column.cells)
    texts = [as_text(cell) for cell in cells]
    counts = dict.fromkeys(texts, 0)
    for text, count in zip(texts, np.bincount(codes, minlength=len(texts)).tolist(), strict=True):
        counts[text] += count
    for text in _nobody(counts):
        row = int(column.cells.index[codes == texts.index(text)][0])
        _note(column, text, counts[text], row, findings)


def is_nobody(text: str) -> bool:
    """Tell whether a customer's number is a word for those who gave none, or holds no letter and no digit.

    Examples
    --------
    >>> is_nobody("Walk-in customer"), is_nobody("KÄTEISASIAKAS"), is_nobody("--"), is_nobody("Kassila")
    (True, True, True, False)
    """
    plain = _APART.sub("", text.casefold())
    return bool(text) and (not plain or plain in WORDS)


def _nobody(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield the customers who seem to be nobody in particular, the one on most rows first."""
    rows = sum(counts.values())
    ordered = sorted(counts, key=lambda text: (-counts[text], text))
    following = counts[ordered[1]] if len(ordered) > 1 else 0
    for place, text in enumerate(ordered):
        most = place == 0 and counts[text] > SHARE * rows
        zero = bool(text) and not text.strip("0") and counts[text] > max(following, 1)
        if is_nobody(text) or (most and (zero or counts[text] >= TIMES * max(following, 1))):
            yield text


def _note(column: Bound, text: str, count: int, row: int, findings: Findings) -> None:
    shown = text if is_nobody(text) else MARK if is_person(text) else redacted(text)[0]
    detail = say(
        "{value} in {name} (first in row {row}) is on {count} of {rows} rows and counts as one customer; if it stands for those who gave no number, add `{entry}` to the source's block",
        value=shown,
        name=column.label,
        row=row,
        count=count,
        rows=len(column.cells),
        entry=f"missing: {{{CUSTOMER}: [{json.dumps(shown, ensure_ascii=False)}]}}",
    )
    findings.note("inferred", "guest", count, detail, column=CUSTOMER, value=shown)
