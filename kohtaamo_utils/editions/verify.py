"""Whether a report is exactly what its inputs give now; and if not, what has changed. The re-make decides, byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.origin import Change, Marks, changes, origin_of
from kohtaamo_utils.editions.cells import cell_differences
from kohtaamo_utils.editions.figures import FigureChange, figure_changes
from kohtaamo_utils.editions.mark import is_draft, only_the_mark_differs
from kohtaamo_utils.editions.page_text import Difference, differences, first_line
from kohtaamo_utils.editions.place import ENDINGS, OPTIONAL, Delivered
from kohtaamo_utils.editions.record import Record, record_of, shortened
from kohtaamo_utils.editions.today import Hooks, Today, made_today
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Release, Releases, read_releases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.engagement import Engagement

_LANGUAGE = re.compile(rb'<html lang="([a-z]+)"')


@dataclass(frozen=True)
class Verdict:
    """What was found of one file.

    Parameters
    ----------
    one
        The file.
    exact
        Whether it is, byte for byte, what its inputs give now.
    there
        Whether there is such a file.
    draft
        Whether it bears the draft mark.
    reason
        Why it cannot be made now; empty where it can.
    record
        What is recorded of it.
    only_mark
        Whether it differs in nothing but the draft mark.
    release
        How this very file was approved; None where it was not.
    last
        How the report was approved last; None where it never was.
    changes
        What has changed of what it was made from.
    figures
        Figures that come out otherwise, from the file's own to today's.
    places
        Where a page says something else than today's.
    cells
        Cells of a workbook that are otherwise; None where they cannot be compared.
    keys
        Parts of a ``results.json`` that are otherwise, besides its figures.
    line
        First line that differs, where no text does.
    language
        Language that a page itself names; empty where it names none.
    """

    one: Delivered
    exact: bool
    there: bool = True
    draft: bool = True
    reason: str = ""
    record: Record = Record("none", {})  # noqa: RUF009 - frozen
    only_mark: bool = False
    release: Release | None = None
    last: Release | None = None
    changes: tuple[Change, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    places: tuple[Difference, ...] = ()
    cells: tuple[str, ...] | None = ()
    keys: tuple[str, ...] = ()
    line: int = 0
    language: str = ""

    @property
    def edited(self) -> bool:
        """Whether the file is not what its record says, or not what is made of unchanged inputs."""
        return self.record.match == "other" or (self.record.match == "same" and not self.exact and not self.changes)


def verify(
    engagement: Engagement, files: Sequence[Delivered], hooks: Hooks | None = None, jobs: int = 0
) -> tuple[Verdict, ...]:
    """Make the reports anew in a temporary folder and compare each file with what comes out; nothing is written elsewhere.

    Parameters
    ----------
    engagement
        Whose reports they are.
    files
        What is to be verified.
    hooks
        Who is told how the work goes on.
    jobs
        How many reports are made at a time; 0 for as many as the machine bears.
    """
    releases = read_releases(engagement.folder) or NOTHING_RELEASED
    tasks = {each.stem: each.task for each in files}
    with made_today(engagement, tasks.values(), hooks or Hooks(), jobs) as today:
        judge = _Judge(engagement, today, releases)
        return tuple(judge.verdict(each) for each in (*files, *_missing(files, today)))


def _missing(files: Sequence[Delivered], today: Today) -> Iterator[Delivered]:
    """Yield the workbooks that go with verified reports and are not there, where whole reports are verified."""
    whole = {each.stem: each for each in files if each.part == "figures"}
    pages = {each.stem for each in files if each.part == "page"}
    books = {each.stem for each in files if each.part == "workbook"}
    for stem in sorted(whole.keys() & pages - books):
        if today.content(stem, ENDINGS["workbook"]) is not None:
            file = whole[stem].file
            yield Delivered(
                file.with_name(file.name.replace(ENDINGS["figures"], ".xlsx")), whole[stem].task, "workbook"
            )


class _Judge:
    """Compares files with what the inputs give now."""

    def __init__(self, engagement: Engagement, today: Today, releases: Releases) -> None:
        self._engagement, self._today, self._releases, self._marks = engagement, today, releases, Marks()

    def verdict(self, one: Delivered) -> Verdict:
        """Return what is found of a file."""
        last, reason = self._releases.last(one.stem), self._today.reasons.get(one.stem, "")
        if not one.file.is_file():
            return Verdict(one, exact=False, there=False, last=last, reason=reason)
        ours = one.file.read_bytes()
        record = record_of(one, self._engagement.reports, ours)
        known: dict[str, Any] = {
            "draft": _of_pdf(record)
            if one.part == "pdf"
            else is_draft(one.part, ours, one.task.parameters["language"]),
            "reason": reason,
            "record": record,
            "release": self._release(one, ours),
            "last": last,
            "language": _language(ours) if one.part == "page" else "",
        }
        theirs = self._today.content(one.stem, ENDINGS[one.part])
        if ours == theirs:
            return Verdict(one, exact=True, **known)
        known["changes"] = self._changes(one, record)
        if theirs is None:
            return Verdict(one, exact=False, **known)
        only_mark = only_the_mark_differs(one.part, ours, theirs, one.task.parameters["language"])
        return Verdict(one, exact=False, only_mark=only_mark, **known, **self._details(one, ours, theirs, record))

    def _release(self, one: Delivered, content: bytes) -> Release | None:
        mark = sha256(content)
        entries = (entry for entry in reversed(self._releases.releases) if entry.report == one.stem)
        return next((entry for entry in entries if mark in (entry.html_sha256, entry.xlsx_sha256)), None)

    def _changes(self, one: Delivered, record: Record) -> tuple[Change, ...]:
        now = origin_of(self._engagement, one.task, self._marks).provenance
        return changes(record.provenance, shortened(now) if record.short else now)

    def _details(self, one: Delivered, ours: bytes, theirs: bytes, record: Record) -> dict[str, Any]:
        """Return where a file differs: in figures, and in texts, cells or parts."""
        now = self._today.results(one.stem)
        found: dict[str, Any] = {}
        if record.results is not None and now is not None:
            found["figures"] = figure_changes(record.results, now)
            if one.part == "figures":
                found["keys"] = _keys(record.results, now)
        if one.part == "page":
            found["places"] = differences(ours.decode(errors="replace"), theirs.decode())
        if one.part == "workbook":
            found["cells"] = cell_differences(ours, theirs)
        return {**found, "line": 0 if one.part in OPTIONAL else first_line(ours, theirs)}


def _of_pdf(record: Record) -> bool:
    """Tell whether a PDF is a draft's: its record says so, for its mark is a drawing."""
    return record.results is None or record.results.get("draft", True) is not False


def _language(page: bytes) -> str:
    found = _LANGUAGE.search(page)
    return found[1].decode() if found else ""


def _keys(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[str, ...]:
    """Return the parts of a ``results.json`` that differ, besides the figures; of provenance each part by itself."""
    told = {"figures", "hidden", "provenance"}
    heads = (name for name in [*theirs, *ours] if name not in told and ours.get(name) != theirs.get(name))
    one, other = ours["provenance"], theirs["provenance"]
    parts = (f"provenance.{name}" for name in [*other, *one] if one.get(name) != other.get(name))
    return tuple(dict.fromkeys((*heads, *parts)))
