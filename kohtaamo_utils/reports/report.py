"""The frame that all reports share: cover, sections made once, results recorded at the end."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from kohtaamo_utils import __version__
from kohtaamo_utils.errors import KohtaamoError
from kohtaamo_utils.instrument import own_files
from kohtaamo_utils.intake.files import input_file
from kohtaamo_utils.presentation.section import Branded, Cover, Figure, Hidden, Results, Section
from kohtaamo_utils.resources import bundled
from kohtaamo_utils.versions import code_sha256, libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kohtaamo_utils.intake import InputFile
    from kohtaamo_utils.reports.context import Context

Named = TypeVar("Named", Figure, Hidden)


class Report:
    """Base of the reports.

    A subclass has a method for each section; a template's cells call them in order. Each section is made once,
    however often it is asked for, and `results` records the figures of those that were shown.
    """

    name: ClassVar[str]
    template: ClassVar[str]
    subject: str | None = None
    tells_fingerprints: ClassVar[bool] = True
    """Whether the page tells the files' fingerprints. Where few answers are unknown, one confirms a guess of them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.t = context.t
        self.f = context.f
        self._sections: dict[str, Section] = {}

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return what the cover says about the data, as name and text."""
        period = self.context.period_text()
        return [(self.t("Period"), period)] if period else []

    def cover(self) -> Cover:
        """Return the head of the report."""
        return Cover(
            report=self.name,
            client=self.context.engagement.settings.client,
            language=self.context.language,
            facts=tuple(self.facts()),
            provenance=tuple(self._provenance_lines()),
            subject=self.subject,
            brand=self._branded(),
        )

    def _branded(self) -> Branded | None:
        """Return which brand the report is made in, for the exporter to take its logo and fonts from."""
        brand = self.context.brand
        if brand is None:
            return None
        return Branded(str(self.context.engagement.folder.resolve()), brand.sha256)

    def results(self) -> Results:
        """Return the figures of all sections that were shown, for ``results.json``."""
        return Results(
            report=self.name,
            client=self.context.engagement.settings.client,
            subject=self.subject,
            language=self.context.language,
            currency=self.context.engagement.settings.currency,
            figures=_once(figure for section in self._sections.values() for figure in section.figures),
            hidden=_once(hidden for section in self._sections.values() for hidden in section.hidden),
            provenance=self.provenance,
            attachments=tuple(file for section in self._sections.values() for file in section.attachments),
            decisions=tuple(self.decisions()),
        )

    def inputs(self) -> Iterable[InputFile]:
        """Return the client's files that the report is made from, their own questions and practices among them."""
        engagement = self.context.engagement
        own = own_files(engagement) if self.name == "review_360" else ()
        more = (input_file(engagement.path(name), name) for name in own)
        return tuple(dict.fromkeys([*self.context.dataset.inputs, *more]))

    def decisions(self) -> Iterable[Mapping[str, str]]:
        """Return the lines of the internal log of what was not shown, and why; the figures' own reasons are not repeated."""
        return ()

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """What the report was made from."""
        brand = self.context.brand
        own = (
            {} if brand is None else {"brand": [{"file": name, "sha256": mark} for name, mark in brand.inputs.items()]}
        )
        return {
            "kohtaamo": __version__,
            "code_sha256": code_sha256(),
            "libraries": libraries(),
            "inputs": [{"file": item.shown, "sha256": item.sha256} for item in self.inputs()],
            **own,
            "settings_sha256": self.context.engagement.settings_sha256,
            "template_sha256": hashlib.sha256(bundled(f"templates/{self.template}").read_bytes()).hexdigest(),
        }

    def _provenance_lines(self) -> Iterable[str]:
        inputs = self.provenance["inputs"]
        if inputs and self.tells_fingerprints:
            files = ", ".join(f"{item['file']} ({item['sha256'][:12]})" for item in inputs)
            yield self.t("Files and their fingerprints: {files}.", files=files)
        elif inputs:
            yield self.t("Files: {files}.", files=", ".join(item["file"] for item in inputs))
        yield self.t(
            "Made with Kohtaamo {version}; settings {settings}, template {template}. The same files, settings and version give the same report.",
            version=str(self.provenance["kohtaamo"]),
            settings=str(self.provenance["settings_sha256"])[:12],
            template=str(self.provenance["template_sha256"])[:12],
        )

    def _section(self, key: str, make: Callable[[], Section]) -> Section:
        if key not in self._sections:
            try:
                self._sections[key] = make()
            except KohtaamoError as error:
                error.told = self.t.told(error.said)
                raise
        return self._sections[key]


def _once(items: Iterable[Named]) -> tuple[Named, ...]:
    """Return each name and scope once, in order of first appearance."""
    seen: dict[tuple[str, tuple[tuple[str, str | int], ...]], Named] = {}
    for item in items:
        seen.setdefault((item.name, tuple(sorted(item.scope.items()))), item)
    return tuple(seen.values())
