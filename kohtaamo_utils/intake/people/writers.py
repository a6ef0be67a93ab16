"""What the raters of a 360 review are called in its files: their comments are not to name them, nor each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.notes.personal_data import is_person
from kohtaamo_utils.intake.people.privacy import personal_kind
from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet

_ADDRESS = re.compile(r"(?P<who>[^@\s]+)@[^@\s]+")
_PARTS = re.compile(r"[^\W\d_]{2,}")


def writers_of(sheet: Sheet, given: Bound | None, known: Bound | None, read: Collection[str]) -> dict[str, str]:
    """Return the names of raters by the ids that they have from here on.

    A rater's name is what the file identifies them by, if that is a name or an address, and what stands in columns of
    names and addresses that nothing reads.

    Parameters
    ----------
    sheet
        The file, laid out.
    given, known
        The raters' identifiers as the file has them, and as they are known from here on.
    read
        Names of the columns that are read.
    """
    if given is None or known is None or known.constant:
        return {}
    used = {name.casefold() for name in read}
    beside = [
        sheet.column(place).loc[known.cells.index].tolist()
        for place, name in enumerate(sheet.names)
        if name and name.casefold() not in used and personal_kind(sheet, place) in {"name", "email"}
    ]
    found: dict[str, list[str]] = {}
    for rater, *said in dict.fromkeys(zip(known.cells.tolist(), given.cells.tolist(), *beside, strict=True)):
        found.setdefault(as_text(rater), []).extend(word for cell in said for word in _words(as_text(cell)))
    return {rater: " ".join(dict.fromkeys(words)) for rater, words in found.items() if len(set(words)) > 1}


def _words(text: str) -> Iterator[str]:
    """Yield the words of a name, written as one or before the @ of an address."""
    address = _ADDRESS.fullmatch(text.strip())
    plain = address["who"] if address else text
    if address or is_person(plain) or plain.isalpha():
        yield from (word.casefold() for word in _PARTS.findall(plain))
