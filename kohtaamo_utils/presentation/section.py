"""What a template's cell displays: a section with its blocks, its figures and what it had to hide.

One object serves twice: JupyterLab shows its HTML, the exporter reads our own media type.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from kohtaamo_utils.presentation.render import lab_stylesheet, render

if TYPE_CHECKING:
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.presentation.blocks import Block

MEDIA_TYPE = "application/vnd.kohtaamo.v1+json"
Scope: TypeAlias = Mapping[str, str | int]
"""What a figure speaks of: dimension to category; years are numbers."""


@dataclass(frozen=True)
class Figure:
    """One number of a report, as machines get it in ``results.json``.

    Parameters
    ----------
    name
        What it is, e.g. ``nps``.
    scope
        What it speaks of; {} for the whole.
    estimate
        Value, interval, n, method.
    """

    name: str
    scope: Scope
    estimate: Estimate

    def as_dict(self) -> dict[str, Any]:
        """Return the entry of ``results.json``."""
        estimate = self.estimate
        return {
            "name": self.name,
            "scope": dict(self.scope),
            "value": estimate.value,
            "unit": estimate.unit,
            "low": estimate.low,
            "high": estimate.high,
            "level": None if estimate.low is None else estimate.level,
            "n": estimate.n,
            "method": estimate.method,
        }


@dataclass(frozen=True)
class Hidden:
    """A number that exists but may not be shown, and why."""

    name: str
    scope: Scope
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return the entry of ``results.json``."""
        return {"name": self.name, "scope": dict(self.scope), "reason": self.reason}


@dataclass(frozen=True)
class Attachment:
    """A file that is delivered beside the report.

    Parameters
    ----------
    name
        File name, without a folder.
    content
        Its bytes.
    """

    name: str
    content: bytes = field(repr=False)

    def as_dict(self) -> dict[str, str]:
        """Return the file as JSON can carry it."""
        return {"name": self.name, "base64": base64.b64encode(self.content).decode("ascii")}


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Parameters
    ----------
    id
        Short machine name; ids in the page are made from it.
    blocks
        What it says. A section without blocks is left out of the page together with its heading.
    figures, hidden
        Its numbers, and those that it may not show.
    attachments
        Files that it speaks of.
    """

    id: str
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = str(render(self.blocks, self.id))
        return {
            "text/plain": f"Section {self.id}",
            "text/html": f'<div class="kohtaamo"><style>{lab_stylesheet()}</style><main>{html}</main></div>',
            MEDIA_TYPE: {"kind": "section", "id": self.id, "html": html},
        }


@dataclass(frozen=True)
class Branded:
    """In whose brand a report is made. The brand itself is read again for the page, whose characters its fonts need.

    Parameters
    ----------
    engagement
        Folder of the engagement.
    sha256
        Fingerprint of the brand's files as the notebook found them.
    """

    engagement: str
    sha256: str


@dataclass(frozen=True)
class Cover:
    """The head of a report: whose it is and what it speaks of. Shows nothing by itself in JupyterLab but a line.

    Parameters
    ----------
    report
        Report's machine name.
    client, language
        As the engagement says.
    facts
        Name and text, e.g. period, respondents.
    provenance
        Lines for the foot of the page.
    subject
        Audience, reviewee, ``group`` or None.
    brand
        In whose brand it is made; None without one.
    """

    report: str
    client: str
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    provenance: tuple[str, ...] = ()
    subject: str | None = None
    brand: Branded | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        facts = " · ".join(value for _, value in self.facts)
        return {
            "text/plain": f"{self.client} · {facts}",
            MEDIA_TYPE: {
                "kind": "cover",
                "report": self.report,
                "client": self.client,
                "language": self.language,
                "facts": [list(fact) for fact in self.facts],
                "provenance": list(self.provenance),
                "subject": self.subject,
                **({} if self.brand is None else {"brand": asdict(self.brand)}),
            },
        }


@dataclass(frozen=True)
class Results:
    """The figures of a report, recorded in its last cell, and the files that go with it.

    `decisions` are for the consultant: they stay in the executed notebook and are in nothing that is delivered.
    """

    report: str
    client: str
    subject: str | None
    language: str
    currency: str = "EUR"
    figures: tuple[Figure, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    decisions: tuple[Mapping[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the content of ``results.json``."""
        return {
            "schema": 1,
            "report": self.report,
            "client": self.client,
            "subject": self.subject,
            "language": self.language,
            "currency": self.currency,
            "figures": [figure.as_dict() for figure in self.figures],
            "hidden": [hidden.as_dict() for hidden in self.hidden],
            "provenance": self.provenance,
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        count = f"{len(self.figures)} figures recorded, {len(self.hidden)} hidden"
        files = [attachment.as_dict() for attachment in self.attachments]
        bundle = {
            "kind": "results",
            "results": self.as_dict(),
            "attachments": files,
            "decisions": [dict(line) for line in self.decisions],
        }
        return {"text/plain": count, MEDIA_TYPE: bundle}
