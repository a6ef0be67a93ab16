"""The same few people who answered in several rounds: their answers are many, they are not."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import Figures, make_engagement
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.alike import nobody
from kohtaamo_utils.disclosure.overlaps import publish
from kohtaamo_utils.disclosure.rounds import few_in_every_round
from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

MINIMUM = 5
ROUNDS = ("2025-04-07", "2025-10-06", "2025-12-29")
TELLING = "would tell what single people answered"


def answered(
    group: str, scores: list[int], rounds: tuple[str, ...] = ROUNDS[:2], **same: object
) -> list[dict[str, object]]:
    """Return the answers of people who gave the same score in each round."""
    return [
        {"respondent_group": group, "enps": score, "answered_on": day, **same} for day in rounds for score in scores
    ]


def opened(folder: Path, *rows: list[dict[str, object]], **settings: object) -> Figures:
    """Return the finished report of some answers of staff, and of some customers."""
    customers = [{"respondent_group": "customer", "nps": score, "answered_on": ROUNDS[0]} for score in [10, 7, 3] * 5]
    table = [row for its in rows for row in its] + customers
    return Figures(
        current_state.open_report(str(make_engagement(folder, settings, {"survey": table})), "en"), "current_state"
    )


@pytest.mark.parametrize(("people", "shown"), [(3, False), (4, False), (5, True)])
def test_a_group_of_few_is_not_shown_however_often_it_answered(tmp_path: Path, people: int, shown: bool) -> None:
    """Three leaders who answered twice give six answers and no figure; five give one of ten answers."""
    employees = answered("employee", [10, 6, 8, 3, 9, 7, 2])
    figures = opened(tmp_path, answered("management", [10, 6, 8, 3, 9][:people]), employees)
    assert figures.has("enps", respondent_group="management") == shown
    reasons = {hidden.reason for hidden in figures.results.hidden if hidden.name == "enps"}
    assert reasons == (set() if shown else {TELLING})


def test_a_unit_of_few_is_not_shown_nor_left_over(tmp_path: Path) -> None:
    """Four of a unit who answered twice are not shown, and another unit is left out so that the total does not give them away."""
    figures = opened(
        tmp_path,
        answered("employee", [10, 6, 8, 3], unit="Turku"),
        answered("employee", [9, 7, 2, 8, 5, 10], unit="Oulu"),
        answered("employee", [9, 7, 2, 8, 5, 10, 4, 6], unit="Vaasa"),
    )
    units = [figure.scope["unit"] for figure in figures.named("enps") if "unit" in figure.scope]
    assert units == ["Vaasa"]


def test_other_people_in_each_round_are_counted_as_people(tmp_path: Path) -> None:
    """Who knows that nobody answered twice can say so: three leaders and three others are six people."""
    rows = answered("management", [10, 6, 8]), answered("employee", [10, 6, 8, 3, 9, 7, 2])
    settings = {"disclosure": {"staff_rounds": "other_people"}}
    assert opened(tmp_path, *rows, **settings).has("enps", respondent_group="management")


def test_answers_that_trickle_in_are_people(tmp_path: Path) -> None:
    """Six leaders who answered now and then, alone, made no rounds: their figure is shown."""
    months = tuple(f"2025-{month:02}-15" for month in (1, 3, 5, 7, 9, 11))
    leaders = [
        row
        for score, day in zip([10, 6, 8, 3, 9, 7], months, strict=True)
        for row in answered("management", [score], (day,))
    ]
    assert opened(tmp_path, leaders).has("enps", respondent_group="management")


@pytest.mark.parametrize(("people", "shown"), [(3, False), (5, True)])
def test_who_of_few_left_a_question_open_is_not_told(tmp_path: Path, people: int, shown: bool) -> None:
    """The share of a group who answered a question comes under the same rule as their answers."""
    leaders = answered("management", [10, 6, 8, 3, 9][:people])
    leaders[0]["enps"] = None
    report = opened(
        tmp_path, leaders, answered("management", [9] if shown else []), answered("employee", [10, 6, 8, 3, 9, 7, 2])
    )
    blocks = report.sections["data_quality"].blocks
    table = next(
        block for block in blocks if isinstance(block, Table) and block.caption.startswith("Share of respondents")
    )
    assert ("Management" in table.columns) == shown


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_a_theme_that_few_write_of_each_time_is_not_shown(tmp_path: Path, people: int, shown: bool) -> None:
    """Four of staff who write of waiting in both rounds give eight comments and no theme; five give one."""
    texts = ["Asiakas joutuu odottamaan liian kauan."] * people + ["Neuvomme asiantuntevasti."] * 6
    rows = [
        {"respondent_group": "employee", "enps": 7, "comment": text, "answered_on": day}
        for day in ROUNDS[:2]
        for text in texts
    ]
    assert opened(tmp_path, rows).has("theme_share", respondent_group="employee", theme="waiting") == shown


def test_one_round_and_answers_without_a_day_count_as_people() -> None:
    """Where there is one round, or no day at all, each answer is a person; undated ones beside rounds are one more."""
    first, second, none = pd.Timestamp(ROUNDS[0]), pd.Timestamp(ROUNDS[1]), pd.NaT
    assert not few_in_every_round(pd.Series([first] * 6), 7)(frozenset(range(6)))
    assert not few_in_every_round(pd.Series([none] * 6, dtype="datetime64[ns]"), 7)(frozenset(range(6)))
    mixed = few_in_every_round(pd.Series([none] * 5 + [first] * 5 + [second] * 5), MINIMUM)
    assert [mixed(frozenset(range(1, n))) for n in (5, 9, 10)] == [True, True, False]


people = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), min_size=15, max_size=80)


@given(people)
@settings(max_examples=300)
def test_nothing_shown_or_left_over_may_be_of_few_people(rows: list[tuple[int, int, int]]) -> None:
    """Every published set, every rest of a total and every difference of two sets has a round with the minimum in it."""
    everyone = frozenset(range(len(rows)))
    few = few_in_every_round(pd.Series(pd.to_datetime([ROUNDS[row[2]] for row in rows])), MINIMUM)
    if len(rows) < MINIMUM or few(everyone) or few is nobody:
        return
    sets = {
        name: {str(value): frozenset(i for i, row in enumerate(rows) if row[place] == value) for value in range(3)}
        for place, name in enumerate(("unit", "touchpoint"))
    }
    sets = {name: {value: its for value, its in parts.items() if its} for name, parts in sets.items()}
    found = publish(sets, everyone, MINIMUM, few)
    shown = [everyone, *(its for parts in found.shown.values() for its in parts.values())]
    rests = [rest for parts in found.shown.values() if (rest := everyone.difference(*parts.values()))]
    told = {*shown, *rests, *(one ^ other for one, other in combinations(shown, 2) if one < other or other < one)}
    largest = [max(sum(rows[i][2] == number for i in its) for number in range(3)) for its in told]
    assert [size for size in largest if size < MINIMUM] == []


def test_without_the_rule_the_leaders_are_shown() -> None:
    """The naive rule counts answers: what the tests above would find."""
    leaders, rest = frozenset(range(6)), frozenset(range(6, 40))
    days = pd.Series(pd.to_datetime([*ROUNDS[:2]] * 20))
    plain = publish({"unit": {"a": leaders, "b": rest}}, leaders | rest, MINIMUM)
    assert plain.shown["unit"]["a"] == leaders
    assert publish({"unit": {"a": leaders, "b": rest}}, leaders | rest, MINIMUM, few_in_every_round(days, MINIMUM)).shown["unit"] == {}  # fmt: skip
