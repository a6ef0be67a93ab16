"""Titles that a spreadsheet has above its header: recognised, logged and passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Record, as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Collection

    from kohtaamo_utils.intake.notes.findings import Findings

MOST = 10
"""No header is looked for below as many titles as this."""


def without_titles(records: list[Record], names: Collection[str], findings: Findings) -> list[Record]:
    """Return the records with titles above the header made blank, so that the others keep their numbers.

    A title is the only filled cell of a row of several, above a row with several filled ones; a name that the
    settings look for is no title.

    Parameters
    ----------
    records
        All rows of the file.
    names
        The file's columns that the settings name.
    findings
        Takes the titles that were passed over.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> without_titles([["Kysely 2025", ""], ["id", "nps"], ["1", "9"]], [], Findings("survey", "a.xlsx"))
    [[], ['id', 'nps'], ['1', '9']]
    """
    filled = [place for place, record in enumerate(records[: 3 * MOST]) if _texts(record)]
    titles: list[int] = []
    for place in filled[:MOST]:
        given = _texts(records[place])
        if len(given) > 1 or len(records[place]) < 2 or given[0] in names:
            break
        titles.append(place)
    header = next((place for place in filled if place not in titles), None)
    if not titles or header is None or len(_texts(records[header])) < 2:
        return records
    for place in titles:
        text = _texts(records[place])[0]
        findings.note("inferred", "title", 1, say("title above the header: {text}", text=text), value=text)
    return [[] if place in titles else record for place, record in enumerate(records)]


def above_header(records: list[Record], names: Collection[str], findings: Findings) -> list[Record]:
    """Return the records with all rows blank above the one that holds the columns which the settings name.

    A first row of several titles (the client's name, the page) looks like a header, but holds none of the columns.

    Parameters
    ----------
    records
        All rows of the file.
    names
        The file's columns that the settings name; without any, or where none is told apart, nothing changes.
    findings
        Takes the rows that were passed over.

    Examples
    --------
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> above_header([["Oy", "", "sivu 1"], ["id", "nps", "csat"]], ["nps", "csat"], Findings("survey", "a.xlsx"))
    [[], ['id', 'nps', 'csat']]
    """
    wanted = {_plain(name) for name in names}
    filled = [place for place, record in enumerate(records[: 3 * MOST]) if _texts(record)][: MOST + 1]
    held = [len(wanted & {_plain(text) for text in _texts(records[place])}) for place in filled]
    if not wanted or not held or held[0] or max(held) < len(wanted):
        return records
    header = filled[held.index(max(held))]
    for place in filled:
        if place < header:
            text = ", ".join(_texts(records[place]))
            findings.note("inferred", "title", 1, say("title above the header: {text}", text=text), value=text)
    return [[] if place < header else record for place, record in enumerate(records)]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _texts(record: Record) -> list[str]:
    return [as_text(cell) for cell in record if not is_blank(cell)]
