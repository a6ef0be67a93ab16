"""What a spreadsheet shows in a cell whose formula failed, in the languages of the kit."""

from __future__ import annotations

ERRORS = frozenset(
    (
        *("#div/0!", "#ref!", "#value!", "#name?", "#num!", "#spill!", "#calc!", "#field!", "#blocked!", "#busy!"),
        *("#jako/0!", "#viittaus!", "#arvo!", "#nimi?", "#luku!"),
        *("#division/0!", "#referens!", "#värdefel!", "#namn?", "#ogiltigt!"),
    )
)
"""What spreadsheets show in a cell whose formula failed; `vocabulary.NOT_AVAILABLE` is written for no value too."""


def is_error(text: str) -> bool:
    """Tell whether a text is what a spreadsheet shows where a formula failed.

    Examples
    --------
    >>> is_error("#DIV/0!"), is_error("#VIITTAUS!"), is_error("#1"), is_error("Turku")
    (True, True, False, False)
    """
    return text[:1] == "#" and text.casefold() in ERRORS
