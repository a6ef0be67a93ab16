"""Goals beside the present values: what is reached is told by the whole interval, and no figure is guessed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import formulas
import pytest
from engagements import Figures, make_engagement, text_of

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.current_state.goal_figures import SECTIONS
from kohtaamo_utils.reports.current_state.goals import state_of

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

CUSTOMER = {"respondent_group": "customer"}


def goal(name: str, scope: dict[str, object], target: float | None, **more: object) -> dict[str, object]:
    return {"id": "T1", "title": "Tavoite", "metric": {"name": name, "scope": scope}, "target": target, **more}


def csat(good: int, poor: int, **same: object) -> list[dict[str, object]]:
    return [{"respondent_group": "customer", "csat": score, **same} for score in [5] * good + [2] * poor]


def opened(
    folder: Path, rows: list[dict[str, object]], *goals: dict[str, object], language: Language = "en", **tables: Any
) -> current_state.CurrentState:
    period = {"start": "2025-01-01", "end": "2025-12-31"} if "employees" in tables else None
    settings = {} if period is None else {"period": period}
    make_engagement(folder, settings, {"survey": rows, **tables})
    plan = {"goals": [{**each, "id": f"T{place}"} for place, each in enumerate(goals)]}
    (folder / "actions.yaml").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return current_state.open_report(str(folder), language)


@pytest.mark.parametrize(
    ("better", "target", "state"),
    [
        ("higher", 0.60, "reached"),
        ("higher", 0.70, "reached"),
        ("higher", 0.71, "unclear"),
        ("higher", 0.90, "unclear"),
        ("higher", 0.91, "open"),
        ("lower", 0.90, "reached"),
        ("lower", 0.89, "unclear"),
        ("lower", 0.70, "unclear"),
        ("lower", 0.69, "open"),
    ],
)
def test_only_a_whole_interval_tells(better: str, target: float, state: str) -> None:
    """Of 0.70 to 0.90: a limit on the target itself reaches it, for the goal is met there too; beyond it nothing is told."""
    assert (
        state_of(Estimate(value=0.8, low=0.7, high=0.9, n=60, unit="share", method="wilson"), target, better) == state
    )


@pytest.mark.parametrize(
    ("unit", "method", "state"),
    [
        ("number", "none", "reached"), ("share", "ek", "reached"), ("count", "count", "reached"),
        ("scale", "t", "unclear"), ("scale", "none", "unclear"), ("share", "none", "unclear"),
    ],
)  # fmt: skip
def test_a_figure_without_an_interval(unit: str, method: str, state: str) -> None:
    """What is counted in full is taken as it is; a mean whose interval cannot be had, or may not be shown, tells nothing."""
    assert state_of(Estimate(value=5.0, n=1, unit=unit, method=method), 4.0, "higher") == state


@pytest.mark.parametrize(("target", "word"), [(0.5, "reached"), (0.8, "cannot be told"), (0.95, "not reached")])
def test_a_goal_stands_beside_the_present_value(tmp_path: Path, target: float, word: str) -> None:
    """Satisfaction 32 of 40 with Wilson's limits .65 to .90 against three targets."""
    report = opened(tmp_path, csat(32, 8), goal("csat", CUSTOMER, target, owner="Johtaja", due="2026-12-31"))
    figures = Figures(report, "current_state")
    value, low, high = formulas.share(32, 40)
    text = text_of(figures.sections["priorities"])
    assert (
        f"Tavoite (Johtaja, 31/12/2026) {word} Customers: Satisfaction (CSAT), share of 4–5 at least {target:.0%}"
        in text
    )
    assert f"at least {target:.0%} {value:.0%} ({100 * low:.0f}…{high:.0%})" in text


def test_the_sentence_counts_the_goals(tmp_path: Path) -> None:
    """Each goal falls in one class, and the classes add up."""
    goals = [goal("csat", CUSTOMER, target) for target in (0.5, 0.8, 0.95)]
    goals += [goal("npv", {}, 1000), {"id": "x", "title": "Vain sanoja"}]
    text = text_of(opened(tmp_path, csat(32, 8), *goals).priorities())
    assert (
        "Goals: 5. Reached: 1. Not yet reached, with time left: 0. Not reached: 1. Cannot be told: 1. Not measured: 2."
        in text
    )
    assert "There is no such figure to compare the goal with." in text
    assert "The goal names no figure or no target." in text


