"""What is published of one reviewee: the disclosure vectors, one by one, and the odd cases."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.publication import Band, Hidden, Shown
from kohtaamo_utils.disclosure.review import decide
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings

NAN = float("nan")


def ratings(**answers):
    """Canonical ratings: for each group its raters, each a score or a list of scores over items i0, i1, ..."""
    rows = [
        ("x", f"{group}{rater}", group, f"i{item}", "trust", float(value))
        for group, sheets in answers.items()
        for rater, sheet in enumerate(sheets)
        for item, value in enumerate(sheet if isinstance(sheet, list) else [sheet])
    ]
    return pd.DataFrame(rows, columns=["reviewee_id", "rater_id", "rater_group", "item", "competency", "score"])


def publish(minimum=3, others="raters", **answers):
    return decide(ratings(**answers), Disclosure(minimum_raters=minimum), Review360Settings(others=others))


def means(publication):
    return {group: cell for (_, group), cell in publication.competency_means.items()}


def shown(publication):
    return {group for group, cell in means(publication).items() if isinstance(cell, Shown)}


@pytest.mark.parametrize(
    ("peers", "reports", "manager", "expected"),
    [
        ([3, 4, 3], [4, 2, 3, 4], [4], {"manager", "peer", "report", "others"}),
        ([2, 3], [4, 4, 5, 3, 4], [4], {"manager", "peer+report", "others"}),
        ([2, 3], [4, 3], [4], {"manager", "peer+report", "others"}),
        ([2, 3], [], [4], {"manager"}),
        ([3, 4, 2], [4], [4], {"manager", "peer+report", "others"}),
    ],
    ids=["1/3/4", "1/2/5", "1/2/2", "1/2/0", "1/3/1"],
)
def test_what_is_shown_by_group_sizes(peers, reports, manager, expected):
    """The vectors manager/peers/reports: groups of three stand alone, smaller ones are pooled or left out with others."""
    assert shown(publish(manager=manager, peer=peers, report=reports)) == expected


def test_the_worked_example_prints_the_pool_and_the_gap():
    """Others 3.625 prints 3.6, peers and reports together 3.5714 prints 3.6, self 5 gives the gap +1.375, printed 1.4."""
    publication = publish(self=[5], manager=[4], peer=[2, 3], report=[4, 4, 5, 3, 4])
    assert means(publication) == {
        "self": Shown(5.0, 1),
        "manager": Shown(4.0, 1),
        "peer+report": Shown(3.6, 7),
        "others": Shown(3.6, 8),
        "peer": Hidden("below_threshold"),
        "report": Hidden("pooled_elsewhere"),
    }
    assert publication.gaps == {"trust": Shown(1.4, 8)}
    assert publication.groups == ("self", "manager", "peer+report", "others")


def test_counts_of_hidden_groups_are_not_told():
    """A hidden or pooled group's number of raters is not published, its pool's is."""
    publication = publish(self=[5], manager=[4], peer=[2, 3], report=[4, 4, 5, 3, 4])
    assert publication.raters == {
        "self": 1,
        "manager": 1,
        "peer+report": 7,
        "peer": Hidden("below_threshold"),
        "report": Hidden("pooled_elsewhere"),
        "others": 8,
    }


def test_too_few_protected_raters_hide_the_count_of_the_others():
    """With two protected raters in all, others less the manager would be counted as well."""
    publication = publish(manager=[4], peer=[2, 3])
    assert publication.raters == {"manager": 1, "peer": Hidden("below_threshold"), "others": Hidden("below_threshold")}
    assert means(publication)["others"] == Hidden("below_threshold")


def test_peers_who_all_gave_five_are_a_band_without_a_spread():
    """0/3/3 with unanimous peers: "4.5 or more", no distribution, and the others do not give the five away."""
    publication = publish(peer=[5, 5, 5], report=[4, 3, 4])
    assert means(publication)["peer"] == Shown(Band("high", 4.5), 3)
    assert not (isinstance(means(publication)["report"], Shown) and isinstance(means(publication)["others"], Shown))
    assert publication.spread == publication.item_spread == frozenset()


def test_a_band_stands_whether_unanimous_or_not():
    """Means of 4.5 and of 5.0 print the same band, so that the band does not announce unanimity."""
    unanimous, mixed = publish(peer=[5, 5, 5, 5]), publish(peer=[5, 4, 5, 4])
    assert (
        means(unanimous) == means(mixed) == {"peer": Shown(Band("high", 4.5), 4), "others": Shown(Band("high", 4.5), 4)}
    )


def test_low_means_are_banded_too():
    """A mean of 1.5 or less prints "1.5 or less"."""
    assert means(publish(peer=[1, 2, 1]))["peer"] == Shown(Band("low", 1.5), 3)


def test_self_and_manager_are_printed_as_they_are():
    """Raters known by name have no bands and no threshold."""
    publication = publish(self=[5], manager=[1, 1])
    assert means(publication) == {"self": Shown(5.0, 1), "manager": Shown(1.0, 2), "others": Shown(1.0, 2)}
    assert publication.gaps == {"trust": Shown(4.0, 2)}


def test_others_less_the_manager_may_not_be_near_the_end():
    """Manager 1 and three peers at 5 make 4.0, from which the fives could be computed: the others are hidden."""
    publication = publish(self=[3], manager=[1], peer=[5, 5, 5])
    assert means(publication)["others"] == Hidden("near_scale_end")
    assert publication.gaps == {"trust": Hidden("near_scale_end")}


def test_a_banded_mean_of_the_others_has_no_gap():
    """The gap follows the mean that it comes from."""
    assert publish(self=[3], peer=[5, 5, 4]).gaps == {"trust": Hidden("band")}


def test_a_third_group_is_hidden_to_keep_the_others_beside_a_band():
    """With peers banded, the smallest group that keeps the others safe is hidden and the comparison with self stays."""
    publication = publish(self=[4], peer=[5, 5, 5], report=[3, 3, 2, 4], customer=[2, 3, 4, 4, 3])
    cells = means(publication)
    assert cells["peer"] == Shown(Band("high", 4.5), 3)
    assert cells["report"] == Hidden("complementary")
    assert cells["customer"] == Shown(3.2, 5)
    assert cells["others"] == Shown(3.6, 12)


def test_an_item_left_out_by_one_of_three_peers_hides_the_peers_items():
    """1 of 3 peers did not observe an item: n = 2, so the peers' items of the competency are hidden, its mean is not."""
    publication = publish(manager=[[4, 4]], peer=[[3, 4], [2, 3], [4, NAN]], report=[[4, 3], [3, 3], [2, 4], [4, 3]])
    assert means(publication)["peer"] == Shown(3.3, 3)
    assert {item: publication.item_means[item, "peer"] for item in ("i0", "i1")} == {
        "i0": Hidden("item_coverage"),
        "i1": Hidden("item_coverage"),
    }
    assert publication.item_means["i0", "report"] == Shown(3.3, 4)
    assert publication.item_means["i0", "others"] == Hidden("complementary")


