"""The monthly trend: what is told of months that stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement, text_of

from kohtaamo_utils.reports import current_state

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.wording import Language

SCORES = (24, 30, 14, 14, 16, 20, 32, 32, 24, 32, 28, 28)
"""NPS of twelve months: three of four in a row nearer the lower limit than the mean, then three of four nearer the upper."""


def month_of(month: int, score: int) -> list[dict[str, object]]:
    promoters = 50 + score // 2
    return [
        {"respondent_group": "customer", "answered_on": f"2025-{month:02d}-10", "nps": 10 if place < promoters else 3}
        for place in range(100)
    ]


def told(folder: Path, scores: tuple[int, ...], language: Language) -> str:
    rows = [row for month, score in enumerate(scores, 1) for row in month_of(month, score)]
    return text_of(current_state.open_report(str(make_engagement(folder, {}, {"survey": rows})), language).trend())


@pytest.mark.parametrize(
    ("language", "below", "above"),
    [
        ("fi", "Tavanomaisen tason alapuolella pidempään kuin satunnaisvaihtelu selittää: {}.", "Tavanomaisen tason yläpuolella"),
        ("sv", "Under den vanliga nivån längre än slumpvariationen förklarar: {}.", "Över den vanliga nivån"),
        ("en", "Below the usual level for longer than chance explains: {}.", "Above the usual level"),
    ],
)  # fmt: skip
def test_months_on_two_sides_are_told_apart(tmp_path: Path, language: Language, below: str, above: str) -> None:
    """Months below the mean and months above it are two findings, and neither is said to be in a row."""
    text = told(tmp_path, SCORES, language)
    months = "Mar 2025, Apr 2025, May 2025" if language == "en" else "3/2025, 4/2025, 5/2025"
    assert below.format(months) in text
    assert above in text
    assert not [word for word in ("in a row", "Peräkkäiset", "i följd") if word in text]
