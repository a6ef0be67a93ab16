"""What is taken out of people's words, and what is not: a corpus in three languages, and the forms of a name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redaction_corpus import CLEAN, IDS, OWN, PEOPLE, PLANTED, WISHED

from kohtaamo_utils.intake.notes.personal_data import redacted
from kohtaamo_utils.redaction.forms import is_form
from kohtaamo_utils.redaction.names import is_ordinary
from kohtaamo_utils.redaction.patterns import SIGNS
from kohtaamo_utils.redaction.redact import LONGEST, Redacted, Redactor
from kohtaamo_utils.redaction.tidy import sameness, says_something, tidied

WORDS = dict.fromkeys(SIGNS, "#")
PLACE = re.compile(r"\{([^}]*)\}")


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(PEOPLE, own=OWN, ids=IDS, wished=WISHED)


def test_the_corpus_is_large():
    """At least sixty comments with something planted, and sixty without."""
    assert len(set(PLANTED)) >= 60
    assert len(set(CLEAN)) >= 60
    assert all(PLACE.search(text) for text in PLANTED)


@pytest.mark.parametrize("text", PLANTED)
def test_what_is_planted_goes_and_nothing_else(redactor, text):
    """Each planted identifier is one place; the words around it stay to the letter."""
    found = redactor(PLACE.sub(r"\1", text))
    wanted = " ".join(PLACE.sub("#", text).replace("\n#", " #").split(" "))
    assert found.told(WORDS) == wanted
    assert found.places == wanted.count("#")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kysy lisää numerosta 040-1234567", "Kysy lisää numerosta #"),
        ("Terveisin Ville\nHyvää, Kuopio", "#\nHyvää, Kuopio"),
        ("Terveisin Ville Ruska\nEsihenkilö, Kuopio", "#"),
        ("Kuuntelet.\n- Rauhallinen\nT. Ville Ruska", "Kuuntelet.\n- Rauhallinen #"),
        ("Hyvä.\nOlet aina paikalla, kun tarvitaan\nterveisin Ville 040-1234567", "Hyvä.\nOlet aina paikalla, kun tarvitaan #"),
        ("Hej!\nMvh Ville\nTack för allt du gör", "Hej!\n#\nTack för allt du gör"),
        ("Hyvä työ. t. Ville Ruska. PS kiitos avusta", "Hyvä työ. # PS kiitos avusta"),
        ("Hyvä työ.\nT. Ville Ruska\n\nps. kiitos\nVille Ruska", "Hyvä työ. #\nps. kiitos #"),
        ("Tack för hjälpen! Mvh Ville\nP.S. Ses i Lund", "Tack för hjälpen! #\nP.S. Ses i Lund"),
        ("Hyvä työ.\nPS: kiitos", "Hyvä työ.\nPS: kiitos"),
        ("Terveisin kuuntelet\nja autat", "Terveisin kuuntelet\nja autat"),
    ],
)  # fmt: skip
def test_what_a_signature_takes_along(text, left):
    """Only what can belong to a signature goes with it: sentences, entries of lists and comments that are little else stay."""
    assert Redactor([])(text).told(WORDS) == left


@pytest.mark.parametrize("text", CLEAN)
def test_clean_comments_are_not_harmed(redactor, text):
    """Ordinary words that look like names, numbers, dates and endings stay to the letter."""
    assert redactor(text) == Redacted(text)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_comments_are_not_harmed_by_an_empty_programme(text):
    """With nobody's name to look for nothing that is clean goes, whatever it looks like."""
    assert Redactor([])(text).places == 0


