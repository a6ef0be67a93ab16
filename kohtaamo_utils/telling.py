"""What the commands tell the consultant, in the engagement's language: problems, what intake did, and both for machines.

The lines are made here and printed by `cli`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.errors import KohtaamoError, Problem, Said, argument, joined, reason_of, say, say_plural
from kohtaamo_utils.visible import spelt_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.engagement import Engagement, Language
    from kohtaamo_utils.intake import Dataset, LogEntry
    from kohtaamo_utils.intake.notes.log import LogKind

MOST_A_KIND = 20
"""Problems told of each kind; the rest are counted."""
_TOLD: tuple[LogKind, ...] = (
    "inferred",
    "excluded",
    "no_customer",
    "duplicates_dropped",
    "preview",
    "spam",
    "incomplete",
    "too_fast",
    "straight_lining",
    "missing_value",
    "flagged",
    "redacted",
    "pseudonymised",
    "weighted",
    "settled",
)
"""What is told of intake's doings; columns that are not read come after them, and what is to be settled at the end."""
MOST_UNSETTLED = 5
"""What is to be settled is told by a run so far; `check` tells all."""


@dataclass
class Voice:
    """Tells messages in one language.

    Parameters
    ----------
    language
        ``fi``, ``sv`` or ``en``; English until the engagement's is known.

    Examples
    --------
    >>> Voice("fi").told(say("row {row}", row="7"))
    'rivi 7'
    """

    language: Language = "en"

    def told(self, text: str) -> str:
        """Return a message in the language; the catalogs are read when the first is told."""
        from kohtaamo_utils.presentation.wording import Wording

        return Wording(self.language).told(text)


def problem_lines(problems: Sequence[Problem]) -> Iterator[Said]:
    """Yield at most twenty problems of a kind, how many more of it there are, and the total."""
    shown: Counter[str] = Counter()
    totals = Counter(problem.kind for problem in problems)
    for problem in problems:
        shown[problem.kind] += 1
        if shown[problem.kind] <= MOST_A_KIND:
            yield problem.said
        elif shown[problem.kind] == MOST_A_KIND + 1:
            rest = totals[problem.kind] - MOST_A_KIND
            yield say_plural(
                "... and {n} more of this kind ({kind}).",
                "... and {n} more of this kind ({kind}).",
                rest,
                kind=problem.kind,
            )
    if problems:
        yield say_plural("{n} problem.", "{n} problems.", len(problems))


def dataset_lines(dataset: Dataset) -> Iterator[Said]:
    """Yield for each table how many rows are used, and all that intake inferred, left out or changed."""
    log = dataset.log
    for table in dataset.names:
        yield say(
            "{table}: {rows} rows read, {left_out} left out, {used} used.",
            table=table,
            rows=log.rows_in(table),
            left_out=log.left_out(table),
            used=log.rows_out(table),
        )
        for entry in log.of(table, *_TOLD):
            yield _entry(entry, counted=entry.kind not in {"inferred", "settled"})
        yield from _dropped(log.of(table, "dropped"))


def unsettled(dataset: Dataset | None) -> tuple[LogEntry, ...]:
    """Return what was read as it stands, and may be wrong."""
    return () if dataset is None else tuple(entry for entry in dataset.log.entries if entry.kind == "unsettled")


def unsettled_lines(entries: Sequence[LogEntry], most: int | None = None) -> Iterator[Said]:
    """Yield what the consultant has to settle before a report is handed over; nothing where there is nothing.

    Parameters
    ----------
    entries
        Of `unsettled`.
    most
        How many are told; None for all.
    """
    if entries:
        from kohtaamo_utils.intake.settled import settling  # loads intake, which commands that read nothing do without

        yield say_plural(
            "Settle this before you hand a report over; {n} matter was read as it stands:",
            "Settle these before you hand a report over; {n} matters were read as they stand:",
            len(entries),
        )
        for entry in entries[:most]:
            yield _entry(entry, counted=False)
            yield Said(
                "    {text}",
                {"text": say("If that is right, say so in the source's block: `{entry}`", entry=settling(entry))},
            )
        if most is not None and len(entries) > most:
            yield Said(
                "  {text}", {"text": say("... and {n} more: `kohtaamo check` tells all.", n=len(entries) - most)}
            )


