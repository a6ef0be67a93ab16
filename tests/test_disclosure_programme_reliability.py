"""The programme's reliability as a yardstick in a person's report: told exactly where the group report may tell it."""

from __future__ import annotations

import formulas
import numpy as np
import pandas as pd
import pytest

from kohtaamo_utils.disclosure import programme, programme_reliability
from kohtaamo_utils.disclosure.programme_reliability import ProgrammeReliability
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

GROUPS = ("peer", "report", "customer", "others")


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


@pytest.mark.parametrize("seed", range(12))
def test_it_is_told_where_the_group_report_may_tell_it(seed: int) -> None:
    """With up to twenty reviewees the answer is the group publication's, for every competency and group."""
    sizes = [(0, 4), (3, 6), (5, 9), (7, 12)][seed % 4]
    frame = ratings(seed, reviewees=[4, 5, 7][seed % 3], sizes=sizes, gaps=0.1 if seed % 2 else 0.0)
    group = programme.decide(frame, Disclosure(), Review360Settings()).group
    made = yardstick(frame)
    told = {(c, g) for c in "tv" for g in GROUPS if made.of(c, g) is not None}
    assert told == (set() if group is None else set(group.reliability))


def test_the_figures_are_one_way_correlations_of_the_raters_scores() -> None:
    """Scores are means of the answered items, at least half of them; self is left out."""
    frame = ratings(3, reviewees=8, sizes=(2, 4), gaps=0.3)
    scores: dict[str, list[float]] = {}
    its = frame[(frame["competency"] == "t") & (frame["rater_group"] != "self")]
    for (reviewee, _), answers in its.groupby(["reviewee_id", "rater_id"])["score"]:
        if answers.notna().sum() >= 2:
            scores.setdefault(str(reviewee), []).append(float(answers.mean()))
    found = yardstick(frame).of("t", "others")
    assert found is not None
    assert (found.icc1, found.icc2) == pytest.approx(formulas.icc_one_way(list(scores.values())))


def test_a_large_programme_is_not_decided_on_reviewee_by_reviewee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty reviewees with small groups take a few decisions for all others and none for the groups."""
    frame, decided = ratings(5, reviewees=40, sizes=(3, 5)), []
    decide = programme_reliability.decide

    def counted(*given: object) -> object:
        decided.append(given)
        return decide(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(programme_reliability, "decide", counted)
    made = yardstick(frame)
    assert all(made.of("t", group) is not None for group in ("peer", "report", "customer"))
    assert not decided
    assert made.of("t", "others") is not None
    assert 0 < len(decided) <= 4


def test_what_would_take_too_many_decisions_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reviewees that are looked at do not settle it, nothing is told."""
    frame = ratings(2, reviewees=8, sizes=(8, 12))
    assert yardstick(frame).of("t", "peer") is not None
    monkeypatch.setattr(programme_reliability, "LOOKED_AT", 2)
    assert yardstick(frame).of("t", "peer") is None
