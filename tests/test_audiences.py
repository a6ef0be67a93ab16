"""The supervisor's and the employee's reports: own words, nothing beyond the interval, nothing of other units, readable at the edge."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from engagements import customers, make_engagement, text_by_section, text_of

from kohtaamo_utils.errors import MissingDataError, SettingsError
from kohtaamo_utils.presentation.catalogs import TRANSLATED, read
from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.current_state import employee, supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.engagement import Language

SCORED = ("nps", "csat", "heard", "understood", "valued", "listening", "expertise", "value", "trust", "solution")
LONG = "Ä" * 196 + " <&>"
Row = dict[str, object]


def answer(index: int, **same: object) -> Row:
    """Return a customer's response with every measure and dimension."""
    scores = {name: index % 11 if name == "nps" else index % 5 + 1 for name in SCORED}
    return {
        "respondent_group": "customer", "answered_on": f"2025-{index % 12 + 1:02d}-15", "touchpoint": f"Piste {index % 2}",
        "unit": f"Yksikkö {index % 3}", **scores, **same,
    }  # fmt: skip


def without(rows: list[Row], *names: str) -> list[Row]:
    return [{key: value for key, value in row.items() if key not in names} for row in rows]


SAME = {name: 10 if name == "nps" else 5 for name in SCORED}
MANY = [answer(index) for index in range(240)]
EDGES: dict[str, list[Row]] = {
    "one response": MANY[:1],
    "one unit": [answer(index, unit="Turku") for index in range(60)],
    "all answers equal": [answer(index, **SAME) for index in range(90)],
    "no dates": without(MANY, "answered_on"),
    "no units and no touchpoints": without(MANY, "unit", "touchpoint"),
    "40 touchpoints": [answer(index, touchpoint=f"Piste {index % 40}") for index in range(400)],
    "long names": [answer(index, unit=f"{LONG}{index % 2}", touchpoint=f"{LONG}{index % 2}") for index in range(120)],
    "small units": [answer(index, unit=f"Y{index % 30}") for index in range(90)],
}


def reports_of(folder: Path, rows: list[Row], language: Language = "en") -> tuple[str, str]:
    """Return the texts of the first unit's supervisor and of the employee."""
    made = make_engagement(folder, {}, {"survey": rows})
    units = current_state.open_report(str(made), language).survey
    from kohtaamo_utils.reports.current_state.units import units_of

    unit = next(iter(units_of(units).shown), "")
    one = text_by_section(current_state.open_supervisor(str(made), language, unit), "supervisor")
    two = text_by_section(current_state.open_employee(str(made), language), "employee")
    return " ".join(one.values()), " ".join(two.values())


@pytest.mark.parametrize("client", EDGES)
def test_edge_clients_are_readable(tmp_path: Path, client: str) -> None:
    """Every section opens for a client at the edge, holds no hole, and each audience is told what is missing."""
    for text in reports_of(tmp_path, EDGES[client]):
        assert not {"nan", "None", "{"} & set(text.split())
        assert len(text) > 150


