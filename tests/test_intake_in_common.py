"""The same customers in several files: told where they are called otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from intake_support import engagement, put

from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.large import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RULES = ("leading_zeros", "none_in_common")


def orders(customers: Iterable[str]) -> str:
    """Write an order of ten euros for each customer."""
    lines = (f"{customer},2024-01-15,10,o{number}\n" for number, customer in enumerate(customers))
    return "customer_id,ordered_on,amount,order_id\n" + "".join(lines)


def told(
    folder: Path, one: Iterable[str], other: Iterable[str], *, large: tuple[str, ...] = ()
) -> list[tuple[str, str, int, str]]:
    """Return what is told of two files of orders: the rule, the file, how many and the first example."""
    for name, customers in (("a.csv", one), ("b.csv", other)):
        put(folder, name, orders(customers))
        if name in large:
            (folder / name).write_text(orders([*customers] * 50), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "LARGE_TEXT", 20_000)
        problems, dataset = check(engagement(folder, {"transactions": {"file": ["a.csv", "b.csv"]}}))
    assert dataset is not None, problems
    entries = [entry for entry in dataset.log.of("transactions", "unsettled") if entry.rule in RULES]
    assert dataset.ledger is not None
    dataset.ledger.close()
    return [(entry.rule, entry.file, entry.count, entry.value) for entry in entries]


PADDED = [f"{number:05d}" for number in range(100, 130)]
BARE = [text.lstrip("0") for text in PADDED]


@pytest.mark.parametrize("large", [(), ("a.csv",), ("b.csv",), ("a.csv", "b.csv")])
def test_zeros_that_a_spreadsheet_took_off(large: tuple[str, ...], tmp_path: Path) -> None:
    """00100 in one file and 100 in another are told with their number and an example, in files of any size."""
    assert told(tmp_path, PADDED, BARE, large=large) == [("leading_zeros", "b.csv", 30, "100")]
    assert told(tmp_path, BARE, PADDED, large=large) == [("leading_zeros", "b.csv", 30, "00100")]


@pytest.mark.parametrize("large", [(), ("a.csv", "b.csv")])
def test_numbers_with_a_zero_behind(large: tuple[str, ...], tmp_path: Path) -> None:
    """100 and 100.0, as programs write whole numbers of a column with an empty cell, are told between two files and within one."""
    broken = [f"{text}.0" for text in BARE]
    assert told(tmp_path, BARE, broken, large=large) == [("leading_zeros", "b.csv", 30, "100.0")]
    assert told(tmp_path, ["x1"], [*BARE, *broken], large=large) == [("leading_zeros", "b.csv", 30, "100.0")]
    assert told(tmp_path, ["x1"], [f"{text}.10" for text in BARE] + BARE, large=large) == []


def test_zeros_of_a_few_among_many(tmp_path: Path) -> None:
    """Where most identifiers have no zero to lose, those that lost theirs are told all the same."""
    others = [str(number) for number in range(20000, 20100)]
    assert told(tmp_path, [*others, *PADDED[:4]], [*others, *BARE[:4]]) == [("leading_zeros", "b.csv", 4, "100")]


def test_zeros_that_tell_customers_apart(tmp_path: Path) -> None:
    """A file that has 00100 and 100 means two customers, and two that are there by coincidence are no pattern."""
    assert told(tmp_path, [*PADDED, *BARE], [*BARE, *PADDED]) == []
    assert told(tmp_path, [*PADDED[:2], "x1"], [*BARE[:2], "x1"]) == []


def test_nobody_in_common(tmp_path: Path) -> None:
    """Two files of orders without one common customer of many are told; with a single one they are not."""
    named = [f"K{number}" for number in range(30)]
    assert told(tmp_path, named, [f"L{number}" for number in range(30)]) == [("none_in_common", "b.csv", 30, "")]
    assert told(tmp_path, named, [*(f"L{number}" for number in range(30)), "K7"]) == []


def test_contracts_beside_orders(tmp_path: Path) -> None:
    """Contract customers are compared with the orders, and both examples stand in the message with what to do."""
    put(tmp_path, "a.csv", orders(BARE))
    put(tmp_path, "c.csv", "customer_id,started_on\n" + "".join(f"{text},2020-01-01\n" for text in PADDED))
    sources = {"transactions": {"file": "a.csv"}, "customers": {"file": "c.csv"}}
    _, dataset = check(engagement(tmp_path, sources))
    assert dataset is not None
    (entry,) = [entry for entry in dataset.log.entries if entry.rule in RULES]
    assert (entry.table, entry.file, entry.count) == ("customers", "c.csv", 30)
    assert "stand in a.csv with other zeros (00100 here, 100 there)" in entry.detail
    assert "export the file again, with the column as text" in entry.detail


def test_reviewees_of_two_waves(tmp_path: Path) -> None:
    """A reviewee who is 007 in one wave's file and 7 in the next is told: there would be two reports."""
    head = "reviewee_id,rater_id,rater_group,item,score,wave\n"
    put(tmp_path, "one.csv", head + "".join(f"{one},a,peer,x,4,1\n" for one in ("007", "008", "009")))
    put(tmp_path, "two.csv", head + "".join(f"{one},a,peer,x,4,2\n" for one in ("7", "8", "9")))
    _, dataset = check(engagement(tmp_path, {"ratings_360": {"file": ["one.csv", "two.csv"]}}))
    assert dataset is not None
    (entry,) = [entry for entry in dataset.log.entries if entry.rule in RULES]
    assert (entry.file, entry.count, entry.value) == ("two.csv", 3, "7")
