"""What the current-state report says of drivers, of importance and performance, and of which actions come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from engagements import Figures, make_engagement, text_of

from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


ELEMENTS = ("listening", "expertise", "value", "trust", "solution")
ALIKE = (1.0, 1.0, 1.0, 1.0, 1.0)
NOT_AN_EFFECT = "Going together is not an effect."
ACTIONS = """
actions:
  - {id: A, title: Lupaukset kirjataan, touchpoint: Kassa, elements: [trust], feasibility: 5}
  - {id: B, title: Opas uusitaan, touchpoint: Huolto, elements: [expertise], feasibility: 1}
  - {id: C, title: Viikkopalaveri, touchpoint: Palaveri, feasibility: 5}
  - {id: D, title: Tehty jo, touchpoint: Kassa, feasibility: 5, status: done}
  - {id: E, title: Arvioimatta, touchpoint: Kassa}
"""
REGISTER = [
    {"name": "Kassa", "volume_per_month": 900},
    {"name": "Huolto", "volume_per_month": 100},
    {"name": "Palaveri", "internal": True, "volume_per_month": 50},
]


def answers(n: int, slopes: tuple[float, ...], noise: float = 0.4, seed: int = 1) -> list[dict[str, object]]:
    """Return customers whose satisfaction goes with the elements as the slopes say."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(1, 6, size=(n, len(ELEMENTS)))
    wanted = 3 + (scores - 3) @ np.array(slopes) / max(sum(map(abs, slopes)), 1) * 1.8 + noise * rng.normal(size=n)
    csat = np.clip(np.rint(wanted), 1, 5).astype(int)
    return [
        {
            "respondent_group": "customer",
            "touchpoint": ("Kassa", "Huolto")[place % 2],
            "csat": int(csat[place]),
            **{name: int(score) for name, score in zip(ELEMENTS, scores[place], strict=True)},
        }
        for place in range(n)
    ]


def opened(
    folder: Path,
    rows: list[dict[str, object]],
    actions: str = "",
    language: str = "en",
    tables: Mapping[str, list[dict[str, object]]] | None = None,
    **settings: object,
) -> current_state.CurrentState:
    made = make_engagement(folder, {"touchpoints": REGISTER, **settings}, {"survey": rows, **(tables or {})})
    if actions:
        (made / "actions.yaml").write_text(actions, encoding="utf-8")
    return current_state.open_report(str(made), language)


# ---------------------------------------------------------------- the order of the elements


def test_the_strongest_connection_is_named_where_the_intervals_carry_it(tmp_path: Path) -> None:
    """With one element that decides and 400 answers, it is named with its share, and going together is no effect."""
    report = opened(tmp_path, answers(400, (0, 0, 0, 3, 0)))
    text = text_of(report.drivers())
    share = Figures(report, "current_state")(
        "driver_share", respondent_group="customer", outcome="csat", element="trust"
    )
    assert f"Strongest connection: building trust ({share.value:.0%} of what the elements explain)." in text
    assert NOT_AN_EFFECT in text
    assert "cause" not in text.lower()


def test_an_order_within_chance_is_not_claimed(tmp_path: Path) -> None:
    """Five slopes alike give no order."""
    text = text_of(opened(tmp_path, answers(80, ALIKE)).drivers())
    assert "No order of the elements stands out from chance variation." in text
    assert "Strongest connection" not in text


def test_two_elements_alike_are_not_told_apart(tmp_path: Path) -> None:
    """Of two that decide alike one has the larger share, and the other is said not to differ from it."""
    text = text_of(opened(tmp_path, answers(400, (1, 0, 0, 1, 0))).drivers())
    assert "The largest share is that of:" in text
    assert "Not told apart from it:" in text
    assert "Strongest connection" not in text


def test_answers_that_have_nothing_in_common_give_no_shares_on_the_page(tmp_path: Path) -> None:
    """Where R² is not beyond chance, the page says so, shows no chart and places no element."""
    report = opened(tmp_path, answers(120, (0, 0, 0, 0, 0), noise=1.2))
    section = report.drivers()
    assert "do not go with this answer beyond chance" in text_of(section)
    assert "<svg" not in section._repr_mimebundle_()["text/html"]
    assert "develop first" not in text_of(report.priorities())


