"""What is taken out of people's words, and what is not: a corpus in three languages, and every form of a name."""

from __future__ import annotations

import re

import pytest
from redaction_corpus import CLEAN, IDS, OWN, PEOPLE, PLANTED, WISHED

from kohtaamo_utils.redaction.patterns import SIGNS
from kohtaamo_utils.redaction.redact import Redacted, Redactor

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


@pytest.mark.parametrize("text", CLEAN)
def test_clean_comments_are_not_harmed(redactor, text):
    """Ordinary words that look like names, numbers, dates and endings stay to the letter."""
    assert redactor(text) == Redacted(text)
