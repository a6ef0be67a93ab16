"""What may be published of a whole 360 programme: every reviewee's report, and the group report.

The group report's readers may hold all the single reports. A mean over reviewees that used a hidden mean would give it
away to them as soon as the other ones are printed. So every mean here is computed from the means that the single reports
publish and from nothing else: it cannot tell more than they do. A mean of which a report prints only the band enters by
the middle of the band, so that the high and the low ones are not lost; a hidden mean is left out, and each figure says of
how many reviewees it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import Scale, printed
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF
from kohtaamo_utils.disclosure.publication import (
    Band,
    Cell,
    Decision,
    GroupPublication,
    Hidden,
    ProgrammePublication,
    ReviewPublication,
    Shown,
)
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM, Pair
from kohtaamo_utils.measures.ratings import (
    ReviewScores,
    Score,
    catalogue,
    latest_wave,
    score,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from kohtaamo_utils.disclosure.question import Rules
    from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

MINIMUM_REVIEWEES = 5
"""Fewest reviewees of a group report, and of each of its means."""

GROUPS = (SELF, MANAGER, *PROTECTED, OTHERS)


def decide(frame: pd.DataFrame, disclosure: Disclosure, review: Review360Settings) -> ProgrammePublication:
    """Decide everything that may be published of a programme.

    Each reviewee is reported on in the last wave that he was reviewed in; the group report is of the programme's last
    wave. The items of the programme are those of all reviewees' scored waves.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of all reviewees.
    disclosure
        ``disclosure`` of ``engagement.yaml``.
    review
        ``review_360`` of ``engagement.yaml``.

    Raises
    ------
    DataError
        A score is outside the scale, or an item is given two competencies.
    """
    rules = rules_of(disclosure, review)
    frames = [its for _, its in frame.groupby("reviewee_id", sort=True)]
    items = items_of(frame)
    entries = []
    for its in frames:
        scores = score(its, min_item_share=review.min_item_share, scale=review.scale, items=items)
        entries.append(_Entry(scores, publish(scores, rules)))
    wave, _ = latest_wave(frame)
    group, decisions = _group([entry for entry in entries if entry.scores.wave == wave], wave, items, rules)
    return ProgrammePublication(
        reviews={entry.publication.reviewee_id: entry.publication for entry in entries},
        group=group,
        decisions=tuple(decisions),
    )


def items_of(frame: pd.DataFrame) -> dict[str, str | None]:
    """Return the items of all reviewees' scored waves with their competencies, in the order of the questionnaire.

    A reviewee's report counts by them: `kohtaamo_utils.disclosure.review.decide` with these items gives what `decide`
    gives for the whole programme.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of all reviewees.
    """
    if "wave" not in frame:
        return catalogue(frame)
    waves = frame[["reviewee_id", "wave"]].drop_duplicates()
    last = {reviewee: latest_wave(its)[0] for reviewee, its in waves.groupby("reviewee_id", sort=True)}
    scored = frame["reviewee_id"].map(last)
    return catalogue(frame[scored.isna() | (frame["wave"] == scored)])


@dataclass(frozen=True)
class _Entry:
    """One reviewee in the group report."""

    scores: ReviewScores
    publication: ReviewPublication

    def mean(self, competency: str, group: str, rules: Rules) -> tuple[Fraction, bool] | None:
        """Return a published mean, unrounded, or the middle of its band and True; None where it is not published."""
        cell = self.publication.competency_means.get((competency, group))
        if not isinstance(cell, Shown):
            return None
        if isinstance(cell.value, Band):
            return rules.scale.middle(cell.value), True
        if group == OTHERS and rules.others == "groups":
            return Fraction(str(cell.value)), False  # its weights depend on the pooling
        answers = [score.value for score in self.answers(competency, group)]
        return sum(answers, Fraction(0)) / len(answers), False

    def answers(self, competency: str, group: str) -> list[Score]:
        """Return the raters' scores that a group's mean is of."""
        scores = self.scores.competency_scores(competency)
        return [score for score in scores if score.group == group or (group == OTHERS and score.group != SELF)]


def _group(
    entries: Sequence[_Entry], wave: str | None, items: Mapping[str, str | None], rules: Rules
) -> tuple[GroupPublication | None, list[Decision]]:
    if len(entries) < MINIMUM_REVIEWEES:
        reason = f"a group report needs {MINIMUM_REVIEWEES} reviewees"
        return None, [Decision("group report", "", "", "too_few_reviewees", reason)]
    competencies = dict.fromkeys(competency for competency in items.values() if competency is not None)
    means: dict[Pair, Cell] = {}
    banded: dict[Pair, int] = {}
    for pair in ((competency, group) for competency in competencies for group in GROUPS):
        known = [mean for entry in entries if (mean := entry.mean(*pair, rules)) is not None]
        if known:
            means[pair] = _mean([mean for mean, _ in known], None if pair[1] in (SELF, MANAGER) else rules.scale)
            banded[pair] = sum(is_band for _, is_band in known)
    publication = GroupPublication(
        wave=wave,
        reviewees=len(entries),
        competency_means=means,
        gaps=dict(_gaps(entries, competencies, rules)),
        banded={pair: n for pair, n in banded.items() if n},
        reliability=frozenset(
            (competency, group)
            for competency in competencies
            for group in (*PROTECTED, OTHERS)
            if _reliability_is_safe(entries, competency, group)
        ),
    )
    return publication, list(_decisions(publication))


def _mean(values: Sequence[Fraction], scale: Scale | None) -> Cell:
    """Return a mean over reviewees; raters known by name need no band (`scale` None)."""
    if len(values) < MINIMUM_REVIEWEES:
        return Hidden("too_few_reviewees")
    mean = sum(values, Fraction(0)) / len(values)
    end = None if scale is None else scale.zone(mean)
    return Shown(printed(mean) if scale is None or end is None else scale.band(end), len(values))


def _gaps(entries: Sequence[_Entry], competencies: Iterable[str], rules: Rules) -> Iterable[tuple[str, Cell]]:
    for competency in competencies:
        pairs = [(entry.mean(competency, SELF, rules), entry.mean(competency, OTHERS, rules)) for entry in entries]
        gaps = [own[0] - others[0] for own, others in pairs if own is not None and others is not None]
        if gaps:
            yield competency, _mean(gaps, None)


def _reliability_is_safe(entries: Sequence[_Entry], competency: str, group: str) -> bool:
    """Whether an intraclass correlation may be shown.

    With all means known it gives the sum of the spreads within reviewees. The reviewees whose spread is not published
    must be none, or several with enough raters together.
    """
    answers = {entry.publication.reviewee_id: entry.answers(competency, group) for entry in entries}
    rated = [reviewee for reviewee, its in answers.items() if its]
    spread = {entry.publication.reviewee_id for entry in entries if (competency, group) in entry.publication.spread}
    left = [reviewee for reviewee in rated if reviewee not in spread]
    people = {one.rater_id for reviewee in left for one in answers[reviewee] if one.group != MANAGER}
    return len(rated) >= MINIMUM_REVIEWEES and (not left or (len(left) > 1 and len(people) >= SPREAD_MINIMUM))


def _decisions(publication: GroupPublication) -> Iterable[Decision]:
    for pair, cell in publication.competency_means.items():
        if isinstance(cell, Hidden):
            yield Decision(
                "competency_mean", *pair, cell.reason, f"published of fewer than {MINIMUM_REVIEWEES} reviewees"
            )
        elif isinstance(cell.value, Band):
            yield Decision("competency_mean", *pair, "band", "the mean lies within half a point of the scale's end")
    for pair in publication.banded:
        yield Decision("competency_mean", *pair, "middle_of_band", "reviewees with a band enter by its middle")
    for competency, cell in publication.gaps.items():
        if isinstance(cell, Hidden):
            reason = f"published of fewer than {MINIMUM_REVIEWEES} reviewees"
            yield Decision("gap", competency, "", cell.reason, reason)
