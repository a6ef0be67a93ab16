"""Who staff are in the mirror gap: the groups of which each figure is shown by itself, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement, text_of

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.wording import Language

GROUPS = {
    "fi": "Henkilöstö tarkoittaa tässä näitä ryhmiä yhdessä: työntekijät ja esihenkilöt.",
    "sv": "Med personalen avses här dessa grupper tillsammans: medarbetare och chefer.",
    "en": "Staff here are these groups together: employees and supervisors.",
}
LEFT_OUT = {
    "fi": "Ryhmä ei ole mukana niissä elementeissä, joissa sen omaa lukua ei näytetä.",
    "sv": "En grupp ingår inte i de element där dess egen siffra inte visas.",
    "en": "A group is left out of the elements of which its own figure is not shown.",
}


def believed(group: str, trust: list[int], value: list[int]) -> list[dict[str, object]]:
    return [
        {"respondent_group": group, "perspective": "believed", "trust": one, "value": other}
        for one, other in zip(trust, value, strict=True)
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("everywhere", [True, False])
def test_a_group_that_is_not_in_every_figure_is_not_said_to_be(
    tmp_path: Path, language: Language, everywhere: bool
) -> None:
    """Supervisors whose trust alone is not shown are left out of that gap, and the text says so; else it says nothing of it."""
    mixed, top = [2, 4, 3, 5, 1, 3, 4, 2], [5] * 8
    rows = [
        *believed("employee", [3, 4, 2, 5] * 6, [4, 2, 3, 5] * 6),
        *believed("supervisor", mixed if everywhere else top, mixed),
        *({"respondent_group": "customer", "trust": 2 + index % 3, "value": 3 + index % 2} for index in range(30)),
    ]
    text = text_of(
        current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), language).mirror_gap()
    )
    assert GROUPS[language] in text
    assert (LEFT_OUT[language] in text) == (not everywhere)


MIXED = [2, 4, 3, 5, 1, 3, 4, 2]
UNITS = {
    "A": {"employee": MIXED * 2, "supervisor": MIXED},
    "B": {"employee": MIXED * 2, "supervisor": [4, 2]},
    "C": {"employee": [5] * 16, "supervisor": [3, 1]},
    "D": {"employee": [3, 4], "supervisor": [3, 5]},
    "E": {"employee": MIXED * 2, "supervisor": MIXED},
    "F": {"employee": MIXED},
}
"""Staff's answers: in C employees all chose the same end, in D two answered; without F the total would tell of C."""


def by_unit(folder: Path, units: dict[str, dict[str, list[int]]], language: Language = "en") -> Table:
    """Return the table of gaps by unit, each of whose units has twenty customers."""
    rows = [
        {"respondent_group": group, "perspective": "believed", "unit": unit, "trust": score}
        for unit, groups in units.items()
        for group, scores in groups.items()
        for score in scores
    ]
    rows += [{"respondent_group": "customer", "unit": unit, "trust": 1 + n % 5} for unit in units for n in range(20)]
    report = current_state.open_report(str(make_engagement(folder, {}, {"survey": rows})), language)
    return [block for block in report.mirror_gap().blocks if isinstance(block, Table)][-1]


def test_a_unit_is_left_out_with_its_true_reason(tmp_path: Path) -> None:
    """A unit of many employees whose answers would be told is not said to have too few answers; one of two is."""
    table = by_unit(tmp_path, UNITS)
    assert [row[0] for row in table.rows] == ["A", "B", "E"]
    assert "Left out for too few answers of staff or of customers: D." in table.note
    assert "Left out so that nobody's answers can be told from the figures: C and F." in table.note


def test_a_table_of_units_names_whom_each_figure_is_of(tmp_path: Path) -> None:
    """Supervisors are eight in two of the units and two in the third: the note says in which units they are counted."""
    table = by_unit(tmp_path, UNITS)
    assert [row[1] for row in table.rows] == ["24", "16", "24"]
    assert table.columns[1] == "Staff, n"
    assert "by themselves: employees and supervisors (A and E)." in table.note


@pytest.mark.parametrize(
    ("language", "column", "told"),
    [
        ("en", "Employees, n", "by themselves: employees."),
        ("fi", "Työntekijät, n", "erikseen: työntekijät."),
        ("sv", "Medarbetare, n", "i den: medarbetare."),
    ],
)
def test_a_table_of_employees_alone_says_so(tmp_path: Path, language: Language, column: str, told: str) -> None:
    """Where supervisors are too few in each unit, column and note say that the figures are the employees'."""
    table = by_unit(tmp_path, {unit: {"employee": MIXED * 2, "supervisor": [3, 2]} for unit in "AB"}, language)
    assert table.columns[1] == column
    assert [row[1] for row in table.rows] == ["16", "16"]
    assert told in table.note


@pytest.mark.parametrize(
    ("language", "none", "untold"),
    [
        ("fi", "Niistä eroista, jotka voitiin testata, mikään ei erotu", "Näistä ei voi sanoa, erottuuko ero satunnaisvaihtelusta: luottamuksen rakentaminen."),
        ("sv", "Av de skillnader som kunde testas överstiger ingen", "Om dessa kan det inte sägas om skillnaden överstiger slumpvariationen: förtroendeskapande."),
        ("en", "Of the gaps that could be tested none stands out", "Of these it cannot be told whether the gap stands out: building trust."),
    ],
)  # fmt: skip
def test_a_gap_that_could_not_be_tested_is_not_called_chance(
    tmp_path: Path, language: Language, none: str, untold: str
) -> None:
    """Of an element whose interval is held back, the widest gap of all, it is told that it could not be tested, not that it is chance."""
    rows = [
        *believed("employee", [4] * 24, [4, 2, 3, 5] * 6),
        *({"respondent_group": "customer", "trust": 2 + index % 3, "value": 2 + index % 4} for index in range(32)),
    ]
    text = text_of(
        current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), language).mirror_gap()
    )
    assert none in text
    assert untold in text


def test_gaps_that_could_all_be_tested_have_no_remark(tmp_path: Path) -> None:
    """Where every gap has its interval nothing is said of gaps that could not be tested."""
    rows = [
        *believed("employee", [4, 2, 3, 5] * 6, [4, 2, 3, 5] * 6),
        *({"respondent_group": "customer", "trust": 2 + index % 4, "value": 2 + index % 4} for index in range(32)),
    ]
    text = text_of(current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows})), "en").mirror_gap())
    assert "No gap between staff's belief and customers' experience stands out from chance variation." in text
    assert "cannot be told" not in text
