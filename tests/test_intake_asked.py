"""360 ratings brought to the instrument: items by id or text, competencies, reverse items, one scale, each answer once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from engagements import make_engagement
from hypothesis import given, settings
from hypothesis import strategies as st
from test_instrument import SMALL, own

from kohtaamo_utils.delivery.origin import task_key
from kohtaamo_utils.delivery.roster import Task
from kohtaamo_utils.engagement import load
from kohtaamo_utils.instrument.reading import bundled_questions
from kohtaamo_utils.intake import check
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from kohtaamo_utils.intake import Dataset

ASKED = bundled_questions()
REVERSE = ASKED.item("listening_4")
PLAIN = ASKED.item("trust_2")


def rating(item: str, score: object = 4, **more: object) -> dict[str, object]:
    """Return one row as a client's file has it."""
    return {"reviewee_id": "r1", "rater_id": "a", "rater_group": "peer", "item": item, "score": score, **more}


def engagement_of(folder: Path, rows: Sequence[dict[str, object]], **review: object) -> Path:
    return make_engagement(folder, {"review_360": review} if review else {}, {"ratings_360": rows})


def read(folder: Path) -> Dataset:
    """Return what intake makes of it; there is nothing to complain of."""
    problems, dataset = check(load(folder))
    assert [str(problem) for problem in problems] == []
    assert dataset is not None
    return dataset


def frame_of(folder: Path) -> pd.DataFrame:
    return read(folder).tables["ratings_360"]


def told(folder: Path) -> list[str]:
    """Return the problems as a consultant reads them."""
    problems, dataset = check(load(folder))
    assert dataset is None
    assert {problem.table for problem in problems} == {"ratings_360"}
    return [str(problem) for problem in problems]


# ---------------------------------------------------------------- which item it is


@pytest.mark.parametrize("name", ["trust_2", "TRUST_2", *PLAIN.text.each, "pitää  lupauksensa", "HÅLLER SINA LÖFTEN"])
def test_an_item_gets_its_competency(tmp_path: Path, name: str) -> None:
    """By its id or its text in any language an item is known, and still called as the data call it."""
    frame = frame_of(engagement_of(tmp_path, [rating(name)]))
    assert frame["competency"].tolist() == ["trust"]
    assert frame["item"].tolist() == [" ".join(name.split())]


def test_unknown_items_stay_as_they_are(tmp_path: Path) -> None:
    """What the kit's instrument does not know keeps its own competency, or none, and its scores."""
    rows = [rating("Hymyilee", 2, competency="Ilo"), rating("Laulaa", 3, competency=""), rating("trust_2", 5)]
    frame = frame_of(engagement_of(tmp_path, rows)).set_index("item")
    assert frame["competency"].fillna("–").to_dict() == {"Hymyilee": "Ilo", "Laulaa": "–", "trust_2": "trust"}
    assert frame["score"].to_dict() == {"Hymyilee": 2, "Laulaa": 3, "trust_2": 5}


def test_without_known_items_nothing_changes(tmp_path: Path) -> None:
    """A questionnaire of the client's own is read as it always was, names of competencies included."""
    rows = [rating("Hymyilee", competency="Luottamuksen rakentaminen")]
    assert frame_of(engagement_of(tmp_path, rows))["competency"].tolist() == ["Luottamuksen rakentaminen"]
    assert "competency" not in frame_of(engagement_of(tmp_path / "b", [rating("Hymyilee")]))


def test_own_items_join_the_competency_that_they_name(tmp_path: Path) -> None:
    """Beside the kit's items, the client's own item of "Luottamuksen rakentaminen" is of the same competency."""
    rows = [rating("trust_2"), rating("Hymyilee", competency="Luottamuksen rakentaminen")]
    assert frame_of(engagement_of(tmp_path, rows))["competency"].tolist() == ["trust", "trust"]


