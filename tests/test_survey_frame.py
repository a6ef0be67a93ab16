"""Who was asked (`survey_frame`): what the settings may say, how answers are held against it, and what the report tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from engagements import Figures, make_engagement, text_of
from project_files import PROJECT
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import EngagementSettings, load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import check
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

UNITS = {"Helsinki": 40, "Turku": 20, "Oulu": 12}
ASKED = {"invited": 200, "known": {"unit": {"Helsinki": 100, "Turku": 50, "Oulu": 30}}}


def answers(counts: Mapping[str, int], **same: object) -> list[dict[str, object]]:
    """Return customers' answers, so many from each unit, scores going round from 0 to 10."""
    units = [unit for unit, count in counts.items() for _ in range(count)]
    return [{"respondent_group": "customer", "nps": n % 11, "unit": unit, **same} for n, unit in enumerate(units)]


def wrong(folder: Path, frame: dict[str, Any], rows: list[dict[str, object]], **settings: Any) -> list[Problem]:
    """Return the problems of an engagement with this frame of customers."""
    made = make_engagement(folder, {"survey_frame": {"customer": frame}, **settings}, {"survey": rows})
    problems, dataset = check(load(made))
    assert (dataset is None) == bool(problems)
    return list(problems)


def figures(folder: Path, frame: dict[str, Any], rows: list[dict[str, object]], **settings: Any) -> Figures:
    made = make_engagement(folder, {"survey_frame": {"customer": frame}, **settings}, {"survey": rows})
    return Figures(current_state.open_report(str(made), "en"), "current_state")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"survey_frame": {"customr": {"invited": 3}}}, r"`customr` under `survey_frame` is not known.*Did you mean `customer`"),
        ({"survey_frame": {"customer": {"invitd": 3}}}, "Expected: one of invited, perspective, known. Did you mean `invited`"),
        ({"survey_frame": {"customer": {"invited": 0}}}, "This should be more than 0"),
        ({"survey_frame": {"customer": {"invited": 4, "known": {"unit": {"A": 5}}}}}, "counts of unit are 5 in sum, but only 4 were invited"),
        ({"survey_frame": {"customer": {"invited": 9, "known": {"nps": {"9": 5}}}}}, "not grouped by `nps`; use touchpoint, channel"),
        ({"weighting": {"customer": {}}}, "Nothing to weight customer to; give `margins`"),
        ({"weighting": {"customer": {"margins": {}}}}, "Name at least one column"),
        ({"weighting": {"customer": {"margins": {"unit": {"A": 0.5, "B": 0.4}}}}}, "shares of unit are 0.9 in sum; they must be 1"),
        ({"weighting": {"customer": {"margins": {"unit": {"A | B": 1, "B": 2}}}}}, "stand twice: B"),
        ({"weighting": {"customer": {"margins": {"unit": {"A": 1}}, "cap": [1.0, 3]}}}, "lowest under 1, the highest over 1"),
        ({"weighting": {"customer": {"margins": {"unit": {"A": -1}}}}}, "This should be more than 0"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any], said: str, tmp_path: Path) -> None:
    """A wrong frame or weighting is told with its line, and with what would be right."""
    folder = make_engagement(tmp_path, settings, {"survey": answers(UNITS)})
    with pytest.raises(SettingsError, match=said) as told:
        load(folder)
    assert all(problem.file == "engagement.yaml" for problem in told.value.problems)


