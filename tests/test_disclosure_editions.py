"""What the release ledger remembers of a 360 report, and what may be released beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions_support import SECRET, edition, frame_of, group
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.editions import (
    Pseudonyms,
    comments_of,
    edition_from,
    edition_of,
    questionnaire_of,
    record_of,
)
from kohtaamo_utils.disclosure.joint import Objection, objection
from kohtaamo_utils.disclosure.publication import Band
from kohtaamo_utils.disclosure.review import publish, rules_of
from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.measures.ratings import score

MOMENT = "2026-03-03T08:15:00Z"
BASE = {**group("manager", "m", 1, 2), **group("peer", "abcd", 0, 1), **group("report", "efgh", 1, 2)}
FIRST = edition(BASE)


def _why(new, *earlier) -> str | None:
    found = objection(new, list(earlier))
    return None if found is None else found.why


def _record(made, secret=SECRET):
    return record_of(made, secret, MOMENT)


# --- what is remembered ---


def test_an_edition_is_read_as_it_was_written():
    """What the file keeps gives the edition again: who, under which pseudonym, what was shown, with which spread."""
    people = {**BASE, **group("peer", "uvw", 2, None), ("report", "z"): (5, 5), ("self", "s"): (1, 1)}
    made = edition(people, wave="2025", comments={"a": "Kiitos.", "z": "Hyvä."})
    assert made.spread
    assert {line.comment != "-" for line in made.raters} == {True, False}
    assert edition_from(_record(made), questionnaire_of(made, SECRET)) == made


def test_a_band_is_read_as_it_was_written():
    """Bands of both ends come back as bands."""
    for value, band in ((5, Band("high", 4.5)), (1, Band("low", 1.5))):
        made = edition({("peer", name): (value, value) for name in "abc"})
        assert {cell.value for cell in made.shown.values()} == {band}
        assert edition_from(_record(made), questionnaire_of(made, SECRET)) == made


def test_one_line_a_rater():
    """Whoever reads the file finds no id, no answer and no comment: a line of marks for each rater."""
    made = edition({("peer", name): (2, 3) for name in ("maija", "matti", "aino")}, comments={"maija": "Salaisuus."})
    text = _record(made).model_dump_json()
    assert [word for word in ("maija", "matti", "aino", "Salaisuus") if word in text] == []
    assert len(_record(made).raters.splitlines()) == 3


def test_equal_answers_leave_unequal_marks():
    """Two raters who answered the same have other marks, and so has one rater with another reviewee or under another key."""
    made = edition({("peer", name): (3, 3) for name in "abc"})
    marks = [mark for line in made.raters for mark in line.answers.values()]
    assert len(set(marks)) == len(marks)
    one, other = Pseudonyms(SECRET, "r1"), Pseudonyms(SECRET, "r2")
    assert one.rater("a") != other.rater("a")
    keyed = edition({("peer", name): (3, 3) for name in "abc"}, secret="6" * 32)
    assert {line.rater for line in made.raters} & {line.rater for line in keyed.raters} == set()
    assert {mark for line in keyed.raters for mark in line.answers.values()} & set(marks) == set()


@given(st.permutations(range(len(frame_of(BASE)))))
def test_the_order_of_rows_changes_nothing(order):
    """Rows in another order are the same edition, to the last mark."""
    settings = EngagementSettings(client="A")
    frame = frame_of(BASE)
    items = dict.fromkeys(("i0", "i1"), "trust")
    made = []
    for rows in (frame, frame.iloc[list(order)]):
        scores = score(rows, min_item_share=0.5, scale=(1, 5), items=items)
        publication = publish(scores, rules_of(settings.disclosure, settings.review_360))
        made.append(edition_of(scores, publication, settings, comments_of(rows), SECRET))
    assert _record(made[0]) == _record(made[1])


@given(st.integers(0, 8), st.integers(1, 5))
def test_a_changed_answer_is_another_edition(place, value):
    """The id is of all the answers: one other answer gives another id, and the same ones give the same."""
    who = list(BASE)[place]
    people = {**BASE, who: (value, BASE[who][1])}
    assert (_record(edition(people)).id == _record(FIRST).id) == (people == BASE)


# --- what may be released beside it ---


def test_the_same_edition_again():
    """Nothing is told by the same figures twice, in whichever language."""
    assert objection(FIRST, [FIRST]) is None
    assert objection(FIRST, [FIRST, edition(BASE)]) is None


def test_one_newcomer_is_refused():
    """Manager, three peers, four reports, then a fourth peer: the new mean would be his answer (three are needed)."""
    first = {**group("manager", "m", 1), **group("peer", "abc", 0), **group("report", "efgh", 1)}
    found = objection(edition({**first, ("peer", "d"): (3,)}), [edition(first)])
    assert found == Objection("raters", 3, 0)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("way", ["added", "removed"])
def test_fewer_than_three_are_refused_either_way(way, number):
    """One or two who came or went are too few; the order of the two editions does not matter."""
    more = edition({**BASE, **group("peer", "xy"[:number], 0, 1)})
    assert _why(*((more, FIRST) if way == "added" else (FIRST, more))) == "raters"


def test_three_newcomers_of_one_group():
    """Three who came to one group are enough."""
    assert objection(edition({**BASE, **group("peer", "xyz", 0, 1)}), [FIRST]) is None


def test_three_newcomers_of_two_groups_are_refused():
    """Three who came, but one of them alone to his group: his group's means would tell his answers."""
    new = edition({**BASE, **group("peer", "xy", 0, 1), **group("report", "z", 0, 1)})
    assert _why(new, FIRST) == "figures"


