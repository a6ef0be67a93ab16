"""Scores in words, combined with words, turned round, or on another scale than the column's; wide 360 files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_support import CUSTOMERS, dataset, engagement, problems, put, survey

from kohtaamo_utils.engagement import EngagementSettings
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.scales.stated_scale import stated_scales
from kohtaamo_utils.intake.scales.worded import NotWords, Shorter, Unclear, read_words
from kohtaamo_utils.intake.values.scale_words import SCALES, known_scales
from kohtaamo_utils.intake.values.vocabulary import NO_ANSWER

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem


def column(*answers: str, name: str = "csat") -> str:
    """Return a file of one quoted column."""
    return "\n".join([name, *(f'"{answer}"' for answer in answers)]) + "\n"


def place(problem: Problem) -> tuple[str, int | None, str | None, str | None]:
    """Return where a problem is."""
    return problem.file, problem.row, problem.column, problem.value


FI, SV, EN = "täysin eri mieltä", "instämmer inte alls", "strongly disagree"


@pytest.mark.parametrize(
    ("name", "answers", "numbers"),
    [
        ("heard", ["Täysin eri mieltä", "Eri mieltä", "Ei samaa eikä eri mieltä", "Samaa mieltä"], [1, 2, 3, 4]),
        ("heard", ["Jokseenkin eri mieltä", "Täysin samaa mieltä."], [2, 5]),
        (
            "csat",
            ["Erittäin tyytymätön", "Tyytymätön", "Neutraali", "Tyytyväinen", "Erittäin tyytyväinen"],
            [1, 2, 3, 4, 5],
        ),
        ("csat", ["Mycket missnöjd", "Varken nöjd eller missnöjd", "Mycket nöjd"], [1, 3, 5]),
        ("csat", ["Very dissatisfied", "Satisfied", "VERY SATISFIED"], [1, 4, 5]),
        ("trust", ["Instämmer inte alls", "Instämmer delvis", "Instämmer helt"], [1, 4, 5]),
        ("trust", ["Strongly disagree", "Neither agree nor disagree", "Strongly agree"], [1, 3, 5]),
        ("heard", ["Vahvasti samaa mieltä", "Neutraali", "Eri mieltä", "Vahvasti eri mieltä"], [5, 3, 2, 1]),
        ("trust", ["I mycket hög grad", "I viss mån", "I låg grad"], [5, 3, 2]),
        ("ces", ["Täysin eri mieltä", "Jokseenkin samaa mieltä", "Samaa mieltä", "Täysin samaa mieltä"], [1, 5, 6, 7]),
        ("ces", ["Erittäin helppoa", "Helppoa", "Melko vaikeaa", "Erittäin vaikeaa"], [7, 6, 3, 1]),
        ("ces", ["Melko eri mieltä", "Hieman samaa mieltä", "Täysin samaa mieltä"], [2, 5, 7]),
        ("ces", ["Strongly disagree", "Disagree", "Somewhat agree", "Strongly agree"], [1, 2, 5, 7]),
    ],
)
def test_words_of_a_scale(tmp_path: Path, name: str, answers: list[str], numbers: list[int]) -> None:
    """Words of one known scale of the column's length are its numbers, each said in the log."""
    found = survey(tmp_path, column(*answers, name=name))
    assert found.tables["survey"][name].tolist() == numbers
    details = [entry.detail for entry in found.log.of("survey") if entry.rule == "scale_words"]
    assert details == [f"{word} in {name} read as {number}" for word, number in zip(answers, numbers, strict=True)]


def test_words_and_no_answers(tmp_path: Path) -> None:
    """Empty cells and words that decline to answer do not keep a column from being words; counts are of cells."""
    found = survey(
        tmp_path, column("Samaa mieltä", "EOS", "", "Samaa mieltä", "Eri mieltä", name="csat,x").replace('"\n', '",1\n')
    )
    assert found.tables["survey"]["csat"].dropna().tolist() == [4, 4, 2]
    counts = {entry.value: entry.count for entry in found.log.of("survey") if entry.rule == "scale_words"}
    assert counts == {"Samaa mieltä": 2, "Eri mieltä": 1}


@pytest.mark.parametrize("word", ["Ei vastattu", "Ohitettu", "Ej besvarat", "Hoppade över", "Not Shown", "Skipped"])
def test_what_tools_write_for_a_question_that_was_passed_over(tmp_path: Path, word: str) -> None:
    """A question that somebody skipped or was not shown has no answer, in the words that survey tools have for it."""
    assert survey(tmp_path, column("4", word, "5")).tables["survey"]["csat"].dropna().tolist() == [4, 5]