def test_one_item_in_two_languages_is_one(tmp_path: Path) -> None:
    """Raters who answered in Swedish and in Finnish answered the same item; it keeps the name that is used most."""
    rows = [rating(PLAIN.text.fi, rater_id=rater) for rater in "ab"] + [rating(PLAIN.text.sv, rater_id="c")]
    dataset = read(engagement_of(tmp_path, rows))
    assert dataset.tables["ratings_360"]["item"].unique().tolist() == [PLAIN.text.fi]
    assert any(entry.detail == f"{PLAIN.text.sv} in item read as {PLAIN.text.fi}" for entry in dataset.log.entries)


@pytest.mark.parametrize("given", ["trust", "Luottamuksen rakentaminen", "förtroendeskapande", "luottamus"])
def test_a_competency_may_be_named_in_words(tmp_path: Path, given: str) -> None:
    """The column that agrees with the instrument, in whichever words, is no contradiction."""
    assert frame_of(engagement_of(tmp_path, [rating("trust_2", competency=given)]))["competency"].tolist() == ["trust"]


def test_a_contradiction_names_both(tmp_path: Path) -> None:
    """Data and instrument that give an item two competencies are refused, at the row that says so."""
    folder = engagement_of(tmp_path, [rating("trust_1", competency="trust"), rating("trust_2", competency="empathy")])
    (said,) = told(folder)
    assert said == (
        'data/ratings_360.csv, row 3, column "competency", value "empathy": The item "trust_2" belongs to the competency '
        '"empathy" here, but to "trust" in the instrument. Expected: "trust", or its name in one of the languages, e.g. '
        '"Building trust". Correct it, or leave it out; where other questions were asked, give them by '
        "`review_360: {instrument: competencies.yaml}`."
    )


def _wide(folder: Path, header: str, row: str, items: object, **review: object) -> Path:
    source = {"file": "data/w.csv", "wide": {"items": items}}
    made = make_engagement(folder, {"review_360": review, "sources": {"ratings_360": source}}, {})
    (made / "data" / "w.csv").write_text(
        f"reviewee_id,rater_id,rater_group,{header}\nr1,a,peer,{row}\n", encoding="utf-8"
    )
    return made


def test_a_wide_file_is_read_alike(tmp_path: Path) -> None:
    """Columns called by ids or texts are the instrument's items; one under another competency is refused."""
    frame = frame_of(_wide(tmp_path / "a", "trust_2,Interrupts", "4,3", ["trust_2", "Interrupts"]))
    assert frame["competency"].fillna("").tolist() == ["trust", ""]
    (said,) = told(_wide(tmp_path / "b", "trust_2", "4", {"empathy": ["trust_2"]}))
    assert 'column "wide.items", value "empathy": The item "trust_2" belongs to the competency "empathy" here' in said


# ---------------------------------------------------------------- reverse items


@pytest.mark.parametrize("name", ["listening_4", *REVERSE.text.each])
def test_reverse_items_are_turned(tmp_path: Path, name: str) -> None:
    """A score x becomes min + max - x, exactly and once, for the reverse item alone, and the log counts the answers."""
    rows = [rating(name, score, rater_id=f"a{score}") for score in range(1, 6)] + [rating("trust_2", 2)]
    rows.append(rating(name, "", rater_id="silent"))
    dataset = read(engagement_of(tmp_path, rows))
    frame = dataset.tables["ratings_360"]
    assert frame["score"].dropna().tolist() == [5, 4, 3, 2, 1, 2]
    (entry,) = (entry for entry in dataset.log.entries if entry.rule == "reverse_items")
    assert (entry.kind, entry.count, entry.detail) == ("inferred", 5, "5 answers to reverse items turned")