def test_three_groups_of_one_are_refused_by_the_others_alone():
    """Who moves from group to group is nobody's newcomer on the whole, but leaves his answer in two groups' means."""
    moved = {("report", "a") if who == ("peer", "a") else who: values for who, values in BASE.items()}
    assert _why(edition(moved), FIRST) == "settings"


def test_a_changed_answer_is_a_changed_rater():
    """One who corrects one answer is like one who comes and goes."""
    changed = {**BASE, ("peer", "a"): (BASE["peer", "a"][0] % 5 + 1, BASE["peer", "a"][1])}
    assert _why(edition(changed), FIRST) == "raters"


def test_answers_to_several_items_do_not_add_up():
    """Three changed raters are not enough when each changed another item: every item's mean tells of one."""
    people = {("peer", name): (2 + place % 2, 3, 2 + place % 3) for place, name in enumerate("abcdef")}
    changed = dict(people)
    for item, name in enumerate("abc"):
        values = list(people["peer", name])
        values[item] = values[item] % 4 + 1
        changed["peer", name] = tuple(values)
    assert _why(edition(changed), edition(people)) == "figures"


def test_known_raters_may_change():
    """Self and managers are known by name, so what they change is nobody's secret."""
    assert objection(edition({**BASE, ("manager", "m"): (5, 5), ("self", "s"): (1, 2)}), [FIRST]) is None


def test_a_new_wave():
    """In another wave everybody is asked again; who chances to answer an item as before is no unchanged rater."""
    first = edition(BASE, wave="2024")
    again = {who: (values[0], values[1] % 3 + 2) for who, values in BASE.items()}
    assert objection(edition(again, wave="2025"), [first]) is None


def test_a_wave_of_another_name_is_no_new_wave():
    """The same answers under another wave's name are the same answers: one more rater is one more."""
    first = edition(BASE, wave="2024")
    assert objection(edition(BASE, wave="2025"), [first]) is None
    assert _why(edition({**BASE, ("peer", "x"): (3, 3)}, wave="2025"), first) == "raters"


def test_every_earlier_edition_counts():
    """What is far enough from the last edition may be one rater from the one before it."""
    others = {who: values for who, values in BASE.items() if who[0] != "peer"}
    second = edition({**others, **group("peer", "wxyz", 0, 1)})
    third = edition({**BASE, ("peer", "u"): (3, 3)})
    assert objection(second, [FIRST]) is None
    assert objection(third, [second]) is None
    assert objection(third, [FIRST, second]) == Objection("raters", 3, 0)


def test_a_higher_threshold():
    """With a threshold of four, three newcomers are too few, and four are enough."""
    first = edition(BASE, disclosure={"minimum_raters": 4})
    assert _why(edition({**BASE, **group("peer", "xyz", 0, 1)}, disclosure={"minimum_raters": 4}), first) == "raters"
    assert (
        objection(edition({**BASE, **group("peer", "wxyz", 0, 1)}, disclosure={"minimum_raters": 4}), [first]) is None
    )


