"""How many answers it takes."""

from __future__ import annotations

import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.proportions import wilson
from kohtaamo_utils.measures.sample_size import response_rate, sample_size

PRINTED = {10: 10, 50: 44, 100: 80, 200: 132, 500: 217, 1000: 278, 5000: 357, 10_000: 370, 100_000: 383}


@pytest.mark.parametrize("population", PRINTED)
def test_sizes_are_those_of_krejcie_and_morgan(population: int) -> None:
    """The table of Krejcie & Morgan (1970); for 100 000 the formula's 382.63, where the table prints 384."""
    assert sample_size(population) == PRINTED[population]


def test_a_wider_margin_takes_fewer_answers() -> None:
    """Ten points of margin need about a quarter of the answers of five."""
    assert sample_size(1_000_000, margin=0.10) == 96


@pytest.mark.parametrize("arguments", [(0,), (100, 0.0), (100, 0.05, 1.0)])
def test_impossible_questions_are_refused(arguments: tuple[float, ...]) -> None:
    """Nobody to ask, or no margin, has no sample size."""
    with pytest.raises(DataError, match="The population is 1 or more"):
        sample_size(*arguments)


def test_response_rate_is_of_the_invited() -> None:
    """30 of 120 invited is .25 with Wilson's limits, n the invited."""
    found = response_rate(30, 120)
    assert (found.value, found.n, (found.low, found.high)) == (0.25, 120, wilson(30, 120))


def test_nobody_invited_has_no_rate() -> None:
    """Without invitations there is no response rate."""
    assert response_rate(0, 0).value is None