def test_one_gap_among_four_peers_hides_their_items():
    """Three answered all, one left an item out: mean less items' means would be his alone, though n is 3 everywhere."""
    publication = publish(peer=[[3, 4], [2, 3], [4, 3], [3, NAN]])
    assert publication.item_means["i0", "peer"] == Hidden("item_coverage")
    assert means(publication)["peer"] == Shown(3.1, 4)


def test_gaps_of_three_of_six_peers_leave_the_items():
    """With three complete and three gappy sheets nobody can be singled out: the items are shown."""
    publication = publish(peer=[[3, 4], [2, 3], [4, 3], [3, NAN], [4, NAN], [2, NAN]])
    assert publication.item_means["i0", "peer"] == Shown(3.0, 6)
    assert publication.item_means["i1", "peer"] == Shown(3.3, 3)


def test_an_item_near_the_end_hides_the_items_beside_a_printed_competency():
    """Items 5.0 and 3.0 with the competency's 4.0: the band of the one could be computed from the other two."""
    publication = publish(peer=[[5, 3], [5, 2], [5, 4]])
    assert means(publication)["peer"] == Shown(4.0, 3)
    assert publication.item_means["i0", "peer"] == publication.item_means["i1", "peer"] == Hidden("near_scale_end")


def test_items_are_banded_together_with_their_competency():
    """Where every item and the competency are near the same end, each prints its band."""
    publication = publish(peer=[[5, 5], [5, 4], [5, 5]])
    assert publication.item_means["i1", "peer"] == means(publication)["peer"] == Shown(Band("high", 4.5), 3)


def test_the_others_items_stand_where_the_groups_items_cannot():
    """Peers and reports hide their items for one near the end each; the others' items keep both bands open."""
    publication = publish(peer=[[5, 3], [5, 2], [5, 4]], report=[[3, 5], [2, 5], [4, 5]])
    assert publication.item_means["i0", "peer"] == publication.item_means["i0", "report"] == Hidden("near_scale_end")
    assert publication.item_means["i0", "others"] == Shown(4.0, 6)


