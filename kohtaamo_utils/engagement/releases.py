"""``releases.yaml``: what was approved, when and by whom, and pseudonymously which raters stand behind a 360 report.

`kohtaamo approve` alone writes it, and only adds to it; what a person wrote between the entries stays.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import secrets
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from kohtaamo_utils.engagement.document import read_document
from kohtaamo_utils.engagement.explain import problems_of
from kohtaamo_utils.engagement.settings import Language
from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import Problem, SettingsError, say

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement.engagement import Engagement

RELEASES_FILE = "releases.yaml"
_HEAD = """\
What was approved: written by `kohtaamo approve`, which only adds to it. Keep this file with the engagement and do not
edit the entries: without it nobody can tell what a new edition of a report would reveal beside an earlier one.
`secret` makes the pseudonyms under `editions`. Keep it where the answers are kept, and give it to nobody else.
"""
_CLIENT = re.compile(rb"^client: .+$", re.MULTILINE)
_SHA256 = "^[0-9a-f]{64}$"


def _as_text(value: Any) -> Any:
    """Take a moment that stands without quotation marks as it was written."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, dt.datetime) else value


Moment = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
"""A moment in UTC, such as 2026-03-03T08:15:00Z."""


def day_of(moment: str) -> dt.date:
    """Return the day of a moment, where the reader is."""
    return dt.datetime.fromisoformat(moment).astimezone().date()


class Release(Strict):
    """One report as it was approved."""

    report: str = Field(description="path below reports/ without the ending, e.g. review_360/r01.fi")
    language: Language
    key: str = Field(pattern=_SHA256, description="fingerprint of data, settings, template and kit")
    html_sha256: str = Field(pattern=_SHA256)
    xlsx_sha256: str | None = Field(default=None, pattern=_SHA256)
    approved_at: Moment
    approved_by: str = Field(min_length=1)
    kohtaamo: str
    edition: str | None = Field(default=None, description="of a 360 report: its entry under editions")


class Questionnaire(Strict):
    """The items of a 360 programme, with their competencies; shared by the editions that asked them."""

    id: str
    items: tuple[tuple[str, str | None], ...]


class ReviewEdition(Strict):
    """What was shown of one reviewee, and who stands behind it (`kohtaamo_utils.disclosure.editions` reads the blocks)."""

    id: str
    reviewee: str
    wave: str | None
    released_at: Moment
    minimum_raters: int
    minimum_comments: int
    scale: tuple[int, int]
    others: str
    min_item_share: float
    questionnaire: str
    groups: str
    shown: str
    raters: str


class GroupEdition(Strict):
    """Which editions of the single reviews a group report was made of."""

    id: str
    wave: str | None
    released_at: Moment
    minimum_raters: int
    reviewees: dict[str, str]


class SurveyEdition(Strict):
    """Who answered what in a survey of which a report was approved (`kohtaamo_utils.disclosure.survey_editions` reads the lines)."""

    id: str
    released_at: Moment
    inputs: str = Field(pattern=_SHA256, description="fingerprint of the survey's files and the settings")
    columns: tuple[str, ...]
    responses: str


