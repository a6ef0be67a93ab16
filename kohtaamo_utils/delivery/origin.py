"""What a report is made from, part by part, with a fingerprint of each; and what of it has changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kohtaamo_utils import __version__
from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Releases, read_releases
from kohtaamo_utils.errors import Said, say
from kohtaamo_utils.intake.files import InputFile
from kohtaamo_utils.versions import code_sha256, libraries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement import Engagement

SIGNS = 12
"""How much of a fingerprint a person gets to see, as at the foot of a page."""
Kind = Literal["file", "settings", "template", "kit", "library"]


class Marks:
    """Fingerprints of files, each taken once in a run however many reports depend on it."""

    def __init__(self) -> None:
        self._of_files: dict[Path, str] = {}
        self._of_brands: dict[Path, dict[str, str]] = {}
        self._released: dict[Path, Releases] = {}

    def of(self, file: Path) -> str:
        """Return a file's fingerprint; of one that is not there, an empty text."""
        if file not in self._of_files:
            self._of_files[file] = sha256(file.read_bytes()) if file.is_file() else ""
        return self._of_files[file]

    def of_brand(self, engagement: Engagement) -> dict[str, str]:
        """Return the fingerprints of an engagement's brand's files by name; none where it has no brand."""
        if engagement.folder not in self._of_brands:
            brand = brand_of(engagement)
            self._of_brands[engagement.folder] = {} if brand is None else dict(brand.inputs)
        return self._of_brands[engagement.folder]

    def released(self, engagement: Engagement) -> Releases:
        """Return what was approved of an engagement, as it stood when it was first asked for."""
        if engagement.folder not in self._released:
            self._released[engagement.folder] = read_releases(engagement.folder) or NOTHING_RELEASED
        return self._released[engagement.folder]


@dataclass(frozen=True)
class Origin:
    """All that a report depends on. The libraries are not among it: what was approved stays so where they give the same page.

    Parameters
    ----------
    kohtaamo, code
        The kit's version and the fingerprint of its files.
    settings, template
        Fingerprints of the settings and of the template.
    parameters
        What the template is run with.
    inputs
        Fingerprints of the client's files by name; empty for one that is not there.
    brand
        Fingerprints of the brand's files by name.
    untold
        Fingerprints of files whose change counts, and which no record names.
    surveys
        Editions of the survey that were released before, beside which its figures must stand.
    """

    kohtaamo: str
    code: str
    settings: str
    template: str
    parameters: dict[str, str]
    inputs: dict[str, str]
    brand: dict[str, str] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Fingerprint of it all."""
        content = {
            "kohtaamo": self.kohtaamo,
            "code": self.code,
            "settings": self.settings,
            "template": self.template,
            "parameters": self.parameters,
            "inputs": self.inputs,
            "brand": self.brand,
            "untold": self.untold,
            **({"surveys": self.surveys} if self.surveys else {}),
        }
        return sha256(json.dumps(content, sort_keys=True))

    @property
    def provenance(self) -> dict[str, Any]:
        """The same as ``results.json`` records it, with today's libraries."""
        return {
            "kohtaamo": self.kohtaamo,
            "code_sha256": self.code,
            "libraries": libraries(),
            "inputs": [
                {"file": InputFile(file, mark).shown, "sha256": mark} for file, mark in self.inputs.items() if mark
            ],
            **({"brand": [{"file": name, "sha256": mark} for name, mark in self.brand.items()]} if self.brand else {}),
            "settings_sha256": self.settings,
            "template_sha256": self.template,
        }


def origin_of(engagement: Engagement, task: Task, marks: Marks | None = None) -> Origin:
    """Return what a report would be made from now.

    Parameters
    ----------
    engagement
        The client's folder.
    task
        The report.
    marks
        Fingerprints that were taken in this run.
    """
    marks = marks or Marks()
    return Origin(
        kohtaamo=__version__,
        code=code_sha256(),
        settings=engagement.settings_sha256,
        template=marks.of(task.template),
        parameters=task.parameters,
        inputs={name: marks.of(engagement.path(name)) for name in task.files(engagement)},
        brand=marks.of_brand(engagement),
        untold=tuple(marks.of(engagement.path(name)) for name in task.untold_files(engagement)),
        surveys=_surveys_before(engagement, task, marks),
    )


