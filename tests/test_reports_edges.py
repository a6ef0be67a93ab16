"""Clients at the edge of what there can be: every section of their reports opens, and what is missing is said."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from engagements import Figures, make_engagement, sections, text_by_section, text_of

from kohtaamo_utils.reports import current_state, review_360, roi

if TYPE_CHECKING:
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
    "no dimensions": [{key: full(index)[key] for key in ("respondent_group", "nps", "csat")} for index in range(60)],
    "staff only": [{"respondent_group": "employee", "enps": index % 11, "trust": index % 5 + 1} for index in range(30)],
    "forty touchpoints": [full(index, touchpoint=f"Piste {index % 40:02d}") for index in range(400)],
    "long names": [full(index, touchpoint=f"{LONG} {index % 2}", unit=f"{LONG} {index % 3}", segment=LONG) for index in range(60)],
    "a comment and nothing else": [{"respondent_group": "customer", "nps": 9 if index else "", "comment": "hyvä"} for index in range(6)],
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES)
def test_every_section_opens_for_an_edge_client(tmp_path: Path, edge: str) -> None:
    """A report of unusual data opens, each of its sections renders, and no table stands empty."""
    report = opened(tmp_path, EDGES[edge], "fi", period={"start": "2025-01-01", "end": "2025-12-31"})
    for section in sections(report, "current_state").values():
        assert tables_are_filled(section)
        assert "nan" not in text_of(section).lower().split()
        assert "None" not in text_of(section).split()
    assert report.results().as_dict()["schema"] == 1


def tables_are_filled(section: Section) -> bool:
    """Tell whether every table of a section has a row."""
    tables = [block for block in section.blocks if type(block).__name__ == "Table"]
    return all(table.rows for table in tables)


@pytest.mark.parametrize("edge", ["one response", "four responses"])
def test_too_few_answers_are_said_to_be_too_few(tmp_path: Path, edge: str) -> None:
    """With fewer answers than the minimum the first section says so, no survey figure is there, and nothing is claimed."""
    report = opened(tmp_path, EDGES[edge])
    texts = text_by_section(report, "current_state")
    assert "There are too few answers for headline figures." in texts["headline"]
    assert report.results().figures == ()
    assert {hidden.name for hidden in report.results().hidden} >= {"nps", "csat", "responses", "element_mean"}
    assert "Left out of this report for lack of data:" in texts["data_quality"]
    for part in ("touchpoint map", "elements of the encounter", "differences between groups", "monthly trend", "mirror gap", "mystery shopping", "operational figures", "strengths and development areas"):  # fmt: skip
        assert part in texts["data_quality"]
    assert not texts["priorities"].strip()
    assert "stands out" not in " ".join(texts.values())


def test_answers_without_dates_have_no_trend(tmp_path: Path) -> None:
    """Without dates all answers count, there is no trend, and the part on data says that it is left out."""
    report = opened(tmp_path, EDGES["no dates"], period={"start": "2025-01-01", "end": "2025-12-31"})
    texts = text_by_section(report, "current_state")
    assert Figures(report, "current_state")("nps", respondent_group="customer").n == 60
    assert not texts["trend"].strip()
    assert "monthly trend (answers of fewer than three months)" in texts["data_quality"]


def test_equal_answers_give_no_finding(tmp_path: Path) -> None:
    """When everybody answers alike nothing differs, nothing explains anything, and no interval is claimed to separate."""
    report = opened(tmp_path, EDGES["all equal, with staff"])
    texts = text_by_section(report, "current_state")
    whole = " ".join(texts.values())
    claims = "Weakest touchpoint", "Weaker than", "Staff believe that", "Customers say that", "Strengths:"
    assert not [claim for claim in claims if claim in whole]
    assert not Figures(report, "current_state").named("driver_share", "alpha")


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
