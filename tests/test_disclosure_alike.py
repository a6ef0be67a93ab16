"""Answers so much alike that a figure tells them: not shown, not derivable, and not announced by being missing."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import SECTIONS, Figures, make_engagement, text_by_section
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.alike import Scored, alike_in, too_alike
from kohtaamo_utils.disclosure.overlaps import publish
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

MINIMUM = 5
TELLING = "would tell what single people answered"


def staff(scores: list[int], group: str = "employee", **same: object) -> list[dict[str, object]]:
    """Return staff's answers, a recommendation each."""
    return [{"respondent_group": group, "enps": score, **same} for score in scores]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_what_is_shown_leaves_enough_who_may_have_answered_otherwise(answers: list[int]) -> None:
    """A mean is shown only away from the ends, or where five people at least may have answered otherwise than the end."""
    mean, n = sum(answers) / len(answers), len(answers)
    if too_alike(answers, 1, 5, 1, MINIMUM):
        assert min(5 - mean, mean - 1) <= 0.55 + 1e-9
    else:
        for end in (1, 5):
            others = sum(abs(answer - end) for answer in answers)  # so many people at most answered otherwise
            assert others >= MINIMUM or abs(mean - end) > 0.55
    if len(set(answers)) == 1 and answers[0] in (1, 5):
        assert too_alike(answers, 1, 5, 1, MINIMUM), n


def test_a_missing_figure_does_not_say_that_all_answered_alike() -> None:
    """Of eight, four who gave 4 are kept back as well as none: the zone is wider than unanimity, at both ends."""
    for others in range(5):
        assert too_alike([5] * (8 - others) + [4] * others, 1, 5, 1, MINIMUM)
        assert too_alike([1] * (8 - others) + [2] * others, 1, 5, 1, MINIMUM)
    assert not too_alike([5] * 3 + [4] * 5, 1, 5, 1, MINIMUM)


people = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([1, 1, 4, 5, 5, 5])), min_size=5, max_size=60
)


@given(people)
@settings(max_examples=300)
def test_nothing_shown_or_left_over_is_too_much_alike(rows: list[tuple[int, int, int]]) -> None:
    """No published set, no rest of a total and no difference of two sets tells what its people answered."""
    everyone = frozenset(range(len(rows)))
    alike = alike_in([Scored(pd.Series([row[2] for row in rows]), 1, 5)], MINIMUM)
    if alike(everyone):
        return
    sets = {
        name: {str(value): frozenset(i for i, row in enumerate(rows) if row[place] == value) for value in range(3)}
        for place, name in enumerate(("unit", "touchpoint"))
    }
    sets = {name: {value: its for value, its in parts.items() if its} for name, parts in sets.items()}
    found = publish(sets, everyone, MINIMUM, alike)
    shown = [everyone, *(its for parts in found.shown.values() for its in parts.values())]
    rests = [rest for parts in found.shown.values() if (rest := everyone.difference(*parts.values()))]
    told = {*shown, *rests, *(one ^ other for one, other in combinations(shown, 2) if one < other or other < one)}
    assert [its for its in told if len(its) < MINIMUM or alike(its)] == []


def test_without_the_rule_the_attack_finds_a_team() -> None:
    """The naive rule shows a team of eight who all gave 5: what the property above would find."""
    team, rest = frozenset(range(8)), frozenset(range(8, 30))
    alike = alike_in([Scored(pd.Series([5] * 8 + [2, 3, 4] * 8), 1, 5)], MINIMUM)
    assert publish({"unit": {"a": team, "b": rest}}, team | rest, MINIMUM).shown["unit"]["a"] == team
    assert publish({"unit": {"a": team, "b": rest}}, team | rest, MINIMUM, alike).shown["unit"] == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an engagement: one team of eight all of whom advise against the work, two others of whom opinions differ."""
    rows = [
        *staff([0, 3, 5, 6] * 2, unit="Turku"),
        *staff([9, 7, 3] * 6, unit="Oulu"),
        *staff([10, 8, 2] * 8, unit="Lahti"),
    ]
    customers = [{"respondent_group": "customer", "nps": score, "unit": unit} for unit in ("Turku", "Oulu", "Lahti") for score in [10] * 8]  # fmt: skip
    return make_engagement(tmp_path / "e", {}, {"survey": [*rows, *customers]})


def test_no_audience_is_shown_a_team_that_answered_alike(folder: Path) -> None:
    """The team's eNPS is in no page and no results of any audience, and another team is left out with it so that the total does not give it away."""
    figures = Figures(current_state.open_report(str(folder), "en"), "current_state")
    units = [f.scope["unit"] for f in figures.named("enps") if "unit" in f.scope]
    assert "Turku" not in units
    assert len(units) == 1
    reasons = {hidden.reason for hidden in figures.results.hidden if hidden.name == "enps"}
    assert reasons == {TELLING}  # the same for both, so that it does not tell which of them answered alike
    for unit in ("Turku", "Lahti"):
        report = current_state.open_supervisor(str(folder), "en", unit)
        text = " ".join(text_by_section(report, "supervisor").values())
        results = json.dumps(report.results().as_dict())
        assert ("eNPS" in text) == (unit in units)
        assert ('"enps"' in results.partition('"hidden"')[0]) == (unit in units)
        assert "Of staff, figures are left out as well" in text


def test_customers_are_protected_where_it_is_asked_for(folder: Path) -> None:
    """Customers who all answered alike are shown, unless the settings protect everyone."""
    assert Figures(current_state.open_report(str(folder), "en"), "current_state").has("nps", respondent_group="customer", unit="Turku")  # fmt: skip
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(text.replace('"sources"', '"disclosure": {"alike": "everyone"}, "sources"'), encoding="utf-8")  # fmt: skip
    figures = Figures(current_state.open_report(str(folder), "en"), "current_state")
    assert not figures.named("nps")
    assert "Figures are left out as well that would tell" in figures.text


@pytest.mark.parametrize(("scores", "told"), [([4] * 8, False), ([3, 5] * 4, False), ([4] * 7 + [3], True)])
def test_an_interval_does_not_tell_that_all_gave_the_same(tmp_path: Path, scores: list[int], told: bool) -> None:
    """Where everybody could have given the mean there is no interval, whether they did or not; else there is."""
    rows = [{"respondent_group": "management", "trust": score} for score in scores]
    rows += [{"respondent_group": "customer", "trust": score} for score in [2, 3, 4] * 9]
    figures = Figures(
        current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), "en"), "current_state"
    )
    assert (figures("element_mean", respondent_group="management", element="trust").low is not None) == told
    assert (figures("mirror_gap", element="trust").low is not None) == told


def test_an_index_does_not_give_its_question_away(tmp_path: Path) -> None:
    """Of heard, understood, valued one is too much alike: the index and the two others would tell it, so the index goes."""
    rows = [{"respondent_group": "employee", "heard": 5, "understood": score, "valued": score} for score in [2, 3, 4, 2, 3, 4, 2, 3]]  # fmt: skip
    report = current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), "en")
    figures = Figures(report, "current_state")
    assert not figures.has("heard_index", respondent_group="employee")
    assert not figures.has("element_mean", respondent_group="employee", element="heard")
    assert figures.has("element_mean", respondent_group="employee", element="valued")
    assert SECTIONS["current_state"][0] in figures.sections
