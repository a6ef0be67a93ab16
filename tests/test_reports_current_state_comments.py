"""The current state's section on people's own words: exact shares, groups apart, nobody known by it, odd clients."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo
from engagements import Figures, make_engagement, text_of

from kohtaamo_utils.codebook.lemmas import Lemmas
from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.proportions import wilson
from kohtaamo_utils.reports import current_state
from kohtaamo_utils.reports.current_state.words import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WAITING = "Jouduin odottamaan vastausta aivan liian kauan, numero"
FRIENDLY = "Ystävällinen ja kohtelias palvelu jäi mieleen, numero"
WORDS = ("yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen")
Row = dict[str, object]


def wrote(text: str, count: int, **same: object) -> list[Row]:
    """Return customers' rows, each with the text and a number in words."""
    numbers = (f"{WORDS[place // 10]} {WORDS[place % 10]}" for place in range(count))
    return [{"respondent_group": "customer", "nps": 9, "comment": f"{text} {number}.", **same} for number in numbers]


def section(folder: Path, rows: Sequence[Row], language: str = "en", **more: Any) -> Any:
    tables = {"survey": rows, **more.pop("tables", {})}
    made = make_engagement(folder, more, tables)
    return current_state.open_report(str(made), language).comments()


def figures(section: Any) -> dict[tuple[str, frozenset[tuple[str, Any]]], Any]:
    return {(figure.name, frozenset(figure.scope.items())): figure.estimate for figure in section.figures}


def of(section: Any, name: str, **scope: str) -> Any:
    return figures(section).get((name, frozenset(scope.items())))


@pytest.fixture(autouse=True)
def _shared_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests share one dictionary: loading it takes seconds."""
    monkeypatch.setattr(Lemmas, "forget", lambda _self: None)
    monkeypatch.setattr(Lemmas, "_looked_up", _SHARED)


def _looked_up() -> Any:
    shared, original = Lemmas(), Lemmas._looked_up

    def look_up(_self: Lemmas, word: str, tongue: str) -> str:
        if (tongue, word) not in shared._found:
            shared._found[tongue, word] = original(shared, word, tongue)
        return shared._found[tongue, word]

    return look_up


_SHARED = _looked_up()


def test_share_is_of_the_comments_that_say_something(tmp_path: Path) -> None:
    """8 of 20 real comments speak of waiting; dashes and "ei" are no comments; the interval is Wilson's."""
    empty: list[Row] = [
        {"respondent_group": "customer", "nps": 5, "comment": text} for text in ("-", "ei", ".", "", "Ei mitään")
    ]
    made = section(tmp_path, [*wrote(WAITING, 8), *wrote(FRIENDLY, 12), *empty])
    share = of(made, "theme_share", respondent_group="customer", theme="waiting")
    assert (share.value, share.n) == (0.4, 20)
    assert (share.low, share.high) == pytest.approx(wilson(8, 20))
    assert of(made, "theme_bad_share", respondent_group="customer", theme="waiting").value == 0.4
    assert of(made, "theme_good_share", respondent_group="customer", theme="staff").value == 0.6


def test_a_theme_of_few_is_hidden_not_zero(tmp_path: Path) -> None:
    """A theme that four speak of is hidden like one that nobody does; so is one that all but four do."""
    made = section(tmp_path, [*wrote(WAITING, 4), *wrote(FRIENDLY, 20)])
    assert of(made, "theme_share", respondent_group="customer", theme="waiting") is None
    assert of(made, "theme_share", respondent_group="customer", theme="staff") is None
    hidden = {hidden.scope.get("theme"): hidden.reason for hidden in made.hidden if hidden.name == "theme_share"}
    assert hidden["waiting"] == hidden["price"] == hidden["staff"]


