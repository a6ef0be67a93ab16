"""What may be published of a whole 360 programme: every reviewee's report, and the group report.

The raters: the group report's readers may hold all the single reports. A mean over reviewees that used a hidden mean would
give it away to them as soon as the other ones are printed. So every mean here is computed from the means that the single
reports publish and from nothing else: it cannot tell more than they do. A mean of which a report prints only the band enters
by the middle of the band, so that the high and the low ones are not lost; a hidden mean is left out, and each figure says of
how many reviewees it is.

The reviewees: the group report goes to people who are not to see a single one's result. What keeps it from them is told in
`kohtaamo_utils.disclosure.readers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.entries import Entry
from kohtaamo_utils.disclosure.group import decide_competency
from kohtaamo_utils.disclosure.pooling import OTHERS
from kohtaamo_utils.disclosure.publication import (
    Cell,
    Decision,
    GroupPublication,
    Hidden,
    ProgrammePublication,
    Reason,
    Spread,
)
from kohtaamo_utils.disclosure.reliability import is_consistent, with_reliability
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.disclosure.samples import MINIMUM_REVIEWEES
from kohtaamo_utils.measures.ratings import catalogue, latest_wave, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from kohtaamo_utils.disclosure.question import Rules
    from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings


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
        entries.append(Entry(scores, publish(scores, rules), rules))
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


def _group(
    entries: Sequence[Entry], wave: str | None, items: Mapping[str, str | None], rules: Rules
) -> tuple[GroupPublication | None, list[Decision]]:
    if len(entries) < MINIMUM_REVIEWEES:
        reason = f"a group report needs {MINIMUM_REVIEWEES} reviewees"
        return None, [Decision("group report", "", "", "too_few_reviewees", reason)]
    competencies = dict.fromkeys(competency for competency in items.values() if competency is not None)
    decided = {competency: decide_competency(entries, competency, rules) for competency in competencies}
    reliable = {competency: with_reliability(entries, competency) for competency in competencies}
    publication = GroupPublication(
        wave=wave,
        reviewees=len(entries),
        competency_means={(name, group): cell for name, one in decided.items() for group, cell in one.means.items()},
        spreads={(name, group): cell for name, one in decided.items() for group, cell in one.spreads.items()},
        gaps={name: one.gap for name, one in decided.items() if one.gap is not None},
        banded={(name, group): n for name, one in decided.items() for group, n in one.banded.items()},
        reliability=frozenset().union(*reliable.values()),
        consistency=frozenset(
            name for name, pairs in reliable.items() if (name, OTHERS) in pairs and is_consistent(entries, name)
        ),
    )
    return publication, list(_decisions(publication))


_WHY: dict[Reason, str] = {
    "too_few_reviewees": f"published of fewer than {MINIMUM_REVIEWEES} reviewees",
    "complementary": f"with the other figures it would tell too much of fewer than {MINIMUM_REVIEWEES} reviewees",
    "band": "it would be computed from bands",
}


def _decisions(publication: GroupPublication) -> Iterable[Decision]:
    yield from _not_as_numbers(
        "competency_mean", publication.competency_means, "the mean lies within half a point of the scale's end"
    )
    for pair in publication.banded:
        yield Decision("competency_mean", *pair, "middle_of_band", "reviewees with a band enter by its middle")
    yield from _not_as_numbers("competency_sd", publication.spreads, "its class is told")
    yield from _not_as_numbers("gap", {(name, ""): cell for name, cell in publication.gaps.items()}, "")


def _not_as_numbers(figure: str, cells: Mapping[tuple[str, str], Cell | Spread], band: str) -> Iterable[Decision]:
    for pair, cell in cells.items():
        if isinstance(cell, Hidden):
            yield Decision(figure, *pair, cell.reason, _WHY[cell.reason])
        elif cell.number is None:
            yield Decision(figure, *pair, "band", band)
