"""Rules with a defect: what the attack on files must find out, so that it is known to be able to."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from kohtaamo_utils.disclosure import items, pooling, programme, question, review
from kohtaamo_utils.disclosure.bands import Scale, printed
from kohtaamo_utils.disclosure.entries import Entry, Value
from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF
from kohtaamo_utils.disclosure.publication import Hidden, ReviewPublication, Shown
from kohtaamo_utils.measures.ratings import others_weights, score
from kohtaamo_utils.reports.review_360 import competencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kohtaamo_utils.disclosure.question import Rules
    from kohtaamo_utils.measures.ratings import ReviewScores, Score


def _threshold(scores: ReviewScores, rules: Rules) -> ReviewPublication:
    """Publish each group of enough raters by itself, and the others always: what most tools do."""
    groups = (SELF, MANAGER, *PROTECTED)
    counts = {group: sum(sheet.group == group for sheet in scores.sheets) for group in groups}
    shown = {g: n for g, n in counts.items() if n and (g not in PROTECTED or n >= rules.minimum)}
    means = {(c, g): cell for c in scores.competencies for g, cell in _cells(scores.competency_scores(c), rules)}
    own = {c: cell.number for (c, group), cell in means.items() if group == SELF}
    others = {c: cell for (c, group), cell in means.items() if group == OTHERS}
    hidden = {g: Hidden("below_threshold") for g, n in counts.items() if n and g not in shown}
    return ReviewPublication(
        reviewee_id=scores.reviewee_id,
        wave=scores.wave,
        earlier_waves=scores.earlier_waves,
        minimum_raters=rules.minimum,
        groups=(*shown, OTHERS),
        raters={**shown, **hidden, OTHERS: sum(counts.values()) - counts[SELF]},
        competency_means=means,
        item_means={(i, g): cell for i in scores.catalogue for g, cell in _cells(scores.item_scores(i), rules)},
        gaps={c: Shown(round(own[c] - cell.number, 1), cell.n) for c, cell in others.items() if c in own},
        spread=frozenset(),
        item_spread=frozenset(),
        decisions=(),
    )


def _cells(scores: tuple[Score, ...], rules: Rules) -> Iterator[tuple[str, Shown]]:
    by_group = {group: [s.value for s in scores if s.group == group] for group in (SELF, MANAGER, *PROTECTED)}
    means = {group: sum(its, Fraction(0)) / len(its) for group, its in by_group.items() if its}
    for group, mean in means.items():
        if group not in PROTECTED or len(by_group[group]) >= rules.minimum:
            yield group, Shown(printed(mean), len(by_group[group]))
    weights = others_weights({g: len(its) for g, its in by_group.items() if g != SELF}, rules.others)
    if weights:
        n = sum(len(by_group[group]) for group in weights)
        yield OTHERS, Shown(printed(sum((w * means[g] for g, w in weights.items()), Fraction(0))), n)


def _no_pool(raters: Any, minimum: int) -> pooling.Pooling:
    """Hide small groups and pool none."""
    there = {group: its for group, its in raters.items() if its}
    hidden = {group: "below_threshold" for group, its in there.items() if len(its) < minimum}
    return pooling.Pooling({group: (group,) for group in there if group not in hidden}, hidden)


def _others_always(self: Any, _: Any) -> Shown:
    return Shown(printed(self.mean), self.n)


def _by_own_n(self: Any, part: Any) -> Any:
    return question.own_cell(part, self.rules)


def _all_values(self: Any) -> dict[tuple[str, str], Value]:
    """Return the means of a reviewee for the group report, published or not."""
    means = {}
    for competency, group in ((c, g) for c in self.scores.competencies for g in (SELF, MANAGER, *PROTECTED, OTHERS)):
        answers = [score.value for score in self.answers(competency, group)]
        if answers:
            means[competency, group] = Value(sum(answers, Fraction(0)) / len(answers))
    return means


_gap_row = competencies.GapRow


def _unrounded(profile: Any) -> Any:
    """Draw the others' mean where it is, shown or not."""
    scores = score(profile.frame, min_item_share=0.5, scale=profile.scale)

    def row(label: str, _: float | None, second: float | None, *texts: str) -> Any:
        names = {competencies.competency_label(profile.context, c): c for c in profile.competencies}
        answers = [s.value for s in scores.competency_scores(names[label]) if s.group != SELF]
        return _gap_row(label, float(sum(answers) / len(answers)) if answers else None, second, *texts)

    with patch.object(competencies, "GapRow", row):
        return _chart(profile)


_chart = competencies._chart

NO_GUARD = (review, "guarded", lambda _, means, items, *__: (means, items))
OTHERS_ALWAYS = (question._Others, "cell", _others_always)
OWN_N_ONLY = [(items._Items, "_verdict", lambda *_: None), (items._Items, "_published", _by_own_n)]
NO_LOOK_AT_GAPS = (items._Items, "_leak", lambda *_: None)
DEFECTS: dict[str, list[tuple[Any, str, Callable[..., Any]]]] = {
    "a plain threshold": [(review, "publish", _threshold), (programme, "publish", _threshold)],
    "no pooling and no complementary suppression": [(review, "pool", _no_pool), OTHERS_ALWAYS, NO_GUARD],
    "no complementary suppression": [OTHERS_ALWAYS, NO_GUARD],
    "no bands": [(Scale, "zone", lambda *_: None)],
    "an item is hidden only where its own n is small": [*OWN_N_ONLY, NO_GUARD],
    "unanswered items are not looked at": [NO_LOOK_AT_GAPS, NO_GUARD],
    "the group's means are of hidden means too": [(Entry, "values", property(_all_values))],
    "a chart is drawn at an unrounded mean": [(competencies, "_chart", _unrounded)],
}
"""What is replaced in the rules, by what is wrong then."""
LEFT_TO_THE_GUARD: dict[str, list[tuple[Any, str, Callable[..., Any]]]] = {
    "no complementary suppression": [OTHERS_ALWAYS],
    "an item is hidden only where its own n is small": OWN_N_ONLY,
    "unanswered items are not looked at": [NO_LOOK_AT_GAPS],
}
"""Defects that the last look at the whole publication mends."""


@contextmanager
def defect(replaced: list[tuple[Any, str, Callable[..., Any]]]) -> Iterator[None]:
    """Let the rules have a defect for a while."""
    with ExitStack() as patches:
        for place, attribute, replacement in replaced:
            patches.enter_context(patch.object(place, attribute, replacement))
        yield
