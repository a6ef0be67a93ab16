"""Qualtrics' data export: three header rows (ids, question texts, import ids), or the older form's two.

The data of a 360 project are the same with one row per evaluation, and may come with one header row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import Record, as_text
from kohtaamo_utils.intake.header_rows import texts
from kohtaamo_utils.intake.layout import Layout, LeftOut, leave, texts_of
from kohtaamo_utils.intake.sheet import Sheet, build, first_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.intake.findings import Findings

IMPORT_ID = '"ImportId"'
PREVIEW_CODES = {"1", "2", "9", "17"}
"""Status codes of previews and tests: preview, test, preview marked as spam, preview made offline."""
LEGACY = [["V1"], ["ResponseID"]]
"""How the older form's two header rows begin."""
SUBJECT, PARTICIPANT, RELATIONSHIP = "SubjectUniqueIdentifier", "ParticipantUniqueIdentifier", "Relationship"
"""Who is evaluated in a 360 project, by whom, and what they are to each other."""
UNFINISHED = {"0", "false", "no", "ei", "nej"}


def _has_import_ids(records: list[Record]) -> bool:
    return len(records) > 2 and any(IMPORT_ID in str(cell) for cell in records[2])


def _is_legacy(records: list[Record]) -> bool:
    return len(records) > 1 and [[as_text(cell) for cell in record[:1]] for record in records[:2]] == LEGACY


def _is_360(records: list[Record]) -> bool:
    return bool(records) and {SUBJECT, PARTICIPANT} <= {as_text(cell) for cell in records[0]}


def _recognises(records: list[Record]) -> bool:
    return _has_import_ids(records) or _is_legacy(records) or _is_360(records)


def _depth(head: list[Record]) -> int:
    if _has_import_ids(head):
        return 3
    return 1 if _is_360(head) else 2


def _arrange(records: list[Record], findings: Findings) -> Sheet:
    head = records[first_row(records) :]
    depth = _depth(head)
    names = tuple(as_text(cell) for cell in head[0])
    labels = texts(head[1] if 1 < depth <= len(head) else [], len(names))
    aliases = tuple((label,) if label and label != name else () for name, label in zip(names, labels, strict=True))
    return build(records, depth, findings, names, aliases)


def _left_out(sheet: Sheet) -> Iterator[LeftOut]:
    status = texts_of(sheet, "Status") or []
    previews = [text in PREVIEW_CODES or "preview" in text or "test" in text for text in status]
    yield from leave("preview", say("Status is a preview or a test"), previews)
    remaining = [not preview for preview in previews] or [True] * len(sheet.cells)
    finished = texts_of(sheet, "Finished") or []
    unfinished = [text in UNFINISHED and keep for text, keep in zip(finished, remaining, strict=False)]
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
