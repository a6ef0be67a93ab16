"""Clients at the edge of what there can be: every section of their reports opens, and what is missing is said."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, sections, text_by_section, text_of

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import current_state, review_360, roi

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kohtaamo_utils.engagement import Language
    from kohtaamo_utils.presentation.section import Section

ELEMENTS = ("listening", "expertise", "value", "trust", "solution")


def opened(
    folder: Path, rows: list[dict[str, object]], language: Language = "en", **settings: object
) -> current_state.CurrentState:
    return current_state.open_report(str(make_engagement(folder, settings, {"survey": rows})), language)


def full(index: int, **same: object) -> dict[str, object]:
    """Return a customer's response with every measure and dimension."""
    return {
        "respondent_group": "customer", "response_id": f"v{index}", "answered_on": f"2025-{index % 12 + 1:02d}-15",
        "touchpoint": f"Piste {index % 2}", "channel": f"Kanava {index % 3}", "phase": "during", "unit": "Turku",
        "segment": f"Ryhmä {index % 2}", "nps": index % 11, "csat": index % 5 + 1, "ces": index % 7 + 1,
        **{item: (index + shift) % 5 + 1 for shift, item in enumerate((*ELEMENTS, "heard", "understood", "valued"))}, **same,
    }  # fmt: skip


SAME = {"nps": 10, "csat": 5, "ces": 7, **dict.fromkeys((*ELEMENTS, "heard", "understood", "valued"), 5)}
LONG = "Ä" * 196 + " <&>"
EDGES: dict[str, list[dict[str, object]]] = {
    "one response": [full(0)],
    "four responses": [full(index) for index in range(4)],
    "one unit": [full(index) for index in range(60)],
    "all answers equal": [full(index, **SAME) for index in range(60)],
    "all equal, with staff": [full(i, **SAME) for i in range(30)] + [full(i + 30, **SAME) | {"respondent_group": "employee", "enps": 10} for i in range(30)],
    "no dates": [{key: value for key, value in full(index).items() if key != "answered_on"} for index in range(60)],
    "a few customers, many staff": [full(i) for i in range(4)] + [full(i + 4) | {"respondent_group": "employee", "enps": i % 11} for i in range(40)],
    "no dimensions": [{key: full(index)[key] for key in ("respondent_group", "nps", "csat")} for index in range(60)],
    "staff only": [{"respondent_group": "employee", "enps": index % 11, "trust": index % 5 + 1} for index in range(30)],
    "forty touchpoints": [full(index, touchpoint=f"Piste {index % 40:02d}") for index in range(400)],
    "forty touchpoints of four answers": [full(index, touchpoint=f"Piste {index % 40:02d}") for index in range(160)],
    "long names": [full(index, touchpoint=f"{LONG} {index % 2}", unit=f"{LONG} {index % 3}", segment=LONG) for index in range(60)],
    "a comment and nothing else": [{"respondent_group": "customer", "nps": 9 if index else "", "comment": "hyvä"} for index in range(6)],
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES)
def test_every_section_opens_for_an_edge_client(tmp_path: Path, edge: str) -> None:
    """A report of unusual data opens, each of its sections renders, and no table stands empty or has a column of dashes."""
    report = opened(tmp_path, EDGES[edge], "fi", period={"start": "2025-01-01", "end": "2025-12-31"})
    for section in sections(report, "current_state").values():
        assert tables_are_filled(section)
        assert dashed_columns(section) == []
        assert "nan" not in text_of(section).lower().split()
        assert "None" not in text_of(section).split()
    assert report.results().as_dict()["schema"] == 1


