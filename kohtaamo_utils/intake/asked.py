"""What the instrument knows of the ratings' items: one name each, their competencies, and reverse items turned, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.releases import salt_of
from kohtaamo_utils.errors import either, quoted, say, say_plural
from kohtaamo_utils.instrument import own_files, problems_with, questions_of
from kohtaamo_utils.instrument.questionnaire import folded
from kohtaamo_utils.intake.columns.rated import Rated
from kohtaamo_utils.intake.files import input_file
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.people.known_raters import check_known_raters
from kohtaamo_utils.intake.people.privacy import Pseudonyms
from kohtaamo_utils.intake.people.rated_twice import check_rated_twice
from kohtaamo_utils.intake.rows.group_means import check_group_means
from kohtaamo_utils.intake.scales.one_scale import check_one_scale
from kohtaamo_utils.intake.values.vocabulary import words_of
from kohtaamo_utils.tables import COMPETENCIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement, Source
    from kohtaamo_utils.engagement.settings import Review360Settings
    from kohtaamo_utils.instrument import Competency, Instrument, Item
    from kohtaamo_utils.intake.block import Block

RATINGS = "ratings_360"


def as_asked(engagement: Engagement, sources: Sequence[Source], blocks: list[Block]) -> list[Block]:
    """Bring all ratings of an engagement to the instrument.

    An item that the instrument knows, by its id or by its text in any language, gets its competency; where files call
    it by several names, it keeps the one that is used most. Answers to its reverse items are turned, here and nowhere
    else. Other items stay as they are; with an instrument of the client's own there may be none.

    Parameters
    ----------
    engagement
        The engagement, whose settings say which instrument was used.
    sources, blocks
        The table's sources, and what each gave. Where any has a problem, all stay as they are.
    """
    if any(block.problems for block in blocks):
        return blocks
    wrong = problems_with(engagement)
    if wrong:
        refused = tuple(replace(problem, table=RATINGS) for problem in wrong)
        return [replace(blocks[0], problems=refused), *blocks[1:]]
    parts = [
        [Rated(source, Findings(RATINGS, file), frame) for file, frame in zip(source.file, block.frames, strict=True)]
        for source, block in zip(sources, blocks, strict=True)
    ]
    every = [part for several in parts for part in several]
    _Reading(questions_of(engagement), engagement.settings.review_360, every).read()
    identifiers = dict(pair for block in blocks for pair in block.identifiers.items())
    check_known_raters(every, identifiers, Pseudonyms(salt_of(engagement)))
    scored = [part for part in every if "score" in part.frame]  # a review in words only needs no scores
    if scored:
        check_rated_twice(scored)
        check_group_means(scored)
        check_one_scale(scored, engagement.settings.review_360.scale)
    blocks = [_with(block, several) for block, several in zip(blocks, parts, strict=True)]
    extra = tuple(input_file(engagement.path(name), name) for name in own_files(engagement))
    return [replace(blocks[0], inputs=(*blocks[0].inputs, *extra)), *blocks[1:]]


def _with(block: Block, parts: Iterable[Rated]) -> Block:
    parts = list(parts)
    return replace(
        block,
        frames=tuple(part.frame for part in parts),
        problems=tuple(dict.fromkeys(problem for part in parts for problem in part.findings.problems)),
        entries=(*block.entries, *(entry for part in parts for entry in part.findings.entries)),
    )


class _Reading:
    """All files' items, looked up in the instrument."""

    def __init__(self, asked: Instrument, review: Review360Settings, parts: list[Rated]) -> None:
        self.asked, self.review, self.parts = asked, review, parts
        names: Counter[str] = Counter()
        for part in parts:
            names.update(part.frame["item"].dropna().astype(str).tolist())
        found = {name: asked.item(name) for name in names}
        self.items: dict[str, Item] = {name: item for name, item in found.items() if item is not None}
        self.unknown = [name for name, item in found.items() if item is None]
        self.called: dict[str, str] = {}
        for name, _ in names.most_common():
            if name in self.items:
                self.called.setdefault(self.items[name].id, name)
        self.homes = {name: asked.competency_of(item.id) for name, item in self.items.items()}
        self.words = words_of("element", COMPETENCIES)

    def read(self) -> None:
        """Check each file and bring it to the instrument."""
        for part in self.parts:
            if self.review.instrument is not None:
                self._refuse_unknown(part, self.review.instrument)
            self._compare(part)
            self._refuse_twice(part)
            if self.items and not part.findings.problems:
                self._turn(part)
                self._name(part)

    def _refuse_unknown(self, part: Rated, file: str) -> None:
        rows = part.frame.loc[part.frame["item"].isin(self.unknown), "item"].drop_duplicates()
        for row, name in zip(rows.index.tolist(), rows.tolist(), strict=True):
            near = self.asked.nearest(name)
            part.findings.problem(
                "unknown_item",
                say('The instrument {file} has no item "{item}".', file=file, item=name),
                expected=say("an item's id, or its text in one of the languages"),
                advice=say("Did you mean {offer}?", offer=either(map(quoted, near)))
                if near
                else say("Add it to the instrument, or leave it out of the data."),
                row=None if part.source.wide else int(row),
                column=name if part.source.wide else part.column("item"),
                value=None if part.source.wide else name,
            )

    def _home(self, name: str) -> Competency | None:
        return self.asked.competency(name) or self.asked.by_id(self.words.get(folded(name), ""))

    def _compare(self, part: Rated) -> None:
        """Record a problem for each item that the data give another competency than the instrument."""
        if "competency" not in part.frame:
            return
        given = part.frame.loc[part.frame["item"].isin(self.items), ["item", "competency"]].dropna().drop_duplicates()
        for row, item, named in zip(given.index.tolist(), given["item"], given["competency"], strict=True):
            home = self.homes[item]
            if self._home(named) == home:
                continue
            part.findings.problem(
                "other_competency",
                say(
                    'The item "{item}" belongs to the competency "{given}" here, but to "{own}" in the instrument.',
                    item=item,
                    given=named,
                    own=home.id,
                ),
                expected=say(
                    '"{own}", or its name in one of the languages, e.g. "{name}"', own=home.id, name=home.name.en
                ),
                advice=say(
                    "Correct it, or leave it out; where other questions were asked, give them by `{entry}`.",
                    entry="review_360: {instrument: competencies.yaml}",
                ),
                row=None if part.source.wide else int(row),
                column="wide.items" if part.source.wide else part.column("competency"),
                value=named,
            )

    def _refuse_twice(self, part: Rated) -> None:
        """Refuse that the source turns what the instrument turns."""
        for name in part.source.reverse if self.review.reverse == "turn" else ():
            item = self.asked.item(name)
            if item is not None and item.reverse:
                part.findings.setting(
                    "reversed_twice",
                    f"reverse.{name}",
                    say("`{name}` would be turned twice: the instrument says that it is a reverse item.", name=name),
                    advice=say(
                        "Remove it here; if the survey tool has turned its answers, set `{entry}`.",
                        entry="review_360: {reverse: already}",
                    ),
                )

    def _turn(self, part: Rated) -> None:
        reverse = [name for name, item in self.items.items() if item.reverse]
        frame = part.frame
        rows = frame["item"].isin(reverse)
        count = int((rows & frame["score"].notna()).sum())
        if not count:
            return
        if self.review.reverse == "already":
            said = say_plural(
                "{n} answer to reverse items as the survey tool turned it",
                "{n} answers to reverse items as the survey tool turned them",
                count,
            )
        else:
            low, high = self.review.scale
            part.frame = frame.assign(score=frame["score"].mask(rows, low + high - frame["score"]))
            said = say_plural("{n} answer to reverse items turned", "{n} answers to reverse items turned", count)
        part.findings.note("inferred", "reverse_items", count, said, column="score")

    def _name(self, part: Rated) -> None:
        """Give each known item its one name and its competency."""
        item = part.frame["item"]
        names = {name: self.called[its.id] for name, its in self.items.items()}
        for name, count in item.value_counts().items():
            best = names.get(str(name), str(name))
            if name != best:
                detail = say("{value} in {name} read as {best}", value=str(name), name=part.column("item"), best=best)
                part.findings.note("inferred", "spelling", int(count), detail, column="item", value=str(name))
        homes = item.map({name: home.id for name, home in self.homes.items()})
        if "competency" in part.frame:
            homes = homes.fillna(self._as_named(part.frame["competency"]))
        if bool(homes.notna().any()):
            part.frame = part.frame.assign(competency=homes.astype("str"))
        part.frame = part.frame.assign(item=item.map(lambda name: names.get(name, name)).astype("str"))

    def _as_named(self, given: pd.Series[str]) -> pd.Series[str]:
        """Call a competency of the client's own items as the instrument does, where the data have its items too."""
        there = {home.id for home in self.homes.values()}
        found = {name: home.id for name in given.dropna().unique() if (home := self._home(name)) and home.id in there}
        return given.map(lambda name: found.get(name, name))
