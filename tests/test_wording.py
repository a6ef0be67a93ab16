"""Messages reach the reader in his language, with their places filled, once."""

from __future__ import annotations

import pytest

from kohtaamo_utils.presentation.wording import N_, Wording, with_placeholders


@pytest.mark.parametrize(("language", "text"), [("fi", "Sisällys"), ("sv", "Innehåll"), ("en", "Contents")])
def test_a_message_in_each_language(language, text):
    """The English message is the key, and the text where there is no catalog."""
    assert Wording(language)("Contents") == text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_not_in_the_catalogs_stays(language):
    """Text that nobody translated is shown as it is, braces and all."""
    assert Wording(language)("Oma {otsikko}") == "Oma {otsikko}"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_text_is_no_text(language):
    """Empty text stays empty, though gettext answers it with the catalog's head."""
    assert Wording(language)("") == ""


@pytest.mark.parametrize("value", ["{n}", "{0.__class__}", "%s", "<b>"])
def test_values_are_not_filled_again(value):
    """A client's text that looks like a place is a value, not a place."""
    assert Wording("en")("{client}: {n}", client=value, n="3") == f"{value}: 3"


def test_a_missing_value_is_an_error():
    """A message never reaches the reader with only some of its places filled."""
    with pytest.raises(KeyError, match="high"):
        Wording("en")("{low} to {high}", low="1")


@pytest.mark.parametrize(("count", "text"), [(0, "0 answers"), (1, "1 answer"), (2, "2 answers")])
def test_plural_in_english(count, text):
    """One is singular, everything else plural."""
    assert Wording("en").plural("{n} answer", "{n} answers", count, n=str(count)) == text


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_plural_of_the_catalogs(language):
    """A message with two forms has both in the catalog, and the count chooses."""
    from kohtaamo_utils.presentation.catalogs import read

    forms = [message for message in read(language) if isinstance(message.id, tuple | list)]
    assert forms
    t = Wording(language)
    for message in forms:
        singular, plural = (t.plural(*message.id, count) for count in (1, 2))
        assert (singular, plural) == tuple(message.string)


def test_marking_changes_nothing():
    """Marking a message for the catalogs leaves it as it is."""
    assert N_("Contents") == "Contents"


def test_messages_with_places_are_of_every_language():
    """The messages that the gate asks for stand in English and in each catalog's language."""
    known = with_placeholders()
    translated = {Wording(language)(text) for text in known for language in ("fi", "sv")}
    assert translated <= known
    assert len(known) > len(translated) / 2 > 20
