"""The delay from encounter to answer: its bands, what differs between them, and how little that tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, text_of
from sample_files import read
from scipy import stats

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2025, 3, 3)


def answered(scores: list[int], days: int, **same: object) -> list[dict[str, object]]:
    return [
        {"respondent_group": "customer", "nps": score, "encountered_on": DAY, "answered_on": DAY + dt.timedelta(days), **same}
        for score in scores
    ]  # fmt: skip


def opened(folder: Path, *parts: list[dict[str, object]]) -> current_state.CurrentState:
    rows = [row for part in parts for row in part]
    return current_state.open_report(str(make_engagement(folder, {}, {"survey": rows})), "en")


def band(days: int) -> str:
    return next(name for name, last in (("0", 0), ("1-2", 2), ("3-7", 7), ("8-30", 30), ("31+", 10**6)) if days <= last)


def test_answers_that_came_equally_soon_are_said_to_be_so(tmp_path: Path) -> None:
    """Where everybody answered on the next day nothing can be compared, and the reason given covers it."""
    text = Figures(opened(tmp_path, answered([9, 8, 3, 10] * 10, 1)), "current_state").text
    assert (
        "delay from encounter to answer (the day of one of them is missing, answers are too few, or all answered equally soon)"
        in text
    )


def test_bands_of_the_sample(project: Path) -> None:
    """A band's NPS is of the customers who answered so many days after their encounter."""
    folder = project / "data" / "sample"
    report = current_state.open_report(str(folder), "en")
    report.delay()
    found = {f.scope["delay"]: f.estimate for f in report.results().figures if f.name == "score_by_delay"}
    frame = read(folder / "data", "asiakaskysely.csv")
    parts, pairs = defaultdict(list), []
    for row in frame.to_dict("records"):
        score = row["Kuinka todennäköisesti suosittelisit meitä? (0–10)"]
        first, last = (dt.datetime.strptime(row[name], "%d.%m.%Y").date() for name in ("Asiointipäivä", "Vastauspäivä"))  # noqa: DTZ007 - days without a time
        if isinstance(score, str) and first <= last:
            parts[band((last - first).days)].append(float(score))
            pairs.append(((last - first).days, float(score)))
    assert len(found) >= 2
    for name, estimate in found.items():
        assert (estimate.value, estimate.low, estimate.high) == pytest.approx(formulas.nps(parts[name]), rel=1e-9)
        assert estimate.n == len(parts[name])
    going = next(f.estimate for f in report.results().figures if f.name == "delay_correlation")
    assert going.value == pytest.approx(stats.spearmanr(*zip(*pairs, strict=True)).statistic)


def test_late_answers_that_are_lower_are_told_with_a_caution(tmp_path: Path) -> None:
    """Late scores far below early ones are told, and so is that the delay need not make them."""
    text = text_of(opened(tmp_path, answered([10, 9] * 20, 0), answered([2, 5] * 20, 10)).delay())
    assert "Lower scores than in the other answers: after 8–30 days." in text
    assert "The later the answer, the lower the NPS score tends to be" in text
    assert "A difference does not tell that the delay makes it" in text


def test_the_correlation_is_of_the_weighted_answers(tmp_path: Path) -> None:
    """Weights that turn the picture round turn the correlation round with the table above it."""
    parts = answered([10] * 20, 0, weight=1.0), answered([2] * 5, 0, weight=40.0), answered([8] * 20, 10, weight=5.0)
    report = opened(tmp_path, *parts)
    report.delay()
    going = next(f.estimate for f in report.results().figures if f.name == "delay_correlation")
    days, scores, weights = [0] * 25 + [10] * 20, [10] * 20 + [2] * 5 + [8] * 20, [1] * 20 + [40] * 5 + [5] * 20
    repeated = stats.spearmanr(
        [d for d, w in zip(days, weights, strict=True) for _ in range(w)],
        [s for s, w in zip(scores, weights, strict=True) for _ in range(w)],
    )
    assert going.value == pytest.approx(repeated.statistic)
    assert going.value > 0 > stats.spearmanr(days, scores).statistic


def test_alike_bands_claim_nothing(tmp_path: Path) -> None:
    """Where early and late answers are alike, no difference and no going together is claimed."""
    text = text_of(opened(tmp_path, answered([10, 9, 3, 7] * 10, 0), answered([10, 9, 3, 7] * 10, 5)).delay())
    assert "No delay's scores differ from the others' beyond chance." in text
    assert "do not go together beyond chance" in text
    assert "Lower scores" not in text


def test_a_band_of_few_takes_another_with_it(tmp_path: Path) -> None:
    """A band of three answers is hidden, and the next smallest with it, so that the total gives nothing away."""
    parts = answered([9] * 30, 0), answered([9, 3] * 10, 1), answered([8] * 9, 5), answered([1] * 3, 60)
    report = opened(tmp_path, *parts)
    report.delay()
    shown = {f.scope["delay"] for f in report.results().figures if f.name == "score_by_delay"}
    assert shown == {"0", "1-2"}
    assert {h.scope["delay"] for h in report.results().hidden if h.name == "score_by_delay"} == {"3-7", "31+"}


def test_a_band_that_is_a_touchpoint_but_for_few_is_hidden(tmp_path: Path) -> None:
    """A band that holds a shown touchpoint and three people more would tell of these three."""
    parts = (
        answered([9] * 30, 0, touchpoint="Kassa"), answered([1] * 3, 0, touchpoint="Huolto"),
        answered([9, 2] * 10, 4, touchpoint="Huolto"),
    )  # fmt: skip
    report = opened(tmp_path, *parts)
    assert report.delay().blocks == ()
    assert {h.scope["delay"] for h in report.results().hidden if h.name == "score_by_delay"} == {"0", "3-7"}


def test_answers_before_their_encounter_are_left_out(tmp_path: Path) -> None:
    """Six answers dated before their encounter are counted as left out and stand in no band."""
    report = opened(tmp_path, answered([9] * 20, 0), answered([8] * 20, 3), answered([0] * 6, -2))
    assert "Answers dated before their encounter, left out here: 6." in text_of(report.delay())
    assert sum(f.estimate.n for f in report.results().figures if f.name == "score_by_delay") == 40


def test_without_the_day_of_the_encounter_there_is_no_delay(tmp_path: Path) -> None:
    """Answers that tell only when they were given have no delay, and the part on data says so."""
    rows = [{"respondent_group": "customer", "nps": 9, "answered_on": "2025-03-03"} for _ in range(20)]
    figures = Figures(opened(tmp_path, rows), "current_state")
    assert figures.sections["delay"].blocks == ()
    assert "delay from encounter to answer (the day of one of them is missing" in figures.text
