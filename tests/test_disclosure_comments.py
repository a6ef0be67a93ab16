"""Which comments are shown and under which heading: thresholds, names of groups, order, and a reader who tries to narrow one down."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.comments import CommentPublication, decide, remarks
from kohtaamo_utils.disclosure.editions import comments_of
from kohtaamo_utils.disclosure.pooling import OTHERS, PROTECTED, Pooling, pool
from kohtaamo_utils.disclosure.text_only import unscored
from kohtaamo_utils.redaction.redact import SIGNS, Redactor

if TYPE_CHECKING:
    from collections.abc import Iterable

MINIMUM, RATERS = 5, 3
PLAIN = Redactor([])
Rows = list[tuple[str, str, str | None]]


def frame_of(rows: Iterable[tuple[str, str, str | None]]) -> pd.DataFrame:
    """Make ratings of one reviewee from (rater, group, comment)."""
    made = pd.DataFrame(list(rows), columns=["rater_id", "rater_group", "comment"])
    return made.assign(reviewee_id="x", item="i", score=4.0)


def pooling_of(frame: pd.DataFrame) -> Pooling:
    """Pool the groups as the figures do."""
    groups = {name: frozenset(its) for name, its in frame.groupby("rater_group")["rater_id"] if name in PROTECTED}
    return pool(groups, RATERS)


def published(rows: Iterable[tuple[str, str, str | None]], redactor: Redactor = PLAIN) -> CommentPublication:
    frame = frame_of(rows)
    return decide(frame, pooling_of(frame), MINIMUM, redactor, frame["rater_id"])


def wrote(**sizes: int) -> Rows:
    """Return raters who all wrote something of their own."""
    return [(f"{group}{n}", group, f"Sanoo {group} {n}.") for group, size in sizes.items() for n in range(size)]


def silent(**sizes: int) -> Rows:
    """Return raters who wrote nothing."""
    return [(f"silent {group}{n}", group, None) for group, size in sizes.items() for n in range(size)]


def shown(found: CommentPublication) -> dict[str, list[str]]:
    return {heading: [text.text for text in texts] for heading, texts in found.quotes.items()}


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        (wrote(peer=4), set()),
        (wrote(peer=5), {"peer"}),
        (wrote(peer=2, report=3), {"peer+report"}),
        (wrote(peer=3, report=3), {OTHERS}),
        (wrote(peer=6, report=4), {OTHERS}),
        (wrote(peer=6, report=6), {"peer", "report"}),
        (wrote(peer=6, report=3, customer=3), {"peer", OTHERS}),
        (wrote(peer=6, report=6, customer=4), {"peer", OTHERS}),
        (wrote(peer=6, report=7, customer=4), {"report", OTHERS}),
        (wrote(peer=7, report=6, customer=4), {"peer", OTHERS}),
        ([*wrote(peer=6), *silent(report=6)], {"peer"}),
        ([*wrote(peer=6), *silent(report=2)], {"peer+report"}),
        ([*wrote(report=4), *silent(peer=6)], set()),
    ],
)
def test_headings(rows: Rows, headings: set[str]) -> None:
    """A group is named from five commenters on, if those without a name over them are none or five; a pool stays a pool."""
    assert set(published(rows).quotes) == headings


def test_everything_or_nothing_of_the_protected() -> None:
    """Every comment stands in one place, or none of the protected ones anywhere."""
    for size in range(9):
        texts = [text for its in shown(published([*wrote(peer=size), *silent(peer=3)])).values() for text in its]
        assert len(texts) == (size if size >= MINIMUM else 0)


def test_known_raters_stand_apart() -> None:
    """Self and manager are known by name: their comments stand under theirs, however few the others are."""
    found = published([*wrote(self=1, manager=2, peer=4)])
    assert {heading: len(texts) for heading, texts in found.quotes.items()} == {"self": 1, "manager": 2}
    assert found.hidden == ("peer",)


@pytest.mark.parametrize("size", range(5))
def test_how_few_wrote_is_not_told(size: int) -> None:
    """Whether nobody wrote or four did, what is published is the same."""
    rows = [*wrote(peer=size), *silent(peer=6 - size, report=4)]
    assert published(rows) == CommentPublication({}, ("peer", "report"), MINIMUM)


def test_people_count_and_not_comments() -> None:
    """Four peers with three comments each are four; a person in two groups is one."""
    many = [(f"p{n}", "peer", f"Kommentti {n} {m}.") for n in range(4) for m in range(3)]
    assert published(many).quotes == {}
    double = [*wrote(peer=3), ("a", "peer", "Yksi."), ("a", "customer", "Kaksi.")]
    assert published([*double, *silent(customer=4)]).quotes == {}
    assert published([*double, ("b", "customer", "Kolme."), *silent(customer=4)]).quotes.keys() == {OTHERS}


def test_a_manager_among_the_peers_does_not_count() -> None:
    """A rater who is known by name does not fill up a group in which the others are to be hidden."""
    rows = [*wrote(peer=4), ("m", "peer", "Kollegana."), ("m", "manager", "Esihenkilönä.")]
    assert published(rows).quotes.keys() == {"manager"}
    assert published([*rows, ("p9", "peer", "Viides.")]).quotes.keys() == {"manager", "peer"}


OWN_ROLES = (
    *(
        "Ainoana alaisenasi toivon tukea.",
        "Olen alaisesi ja odotan aikaa.",
        "Yhtenä kollegoistasi kiitän.",
        "Esihenkilönäsi odotan enemmän.",
    ),
    *(
        "Asiakkaananne olen tyytyväinen.",
        "Som din enda medarbetare vill jag säga tack.",
        "Jag är din chef och litar på dig.",
        "Som en av dina kollegor tackar jag.",
    ),
    *(
        "As your only direct report I need time.",
        "As one of your peers I like it.",
        "I'm your manager, so I know.",
        "I am one of your customers, and a glad one.",
    ),
)
OTHERS_ROLES = (
    *(
        "Esihenkilönä kuuntelet hyvin.",
        "Alaisesi arvostavat sinua.",
        "Kollegana olet reilu.",
        "Asiakkaasi kiittävät, ja alaisiasi tuet.",
    ),
    *(
        "Som chef är du rättvis.",
        "Dina medarbetare litar på dig.",
        "As a manager you listen.",
        "Your reports trust you, your peers too.",
    ),
)


@pytest.mark.parametrize("text", OWN_ROLES)
def test_a_writer_who_tells_the_role_is_not_narrowed_down(text: str) -> None:
    """Among comments of everybody together, "as your only report" would name the one report: the role goes, the rest stays."""
    rows = [*wrote(peer=4), ("r1", "report", text), *silent(report=2)]
    told = shown(published(rows, Redactor([], roles=True)))
    assert list(told) == [OTHERS]
    (left,) = [each for each in told[OTHERS] if not each.startswith("Sanoo")]
    assert SIGNS["other"] in left
    assert not re.search("alais|kolleg|esihenk|asiakka|medarb|chef|report|peer|manager|customer", left, re.IGNORECASE)


@pytest.mark.parametrize("text", OTHERS_ROLES)
def test_what_is_said_of_the_reviewees_role_stays(text: str) -> None:
    """A role that is the reviewee's, or of others around, tells nothing of the writer and stays."""
    assert Redactor([], roles=True)(text).told({}) == text


