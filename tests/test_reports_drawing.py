"""A drawing tells no more than the text beside it: coordinates in the page's source hold no further digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engagements import make_engagement, plain, sections

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.drawing import drawn, drawn_limits, trend_point

if TYPE_CHECKING:
    from pathlib import Path

ELEMENTS = ("listening", "expertise", "value", "trust", "solution")


def test_a_value_is_drawn_as_it_is_printed() -> None:
    """Shares as whole per cent, points as whole ones, means with two decimals, each end of an interval too."""
    assert [drawn(0.12499, "share"), drawn(12.51, "points"), drawn(4.2351, "scale")] == [12.0, 13.0, 4.24]
    estimate = Estimate(value=0.5049, low=0.4051, high=0.6049, n=100, unit="share", method="wilson")
    assert drawn_limits(estimate) == (41.0, 60.0)
    assert trend_point("1/2025", estimate, signal=False).value == 50.0


def test_without_limits_only_the_dot_is_drawn() -> None:
    """An estimate without an interval has none in a drawing either."""
    estimate = Estimate(value=4.2, n=100, unit="scale")
    assert drawn_limits(estimate) is None
    assert (trend_point("1/2025", estimate, signal=True).low, trend_point("1/2025", estimate, signal=True).signal) == (
        None,
        True,
    )


def survey(changed: int | None) -> list[dict[str, Any]]:
    """Return 3,600 answers; the changed customer gives a point more to being listened to."""
    rows: list[dict[str, Any]] = []
    for place in range(3600):
        group = "employee" if place % 3 == 2 else "customer"
        row = {
            "respondent_group": group,
            "touchpoint": ("Kassa", "Chat", "Huolto")[place // 3 % 3],
            "answered_on": f"2025-{place // 9 % 12 + 1:02d}-10",
            **{name: 2 + (place * (7 + place % (number + 3)) // 11) % 4 for number, name in enumerate(ELEMENTS)},
        }
        row |= {"csat": max(1, row["listening"] - place % 2), "nps": 2 * row["listening"] - place % 3}
        row["listening"] = min(5, row["listening"] + 1) if place == changed else row["listening"]
        rows.append(row)
    return rows


def pages(folder: Path, changed: int | None) -> dict[str, str]:
    make_engagement(folder, {}, {"survey": survey(changed)})
    report = current_state.open_report(str(folder), "en")
    return {name: made._repr_mimebundle_()["text/html"] for name, made in sections(report, "current_state").items()}


@pytest.mark.parametrize("changed", [0, 100, 1201])
def test_one_answer_of_thousands_that_no_text_tells_is_in_no_drawing(tmp_path: Path, changed: int) -> None:
    """Where two surveys that differ by one answer read alike, their charts are alike to the last byte."""
    before, after = pages(tmp_path / "before", None), pages(tmp_path / "after", changed)
    assert survey(None) != survey(changed)
    alike = [name for name in before if "<svg" in before[name] and plain(before[name]) == plain(after[name])]
    assert {"touchpoint_map", "elements", "mirror_gap", "trend"} <= set(alike)
    assert [name for name in alike if before[name] != after[name]] == []