def test_spread_needs_five_raters():
    """Four raters have no interval or distribution; five have, and the others only when every group has."""
    publication = publish(peer=[3, 4, 2, 3, 4], report=[2, 3, 4, 4])
    assert publication.spread == {("trust", "peer")}
    assert publication.item_spread == {("i0", "peer")}
    both = publish(peer=[3, 4, 2, 3, 4], report=[2, 3, 4, 4, 3])
    assert both.spread == {("trust", "peer"), ("trust", "report"), ("trust", "others")}


def test_a_unanimous_item_has_no_spread():
    """Five raters who all gave four: the distribution would be every answer."""
    assert publish(peer=[4, 4, 4, 4, 4]).spread == frozenset()


def test_a_spread_is_missing_wherever_all_could_have_given_the_same():
    """A mean of 4.0 has no spread, of five fours and of 3 4 4 4 5 alike: that it is missing tells of no common answer."""
    alike, mixed = publish(peer=[4, 4, 4, 4, 4]), publish(peer=[3, 4, 4, 4, 5])
    assert alike == mixed
    assert alike.spread == frozenset()
    assert publish(peer=[3, 4, 4, 4, 4]).spread == {("trust", "peer"), ("trust", "others")}


def test_a_competency_score_that_all_could_have_has_no_spread():
    """Five peers with 3 and 4, or one with 3 and 3 and one with 4 and 4: the competency's 3.5 may be everybody's score."""
    alike = [[3, 4], [3, 4], [4, 3], [4, 3], [3, 4]]
    mixed = [[3, 4], [3, 3], [4, 4], [4, 3], [3, 4]]
    assert publish(peer=alike) == publish(peer=mixed)
    assert publish(peer=alike).spread == frozenset()


def test_a_spread_needs_the_items_as_numbers():
    """Where the items are hidden a reader could not tell which of their means the missing spread speaks of."""
    peers = [[4, 5], [3, 4], [4, 5], [2, 5], [4, 5]]
    publication = publish(peer=peers)
    assert publication.item_means["i0", "peer"] == Hidden("near_scale_end")
    assert publication.spread == frozenset()


@pytest.mark.parametrize(
    ("both", "cell"), [([5, 5, 5], Hidden("near_scale_end")), ([4, 5, 4], Shown(4.0, 6))], ids=["15 of 15", "13 of 15"]
)
def test_what_can_be_computed_from_gaps_may_not_be_near_an_end(both, cell):
    """Three gave the first item only, 5 5 1: with the competency's mean the items' give what the other three gave to it."""
    publication = publish(
        peer=[[5, NAN], [5, NAN], [1, NAN], *([one, other] for one, other in zip(both, [4, 4, 3], strict=True))]
    )
    assert means(publication)["peer"].number is not None
    assert publication.item_means["i0", "peer"] == cell


def test_a_higher_threshold_is_kept():
    """A minimum of five pools four peers with four reports, and spread follows it."""
    publication = publish(minimum=5, peer=[3, 4, 2, 3], report=[2, 3, 4, 4])
    assert shown(publication) == {"peer+report", "others"}
    assert publication.minimum_raters == 5
    assert publish(minimum=6, peer=[3, 4, 2, 3, 2]).spread == frozenset()


def test_others_by_groups_counts_a_pool_as_one_group():
    """Manager 4, peers and reports pooled 3.571: their mean is 3.786, computed from what is printed."""
    publication = publish(others="groups", manager=[4], peer=[2, 3], report=[4, 4, 5, 3, 4])
    assert means(publication)["others"] == Shown(3.8, 8)


def test_others_by_groups_is_hidden_beside_a_band():
    """A sum of means over groups of different sizes has one solution in whole answers only."""
    publication = publish(others="groups", peer=[5, 5, 5, 5, 5], report=[3, 2, 3, 4])
    assert means(publication)["others"] == Hidden("near_scale_end")
    assert means(publication)["report"] == Shown(3.0, 4)


def test_a_person_in_two_groups_is_one_person():
    """Two peers, one of whom is also a customer, are two people: nothing of them is shown."""
    frame = ratings(peer=[3, 4], customer=[2])
    frame.loc[frame["rater_group"] == "customer", "rater_id"] = "peer0"
    publication = decide(frame, Disclosure(), Review360Settings())
    assert shown(publication) == set()