def test_marks_for_nothing_are_no_comments() -> None:
    """Five raters of whom one wrote a dash are four commenters; what is redacted to nothing is no comment either."""
    for mark in ("-", "ei kommentoitavaa", "n/a", ".", "Inga kommentarer", "None", "👍", "Pekka Virtanen"):
        rows = [*wrote(peer=4), ("p9", "peer", mark)]
        assert published(rows, Redactor(["Pekka Virtanen"])).quotes == {}, mark
    assert published([*wrote(peer=4), ("p9", "peer", "Ei valittamista.")]).quotes.keys() == {"peer"}


def test_repeated_words_stand_once() -> None:
    """A comment that a long file repeats on each row stands once, and so do the same words of two raters."""
    rows = [row for row in wrote(peer=5) for _ in range(16)]
    assert len(published(rows).quotes["peer"]) == 5
    same = [*wrote(peer=5), ("a", "peer", "Pitää sen, minkä lupaa!"), ("b", "peer", "pitää  sen, minkä lupaa.")]
    assert len(published(same).quotes["peer"]) == 6
    named = [*wrote(peer=5), ("a", "peer", "Kuten Aino."), ("b", "peer", "Kuten Pekka.")]
    assert len(published(named, Redactor(["Aino Salo", "Pekka Salo"])).quotes["peer"]) == 6