def test_groups_are_never_put_together(tmp_path: Path) -> None:
    """Each group has a share of its own, and one of too few comments has none."""
    staff = [{**row, "respondent_group": "employee", "nps": "", "enps": 5} for row in wrote(WAITING, 6)]
    few = [{**row, "respondent_group": "supervisor", "nps": "", "enps": 5} for row in wrote(WAITING, 4)]
    made = section(tmp_path, [*wrote(FRIENDLY, 10), *staff, *few])
    assert of(made, "theme_share", respondent_group="customer", theme="staff").n == 10
    assert of(made, "theme_share", respondent_group="employee", theme="waiting").n == 6
    assert not [figure for figure in made.figures if figure.scope.get("respondent_group") == "supervisor"]
    assert all("respondent_group" in figure.scope for figure in made.figures if figure.name == "theme_share")
    assert any(
        hidden.scope == {"respondent_group": "supervisor"} for hidden in made.hidden if hidden.name == "theme_share"
    )
    assert "Jouduin odottamaan" not in text_of(made)


def test_a_coders_theme_stands_over_the_rule(tmp_path: Path) -> None:
    """A theme in the column counts in place of the rule's, by any of its names, several parted by a semicolon."""
    coded = [{**row, "theme": "Hinta; oma aihe"} for row in wrote(WAITING, 6)]
    made = section(tmp_path, [*coded, *wrote(FRIENDLY, 6)])
    for theme in ("price", "oma aihe"):
        assert of(made, "theme_share", respondent_group="customer", theme=theme).value == 0.5
    assert of(made, "theme_share", respondent_group="customer", theme="waiting") is None


def test_measures_of_those_who_write_of_a_theme(tmp_path: Path) -> None:
    """NPS of 30 who waited is all detractors, of the 30 others all promoters; the text says weaker and better."""
    made = section(tmp_path, [*wrote(WAITING, 30, nps=2), *wrote(FRIENDLY, 30, nps=10)])
    assert of(made, "theme_nps", respondent_group="customer", theme="waiting").value == -100
    text = text_of(made)
    assert "Waiting and response time: weaker than the others: NPS." in text
    assert "Friendliness and treatment: better than the others: NPS." in text


def test_no_difference_is_said_so(tmp_path: Path) -> None:
    """Where themes do not go with the measure the text says that nothing differs beyond chance."""
    rows = [
        {**row, "nps": place % 11}
        for part in (wrote(WAITING, 22), wrote(FRIENDLY, 22))
        for place, row in enumerate(part)
    ]
    text = text_of(section(tmp_path, rows))
    assert "Those who write of a theme do not rate differently from the others beyond chance." in text
    assert "weaker than" not in text


def test_themes_are_shown_only_where_no_few_are_given_away(tmp_path: Path) -> None:
    """Of 30 commenters all but a shop's three speak of waiting: neither the theme nor its measure tells of the three."""
    rows = [*wrote(WAITING, 27, unit="Turku"), *wrote(FRIENDLY, 3, unit="Oulu")]
    made = section(tmp_path, rows)
    assert not [figure for figure in made.figures if figure.scope.get("theme") in ("waiting", "staff")]


def test_weighted_shares(tmp_path: Path) -> None:
    """Where the file has weights the share is weighted: 6 of weight 3 among 6 of weight 1 are three quarters."""
    made = section(tmp_path, [*wrote(WAITING, 6, weight=3), *wrote(FRIENDLY, 6, weight=1)])
    assert of(made, "theme_share", respondent_group="customer", theme="waiting").value == pytest.approx(0.75)


def test_quotations_bear_their_language(tmp_path: Path) -> None:
    """A quotation is marked with the language that it is told to be in, and stands in the page as it was written."""
    made = section(
        tmp_path, [*wrote("Vastausta sai odottaa ihan liian kauan ja se oli ikävää, numero", 8), *wrote(FRIENDLY, 8)]
    )
    html = made._repr_mimebundle_()["text/html"]
    assert '<blockquote lang="fi"><p dir="auto">“Vastausta sai odottaa' in html


def test_the_pages_quotations_do_not_depend_on_order_or_date(tmp_path: Path) -> None:
    """The same comments in another order and on other days give the same section."""
    rows = [*wrote(WAITING, 12), *wrote(FRIENDLY, 12)]
    one = section(tmp_path / "a", [{**row, "answered_on": "2025-01-02"} for row in rows])
    two = section(tmp_path / "b", [{**row, "answered_on": "2025-06-03"} for row in rows[::-1]])
    assert text_of(one) == text_of(two)


