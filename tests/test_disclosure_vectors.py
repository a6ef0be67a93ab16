"""The disclosure vectors of the reference values, 9.21, one test a row: threshold 3, self and manager known by name.

The row on waves (1/3/4 delivered, then 1/4/4) is a matter of released editions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import Figures, make_engagement

from kohtaamo_utils.disclosure.publication import Band, Hidden, Shown
from kohtaamo_utils.disclosure.review import decide
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings
from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.disclosure.publication import Cell, ReviewPublication

NAN = float("nan")


def review(manager: int, peers: list[object], reports: list[object], self: int | None = None) -> ReviewPublication:
    answers = {"self": [] if self is None else [self], "manager": [4] * manager, "peer": peers, "report": reports}
    rows = [
        ("x", f"{group}{n}", group, f"i{item}", "trust", float(value))
        for group, sheets in answers.items()
        for n, sheet in enumerate(sheets)
        for item, value in enumerate(sheet if isinstance(sheet, list) else [sheet])
    ]
    frame = pd.DataFrame(rows, columns=["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"])
    return decide(frame, Disclosure(), Review360Settings())


def means(publication: ReviewPublication) -> dict[str, Cell]:
    return {group: cell for (_, group), cell in publication.competency_means.items()}


def shown(publication: ReviewPublication) -> set[str]:
    return {group for group, cell in means(publication).items() if isinstance(cell, Shown)}


def test_one_manager_three_peers_four_reports() -> None:
    """1/3/4: all shown."""
    assert shown(review(1, [3, 4, 3], [4, 2, 3, 4])) == {"manager", "peer", "report", "others"}


def test_one_manager_two_peers_five_reports() -> None:
    """1/2/5: peers and reports pooled, n = 7; numbers as given there, and self 5 gives the gap +1.375."""
    publication = review(1, [2, 3], [4, 4, 5, 3, 4], self=5)
    assert shown(publication) == {"self", "manager", "peer+report", "others"}
    assert means(publication)["peer+report"] == Shown(3.6, 7)
    assert means(publication)["others"] == Shown(3.6, 8)
    assert publication.gaps == {"trust": Shown(1.4, 8)}


def test_one_manager_two_peers_two_reports() -> None:
    """1/2/2: pooled, n = 4, and the others, whose difference to the manager is of four."""
    publication = review(1, [2, 3], [4, 3])
    assert shown(publication) == {"manager", "peer+report", "others"}
    assert means(publication)["peer+report"] == Shown(3.0, 4)


def test_one_manager_two_peers_nobody_else() -> None:
    """1/2/0: the others are hidden too, for less the manager they are two."""
    publication = review(1, [2, 3], [])
    assert shown(publication) == {"manager"}
    assert means(publication)["others"] == Hidden("below_threshold")


def test_one_manager_three_peers_one_report() -> None:
    """1/3/1: pooled, n = 4."""
    publication = review(1, [3, 4, 2], [4])
    assert shown(publication) == {"manager", "peer+report", "others"}
    assert means(publication)["peer+report"] == Shown(3.3, 4)


def test_three_unanimous_peers() -> None:
    """0/3/3, all peers 5: a band, "4.5 or more", and no distribution."""
    publication = review(0, [5, 5, 5], [3, 3, 4])
    assert means(publication)["peer"] == Shown(Band("high", 4.5), 3)
    assert publication.spread == publication.item_spread == frozenset()


def test_an_item_that_one_of_three_peers_did_not_answer() -> None:
    """The item is hidden, with n = 2, and the competency stays."""
    publication = review(1, [[3, 4], [2, 3], [4, NAN]], [[4, 3], [3, 3], [2, 4]])
    assert publication.item_means["i1", "peer"] == Hidden("item_coverage")
    assert means(publication)["peer"] == Shown(3.3, 3)


@pytest.mark.parametrize("single", [0, 10])
def test_company_enps_55_and_tech_60(tmp_path: Path, single: int) -> None:
    """Company eNPS 55 and Tech 60 would give Product's one answer: Tech is hidden with it, whatever that answer was."""
    tech = [10] * 20 + [8] * 8 + [2] * 2
    rows = [{"respondent_group": "employee", "enps": score, "unit": "Tech"} for score in tech]
    rows.append({"respondent_group": "employee", "enps": single, "unit": "Product"})
    made = Figures(current_state.open_report(str(make_engagement(tmp_path, {}, {"survey": rows}))), "current_state")
    figures = [figure for figure in made.named("enps") if "unit" in figure.scope]
    assert figures == []
    assert round(made("enps", respondent_group="employee").value or 0) == (55 if single == 0 else 61)
    hidden = {
        item.scope["unit"]: item.reason for item in made.results.hidden if item.name == "enps" and "unit" in item.scope
    }
    # of staff no reason tells why a unit with answers enough is missing
    assert hidden == {"Product": "fewer than 5 answers", "Tech": "would tell what single people answered"}
