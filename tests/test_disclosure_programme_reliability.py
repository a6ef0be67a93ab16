"""The programme's reliability as a yardstick in a person's report: never told where the group report may not tell it."""

from __future__ import annotations

import formulas
import numpy as np
import pandas as pd
import pytest

from kohtaamo_utils.disclosure import programme, programme_reliability
from kohtaamo_utils.disclosure.programme_reliability import ProgrammeReliability
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings


def ratings(seed: int, reviewees: int, sizes: tuple[int, int], gaps: float = 0.0) -> pd.DataFrame:
    """Return a random programme of two competencies, three items each; group sizes within `sizes`."""
    random = np.random.default_rng(seed)
    found = []
    for reviewee in range(reviewees):
        counts = {"self": 1, "manager": 1} | {g: int(random.integers(*sizes)) for g in ("peer", "report", "customer")}
        level = random.normal(3.4, 0.5)
        for group, count in counts.items():
            for number in range(count):
                for item in ("t1", "t2", "t3", "v1", "v2", "v3"):
                    score = float(np.clip(np.round(random.normal(level, 0.8)), 1, 5))
                    value = float("nan") if random.random() < gaps else score
                    found.append((f"p{reviewee}", f"{group}{reviewee}.{number}", group, item, item[0], value))
    columns = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"]
    return pd.DataFrame(found, columns=columns)


def yardstick(frame: pd.DataFrame) -> ProgrammeReliability:
    return ProgrammeReliability(frame, Disclosure(), Review360Settings(), programme.items_of(frame))


@pytest.mark.parametrize(
    ("reviewees", "sizes", "gaps"),
    [
        (4, (3, 6), 0.0), (5, (0, 3), 0.0), (5, (0, 4), 0.1), (5, (3, 6), 0.0), (5, (5, 8), 0.0),
        (6, (5, 9), 0.1), (6, (7, 10), 0.0), (7, (1, 8), 0.0),
    ],
)  # fmt: skip
def test_it_is_told_only_where_the_group_report_may_tell_it(
    reviewees: int, sizes: tuple[int, int], gaps: float
) -> None:
    """Whatever the group sizes: the answer is no wider than the group publication's."""
    frame = ratings(reviewees, reviewees, sizes, gaps)
    group = programme.decide(frame, Disclosure(), Review360Settings()).group
    made = yardstick(frame)
    told = {(competency, "others") for competency in "tv" if made.of(competency) is not None}
    assert told <= (frozenset() if group is None else group.reliability)


@pytest.mark.parametrize(("reviewees", "told"), [(4, False), (5, True)])
def test_it_takes_five_reviewees(reviewees: int, told: bool) -> None:
    """Small groups of five reviewees leave enough unprinted spreads together; four have no group report."""
    assert (yardstick(ratings(1, reviewees, (3, 5))).of("t") is not None) == told


def test_one_reviewees_unprinted_spread_is_not_told() -> None:
    """Where all reports but one print every spread, the sum of the unprinted ones would be that one's."""
    told = {"peer": [(3, 4, 3), (4, 3, 3), (3, 3, 4), (2, 3, 3), (4, 4, 3)]}  # means 3.2, 3.4, 3.2
    silent = {"peer": [(3, 4, 3), (4, 3, 3), (3, 3, 4), (2, 3, 3)]}
    rows = [
        (f"p{number}", f"{group}{number}.{rater}", group, item, "t", float(score))
        for number in range(6)
        for group, raters in (silent if number == 5 else told).items()
        for rater, scores in enumerate(raters)
        for item, score in zip(("t1", "t2", "t3"), scores, strict=True)
    ]
    columns = ["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"]
    frame = pd.DataFrame(rows, columns=columns)
    assert yardstick(frame).of("t") is None
    assert yardstick(frame[frame["reviewee_id"] != "p5"]).of("t") is not None


def test_the_figures_are_one_way_correlations_of_the_raters_scores() -> None:
    """Scores are means of the answered items, at least half of them; self is left out."""
    frame = ratings(3, reviewees=8, sizes=(2, 4), gaps=0.3)
    scores: dict[str, list[float]] = {}
    its = frame[(frame["competency"] == "t") & (frame["rater_group"] != "self")]
    for (reviewee, _), answers in its.groupby(["reviewee_id", "rater_id"])["score"]:
        if answers.notna().sum() >= 2:
            scores.setdefault(str(reviewee), []).append(float(answers.mean()))
    found = yardstick(frame).of("t")
    assert found is not None
    assert (found.icc1, found.icc2) == pytest.approx(formulas.icc_one_way(list(scores.values())))


def test_a_large_programme_is_not_decided_on_reviewee_by_reviewee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forty reviewees with small groups a few decisions settle both competencies."""
    frame, decided = ratings(5, reviewees=40, sizes=(3, 5)), []
    decide = programme_reliability.decide

    def counted(*given: object) -> object:
        decided.append(given)
        return decide(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(programme_reliability, "decide", counted)
    made = yardstick(frame)
    assert made.of("t") is not None
    assert made.of("v") is not None
    assert 0 < len(decided) <= 4


def test_what_would_take_too_many_decisions_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reviewees that are looked at do not settle it, nothing is told."""
    frame = ratings(2, reviewees=8, sizes=(3, 5))
    assert yardstick(frame).of("t") is not None
    monkeypatch.setattr(programme_reliability, "LOOKED_AT", 1)
    assert yardstick(frame).of("t") is None