def tables_in(blocks: Iterable[object]) -> Iterator[Table]:
    """Yield every table, those of charts and those within parts and folds too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        yield from tables_in([table] if (table := getattr(block, "table", None)) is not None else [])
        yield from tables_in(getattr(block, "blocks", ()))


def tables_are_filled(section: Section) -> bool:
    """Tell whether every table of a section has a row."""
    return all(table.rows for table in tables_in(section.blocks))


def dashed_columns(section: Section) -> list[str]:
    """Return the columns that hold nothing but dashes."""
    return [
        heading
        for table in tables_in(section.blocks)
        for heading, *cells in zip(table.columns, *table.rows, strict=True)
        if set(cells) == {"–"}
    ]


@pytest.mark.parametrize("edge", ["one response", "four responses"])
def test_too_few_answers_are_said_to_be_too_few(tmp_path: Path, edge: str) -> None:
    """With fewer answers than the minimum the first section says so, no survey figure is there, and nothing is claimed."""
    report = opened(tmp_path, EDGES[edge])
    texts = text_by_section(report, "current_state")
    assert "There are too few answers for headline figures." in texts["headline"]
    assert report.results().figures == ()
    assert {hidden.name for hidden in report.results().hidden} >= {"nps", "csat", "responses", "element_mean"}
    assert "Left out of this report for lack of data that may be shown:" in texts["data_quality"]
    for part in ("touchpoint map", "elements of the encounter", "differences between groups", "monthly trend", "mirror gap", "mystery shopping", "operational figures", "strengths and development areas"):  # fmt: skip
        assert part in texts["data_quality"]
    assert dict(report.facts())["Responses"] == "fewer than 5"
    assert "name no touchpoint, or too few" in texts["data_quality"]
    assert "How are these computed?" not in texts["measures"]
    assert not texts["priorities"].strip()
    assert "stands out" not in " ".join(texts.values())


def test_answers_without_dates_have_no_trend(tmp_path: Path) -> None:
    """Without dates all answers count, there is no trend, and the part on data says that it is left out."""
    report = opened(tmp_path, EDGES["no dates"], period={"start": "2025-01-01", "end": "2025-12-31"})
    texts = text_by_section(report, "current_state")
    assert Figures(report, "current_state")("nps", respondent_group="customer").n == 60
    assert not texts["trend"].strip()
    assert "monthly trend (customers' answers have no dates" in texts["data_quality"]


def test_equal_answers_give_no_finding(tmp_path: Path) -> None:
    """When everybody answers alike nothing differs, nothing explains anything, and no interval is claimed to separate."""
    report = opened(tmp_path, EDGES["all equal, with staff"])
    texts = text_by_section(report, "current_state")
    whole = " ".join(texts.values())
    assert "Customers give the same score to all of these." in texts["elements"]
    assert not [alike for alike in ("5.00…5.00", "7.00…7.00") if alike in whole]
    assert "A figure has no interval where everybody may have answered alike." in texts["data_quality"]
    assert "Going together is not an effect" not in texts["drivers"]
    claims = "Weakest touchpoint", "Weaker than", "Staff believe that", "Customers say that", "Strengths:"
    assert not [claim for claim in claims if claim in whole]
    assert not Figures(report, "current_state").named("driver_share", "alpha")


def test_questions_that_run_against_each_other_have_no_alpha(tmp_path: Path) -> None:
    """A scale with an item that was not turned has no alpha, on the page or in the results, and the page says what to look at."""
    ways = {"heard": "1234512345", "understood": "5432154321", "valued": "3323333233"}
    ways |= dict.fromkeys(ELEMENTS, "1234512354")
    rows = [
        {"respondent_group": "customer", "nps": n % 11, **{name: int(digits[n % 10]) for name, digits in ways.items()}}
        for n in range(40)
    ]
    against = formulas.alpha([[row[name] for name in ("heard", "understood", "valued")] for row in rows])
    assert against[0] < 0
    section = sections(opened(tmp_path, rows), "current_state")["elements"]
    assert [figure.scope["scale"] for figure in section.figures if figure.name == "alpha"] == ["elements"]
    assert [(its.scope["scale"], its.reason) for its in section.hidden if its.name == "alpha"] == [
        ("heard", "the items run against each other")
    ]
    text = text_of(section)
    assert "Cronbach's alpha: the five elements 1.00." in text
    assert "No alpha is given for: heard, understood, valued. It lies below 0 there" in text


def test_touchpoints_of_too_few_answers_are_said_not_to_be_shown(tmp_path: Path) -> None:
    """Where answers name touchpoints and none has enough of them, map and journey say so and list no dashes."""
    made = sections(opened(tmp_path, EDGES["forty touchpoints of four answers"]), "current_state")
    assert "No touchpoint has 5 answers that may be shown." in text_of(made["touchpoint_map"])
    assert "none of them has a figure that may be shown" in text_of(made["journey"])
    assert not list(tables_in((*made["touchpoint_map"].blocks, *made["journey"].blocks)))


def test_a_grouping_that_may_not_be_shown_is_named(tmp_path: Path) -> None:
    """Units that would give a small one away are missing, and the section on differences says that they are."""
    rows = [full(index, unit="Kuopio" if index < 4 else "Turku" if index % 2 else "Oulu") for index in range(120)]
    text = text_of(sections(opened(tmp_path, rows), "current_state")["differences"])
    assert "the figures would give a small group away: Unit." in text
    assert "Kuopio" not in text


def test_a_report_of_staff_says_that_customers_are_missing(tmp_path: Path) -> None:
    """Where only staff were asked, the answer first says that there are no customers, and nothing speaks of their view."""
    rows: list[dict[str, object]] = [
        {"respondent_group": "employee", "response_id": f"h{index}", "enps": index % 11, **{item: (index + shift) % 5 + 1 for shift, item in enumerate((*ELEMENTS, "heard", "understood", "valued"))}}
        for index in range(60)
    ]  # fmt: skip
    texts = text_by_section(opened(tmp_path, rows), "current_state")
    assert "There are no answers from customers: this report tells what staff say." in texts["headline"]
    assert "Staff tell how they believe customers are met." in texts["measures"]
    assert "Customers tell" not in " ".join(texts.values())
    assert "CSAT is the share" not in texts["measures"]
    assert "elements of the encounter (not asked of customers" in texts["data_quality"]


def test_only_the_measures_that_were_asked_are_explained(tmp_path: Path) -> None:
    """Where ease was not asked, neither the method nor the note of the touchpoints' table speaks of CES."""
    rows = [full(index) for index in range(60)]
    some = [{name: value for name, value in row.items() if name != "ces"} for row in rows]
    texts = text_by_section(opened(tmp_path / "some", some), "current_state")
    assert "CSAT is the share of those who answered 4 or 5" in texts["measures"]
    assert "CSAT: share of 4–5. Being met" in texts["touchpoint_map"]
    assert not [name for name in ("measures", "touchpoint_map") if "CES" in texts[name]]
    whole = text_by_section(opened(tmp_path / "whole", rows), "current_state")
    assert "CES is the mean of how easy it was" in whole["measures"]
    assert "CSAT: share of 4–5. CES: mean of 1–7. Being met" in whole["touchpoint_map"]


