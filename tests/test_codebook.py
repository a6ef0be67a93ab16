"""The codebook: what a client's own may say, and which themes and tones are read from comments."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from messages import untold

from kohtaamo_utils.codebook import Coder, Mention, codebook_of, problems_with_codebook
from kohtaamo_utils.codebook.lemmas import Lemmas
from kohtaamo_utils.codebook.reading import bundled_codebook
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports.current_state.words.method import MEASURED

SETTINGS = "client: Testi Oy\nlanguage: fi\nsources: {observations: {file: a.csv, columns: {text: t}}}\n"
LABELLED = Path(__file__).with_name("labelled_comments.tsv")
THEME = "themes:\n- id: parking\n  name: {fi: Pysäköinti, sv: Parkering, en: Parking}\n  about: {fi: [parkki*]}\n"
NEGATIVE = {
    "Ei tarvinnut odottaa.": ("waiting", "good"),
    "Odotin kauan.": ("waiting", "bad"),
    "Jonoja ei ollut lainkaan.": ("waiting", "good"),
    "Pääsin jonottamatta sisään.": ("waiting", "good"),
    "Minua ei kuunneltu.": ("listening", "bad"),
    "Palvelu ei ollut ystävällistä.": ("staff", "bad"),
    "Puhelimeen vastattiin eikä tarvinnut jonottaa.": ("waiting", "good"),
    "Myyjällä ei ollut hajuakaan asiasta.": ("expertise", "bad"),
    "Jag behövde inte vänta.": ("waiting", "good"),
    "Ingen lyssnade på mig och det var tråkigt.": ("listening", "bad"),
    "I did not have to wait at all.": ("waiting", "good"),
    "They were never rude to me.": ("staff", "good"),
}


@cache
def lemmas() -> Lemmas:
    return Lemmas()


def mentions(text: str) -> dict[str, str]:
    [read] = Coder(bundled_codebook(), lemmas())([text])
    return dict(read.mentions)


def engagement_with(folder: Path, codebook: str | None) -> Path:
    folder.joinpath("engagement.yaml").write_text(SETTINGS, encoding="utf-8")
    if codebook is not None:
        folder.joinpath("codebook.yaml").write_text(codebook, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("text", "expected"), NEGATIVE.items())
def test_denial_turns_the_tone(text: str, expected: tuple[str, str]) -> None:
    """A denial before, behind or in a word turns its tone, in each language."""
    theme, tone = expected
    assert mentions(text).get(theme) == tone


@pytest.mark.parametrize("text", ["Kassajonossa seisottiin.", "Puhelinjonossa meni ikä.", "Ruuhkajono oli pitkä."])
def test_compounds_are_found_by_their_last_part(text: str) -> None:
    """A theme's word is found as the end of a compound that no dictionary holds."""
    assert mentions(text)["waiting"] == "bad"


def test_an_exclusion_takes_its_words_only() -> None:
    """Looking forward is no waiting; another word of the theme in the same comment still counts."""
    assert "waiting" not in mentions("Odotan innolla seuraavaa käyntiä.")
    assert "waiting" in mentions("Odotan innolla seuraavaa käyntiä, mutta palvelu oli hidasta.")


def test_several_themes_each_with_its_tone() -> None:
    """A comment speaks of several themes, and a new thought has a tone of its own."""
    assert mentions("Palvelu oli ystävällistä, mutta hinta on liian kallis.") == {"staff": "good", "price": "bad"}


def test_both_tones_of_a_theme_are_neither() -> None:
    """Who is content and not content with the same thing is neither."""
    assert mentions("Sain vastauksen heti. Toimitusta odotin kauan.")["waiting"] == "open"


def test_the_case_of_the_method_is_found() -> None:
    """Having to explain a matter to several people is a theme of its own, in three languages."""
    for text in (
        "Jouduin selittämään saman asian kolmelle eri ihmiselle.",
        "Jag fick förklara samma sak för tre personer.",
        "I had to explain my issue to four different people.",
    ):
        assert mentions(text).get("repeating") == "bad", text


def test_language_is_told_by_common_words() -> None:
    """A comment's language is told by its common words; where they tell none, it has none."""
    coder = Coder(bundled_codebook(), lemmas())
    reads = coder(["Minulle se oli hyvä.", "Det var inte bra.", "It was not for me.", "Ok!"])
    assert [read.tongue for read in reads] == ["fi", "sv", "en", None]


def test_each_distinct_word_is_looked_up_once() -> None:
    """Dictionary forms are asked for once a word and language, in small letters, however many comments hold it."""
    asked: list[tuple[str, str]] = []

    def forms(words: object, tongue: str) -> dict[str, str]:
        distinct = [str(word) for word in words]  # type: ignore[attr-defined]
        asked.extend((tongue, word) for word in distinct)
        return {word: word for word in distinct}

    Coder(bundled_codebook(), forms)(["Jono ja JONO", "jono ja jono", "Jono ja JONO"] * 50)
    assert sorted(asked) == [("fi", "ja"), ("fi", "jono")]


def test_only_the_beginning_of_a_very_long_comment_is_read() -> None:
    """What stands beyond 4,000 characters is not read."""
    assert mentions("Sanoja on paljon. " * 300 + "Jonotin kauan.") == {}


