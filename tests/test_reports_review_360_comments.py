"""What the 360 report says in the raters' own words, and a report without scores."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from engagements import make_engagement, plain, sections, text_of

from kohtaamo_utils.delivery.batch import Batch, run
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.roster import tasks
from kohtaamo_utils.delivery.seen import look
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError, SettingsError
from kohtaamo_utils.intake import check
from kohtaamo_utils.presentation.blocks import Quotes
from kohtaamo_utils.presentation.render import render
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports import review_360

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"a": "Aino Virtanen", "b": "Pekka Salo", "c": "Aino Lahti"}
HARMLESS = (
    "Kuuntelet hyvin.",
    "Pidät sen, minkä lupaat.",
    "Anna palautetta useammin.",
    "Ehdit aina.",
    "Asiantunteva ote.",
    "Jatka näin.",
)


def rating(
    reviewee: str, rater: str, group: str, comment: str = "", score: int | str = 4, **more: object
) -> dict[str, object]:
    return {
        "reviewee_id": reviewee, "reviewee_name": NAMES[reviewee], "rater_id": f"{rater}-{reviewee}", "rater_group": group,
        "item": "Kuuntelee", "competency": "listening", "score": score, "comment": comment, **more,
    }  # fmt: skip


def group(name: str, *comments: str, reviewee: str = "a") -> list[dict[str, object]]:
    """Return one rater a comment; an empty one is a rater who wrote nothing."""
    return [rating(reviewee, f"{name}{number}", name, comment) for number, comment in enumerate(comments)]


def review(
    folder: Path, rows: list[dict[str, object]], language: str = "en", **settings: object
) -> review_360.PersonReview:
    others = [rating(name, "k1", "peer") for name in NAMES if name != "a"]
    made = make_engagement(folder, {"review_360": settings}, {"ratings_360": [*rows, *others]})
    return review_360.open_person(str(made), "a", language)


def quotes_of(report: review_360.PersonReview) -> dict[str, tuple[str, ...]]:
    return {block.title: block.texts for block in report.comments().blocks if isinstance(block, Quotes)}


def test_quotes_stand_under_whose_they_are(tmp_path: Path) -> None:
    """The manager's and one's own words stand under theirs, a group of five commenters under its name."""
    rows = [*group("self", "Haluan oppia."), *group("manager", "Vahva vuosi."), *group("peer", *HARMLESS)]
    found = quotes_of(review(tmp_path, rows))
    assert list(found) == ["Manager", "Peers", "Your own words"]
    assert found["Manager"] == ("“Vahva vuosi.”",)
    assert set(found["Peers"]) == {f"“{text}”" for text in HARMLESS}


def test_groups_of_few_stand_together(tmp_path: Path) -> None:
    """Three peers and three reports stand under one heading without their groups."""
    report = review(tmp_path, [*group("peer", *HARMLESS[:3]), *group("report", *HARMLESS[3:])])
    assert {title: len(texts) for title, texts in quotes_of(report).items()} == {"Other raters, all together": 6}


@pytest.mark.parametrize("wrote", [1, 4])
def test_too_few_is_one_sentence(tmp_path: Path, wrote: int) -> None:
    """With too few commenters one sentence says why, the same for one and for four, and so does the JSON."""
    report = review(tmp_path, [*group("peer", *HARMLESS[:wrote], *[""] * (6 - wrote)), *group("self", "")])
    section = report.comments()
    assert text_of(section).strip() == (
        "Fewer than 5 peers, reports and customers have written a comment, so none of theirs is shown. That protects those who wrote."
    )
    assert [each.as_dict() for each in section.hidden] == [
        {"name": "comments", "scope": {"rater_group": "peer"}, "reason": "fewer than 5 commenters"}
    ]


def test_no_comment_in_the_programme_no_section(tmp_path: Path) -> None:
    """Where the programme asked for no comments, or nobody wrote one, there is no section and nothing hidden."""
    assert review(tmp_path, group("peer", *[""] * 6)).comments() == Section("comments", ())


def test_results_hold_no_words(tmp_path: Path) -> None:
    """The JSON has nothing of the comments that are shown, as they are no figures."""
    report = review(tmp_path, [*group("peer", *HARMLESS), *group("manager", "Vahva vuosi.")])
    assert len(quotes_of(report)) == 2
    recorded = json.dumps(report.results().as_dict(), ensure_ascii=False)
    assert [text for text in (*HARMLESS, "Vahva vuosi.") if text in recorded] == []
    assert "comments" not in recorded


def test_none_and_four_read_alike(tmp_path: Path) -> None:
    """Whether nobody wrote of this reviewee or four did, the section is the same."""
    others = group("peer", "Kirjoitin.", reviewee="b")
    nobody = review(tmp_path / "0", [*group("peer", *[""] * 6), *others]).comments()
    four = review(tmp_path / "4", [*group("peer", *HARMLESS[:4], "", ""), *others]).comments()
    assert (nobody.blocks, nobody.hidden) == (four.blocks, four.hidden)
    assert nobody.blocks


def test_the_settings_threshold_is_kept(tmp_path: Path) -> None:
    """`minimum_comments` is the threshold, in the rule and in what is said."""
    rows = [*group("peer", *HARMLESS), *(rating(name, "k1", "peer") for name in ("b", "c"))]
    made = make_engagement(tmp_path, {"disclosure": {"minimum_comments": 7}}, {"ratings_360": rows})
    report = review_360.open_person(str(made), "a", "en")
    assert "Fewer than 7 peers" in text_of(report.comments())


def test_one_s_own_report_speaks_of_the_last_wave(tmp_path: Path) -> None:
    """Comments of earlier waves are not in the report."""
    old = [row | {"wave": "2024", "comment": "Viime vuoden sana."} for row in group("peer", *HARMLESS)]
    new = [row | {"wave": "2025"} for row in group("peer", *HARMLESS)]
    texts = [text for its in quotes_of(review(tmp_path, [*old, *new])).values() for text in its]
    assert len(texts) == 6
    assert "Viime" not in " ".join(texts)


MARKS = {
    "fi": (
        "[nimi poistettu]",
        "[yhteystieto poistettu]",
        "[tunnus poistettu]",
        "[poistettu]",
        "[allekirjoitus poistettu]",
        "5 kohdasta",
    ),
    "sv": (
        "[namn borttaget]",
        "[kontaktuppgift borttagen]",
        "[nummer borttaget]",
        "[borttaget]",
        "[underskrift borttagen]",
        "5 ställen",
    ),
    "en": (
        "[name removed]",
        "[contact details removed]",
        "[number removed]",
        "[removed]",
        "[signature removed]",
        "5 places",
    ),
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_was_taken_out_is_told_in_the_reader_s_language(tmp_path: Path, language: str) -> None:
    """Names, contact details, numbers, wished words and signatures are replaced by words of the reader's language, and counted."""
    planted = (
        "Kuten Salon Pekalla.",
        "Katso @merja.taivas.",
        "Tunnus 010203A123B.",
        "Tampereella hyvin.",
        "Hienoa! T. Merja",
    )
    report = review(tmp_path, group("peer", *planted, "Aino osaa."), language, redact="Tampere")
    text = text_of(report.comments())
    assert [mark for mark in MARKS[language] if mark not in text] == []
    assert "Aino osaa." in text


