"""Waves are put in order of time, and refused where their names do not tell it."""

from __future__ import annotations

import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.ratings import in_order


@pytest.mark.parametrize(
    ("waves", "ordered"),
    [
        (["Kevät 2025", "Syksy 2024"], ["Syksy 2024", "Kevät 2025"]),
        (["10", "9"], ["9", "10"]),
        (["1/2025", "2/2024"], ["2/2024", "1/2025"]),
        (["2025-03", "2024-11"], ["2024-11", "2025-03"]),
        (["Q1 2025", "Q3 2024"], ["Q3 2024", "Q1 2025"]),
        (["alku"], ["alku"]),
    ],
)
def test_waves_come_in_order_of_time(waves: list[str], ordered: list[str]) -> None:
    """Year comes first, then season, quarter, month or number."""
    assert in_order(waves) == ordered


@pytest.mark.parametrize("waves", [["alku", "loppu"], ["2024", "ensimmäinen"], ["Kevät 2025", "Q1 2025"]])
def test_unclear_order_is_refused(waves: list[str]) -> None:
    """A wave that cannot be placed in time is asked about, never guessed."""
    with pytest.raises(DataError, match=r"The order of the waves .* cannot be told"):
        in_order(waves)
