"""Two editions of a report, or of a folder of reports: which figures changed, and what changed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.origin import Change, changes
from kohtaamo_utils.editions.edition import Edition, editions_in, no_such, read_edition
from kohtaamo_utils.editions.figures import FigureChange, figure_changes
from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from pathlib import Path

REVIEWS = "review_360"
CAUSES = ("inputs", "settings_sha256", "template_sha256", "code_sha256", "libraries")
"""Parts of the provenance in which a cause can stand."""


@dataclass(frozen=True)
class Difference:
    """What differs between two editions of one report.

    Parameters
    ----------
    old, new
        The editions.
    figures
        Figures that are not the same.
    causes
        What is not the same of what they were made from.
    unrecorded
        Parts of the provenance that one of the two does not record, so that causes may be missing.
    """

    old: Edition
    new: Edition
    figures: tuple[FigureChange, ...]
    causes: tuple[Change, ...]
    unrecorded: tuple[str, ...] = ()

    @property
    def same_page(self) -> bool:
        """Whether the two pages are the same, byte for byte, as far as it is recorded."""
        marks = [edition.provenance.get("html_sha256") for edition in (self.old, self.new)]
        return marks[0] is not None and marks[0] == marks[1]

    def as_dict(self) -> dict[str, Any]:
        """Return the difference for machines."""
        return {
            "report": self.new.what[0],
            "subject": self.new.results.get("subject"),
            "client": self.new.client,
            "language": {"old": self.old.results["language"], "new": self.new.results["language"]},
            "draft": {name: edition.results.get("draft") for name, edition in (("old", self.old), ("new", self.new))},
            "same_page": self.same_page,
            "figures": [_figure(change) for change in self.figures],
            "causes": [cause.as_dict() for cause in self.causes],
            "unrecorded": list(self.unrecorded),
        }


@dataclass(frozen=True)
class Differences:
    """What differs between two folders of reports, or two files.

    Parameters
    ----------
    pairs
        Reports that both have.
    only_old, only_new
        Paths of reports that one alone has.
    """

    pairs: tuple[Difference, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @property
    def of_people(self) -> bool:
        """Whether a 360 review is among them."""
        return any(pair.new.what[0] == REVIEWS for pair in self.pairs)

    def as_dict(self) -> dict[str, Any]:
        """Return the differences for machines: keys and texts that do not depend on the language."""
        return {
            "schema": 1,
            "reports": [pair.as_dict() for pair in self.pairs],
            "only_old": list(self.only_old),
            "only_new": list(self.only_new),
        }


def _figure(change: FigureChange) -> dict[str, Any]:
    entries = {"old": change.old, "new": change.new}
    plain = {name: None if entry is None else _values(entry) for name, entry in entries.items()}
    return {"how": change.how, "name": change.name, "scope": change.scope, **plain, "change": change.change}


def _values(entry: Any) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in {"name", "scope"}}


def diff(old: Path, new: Path) -> Differences:
    """Compare two reports, or the reports of two folders.

    Parameters
    ----------
    old, new
        Pages with their ``results.json`` beside them, ``results.json`` files, or two engagements' or reports' folders.

    Raises
    ------
    SettingsError
        There is no such report, they are different reports or different clients', or one is a folder and the other a file.
    """
    for path in (old, new):
        if not path.exists():
            raise no_such(path)
    if old.is_dir() != new.is_dir():
        raise SettingsError(
            say(
                "{old} and {new} cannot be compared: one is a folder and the other a file. Give two reports, or two folders.",
                old=str(old),
                new=str(new),
            )
        )
    return _folders(old, new) if old.is_dir() else Differences((compare(read_edition(old), read_edition(new)),))


def _folders(old: Path, new: Path) -> Differences:
    then, now = editions_in(old), editions_in(new)
    _same_client(next(iter(then.values())), next(iter(now.values())))
    both = [stem for stem in now if stem in then]
    if not both:
        raise SettingsError(
            say(
                "{old} and {new} have no report in common: {before} – {after}.",
                old=str(old),
                new=str(new),
                before=", ".join(then),
                after=", ".join(now),
            )
        )
    return Differences(
        tuple(compare(then[stem], now[stem]) for stem in both),
        tuple(stem for stem in then if stem not in now),
        tuple(stem for stem in now if stem not in then),
    )


def compare(old: Edition, new: Edition) -> Difference:
    """Compare two editions of one report.

    Raises
    ------
    SettingsError
        They are of different clients, or different reports.
    """
    _same_client(old, new)
    if old.what != new.what:
        raise SettingsError(
            say(
                "These are different reports: {old} is {before}, {new} is {after}. Give two editions of one report.",
                old=str(old.file),
                before=old.report,
                new=str(new.file),
                after=new.report,
            )
        )
    one, other = old.provenance, new.provenance
    unrecorded = tuple(name for name in CAUSES if (name in one) != (name in other) or name not in other)
    return Difference(old, new, figure_changes(old.results, new.results), changes(one, other), unrecorded)


def _same_client(old: Edition, new: Edition) -> None:
    if old.client != new.client:
        raise SettingsError(
            say(
                "These are reports of different clients: {old} is {before}'s, {new} is {after}'s. Nothing is compared.",
                old=str(old.file),
                before=old.client,
                new=str(new.file),
                after=new.client,
            )
        )