@pytest.mark.parametrize(
    ("frame", "column", "value", "said"),
    [
        ({"invited": 71}, "survey_frame.customer.invited", "71", "72 customer answers.*from 1 to 71"),
        ({"invited": 99, "known": {"channel": {"web": 9}}}, "survey_frame.customer.known.channel", None, "no column `channel`. Expected: one of unit"),
        ({"invited": 99, "known": {"unit": {"Helsinki": 40, "Turku": 20}}}, "survey_frame.customer.known.unit", "Oulu", "12 of the answers.*not named here"),
        ({"invited": 99, "known": {"unit": {"Helsinki": 40, "Turku": 20, "Oolu": 20}}}, "survey_frame.customer.known.unit", "Oulu", 'Is it "Oolu"'),
        ({"invited": 99, "known": {"unit": {"Helsinki": 40, "Turku": 20, "Oulu": 11}}}, "survey_frame.customer.known.unit", "Oulu", "12 answers.*only 11 were asked"),
        ({"invited": 99, "perspective": "expected"}, "survey_frame.customer.invited", "99", "0 customer answers"),
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_a_problem(
    frame: dict[str, Any], column: str, value: str | None, said: str, tmp_path: Path
) -> None:
    """More answers than people, or names that do not meet, are told by `check` with their place in the settings."""
    (problem,) = wrong(tmp_path, frame, answers(UNITS))
    assert (problem.file, problem.table, problem.column, problem.value) == ("engagement.yaml", "survey", column, value)
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(str(problem))


def test_the_data_dictionary_s_example_can_be_used() -> None:
    """The blocks that data/README.md shows are valid settings as they stand."""
    text = (PROJECT / "data" / "README.md").read_text(encoding="utf-8")
    (block,) = [part for part in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "survey_frame" in part]
    settings = EngagementSettings.model_validate({"client": "A", **YAML(typ="safe").load(block)})
    assert set(settings.survey_frame["customer"].known) == {"unit", "segment.age"}
    assert settings.weighting["customer"].cap == (0.3, 3)


def test_several_questionnaires_need_a_perspective(tmp_path: Path) -> None:
    """Where a group answered several questionnaires the frame must say which one it is of."""
    rows = answers(UNITS) + answers(UNITS, perspective="believed")
    (problem,) = wrong(tmp_path / "a", {"invited": 200}, rows)
    assert problem.expected == "`perspective`, one of believed, experienced"
    assert wrong(tmp_path / "b", {"invited": 200, "perspective": "believed"}, rows) == []


def test_the_report_says_which_questionnaire_a_rate_is_of(tmp_path: Path) -> None:
    """Where the settings name the perspective it stands in the figure's scope and beside the group's name."""
    rows = answers(UNITS) + answers({"Oulu": 9}, perspective="expected")
    found = figures(tmp_path, {"invited": 90, "perspective": "expected"}, rows)
    assert found("response_rate", respondent_group="customer", perspective="expected").value == pytest.approx(0.1)
    assert "Customers (expectation): 9 answers to 90 invitations." in text_of(found.sections["data_quality"])


def test_answers_outside_the_period_do_not_count(tmp_path: Path) -> None:
    """A response rate is of the period: answers of other years are not held against its invitations."""
    rows = answers(UNITS, answered_on="2025-03-01") + answers(UNITS, answered_on="2024-03-01")
    found = figures(tmp_path, {"invited": 80}, rows, period={"start": "2025-01-01", "end": "2025-12-31"})
    assert found("response_rate", respondent_group="customer").value == pytest.approx(72 / 80)


def test_response_rates_are_counts(tmp_path: Path) -> None:
    """Rates are answers by those asked, for all and by category, without an interval: nobody was drawn."""
    found = figures(tmp_path, ASKED, answers(UNITS))
    whole = found("response_rate", respondent_group="customer")
    assert (whole.value, whole.n, whole.unit, whole.low, whole.high) == (72 / 200, 200, "share", None, None)
    for unit, count in UNITS.items():
        rate = found("response_rate", respondent_group="customer", unit=unit)
        assert (rate.value, rate.n) == (count / ASKED["known"]["unit"][unit], ASKED["known"]["unit"][unit])
    text = text_of(found.sections["data_quality"])
    assert "Customers: 72 answers to 200 invitations. The response rate is 36.0%." in text
    assert "Helsinki 40% 56% 50% 100" in text
    assert "Oulu 40% 17% 15% 30" in text


def test_answers_without_a_category_are_told(tmp_path: Path) -> None:
    """Who does not tell the unit is a row of his own, and the other rows' rates are said to be too low."""
    text = text_of(figures(tmp_path, ASKED, answers({**UNITS, "": 8})).sections["data_quality"])
    assert "Helsinki 40% 50% 50% 100" in text
    assert "Not known – 10% 10% 20" in text
    assert "are in no row's response rate: the true ones may be higher" in text


def test_small_cells_are_neither_shown_nor_derivable(tmp_path: Path) -> None:
    """A unit of fewer answers than the minimum is hidden, and the next smallest with it: the total would tell."""
    found = figures(tmp_path, ASKED, answers({"Helsinki": 40, "Turku": 20, "Oulu": 4}))
    shown = {figure.scope.get("unit") for figure in found.named("response_rate")}
    assert shown == {None, "Helsinki"}
    reasons = {hidden.scope["unit"]: hidden.reason for hidden in found.results.hidden if hidden.name == "response_rate"}
    assert reasons == {"Oulu": "fewer than 5 answers", "Turku": "would reveal a group of fewer than 5"}
    text = text_of(found.sections["data_quality"])
    assert "Oulu – – 15% 30" in text
    assert "Turku – – 25% 50" in text


def test_too_few_answers_give_no_rate(tmp_path: Path) -> None:
    """Of a group that is too small as a whole not even the rate is told."""
    found = figures(tmp_path, {"invited": 100}, answers({"Oulu": 4}))
    assert found.named("response_rate") == []
    assert "response_rate" in {hidden.name for hidden in found.results.hidden}
    assert "invitations" not in text_of(found.sections["data_quality"])