def test_one_visit_is_no_average(tmp_path: Path) -> None:
    """One visit without a day is told as one visit, and nothing is said of days on which nobody came twice."""
    row = {"visit_id": "k1", "criterion": "Tervehti", "score": 1, "maximum": 2, "touchpoint": "Kassa", "unit": "Turku"}
    folder = make_engagement(tmp_path, {}, {"survey": EDGES["one response"], "mystery_shopping": [row]})
    made = sections(current_state.open_report(str(folder)), "current_state")
    text = text_of(made["mystery_shopping"])
    assert "There was one visit, and it earned 50% of the possible points. One visit is a hint only." in text
    assert "The visits do not tell their unit, touchpoint and day" in text
    assert "on average" not in text
    assert "In brackets" not in text_of(made["journey"])
    assert "Each side" not in text_of(made["journey"])
    assert "no interval where everybody" not in text_of(made["data_quality"])


def test_clients_own_names_cannot_become_markup(tmp_path: Path) -> None:
    """A name of 200 characters with markup in it stands in the page escaped and whole."""
    pages = [
        section._repr_mimebundle_()["text/html"]
        for section in sections(opened(tmp_path, EDGES["long names"]), "current_state").values()
    ]
    assert any("&lt;&amp;&gt;" in page for page in pages)
    assert not any("<&>" in page for page in pages)
    assert any("Ä" * 196 in page for page in pages)


@pytest.mark.parametrize("groups", [("self",), ("manager",), ("peer",), ("self", "manager"), ("self", "report")])
@pytest.mark.parametrize("scores", [(5,), (1,), (1, 5, 3)])
def test_every_360_section_opens_for_an_edge_reviewee(
    tmp_path: Path, groups: tuple[str, ...], scores: tuple[int, ...]
) -> None:
    """A reviewee with few kinds of raters, or with equal scores, gets a report whose every section renders."""
    given = itertools.cycle(scores)
    rows = [
        {"reviewee_id": "a", "reviewee_name": LONG, "rater_id": f"{group}{rater}", "rater_group": group, "item": f"{item} {LONG}", "competency": item, "score": next(given)}
        for group in groups
        for rater in range(1 if group in ("self", "manager") else 4)
        for item in ("trust", "value", "oma osaaminen")
    ]  # fmt: skip
    report = review_360.open_person(str(make_engagement(tmp_path, {}, {"ratings_360": rows})), "a")
    made = sections(report, "person")
    assert all(tables_are_filled(section) for section in made.values())
    assert text_of(made["headline"]).strip()
    assert "None" not in " ".join(map(text_of, made.values())).split()


@pytest.mark.parametrize(
    "tables",
    [
        {"transactions": [{"customer_id": "a", "ordered_on": "2025-01-01", "amount": 10}]},
        {"transactions": [{"customer_id": "a", "ordered_on": "2025-01-01", "amount": -10}]},
        {"employees": [{"employee_id": "a", "started_on": "2020-01-01", "ended_on": ""}]},
        {"customers": [{"customer_id": "a", "started_on": "2020-01-01", "ended_on": ""}]},
        {"customers": [{"customer_id": "a", "tenure_months": 3, "ended": "yes"}]},
    ],
)  # fmt: skip
def test_every_roi_section_opens_for_a_client_of_one(
    tmp_path: Path, tables: dict[str, list[dict[str, object]]]
) -> None:
    """One order, one return, one employee or one contract gives a report whose every section renders."""
    folder = make_engagement(tmp_path, {"period": {"start": "2025-01-01", "end": "2025-12-31"}}, tables)
    made = sections(roi.open_report(str(folder)), "roi")
    assert all(tables_are_filled(section) for section in made.values())
    assert "There are no assumptions yet" in text_of(made["headline"])
    assert not {"nan", "None"} & set(" ".join(map(text_of, made.values())).split())