@settings(max_examples=20, deadline=None)
@given(low=st.integers(0, 3), steps=st.integers(2, 9), data=st.data())
def test_turning_mirrors_any_scale(
    tmp_path_factory: pytest.TempPathFactory, low: int, steps: int, data: st.DataObject
) -> None:
    """On every scale a turned answer is as far from one end as it was from the other."""
    high = low + steps
    answers = data.draw(st.lists(st.integers(low, high), min_size=1, max_size=8))
    rows = [rating("listening_4", score, rater_id=f"a{place}") for place, score in enumerate(answers)]
    frame = frame_of(engagement_of(tmp_path_factory.mktemp("scale"), rows, scale=[low, high]))
    assert frame["score"].tolist() == [low + high - score for score in answers]


def test_already_turned_answers_stay(tmp_path: Path) -> None:
    """Where the survey tool has turned them, the settings say so and the log tells it."""
    dataset = read(engagement_of(tmp_path, [rating("listening_4", 1)], reverse="already"))
    assert dataset.tables["ratings_360"]["score"].tolist() == [1]
    details = [entry.detail for entry in dataset.log.entries if entry.rule == "reverse_items"]
    assert details == ["1 answer to reverse items as the survey tool turned it"]


def test_nothing_is_turned_twice(tmp_path: Path) -> None:
    """A source that would turn a reverse item again is refused; with `already` it may turn its own."""
    folder = engagement_of(tmp_path, [rating("listening_4", 1)])
    text = (folder / "engagement.yaml").read_text(encoding="utf-8")
    twice = text.replace('"columns"', '"reverse": ["listening_4"], "columns"')
    (folder / "engagement.yaml").write_text(twice, encoding="utf-8")
    (said,) = told(folder)
    assert "`listening_4` would be turned twice: the instrument says that it is a reverse item." in said
    once = twice.replace('"client"', '"review_360": {"reverse": "already"}, "client"')
    (folder / "engagement.yaml").write_text(once, encoding="utf-8")
    assert frame_of(folder)["score"].tolist() == [5]


# ---------------------------------------------------------------- an instrument of the client's own


def _own(folder: Path, rows: Sequence[dict[str, object]]) -> Path:
    made = own(folder, SMALL)
    filled = engagement_of(folder / "x", rows)
    (filled / "kysymykset.yaml").write_bytes((made / "kysymykset.yaml").read_bytes())
    text = (filled / "engagement.yaml").read_text(encoding="utf-8")
    setting = '"review_360": {"instrument": "kysymykset.yaml"}, "client"'
    (filled / "engagement.yaml").write_text(text.replace('"client"', setting, 1), encoding="utf-8")
    return filled


def test_own_instrument_gives_competency_and_reversal(tmp_path: Path) -> None:
    """The client's own file is asked, and stands among the inputs with its fingerprint."""
    dataset = read(_own(tmp_path, [rating("Hälsar"), rating("s2", 1)]))
    frame = dataset.tables["ratings_360"]
    assert frame["competency"].tolist() == ["service", "service"]
    assert frame["score"].tolist() == [4, 5]
    assert [file.file for file in dataset.inputs] == ["data/ratings_360.csv", "kysymykset.yaml"]


def test_unknown_item_names_the_nearest(tmp_path: Path) -> None:
    """With an own instrument, an item that is not in it is refused, with the nearest that are."""
    (said,) = told(_own(tmp_path, [rating("s1"), rating("Tervehti")]))
    assert said == (
        'data/ratings_360.csv, row 3, column "item", value "Tervehti": The instrument kysymykset.yaml has no item '
        '"Tervehti". Expected: an item\'s id, or its text in one of the languages. Did you mean "Tervehtii."?'
    )


def test_a_broken_instrument_is_a_problem_of_the_ratings(tmp_path: Path) -> None:
    """`check` tells what is wrong with the instrument, and no other table is held up."""
    folder = _own(tmp_path, [rating("s1")])
    (folder / "kysymykset.yaml").write_text("version: 1\n", encoding="utf-8")
    assert any("The key `competencies` is missing." in said for said in told(folder))