FORMS = {
    "Aino": "Ainon Ainolle Ainolta Ainoon Ainossa Ainona Ainoksi Ainotta Ainot Ainokin Ainohan Ainonkaan Ainos",
    "Pekka": "Pekan Pekalle Pekkaa Pekkaan Pekkana Pekankin Pekkako",
    "Matti": "Matin Mattia Mattiin Matille",
    "Seppo": "Sepon Seppoa Sepolta",
    "Satu": "Sadun Satua Sadulle",
    "Virtanen": "Virtasen Virtasta Virtaselle Virtaseen Virtaset Virtasten Virtasia Virtasille Virtasenkin",
    "Lahti": "Lahden Lahtea Lahteen Lahdelle Lahtena",
    "Mäki": "Mäen Mäkeä Mäelle Mäkeen Maki",
    "Kurki": "Kurjen Kurkea Kurjelle",
    "Saari": "Saaren Saarta Saarelle",
    "Niemi": "Niemen Niemeä Nientä Niemelle",
    "Aalto": "Aallon Aaltoa Aallolle",
    "Ranta": "Rannan Rantaa Rannalta",
    "Lampi": "Lammen Lampea Lammelle",
    "Renko": "Rengon Renkoa",
    "Kangas": "Kankaan Kangasta Kankaalle Kankaaseen",
    "Tuomas": "Tuomaksen Tuomaan Tuomasta",
    "Markus": "Markuksen Markukselta Markusta",
    "Johannes": "Johanneksen Johannekselle Johannesta",
    "Rinne": "Rinteen Rinnettä Rinteelle",
    "Tampere": "Tampereen Tamperetta Tampereella Tampereelta",
    "Mäkelä": "Mäkelän Mäkelää Mäkelälle Makelan",
    "Mia": "Mian Miaa Mialle",
    "Kim": "Kimin Kimiä Kimille Kims",
    "Lars": "Larsin Larsille Larsia",
    "Sjöberg": "Sjöbergs Sjöbergin Sjobergs",
}
"""Declensions of the types of Finnish nominals that names have (Iso suomen kielioppi, sections 41-100), and genitives in -s."""


@pytest.mark.parametrize("name", FORMS)
def test_forms_of_a_name(name):
    """Every case of a name is its form, in capitals too, with its consonants changed as Finnish changes them."""
    words = [name, *FORMS[name].split()]
    assert [word for word in words if not (is_form(word, name) and is_form(word.upper(), name))] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Aino", "ainoastaan ainut aina aine"), ("Pekka", "pekoni peka kuka"), ("Virtanen", "virta virtaus virtaviivainen"),
        ("Lahti", "lahtinen lahja lähde"), ("Mika", "mikä mikään mikäli mikin"), ("Aki", "aina ain"), ("Ali", "alta alla"),
        ("Kai", "kaikki kaikkea"), ("Mäki", "mäkelä mäkinen"), ("Markus", "markusson"), ("Kim", "kimppu"), ("Anna", "annettu antaa"),
    ],
)  # fmt: skip
def test_longer_and_other_words_are_no_forms(name, words):
    """A name is not found inside a longer word or in a word that only begins alike."""
    assert [word for word in words.split() if is_form(word, name) and not is_ordinary(word)] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Toivo auttoi.", "# auttoi."), ("Sanoi sen Toivolle.", "Sanoi sen #."), ("Toivon lisää aikaa.", "Toivon lisää aikaa."),
        ("siinä on toivoa", "siinä on toivoa"), ("toivo salo auttoi", "# auttoi"), ("Salon tiimi.", "# tiimi."), ("salossa", "salossa"),
    ],
)  # fmt: skip
def test_names_that_are_words(text, left):
    """A name that is an ordinary word goes where it is written as a name; small, or opening a sentence as a verb, it stays."""
    assert Redactor(["Toivo Salo"])(text).told(WORDS) == left


def test_one_word_names_and_ids_go_however_written():
    """A person known by one word only is found in small letters too: the gate would refuse the page."""
    redactor = Redactor(["Toivo"], ids=["kvirtanen", "a", "ei", "anna", "7"])
    assert redactor("siinä on toivo mukana, kysy kvirtaselta").told(WORDS) == "siinä on # mukana, kysy #"
    assert redactor("anna 7 minuuttia, ei a vaan b").places == 0, "a short id, or one that is a word, is not looked for"


def test_own_name_stays_and_a_namesake_s_whole_name_goes():
    """The reader's own name stays in his report; a namesake's whole name does not, nor the namesake's other name."""
    redactor = Redactor(["Aino Salonen", "Aino Virtanen", "Pekka Salonen"], own="Aino Salonen")
    assert redactor("Aino on reilu, Salosen tapaan.").places == 0
    assert redactor("Aino Virtanen ja Virtanen ja Pekka Salonen").told(WORDS) == "# ja # ja #"


