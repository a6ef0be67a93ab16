"""Rounds compared, and shares of satisfied customers on limits of their own month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import Figures, make_engagement, text_of

from kohtaamo_utils.measures.cautious import cautious_nps_difference
from kohtaamo_utils.measures.waves import waves_of
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

NONE = "Nothing has changed from the round before beyond chance."


def round_of(scores: list[int], month: int, group: str = "employee") -> list[dict[str, object]]:
    name = "enps" if group == "employee" else "nps"
    return [
        {"respondent_group": group, name: score, "answered_on": f"2025-{month:02d}-{place % 9 + 1:02d}"}
        for place, score in enumerate(scores)
    ]


def opened(folder: Path, *rounds: list[dict[str, object]]) -> current_state.CurrentState:
    rows = [row for part in rounds for row in part]
    return current_state.open_report(str(make_engagement(folder, {}, {"survey": rows})), "en")


def test_four_weeks_without_an_answer_part_two_waves() -> None:
    """29 days of silence part two waves, 28 do not; an answer without a day is in none."""
    days = pd.Series(pd.to_datetime(["2025-01-01", "2025-01-29", "2025-02-27", None]))
    assert waves_of(days).tolist()[:3] == [1.0, 1.0, 2.0]
    assert waves_of(days).isna().tolist() == [False, False, False, True]


def test_a_change_between_rounds_is_told(tmp_path: Path) -> None:
    """ENPS of -70 and then +70 rose; the figure is the last round less the one before."""
    before, after = [2, 5] * 7 + [7] * 6, [9, 10] * 7 + [8] * 6
    figures = Figures(opened(tmp_path, round_of(before, 4), round_of(after, 10)), "current_state")
    found = figures("wave_change", respondent_group="employee", measure="enps")
    expected = cautious_nps_difference(after, before)
    assert (found.value, found.low, found.high, found.n) == (pytest.approx(140.0), expected.low, expected.high, 40)
    assert "Employee Net Promoter Score (eNPS) rose from −70 to +70." in text_of(figures.sections["waves"])


def test_of_three_rounds_the_last_two_are_compared(tmp_path: Path) -> None:
    """An earlier round counts in no comparison."""
    parts = round_of([0] * 14 + [7] * 6, 1), round_of([9, 7, 3] * 7, 5), round_of([9, 7, 3] * 7, 9)
    figures = Figures(opened(tmp_path, *parts), "current_state")
    assert figures("wave_change", respondent_group="employee", measure="enps").value == 0
    assert NONE in text_of(figures.sections["waves"])


def test_a_round_of_few_is_not_compared(tmp_path: Path) -> None:
    """Four answers in the last round are told neither as a round nor as a change."""
    figures = Figures(opened(tmp_path, round_of([9] * 20, 4), round_of([0] * 4, 10)), "current_state")
    assert not figures.named("wave_change")
    assert "wave_change" in {hidden.name for hidden in figures.results.hidden}
    assert figures.sections["waves"].blocks == ()


def test_a_round_less_its_months_does_not_tell_of_few(tmp_path: Path) -> None:
    """A round of two shown months and three answers in a third would tell of these three: it is not shown."""
    rows = [*round_of([9] * 20, 1), *round_of([8] * 20, 6), *round_of([7] * 20, 7), *round_of([0] * 3, 8)]
    rows += [{"respondent_group": "employee", "enps": 5} for _ in range(3)]
    figures = Figures(opened(tmp_path, rows), "current_state")
    months = {figure.scope["month"] for figure in figures.named("enps") if "month" in figure.scope}
    assert {"2025-06", "2025-07"} <= months
    assert not figures.named("wave_change")


def test_one_round_has_no_change(tmp_path: Path) -> None:
    """Answers without a pause have no rounds, and the part on data says so."""
    figures = Figures(opened(tmp_path, round_of([9] * 20, 4)), "current_state")
    assert figures.sections["waves"].blocks == ()
    assert "change between rounds" in figures.text


@pytest.mark.parametrize(("june", "found"), [(19, None), (6, "Jun 2025")])
def test_a_month_outside_its_own_limits_is_named(tmp_path: Path, june: int, found: str | None) -> None:
    """Of 30 answers a month 20 are satisfied: 6 are outside p ± 3·√(p(1-p)/30), 19 are not."""
    rows = [
        {"respondent_group": "customer", "nps": 9, "csat": 5 if place < (june if month == 6 else 20) else 2, "answered_on": f"2025-{month:02d}-05"}
        for month in range(1, 13)
        for place in range(30)
    ]  # fmt: skip
    text = text_of(opened(tmp_path, rows).trend())
    if found:
        assert f"Months whose share of satisfied customers is outside its limits: {found}." in text
    else:
        assert "varies from month to month no more than chance lets it" in text
