"""The journey: encounters from every side, what register and data lack of one another, quality against volume."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

import pytest
from engagements import Figures, customers, make_engagement, text_of

from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

HEARD = ("heard", "understood", "valued")


def opened(folder: Path, tables: dict[str, list[dict[str, object]]], *register: dict[str, object]):
    settings = {"touchpoints": list(register)}
    return current_state.open_report(str(make_engagement(folder, settings, tables)), "en")


def met(group: str, scores: list[int], **same: object) -> list[dict[str, object]]:
    return [{"respondent_group": group, **dict.fromkeys(HEARD, score), **same} for score in scores]


def tables_of(report) -> dict[str, Table]:
    return {block.caption: block for block in report.journey().blocks if isinstance(block, Table)}


def test_the_sample_s_map_has_every_side(project: Path) -> None:
    """The sample's touchpoints stand in the order of their phases, with customers, employees, visits and operations."""
    report = current_state.open_report(str(project / "data" / "sample"), "en")
    table = tables_of(report)["The customer's journey, from before to after"]
    assert table.columns == (
        "Touchpoint", "Phase", "Customers: NPS", "Customers: Being met", "Employees believe: Being met",
        "Mystery shopping", "Operational figures, mean",
    )  # fmt: skip
    assert [row[1] for row in table.rows] == ["Before", "Before", "During", "During", "During", "After"]
    complaints = table.rows[-1]
    assert complaints[0] == "Reklamaatiot ja palautukset"
    assert "visits: 7" in complaints[5]
    assert "Vasteaika, tuntia" in complaints[6]


def test_share_of_encounters_at_weaker_touchpoints(tmp_path: Path) -> None:
    """Of 400 + 100 encounters a month the 100 are at the touchpoint that is weaker beyond chance: a fifth."""
    rows = customers([10] * 60, touchpoint="Kassa") + customers([0] * 60, touchpoint="Huolto")
    register = {"name": "Kassa", "volume_per_month": 400}, {"name": "Huolto", "volume_per_month": 100}
    figures = Figures(opened(tmp_path, {"survey": rows}, *register), "current_state")
    assert figures("weaker_encounter_share").value == 0.2
    assert "Of these encounters, 20% take place where the experience is weaker than elsewhere: Huolto." in figures.text


def test_alike_touchpoints_have_no_weaker_encounters(tmp_path: Path) -> None:
    """Where touchpoints do not differ beyond chance, none of the encounters is called weaker."""
    rows = customers([10, 7, 0] * 20, touchpoint="Kassa") + customers([10, 7, 0] * 20, touchpoint="Huolto")
    register = {"name": "Kassa", "volume_per_month": 400}, {"name": "Huolto", "volume_per_month": 100}
    figures = Figures(opened(tmp_path, {"survey": rows}, *register), "current_state")
    assert figures("weaker_encounter_share").value == 0
    assert "No touchpoint is weaker than the others beyond chance." in text_of(figures.sections["journey"])


def test_register_and_data_are_compared_both_ways(tmp_path: Path) -> None:
    """Encounters of the register alone, of the data alone, without an owner and without a volume are each told."""
    tables = {
        "survey": customers([9] * 10, touchpoint="Kassa"),
        "operations": [{"month": "2025-01", "measure": "Jono", "value": 3, "touchpoint": "Chat"}],
    }
    register = {"name": "Kassa", "owner": "Päällikkö"}, {"name": "Palaveri", "internal": True, "volume_per_month": 4}
    text = text_of(opened(tmp_path, tables, *register).journey())
    assert "names them: Palaveri." in text
    assert "Named in the data but not in the register: Chat." in text
    assert "Encounters without a named owner: Palaveri." in text
    assert "In the register without a monthly volume: Kassa." in text
    assert "Chat Jono" not in text
    assert "Jono: 3.00" in text


def test_where_a_group_of_few_was_is_not_told(tmp_path: Path) -> None:
    """A touchpoint that only four employees name stands nowhere in the journey."""
    rows = customers([9] * 20, touchpoint="Kassa") + met("employee", [4] * 4, touchpoint="Salainen")
    report = opened(tmp_path, {"survey": rows}, {"name": "Kassa"})
    assert "Salainen" not in text_of(report.journey())


def test_a_touchpoint_of_few_answers_has_no_number(tmp_path: Path) -> None:
    """A touchpoint with three answers stands in the map without their measure, and so does the one that tells it."""
    rows = customers([9] * 60, touchpoint="Kassa") + customers([0] * 8, touchpoint="Chat")
    rows += customers([1, 5, 10], touchpoint="Huolto")
    report = opened(tmp_path, {"survey": rows})
    rows_of = {row[0]: row[1:] for row in tables_of(report)["The customer's journey, from before to after"].rows}
    assert rows_of["Huolto"] == ("–",)
    assert rows_of["Chat"] == ("–",)
    assert rows_of["Kassa"][0].startswith("+100")


def test_staff_s_own_experience_of_internal_encounters(tmp_path: Path) -> None:
    """How employees were met in an internal encounter is a figure of its own, apart from what they believe of customers."""
    own, believed = [5, 4, 3, 5, 4, 2], [1, 2, 3, 2, 1, 3, 2, 4]
    rows = met("employee", own, touchpoint="Palaveri", perspective="experienced")
    rows += met("employee", believed, touchpoint="Palaveri", perspective="believed")
    report = opened(tmp_path, {"survey": rows}, {"name": "Palaveri", "internal": True, "phase": "before"})
    figures = Figures(report, "current_state")
    found = figures("internal_encounter", respondent_group="employee", touchpoint="Palaveri")
    assert (found.value, found.n) == (pytest.approx(fmean(own)), 6)
    table = tables_of(report)["Internal encounters, from before to after"]
    assert table.columns[2:] == ("Employees believe: Being met", "Employees' own experience")
    assert "3.83" in table.rows[0][3]


def test_without_encounters_there_is_no_journey(tmp_path: Path) -> None:
    """Answers that name no touchpoint, and no register: the part is left out, and the part on data says so."""
    figures = Figures(opened(tmp_path, {"survey": customers([9] * 10)}), "current_state")
    assert figures.sections["journey"].blocks == ()
    assert "journey (neither the register nor data that may be shown name an encounter)" in figures.text
