"""What may be published of one reviewee's 360 review: thresholds, pooling, differencing and bands, decided together.

The reader is taken to know what self and every manager answered, how many raters each group has, and these rules. No
protected set of raters smaller than the threshold may have a sum that he can compute, for an item or a competency.

Only answers about one reviewee meet in one publication's sums. A rater who rates several reviewees gives each of them
answers of their own, and a combination of two reviewees' sums holds only what each one's sums hold: so reviews are
decided one by one, and the group report is computed from what they print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import Scale, printed
from kohtaamo_utils.disclosure.guard import guarded
from kohtaamo_utils.disclosure.items import decide_items
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF, Pooling, pool
from kohtaamo_utils.disclosure.publication import Cell, Decision, Hidden, Reason, ReviewPublication, Shown
from kohtaamo_utils.disclosure.question import Rules, decide_question, hidden_reason, is_number, parts_of
from kohtaamo_utils.disclosure.spread import Pair, with_item_spread, with_spread
from kohtaamo_utils.disclosure.text_only import scores_of
from kohtaamo_utils.measures.ratings import Catalogue, ReviewScores, Score, mean, others_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings


def decide(
    frame: pd.DataFrame, disclosure: Disclosure, review: Review360Settings, items: Catalogue | None = None
) -> ReviewPublication:
    """Decide everything that may be published of one reviewee.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of one reviewee.
    disclosure
        ``disclosure`` of ``engagement.yaml``: the threshold.
    review
        ``review_360`` of ``engagement.yaml``: scale, share of items, what the mean of the others is, whether there are
        scores at all.
    items
        The programme's items and their competencies (`kohtaamo_utils.measures.ratings.catalogue`); the frame's own
        where not given.

    Raises
    ------
    DataError
        A score is outside the scale, or an item is given two competencies.

    Examples
    --------
    Manager 4, peers 2 and 3, reports 4, 4, 5, 3, 4. The mean of the others and of the reports would give the peers':

    >>> import pandas as pd
    >>> from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings
    >>> answers = [("manager", 4), ("peer", 2), ("peer", 3), *[("report", score) for score in (4, 4, 5, 3, 4)]]
    >>> frame = pd.DataFrame(
    ...     [("m1", f"r{number}", group, "keeps promises", "trust", float(score))
    ...      for number, (group, score) in enumerate(answers)],
    ...     columns=["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"])
    >>> publication = decide(frame, Disclosure(), Review360Settings())
    >>> publication.competency_means["trust", "peer+report"]
    Shown(value=3.6, n=7)
    >>> publication.competency_means["trust", "peer"], publication.competency_means["trust", "report"]
    (Hidden(reason='below_threshold'), Hidden(reason='pooled_elsewhere'))
    """
    return publish(scores_of(frame, review, items), rules_of(disclosure, review))


def rules_of(disclosure: Disclosure, review: Review360Settings) -> Rules:
    """Return the rules that the engagement's settings ask for."""
    return Rules(disclosure.minimum_raters, Scale(*review.scale), review.others)


def pooling_of(scores: ReviewScores, rules: Rules) -> Pooling:
    """Return how the reviewee's protected groups are shown: the same everywhere in the report."""
    people = {
        group: frozenset(sheet.rater_id for sheet in scores.sheets if sheet.group == group) for group in PROTECTED
    }
    return pool(people, rules.minimum)


def publish(scores: ReviewScores, rules: Rules) -> ReviewPublication:
    """Decide everything that may be published of one reviewee's scores; `decide` from a frame."""
    pooling = pooling_of(scores, rules)
    means, item_means = _means(scores, pooling, rules)
    means, item_means = guarded(scores, means, item_means, pooling.display, rules)
    spread = with_spread(scores, means, item_means, pooling.display, rules)
    gaps = _gaps(scores, means, pooling, rules)
    raters = _raters(scores, pooling)
    return ReviewPublication(
        reviewee_id=scores.reviewee_id,
        wave=scores.wave,
        earlier_waves=scores.earlier_waves,
        minimum_raters=rules.minimum,
        groups=tuple(name for name in (SELF, MANAGER, *pooling.shown, OTHERS) if name in raters),
        raters=raters,
        competency_means=means,
        item_means=item_means,
        gaps=gaps,
        spread=spread,
        item_spread=with_item_spread(scores, spread, item_means),
        decisions=tuple(_decisions(scores, means, item_means, gaps, rules)),
    )