def _entry(entry: LogEntry, *, counted: bool) -> Said:
    what = entry.detail or entry.rule
    if entry.kind == "settled":
        what = say("settled ({reason}): {what}", reason=entry.reason, what=what)
    detail = Said("  {file}: {detail}", {"file": entry.file, "detail": what})
    return Said("{entry} ({n})", {"entry": detail, "n": entry.count}) if counted and entry.count else detail


def _dropped(entries: Sequence[LogEntry]) -> Iterator[Said]:
    """Say which columns of each file are not read: those with personal data one by one, the others in one line."""
    plain: dict[str, list[str]] = {}
    for entry in entries:
        if entry.rule == "unmapped":
            plain.setdefault(entry.file, []).append(entry.column)
        else:
            yield _entry(entry, counted=False)
    for file, columns in plain.items():
        yield joined([f"  {file}:", say("not mapped, not read: {columns}", columns=", ".join(columns))])


def brand_lines(brand: Brand | None, engagement: Engagement) -> Iterator[Said]:
    """Yield what a brand brings, and what of it could not be used as it is; nothing without a brand."""
    if brand is not None and engagement.settings.brand is not None:
        yield brand.told(engagement.settings.brand.file)
        for note in brand.notes():
            yield Said("  {note}", {"note": note})


def brand_changes(notes: Sequence[Said], engagement: Engagement) -> Iterator[Said]:
    """Yield where a run has written what of the brand could not be used as it is."""
    if notes:
        file = str(engagement.reports / "internal" / "brand.txt")
        yield say(
            "The brand could not be used in everything as it is: {file} tells what was changed, and why.", file=file
        )


def unused_lines(tables: Sequence[str]) -> Iterator[Said]:
    """Yield which tables are checked and used by no report, so that nobody waits for one."""
    for table in tables:
        yield say(
            "{table}: no report uses it yet. It is only checked; an analyst can read it in a notebook (data/README.md).",
            table=table,
        )


def next_steps(engagement: Engagement) -> Iterator[Said]:
    """Yield what to do where there is nothing to check."""
    if not engagement.settings.sources:
        folder = engagement.folder
        yield say("Nothing to check: engagement.yaml names no sources yet.")
        yield say(
            "Put the client's files into {data}, then: kohtaamo map {folder} (or name them under `sources` yourself, as data/README.md tells).",
            data=str(folder / "data"),
            folder=argument(folder),
        )


def as_json(
    voice: Voice, problems: Sequence[Problem], dataset: Dataset | None, brand_notes: Sequence[Said] | None = None
) -> str:
    """Return findings for machines: keys and English texts that do not depend on the language, and ``text`` that does."""
    content: dict[str, Any] = {
        "problems": [{**problem.as_dict(), "text": voice.told(problem.said)} for problem in problems],
        "tables": {} if dataset is None else {name: len(frame) for name, frame in dataset.tables.items()},
        "log": [] if dataset is None else [logged(voice, entry) for entry in dataset.log.entries],
    }
    if brand_notes is not None:
        content["brand"] = [{"message": str(note), "text": voice.told(note)} for note in brand_notes]
    return spelt_out(json.dumps(content, ensure_ascii=False, indent=1))


def logged(voice: Voice, entry: LogEntry) -> dict[str, Any]:
    """Return a log entry for machines, with its ``text`` in the language."""
    return {**asdict(entry), "text": voice.told(entry.detail)}


def problems_in(error: KohtaamoError) -> tuple[Problem, ...]:
    """Return the problems that an error lists, or the one that it is itself."""
    return error.problems or (Problem(file="", kind="settings", message=error.message),)


def unusable(error: OSError) -> Said:
    """Return what to tell of a file or folder that the system refuses."""
    what = joined([str(error.filename or ""), reason_of(error)], ": ")
    return say("A file or folder cannot be used. {what}. Mend that, or choose another place.", what=what)