def test_word_outside_the_scale(tmp_path: Path) -> None:
    """Among the words of a scale, one that is none of them is a problem at each of its rows, and it alone."""
    text = column("Samaa mieltä", "Samma mieltä", "Eri mieltä", "Samma mieltä", name="Väite")
    first, second = problems(tmp_path, text, columns={"heard": "Väite"}, constants=CUSTOMERS)
    assert (place(first), place(second)) == (
        ("data.csv", 3, "Väite", "Samma mieltä"),
        ("data.csv", 5, "Väite", "Samma mieltä"),
    )
    assert (first.kind, first.table) == ("not_in_scale", "survey")
    assert first.message == "The other answers are the words of a scale, but this is none of them."
    assert first.expected.startswith("one of täysin eri mieltä, eri mieltä, ei samaa eikä eri mieltä, samaa mieltä")


def test_words_of_several_scales(tmp_path: Path) -> None:
    """Words that are different numbers in the scales that fit are refused: "hyvä" is no number by itself."""
    (problem,) = problems(
        tmp_path, column("", "Huono", "Hyvä", name="csat,x").replace('"\n', '",1\n'), constants=CUSTOMERS
    )
    assert place(problem) == ("data.csv", 3, "csat", "Huono")
    assert problem.kind == "ambiguous_words"
    assert problem.message == "This may be 1 or 2: the answers fit scales that differ."
    assert problem.expected == "numbers from 1 to 5, or words of one scale"


def test_words_of_a_longer_scale(tmp_path: Path) -> None:
    """Words of seven answers are not pressed into five."""
    (problem,) = problems(
        tmp_path, column("Täysin samaa mieltä", "Samaa mieltä", "Jokseenkin samaa mieltä"), constants=CUSTOMERS
    )
    assert (problem.kind, place(problem)) == ("not_in_scale", ("data.csv", 4, "csat", "Jokseenkin samaa mieltä"))


def test_words_mixed_with_numbers(tmp_path: Path) -> None:
    """A word among numbers is no word of a scale: it is refused where it stands."""
    (problem,) = problems(tmp_path, column("5", "Samaa mieltä", "4"), constants=CUSTOMERS)
    assert (problem.kind, place(problem)) == ("not_a_number", ("data.csv", 3, "csat", "Samaa mieltä"))


def test_words_outside_scores_stay(tmp_path: Path) -> None:
    """In a comment a scale's words are text, and an NPS knows no words."""
    found = survey(tmp_path, 'csat,comment\n5,"Samaa mieltä"\n')
    assert found.tables["survey"]["comment"].tolist() == ["Samaa mieltä"]
    (problem,) = problems(tmp_path, column("Samaa mieltä", name="nps"), constants=CUSTOMERS)
    assert problem.kind == "not_a_number"


@pytest.mark.parametrize("form", ["{} - {}", "{} = {}", "{} – {}", "{}: {}", "{}. {}", "{}) {}", "{} ({})", "{}={}"])
def test_numbers_with_words(tmp_path: Path, form: str) -> None:
    """A number that its word follows is the number, and so is one without a word beside it."""
    answers = [form.format(5, "Täysin samaa mieltä"), "3", form.format(1, "Täysin eri mieltä")]
    found = survey(tmp_path, column(*answers))
    assert found.tables["survey"]["csat"].tolist() == [5, 3, 1]
    assert [entry.value for entry in found.log.of("survey") if entry.rule == "scale_words"] == [answers[0], answers[2]]


def test_word_before_its_number(tmp_path: Path) -> None:
    """A number in parentheses after its word is read, in a scale of any length."""
    found = survey(tmp_path, column("Todennäköisesti (10)", "7", "En lainkaan (0)", name="nps"))
    assert found.tables["survey"]["nps"].tolist() == [10, 7, 0]


def test_number_with_word_out_of_range(tmp_path: Path) -> None:
    """A number with a word that is outside the scale is told as it stands in the file."""
    (problem,) = problems(tmp_path, column("5 - Hyvä", "6 - Erinomainen"), constants=CUSTOMERS)
    assert (problem.kind, place(problem)) == ("out_of_range", ("data.csv", 3, "csat", "6 - Erinomainen"))


def test_one_word_with_two_numbers(tmp_path: Path) -> None:
    """Where one word comes with two numbers, neither is believed."""
    found = problems(tmp_path, column("5 - Hyvä", "4 - Hyvä"), constants=CUSTOMERS)
    assert [(problem.kind, problem.value) for problem in found] == [
        ("not_a_number", "5 - Hyvä"),
        ("not_a_number", "4 - Hyvä"),
    ]