def _means(scores: ReviewScores, pooling: Pooling, rules: Rules) -> tuple[dict[Pair, Cell], dict[Pair, Cell]]:
    means: dict[Pair, Cell] = {}
    item_means: dict[Pair, Cell] = {}
    for competency in scores.competencies:
        answers = scores.competency_scores(competency)
        cells = decide_question(parts_of(answers, pooling.display), rules)
        means |= {(competency, group): cell for group, cell in cells.items()} | _pooled(competency, answers, pooling)
        item_means |= decide_items(scores, competency, cells, pooling.display, rules)
    for item in scores.loose_items:
        cells = decide_question(parts_of(scores.item_scores(item), pooling.display), rules)
        item_means |= {(item, group): cell for group, cell in cells.items()}
    for item in scores.catalogue:
        item_means |= _pooled(item, scores.item_scores(item), pooling)
    return means, item_means


def _pooled(question: str, answers: Iterable[Score], pooling: Pooling) -> dict[Pair, Cell]:
    """Name the rater groups that are shown only within a pool, so that a report can say so."""
    groups = {score.group for score in answers}
    return {(question, group): Hidden(reason) for group, reason in pooling.hidden.items() if group in groups}


def _raters(scores: ReviewScores, pooling: Pooling) -> dict[str, int | Hidden]:
    counts = {group: _count(scores, [group]) for group in (SELF, MANAGER, *PROTECTED)}
    raters: dict[str, int | Hidden] = {group: n for group, n in counts.items() if n and group not in pooling.hidden}
    raters |= {name: _count(scores, members) for name, members in pooling.shown.items()}
    raters |= {group: Hidden(reason) for group, reason in pooling.hidden.items()}
    protected = sum(counts[group] for group in PROTECTED)
    if protected and not pooling.shown:
        raters[OTHERS] = Hidden("below_threshold")
    elif protected or counts[MANAGER]:
        raters[OTHERS] = protected + counts[MANAGER]
    return raters


def _count(scores: ReviewScores, groups: Sequence[str]) -> int:
    return sum(sheet.group in groups for sheet in scores.sheets)


def _gaps(scores: ReviewScores, means: Mapping[Pair, Cell], pooling: Pooling, rules: Rules) -> dict[str, Cell]:
    gaps: dict[str, Cell] = {}
    for competency in scores.competencies:
        others = means.get((competency, OTHERS))
        answers = scores.competency_scores(competency)
        own = mean(score for score in answers if score.group == SELF)
        if own is None or others is None:
            continue
        if not isinstance(others, Shown) or not is_number(others):
            gaps[competency] = Hidden(hidden_reason(others))
            continue
        parts = parts_of([score for score in answers if score.group != SELF], pooling.display)
        weights = others_weights({name: part.n for name, part in parts.items()}, rules.others)
        gaps[competency] = Shown(
            printed(own - sum(weights[name] * part.mean for name, part in parts.items())), others.n
        )
    return gaps


_WHY: dict[Reason, str] = {
    "below_threshold": "fewer than {minimum} raters",
    "pooled_elsewhere": "shown together with a group of fewer than {minimum} raters",
    "complementary": "with the other figures it would give a group that is not shown",
    "item_coverage": "too few raters answered an item of the competency, or the unanswered ones would tell who",
    "near_scale_end": "with the other figures it would give a mean near the scale's end more closely than its band",
    "band": "the mean of the others is a band",
}


def _decisions(
    scores: ReviewScores,
    means: Mapping[Pair, Cell],
    item_means: Mapping[Pair, Cell],
    gaps: Mapping[str, Cell],
    rules: Rules,
) -> Iterable[Decision]:
    if scores.earlier_waves:
        yield Decision("wave", scores.wave or "", "", "latest_wave", "earlier waves are left out of this report")
    figures: Iterable[tuple[str, Mapping[Pair, Cell]]] = (
        ("competency_mean", means),
        ("item_mean", item_means),
        ("gap", {(competency, ""): cell for competency, cell in gaps.items()}),
    )
    for figure, cells in figures:
        yield from (line for pair, cell in cells.items() if (line := decision(figure, pair, cell, rules.minimum)))


def decision(figure: str, pair: Pair, cell: Cell, minimum: int) -> Decision | None:
    """Return the log's line on a figure that is not shown as a number; None for one that is."""
    if isinstance(cell, Hidden):
        return Decision(figure, *pair, cell.reason, _WHY[cell.reason].format(minimum=minimum))
    return (
        None
        if is_number(cell)
        else Decision(figure, *pair, "band", "the mean lies within half a point of the scale's end")
    )