def test_a_negative_coefficient_is_told(tmp_path: Path) -> None:
    """A share has no sign, so an element that goes the other way is named."""
    text = text_of(opened(tmp_path, answers(400, (0, 0, -1, 2, 0))).drivers())
    assert "Negative coefficient: creating value." in text


def test_elements_answered_alike_are_cautioned_about(tmp_path: Path) -> None:
    """Where an element nearly repeats another, the variance inflation is told."""
    rows = answers(400, (0, 0, 0, 1, 1))
    same = [{**row, "solution": row["trust"] if place % 12 else row["solution"]} for place, row in enumerate(rows)]
    assert "Customers answered much alike about all elements" in text_of(opened(tmp_path, same).drivers())


def test_the_chart_and_its_description_tell_the_same(tmp_path: Path) -> None:
    """Every share with its interval stands in the table and in the description, and complete cases are counted."""
    rows = answers(400, (0, 0, 0, 3, 0))
    rows[0]["trust"] = ""
    report = opened(tmp_path, rows)
    html = report.drivers()._repr_mimebundle_()["text/html"]
    numbers = report.f
    for element in ELEMENTS:
        found = Figures(report, "current_state")(
            "driver_share", respondent_group="customer", outcome="csat", element=element
        )
        assert html.count(f"{numbers.percent(found.value)} ({numbers.interval(found)})") >= 4  # two charts, two tables
        assert found.n == 399
    assert "Answered the question: 400; it and all elements: 399." in text_of(report.drivers())


# ---------------------------------------------------------------- what is missing is said


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_too_few_answers_give_no_numbers(tmp_path: Path, language: str) -> None:
    """With 49 complete cases five elements give no figure; the page says how many it takes."""
    report = opened(tmp_path, answers(49, (0, 0, 0, 3, 0)), language=language)
    text = text_of(report.drivers())
    start = Wording(language)(  # type: ignore[arg-type] # one of the three
        "Too few customers answered this question and all elements: {n}. At least {needed} are needed, ten for each element (of weighted answers, the effective number counts), so no figures are given.",
        n="49",
        needed="50",
    )
    assert start in text
    assert not Figures(report, "current_state").named("driver_share", "driver_r2")


