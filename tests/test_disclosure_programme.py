"""What is published of a whole programme: the group report adds nothing to what the single reports tell."""

from __future__ import annotations

import pandas as pd
import pytest

from kohtaamo_utils.disclosure.programme import decide
from kohtaamo_utils.disclosure.publication import Band, Hidden, Shown
from kohtaamo_utils.engagement.settings import Disclosure, Review360Settings


def review(reviewee, wave=None, **answers):
    """Canonical ratings of one reviewee: for each group its raters' scores on the only item."""
    rows = [
        (reviewee, f"{reviewee}{group}{n}", group, "i", "trust", float(value), wave)
        for group, values in answers.items()
        for n, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["reviewee_id", "rater_id", "rater_group", "item", "competency", "score", "wave"])


def programme(*reviews, others="raters"):
    return decide(pd.concat(reviews, ignore_index=True), Disclosure(), Review360Settings(others=others))


def usual(n, **changes):
    return [review(f"v{number}", **({"self": [4], "manager": [3], "peer": [3, 4, 2]} | changes)) for number in range(n)]


def test_each_reviewee_has_a_publication():
    """Reviews are decided one by one, by reviewee."""
    publication = programme(*usual(2), review("few", peer=[3]))
    assert list(publication.reviews) == ["few", "v0", "v1"]
    assert publication.reviews["v0"].competency_means["trust", "peer"] == Shown(3.0, 3)
    assert publication.reviews["few"].competency_means["trust", "peer"] == Hidden("below_threshold")


@pytest.mark.parametrize(("reviewees", "made"), [(4, False), (5, True)])
def test_a_group_report_needs_five_reviewees(reviewees, made):
    """With four there is none, and the log says why."""
    publication = programme(*usual(reviewees))
    assert (publication.group is not None) is made
    if not made:
        assert str(publication.decisions[0]) == "group report: too_few_reviewees (a group report needs 5 reviewees)"


def test_means_are_over_reviewees():
    """Peers' means 3, 3, 3, 3 and 4 over reviewees of different sizes make 3.2 of five; the gap is a mean of gaps."""
    publication = programme(*usual(4), review("w", self=[4], manager=[3], peer=[4, 4, 4, 4, 5, 3]))
    assert publication.group is not None
    assert publication.group.competency_means["trust", "peer"] == Shown(3.2, 5)
    assert publication.group.competency_means["trust", "manager"] == Shown(3.0, 5)
    # others: four times (3 + 3 + 4 + 2) / 4 = 3, once (3 + 24) / 7 = 3.857; gap (4 * 1 + 1/7) / 5
    assert publication.group.gaps == {"trust": Shown(0.8, 5)}


def test_a_hidden_mean_is_in_no_group_mean():
    """The reviewee with two peers enters neither the peers' mean nor, alone with a manager, the others' mean."""
    hidden = [review("w", self=[4], manager=[3], peer=[1, 1]), review("w", self=[4], manager=[3], peer=[5, 5])]
    groups = [programme(*usual(5), one).group for one in hidden]
    assert groups[0] == groups[1]
    assert groups[0] is not None
    assert groups[0].competency_means["trust", "peer"] == Shown(3.0, 5)
    assert groups[0].competency_means["trust", "manager"] == Shown(3.0, 6)


def test_a_band_enters_by_its_middle_and_is_counted():
    """Five reviewees at 3.0 and one of whom only "4.5 or more" is printed make (15 + 4.75) / 6 = 3.29, whatever he got."""
    groups = [programme(*usual(5), review("w", manager=[3], peer=peers)).group for peers in ([5, 5, 5], [5, 4, 5])]
    assert groups[0] is not None
    assert groups[0].competency_means == groups[1].competency_means
    assert groups[0].competency_means["trust", "peer"] == Shown(3.3, 6)
    assert groups[0].banded["trust", "peer"] == 1


def test_a_mean_of_few_reviewees_is_hidden():
    """Four of six reviewees have reports of their own: their mean is not published."""
    some = [review(f"w{n}", manager=[3], peer=[3, 4, 2], report=[3, 3, 4]) for n in range(4)]
    publication = programme(*usual(2), *some)
    assert publication.group is not None
    assert publication.group.competency_means["trust", "report"] == Hidden("too_few_reviewees")
    reason = "competency_mean trust report: too_few_reviewees (published of fewer than 5 reviewees)"
    assert reason in map(str, publication.decisions)


def test_a_group_mean_near_the_end_is_a_band():
    """A mean of five near the end tells of each of them: it is a band, self's and manager's too."""
    publication = programme(*usual(5, self=[5], peer=[5, 5, 5]))
    assert publication.group is not None
    assert publication.group.competency_means["trust", "peer"] == Shown(Band("high", 4.5), 5)
    assert publication.group.competency_means["trust", "self"] == Shown(Band("high", 4.5), 5)


def test_a_gap_does_not_undo_a_band() -> None:
    """Self 5 and others 3: the mean of self is a band, and the gap of 2.0 beside the others' 3.0 would tell it."""
    publication = programme(*usual(5, self=[5]))
    assert publication.group is not None
    assert publication.group.competency_means["trust", "others"] == Shown(3.0, 5)
    assert publication.group.gaps == {"trust": Hidden("band")}


def test_reliability_is_shown_when_no_single_spread_can_be_computed():
    """Intraclass correlation over the peers: all spreads printed, or at least two unprinted with five raters together."""
    large = [review(f"w{n}", peer=[3, 4, 2, 3, 4]) for n in range(5)]
    for extra, allowed in (([], True), (usual(1), False), (usual(2), True)):
        group = programme(*large, *extra).group
        assert group is not None
        assert (("trust", "peer") in group.reliability) is allowed


def test_only_the_last_wave_is_in_the_group_report():
    """A reviewee of an earlier wave keeps his report and is not in the group's."""
    now = [review(f"v{n}", wave="2025", manager=[3], peer=[3, 4, 2]) for n in range(5)]
    publication = programme(*now, review("old", wave="2024", manager=[5], peer=[4, 4, 4]))
    assert publication.reviews["old"].wave == "2024"
    assert publication.group is not None
    assert publication.group.reviewees == 5
    assert publication.group.competency_means["trust", "manager"] == Shown(3.0, 5)


def test_others_by_groups_uses_the_printed_means():
    """With group means weighed alike, others is (3 + 3) / 2 = 3 for each."""
    publication = programme(*usual(5), others="groups")
    assert publication.group is not None
    assert publication.group.competency_means["trust", "others"] == Shown(3.0, 5)


def test_the_programmes_items_count_for_the_share():
    """A rater who answered one of a competency's four items has no score, though his reviewee's frame has one item only."""
    full = review("v", peer=[3, 3, 3])
    frame = pd.concat([full.assign(item=f"i{n}") for n in range(4)])
    publication = programme(frame, review("w", peer=[3, 4, 3]).assign(item="i0"))
    assert publication.reviews["v"].competency_means["trust", "peer"] == Shown(3.0, 3)
    assert publication.reviews["w"].competency_means == {}
