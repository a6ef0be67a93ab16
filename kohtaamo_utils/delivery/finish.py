"""A composed page made into the files that are delivered: with the draft mark or without it, through the gate, and put in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import sha256, to_json, write_together
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.workbook_gate import pass_or_refuse_workbook
from kohtaamo_utils.errors import DeliveryError, say

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.delivery.page import Page
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement.releases import Release


@dataclass(frozen=True)
class Finished:
    """A report's files: the page, the figures for machines, and what goes with it."""

    html: str
    results: dict[str, Any]
    attachments: dict[str, bytes]

    def is_as_approved(self, release: Release) -> bool:
        """Tell whether these are the very files that were approved."""
        return (release.html_sha256, release.xlsx_sha256) == (self.html_sha256, self.xlsx_sha256)

    @property
    def html_sha256(self) -> str:
        """Fingerprint of the page."""
        return sha256(self.html)

    @property
    def xlsx_sha256(self) -> str | None:
        """Fingerprint of the workbook, if one goes with the report."""
        return next((sha256(content) for content in self.attachments.values()), None)


def finish(page: Page, task: Task, key: str, secrets: Secrets, release: Release | None) -> Finished:
    """Return a report's files, checked.

    What was approved and comes out otherwise now (on another computer, with other libraries) is a draft again.

    Parameters
    ----------
    page
        What the executed notebook displayed.
    task
        Which report it is.
    key
        Fingerprint of everything that it depends on.
    secrets
        What it must not hold.
    release
        How a report of this key was approved; None for a draft.

    Raises
    ------
    DeliveryError
        The page or its workbook holds what no client may get, or the template recorded no figures.
    """
    finished = _files(page, task, key, release)
    if release is not None and not finished.is_as_approved(release):
        finished = _files(page, task, key, None)
    pass_or_refuse(finished.html, secrets)
    for content in finished.attachments.values():
        pass_or_refuse_workbook(content, secrets)
    return finished


def approved(page: Page, task: Task, key: str, secrets: Secrets, by: str, moment: str) -> tuple[Finished, Release]:
    """Return a report's files without the draft mark, checked, and the entry that records them."""
    from kohtaamo_utils import __version__
    from kohtaamo_utils.engagement.releases import Release

    bare = _files(page, task, key, None, approved=True)
    release = Release(
        report=task.stem,
        language=page.language,
        key=key,
        html_sha256=bare.html_sha256,
        xlsx_sha256=bare.xlsx_sha256,
        approved_at=moment,
        approved_by=by,
        kohtaamo=__version__,
    )
    return finish(page, task, key, secrets, release), release


def _files(page: Page, task: Task, key: str, release: Release | None, *, approved: bool = False) -> Finished:
    from kohtaamo_utils.delivery.exporter import page_html
    from kohtaamo_utils.presentation.workbook.draft import without_draft_line

    if page.results is None:
        raise DeliveryError(say("The template does not record its figures: its last cell must show report.results()."))
    draft = release is None and not approved
    html = page_html(page, draft=draft)
    attachments = page.attachments
    if not draft:
        attachments = {name: without_draft_line(data, page.language) for name, data in attachments.items()}
    provenance = {
        **page.results["provenance"],
        "template_sha256": sha256(task.template.read_bytes()),
        "key": key,
        "html_sha256": sha256(html),
        "attachments": {name: sha256(content) for name, content in attachments.items()},
    }
    state = {"draft": draft} | (
        {"approved": {"at": release.approved_at, "by": release.approved_by}} if release is not None else {}
    )
    head = {name: page.results[name] for name in ("schema", "report", "client", "subject", "language")}
    return Finished(html, {**head, **state, **page.results, "provenance": provenance}, dict(attachments))


def put_in_place(stem: Path, finished: Finished) -> None:
    """Write page, figures and workbook together; a workbook that no longer goes with the report is taken away."""
    workbook = stem.with_name(f"{stem.name}.xlsx")
    attachments = finished.attachments
    if set(attachments) - {workbook.name}:
        raise DeliveryError(
            f"The notebook gives {', '.join(attachments)} to go with the report {stem.name}. Expected: {workbook.name}. "
            "Use a template of this version."
        )
    files: dict[Path, str | bytes] = {workbook.with_name(name): content for name, content in attachments.items()}
    files[stem.with_name(f"{stem.name}.html")] = finished.html
    files[stem.with_name(f"{stem.name}.results.json")] = to_json(finished.results)
    write_together(files)
    if not attachments:
        workbook.unlink(missing_ok=True)
