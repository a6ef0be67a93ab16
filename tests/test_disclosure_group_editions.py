"""A second group report tells of no reviewee what released reports do not tell, unless of five or more together."""

from __future__ import annotations

from functools import cache

import pytest
from editions_support import SECRET, edition, group

from kohtaamo_utils.disclosure.editions import record_of
from kohtaamo_utils.disclosure.group_editions import Member, group_objection
from kohtaamo_utils.disclosure.released import Refusal, ReleaseLedger
from kohtaamo_utils.engagement.releases import Releases

FIRST, SECOND = "2026-03-03T08:15:00Z", "2026-06-01T08:15:00Z"
NAMES = tuple(f"r{number}" for number in range(1, 13))


@cache
def _edition(name: str, more: str = "", shift: int = 0):
    """Return a reviewee's edition; `more` are peers who came, `shift` sets all answers otherwise."""
    people = {("self", "s"): (3, 4), **group("manager", "m", 1, 2), **group("peer", "abcd" + more, shift, 1 + shift)}
    return edition(people, reviewee=name)


def _members(**editions) -> dict[str, Member]:
    return {name: Member(record_of(its, SECRET, FIRST).id, its) for name, its in editions.items()}


def _programme(names=NAMES, more: dict[str, str] | None = None) -> dict[str, Member]:
    return _members(**{name: _edition(name, (more or {}).get(name, "")) for name in names})


def _ids(*members: dict[str, Member]) -> set[str]:
    return {member.id for each in members for member in each.values()}


@pytest.mark.parametrize("number", range(8))
def test_changed_reviewees_whose_reports_are_not_released(number):
    """None or five and more may have changed; of one to four the difference of the two means would tell."""
    new = _programme(more=dict.fromkeys(NAMES[:number], "x"))
    found = group_objection(new, [_programme()], set())
    assert found == (None if number == 0 or number >= 5 else (5, 0))


@pytest.mark.parametrize("number", range(1, 7))
def test_reviewees_who_came_or_went(number):
    """The same of reviewees who were added, and of those who were taken out."""
    fewer, every = _programme(NAMES[number:]), _programme()
    expected = None if number >= 5 else (5, 0)
    assert group_objection(every, [fewer], set()) == expected
    assert group_objection(fewer, [every], set()) == expected


def test_what_released_reports_tell_is_nothing_new():
    """If both states of the one who changed were released as reports of their own, the group report may follow."""
    old, new = _programme(), _programme(more={"r1": "xyz"})
    assert group_objection(new, [old], _ids(old, new)) is None
    assert group_objection(new, [old], _ids(old)) == (5, 0)
    assert group_objection(new, [old], _ids(new)) == (5, 0)


def test_five_changed_of_whom_four_are_known():
    """Of five who changed, four whose reports are released are known, and the difference is the fifth's."""
    old, new = _programme(), _programme(more=dict.fromkeys(NAMES[:5], "xyz"))
    known = {member.id for name, member in new.items() if name != "r5"} | _ids(old)
    assert group_objection(new, [old], known) == (5, 0)


def test_five_changed_of_whom_one_in_another_competency():
    """A figure that only some of the five changed tells of those: here one, whose manager's and peers' means are others."""
    old = _programme()
    changed = {name: _edition(name, shift=0) for name in NAMES}
    changed |= {name: edition({**_people(), ("self", "s"): (4, 4)}, reviewee=name) for name in NAMES[:4]}
    changed["r5"] = _edition("r5", shift=1)
    assert group_objection(_members(**changed), [old], set()) == (5, 0)


def _people() -> dict[tuple[str, str], tuple[int | None, ...]]:
    return {**group("manager", "m", 1, 2), **group("peer", "abcd", 0, 1)}


def test_three_group_reports_together():
    """Pairs of five changed reviewees each can differ by one between themselves; the earlier ones count all."""
    first = _programme()
    second = _programme(more=dict.fromkeys(NAMES[:5], "x"))
    third = _programme(more=dict.fromkeys(NAMES[:6], "x"))
    assert group_objection(second, [first], set()) is None
    assert group_objection(third, [first], set()) is None
    assert group_objection(third, [first, second], set()) == (5, 1)


# --- the ledger ---


def _ledger(moment: str = FIRST, releases: Releases | None = None) -> ReleaseLedger:
    return ReleaseLedger(releases or Releases(secret=SECRET), moment)


def _later(ledger: ReleaseLedger) -> ReleaseLedger:
    """Return the ledger as the next approval reads it; own editions are named by their reports' entries."""
    releases = Releases(
        secret=SECRET,
        questionnaires=tuple(ledger.questionnaires),
        editions=tuple(ledger.editions),
        group_editions=tuple(ledger.groups),
    )
    later = _ledger(SECOND, releases)
    later.own |= ledger.own
    return later


def _editions(**more: str) -> dict[str, object]:
    return {name: _edition(name, more.get(name, "")) for name in NAMES}


def test_what_a_group_report_told_of_counts_for_the_single_report():
    """A reviewee's first own report is her second edition if a group report told of an earlier state."""
    ledger = _ledger()
    assert ledger.release_group(None, _editions()) == "g1"
    found = _later(ledger).release(_edition("r1", "x"))
    assert found == Refusal("raters", 3, FIRST)
    assert isinstance(_later(ledger).release(_edition("r1")), str)


def test_single_reports_first_then_the_group():
    """Released single reports let the group report follow in the same approval; a refused one keeps it back."""
    ledger = _ledger()
    assert all(isinstance(ledger.release(each), str) for each in _editions().values())
    assert ledger.release_group(None, _editions()) == "g1"
    later = _later(ledger)
    assert isinstance(later.release(_edition("r1", "xyz")), str)
    assert later.release_group(None, _editions(r1="xyz")) == "g2"
    refused = _later(ledger)
    assert refused.release(_edition("r1", "x")) == Refusal("raters", 3, FIRST)
    assert refused.release_group(None, _editions(r1="x")) == Refusal("reviewees", 5, FIRST)


def test_the_same_group_report_in_another_language():
    """A group report of the same editions is the same edition."""
    ledger = _ledger()
    assert [ledger.release_group(None, _editions()) for _ in range(2)] == ["g1", "g1"]
    assert len(ledger.groups) == 1
    assert _later(ledger).release_group(None, _editions()) == "g1"


def test_a_group_report_of_too_few_tells_nothing():
    """Of fewer than five reviewees a group report prints no figure, and nothing is remembered."""
    ledger = _ledger()
    few = {name: _edition(name) for name in NAMES[:4]}
    assert ledger.release_group(None, few) is None
    assert (ledger.groups, ledger.editions) == ([], [])


def test_one_questionnaire_for_all():
    """The items stand once in the file, whoever was asked them."""
    ledger = _ledger()
    for each in _editions().values():
        ledger.release(each)
    assert (len(ledger.questionnaires), len(ledger.editions)) == (1, 12)
