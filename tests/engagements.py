"""Small engagement folders and finished reports, for the tests of what reports say."""

from __future__ import annotations

import csv
import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Estimate, Figure, Section
    from kohtaamo_utils.reports.report import Report

SECTIONS = {
    "current_state": (
        "headline", "priorities", "touchpoint_map", "journey", "chain", "measures", "dimensions", "elements", "differences", "drivers", "trend", "waves", "delay", "mirror_gap",
        "expectation", "comments", "mystery_shopping", "operations", "business_link", "data_quality",
    ),
    "supervisor": ("customers", "beside_others", "encounters", "team", "gaps", "months", "talk", "basis"),
    "employee": ("thanked", "wished", "met", "tries", "basis"),
    "roi": ("headline", "baselines", "sales_change", "leaving", "cash_flow", "scenarios", "assumptions", "method", "data_quality"),
    "person": (
        "headline", "raters", "competencies", "self_and_others", "extremes", "agreement", "change", "items", "comments",
        "plan", "talk", "method",
    ),
    "group": ("headline", "profile", "ranking", "self_and_others", "customers", "reliability", "method", "data_quality"),
}  # fmt: skip
"""A template's sections in its order."""

_TAG = re.compile(r"<[^>]+>")
_WITHIN_WORDS = re.compile(r'<span class="range">([^<]*)</span>')
_WITHOUT_TEXT = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)


def make_engagement(
    folder: Path, settings: Mapping[str, Any], tables: Mapping[str, Sequence[Mapping[str, object]]]
) -> Path:
    """Write an engagement whose files already bear the canonical names.

    Parameters
    ----------
    folder
        Where to write; made if it is not there.
    settings
        Keys of ``engagement.yaml`` besides ``client`` and ``language`` (which may be given too); its ``sources`` are
        added to those of `tables`.
    tables
        Canonical table to rows; a column is mapped if any row has it, ``segment.<name>`` as a named segment.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    sources = {name: _source(folder, name, list(rows)) for name, rows in tables.items()}
    content = {"client": "Testi Oy", "language": "en", **settings}
    content["sources"] = {**sources, **dict(settings.get("sources", {}))}
    (folder / "engagement.yaml").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def _source(folder: Path, name: str, rows: list[Mapping[str, object]]) -> dict[str, Any]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    mapping: dict[str, Any] = {column: column for column in columns if not column.startswith("segment.")}
    segments = {column.removeprefix("segment."): column for column in columns if column.startswith("segment.")}
    return {"file": f"data/{name}.csv", "columns": mapping | ({"segment": segments} if segments else {})}


def customers(scores: Iterable[int], **same: object) -> list[dict[str, object]]:
    """Return customers' survey rows, a recommendation score each, with other columns alike."""
    return [{"respondent_group": "customer", "nps": score, **same} for score in scores]


def sections(report: Report, kind: str) -> dict[str, Section]:
    """Make every section of a report, in the template's order."""
    return {name: getattr(report, name)() for name in SECTIONS[kind]}


def text_of(section: Section) -> str:
    """Return what a reader can read of a section, charts and their descriptions included."""
    return plain(section._repr_mimebundle_()["text/html"])


def plain(page: str) -> str:
    """Return a page's text in one line; attributes such as a chart's description stay, tags go."""
    attributes = " ".join(re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', page))
    return re.sub(
        r"\s+",
        " ",
        html.unescape(_TAG.sub(" ", _WITHIN_WORDS.sub(r"\1", _WITHOUT_TEXT.sub(" ", page))) + " " + attributes),
    )


def text_by_section(report: Report, kind: str) -> dict[str, str]:
    """Make a report and return each section's text."""
    return {name: text_of(section) for name, section in sections(report, kind).items()}


class Figures:
    """A finished report: its sections, and its figures by name and scope."""

    def __init__(self, report: Report, kind: str) -> None:
        self.sections = sections(report, kind)
        self.report = report
        self.results = report.results()
        self._found = {(figure.name, frozenset(figure.scope.items())): figure for figure in self.results.figures}

    def __call__(self, name: str, **scope: object) -> Estimate:
        """Return one figure's estimate; ``segment__age`` in a scope stands for ``segment.age``."""
        return self._found[name, frozenset((key.replace("__", "."), value) for key, value in scope.items())].estimate

    def has(self, name: str, **scope: object) -> bool:
        """Tell whether there is such a figure."""
        return (name, frozenset(scope.items())) in self._found

    @property
    def text(self) -> str:
        """What a reader can read of all sections."""
        return " ".join(map(text_of, self.sections.values()))

    def named(self, *names: str) -> list[Figure]:
        """Return all figures of some names."""
        return [figure for figure in self.results.figures if figure.name in names]
