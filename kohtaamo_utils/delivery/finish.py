"""A composed page made into the files that are delivered: with the draft mark or without it, through the gate, and put in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import sha256, to_json, write_together
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.workbook_gate import pass_or_refuse_workbook
from kohtaamo_utils.errors import DeliveryError, say

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.delivery.page import Page
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement.releases import Release


@dataclass(frozen=True)
class Finished:
    """A report's files: the page, the figures for machines, and what goes with it; the page as PDF where it was asked for."""

    html: str
    results: dict[str, Any]
    attachments: dict[str, bytes]
    pdf: bytes | None = None

    def with_pdf(self, pdf: bytes) -> Finished:
        """Return the files with the page as PDF, and its fingerprint among the figures for machines."""
        provenance = self.results["provenance"] | {"pdf_sha256": sha256(pdf)}
        return replace(self, results=self.results | {"provenance": provenance}, pdf=pdf)

    def is_as_approved(self, release: Release) -> bool:
        """Tell whether these are the very files that were approved."""
        return (release.html_sha256, release.xlsx_sha256) == (self.html_sha256, self.xlsx_sha256)

    def with_approval(self, release: Release) -> Finished:
        """Return the files with who approved them, and when, among the figures for machines."""
        approval = {"at": release.approved_at, "by": release.approved_by}
        return replace(self, results=self.results | {"approved": approval})

    @property
    def html_sha256(self) -> str:
        """Fingerprint of the page."""
        return sha256(self.html)

    @property
    def xlsx_sha256(self) -> str | None:
        """Fingerprint of the workbook, if one goes with the report."""
        return next((sha256(content) for content in self.attachments.values()), None)


def finish(
    page: Page, task: Task, key: str, secrets: Secrets, release: Release | None, brand: Brand | None = None
) -> Finished:
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
    brand
        The engagement's brand.

    Raises
    ------
    DeliveryError
        The page or its workbook holds what no client may get, or the template recorded no figures.
    """
    finished = files(page, task, key, draft=release is None, brand=brand)
    if release is not None:
        same = finished.is_as_approved(release)
        finished = finished.with_approval(release) if same else files(page, task, key, draft=True, brand=brand)
    through_gate(finished, secrets)
    return finished


def through_gate(finished: Finished, secrets: Secrets) -> None:
    """Let a report's page and workbook through, or refuse them with the reason."""
    pass_or_refuse(finished.html, secrets, finished.results)
    for content in finished.attachments.values():
        pass_or_refuse_workbook(content, secrets)


def files(page: Page, task: Task, key: str, *, draft: bool, brand: Brand | None = None) -> Finished:
    """Return a report's files, with the draft mark or without it, not checked yet.

    Raises
    ------
    DeliveryError
        The template recorded no figures.
    """
    from kohtaamo_utils.delivery.exporter import page_html
    from kohtaamo_utils.presentation.workbook.draft import without_draft_line

    if page.results is None:
        raise DeliveryError(say("The template does not record its figures: its last cell must show report.results()."))
    html = page_html(page, draft=draft, brand=brand)
    attachments = dict(page.attachments)
    if not draft:
        attachments = {name: without_draft_line(data, page.language) for name, data in attachments.items()}
    provenance = {
        **page.results["provenance"],
        "template_sha256": sha256(task.template.read_bytes()),
        "key": key,
        "html_sha256": sha256(html),
        "attachments": {name: sha256(content) for name, content in attachments.items()},
    }
    head = {name: page.results[name] for name in ("schema", "report", "client", "subject", "language")}
    results = {**head, "draft": draft, "approved": None, **page.results, "provenance": provenance}
    return Finished(html, results, attachments)


def in_order_of(value: Any, like: Any) -> Any:
    """Return JSON content with its keys in the order that they have in another: a notebook's file sorts them.

    Examples
    --------
    >>> in_order_of({"a": [{"c": 1, "d": 2}], "b": 3}, {"b": 0, "a": [{"d": 0, "c": 0}]})
    {'b': 3, 'a': [{'d': 2, 'c': 1}]}
    """
    if isinstance(value, dict) and isinstance(like, dict):
        keys = [*(key for key in like if key in value), *(key for key in value if key not in like)]
        return {key: in_order_of(value[key], like.get(key)) for key in keys}
    if isinstance(value, list) and isinstance(like, list) and len(value) == len(like):
        return [in_order_of(*pair) for pair in zip(value, like, strict=True)]
    return value


def put_in_place(stem: Path, finished: Finished) -> None:
    """Write page, figures, workbook and PDF together; a workbook or PDF that no longer goes with the report is taken away."""
    workbook = stem.with_name(f"{stem.name}.xlsx")
    attachments = finished.attachments
    if set(attachments) - {workbook.name}:
        raise DeliveryError(
            say(
                "The notebook gives {names} to go with the report {report}. Expected: {workbook}. Use a template of this version.",
                names=", ".join(attachments),
                report=stem.name,
                workbook=workbook.name,
            )
        )
    files: dict[Path, str | bytes] = {workbook.with_name(name): content for name, content in attachments.items()}
    pdf = stem.with_name(f"{stem.name}.pdf")
    if finished.pdf is not None:
        files[pdf] = finished.pdf
    files[stem.with_name(f"{stem.name}.html")] = finished.html
    files[stem.with_name(f"{stem.name}.results.json")] = to_json(finished.results)
    write_together(files)
    if not attachments:
        workbook.unlink(missing_ok=True)
    if finished.pdf is None:
        pdf.unlink(missing_ok=True)
