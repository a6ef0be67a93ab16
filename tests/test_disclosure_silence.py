"""What is missing among the spreads tells nothing: the printed means alone decide which are shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_ratings import raters, rows

from kohtaamo_utils.disclosure.publication import Shown
from kohtaamo_utils.disclosure.review import decide
from kohtaamo_utils.disclosure.silence import spreads_to_show
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings
from kohtaamo_utils.measures.ratings import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kohtaamo_utils.disclosure.publication import ReviewPublication


def published(answers: Mapping[str, Sequence[Mapping[str, int]]]) -> tuple[ReviewPublication, dict[str, str | None]]:
    frame = pd.DataFrame(rows(answers)).astype({"score": "float64"})
    items = catalogue(frame)
    return decide(frame, Disclosure(), Review360Settings(), items), items


def shown(answers: Mapping[str, Sequence[Mapping[str, int]]]) -> set[tuple[str, str]]:
    publication, items = published(answers)
    found = spreads_to_show(publication, items)
    assert found <= publication.spread
    return set(found)


def test_a_mean_that_is_no_whole_number_shows_its_spread() -> None:
    """Five raters with means 3.4 and 3.2 cannot all have answered alike: spread and the others' interval are shown."""
    assert shown({"peer": raters(trust_a="34343", trust_b="23344")}) == {("trust", "peer"), ("trust", "others")}


def test_a_whole_mean_hides_its_spread_though_the_answers_differ() -> None:
    """A printed 3.0 may be of five alike, so its spread is left out whether they are or not."""
    alike = {"peer": raters(trust_a="33333", trust_b="23344")}
    apart = {"peer": raters(trust_a="23343", trust_b="23344")}
    assert shown(alike) == shown(apart) == set()


def test_one_group_without_takes_only_itself_and_the_others_with_it() -> None:
    """Peers with a whole mean show no spread, nor do all others together; the reports' own stays."""
    answers = {"peer": raters(trust_a="33333", trust_b="23344"), "report": raters(trust_a="22343", trust_b="23444")}
    assert shown(answers) == {("trust", "report")}


def test_a_competency_mean_that_all_could_share_hides_the_spread() -> None:
    """Of two items 3.5 may be everybody's score, 3 and 4 in either order; it is so here."""
    answers = {"peer": raters(trust_a="34343", trust_b="43434")}
    publication, _ = published(answers)
    assert publication.competency_means["trust", "peer"] == Shown(3.5, 5)
    assert shown(answers) == set()
    assert shown({"peer": raters(trust_a="34343", trust_b="43344")}) == set()
    assert shown({"peer": raters(trust_a="34343", trust_b="44344")}) == {("trust", "peer"), ("trust", "others")}


def test_scores_that_agree_by_chance_over_many_items_hide_every_spread() -> None:
    """Five raters of four items each, all with a sum of 13: nothing is shown of them, nor of the other competency."""
    sums = [4, 3, 3, 3], [4, 3, 3, 3], [3, 4, 3, 3], [3, 3, 4, 3], [3, 3, 3, 4]
    peers = [
        dict(zip(("trust.a", "trust.b", "trust.c", "trust.d"), its, strict=True)) | {"value.a": value}
        for its, value in zip(sums, (3, 4, 3, 4, 3), strict=True)
    ]
    publication, _ = published({"peer": peers})
    assert ("value", "peer") in publication.spread
    assert ("trust", "peer") not in publication.spread
    assert shown({"peer": peers}) == set()


def test_below_five_raters_nothing_is_shown() -> None:
    """Four raters' spread with their mean would give every answer."""
    assert shown({"peer": raters(trust_a="3434", trust_b="2334")}) == set()


def test_items_that_are_not_printed_show_no_spread() -> None:
    """An item near the end hides the group's items; their agreement would tell of it."""
    answers = {"peer": raters(trust_a="55554", trust_b="23344")}
    publication, _ = published(answers)
    assert ("trust", "peer") in publication.spread
    assert shown(answers) == set()


@pytest.mark.parametrize("n", [5, 6])
def test_no_answers_of_one_item_tell_by_silence(n: int) -> None:
    """Over all answers of five or six raters: whether the spread is shown follows from the printed mean alone."""
    verdicts: dict[object, set[bool]] = {}
    for scores in combinations_with_replacement(range(1, 6), n):
        answers = {"peer": [{"trust.a": score} for score in scores]}
        publication, items = published(answers)
        verdicts.setdefault(publication.item_means["trust.a", "peer"], set()).add(
            bool(spreads_to_show(publication, items))
        )
    assert all(len(its) == 1 for its in verdicts.values())
    assert {True} in verdicts.values()


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_answers_tell_by_silence(data: st.DataObject) -> None:
    """Up to three items, three groups: what is shown would be shown whatever the raters answered behind those means."""
    items = data.draw(st.integers(1, 3))
    random = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    answers = {
        group: [
            {f"{competency}.{item}": int(random.choice((2, 3, 3, 4, 4, 5))) for competency, item in product("tv", range(items))}
            for _ in range(size)
        ]
        for group, size in (("manager", 1), ("peer", 5), ("report", int(random.integers(2, 7))))
    }  # fmt: skip
    publication, catalogued = published(answers)
    everything = frozenset(publication.competency_means)
    protected = {pair for pair in spreads_to_show(publication, catalogued) if pair[1] != "others"}
    blind = {
        pair for pair in spreads_to_show(replace(publication, spread=everything), catalogued) if pair[1] != "others"
    }
    assert protected == blind
