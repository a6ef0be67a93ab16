"""The questions that stand out: from printed means, in an order that anybody can repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engagements import Figures, text_of
from hypothesis import given
from hypothesis import strategies as st
from review_ratings import opened, rows

from kohtaamo_utils.disclosure.publication import Band, Shown
from kohtaamo_utils.presentation.blocks import Table
from kohtaamo_utils.reports.review_360.cells import level
from kohtaamo_utils.reports.review_360.extremes import highest_and_lowest

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.presentation.section import Section


def cells(*means: float | Band) -> list[tuple[str, Shown]]:
    return [(f"q{number}", Shown(mean, 6)) for number, mean in enumerate(means)]


def chosen(*means: float | Band) -> list[list[str]]:
    return [[item for item, _ in its] for its in highest_and_lowest(cells(*means))]


def tables(section: Section) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {block.caption: block.rows for block in section.blocks if isinstance(block, Table)}


def test_five_at_most() -> None:
    """Of twelve questions the five highest and the five lowest, each beginning with the farthest."""
    assert chosen(*(2.0 + number / 10 for number in range(12))) == [
        ["q11", "q10", "q9", "q8", "q7"],
        ["q0", "q1", "q2", "q3", "q4"],
    ]


def test_never_more_than_half() -> None:
    """Of seven questions three in each list: no question is in both."""
    assert chosen(2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7) == [["q6", "q5", "q4"], ["q0", "q1", "q2"]]


def test_among_equals_the_questionnaire_decides() -> None:
    """Equal means stand in the order in which they were asked."""
    assert chosen(2.0, 4.0, 3.0, 4.0, 2.0, 3.1, 3.2, 3.3) == [["q1", "q3", "q7", "q6"], ["q0", "q4", "q2", "q5"]]


def test_a_mean_that_both_lists_would_hold_is_in_neither() -> None:
    """With all but two questions equal only those two stand out, and with all equal none does."""
    assert chosen(3.0, 3.0, 4.0, 3.0, 3.0, 2.0) == [["q2"], ["q5"]]
    assert chosen(*[3.0] * 6) == [[], []]


def test_a_band_counts_as_its_limit() -> None:
    """A band "4.5 or more" is above every number, and bands are equal among themselves."""
    high, low = Band("high", 4.5), Band("low", 1.5)
    assert chosen(4.4, high, low, 3.0, high, 2.0) == [["q1", "q4", "q0"], ["q2", "q5", "q3"]]


@given(st.lists(st.integers(16, 44).map(lambda tenths: tenths / 10), min_size=2, max_size=30))
def test_lists_do_not_overlap_and_are_ordered(means: list[float]) -> None:
    """Whatever the means: no question twice, every one listed high is above every one listed low, at most five and half."""
    top, bottom = highest_and_lowest(cells(*means))
    assert not {item for item, _ in top} & {item for item, _ in bottom}
    assert max(len(top), len(bottom)) <= min(5, len(means) // 2)
    assert [level(cell) for _, cell in top] == sorted((level(cell) for _, cell in top), reverse=True)
    assert [level(cell) for _, cell in bottom] == sorted(level(cell) for _, cell in bottom)
    if top and bottom:
        assert level(top[-1][1]) > level(bottom[-1][1])


def answers(own: list[int], peers: list[list[int]]) -> dict[str, list[dict[str, int]]]:
    """Return one competency a question, so that each item is printed by itself."""
    return {
        "self": [{f"c{number}.q": score for number, score in enumerate(own)}],
        "peer": [{f"c{number}.q": score for number, score in enumerate(its)} for its in peers],
    }


def test_gaps_of_questions_are_of_the_printed_means(tmp_path: Path) -> None:
    """Self less the others' printed mean, the largest first, from the rule's gap on; what is near the end has none."""
    peers = [[4, 3, 2, 4, 5, 3, 3], [4, 3, 2, 3, 5, 3, 4], [3, 3, 2, 3, 5, 3, 4]]
    report = opened(tmp_path, rows(answers([2, 5, 4, 3, 3, 3, 4], peers)))
    found = tables(report.extremes())
    assert found["You rate yourself higher than the others do"] == (
        ("c1.q", "5.0", "3.0", "+2.0"),
        ("c2.q", "4.0", "2.0", "+2.0"),
    )
    assert found["You rate yourself lower than the others do"] == (("c0.q", "2.0", "3.7", "−1.7"),)
    assert found["Highest means of the others"] == (("c0.q", "3.7 (3)"), ("c6.q", "3.7 (3)"), ("c3.q", "3.3 (3)"))
    assert "c4.q" not in text_of(report.extremes())
    figures = Figures(report, "person")
    assert figures("item_gap", item="c0.q").value == -1.7
    assert not figures.has("item_gap", item="c4.q")


def test_too_few_printed_questions(tmp_path: Path) -> None:
    """With fewer than six printed means nothing can be said to stand out, and the section says so."""
    report = opened(tmp_path, rows(answers([2, 3, 4, 3, 2], [[3, 3, 2, 4, 3]] * 3)))
    assert "for too few questions (5 of 5)" in text_of(report.extremes())
    assert not report.extremes().figures


def test_hidden_questions_stay_hidden(tmp_path: Path) -> None:
    """Two peers' questions are not ranked: none of their means is printed."""
    report = opened(tmp_path, rows(answers([2, 3, 4, 3, 2, 4], [[3, 3, 2, 4, 3, 5]] * 2)))
    assert "for too few questions (0 of 6)" in text_of(report.extremes())


def test_only_self_has_nothing_to_compare(tmp_path: Path) -> None:
    """Without other raters the section is left out."""
    made = rows({"self": [{f"c{number}.q": 3 for number in range(8)}]})
    assert opened(tmp_path, made).extremes().blocks == ()