def test_items_without_a_competency_follow_the_same_rules():
    """An item by itself is decided as a competency is: pooled, banded, differenced."""
    frame = ratings(manager=[4], peer=[2, 3], report=[4, 4, 5, 3, 4]).assign(competency=None)
    publication = decide(frame, Disclosure(), Review360Settings())
    assert publication.competency_means == {}
    assert publication.item_means["i0", "peer+report"] == Shown(3.6, 7)
    assert publication.item_means["i0", "peer"] == Hidden("below_threshold")


def test_a_competency_that_few_scored_hides_their_mean():
    """Five peers rated, two of them this competency: their mean is hidden, and the others with it."""
    frame = ratings(manager=[[4, 4]], peer=[[3, 3], [4, 3], [NAN, 4], [NAN, 3], [NAN, 2]])
    frame["competency"] = frame["item"].map({"i0": "trust", "i1": "value"})
    publication = decide(frame, Disclosure(), Review360Settings())
    assert publication.competency_means["trust", "peer"] == Hidden("below_threshold")
    assert publication.competency_means["trust", "others"] == Hidden("below_threshold")
    assert publication.competency_means["value", "peer"] == Shown(3.0, 5)


@pytest.mark.parametrize(
    "answers",
    [{"self": [4]}, {"manager": [4]}, {"self": [4], "peer": [3]}, {"peer": [4, 4, 4]}, {"peer": [NAN, NAN]}, {}],
    ids=["only self", "only manager", "self and a peer", "no self", "nobody answered", "no rows"],
)
def test_odd_reviews_are_published_without_errors(answers):
    """Missing groups are absent; the publication stands."""
    publication = publish(**answers)
    known = {group for group in ("self", "manager") if group in answers}
    assert known <= shown(publication)
    assert ("trust" in publication.gaps) is ("self" in answers and "peer" in answers)


@given(
    answers=st.fixed_dictionaries(
        {"self": st.lists(st.integers(1, 5), min_size=1, max_size=1)},
        optional={
            "manager": st.lists(st.integers(1, 5), min_size=1, max_size=1),
            "peer": st.lists(st.integers(1, 5), min_size=1, max_size=6),
            "report": st.lists(st.integers(1, 5), min_size=1, max_size=6),
        },
    ),
    weighing=st.sampled_from(["raters", "groups"]),
)
def test_self_and_gap_never_tell_the_others_that_are_not_printed(answers, weighing):
    """One's own score is printed, so there is a gap exactly where the others' mean is printed as a number too."""
    publication = publish(others=weighing, **answers)
    assert means(publication)["self"] == Shown(float(answers["self"][0]), 1)
    others, gap = means(publication).get("others"), publication.gaps.get("trust")
    assert (isinstance(gap, Shown)) is (isinstance(others, Shown) and others.number is not None)


def test_decisions_tell_the_rule_and_no_number():
    """The log names figure, question, group and rule; it holds no hidden count or value."""
    lines = [str(line) for line in publish(manager=[4], peer=[2, 3], report=[4, 4, 5, 3, 4]).decisions]
    assert lines == [
        "competency_mean trust peer: below_threshold (fewer than 3 raters)",
        "competency_mean trust report: pooled_elsewhere (shown together with a group of fewer than 3 raters)",
        "item_mean i0 peer: below_threshold (fewer than 3 raters)",
        "item_mean i0 report: pooled_elsewhere (shown together with a group of fewer than 3 raters)",
    ]


def test_an_earlier_wave_is_recorded_and_left_out():
    """The last wave is published; the log says that there were others."""
    frame = pd.concat([ratings(peer=[1, 1, 1]).assign(wave="2024"), ratings(peer=[3, 4, 3]).assign(wave="2025")])
    publication = decide(frame, Disclosure(), Review360Settings())
    assert (publication.wave, publication.earlier_waves) == ("2025", ("2024",))
    assert means(publication)["peer"] == Shown(3.3, 3)
    assert str(publication.decisions[0]) == "wave 2025: latest_wave (earlier waves are left out of this report)"


@given(
    st.fixed_dictionaries(
        {
            group: st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=2), max_size=5)
            for group in ("peer", "report", "customer")
        }
    )
)
def test_items_of_a_competency_are_shown_all_or_none(answers):
    """In every published group either all items of a competency are shown or none, and none without its mean."""
    publication = publish(**answers)
    for group in means(publication):
        cells = [cell for (_, name), cell in publication.item_means.items() if name == group]
        kinds = {isinstance(cell, Shown) for cell in cells}
        assert len(kinds) == 1
        assert not (kinds == {True} and isinstance(means(publication)[group], Hidden))