def test_settings_alone_may_tell():
    """With another share of items one rater more counts in a competency: the two means give his score."""
    people = {**BASE, ("peer", "x"): (3, None)}
    first, second = edition(people, min_item_share=0.5), edition(people, min_item_share=1.0)
    assert _why(second, first) == "settings"
    assert objection(second, [first]) == Objection("settings", 3, 0)


@pytest.mark.parametrize("settings", [{"others": "groups"}, {"disclosure": {"minimum_raters": 4}}, {"scale": (1, 6)}])
def test_settings_that_tell_nothing(settings):
    """Another mean of the others or a threshold that changes no figure tells nothing new."""
    assert objection(edition(BASE, **settings), [FIRST]) is None


def test_a_pool_taken_apart():
    """A pool beside one of its groups gives the other one: two reports, though nobody came or went."""
    people = {**group("peer", "abc", 0, 1), **group("report", "ef", 1, 2)}
    pooled = edition(people)
    alone = edition({**people, **group("report", "xyz", 0, 1)})
    assert ("i:i0", "peer+report") in pooled.shown
    assert ("i:i0", "peer") in alone.shown
    assert _why(alone, pooled) == "figures"


def test_newcomers_who_all_gave_the_highest_are_refused():
    """Three newcomers' sum of fifteen tells that each gave five."""
    assert _why(edition({**BASE, **{("peer", name): (5, 4) for name in "xyz"}}), FIRST) == "extreme"
    assert _why(edition({**BASE, **{("peer", name): (1, 4) for name in "xyz"}}), FIRST) == "extreme"


def test_spreads_need_five():
    """Where both editions show intervals and distributions, a difference of three would tell each of their answers."""
    five = {("peer", name): (2 + place % 3, 3 + place % 2) for place, name in enumerate("abcde")}
    first = edition(five)
    assert ("c:trust", "peer") in first.spread
    assert objection(edition({**five, **group("peer", "uvw", 0, 1)}), [first]) == Objection("spread", 5, 0)
    assert objection(edition({**five, **group("peer", "uvwxy", 0, 1)}), [first]) is None


# --- comments ---

WRITTEN = {name: f"Kommentti {name}." for name in "abcde"}


def test_one_comment_more_is_refused():
    """The one comment that a second edition has more is the newcomer's; five are needed."""
    first = edition(BASE, comments=WRITTEN)
    assert objection(edition(BASE, comments={**WRITTEN, "f": "Uusi."}), [first]) == Objection("comments", 5, 0)
    assert objection(edition(BASE, comments={**WRITTEN, "a": "Toisin."}), [first]) == Objection("comments", 5, 0)
    assert objection(edition(BASE, comments=WRITTEN), [first]) is None


def test_comments_that_were_not_shown():
    """Of four comments none was shown, so the fifth tells nothing beside them."""
    four = {name: text for name, text in WRITTEN.items() if name != "e"}
    assert objection(edition(BASE, comments=WRITTEN), [edition(BASE, comments=four)]) is None


def test_a_managers_comment_is_nobodys_secret():
    """The manager is known; his comment may come and go."""
    first = edition(BASE, comments=WRITTEN)
    assert objection(edition(BASE, comments={**WRITTEN, "m": "Esihenkilön."}), [first]) is None


# --- the rules together ---


@given(
    st.lists(st.sampled_from([(group, name) for group, name in BASE if group != "manager"]), max_size=5, unique=True),
    st.integers(0, 4),
)
def test_too_few_are_never_let_out(gone, come):
    """Whoever comes and goes: one or two on the whole are always refused, none never."""
    people = {who: values for who, values in BASE.items() if who not in gone} | group("peer", "vwxyz"[:come], 0, 1)
    new = edition(people)
    number = len(gone) + come
    if number in (1, 2):
        assert _why(new, FIRST) == "raters"
        assert _why(FIRST, new) == "raters"
    elif number == 0:
        assert objection(new, [FIRST]) is None


def test_the_check_leaves_editions_as_they_are():
    """Judging is no releasing: editions are frozen, and the same question gives the same answer."""
    new = edition({**BASE, ("peer", "x"): (3, 3)})
    before = replace(new)
    assert [objection(new, [FIRST]) for _ in range(2)] == [Objection("raters", 3, 0)] * 2
    assert new == before