def test_themes_are_in_the_codebooks_order() -> None:
    """The order of words does not change the order of themes."""
    [read] = Coder(bundled_codebook(), lemmas())(["Kallis hinta ja pitkä jono."])
    assert read.mentions == (Mention("waiting", "bad"), Mention("price", "bad"))


def test_measured_precision_and_recall_are_what_the_report_says() -> None:
    """On the labelled sample the kit's codebook does exactly what the report's fold on method states, rounded."""
    rows = [line.split("\t") for line in LABELLED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    reads = Coder(bundled_codebook(), lemmas())([text for _, _, text in rows])
    right = found = there = 0
    for (_, labels, _), read in zip(rows, reads, strict=True):
        truth = {label[:-1] for label in labels.split() if label != "-"}
        got = {mention.theme for mention in read.mentions}
        right, found, there = right + len(truth & got), found + len(got), there + len(truth)
    assert (len(rows), round(right / found, 2), round(right / there, 2)) == MEASURED


def test_labels_of_the_sample_are_themes() -> None:
    """The labelled sample names no theme that the codebook lacks, so that none counts as missed by a slip."""
    known = {theme.id for theme in bundled_codebook().themes}
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    labels = {label[:-1] for line in lines if not line.startswith("#") for label in line.split("\t")[1].split()}
    assert labels - {""} == known


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("measure", ["Being met", "Active listening"])
def test_a_theme_bears_no_measures_name(measure: str, language: str) -> None:
    """Themes and measures stand in one table, so a theme of comments is not called as a measure of answers is."""
    names = {theme.name.in_language(language) for theme in bundled_codebook().themes}
    assert Wording(language)(measure) not in names


def test_without_a_file_the_kits_codebook_is_used(tmp_path: Path) -> None:
    """An engagement without codebook.yaml has the kit's, and an empty file changes nothing."""
    assert codebook_of(load(engagement_with(tmp_path, None))) == bundled_codebook()
    assert codebook_of(load(engagement_with(tmp_path, "# nothing\n"))) == bundled_codebook()


def test_own_themes_are_added_and_replaced(tmp_path: Path) -> None:
    """A theme of one's own comes last, one with the kit's id takes its place, and one may be left out."""
    own = (
        THEME
        + "- id: price\n  name: {fi: Hinnoittelu, sv: Prissättning, en: Pricing}\n  bad: {fi: [ryöstö]}\nleave_out: [space]\n"
    )
    found = codebook_of(load(engagement_with(tmp_path, own)))
    ids = [theme.id for theme in found.themes]
    assert ids[-1] == "parking"
    assert "space" not in ids
    assert len(ids) == len(bundled_codebook().themes)
    read = Coder(found, lemmas())(["Hinta on ryöstö ja parkkipaikka puuttuu."])[0]
    assert dict(read.mentions) == {"price": "bad", "parking": "bad"}


def test_own_themes_alone(tmp_path: Path) -> None:
    """With ``base: none`` only the client's themes are there; the words for denial and tone stay the kit's."""
    found = codebook_of(load(engagement_with(tmp_path, "base: none\n" + THEME)))
    assert [theme.id for theme in found.themes] == ["parking"]
    assert found.negations == bundled_codebook().negations


@pytest.mark.parametrize(
    ("codebook", "row", "message"),
    [
        (THEME.replace("about", "abuot"), 4, "The key `abuot` under `themes` is not known. | Did you mean `about`?"),
        ("thmes: []\n", 1, "The key `thmes` is not known. | Did you mean `themes`?"),
        (THEME.replace("parkki*", "park*ki"), 4, "“park*ki” is no word or phrase."),
        (THEME.replace("parkki*", "parkki .."), 4, "“parkki ..” is no word or phrase."),
        (THEME.replace("{fi: [parkki*]}", "{}"), 2, "The theme “parking” has no words."),
        (THEME.replace(", sv: Parkering", ""), 3, "The key `themes.0.name.sv` is missing."),
        (
            THEME.replace("Pysäköinti", "Hinta"),
            None,
            "Each theme has names of its own, but these stand for several: hinta.",
        ),
        ("leave_out: [prize]\n", None, "The kit's codebook has no theme with this id. | Did you mean `price`?"),
        ("base: none\n", None, "With `base: none` the file needs themes of its own."),
        ("themes: [\n", 2, "This is not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, codebook: str, row: int | None, message: str) -> None:
    """An own codebook that cannot be used says where and what to do, in each language."""
    engagement = load(engagement_with(tmp_path, codebook))
    [problem, *_] = problems_with_codebook(engagement)
    wanted, _, advice = message.partition(" | ")
    assert str(problem.message).startswith(wanted)
    assert advice in str(problem.advice)
    assert problem.file == "codebook.yaml"
    if row is not None:
        assert problem.row == row
    assert not [left for language in ("fi", "sv") if (left := untold(problem.message, language))]
    with pytest.raises(SettingsError, match=r"codebook\.yaml cannot be (used|read)"):
        codebook_of(engagement)


def test_a_coder_may_call_a_theme_by_any_of_its_names() -> None:
    """A cell holds one label or several, by id or name in any language; what is not known stays as it is."""
    labels = bundled_codebook().labels
    assert list(labels("Asian toistaminen; Asian selittäminen uudelleen; PRIS | vastuu  ja valta")) == [
        "repeating",
        "repeating",
        "price",
        "vastuu ja valta",
    ]
