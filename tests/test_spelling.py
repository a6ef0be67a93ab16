"""Every sentence of the kit is spelt rightly: Finnish by Voikko, Swedish and English by hunspell, terms by lists of our own."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache

import pytest
from project_files import PROJECT, text_of
from spelling_texts import LANGUAGES, texts, words

LISTS = PROJECT / "tests" / "spelling"
COMMON = ("names", "keys")
"""Lists for every language: names of people, methods and products; keys and values that files have."""
LONGEST_LIST = 100
HUNSPELL = {"sv": "sv_FI", "en": "en_GB"}
PACKAGES = {"fi": "voikko-fi libvoikko-dev", "sv": "hunspell hunspell-sv", "en": "hunspell hunspell-en-gb"}
every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return a list's words."""
    return tuple((LISTS / f"{name}.txt").read_text(encoding="utf-8").split())


@cache
def unknown(language: str, found: frozenset[str]) -> frozenset[str]:
    """Return those of some words that a language's checker does not know; skip where it is not installed."""
    command = ["voikkospell"] if language == "fi" else ["hunspell", "-d", HUNSPELL[language], "-i", "utf-8", "-l"]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed (Debian: {PACKAGES[language]})")
    asked = "\n".join(sorted(found)) + "\n"
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=False)
    if done.returncode or "Can't open" in done.stderr or "E: Initialization" in done.stderr + done.stdout:
        pytest.skip(f"{command[0]} has no dictionary for {language} (Debian: {PACKAGES[language]})")
    lines = done.stdout.splitlines()
    return frozenset(line[3:] for line in lines if line.startswith("W: ")) if language == "fi" else frozenset(lines)


def parts(language: str, text: str) -> set[str]:
    """Return a text's words, compounds of a hyphen as their parts, English ones without the genitive.

    Examples
    --------
    >>> sorted(parts("en", "The Excel-file's end"))
    ['Excel', 'The', 'end', 'file']
    """
    found = {part for word in words(text) for part in word.split("-")}
    return {re.sub("'s?$", "", part) for part in found} - {""} if language == "en" else found


def misspelt(language: str, where: dict[str, str]) -> set[str]:
    """Return the words of some texts that neither the checker nor our lists know.

    Parameters
    ----------
    language
        Of the texts.
    where
        Word to the place in which it was found.
    """
    left = unknown(language, frozenset(where)) - {word for name in (*COMMON, language) for word in listed(name)}
    documents = frozenset(word for word in left if where[word].endswith(".md"))
    if documents:  # they name packages, and Finnish and Swedish columns
        known = unknown("fi", documents) & unknown("sv", documents) - {
            part for name in packages() for part in name.split("-")
        }
        left = left - documents | (documents & known - set(listed("sv")))
    return set(left)


@cache
def packages() -> frozenset[str]:
    """Return the names of the packages that the kit depends on."""
    project = tomllib.loads(text_of("pyproject.toml"))
    named = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["project"]["optional-dependencies"]["spss"],
    ]
    return frozenset(re.split(r"[>=\[<]", name)[0].lower() for name in named)


@cache
def in_all_texts(language: str) -> dict[str, str]:
    """Return every word of a language and where it stands: a document only if it stands nowhere else."""
    found: dict[str, str] = {}
    for place, text in sorted(texts(language), key=lambda pair: pair[0].endswith(".md")):
        for word in parts(language, text):
            found.setdefault(word, place)
    return found


@every_language
def test_every_word_is_spelt_rightly(language):
    """No sentence that a consultant, reader or developer meets has a misspelt word."""
    found = in_all_texts(language)
    assert len(found) > 1500
    assert {word: found[word] for word in misspelt(language, found)} == {}


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fi", "Asiakkaiden tyytyväisyyys nousi Excel-tiedostossa.", {"tyytyväisyyys"}),
        ("fi", "Kysymyksiä oli kymenen.", {"kymenen"}),
        ("sv", "Kundnöjdheten har ökatt i NPS-filen.", {"ökatt"}),
        ("en", "The reviewee's raters recieved a link.", {"recieved"}),
    ],
)
def test_a_misspelling_is_found(language, text, wrong):
    """A planted misspelling is found, and nothing else with it."""
    assert misspelt(language, dict.fromkeys(parts(language, text), "catalog")) == wrong


@pytest.mark.parametrize("name", [*COMMON, *LANGUAGES])
def test_lists_are_small_and_sorted(name):
    """A list of our own words is in order, has no word twice, and is short enough to be read."""
    found = listed(name)
    assert list(found) == sorted(set(found))
    assert 0 < len(found) <= LONGEST_LIST


@every_language
def test_no_listed_word_is_idle(language):
    """A word leaves its list when no text has it any more, or the checker has learnt it."""
    found = in_all_texts(language)
    idle = set(listed(language)) - unknown(language, frozenset(found))
    assert idle == set()


def test_names_are_used_somewhere():
    """A name or a key is in the common lists only as long as some language needs it."""
    needed: set[str] = set()
    for language in LANGUAGES:
        needed |= unknown(language, frozenset(in_all_texts(language)))
    assert {word for name in COMMON for word in listed(name)} - needed == set()