FALLING = ("1 = Täysin samaa mieltä", "2 = Samaa mieltä", "5 = Täysin eri mieltä")


def test_numbers_that_fall(tmp_path: Path) -> None:
    """Numbers that fall as their words rise are refused, with the setting that turns them."""
    (problem,) = problems(tmp_path, column(*reversed(FALLING)), constants=CUSTOMERS)
    assert (problem.kind, place(problem)) == ("falling_scale", ("data.csv", 4, "csat", "1 = Täysin samaa mieltä"))
    assert problem.message == '1 stands for "täysin samaa mieltä": the numbers fall as the answers get better.'
    assert problem.advice == "Add `reverse: [csat]` to the source's block; then 1 is read as 5."


def test_reversed_scores(tmp_path: Path) -> None:
    """A reversed score is its scale's ends together less itself, on 1–5 and 1–7 alike, and the log says so."""
    found = survey(tmp_path, "csat,ces\n1,7\n2,\n5,1\n", reverse=["csat", "ces"])
    assert found.tables["survey"]["csat"].tolist() == [5, 4, 1]
    assert found.tables["survey"]["ces"].dropna().tolist() == [1, 7]
    notes = [(entry.detail, entry.count) for entry in found.log.of("survey") if entry.rule == "reversed"]
    assert notes == [("csat reversed: 1 is read as 5", 3), ("ces reversed: 1 is read as 7", 2)]
    assert survey(tmp_path, column(*FALLING), reverse=["csat"]).tables["survey"]["csat"].tolist() == [5, 4, 1]


def test_reversed_score_out_of_range(tmp_path: Path) -> None:
    """A reversed score outside its scale is told as it stands in the file."""
    (problem,) = problems(tmp_path, "csat\n1\n0\n", constants=CUSTOMERS, reverse=["csat"])
    assert (problem.kind, place(problem)) == ("out_of_range", ("data.csv", 3, "csat", "0"))


def test_reverse_of_no_score(tmp_path: Path) -> None:
    """What is no score cannot be reversed; the scores that there are, are named."""
    (problem,) = problems(tmp_path, "csat,comment\n5,a\n", constants=CUSTOMERS, reverse=["comment"])
    assert (problem.kind, place(problem)) == (
        "unknown_reverse",
        ("engagement.yaml", None, "sources.survey.reverse.comment", None),
    )
    assert (problem.message, problem.expected) == ("`comment` is no score that this file gives.", "one of csat")


def test_recommendation_from_one_to_ten(tmp_path: Path) -> None:
    """An NPS whose heading says 1–10, and in which nobody gave a nought, is refused with the reason."""
    heading = "Asteikolla 1-10, kuinka todennäköisesti suosittelisit?"
    text = column("1", "10", "7", name=f'"{heading}"')
    (problem,) = problems(tmp_path, text, columns={"nps": heading}, constants=CUSTOMERS)
    assert (problem.kind, place(problem)) == ("other_scale", ("data.csv", None, heading, "1–10"))
    assert problem.message == "The heading says that the answers are from 1 to 10, and so they are (from 1 to 10)."
    assert problem.expected == "a whole number from 0 to 10"
    assert problem.advice.startswith("Leave `nps` out:")


@pytest.mark.parametrize(
    ("heading", "answers", "refused"),
    [
        ("Suosittelu (1–4)", ["1", "4"], True),
        ("Suosittelu (1 - 4)", ["2", "3"], True),
        ("Suosittelu 0–10", ["1", "10"], False),
        ("Suosittelu", ["1", "10"], False),
        ("Suosittelu 1–10", ["0", "10"], False),
        ("Suosittelu 1–4, ennen 0–10", ["1", "4"], False),
    ],
)
def test_scale_in_the_heading(tmp_path: Path, heading: str, answers: list[str], refused: bool) -> None:
    """A heading's own scale counts if it is another than the column's and the answers do not belie it."""
    found = problems(tmp_path, column(*answers, name=f'"{heading}"'), columns={"nps": heading}, constants=CUSTOMERS)
    assert [problem.kind for problem in found] == (["other_scale"] if refused else [])


def test_scale_in_the_questions_text(tmp_path: Path) -> None:
    """The scale is looked for in the question's text too where the column is called by a code."""
    text = "Respondent ID,Suosittelu 1–10,\n,Kassa,Myynti\n1,9,1\n"
    (problem,) = problems(tmp_path, text, columns={"nps": "Kassa"}, constants=CUSTOMERS)
    assert (problem.kind, problem.column) == ("other_scale", "Suosittelu 1–10 – Kassa")