@pytest.mark.parametrize(
    ("client", "supervisors", "employees"),
    [
        ("one response", "Fewer than 5 customers have answered", "or too few have answered"),
        ("one unit", "There is no other unit to compare with.", "how we are met ourselves"),
        ("all answers equal", "No difference between your unit and the others", "No part of an encounter stands out"),
        ("no dates", "months (customers' answers have no dates", "Nothing stands out as weaker"),
        ("no units and no touchpoints", "touchpoints (customers' answers name none", "Nothing stands out as weaker"),
        ("small units", "No unit can be shown by itself", "how we are met ourselves"),
        ("40 touchpoints", "what your team says (not asked", "how we are met ourselves"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, client: str, supervisors: str, employees: str) -> None:
    """What cannot be told is named as such, in the reader's own terms."""
    one, two = reports_of(tmp_path, EDGES[client])
    assert supervisors in one
    assert employees in two


def test_without_figures_nothing_is_said_to_have_been_compared(tmp_path: Path) -> None:
    """With one answer the supervisor is not told that nothing stands out, and the employee not that the page rests on answers."""
    one, two = reports_of(tmp_path, EDGES["one response"])
    assert "There are no figures to compare" in one
    assert "this report is of all units together" in one
    assert "stands out" not in one
    assert "nothing here rests on answers" in two


def test_a_supervisor_is_told_that_the_teams_scores_are_beliefs(tmp_path: Path) -> None:
    """Staff's scores of the elements are of how they believe customers are met, and their table says so; it says nothing where there are none."""
    believed: list[Row] = [
        {"respondent_group": "employee", "unit": f"Yksikkö {index % 3}", "trust": (2, 4, 3, 5)[index % 4]}
        for index in range(60)
    ]
    note = "Staff tell how they believe customers are met."
    assert note in reports_of(tmp_path / "both", [*MANY, *believed])[0]
    assert note not in reports_of(tmp_path / "customers", MANY)[0]


def test_no_interval_is_claimed_of_answers_that_are_all_alike(tmp_path: Path) -> None:
    """Neither the unit's mean nor that of all the others has an interval of no width."""
    one, _ = reports_of(tmp_path, EDGES["all answers equal"])
    assert "5.00" in one
    assert "5.00…5.00" not in one


def test_staff_alone_are_not_told_of_customers(tmp_path: Path) -> None:
    """Where only staff answered, both audiences are told that there are no customers' answers, and what the page rests on."""
    rows: list[Row] = [
        {"respondent_group": "employee", "perspective": "experienced", "unit": f"Y{index % 2}", "heard": index % 5 + 1, "understood": 3, "valued": index % 4 + 1}
        for index in range(60)
    ]  # fmt: skip
    one, two = reports_of(tmp_path, rows)
    assert "There are no answers from customers, so the report cannot tell what they say." in one
    assert "Fewer than 5 customers" not in one
    assert "This rests on what we ourselves have answered." in two


def test_customers_that_are_hidden_are_not_called_few(tmp_path: Path) -> None:
    """Where a unit's customers would give a small unit away, its supervisor is told that, and not that few answered."""
    staff: list[Row] = [
        {"respondent_group": "employee", "unit": ("Oulu", "Turku")[index % 2], "enps": index % 11}
        for index in range(40)
    ]
    rows = [answer(index, unit="Kuopio" if index < 4 else ("Oulu", "Turku")[index % 2]) for index in range(120)] + staff
    one, two = reports_of(tmp_path, rows)
    assert "What your customers said cannot be shown" in one
    assert "Fewer than 5 customers" not in one
    assert "This rests on what customers have answered." not in one + two.replace("customers and we", "")


def test_the_only_unit_has_no_columns_of_others(tmp_path: Path) -> None:
    """Where there is no other unit, no table speaks of the same touchpoints elsewhere."""
    one, _ = reports_of(tmp_path, EDGES["one unit"])
    assert "elsewhere" not in one


def test_gaps_without_intervals_are_not_tested(tmp_path: Path) -> None:
    """Where every interval of the mirror gap is hidden, its finding says why, and there is no column of dashes."""
    scores: Row = dict.fromkeys(("listening", "trust"), 3)
    team: list[Row] = [{"respondent_group": "employee", "unit": "Turku", **scores} for _ in range(12)]
    rows = [answer(index, unit="Turku") for index in range(60)] + team
    one, _ = reports_of(tmp_path, rows)
    assert "whether they are more than chance cannot be said" in one
    assert "no gap stands out" not in one
    assert "95% interval of the gap" not in one


def test_equal_answers_give_no_claim(tmp_path: Path) -> None:
    """Where everybody answers the same, nothing is better, weaker, best or lowest."""
    one, two = reports_of(tmp_path, EDGES["all answers equal"])
    claims = "Better than", "Weaker than", "best marks", "lowest marks", "higher marks here", "lower marks here"
    assert [claim for claim in claims if claim in one + two] == []


def test_a_claim_is_made_where_the_data_carry_it(tmp_path: Path) -> None:
    """A unit far below the others is called weaker to its own supervisor, and one far above better to its own."""
    rows = customers([0, 1, 2, 3] * 10, unit="Turku") + customers([9, 10, 9, 10] * 10, unit="Oulu")
    folder = str(make_engagement(tmp_path, {}, {"survey": rows}))
    said = {unit: text_of(current_state.open_supervisor(folder, "en", unit).customers()) for unit in ("Turku", "Oulu")}
    assert "Weaker than in the other units: NPS." in said["Turku"]
    assert "More of your customers are detractors than promoters: NPS is −100." in said["Turku"]
    assert "Better than in the other units: NPS." in said["Oulu"]


def test_a_supervisors_report_holds_no_other_unit(tmp_path: Path) -> None:
    """Neither the page nor the recorded figures of a unit name another unit, shown or hidden."""
    rows = [answer(index, unit="Turku" if index // 2 % 2 else "Oulu") for index in range(80)] + [
        answer(1, unit="Vaasa")
    ] * 3
    report = current_state.open_supervisor(str(make_engagement(tmp_path, {}, {"survey": rows})), "en", "Turku")
    text = " ".join(text_by_section(report, "supervisor").values()) + str(report.results().as_dict())
    assert "Turku" in text
    assert "Oulu" not in text
    assert "Vaasa" not in text


def test_the_employees_report_names_no_unit_and_has_no_table_in_front(tmp_path: Path) -> None:
    """Employees are shown no unit and no interval; the figures are folded at the end."""
    report = current_state.open_employee(str(make_engagement(tmp_path, {}, {"survey": MANY})), "en")
    texts = text_by_section(report, "employee")
    assert "Yksikkö" not in " ".join(texts.values())
    assert not [name for name in ("thanked", "wished", "met", "tries") if "95%" in texts[name]]
    assert not [name for name in ("thanked", "wished", "met", "tries") if "<table" in report._section(name, lambda: None)._repr_mimebundle_()["text/html"]]  # type: ignore[arg-type, return-value]  # fmt: skip


def test_three_things_to_try(project: Path) -> None:
    """Three practices that fit into the day, the first for what customers of the sample score lowest: listening."""
    section = current_state.open_employee(str(project / "data" / "sample"), "en").tries()
    text = text_of(section)
    assert "Say it back before you answer." in text
    assert len(section.blocks[1].items) == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("unit", ["Vaasa", "Ei ole"])
def test_a_unit_without_a_report(tmp_path: Path, unit: str) -> None:
    """A unit that may not be shown, or that is not there, is an error that says which."""
    rows = [answer(index, unit="Turku" if index // 2 % 2 else "Oulu") for index in range(80)] + [
        answer(1, unit="Vaasa")
    ] * 3
    folder = str(make_engagement(tmp_path, {}, {"survey": rows}))
    with pytest.raises(MissingDataError, match=f"unit .*'{unit}'"):
        current_state.open_supervisor(folder, "en", unit)


def test_the_template_of_management_is_for_management(tmp_path: Path) -> None:
    """The management's template refuses another audience and names the templates of the others."""
    folder = str(make_engagement(tmp_path, {}, {"survey": MANY[:9]}))
    with pytest.raises(SettingsError, match=r"not for 'employee'. Use templates/current_state_supervisor.ipynb"):
        current_state.open_report(folder, "en", "employee")


GLUED = re.compile(r"\{\w+\}(?::[a-zäö]+|[a-zäöå]+)")
"""A place with an ending after it: ``{name}ssa``, ``{name}:n``."""
NAMED = re.compile(r"\{(?:name|names|unit|touchpoint|one|other)\}")
INFLECTING = re.compile(
    r"\{(?:name|names|unit|touchpoint)\}(?:n|ssa|ssä|lla|llä|sta|stä|lta|ltä|lle|aan|ään|on|seen)\b"
)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_ending_is_glued_to_a_name(language: str) -> None:
    """A client's own name is never inflected by an ending behind it: it stands as it is, after a colon or as a subject."""
    texts = [text for message in read(language) if message.id for text in _forms(message.string)]
    assert [text for text in texts if INFLECTING.search(text)] == []
    assert [text for text in texts if any(NAMED.match(found[0]) for found in GLUED.finditer(text))] == []


def test_a_glued_ending_would_be_found() -> None:
    """The patterns find what they are for."""
    assert GLUED.search("Yksikössä {name}ssa")
    assert INFLECTING.search("{unit}n asiakkaat")
    assert not GLUED.search("Yksikkö: {name}.")


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]


COMPARING = re.compile(r"\b(?:better|weaker|higher|lower|best|lowest|more of|brightly)\b", re.IGNORECASE)
GATES = {
    "leaning": "to which side of zero the whole interval lies",
    "standing_out": "the same of several gaps, after the control for many comparisons",
    "leans": "the same, of a gap",
    "differs": "after the control for many comparisons",
    "better": "as differs",
    "weaker": "as differs",
    "best": "intervals that do not overlap",
    "lowest": "intervals that do not overlap",
}
NO_CLAIM = {
    "Whether more of": "says that it cannot be told",
    "Nothing stands out": "says that there is no difference",
    "No part of": "says that there is no difference",
    "Each unit is compared": "tells the method",
    "Weaker than the same touchpoint elsewhere.": "of a topic that _weaker has found",
}


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef, str], ...]:
    """Give each function of the two audiences' modules with its file's name and source."""
    found = []
    for package in (employee, supervisor):
        folder = package.__path__[0]
        from pathlib import Path

        for file in sorted(Path(folder).glob("*.py")):
            source = file.read_text(encoding="utf-8")
            tree = ast.parse(source)
            found += [(file.stem, node, source) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return tuple(found)


def _claims(node: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in ("t", "N_"):
            texts = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from (text for text in texts if COMPARING.search(text) and not text.startswith(tuple(NO_CLAIM)))


def test_every_comparison_looks_at_an_interval() -> None:
    """A function that says better, weaker, best or more asks first for something that has looked at the interval."""
    claiming = {(file, node.name): node for file, node, _ in functions() if list(_claims(node))}
    assert len(claiming) >= 6
    for place, node in claiming.items():
        names = {each.attr if isinstance(each, ast.Attribute) else each.id for each in ast.walk(node) if isinstance(each, ast.Attribute | ast.Name)}  # fmt: skip
        assert names & GATES.keys(), place


def test_only_the_management_reads_customers_own_words(project: Path) -> None:
    """Whoever met a customer knows him again by his words: the sample's comments stand on the management's page alone."""
    folder = str(project / "data" / "sample")
    management = current_state.open_report(folder, "fi")
    comments = {text for text in management.survey.frame["comment"].dropna().map(str) if len(text) > 25}
    quoted = {text for text in comments if text in text_of(management.comments())}
    assert quoted
    pages = [text_by_section(current_state.open_employee(folder, "fi"), "employee")]
    pages.append(text_by_section(current_state.open_supervisor(folder, "fi", "Turku"), "supervisor"))
    texts = " ".join(text for page in pages for text in page.values())
    assert [text for text in comments if text in texts] == []