@pytest.mark.parametrize(("due", "told"), [("2026-06-30", "not yet reached"), ("2025-12-31", "not reached")])
def test_a_goal_whose_day_is_still_to_come_is_not_yet_reached(tmp_path: Path, due: str, told: str) -> None:
    """What is short of its target at the end of the period has failed only if its day has come."""
    rows = csat(32, 8, answered_on="2025-05-05")
    employees = [{"employee_id": "E1", "started_on": "2020-01-01"}]
    report = opened(tmp_path, rows, goal("csat", CUSTOMER, 0.95, due=due), employees=employees)
    text = text_of(report.priorities())
    assert f" {told} " in text
    assert ("time left: 1. Not reached: 0." in text) == (told == "not yet reached")


def test_a_group_may_be_left_out_where_one_alone_was_asked(tmp_path: Path) -> None:
    """Among customers and employees nobody is picked: the goal must say whose figure it means."""
    rows = csat(32, 8)
    assert "reached" in text_of(opened(tmp_path / "one", rows, goal("csat", {}, 0.5)).priorities()).split("Reached?")[1]
    both = rows + [row | {"respondent_group": "employee"} for row in rows]
    text = text_of(opened(tmp_path / "two", both, goal("csat", {}, 0.5)).priorities())
    assert "several fit it" in text


def test_a_hidden_figure_stays_hidden(tmp_path: Path) -> None:
    """A goal for a place of four answers says that they are too few, and shows neither value nor number."""
    rows = csat(20, 20, touchpoint="Kassa") + csat(4, 0, touchpoint="Chat") + csat(6, 6, touchpoint="Huolto")
    report = opened(tmp_path, rows, goal("csat", {**CUSTOMER, "touchpoint": "Chat"}, 0.5))
    figures = Figures(report, "current_state")
    text = text_of(figures.sections["priorities"])
    assert "Too few answers to be shown." in text
    assert not figures.has("csat", **CUSTOMER, touchpoint="Chat")


def test_a_goal_with_less_as_better(tmp_path: Path) -> None:
    """Hours of response are counted in full: 30 against at most 24 is not reached, against at most 48 it is."""
    months = [
        {"month": f"2025-{month:02d}", "measure": "Vasteaika", "value": 20 + month % 2 * 20} for month in range(1, 13)
    ]
    goals = [goal("operations", {"measure": "Vasteaika"}, target, better="lower") for target in (24, 48)]
    report = opened(tmp_path, csat(20, 5), *goals, operations=months)
    text = text_of(Figures(report, "current_state").sections["priorities"])
    assert "not reached Vasteaika at most 24.0 30.0" in text
    assert "reached Vasteaika at most 48.0 30.0" in text


def test_a_mean_without_an_interval_reaches_nothing(tmp_path: Path) -> None:
    """Where all answered alike the mean has no interval, and whether it reaches a target cannot be told."""
    report = opened(tmp_path, csat(20, 0), goal("csat_mean", CUSTOMER, 4.5))
    text = text_of(Figures(report, "current_state").sections["priorities"])
    assert "Cannot be told: 1." in text


def test_a_units_mirror_gap_and_turnover_are_found(tmp_path: Path) -> None:
    """What only other reports print is worked out under the same rules: a unit's mirror gap, and staff turnover."""
    rows = [
        {"respondent_group": group, "unit": unit, "listening": score}
        for group, scores in (("customer", [2, 3] * 10), ("employee", [5, 4] * 10))
        for unit in ("Turku", "Oulu")
        for score in scores
    ]
    staff = [
        {"employee_id": place, "started_on": "2020-01-01", "ended_on": "2025-06-30" if place < 2 else ""}
        for place in range(12)
    ]
    goals = [
        goal("mirror_gap", {"element": "listening", "unit": "Turku"}, 0.3, better="lower"),
        goal("turnover_out", {}, 0.1, better="lower"),
    ]
    figures = Figures(opened(tmp_path, rows, *goals, employees=staff), "current_state")
    gap = figures("mirror_gap", element="listening", unit="Turku")
    assert (gap.value, gap.low, gap.high) == pytest.approx(formulas.welch([5, 4] * 10, [2, 3] * 10))
    assert figures("turnover_out").value == pytest.approx(2 / 11)  # 12 at the beginning, 10 at the end
    text = text_of(figures.sections["priorities"])
    assert "Reached: 0. Not yet reached, with time left: 0. Not reached: 2." in text
    assert "Employees' belief less customers' experience (Active listening, Turku)" in text


