"""The words at the end of a report: those that its page uses, each with its meaning, and no others."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell
from notebook_made import cover, notebook, section, text

from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.presentation.glossary import ENTRIES, glossary
from kohtaamo_utils.presentation.wording import Wording


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.term)
def test_a_word_is_found_by_itself(entry, language):
    """In each language the sign by which a word is found is that of the word which is then explained."""
    t = Wording(language)
    found = glossary(t(entry.term) if len(entry.term) > 1 else entry.term, t)
    assert found is not None
    assert t(entry.meaning) in [meaning for _, meaning in found.items]


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        ("fi", "Ero ei erotu satunnaisvaihtelusta.", ["Satunnaisvaihtelu:"]),
        ("fi", "eNPS +12 (n = 40)", ["n:", "Henkilöstön suositteluindeksi (eNPS):"]),
        ("sv", "Inget överstiger slumpvariationen.", ["Slumpvariation:"]),
        ("en", "The net present value is 12.", ["Net present value:"]),
        ("en", "None of these.", []),
        (
            "en",
            "No difference beyond chance. ICC(1) is 0.4; Turnover, outgoing: 3%",
            ["Chance variation:", "ICC(1):", "Outgoing turnover:"],
        ),
        ("fi", "Konna ja ononps", []),
    ],
)
def test_only_words_that_are_used_are_explained(language, said, words):
    """Inflected words are found, parts of other words are not, and abbreviations are as they are written."""
    found = glossary(said, Wording(language))
    assert [term for term, _ in (found.items if found else ())] == words


def test_the_glossary_is_the_last_part_of_a_report():
    """A report's page ends with its words, under a heading of its own; what stands in pictures' source does not count."""
    page = compose(
        notebook(
            cover("en", report="roi"),
            text("## Mine"),
            section("<p>NPS&nbsp;+12</p><style>CSAT</style><p data-x='CES'></p>"),
        )
    )
    assert [part.heading for part in page.parts] == ["Mine", "What do the words mean?"]
    assert page.parts[-1].html.count("<li>") == 1
    assert "<strong>Net Promoter Score (NPS):</strong>" in page.parts[-1].html


def test_another_notebook_has_none():
    """What is not one of the kit's reports is left as its author wrote it."""
    page = compose(notebook(text("## NPS"), section("<p>NPS, n = 12</p>"), new_code_cell("")))
    assert [part.heading for part in page.parts] == ["NPS"]