@pytest.mark.parametrize("heading", ["Q1-10", "1.1-10.2", "1-2 kk", "vuosi 1–1000", "2-10", "1-10/2025"])
def test_no_scale_in_the_heading(heading: str) -> None:
    """Codes, dates and amounts are no scales."""
    assert stated_scales(heading) == set()


@given(scale=st.sampled_from(SCALES), data=st.data())
def test_scale_is_read_rightly_or_refused(scale: tuple[str, ...], data: st.DataObject) -> None:
    """Whatever answers of a scale come, each is its own number, or the column is found unclear; what may be of five is not of seven."""
    words = [word.split("|")[0] for word in scale]
    places = data.draw(st.lists(st.integers(0, len(scale) - 1), min_size=1, unique=True))
    found = read_words([words[number] for number in places], 1, len(scale))
    if len(scale) == 7 and ({1, 5}.isdisjoint(places) or {2, 4}.isdisjoint(places)):
        assert isinstance(found, Unclear | Shorter)
    else:
        assert isinstance(found, Unclear) or found == {words[number]: number + 1 for number in places}


def test_whole_scale_reads_one_way() -> None:
    """All answers of any known scale together are clear."""
    for scale in SCALES:
        words = [word.split("|")[0] for word in scale]
        assert read_words([*words], 1, len(scale)) == {word: place for place, word in enumerate(words, 1)}


def test_scale_words_are_comparable() -> None:
    """Scales have five or seven answers, in lower case, each once, and none that means no answer."""
    for scale in SCALES:
        words = [word for words in scale for word in words.split("|")]
        assert len(scale) in {5, 7}
        assert len(set(words)) == len(words)
        assert all(word == word.casefold().strip() for word in words)
        assert not NO_ANSWER & set(words)
    assert isinstance(read_words(["5", "4"], 1, 5), NotWords)
    assert known_scales(0, 10) == ()


WIDE = "Arvioitava,Arvioija,Rooli,Kuuntelee,Luottaa,Vapaa sana\nS1,S1,itse,5,4,\nS1,P1,kollega,4,EOS,hyvä\n"
MAPPED = {
    "columns": {"reviewee_id": "Arvioitava", "rater_id": "Arvioija", "rater_group": "Rooli", "comment": "Vapaa sana"},
    "wide": {"items": {"listening": ["Kuuntelee"], "trust": ["Luottaa"]}},
}


def test_wide_ratings(tmp_path: Path) -> None:
    """A column per item becomes a row per rating, an item called as its heading; the log counts ratings."""
    found = dataset(tmp_path, WIDE, "ratings_360", **MAPPED)
    rows = found.tables["ratings_360"]
    assert rows[["rater_id", "item", "competency"]].to_numpy().tolist() == [
        ["S1", "Kuuntelee", "listening"],
        ["S1", "Luottaa", "trust"],
        ["P1", "Kuuntelee", "listening"],
        ["P1", "Luottaa", "trust"],
    ]
    assert rows["score"].fillna(-1).tolist() == [5, 4, 4, -1]
    assert rows["comment"].fillna("").tolist() == ["", "", "hyvä", ""], "a comment is one, not one an item"
    log = found.log
    assert (log.rows_in("ratings_360"), log.left_out("ratings_360"), log.rows_out("ratings_360")) == (4, 0, 4)


def test_wide_equals_long(tmp_path: Path) -> None:
    """A wide file gives the same ratings as the same answers one a row."""
    wide = dataset(tmp_path, WIDE.replace("EOS", "3"), "ratings_360", **MAPPED).tables["ratings_360"]
    text = "reviewee_id,rater_id,rater_group,item,score,competency\n" + "".join(
        f"S1,{rater},{group},{item},{score},{competency}\n"
        for rater, group, item, score, competency in (
            ("S1", "self", "Kuuntelee", 5, "listening"),
            ("S1", "self", "Luottaa", 4, "trust"),
            ("P1", "peer", "Kuuntelee", 4, "listening"),
            ("P1", "peer", "Luottaa", 3, "trust"),
        )
    )
    long = dataset(tmp_path, text, "ratings_360").tables["ratings_360"]
    assert wide[list(long.columns)].equals(long)


def test_wide_cell_is_placed(tmp_path: Path) -> None:
    """A bad score in a wide file is placed by its row and its item's heading."""
    (problem,) = problems(tmp_path, WIDE.replace("5,4", "5,8"), "ratings_360", **MAPPED)
    assert (problem.kind, place(problem)) == ("out_of_range", ("data.csv", 2, "Luottaa", "8"))
    assert "`missing: {score: [8]}`" in problem.advice