def test_a_mirror_gap_of_all_units_is_of_staff(tmp_path: Path) -> None:
    """The gap of the whole is of all staff groups and called so; a unit's is of its employees, whom it names."""
    rows = [
        {"respondent_group": group, "listening": score}
        for group, scores in (("customer", [2, 3] * 10), ("employee", [5, 4] * 10), ("supervisor", [3, 4] * 5))
        for score in scores
    ]
    figures = Figures(opened(tmp_path, rows, goal("mirror_gap", {"element": "listening"}, 0.3)), "current_state")
    gap = figures("mirror_gap", element="listening")
    assert (gap.value, gap.low, gap.high) == pytest.approx(formulas.welch([5, 4] * 10 + [3, 4] * 5, [2, 3] * 10))
    assert "Staff's belief less customers' experience (Active listening)" in text_of(figures.sections["priorities"])


def test_a_goal_of_many_who_would_be_told_is_not_said_to_be_of_few(tmp_path: Path) -> None:
    """Where twelve employees nearly all chose the same end, their figure is not shown, and few they are not."""
    rows = [
        {"respondent_group": "employee", "unit": unit, "csat": score}
        for unit, scores in (("Turku", [5] * 12), ("Oulu", [3, 4, 2, 5, 1, 4] * 4), ("Espoo", [2, 4, 3, 3, 1, 5] * 4))
        for score in scores
    ]
    report = opened(tmp_path, rows, goal("csat", {"respondent_group": "employee", "unit": "Turku"}, 0.5))
    figures = Figures(report, "current_state")
    text = text_of(figures.sections["priorities"])
    assert not figures.has("csat", respondent_group="employee", unit="Turku")
    assert "Not shown, so that nobody's answers can be told from it." in text
    assert "Too few answers to be shown." not in text


def test_goals_of_one_response_are_not_judged(tmp_path: Path) -> None:
    """With one response there is no figure, and the goal is not measured."""
    text = text_of(opened(tmp_path, csat(1, 0), goal("csat", CUSTOMER, 0.5)).priorities())
    assert "Not measured: 1." in text
    assert "Too few answers to be shown." in text


def test_without_goals_nothing_is_said_of_them(tmp_path: Path) -> None:
    """A plan of actions alone has no part on goals."""
    assert "goal" not in text_of(opened(tmp_path, csat(20, 5)).priorities()).lower()


@pytest.mark.slow
def test_a_goal_finds_a_figure_that_a_later_section_shows(project: Path, tmp_path: Path) -> None:
    """Goals are told near the beginning; each figure of the sections after them can be a goal's all the same."""
    folder = shutil.copytree(project / "data" / "sample", tmp_path / "sample")
    shown = Figures(current_state.open_report(str(folder), "en"), "current_state").named(*SECTIONS)
    assert {"operations", "mystery_shopping_score", "mirror_gap", "business_figure"} <= {one.name for one in shown}
    plan = {"goals": [{**goal(one.name, dict(one.scope), 0.5), "id": f"T{n}"} for n, one in enumerate(shown)]}
    (folder / "actions.yaml").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    text = text_of(current_state.open_report(str(folder), "en").priorities())
    assert f"Goals: {len(shown)}." in text
    assert "Not measured: 0." in text


def test_the_samples_goals(project: Path) -> None:
    """Each of the sample's five goals stands with its present value, as a Finnish reader meets it."""
    report = current_state.open_report(str(project / "data" / "sample"), "fi")
    figures = Figures(report, "current_state")
    text = text_of(figures.sections["priorities"])
    assert "Tavoitteita on 5." in text
    assert "Ei mitattu: 0." in text
    for title in ("Reklamaatioon vastataan vuorokaudessa", "Asiakkaat suosittelevat meitä", "Osaajat pysyvät meillä"):
        assert title in text
    assert figures.has("turnover_out")
    assert figures.has("mirror_gap", element="listening", unit="Tampere")