def test_without_the_column_there_is_nothing() -> None:
    """A file without comments has none, and hides nothing that exists."""
    frame = frame_of(wrote(peer=6)).drop(columns="comment")
    assert decide(frame, pooling_of(frame), MINIMUM, PLAIN, frame["rater_id"]).quotes == {}
    assert remarks(frame) == ()


def test_who_is_not_counted_does_not_count() -> None:
    """A rater without a place in the figures does not fill up a group, as readers know the group without him."""
    frame = frame_of(wrote(peer=5))
    assert decide(frame, pooling_of(frame), MINIMUM, PLAIN, ["peer0", "peer1", "peer2", "peer3"]).quotes == {}


def test_what_editions_are_compared_by() -> None:
    """What two editions are compared by: who wrote which words, not how they are written down."""
    rows = [
        ("a", "peer", " Hyvä\u00a0työ! "),
        ("a", "peer", "hyvä työ"),
        ("b", "report", "-"),
        ("m", "manager", "Hienoa."),
    ]
    assert comments_of(frame_of(rows)) == {("peer", "a"): ("hyvä työ",), ("manager", "m"): ("hienoa",)}


words = st.sampled_from(
    ["Hyvä.", "hyvä", "Kuuntelet.", "-", "Kiitos!", None, "Pidät lupaukset.", "Ota aikaa.", "Jatka näin."]
)
raters = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["self", "manager", *PROTECTED]), words), min_size=1, max_size=30
)


@settings(max_examples=60, deadline=None)
@given(raters, st.randoms(use_true_random=False))
def test_order_does_not_depend_on_file_or_raters(rows: list[tuple[int, str, str | None]], random) -> None:
    """Rows in another order and raters of other names give the same comments in the same order under the same headings."""
    ids = [f"r{n:02}" for n in range(10)]
    moved = random.sample(ids, len(ids))
    renamed = [(moved[rater], group, text) for rater, group, text in random.sample(rows, len(rows))]
    assert published([(ids[rater], group, text) for rater, group, text in rows]) == published(renamed)


def test_order_is_none_that_the_file_has() -> None:
    """Comments are shuffled: over many reviewees they do not follow the file, the alphabet or the other way round."""
    places = []
    for seed in range(90):
        rows = [(f"p{n}", "peer", f"Kommentti {n} arvioitavasta {seed}.") for n in range(6)]
        (texts,) = shown(published(rows)).values()
        places.append(texts.index(rows[0][2]))
    assert min(places.count(place) for place in range(6)) >= 5


def test_order_comes_of_printed_words_only() -> None:
    """The order is the same whichever name was taken out, so that no guess of the name can be checked by it."""
    people = [f"{name} Salo" for name in ("Aino", "Pekka", "Ritva", "Matti", "Leena", "Oskari")]
    orders = {
        tuple(shown(published([*wrote(peer=7), ("a", "peer", f"Kuten {name.split()[0]}.")], Redactor(people)))["peer"])
        for name in people
    }
    assert len(orders) == 1