def test_contact_details_taken_out_when_read_are_counted(tmp_path: Path) -> None:
    """What was taken out at the door, where its kind is no longer known, is told as well."""
    report = review(tmp_path, group("peer", "Soita 040 123 4567.", *HARMLESS[:4]))
    text = text_of(report.comments())
    assert "Soita [removed]." in text
    assert "taken out in 1 place;" in text


COLLEAGUES = {
    "Liisa Laine": "Liisa tässä, hyvin menee.",
    "Mika Mäki": "Olen samaa mieltä Liisan kanssa.",
    "Noora Niemi": "Nooran mielestä hyvä.",
    "Olli Ora": "Mäen Mika sen sanoi.",
    "Satu Suo": "S. Suo täällä, kiitos.",
}
"""Raters, and what they write of themselves and of each other."""


@pytest.mark.parametrize("known", ["name", "address", "column beside"])
def test_raters_are_not_named_in_comments(tmp_path: Path, known: str) -> None:
    """Where the files tell what raters are called, no comment names them: by the rater's name or address, or in a column that nothing reads."""
    address = "{}.{}@esimerkki.fi".format
    made = make_engagement(tmp_path, {}, {"ratings_360": group("peer", *COLLEAGUES.values())})
    file = next(tmp_path.rglob("ratings_360*.csv"))
    frame = pd.read_csv(file)
    if known == "column beside":
        frame["Nimi"] = list(COLLEAGUES)
    else:
        frame["rater_id"] = [name if known == "name" else address(*name.casefold().split()) for name in COLLEAGUES]
    frame.to_csv(file, index=False)
    (texts,) = quotes_of(review_360.open_person(str(made), "a", "en")).values()
    assert not re.search("Liisa|Mika|Mäen|Noora|Suo", " ".join(texts))
    assert [text.count("[name removed]") for text in texts] == [1] * len(COLLEAGUES)
    assert "“[name removed] tässä, hyvin menee.”" in texts