def test_wide_missing_words_and_reverse(tmp_path: Path) -> None:
    """In a wide file `missing` for the score is for each item, words are read item by item, and an item is reversed."""
    text = WIDE.replace("5,4,", "Täysin samaa mieltä,9,").replace("4,EOS", "Eri mieltä,2")
    rows = dataset(tmp_path, text, "ratings_360", **MAPPED, missing={"score": 9}, reverse=["Luottaa"]).tables[
        "ratings_360"
    ]
    assert rows["score"].fillna(-1).tolist() == [5, -1, 2, 4]


def test_wide_repeats_are_told_once(tmp_path: Path) -> None:
    """An evaluation that comes twice is one problem, not one an item."""
    (problem,) = problems(tmp_path, WIDE + "S1,P1,kollega,3,3,\n", "ratings_360", **MAPPED)
    assert (problem.kind, problem.row, problem.value) == ("duplicate_key", 4, "S1, P1, kollega")


def test_reversed_item_of_a_long_file(tmp_path: Path) -> None:
    """An item of a long file is reversed by its text, on the engagement's own scale."""
    text = "reviewee_id,rater_id,rater_group,item,score\nA,1,itse,Kuuntelee,7\nA,1,itse,Keskeyttää,7\n"
    source = {"file": put(tmp_path, "a.csv", text), "reverse": ["Keskeyttää"]}
    found = check(engagement(tmp_path, {"ratings_360": source}, review_360={"scale": [1, 7]}))[1]
    assert found is not None
    assert found.tables["ratings_360"]["score"].tolist() == [7, 1]


@pytest.mark.parametrize(
    ("table", "source", "kind", "key", "message"),
    [
        (
            "survey",
            {"wide": {"items": ["nps"]}},
            "wide_table",
            "sources.survey.wide",
            "`wide` is for ratings_360; a row of survey is not several ratings.",
        ),
        (
            "ratings_360",
            {**MAPPED, "constants": {"item": "x"}},
            "wide_and_column",
            "sources.ratings_360.constants.item",
            "`item` is given here and by `wide`.",
        ),
    ],
)
def test_wide_where_it_cannot_be(
    tmp_path: Path, table: str, source: dict[str, Any], kind: str, key: str, message: str
) -> None:
    """`wide` belongs to 360 ratings, and says alone what item, score and competency are."""
    found = problems(tmp_path, WIDE, table, **source)
    first = next(problem for problem in found if problem.kind == kind)
    assert (place(first), first.message) == (("engagement.yaml", None, key, None), message)


def test_wide_in_another_table_is_told_once(tmp_path: Path) -> None:
    """`wide` in a survey is one problem, even where its columns are there."""
    (problem,) = problems(tmp_path, "nps\n9\n", constants=CUSTOMERS, wide={"items": {"trust": "nps"}})
    assert (problem.kind, problem.expected) == ("wide_table", "`wide` under `sources.ratings_360` only")


def test_wide_heading_with_another_scale(tmp_path: Path) -> None:
    """An item whose heading says another scale than the engagement's is refused, with the setting to change."""
    text = WIDE.replace("Luottaa", "Luottaa 1–4")
    source = {**MAPPED, "wide": {"items": ["Luottaa 1–4"]}}
    (problem,) = problems(tmp_path, text, "ratings_360", **source)
    assert (problem.kind, place(problem)) == ("other_scale", ("data.csv", None, "Luottaa 1–4", "1–4"))
    assert "`review_360: {scale: [1, 4]}`" in problem.advice


def test_wide_item_without_a_column(tmp_path: Path) -> None:
    """An item whose column is not there is a missing column."""
    source = {**MAPPED, "wide": {"items": ["Kuuntelee", "Luotta"]}}
    (problem,) = problems(tmp_path, WIDE, "ratings_360", **source)
    assert (problem.kind, problem.column, problem.advice) == ("missing_column", "Luotta", 'Did you mean "Luottaa"?')


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ({"trust": ["a"], "value": ["a"]}, "these stand in several: a"),
        ([], "Name at least one item's column"),
    ],
)
def test_wide_settings(items: Any, message: str) -> None:
    """An item has one place in `wide`, and there is at least one."""
    source = {"file": "a.csv", "wide": {"items": items}}
    with pytest.raises(ValueError, match=message):
        EngagementSettings.model_validate({"client": "x", "sources": {"ratings_360": source}})