def test_a_changed_instrument_makes_reports_anew(tmp_path: Path) -> None:
    """The key of a 360 report changes with the client's instrument."""
    engagement = load(_own(tmp_path, [rating("s1")]))
    task = Task("review_360", "review_360/r1.fi", bundled("templates/review_360.ipynb"), {"reviewee": "r1"})
    before = task_key(engagement, task)
    file = engagement.path("kysymykset.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("Greets", "Says hello"), encoding="utf-8")
    assert task_key(engagement, task) != before


@pytest.mark.parametrize("word", ["Ei näy", "syns INTE", "Out of  sight"])
def test_own_words_for_not_observed_are_no_answer(tmp_path: Path, word: str) -> None:
    """What the client's instrument offers raters who cannot say is a missing value."""
    frame = frame_of(_own(tmp_path, [rating("s1", word), rating("s1", 2, rater_id="b")]))
    assert frame["score"].isna().tolist() == [True, False]


@pytest.mark.parametrize("word", [*ASKED.not_observed.each, "En osaa sanoa", "Ei havaintoa", "Ej observerat", "N/A"])
def test_not_observed_is_missing_and_never_nought(tmp_path: Path, word: str) -> None:
    """In the three languages "not observed" is no answer, even where the scale begins at nought."""
    rows = [rating("trust_2", word), rating("trust_2", 2, rater_id="b")]
    assert frame_of(engagement_of(tmp_path / "a", rows))["score"].isna().tolist() == [True, False]
    assert frame_of(engagement_of(tmp_path / "b", rows, scale=[0, 4]))["score"].isna().tolist() == [True, False]


# ---------------------------------------------------------------- each answer once, one scale, known groups


def _two_sources(folder: Path, first: Sequence[dict[str, object]], second: Sequence[dict[str, object]]) -> Path:
    one, two = engagement_of(folder, first), engagement_of(folder / "two", second)
    (one / "data" / "b.csv").write_bytes((two / "data" / "ratings_360.csv").read_bytes())
    text = (one / "engagement.yaml").read_text(encoding="utf-8")
    (one / "engagement.yaml").write_text(
        text.replace('"file": "data/ratings_360.csv"', '"file": ["data/ratings_360.csv", "data/b.csv"]'),
        encoding="utf-8",
    )
    return one


def test_one_answer_under_two_names_is_refused(tmp_path: Path) -> None:
    """The same rater's answers to an item in Finnish and by its id are two answers to one item."""
    (said,) = told(engagement_of(tmp_path, [rating(PLAIN.text.fi, 5), rating("trust_2", 1)]))
    assert said == (
        'data/ratings_360.csv, row 3, column "item", value "r1, a, peer, Pitää lupauksensa.": This rater\'s answer to this '
        "item stands in row 2 of data/ratings_360.csv already. Expected: each rater's answer to an item once, over all "
        "sources. Keep one of the two."
    )


def test_one_answer_in_two_files_is_refused(tmp_path: Path) -> None:
    """Files of one source are compared row by row, whatever they call the item."""
    (said,) = told(_two_sources(tmp_path, [rating("trust_2", 5)], [rating(PLAIN.text.sv, 5)]))
    assert "data/b.csv, row 2" in said
    assert "stands in row 2 of data/ratings_360.csv already" in said


def test_one_answer_in_two_sources_is_refused(tmp_path: Path) -> None:
    """Two blocks of the table are compared as well, so that the later file cannot win in silence."""
    folder = _two_sources(tmp_path, [rating("trust_2", 5)], [rating("trust_2", 1)])
    content = json.loads((folder / "engagement.yaml").read_text(encoding="utf-8"))
    source = content["sources"]["ratings_360"]
    content["sources"]["ratings_360"] = [{**source, "file": name} for name in source["file"]]
    (folder / "engagement.yaml").write_text(json.dumps(content), encoding="utf-8")
    (said,) = told(folder)
    assert "data/b.csv, row 2" in said
    assert "stands in row 2 of data/ratings_360.csv already" in said


def test_an_unanswered_repeat_is_none(tmp_path: Path) -> None:
    """A questionnaire in two languages leaves one of an item's two columns empty: that is one answer."""
    frame = frame_of(engagement_of(tmp_path, [rating(PLAIN.text.fi, 5), rating(PLAIN.text.sv, "")]))
    assert frame["score"].dropna().tolist() == [5]


def test_unknown_rater_groups_are_named(tmp_path: Path) -> None:
    """A rater group that is none of the five is refused with the five."""
    (said,) = told(engagement_of(tmp_path, [rating("trust_2", rater_group="neighbour")]))
    assert 'row 2, column "rater_group", value "neighbour": This is not one of the choices.' in said
    assert "one of self, manager, peer, report, customer" in said


def _group(group: str, scores: Sequence[int], reviewee: str = "r1") -> list[dict[str, object]]:
    return [
        rating("Own item", score, rater_id=f"{group}{place}", rater_group=group, reviewee_id=reviewee)
        for place, score in enumerate(scores)
    ]


def test_a_group_on_another_scale_is_refused_at_once(tmp_path: Path) -> None:
    """Peers who answered 1-10 while the scale is 1-5 are one problem with its reason, not one a cell."""
    (said,) = told(engagement_of(tmp_path, [*_group("self", [4]), *_group("peer", [2, 7, 8, 9, 10, 10, 6])]))
    assert "The answers of the rater group peer go from 2 to 10: 6 of 7 are outside the scale 1–5." in said
    assert "one scale for self and all others, as `review_360.scale` gives it" in said


def test_a_slip_is_still_told_by_its_cell(tmp_path: Path) -> None:
    """A single 55 is a slip of the pen, placed in its row."""
    (said,) = told(engagement_of(tmp_path, _group("peer", [4, 4, 55, 4, 4, 4, 4, 4, 4, 4])))
    assert 'row 4, column "score", value "55": 55 is outside the scale that `review_360.scale` gives.' in said


def test_self_on_half_of_the_others_scale_is_refused(tmp_path: Path) -> None:
    """Twelve own answers of at most 5, beside others' around 8 of 10, were asked on a scale of their own."""
    rows = [*_items("self", [4, 5] * 6), *_group("peer", [7, 8, 9] * 4)]
    (said,) = told(engagement_of(tmp_path, rows, scale=[1, 10]))
    assert "All 12 answers of self are 5 or less, while half of those of the others are 8 or more" in said


def _items(group: str, scores: Sequence[int]) -> list[dict[str, object]]:
    return [rating(f"Item {place}", score, rater_id=group, rater_group=group) for place, score in enumerate(scores)]


@pytest.mark.parametrize(
    "rows",
    [
        [*_items("self", [4, 5, 6] * 4), *_group("peer", [7, 8, 9] * 4)],  # one answer above the half
        [*_items("self", [8, 9] * 6), *_group("peer", [2, 3, 4] * 4)],  # one reviewee, simply rated low
        [*_items("self", [4, 5]), *_group("peer", [7, 8, 9] * 4)],  # too few to tell
    ],
)
def test_low_ratings_are_no_other_scale(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    """Modest or harsh raters are not refused: only what no use of one scale explains."""
    assert len(read(engagement_of(tmp_path, rows, scale=[1, 10])).tables["ratings_360"]) == len(rows)


def test_others_on_half_of_the_scale_are_refused_over_several_reviewees(tmp_path: Path) -> None:
    """When no rater of three reviewees ever goes above 5 of 10 while they give themselves 8, the scales differ."""
    rows = [
        row for reviewee in ("r1", "r2", "r3") for row in (*_own_of(reviewee), *_group("peer", [3, 4, 5, 4], reviewee))
    ]
    (said,) = told(engagement_of(tmp_path, rows, scale=[1, 10]))
    assert "All 12 answers of the others are 5 or less, while half of those of self are 8 or more" in said


def _own_of(reviewee: str) -> list[dict[str, object]]:
    return [
        rating(f"Item {place}", 8, rater_id=f"{reviewee}-self", rater_group="self", reviewee_id=reviewee)
        for place in range(4)
    ]
