"""Expectation against experience: pairs where the same people told both, two groups where not, and never of few."""

from __future__ import annotations

from statistics import fmean, stdev
from typing import TYPE_CHECKING

import formulas
import pytest
from engagements import Figures, make_engagement, text_of
from scipy import stats

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED = [5, 4, 5, 5, 4, 5, 3, 5, 4, 5]
EXPERIENCED = [4, 3, 4, 5, 3, 4, 3, 4, 2, 4]


def opened(folder: Path, *sides: list[dict[str, object]]) -> current_state.CurrentState:
    """Open a client whose expected and experienced answers come from two files, as two questionnaires do."""
    (folder / "data").mkdir()
    sources = []
    for number, rows in enumerate(sides):
        columns = list(rows[0])
        lines = [",".join(columns), *(",".join(str(row[name]) for name in columns) for row in rows)]
        (folder / "data" / f"{number}.csv").write_text("\n".join(lines), encoding="utf-8")
        sources.append({"file": f"data/{number}.csv", "columns": {name: name for name in columns}})
    return current_state.open_report(str(make_engagement(folder, {"sources": {"survey": sources}}, {})), "en")


def told(perspective: str, scores: list[int], ids: bool = True, **same: object) -> list[dict[str, object]]:
    return [
        {"respondent_group": "customer", "perspective": perspective, "trust": score, **same}
        | ({"response_id": f"v{place}"} if ids else {})
        for place, score in enumerate(scores)
    ]


def test_the_same_people_are_compared_in_pairs(tmp_path: Path) -> None:
    """With one id in both questionnaires the gap has the interval of paired differences."""
    figures = Figures(opened(tmp_path, told("expected", EXPECTED), told("experienced", EXPERIENCED)), "current_state")
    found = figures("expectation_gap", respondent_group="customer", element="trust")
    gaps = [after - before for before, after in zip(EXPECTED, EXPERIENCED, strict=True)]
    reach = stats.t.ppf(0.975, 9) * stdev(gaps) / 10**0.5
    assert (found.value, found.low, found.high) == pytest.approx(
        (fmean(gaps), fmean(gaps) - reach, fmean(gaps) + reach)
    )
    assert (found.n, found.method) == (10, "paired-t")
    assert "falls short of what customers expected in: building trust." in figures.text


def test_different_people_are_compared_as_two_groups(tmp_path: Path) -> None:
    """Without ids the gap has Welch's interval."""
    sides = told("expected", EXPECTED, ids=False), told("experienced", EXPERIENCED, ids=False)
    found = Figures(opened(tmp_path, *sides), "current_state")(
        "expectation_gap", respondent_group="customer", element="trust"
    )
    assert (found.value, found.low, found.high) == pytest.approx(formulas.welch(EXPERIENCED, EXPECTED))
    assert (found.n, found.method) == (20, "welch")


def test_a_gap_within_chance_is_no_gap(tmp_path: Path) -> None:
    """Where the interval holds zero, neither falling short nor exceeding is claimed."""
    text = text_of(
        opened(tmp_path, told("expected", [4, 5, 3, 4, 4, 5]), told("experienced", [5, 4, 4, 3, 5, 4])).expectation()
    )
    assert "No gap between expectation and experience stands out from chance variation." in text
    assert "falls short" not in text
    assert "exceeds" not in text


def test_pairs_that_would_tell_of_few_are_hidden(tmp_path: Path) -> None:
    """Ten expectations of whom eight are paired: beside the whole the pairs' mean would tell of the other two."""
    figures = Figures(
        opened(tmp_path, told("expected", EXPECTED), told("experienced", EXPERIENCED[:8])), "current_state"
    )
    assert not figures.named("expectation_gap")
    assert "expectation_gap" in {hidden.name for hidden in figures.results.hidden}
    assert figures.sections["expectation"].blocks == ()


def test_expectations_of_four_are_not_told(tmp_path: Path) -> None:
    """Four expectations are too few, and the part on data says that the comparison is missing."""
    figures = Figures(
        opened(tmp_path, told("expected", [5] * 4), told("experienced", EXPERIENCED, ids=False)), "current_state"
    )
    assert not figures.named("expectation_gap")
    assert "expectation against experience (not both asked" in figures.text


def test_what_was_expected_is_in_no_measure_of_experience(tmp_path: Path) -> None:
    """An expectation counts in no mean of how customers were met."""
    figures = Figures(opened(tmp_path, told("expected", EXPECTED), told("experienced", EXPERIENCED)), "current_state")
    assert figures("element_mean", respondent_group="customer", element="trust").value == pytest.approx(3.6)
