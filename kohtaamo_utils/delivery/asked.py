"""Which reports are to be approved, and whether each is made, of today's inputs, and as it was made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.roster import Task, chosen, every_task
from kohtaamo_utils.delivery.units import units_in
from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.errors import DeliveryError, SettingsError, argument, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Language


@dataclass(frozen=True)
class Asked:
    """What is to be approved.

    Parameters
    ----------
    reports
        Kinds (``review_360``) or paths below ``reports/`` (``review_360/r01``, with or without the language); empty for
        every kind of which something was made.
    languages
        Empty for all in which something was made.
    by
        Who approves.
    moment
        When, in UTC: 2026-03-03T08:15:00Z.
    """

    reports: tuple[str, ...]
    languages: tuple[Language, ...]
    by: str
    moment: str


def kinds(engagement: Engagement, asked: Asked) -> tuple[str, ...]:
    """Return the kinds of reports of which something is to be approved.

    Raises
    ------
    SettingsError
        A kind is not known, or its sources are not in the engagement.
    DeliveryError
        No report was made yet.
    """
    if asked.reports:
        return chosen(engagement, [name.partition("/")[0] for name in asked.reports])
    there = [kind for kind in chosen(engagement, ()) if any((engagement.reports / kind).glob("*.html"))]
    if not there:
        raise DeliveryError(
            say(
                "No report was made yet. Make the reports, read them, then approve: kohtaamo run {folder}",
                folder=argument(engagement.folder),
            )
        )
    return tuple(there)


def planned(engagement: Engagement, asked: Asked, kinds: Sequence[str], tables: dict[str, pd.DataFrame]) -> list[Task]:
    """Return the reports that are to be approved, made or not.

    Raises
    ------
    SettingsError
        A report is named that the engagement does not have.
    """
    every: dict[str, Task] = {}
    scores, units = engagement.settings.review_360.scores, units_in(engagement, tables)
    for kind in kinds:
        languages = asked.languages or _languages(engagement, kind)
        mine = every_task([kind], tables, scores=scores, units=units.shown)
        every |= {task.stem: task for task in mine if task.parameters["language"] in languages}
    named = [name for name in asked.reports if "/" in name and name.partition("/")[0] in kinds]
    whole = {name for name in asked.reports if "/" not in name} or (set() if named else set(kinds))
    for name in named:
        if not any(_is(task, name) for task in every.values()):
            raise SettingsError(
                say(
                    "There is no report {name}. Name a kind, such as {kind}, or a report's path, such as {path}.",
                    name=repr(name),
                    kind=name.partition("/")[0],
                    path=next(iter(every), name),
                )
            )
    return [task for task in every.values() if task.report in whole or any(_is(task, name) for name in named)]


def _is(task: Task, name: str) -> bool:
    return name in (task.stem, task.stem.rpartition(".")[0])


def _languages(engagement: Engagement, kind: str) -> tuple[Language, ...]:
    """Return the languages in which something of a kind was made; the engagement's own where nothing was."""
    there = [language for language in LANGUAGES if any((engagement.reports / kind).glob(f"*.{language}.html"))]
    return tuple(there) or (engagement.settings.language,)


def made(engagement: Engagement, task: Task, key: str) -> dict[str, Any]:
    """Return a report's recorded results.

    Raises
    ------
    DeliveryError
        It is not made, not of today's inputs, or was changed after it was made; the message says which.
    """
    page, folder = engagement.reports / f"{task.stem}.html", argument(engagement.folder)
    try:
        results: dict[str, Any] = json.loads(page.with_suffix(".results.json").read_text(encoding="utf-8"))
        provenance = results["provenance"]
        marks = {page: provenance["html_sha256"]}
        marks |= {page.with_name(name): mark for name, mark in provenance["attachments"].items()}
        if page.with_suffix(".pdf").is_file():
            marks[page.with_suffix(".pdf")] = provenance.get("pdf_sha256", "")
        whole = all(sha256(file.read_bytes()) == mark for file, mark in marks.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DeliveryError(
            say("It is not made, or not whole. Make it, read it, then approve: kohtaamo run {folder}", folder=folder)
        ) from None
    if provenance["key"] != key:
        raise DeliveryError(
            say(
                "It is out of date: data, settings, template or the kit have changed since it was made. Make it anew, read it, then approve: kohtaamo run {folder}",
                folder=folder,
            )
        )
    if not whole:
        raise DeliveryError(
            say(
                "It was changed by hand after it was made, so it is not what its data give. Make it anew, read it, then approve: kohtaamo run {folder}",
                folder=folder,
            )
        )
    return results