class Releases(Strict):
    """The whole of ``releases.yaml``."""

    secret: str = Field(pattern="^[0-9a-f]{32,}$")
    client: str | None = Field(
        default=None, description="the client's name at the first approval, by which pseudonyms are made"
    )
    releases: tuple[Release, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    editions: tuple[ReviewEdition, ...] = ()
    group_editions: tuple[GroupEdition, ...] = ()
    survey_editions: tuple[SurveyEdition, ...] = ()

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Releases:
        known = {asked.id for asked in self.questionnaires} | {edition.id for edition in self.editions}
        known |= {group.id for group in self.group_editions}
        named = [release.edition for release in self.releases if release.edition]
        named += [edition.questionnaire for edition in self.editions]
        named += [name for group in self.group_editions for name in group.reviewees.values()]
        lost = next((name for name in named if name not in known), None)
        if lost is not None:
            raise ValueError(say("The entry {name} is named here but is not in the file any more.", name=lost))
        return self

    def of(self, report: str, key: str) -> Release | None:
        """Return how a report of these inputs was approved; None for a draft."""
        found = (entry for entry in reversed(self.releases) if entry.report == report and entry.key == key)
        return next(found, None)

    def surveys_before(self, inputs: str) -> tuple[SurveyEdition, ...]:
        """Return the surveys' editions that were released before the first of some inputs."""
        same = [place for place, edition in enumerate(self.survey_editions) if edition.inputs == inputs]
        return self.survey_editions[: min(same, default=len(self.survey_editions))]

    def last(self, report: str) -> Release | None:
        """Return a report's latest approval, of whatever inputs."""
        return next((entry for entry in reversed(self.releases) if entry.report == report), None)


NOTHING_RELEASED = Releases(secret="0" * 32)


def new_secret() -> str:
    """Return a key for pseudonyms that nobody can guess."""
    return secrets.token_hex(16)


def read_releases(folder: Path) -> Releases | None:
    """Return what an engagement's ``releases.yaml`` says; None where nothing was approved yet.

    Raises
    ------
    SettingsError
        The file was changed so that it cannot be relied on; each problem is told with its line.
    """
    file = folder / RELEASES_FILE
    return _checked(read_document(file.read_bytes(), file.name)) if file.is_file() else None


def salt_of(engagement: Engagement) -> str:
    """Return the name by which an engagement's pseudonyms are made: the client's, as it was at the first approval.

    With a name that was put right since then, reviewees and raters would be other people, and no edition could be compared
    with those that were released. The file may be long: its one line is read.
    """
    file = engagement.folder / RELEASES_FILE
    found = _CLIENT.search(file.read_bytes()) if file.is_file() else None
    if found is None:
        return engagement.settings.client
    return str(YAML(typ="safe").load(found[0].decode("utf-8"))["client"])


def _checked(content: Any) -> Releases:
    if not isinstance(content, dict):
        problem = Problem(
            file=RELEASES_FILE,
            kind="empty",
            message=say("The file holds no approvals."),
            advice=say("Put back the file as `kohtaamo approve` wrote it, e.g. from a backup."),
        )
        raise SettingsError(say("{file} cannot be used as it is:", file=RELEASES_FILE), (problem,))
    try:
        return Releases.model_validate(content)
    except ValidationError as error:
        problems = problems_of(error, content, RELEASES_FILE, Releases)
        raise SettingsError(
            say(
                "{file} cannot be used as it is. It is written by `kohtaamo approve` alone: put back what was there, e.g. from a backup.",
                file=RELEASES_FILE,
            ),
            problems,
        ) from None


class Additions(Strict):
    """What an approval adds to the file."""

    secret: str
    client: str | None = None
    releases: tuple[Release, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    editions: tuple[ReviewEdition, ...] = ()
    group_editions: tuple[GroupEdition, ...] = ()
    survey_editions: tuple[SurveyEdition, ...] = ()


def with_additions(folder: Path, added: Additions) -> str:
    """Return the text of ``releases.yaml`` with more entries; remarks that a person wrote are kept.

    Parameters
    ----------
    folder
        The engagement folder.
    added
        Entries to add; the secret and the client's name count where the file does not have them yet.
    """
    file = folder / RELEASES_FILE
    content = read_document(file.read_bytes(), file.name) if file.is_file() else _fresh(added.secret)
    if added.client and "client" not in content:
        content.insert(1, "client", added.client)
    for name in ("releases", "questionnaires", "editions", "group_editions", "survey_editions"):
        entries = [_plain(entry.model_dump(exclude_none=name == "releases")) for entry in getattr(added, name)]
        if entries:
            content[name] = CommentedSeq() if content.get(name) is None else content[name]
            content[name].extend(entries)
    text = io.StringIO()
    _writer().dump(content, text)
    return text.getvalue()


def _fresh(secret: str) -> CommentedMap:
    content = CommentedMap(secret=secret)
    content.yaml_set_start_comment(_HEAD)
    return content


def _writer() -> YAML:
    yaml = YAML(typ="rt")
    yaml.width = 4096
    yaml.preserve_quotes = True
    return yaml


def _plain(entry: dict[str, Any]) -> CommentedMap:
    """Return an entry as YAML writes it best: several lines as a block, short lists in one line."""
    return CommentedMap({name: _value(value) for name, value in entry.items()})


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return LiteralScalarString(value) if "\n" in value else value
    if isinstance(value, tuple) and not any(isinstance(part, tuple) for part in value):
        short = CommentedSeq(value)
        short.fa.set_flow_style()
        return short
    return [_value(part) for part in value] if isinstance(value, tuple) else value
