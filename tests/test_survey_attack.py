"""Everything that all audiences are shown of one measure, taken together: no sum of a few people can be computed from it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from survey_attack import MINIMUM, told_of_few

from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.catalogue import HEARD, NPS
from kohtaamo_utils.reports.current_state.delay import band_of, days_between
from kohtaamo_utils.reports.current_state.own_unit import OwnUnit
from kohtaamo_utils.reports.survey import Survey

CUSTOMER = "customer"
OF = (NPS, CUSTOMER)


def survey_of(seed: int) -> tuple[Survey, dict[str, frozenset[int]]]:
    """Return a small survey of random units, touchpoints, channels, days and delays, and who speaks of which theme."""
    draw = random.Random(seed)  # noqa: S311 - made-up answers
    n = draw.randint(20, 120)
    names = {
        name: ([f"{name}{place}" for place in range(draw.randint(2, 4))], [draw.random() ** 2 + 0.03 for _ in range(4)])
        for name in ("unit", "touchpoint", "channel")
    }
    frame = pd.DataFrame(
        {
            "respondent_group": [CUSTOMER] * n,
            "nps": [float(draw.randint(0, 10)) if draw.random() < 0.95 else np.nan for _ in range(n)],
            **{name: draw.choices(its, weights[: len(its)], k=n) for name, (its, weights) in names.items()},
        }
    )
    months = draw.randint(1, 4)
    day = [pd.Timestamp(2025, draw.randint(1, months) * 2, draw.randint(1, 28)) for _ in range(n)]
    frame["answered_on"] = pd.Series(day)
    frame["encountered_on"] = frame["answered_on"] - pd.to_timedelta(
        [draw.choice((0, 1, 5, 20)) for _ in range(n)], unit="D"
    )
    spoken = [row for row in range(n) if draw.random() < 0.7]
    themes = {
        name: frozenset(row for row in spoken if draw.random() < share)
        for name, share in (("queue", 0.5), ("staff", 0.3), ("price", 0.2))
    }
    return Survey(frame, None, MINIMUM), {"comments": frozenset(spoken), **themes}


def shown_of(survey: Survey, spoken: dict[str, frozenset[int]]) -> list[frozenset[int]]:
    """Return who stands behind every figure that management and all supervisors together are shown."""
    rows = survey.rows_for(NPS, CUSTOMER)
    rows = rows[survey.usable(NPS, rows).notna()]
    everyone = frozenset(rows.index)
    published = survey.published(NPS, CUSTOMER)
    found = [everyone] if len(everyone) >= MINIMUM else []
    found += [its for parts in published.shown.values() for its in parts.values()]
    for unit in published.shown.get("unit", {}):
        found += [its for parts in OwnUnit(survey, unit)._published(NPS).shown.values() for its in parts.values()]
    for more in _further(rows, spoken, everyone):
        decided = survey.publish(rows, more, OF)
        found += [its for name in more for its in decided.shown.get(name, {}).values()]
    return found


def _further(rows: pd.DataFrame, spoken: dict[str, frozenset[int]], everyone: frozenset[int]) -> list[dict[str, Any]]:
    from kohtaamo_utils.measures.waves import waves_of

    waves = waves_of(rows["answered_on"])
    bands = band_of(days_between(rows))
    groups = [{"wave": waves.groupby(waves).groups}, {"delay": bands.groupby(bands).groups}]
    made: list[dict[str, Any]] = [
        {name: {str(key): frozenset(index) for key, index in its.items()} for name, its in group.items()}
        for group in groups
    ]
    wrote = spoken["comments"] & everyone
    named = {f"theme {name}": {"yes": its & wrote} for name, its in spoken.items() if name != "comments"}
    return [*made, {"comments": {"yes": wrote}, **named}]


@pytest.mark.parametrize(
    "seed",
    [
        *range(8),
        *(pytest.param(seed, marks=pytest.mark.slow if seed < 18 else pytest.mark.longest) for seed in range(8, 208)),
    ],
)
def test_no_sum_of_few_is_determined(seed: int) -> None:
    """From all figures of all audiences together nobody's answer, and no sum of fewer than five, can be computed."""
    assert told_of_few(shown_of(*survey_of(seed))) == []


@pytest.mark.parametrize("seed", [17, 43, 80])
def test_without_the_joint_look_the_attack_finds_somebody(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sets are judged in pairs only, these seeds' figures tell of a few."""
    for place in ("kohtaamo_utils.disclosure.within", "kohtaamo_utils.reports.protection"):
        monkeypatch.setattr(f"{place}.too_telling", lambda *_: frozenset())
    assert told_of_few(shown_of(*survey_of(seed)))


def test_two_channels_that_are_a_touchpoint_and_two_more(project: Any) -> None:
    """In the sample the channels web and app are the web shop's touchpoint and two people more: the app is not shown."""
    survey = current_state.open_report(str(project / "data" / "sample"), "en").survey
    shown = survey.published(HEARD, CUSTOMER).shown
    assert "verkko" in shown["channel"]
    assert "sovellus" not in shown["channel"]
    rows = survey.rows_for(HEARD, CUSTOMER)
    rows = rows[survey.usable(HEARD, rows).notna()]
    channels = survey.row_sets(rows, "channel")
    touchpoint = shown["touchpoint"]["Verkkokauppa ja ajanvaraus"]
    assert len((channels["verkko"] | channels["sovellus"]) - touchpoint) == 2
