"""The release ledger of an engagement's 360 reports: the editions that were released, and what may be released beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.editions import Edition, edition_from, questionnaire_of, record_of
from kohtaamo_utils.disclosure.group_editions import Member, group_objection
from kohtaamo_utils.disclosure.joint import objection
from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES
from kohtaamo_utils.engagement.releases import GroupEdition, Questionnaire, Releases, ReviewEdition
from kohtaamo_utils.errors import SettingsError, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.disclosure.joint import Why


@dataclass(frozen=True)
class Refusal:
    """Why an edition may not be released: what it would tell, of how many at least it may, beside which moment's edition."""

    why: Why | str
    minimum: int
    released_at: str


@dataclass
class ReleaseLedger:
    """What was released of an engagement's 360 reviews; entries are added as reports are approved.

    Parameters
    ----------
    releases
        What ``releases.yaml`` says.
    moment
        Of the approval that is going on.
    """

    releases: Releases
    moment: str
    editions: list[ReviewEdition] = field(default_factory=list)
    questionnaires: list[Questionnaire] = field(default_factory=list)
    groups: list[GroupEdition] = field(default_factory=list)
    own: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._records = {record.id: record for record in self.releases.editions}
        self._asked = {asked.id: asked for asked in self.releases.questionnaires}
        self._of: dict[str, list[ReviewEdition]] = {}
        for record in self.releases.editions:
            self._of.setdefault(record.reviewee, []).append(record)
        self.own |= {release.edition for release in self.releases.releases if release.edition}

    def release(self, edition: Edition) -> str | Refusal:
        """Add a reviewee's edition and return its id, or say why it may not be released."""
        record = self._record(edition)
        if record.id not in self._records:
            earlier = self._of.get(edition.reviewee, [])
            found = objection(edition, [self._read(one) for one in earlier])
            if found is not None:
                return Refusal(found.why, found.minimum, earlier[found.earlier].released_at)
            self._add(record, edition)
        self.own.add(record.id)
        return record.id

    def release_group(self, wave: str | None, editions: Mapping[str, Edition]) -> str | Refusal | None:
        """Add a group report's edition, made of these of its reviewees, and return its id, or say why not.

        Reviewees' editions that were not released by themselves are remembered too: the group report told of them. One of
        too few reviewees prints no figures; it is nothing to remember, and the answer is None.
        """
        if len(editions) < MINIMUM_REVIEWEES:
            return None
        records = {name: self._record(edition) for name, edition in editions.items()}
        new = {name: Member(record.id, editions[name]) for name, record in records.items()}
        known = [*self.releases.group_editions, *self.groups]
        ids = {name: record.id for name, record in records.items()}
        same = next((group for group in known if group.reviewees == ids), None)
        if same is not None:
            return same.id
        found = group_objection(new, [self._members(group) for group in known], self.own)
        if found is not None:
            return Refusal("reviewees", found[0], known[found[1]].released_at)
        for name, record in records.items():
            if record.id not in self._records:
                self._add(record, editions[name])
        minimum = max((edition.minimum for edition in editions.values()), default=0)
        identity = f"g{len(known) + 1}"
        self.groups.append(
            GroupEdition(id=identity, wave=wave, released_at=self.moment, minimum_raters=minimum, reviewees=ids)
        )
        return identity

    def _record(self, edition: Edition) -> ReviewEdition:
        return record_of(edition, self.releases.secret, self.moment)

    def _add(self, record: ReviewEdition, edition: Edition) -> None:
        if record.questionnaire not in self._asked:
            asked = questionnaire_of(edition, self.releases.secret)
            self._asked[asked.id] = asked
            self.questionnaires.append(asked)
        self._records[record.id] = record
        self._of.setdefault(record.reviewee, []).append(record)
        self.editions.append(record)

    def _members(self, group: GroupEdition) -> dict[str, Member]:
        return {name: Member(key, self._read(self._records[key])) for name, key in group.reviewees.items()}

    def _read(self, record: ReviewEdition) -> Edition:
        try:
            return edition_from(record, self._asked[record.questionnaire])
        except (ValueError, IndexError, KeyError):
            raise SettingsError(
                say(
                    "The entry {name} of {reviewee} in {file} was changed by hand and cannot be read. Put back the file as `kohtaamo approve` wrote it, e.g. from a backup.",
                    name=record.id,
                    reviewee=record.reviewee,
                    file="releases.yaml",
                )
            ) from None