def survey_inputs(engagement: Engagement, marks: Marks) -> str:
    """Return the fingerprint of an engagement's survey: of its files, and of the settings that say what is read of them."""
    sources = engagement.settings.sources.get("survey", ())
    files = {name: marks.of(engagement.path(name)) for source in sources for name in source.file}
    return sha256(json.dumps({"files": files, "settings": engagement.settings_sha256}, sort_keys=True))


def _surveys_before(engagement: Engagement, task: Task, marks: Marks) -> tuple[str, ...]:
    """Return the released editions that decide what a report may show of the survey."""
    released = marks.released(engagement)
    if not released.survey_editions or "survey" not in task.tables(engagement):
        return ()
    return tuple(edition.id for edition in released.surveys_before(survey_inputs(engagement, marks)))


def task_key(engagement: Engagement, task: Task, marks: Marks | None = None) -> str:
    """Return the fingerprint of everything that a report depends on; as `origin_of`."""
    return origin_of(engagement, task, marks).key


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    Parameters
    ----------
    kind
        What sort of thing.
    name
        The file or library; empty for what there is one of.
    before, after
        Fingerprint or version; empty where it was not there, or is not any more.
    """

    kind: Kind
    name: str = ""
    before: str = ""
    after: str = ""

    @property
    def said(self) -> Said:
        """The change as a sentence, without an end."""
        values = {"name": self.name, "before": _short(self), "after": _short(self, after=True)}
        if self.kind == "file" and not self.before:
            return say("the file {name} has come ({after})", **values)
        if self.kind == "file" and not self.after:
            return say("the file {name} is gone (it was {before})", **values)
        if self.kind == "library":
            return say(
                "the library {name} has changed ({before} → {after})",
                **{name: text or "–" for name, text in values.items()},
            )
        sentences = {
            "file": say("the file {name} has changed ({before} → {after})", **values),
            "settings": say("the settings have changed ({before} → {after})", **values),
            "template": say("the template has changed ({before} → {after})", **values),
            "kit": say("the kit has changed ({before} → {after})", **values),
        }
        return sentences[self.kind]

    def as_dict(self) -> dict[str, str]:
        """Return the change for machines."""
        return {"kind": self.kind, "name": self.name, "before": self.before, "after": self.after}


def _short(change: Change, *, after: bool = False) -> str:
    text = change.after if after else change.before
    return text if change.kind == "library" else " ".join(part[:SIGNS] for part in text.split())


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what differs between the provenances of two editions. What one of them does not record counts as equal.

    Examples
    --------
    >>> old = {"inputs": [{"file": "data/a.csv", "sha256": "1"}], "settings_sha256": "s"}
    >>> new = {"inputs": [{"file": "data/a.csv", "sha256": "2"}], "settings_sha256": "s"}
    >>> print(*changes(old, new))
    Change(kind='file', name='data/a.csv', before='1', after='2')
    """
    return (*_files(before, after), *_parts(before, after), *_kit(before, after), *_libraries(before, after))


def _files(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if "inputs" in before and "inputs" in after:
        old, new = (
            {str(item["file"]): str(item["sha256"]) for item in (*made["inputs"], *made.get("brand", ()))}
            for made in (before, after)
        )
        yield from _differing("file", old, new)


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    kinds: tuple[tuple[Kind, str], ...] = (("settings", "settings_sha256"), ("template", "template_sha256"))
    for kind, key in kinds:
        old, new = str(before.get(key, "")), str(after.get(key, ""))
        if old and new and old != new:
            yield Change(kind, "", old, new)


def _kit(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = ([str(made.get(key, "")) for key in ("kohtaamo", "code_sha256")] for made in (before, after))
    differs = [a != b for a, b in zip(old, new, strict=True) if a and b]
    if any(differs):
        yield Change("kit", "", " ".join(filter(None, old)), " ".join(filter(None, new)))


def _libraries(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if "libraries" in before and "libraries" in after:
        yield from _differing("library", before["libraries"], after["libraries"])


def _differing(kind: Kind, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name, "") != new.get(name, ""):
            yield Change(kind, name, old.get(name, ""), new.get(name, ""))