ATTACKS = (
    "<script>alert(1)</script>", "<svg/onload=alert(1)>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "</blockquote></main><!--",
    "[klikkaa](javascript:alert(1)) **lihava** # otsikko", "\u202egnirts \u2066käännetty", "None", "nan", "&lt;b&gt; &#60;script&#62;",
    "{{ 7 * 191 }} {name}", "Pekka Salo ja Aino Lahti sanoivat", "kysy AINO LAHDELTA, Aino\u00a0Lahti tietää", "Ai\u00adno Lah\u200bti auttoi",
)  # fmt: skip


def hostile() -> list[dict[str, object]]:
    return [*group("peer", *ATTACKS), *group("manager", *ATTACKS), rating("b", "k1", "peer"), rating("c", "k1", "peer")]


def assert_harmless(page: str) -> None:
    """Nothing that a rater wrote is markup, and nothing hidden or of others is left."""
    read = look(page)
    assert not {"script", "svg", "img", "a", "strong", "h1"} & {tag for tag, _ in read.tags}
    assert not any(name.startswith("on") for _, attributes in read.tags for name in attributes)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    assert "lahti" not in plain(page).casefold()
    assert "lahdelta" not in plain(page).casefold()
    assert not any(sign in page for sign in "\u202e\u2066\ue000\u200b\u00ad")


def test_hostile_comments_pass_the_gate(tmp_path: Path) -> None:
    """Whatever raters write is text, other reviewees' names are gone from it, and the gate lets it through."""
    made = make_engagement(tmp_path, {}, {"ratings_360": hostile()})
    section = review_360.open_person(str(made), "a", "en").comments()
    page = f"<!DOCTYPE html><html lang='en'><body>{render(section.blocks, section.id)}</body></html>"
    secrets = Secrets(made, ("Aino Lahti", "Pekka Salo"))
    assert_harmless(page)
    pass_or_refuse(page, secrets)
    with pytest.raises(DeliveryError, match="a name that belongs to another report"):
        pass_or_refuse(page.replace("[name removed]", "Pekka Salo"), secrets)


@pytest.mark.slow
def test_a_report_with_hostile_comments_is_delivered(tmp_path: Path) -> None:
    """The whole report of a reviewee about whom raters wrote markup, names and odd signs is made and delivered."""
    made = make_engagement(tmp_path, {}, {"ratings_360": hostile()})
    result = run(load(made), Batch(("review_360",), jobs=1), lambda _: None, lambda _: None)
    assert {(outcome.state, outcome.message) for outcome in result.outcomes} == {("made", "")}
    page = (made / "reports" / "review_360" / "a.en.html").read_text(encoding="utf-8")
    assert page.count("<blockquote>") > 2 * (len(ATTACKS) - 4)
    assert page.count("<script") == 0
    assert "lahti" not in plain(page).casefold()


