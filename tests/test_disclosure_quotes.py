"""Which comments are quoted: never where few wrote, never by date or order, never one that tells who wrote it."""

from __future__ import annotations

import random

import pytest

from kohtaamo_utils.disclosure.quotes import LONGEST, SHORTEST, Candidate, chosen
from kohtaamo_utils.redaction.naming import may_name_somebody


def candidates(n: int, **same: object) -> list[Candidate]:
    made = [Candidate(f"Tämä kommentti on numero {place} omasta aiheestaan.", 1, safe=True) for place in range(n)]
    return [each._replace(**same) for each in made]


def everything(_: str) -> bool:
    return True


def test_below_the_threshold_nothing_is_quoted() -> None:
    """One comment fewer than the threshold is not quoted; the threshold is."""
    assert chosen(candidates(4), 5, 2, everything) == ()
    assert len(chosen(candidates(5), 5, 2, everything)) == 2


def test_only_comments_that_could_be_chosen_count() -> None:
    """Ten comments of which four may be chosen are four: else it would be plain that it is one of few."""
    assert chosen([*candidates(4), *candidates(10, safe=False)[4:]], 5, 2, everything) == ()


@pytest.mark.parametrize("text", ["x" * (SHORTEST - 1), "x" * (LONGEST + 1)])
def test_short_and_long_comments_are_not_quoted(text: str) -> None:
    """A text outside the lengths is never chosen, however few others there are."""
    others = candidates(6)
    assert text not in chosen([*others, Candidate(text, 0, safe=True)], 5, 7, everything)


def test_the_same_words_twice_are_not_quoted() -> None:
    """What two people wrote alike is not printed: a slogan is no example."""
    others = candidates(6)
    assert others[0].text not in chosen([*others, others[0]], 5, 7, everything)


def test_order_of_the_file_does_not_matter() -> None:
    """However the comments are ordered, the same are chosen."""
    every = candidates(40)
    wanted = chosen(every, 5, 2, everything)
    for seed in range(20):
        mixed = random.Random(seed).sample(every, len(every))  # noqa: S311 - no secret
        assert chosen(mixed, 5, 2, everything) == wanted
    assert wanted != tuple(each.text for each in every[:2])


def test_what_is_not_allowed_or_used_is_passed_over() -> None:
    """A text that may not be printed, or is quoted elsewhere, gives way to the next."""
    every = candidates(8)
    first, second = chosen(every, 5, 2, everything)
    assert chosen(every, 5, 1, lambda text: text != first) == (second,)
    assert chosen(every, 5, 1, everything, used=[first]) == (second,)


@pytest.mark.parametrize(
    "text",
    [
        "Kiitos Pekalle avusta!", "Virtanen ei vastannut.", "Soitin ja Zoltan vastasi.", "kiitos minnalle", "Tack till Åsa!",
        "I spoke with Siobhan.", "Hyvää palvelua, Erno!", "Kiitos \"Repelle\" avusta",
        "Tilaus 40213 katosi.", "Numeroni on 402 131.", "ABC-123 jäi pihalle.", "auto abc-123 jäi", "Order nr SO-2291 kom aldrig.",
    ],
)  # fmt: skip
def test_a_text_that_may_name_somebody_is_known(text: str) -> None:
    """Common names in any form, any word with a capital within a sentence, and a customer's, an order's or a car's number may be somebody."""
    assert may_name_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hyvä palvelu. Kiitos siitä!",
        "Jono oli pitkä, eikä liikkunut.",
        "Jag var nöjd.",
        "Odotin 24 h, 3-4 kertaa, 12.5.2025 asti.",
        "15-vuotias jonotti 1500 sekuntia.",
    ],
)
def test_a_plain_text_names_nobody(text: str) -> None:
    """Sentences that begin with a capital name nobody."""
    assert not may_name_somebody(text)
