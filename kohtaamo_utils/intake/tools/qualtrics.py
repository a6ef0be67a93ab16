"""Qualtrics' data export: three header rows (ids, question texts, import ids), or the older form's two.

Where somebody has taken out the rows below the ids, or exported the data for SPSS, one row is left. The data of a 360
project are the same with one row per evaluation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.header_rows import texts
from kohtaamo_utils.intake.sheets.sheet import Sheet, build, first_row
from kohtaamo_utils.intake.tools.layout import Layout, LeftOut, leave, texts_of
from kohtaamo_utils.intake.values.cells import Record, as_text
from kohtaamo_utils.intake.values.vocabulary import NO, YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.notes.findings import Findings

IMPORT_ID = '"ImportId"'
PREVIEW_CODES = {"1", "2", "9", "17"}
"""Status codes of previews and tests: preview, test, preview marked as spam, preview made offline."""
SPAM_CODES = {"8", "12", "40"}
"""Status codes of what Qualtrics takes for spam: of usual responses, imported ones, and invited employees'."""
PREVIEW_WORDS = ("preview", "test", "esikatsel", "förhandsgransk", "förhandsvis")
"""Words in a status of previews and tests, in the language of whoever exported."""
SPAM_WORDS = ("spam", "roskaposti", "skräp")
STATUS, FINISHED = "Status", "Finished"
LEGACY = [["V1"], ["ResponseID"]]
"""How the older form's two header rows begin."""
SUBJECT, PARTICIPANT, RELATIONSHIP = "SubjectUniqueIdentifier", "ParticipantUniqueIdentifier", "Relationship"
"""Who is evaluated in a 360 project, by whom, and what they are to each other."""
DATES = ("RecordedDate", "StartDate", "EndDate")
OWN = {"ResponseId", "ResponseID", "DistributionChannel", *DATES}
"""Columns of every response export beside the status; one of them makes a file with one header row Qualtrics'."""


def _has_import_ids(records: list[Record]) -> bool:
    return len(records) > 2 and any(IMPORT_ID in str(cell) for cell in records[2])


def _is_legacy(records: list[Record]) -> bool:
    return len(records) > 1 and [[as_text(cell) for cell in record[:1]] for record in records[:2]] == LEGACY


def _is_360(records: list[Record]) -> bool:
    return bool(records) and {SUBJECT, PARTICIPANT} <= {as_text(cell) for cell in records[0]}


def _has_own_names(records: list[Record]) -> bool:
    names = {as_text(cell) for cell in records[0]} if records else set()
    return {STATUS, FINISHED} <= names and bool(names & OWN)


def _recognises(records: list[Record]) -> bool:
    return any(sign(records) for sign in (_has_import_ids, _is_legacy, _is_360, _has_own_names))


def _depth(head: list[Record]) -> int:
    if _has_import_ids(head):
        return 3
    return 2 if _is_legacy(head) or _has_texts(head) else 1


def _has_texts(head: list[Record]) -> bool:
    """Tell whether the second row has the questions' texts: what stands under a known name is no date, no yes and no no.

    Where no name is known, a row without any number is one of texts.
    """
    if len(head) < 2:
        return False
    below = {as_text(name): as_text(cell) for name, cell in zip(*head[:2], strict=False)}
    flag = below.get(FINISHED, "").casefold()
    dates = [below[name] for name in DATES if below.get(name)]
    if flag or dates:
        return (bool(flag) and flag not in YES | NO) or any(not re.search(r"[0-9]", date) for date in dates)
    return not any(re.fullmatch(r"[0-9.,]+", cell) for cell in below.values())


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    head = records[first_row(records) :]
    depth = _depth(head)
    names = tuple(as_text(cell) for cell in head[0])
    labels = texts(head[1] if 1 < depth <= len(head) else [], len(names))
    aliases = tuple((label,) if label and label != name else () for name, label in zip(names, labels, strict=True))
    return build(records, depth, findings, names, aliases)


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    status = texts_of(sheet, STATUS) or [""] * len(sheet.cells)
    previews = [text in PREVIEW_CODES or any(word in text for word in PREVIEW_WORDS) for text in status]
    yield from leave("preview", say("Status is a preview or a test"), previews)
    spam = [
        (text in SPAM_CODES or any(word in text for word in SPAM_WORDS)) and not gone
        for text, gone in zip(status, previews, strict=True)
    ]
    yield from leave("spam", say("Status is spam"), spam)
    finished = texts_of(sheet, FINISHED) or [""] * len(sheet.cells)
    unfinished = [text in NO and not any(gone) for text, *gone in zip(finished, previews, spam, strict=True)]
    yield from leave("incomplete", say("Finished is 0 or FALSE"), unfinished)


LAYOUT = Layout(
    "qualtrics",
    _recognises,
    _arrange,
    _left_out,
    duration="Duration (in seconds)",
    own={"reviewee_id": SUBJECT, "rater_id": PARTICIPANT, "rater_group": RELATIONSHIP},
)
"""Qualtrics."""