def test_nobody_of_a_small_segment_is_quoted(tmp_path: Path) -> None:
    """Those whose segment is hidden are not quoted, though their comments count."""
    small = [{**row, "segment": "VIP"} for row in wrote("VIP-tiskillä odottaminen kesti kauan, numero", 4)]
    rows = [*small, *wrote(WAITING, 20, segment="muut"), *wrote(FRIENDLY, 20, segment="muut")]
    made = section(tmp_path, rows)
    assert of(made, "theme_share", respondent_group="customer", theme="waiting").value == pytest.approx(24 / 44)
    assert "VIP" not in text_of(made)
    assert "Jouduin odottamaan" in text_of(made)


def test_a_higher_threshold_is_kept(tmp_path: Path) -> None:
    """With `minimum_comments: 12` eleven comments of a tone are not quoted."""
    rows = [*wrote(WAITING, 11), *wrote(FRIENDLY, 12)]
    made = text_of(section(tmp_path, rows, disclosure={"minimum_comments": 12}))
    assert "Jouduin odottamaan" not in made
    assert "Ystävällinen ja kohtelias" in made


@pytest.mark.parametrize("comments", [[], ["-"] * 8, ["ei", ".", "?", "n/a", "Ei kommentoitavaa"]])
def test_without_comments_there_is_no_section_and_no_dictionary(
    tmp_path: Path, comments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody says anything the section is left out, and no dictionary is loaded for it."""

    def refused(*_: object) -> str:
        raise AssertionError("a dictionary was loaded")

    monkeypatch.setattr(Lemmas, "_looked_up", refused)
    rows: list[Row] = [{"respondent_group": "customer", "nps": 8} for _ in range(8)]
    rows += [{"respondent_group": "customer", "nps": 8, "comment": text} for text in comments]
    made = section(tmp_path, rows)
    assert made.blocks == ()
    assert made.figures == ()


def test_one_comment_says_that_too_few_wrote(tmp_path: Path) -> None:
    """A single comment is not told, and the page says why."""
    made = section(tmp_path, [*wrote(WAITING, 1), *[{"respondent_group": "customer", "nps": 8}] * 9])
    assert "Fewer than 5 customers have written a comment, so nothing of what they wrote is told." in text_of(made)
    assert "odottamaan" not in text_of(made)
    assert made.figures == ()


def test_comments_of_no_theme_and_other_languages(tmp_path: Path) -> None:
    """Comments in a language that is not read, or very long ones, give a readable section."""
    texts = [f"Очень хорошо {word}" for word in WORDS[:6]] + ["sana " * 20_000]
    made = section(tmp_path, [{"respondent_group": "customer", "nps": 8, "comment": text} for text in texts])
    assert "7 customers have written a comment. No theme is told by as many as may be shown." in text_of(made)


def test_remarks_and_agreement(tmp_path: Path) -> None:
    """12 remarks that coder and rule read alike give kappa 1; a kind of few is left out of the table."""
    remarks = [
        {"text": row["comment"], "theme": theme, "kind": kind}
        for text, theme, kind in ((WAITING, "odottaminen", "haastattelu"), (FRIENDLY, "ystävällisyys", "havainnointi"))
        for row in wrote(text, 6)
    ]
    made = section(tmp_path, wrote(FRIENDLY, 10), tables={"observations": remarks})
    assert of(made, "observation_theme_share", theme="waiting").value == 0.5
    assert (of(made, "coding_kappa").value, of(made, "coding_kappa").n) == (1.0, 12)
    assert (of(made, "coding_alpha").value, of(made, "coding_recall").value) == (1.0, 1.0)
    assert "Coder and rule were compared on 12 texts: Cohen's kappa 1.00" in text_of(made)
    assert "Jouduin" not in text_of(made)


def test_own_codebook_is_used_and_its_faults_are_told(tmp_path: Path) -> None:
    """A client's own theme is in the report under its own name; a misspelt key stops the reading with its line."""
    folder = make_engagement(tmp_path, {}, {"survey": [*wrote("Lumilinko rikkoutui, numero", 6), *wrote(FRIENDLY, 6)]})
    own = "themes:\n- id: snow\n  name: {fi: Lumityöt, sv: Snöarbete, en: Snow work}\n  about: {fi: [lumilinko]}\n"
    (folder / "codebook.yaml").write_text(own, encoding="utf-8")
    report = current_state.open_report(str(folder), "en")
    assert of(report.comments(), "theme_share", respondent_group="customer", theme="snow").value == 0.5
    assert "Snow work" in text_of(report.comments())
    assert "codebook.yaml" in {item["file"] for item in report.provenance["inputs"]}
    (folder / "codebook.yaml").write_text(own.replace("about", "abuot"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        current_state.open_report(str(folder), "en")
    [problem] = caught.value.problems
    assert (problem.file, problem.row, problem.advice) == ("codebook.yaml", 4, "Did you mean `about`?")


LEAKS = {
    "e-mail": ("Odotin vastausta kauan, osoitteeni on matti.meikalainen@example.com eikä mitään kuulunut.", "meikalainen@"),
    "phone": ("Odotin vastausta kauan, soittakaa numeroon 040 765 4321 ja pian sittenkin.", "765 4321"),
    "identity code": ("Odotin vastausta kauan, tunnukseni on 131052-308T ja olen vihainen.", "131052-308T"),
    "reviewee": ("odotin vastausta kauan, koska ketosalmisen aulikilla oli kiire koko ajan.", "ketosalmi"),
    "rater's id": ("odotin vastausta kauan, koska tunnus qz-4711 ei vastannut minulle ollenkaan.", "qz-4711"),
    "somebody": ("Odotin vastausta kauan, mutta sitten Rauno-setä tuli apuun ja kaikki hoitui.", "Rauno"),
    "unit": ("Odotin vastausta kauan, kun kävin torstaina varkaudessa huollossa.", "varkaudessa"),
}  # fmt: skip


def leaking(folder: Path) -> Path:
    """Write an engagement whose comments on waiting tell of people, some of them so that they would be chosen often."""
    leaks = [
        {"respondent_group": "customer", "nps": 3, "comment": f"{text[:-1]} {word}.", "unit": "Varkaus"}
        for text, _ in LEAKS.values()
        for word in WORDS
    ]
    rows = [*leaks, *wrote(WAITING, 12, unit="Varkaus"), *wrote(FRIENDLY, 30, unit="Turku")]
    ratings = [
        {"reviewee_id": "r1", "reviewee_name": "Aulikki Ketosalminen", "rater_id": "qz-4711", "rater_group": "peer", "item": "listening_1", "score": 4},
    ]  # fmt: skip
    return make_engagement(folder, {}, {"survey": rows, "ratings_360": ratings})


def leaks_in(text: str) -> list[str]:
    return [name for name, (_, secret) in LEAKS.items() if secret.casefold() in text.casefold()]


def test_nobody_is_told_of_in_section_or_figures(tmp_path: Path) -> None:
    """Contact details, codes, names and units in comments reach neither page nor figures."""
    report = current_state.open_report(str(leaking(tmp_path / "own")), "en")
    shown = json.dumps(report.comments()._repr_mimebundle_(), ensure_ascii=False)
    assert "Jouduin odottamaan" in shown  # something is quoted
    assert leaks_in(shown) == []
    assert leaks_in(json.dumps(report.results()._repr_mimebundle_(), ensure_ascii=False)) == []


def test_a_planted_leak_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the protection of quotations switched off the same look finds what leaks, so it can fail."""
    monkeypatch.setattr(quoted, "_allowed", lambda *_: lambda _text: True)
    report = current_state.open_report(str(leaking(tmp_path / "own")), "en")
    assert leaks_in(json.dumps(report.comments()._repr_mimebundle_(), ensure_ascii=False)) != []


def test_without_readable_names_nothing_is_quoted(tmp_path: Path) -> None:
    """Where the 360 review's files cannot be read, nobody knows which names to look for: the page quotes nobody."""
    folder = leaking(tmp_path / "own")
    (folder / "data" / "ratings_360.csv").unlink()
    text = text_of(current_state.open_report(str(folder), "en").comments())
    assert "Jouduin odottamaan" not in text
    assert "No comment is quoted" in text


@pytest.mark.slow
def test_nobody_is_told_of_in_what_is_delivered(tmp_path: Path) -> None:
    """The delivered page, its figures and the executed notebook hold none of it either."""
    folder = leaking(tmp_path / "own")
    done = kohtaamo("run", folder, "--report", "current_state", "--jobs", "1", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [file for file in (folder / "reports").rglob("*") if file.suffix in {".html", ".json", ".ipynb"}]
    assert {file.suffix for file in files} == {".html", ".json", ".ipynb"}
    assert {file.name: found for file in files if (found := leaks_in(file.read_text(encoding="utf-8")))} == {}


RIVAL = "odotin vastausta kauan, toisin kuin kilpailija naapurissa, jossa sujuu, numero"
NEIGHBOURS = ("Asiakas Oy", "Vastaus Oy", "Kilpailija Naapuri Oy")


def beside(folder: Path, client: str) -> None:
    """Put another client's folder beside one."""
    make_engagement(
        folder.parent / client.casefold().replace(" ", "-"), {"client": client}, {"survey": wrote(WAITING, 1)}
    )


@pytest.mark.parametrize("client", NEIGHBOURS)
def test_who_else_is_a_client_changes_no_report(client: str, tmp_path: Path) -> None:
    """A section is the same to the letter with another client's folder beside it, also where comments hold that client's name."""
    rows = [*wrote(RIVAL, 12), *wrote("Asiakaspalvelija oli ystävällinen ja kohtelias, numero", 12)]
    alone = json.dumps(section(tmp_path / "own", rows)._repr_mimebundle_())
    assert "asiakaspalvelija" in alone.casefold()
    assert "kilpailija naapurissa" in alone
    beside(tmp_path / "own", client)
    assert json.dumps(section(tmp_path / "own", rows)._repr_mimebundle_()) == alone


@pytest.mark.slow
def test_another_clients_name_in_a_comment_is_never_delivered(tmp_path: Path) -> None:
    """A page that quotes the name is refused and the terminal says what to do; with the words left out it is made of other comments."""
    rows = [*wrote(RIVAL, 12), *wrote(WAITING, 12), *wrote(FRIENDLY, 12)]
    folder = make_engagement(tmp_path / "own", {}, {"survey": rows})
    beside(folder, "Kilpailija Naapuri Oy")
    refused = kohtaamo("run", folder, "--report", "current_state", "--jobs", "1", folder=tmp_path)
    assert refused.returncode == 1
    assert "holds the name of another client" in refused.stderr
    assert 'It is "kilpailija naapurissa", here: "' in refused.stderr
    assert "`redact: [Kilpailija Naapuri]`" in refused.stderr
    assert not (folder / "reports/current_state/management.en.html").exists()
    for kept in ("index.html", "internal/last_run.json"):
        text = (folder / "reports" / kept).read_text(encoding="utf-8")
        assert "the name of another client" in text
        assert "naapuri" not in text.casefold()
    settings = json.loads((folder / "engagement.yaml").read_text(encoding="utf-8"))
    make_engagement(folder, {**settings, "review_360": {"redact": ["Kilpailija Naapuri"]}}, {"survey": rows})
    done = kohtaamo("run", folder, "--report", "current_state", "--jobs", "1", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (folder / "reports/current_state/management.en.html").read_text(encoding="utf-8")
    assert "Jouduin odottamaan" in page
    assert "naapuri" not in page.casefold()


def test_sample_tells_of_explaining_again(project: Path) -> None:
    """The sample client's customers who had to explain again rate weaker than the others, as its README hides it."""
    made = Figures(current_state.open_report(str(project / "data" / "sample"), "en"), "current_state")
    assert made("theme_nps", respondent_group="customer", theme="repeating").value < 0
    assert "Having to explain again: weaker than the others: NPS, CSAT, Being met." in made.text