def test_wished_words_go_in_every_form():
    """The consultant's words go however they are written, several words only together."""
    redactor = Redactor([], wished=["Lumi", "Vanha talo", "T-24"])
    assert redactor("lumen alla vanhan talon edessä, talossa t-24").told(WORDS) == "# alla # edessä, talossa #"
    assert redactor("lumi").text == SIGNS["other"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{0} {name} %s",
        "\\1 \\g<0>",
        "[nimi](javascript:x)",
        "",
        "**a** _b_ # c",
        "((((" * 200,
    ],
)
def test_odd_texts_come_through(text):
    """Markup, placeholders and patterns are text like any other."""
    assert Redactor(["Aino Salo"], wished=["a+("])(text) == Redacted(text)


PIECES = [
    *("Aino", "Virtanen", "ainon", "virtasen", "Toivo", "toivon", "Salo", "kiitos,", "040", "1234567", "a@b.fi", "a101", "\n"),
    *(".", "!", "?", "-", "/", "[", "]", "\u2026", " ", "\u200b", "\u202e", "\ue000", "\ufb01"),
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(texts | st.text(max_size=60))
def test_redacting_twice_changes_nothing(text):
    """What has been redacted holds nothing more to take out, and no sign that cannot be seen.

    Signatures apart: how long one may be is asked before names become shorter.
    """
    redactor = Redactor(["Aino Virtanen", "Toivo Salo"], ids=["a101"])
    once = redactor(text).told(dict.fromkeys(SIGNS, "[…]"))
    assert redactor(once).told(dict.fromkeys(SIGNS, "[…]")) == once
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]", once)
    assert redacted(once)[1] == {}


def test_signs_for_places_cannot_be_written():
    """A rater who writes the signs that stand for places gets them taken out, so no place is counted that is none."""
    assert Redactor([])("".join(SIGNS.values()) + "hyvä") == Redacted("hyvä")


def test_long_comments_are_cut_at_a_word():
    """A comment is kept whole to the limit; beyond it is cut at a word, after redaction, and says so."""
    whole = Redactor([])(("sana " * 800).strip())
    assert (len(whole.text), whole.shortened) == (3999, False)
    cut = Redactor(["Aino Virtanen"])("sana " * 799 + "Aino Virtanen ja")
    assert cut.shortened is False, "what is taken out does not count"
    cut = Redactor([])("sana " * 900)
    assert cut.shortened
    assert cut.text == ("sana " * 800).strip() + " \u2026"
    assert len(Redactor([])("a" * 9000).text) == LONGEST + 2


@pytest.mark.parametrize(
    "mark",
    ["-", "--", ".", "…", "?", "xxx", "n/a", "N.A.", "ei", "Ei kommentoitavaa.", "ei mitään lisättävää", "EOS", "en osaa sanoa", "nan", "None",
     "-inf", "∞", "Inga kommentarer", "vet ej", "nej tack", "No comment", "nothing to add!", "I don't know", "", "👍", "(ei ole)"],
)  # fmt: skip
def test_marks_for_nothing(mark):
    """A mark for no comment is none, in each language."""
    assert not says_something(tidied(mark))


@pytest.mark.parametrize(
    "text",
    ["Ei valittamista", "ei ole aikaa", "Ok", "Hyvä", "No problem", "Nothing but good", "5", "Inga problem", "x2"],
)
def test_short_comments_are_comments(text):
    """A short comment says something."""
    assert says_something(tidied(text))


def test_tidied_and_the_same():
    """Spaces are one kind, lines stay lines, unseen signs go; the same words are the same with other ends and spaces."""
    assert tidied("a\u00a0\u2003b\t c\r\n\r\n d\u2028e\x00\ufeff") == "a b c\nd\ne"
    assert tidied("A\u0308iti") == "Äiti"
    assert tidied("Ai\u200d\ufe0fno 👩\u200d💻") == "Aino 👩\u200d💻"
    assert sameness("Hyvä\ntyö!!") == sameness("hyvä työ.")
    assert sameness("Hyvä työ") != sameness("Hyvä, työ")
