"""Reports that the data do not give any more: taken out of what is offered, kept for the consultant, told with the reason.

A page of a unit that has fallen under the threshold, or of a reviewee who has left the data, would else lie among the
others as if it still held. What a client has got cannot be called back; so nothing is deleted either.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from itertools import count
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import to_json, write_whole
from kohtaamo_utils.delivery.plan import TOLD_BY
from kohtaamo_utils.delivery.roster import task_of
from kohtaamo_utils.errors import DeliveryError, Said, joined, say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from kohtaamo_utils.delivery.plan import Plan
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement.releases import Releases

FOLDER = "internal/withdrawn"
RECORD = f"{FOLDER}/withdrawn.json"
_ENDINGS = (".html", ".pdf", ".xlsx", ".results.json")
"""A report's files; the record of its being ours goes last."""


@dataclass(frozen=True)
class Withdrawn:
    """One report that is not offered any more.

    Parameters
    ----------
    stem
        Its path below ``reports/`` without the ending, as it was.
    reason
        Why, in the engagement's language.
    folder
        Where it lies now, below ``reports/``.
    stuck
        Why it could not be moved; empty where it was.
    """

    stem: str
    reason: str
    folder: str
    stuck: str = ""


def withdraw(
    reports: Path, plan: Plan, told: Callable[[str], str] = str, today: dt.date | None = None
) -> tuple[Withdrawn, ...]:
    """Move the reports whose data were read and do not have their subject any more out of what is offered.

    A language or an audience that is not asked for is planned all the same, so it stays; so does a kind whose source was
    taken out of the settings, or whose data have problems; and what the kit did not make.

    Parameters
    ----------
    reports
        Where the reports are.
    plan
        Which reports the engagement can have now.
    told
        Puts a reason into the engagement's language.
    today
        The day that names the folder; by default today.

    Returns
    -------
    tuple
        What was withdrawn now.
    """
    gone = [task for kind in TOLD_BY if kind in plan.read for task in _made_by_us(reports, kind) if plan.lacks(task)]
    if not gone:
        return ()
    folder = _free_folder(reports, gone, today or dt.datetime.now().astimezone().date())
    moved = [Withdrawn(task.stem, told(plan.why_gone(task)), folder) for task in gone]
    before = read_withdrawn(reports)
    kept = {stem: one for stem, one in before.items() if stem not in plan.tasks} | {one.stem: one for one in moved}
    write_whole(
        reports / RECORD, to_json([asdict(one) for one in kept.values()])
    )  # told first: a stop leaves no riddle
    return tuple(Withdrawn(one.stem, one.reason, folder, _move(reports, one)) for one in moved)


def read_withdrawn(reports: Path) -> dict[str, Withdrawn]:
    """Return what is known of withdrawn reports, by path; nothing where that is not kept."""
    try:
        found = json.loads((reports / RECORD).read_text(encoding="utf-8"))
        told = [Withdrawn(str(one["stem"]), str(one["reason"]), str(one["folder"])) for one in found]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {one.stem: one for one in told}


def where(one: Withdrawn) -> Said:
    """Return where a withdrawn report lies."""
    return say("it was withdrawn and lies in {folder}, for you only", folder=one.folder)


def had(stem: str, released: Releases, day: Callable[[str], str]) -> Said | None:
    """Return the word on an approved report that the client may have; None where it never was approved.

    Parameters
    ----------
    stem
        Which report.
    released
        What was approved.
    day
        Writes the day of a moment.
    """
    last = released.last(stem)
    if last is None:
        return None
    return say(
        "it was approved on {date}: if the client has it, tell them that it does not hold any more",
        date=day(last.approved_at),
    )


def refuse_withdrawn(reports: Path, names: Collection[str]) -> None:
    """Refuse to do anything with a withdrawn report.

    Raises
    ------
    DeliveryError
        One of the names, a report's path with or without its language, was withdrawn; the message says why and where it lies.
    """
    for one in read_withdrawn(reports).values():
        if not (reports / f"{one.stem}.html").is_file() and {one.stem, one.stem.rpartition(".")[0]} & set(names):
            raise DeliveryError(
                joined(
                    [
                        say("The report {name} was withdrawn: {reason}.", name=repr(one.stem), reason=one.reason),
                        say("It lies in {folder}, for you only.", folder=str(reports / one.folder)),
                    ],
                    " ",
                )
            )


def _made_by_us(reports: Path, kind: str) -> list[Task]:
    """Return the reports of a kind that lie there with their record."""
    found = []
    for file in sorted((reports / kind).glob("*.results.json")):
        stem = f"{kind}/{file.name.removesuffix('.results.json')}"
        task = task_of(stem)
        if task is not None and task.stem == stem and _is_record(file, kind):
            found.append(task)
    return found


def _is_record(file: Path, kind: str) -> bool:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return bool(content["report"] == kind and content["provenance"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _free_folder(reports: Path, gone: Collection[Task], today: dt.date) -> str:
    """Return a folder of the day where none of the reports lies yet."""
    for number in count(1):
        folder = f"{FOLDER}/{today:%Y-%m-%d}{f'-{number}' if number > 1 else ''}"
        if not any((reports / folder / f"{task.stem}{ending}").exists() for task in gone for ending in _ENDINGS):
            break
    return folder


def _move(reports: Path, one: Withdrawn) -> str:
    """Move a report's files; return why that failed, if it did."""
    try:
        for ending in _ENDINGS:
            file, target = reports / f"{one.stem}{ending}", reports / one.folder / f"{one.stem}{ending}"
            if file.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""