def test_complete_cases_below_the_threshold_are_not_counted_out(tmp_path: Path) -> None:
    """Of 40 customers 3 answered everything: the page says fewer than 5."""
    rows = answers(40, ALIKE)
    few = [row if place < 3 else {**row, ELEMENTS[place % 5]: ""} for place, row in enumerate(rows)]
    text = text_of(opened(tmp_path, few).drivers())
    assert "all elements: fewer than 5. At least 50 are needed" in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"csat": 4}, "All customers answered this question alike"),
        ({"trust": 5}, "All customers answered alike about: building trust."),
        (dict.fromkeys(ELEMENTS, ""), "customers were not asked about the elements"),
        (dict.fromkeys(ELEMENTS[1:], ""), "about one element only"),
        ({"csat": "", "heard": 3}, "customers were asked for neither"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    """An outcome or an element that does not vary, no elements, one element, no outcome."""
    report = opened(tmp_path, [row | changed for row in answers(80, ALIKE)])
    assert said in text_of(report.drivers())
    assert not Figures(report, "current_state").named("driver_share", "driver_r2")


def test_elements_that_repeat_one_another_are_said_to(tmp_path: Path) -> None:
    """Where one element always equals another, no shares can be told."""
    rows = [row | {"solution": row["trust"]} for row in answers(80, ALIKE)]
    assert "Some elements were always answered alike" in text_of(opened(tmp_path, rows).drivers())


def test_three_elements_asked_are_enough(tmp_path: Path) -> None:
    """What was not asked is left out, and the others are set beside one another."""
    rows = [row | {"listening": "", "expertise": ""} for row in answers(80, (0, 0, 0, 3, 0))]
    found = Figures(opened(tmp_path, rows), "current_state").named("driver_share")
    assert [figure.scope["element"] for figure in found] == ["value", "trust", "solution"]
    assert sum(figure.estimate.value for figure in found) == pytest.approx(1)


@pytest.mark.parametrize("rows", [answers(1, ALIKE), answers(4, ALIKE)])
def test_of_a_handful_nothing_is_told(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    """With one to four customers the section is left out, and the part on data says so."""
    report = opened(tmp_path, rows)
    assert report.drivers().blocks == ()
    assert "key drivers" in text_of(report.data_quality())


def test_weighted_customers_have_weighted_drivers(tmp_path: Path) -> None:
    """Weights from a file give weighted shares, and the unweighted ones beside them."""
    rows = [row | {"weight": 1 + place % 3} for place, row in enumerate(answers(200, (1, 0, 0, 2, 0)))]
    found = Figures(opened(tmp_path, rows), "current_state")
    scope = {"respondent_group": "customer", "outcome": "csat", "element": "trust"}
    weighted, plain = found("driver_share", **scope), found("driver_share", **scope, weighting="none")
    assert weighted.value != plain.value
    tripled = [row for row in rows for _ in range(int(row["weight"]))]
    again = [{key: value for key, value in row.items() if key != "weight"} for row in tripled]
    same = Figures(opened(tmp_path / "again", again), "current_state")("driver_share", **scope)
    assert weighted.value == pytest.approx(same.value)


def test_raked_customers_have_no_unweighted_twin(tmp_path: Path) -> None:
    """Weights that were made from printed shares give weighted drivers alone."""
    weights = {"margins": {"touchpoint": {"Kassa": 3, "Huolto": 1}}}
    report = opened(tmp_path, answers(200, (1, 0, 0, 2, 0)), weighting={"customer": weights})
    found = Figures(report, "current_state").named("driver_share", "driver_r2")
    assert len(found) == 6
    assert not [figure for figure in found if "weighting" in figure.scope]


# ---------------------------------------------------------------- which actions first


def test_actions_are_ranked_and_the_rule_is_told(tmp_path: Path) -> None:
    """The action for the element that decides, at the larger touchpoint and easy, comes first for certain."""
    report = opened(tmp_path, answers(400, (0, 0, 0, 3, 0.5)), ACTIONS)
    text = text_of(report.priorities())
    assert "Highest score: Lupaukset kirjataan. Quick wins: Lupaukset kirjataan." in text
    assert "Score = effect × feasibility. Effect = share × headroom × reach." in text
    assert "about which customers are not asked: Viikkopalaveri." in text
    assert "feasibility is missing or their element was not asked: Arvioimatta." in text
    assert "Tehty jo" not in text


def test_a_score_is_what_the_rule_gives(tmp_path: Path) -> None:
    """Feasibility × driver share × headroom at the touchpoint × the touchpoint's share of the register's volumes."""
    report = opened(tmp_path, answers(400, (0, 0, 0, 3, 0.5)), ACTIONS)
    found = Figures(report, "current_state")
    share = found("driver_share", respondent_group="customer", outcome="csat", element="trust").value
    mean = found("element_mean", respondent_group="customer", element="trust", touchpoint="Kassa").value
    assert found("quick_win", action="A").value == pytest.approx(5 * share * (5 - mean) / 4 * 0.9)


def test_without_volumes_answers_stand_for_reach(tmp_path: Path) -> None:
    """Where the register has no volumes, each touchpoint's share of the answers is its reach, and the page says so."""
    report = opened(tmp_path, answers(400, (0, 0, 0, 3, 0.5)), ACTIONS.replace("Palaveri", "Kassa"), touchpoints=[])
    assert "Reach is taken from the numbers of answers" in text_of(report.priorities())
    found = Figures(report, "current_state")
    share = found("driver_share", respondent_group="customer", outcome="csat", element="trust").value
    mean = found("element_mean", respondent_group="customer", element="trust", touchpoint="Kassa").value
    assert found("quick_win", action="A").value == pytest.approx(5 * share * (5 - mean) / 4 * 0.5)


def test_an_uncertain_first_place_is_said_to_be_uncertain(tmp_path: Path) -> None:
    """Two like actions at two like touchpoints may both be first."""
    same = "actions:\n" + "".join(
        f"  - {{id: {name}, title: Teko {name}, touchpoint: {place}, elements: [trust], feasibility: 3}}\n"
        for name, place in (("A", "Kassa"), ("B", "Huolto"))
    )
    register = [{"name": "Kassa", "volume_per_month": 10}, {"name": "Huolto", "volume_per_month": 10}]
    report = opened(tmp_path, answers(400, (0, 0, 0, 3, 0.5)), same, touchpoints=register)
    text = text_of(report.priorities())
    assert "Which action comes first is not certain: any of them may." in text
    assert "No action is certain to be a quick win" in text


def test_without_drivers_actions_are_listed_by_feasibility_only(tmp_path: Path) -> None:
    """Where the drivers cannot be told, no score is given."""
    report = opened(tmp_path, answers(30, ALIKE), ACTIONS)
    text = text_of(report.priorities())
    assert "They are therefore listed by feasibility only." in text
    assert "Open actions by feasibility" in text
    assert not Figures(report, "current_state").named("quick_win")


def test_without_actions_the_page_says_so(tmp_path: Path) -> None:
    """A client without the file, and one who has done everything, are told."""
    rows = answers(100, (0, 0, 0, 3, 0))
    assert "No actions are written down" in text_of(opened(tmp_path / "none", rows).priorities())
    done = "actions: [{id: A, title: Tehty jo, status: done}]"
    assert "are done or dropped" in text_of(opened(tmp_path / "done", rows, done).priorities())


# ---------------------------------------------------------------- development areas and their tools


def test_a_development_area_gets_the_tools_of_the_element_that_falls_behind(tmp_path: Path) -> None:
    """A touchpoint far behind in trust is offered tools for trust."""
    rows = answers(300, (0, 0, 0, 3, 0))
    worse = [
        row | ({"trust": 1 + place % 2, "csat": 1 + place % 2} if place % 2 else {}) for place, row in enumerate(rows)
    ]
    text = text_of(opened(tmp_path, worse).priorities())
    assert "Huolto. Furthest behind in: building trust. Tools: Practising presence, Mentoring." in text
    assert "emotional, how an encounter feels" in text


def test_an_area_without_a_weak_element_gets_tools_for_any(tmp_path: Path) -> None:
    """A touchpoint that lags in satisfaction but in no element gets the tools that suit every area."""
    rows = [
        row | ({"csat": 1 + place % 3} if place % 2 else {"csat": 4 + place % 4 // 2})
        for place, row in enumerate(answers(300, ALIKE))
    ]
    text = text_of(opened(tmp_path, rows).priorities())
    assert "No single element falls behind beyond chance. Tools that suit any area: Case clinic, A short survey" in text


# ---------------------------------------------------------------- who may be seen


def test_a_hidden_touchpoint_gives_nothing_to_a_score(tmp_path: Path) -> None:
    """An action at a touchpoint of three answers is scored by all customers' mean, and the page says that it stands in."""
    rows = answers(403, (0, 0, 0, 3, 0.5))
    for row in rows[:3]:
        row["touchpoint"] = "Chat"
    register = [{"name": name, "volume_per_month": 100} for name in ("Kassa", "Huolto", "Chat")]
    actions = "actions: [{id: A, title: Teko, touchpoint: Chat, elements: [trust], feasibility: 2}]"
    report = opened(tmp_path, rows, actions, touchpoints=register)
    found = Figures(report, "current_state")
    assert not found.has("element_mean", respondent_group="customer", element="trust", touchpoint="Chat")
    share = found("driver_share", respondent_group="customer", outcome="csat", element="trust").value
    mean = found("element_mean", respondent_group="customer", element="trust").value
    assert found("quick_win", action="A").value == pytest.approx(2 * share * (5 - mean) / 4 / 3)
    assert "no means are shown, so that those of all customers stand in: Chat." in text_of(report.priorities())


def test_touchpoints_that_are_hidden_do_not_count_in_reach(tmp_path: Path) -> None:
    """Where answers stand for reach, those of a hidden touchpoint are in no share: the shares would tell how few they are."""
    rows = answers(403, (0, 0, 0, 3, 0.5))
    for row in rows[:3]:
        row["touchpoint"] = "Chat"
    report = opened(tmp_path, rows, ACTIONS.replace("Palaveri", "Kassa"), touchpoints=[])
    found = Figures(report, "current_state")
    shown = [
        figure.estimate.n
        for figure in found.named("element_mean")
        if figure.scope.get("element") == "trust" and "touchpoint" in figure.scope
    ]
    share = found("driver_share", respondent_group="customer", outcome="csat", element="trust").value
    kassa = found("element_mean", respondent_group="customer", element="trust", touchpoint="Kassa")
    assert sum(shown) < 403
    expected = 5 * share * (5 - kassa.value) / 4 * kassa.n / sum(shown)
    assert found("quick_win", action="A").value == pytest.approx(expected)
