"""How each report in ``reports/`` stands: up to date, out of date and why, failed, without a source, or withdrawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.origin import Change, Marks, changes, origin_of
from kohtaamo_utils.delivery.withdrawn import had, read_withdrawn, where
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Release, Releases, day_of
from kohtaamo_utils.errors import Said, say
from kohtaamo_utils.presentation.numbers import Numbers

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.delivery.last_run import LastRun
    from kohtaamo_utils.delivery.plan import Plan
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.delivery.withdrawn import Withdrawn
    from kohtaamo_utils.engagement import Engagement

State = Literal["current", "outdated", "edited", "failed", "orphan", "withdrawn"]
RESULTS = ".results.json"


@dataclass(frozen=True)
class Standing:
    """How one report stands.

    Parameters
    ----------
    stem
        Its path below ``reports/`` without the ending.
    state
        ``current``, ``outdated``, ``edited`` (changed by hand), ``failed``, ``orphan`` (its source is gone) or
        ``withdrawn`` (moved, because the data do not give it any more).
    reasons
        Why it is not current.
    results
        What its ``results.json`` holds; empty where it has none.
    page
        Whether its page is there.
    last
        Its latest approval.
    """

    stem: str
    state: State
    reasons: tuple[str, ...]
    results: dict[str, Any]
    page: bool = True
    last: Release | None = None

    @property
    def draft(self) -> bool:
        """Whether the report bears the draft mark."""
        return bool(self.results.get("draft", True))


class Standings:
    """Looks at the reports of an engagement.

    Parameters
    ----------
    engagement
        The client's folder.
    plan
        Which reports it can have now.
    last_run
        What the last run met.
    released
        What was approved.
    """

    def __init__(
        self, engagement: Engagement, plan: Plan, last_run: LastRun, released: Releases = NOTHING_RELEASED
    ) -> None:
        self._engagement, self._plan, self._last_run, self._released = engagement, plan, last_run, released
        self._marks, self._numbers = Marks(), Numbers(engagement.settings.language, engagement.settings.currency)

    def every(self) -> tuple[Standing, ...]:
        """Return how each report stands of which there is a page, which the last run could not make, or which was withdrawn."""
        reports = self._engagement.reports
        pages = {file.relative_to(reports).as_posix().removesuffix(".html") for file in reports.glob("*/*.html")}
        failed = {
            stem for stem in self._last_run.failed if (task := self._plan.task(stem)) and not self._plan.lacks(task)
        }
        stems = {stem for stem in pages if not stem.startswith("internal/")} | failed
        gone = [
            self._gone(one) for one in read_withdrawn(reports).values() if one.stem not in {*stems, *self._plan.tasks}
        ]
        return tuple(sorted([*map(self.of, stems), *gone], key=lambda one: one.stem))

    def of(self, stem: str) -> Standing:
        """Return how one report stands."""
        page = self._engagement.reports / f"{stem}.html"
        results, last = _results(page), self._released.last(stem)
        state, reasons = self._state(stem, page, results)
        return Standing(stem, state, reasons, results, page.is_file(), last)

    def _gone(self, one: Withdrawn) -> Standing:
        reasons = (one.reason, where(one), *self._had(one.stem))
        return Standing(one.stem, "withdrawn", reasons, {}, page=False, last=self._released.last(one.stem))

    def _had(self, stem: str) -> tuple[Said, ...]:
        """Return the word on what the client may have, where there is one."""
        word = had(stem, self._released, lambda moment: self._numbers.date(day_of(moment)))
        return () if word is None else (word,)

    def _state(self, stem: str, page: Path, results: dict[str, Any]) -> tuple[State, tuple[str, ...]]:
        task = self._plan.task(stem)
        if task is None:
            return "orphan", (say("its source is not in the engagement any more"),)
        if self._plan.lacks(task):
            return "orphan", (self._plan.why_gone(task), *self._had(stem))
        if stem in self._last_run.failed:
            return "failed", (self._last_run.failed[stem],)
        found = self._outdated(task, results)
        if not _whole(page, results):
            return "edited", (say("it was changed after it was made, or is not whole"), *found)
        return ("outdated" if found else "current"), found

    def _outdated(self, task: Task, results: dict[str, Any]) -> tuple[Said, ...]:
        """Return why a report is not what a run would leave now; nothing where it is."""
        now, recorded = origin_of(self._engagement, task, self._marks), results.get("provenance", {})
        approved = self._released.of(task.stem, now.key) is not None
        if recorded.get("key") == now.key:
            return () if approved is not results.get("draft", True) else (say("its approval has changed"),)
        found = [change.said for change in self._changes(recorded, now.provenance)]
        skipped = task.report in self._last_run.skipped
        problems = [say("its data have problems, so it was not made anew")] if skipped else []
        if not found and now.untold:
            found = [
                say("names that it must not quote may have changed, or it was made with another version of the kit")
            ]
        if not found and now.surveys:
            found = [
                say(
                    "what may be shown beside an approved edition of the survey, or the version of the kit, has changed"
                )
            ]
        return (*(found or [say("it was made with another version of the kit")]), *problems)

    def _changes(self, recorded: dict[str, Any], now: dict[str, Any]) -> tuple[Change, ...]:
        """Return what has changed of that which makes a report out of date; libraries do not."""
        try:
            return tuple(change for change in changes(recorded, now) if change.kind != "library")
        except (KeyError, TypeError, AttributeError):
            return ()


def _results(page: Path) -> dict[str, Any]:
    try:
        found = json.loads(page.with_name(page.name.removesuffix(".html") + RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("provenance", {}), dict) else {}


def _whole(page: Path, results: dict[str, Any]) -> bool:
    """Tell whether a page and what goes with it are as they were made."""
    try:
        provenance = results["provenance"]
        marks = {page.with_name(name): mark for name, mark in provenance.get("attachments", {}).items()}
        marks[page] = provenance["html_sha256"]
        return all(sha256(file.read_bytes()) == mark for file, mark in marks.items())
    except (OSError, KeyError, TypeError, AttributeError):
        return False