# -- a reader who knows who wrote, how many rated and these rules, and looks at the headings


def programme(seed: int) -> Rows:
    """Return a random reviewee's raters: small and middling groups, some people in two, some managers among them."""
    random = np.random.default_rng(seed)
    rows: Rows = []
    for group in ("manager", *PROTECTED):
        for number in range(int(random.integers(0, 3 if group == "manager" else 9))):
            rater = f"{group}{number}" if random.random() > 0.15 else f"person{random.integers(4)}"
            text = f"{group} {number} sanoo jotakin." if random.random() < 0.75 else None
            rows.append((rater, group, text))
    return rows


def ours(rows: Rows) -> dict[str, list[str]]:
    return {heading: texts for heading, texts in shown(published(rows)).items() if heading not in ("self", "manager")}


def naive(rows: Rows, complementary: bool, minimum: int = MINIMUM) -> dict[str, list[str]]:
    """Name each group once there are five commenters; or each group of five, and look at nothing else."""
    by_group: dict[str, dict[str, str]] = defaultdict(dict)
    for rater, group, text in rows:
        if group in PROTECTED and text:
            by_group[group][rater] = text
    people = {rater for its in by_group.values() for rater in its}
    if len(people) < minimum:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for group, its in by_group.items():
        found[group if not complementary or len(its) >= minimum else OTHERS] += its.values()
    return dict(found)


def narrowed(rows: Rows, headings: dict[str, list[str]]) -> list[str]:
    """Return the headings under which a comment can be of fewer than five protected people.

    A named heading is of those groups' commenters; one without a name is of the commenters of the groups that are not named.
    Somebody who is known by name anyway is no candidate.
    """
    known = {rater for rater, group, _ in rows if group == "manager"}
    named = {group for heading in headings if heading != OTHERS for group in heading.split("+")}
    found = []
    for heading in headings:
        groups = set(PROTECTED) - named if heading == OTHERS else set(heading.split("+"))
        candidates = {rater for rater, group, text in rows if group in groups and text} - known
        if len(candidates) < MINIMUM:
            found.append(heading)
    return found


@pytest.mark.parametrize("seeds", [range(200), pytest.param(range(200, 2000), marks=pytest.mark.slow)])
def test_no_heading_narrows_a_comment_down(seeds: range) -> None:
    """On random reviewees each comment shown can be of at least five protected people, and names are those of the figures."""
    named = 0
    for seed in seeds:
        rows = programme(seed)
        headings = ours(rows)
        assert narrowed(rows, headings) == [], seed
        assert set(headings) - {OTHERS} <= set(pooling_of(frame_of(rows)).shown), seed
        texts = [text for its in headings.values() for text in its]
        wanted = [text for _, group, text in rows if group in PROTECTED and text]
        assert sorted(texts) in ([], sorted(wanted)), seed
        named += bool(set(headings) - {OTHERS})
    assert named > len(seeds) / 10, "groups are named where they may be"


@pytest.mark.parametrize("complementary", [False, True])
def test_naming_groups_plainly_narrows_comments_down(complementary: bool) -> None:
    """The same reader finds few people where every group is named, or every group of five with no look at the rest."""
    assert sum(bool(narrowed(rows, naive(rows, complementary))) for rows in map(programme, range(300))) > 20


def test_unscored_is_everybody_who_answered() -> None:
    """In a review in words only, who gave a score or a comment counts, and no answer is kept."""
    rows = [("a", "peer", None), ("b", "peer", "Hyvä."), ("c", "peer", "-"), ("s", "self", "Minä.")]
    frame = frame_of(rows).assign(score=[4.0, None, None, None])
    scores = unscored(frame)
    assert {sheet.rater_id for sheet in scores.sheets} == {"a", "b", "s"}
    assert not any(sheet.answers for sheet in scores.sheets)
    assert scores.competencies == ()
    assert {sheet.rater_id for sheet in unscored(frame.drop(columns="score")).sheets} == {"b", "s"}