def test_quotes_are_quotations(tmp_path: Path) -> None:
    """A quotation is a blockquote in a list under a heading; its lines are paragraphs; its direction is its own."""
    html = review(tmp_path, group("peer", "Hyvää:\n- kuuntelet", *HARMLESS)).comments()._repr_mimebundle_()["text/html"]
    assert "<h3>Peers</h3>" in html
    assert html.count("<li><blockquote>") == 7
    assert '<blockquote><p dir="auto">“Hyvää:</p><p dir="auto">- kuuntelet”</p></blockquote>' in html


def test_group_report_has_no_comments(project: Path) -> None:
    """Nobody's words are in the report of the group."""
    report = review_360.open_group(str(project / "data" / "sample"), "fi")
    text = " ".join(map(text_of, sections(report, "group").values()))
    with (project / "data" / "sample" / "data" / "arviot_360.csv").open(encoding="utf-8-sig") as stream:
        comments = {row["kommentti"] for row in csv.DictReader(stream, delimiter=";")} - {""}
    assert len(comments) > 20
    assert [comment for comment in comments if comment in text] == []


# -- in words only


def test_a_report_without_scores(tmp_path: Path) -> None:
    """Without scores the report says what it is, who answered and what they wrote, and no section speaks of numbers."""
    report = review(tmp_path, [*group("self", "Minä."), *group("peer", *HARMLESS)], scores=False)
    made = sections(report, "person")
    there = {name for name, section in made.items() if section.blocks}
    assert there == {"headline", "raters", "comments", "plan", "talk"}
    assert "This report has no scores." in text_of(made["headline"])
    assert {figure.name for figure in report.results().figures} == {"raters"}
    assert {"competency_mean", "item_mean", "gap"}.isdisjoint(each.name for each in report.results().hidden)


def test_scores_are_not_needed_without_scores(tmp_path: Path) -> None:
    """A file without scores is read in a review in words only, and refused in any other."""
    rows = [{name: cell for name, cell in row.items() if name != "score"} for row in group("peer", *HARMLESS)]
    made = make_engagement(tmp_path / "words", {"review_360": {"scores": False}}, {"ratings_360": rows})
    report = review_360.open_person(str(made), "a", "en")
    assert len(quotes_of(report)["Peers"]) == 6
    assert "Peers 6" in text_of(report.raters())
    scored = make_engagement(tmp_path / "scores", {}, {"ratings_360": rows})
    found, _ = check(load(scored))
    assert [(problem.kind, problem.column) for problem in found] == [("missing_column", "score")]


def test_there_is_no_group_report_without_scores(tmp_path: Path) -> None:
    """Who opens a group report in words only is told why there is none, in the report's language; it is not planned."""
    rows = [*group("peer", *HARMLESS), rating("b", "k1", "peer")]
    made = make_engagement(tmp_path, {"review_360": {"scores": False}}, {"ratings_360": rows})
    with pytest.raises(SettingsError, match="The group's 360 report is made of scores") as caught:
        review_360.open_group(str(made), "fi")
    assert str(caught.value.told).startswith("Ryhmän 360-raportti tehdään pisteistä")
    tables = {"ratings_360": pd.DataFrame({"reviewee_id": ["a", "b"]})}
    assert [task.stem for task in tasks(["review_360"], ["fi"], "management", tables, scores=False)] == [
        "review_360/a.fi", "review_360/b.fi",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_batch_makes_no_group_report_without_scores(tmp_path: Path) -> None:
    """The batch plans and makes the people's reports only, with not one mean in their JSON."""
    rows = [*group("peer", *HARMLESS), rating("b", "k1", "peer")]
    made = make_engagement(tmp_path, {"review_360": {"scores": False}}, {"ratings_360": rows})
    planned: list[int] = []
    result = run(load(made), Batch(("review_360",), jobs=1), planned.append, lambda _: None)
    assert [(outcome.task.stem, outcome.state) for outcome in result.outcomes] == [
        ("review_360/a.en", "made"), ("review_360/b.en", "made"),
    ]  # fmt: skip
    assert planned == [2]
    figures = json.loads((made / "reports" / "review_360" / "a.en.results.json").read_text(encoding="utf-8"))["figures"]
    assert {figure["name"] for figure in figures} == {"raters"}
