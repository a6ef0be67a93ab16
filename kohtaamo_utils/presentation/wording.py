"""Every sentence that a reader meets, in his language, from the gettext catalogs in ``locale/``.

The message ids are English; ``en`` needs no catalog of its own. The catalogs are read from ``.po`` directly, so that
nothing has to be compiled after an edit.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import Said
from kohtaamo_utils.visible import in_one_line, isolated, printed

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from kohtaamo_utils.engagement import Language

LOCALES = Path(__file__).parent / "locale"
TRANSLATED = ("fi", "sv")
"""Languages that have a catalog; the messages themselves are English."""


def N_(message: str) -> str:
    """Mark a message for the catalogs where it is written down but not yet shown."""
    return message


@dataclass(frozen=True)
class Wording:
    """Translates messages into one language.

    Parameters
    ----------
    language
        ``fi``, ``sv`` or ``en``.

    Examples
    --------
    >>> t = Wording("fi")
    >>> t("Contents")
    'Sisällys'
    """

    language: Language

    def __call__(self, message: str, /, **values: str) -> str:
        """Return the message in this language with ``{name}`` replaced by the values (already formatted text)."""
        return _fill(_catalog(self.language).gettext(message), values) if message else ""  # "" is the catalog's head

    def plural(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """Return the singular or plural message for a count; the count itself must be among the values."""
        return _fill(_catalog(self.language).ngettext(singular, plural, count), values)

    def told(self, text: str) -> str:
        """Return a message for the consultant in this language, with the messages inside it; other text as it stands.

        Values that came from a file stay in their line and hold nothing that a terminal would obey.

        Examples
        --------
        >>> from kohtaamo_utils.errors import say
        >>> Wording("fi").told(say("row {row}", row="7")), Wording("fi").told("row 7")
        ('rivi 7', 'row 7')
        """
        if not isinstance(text, Said) or not text.template:
            return printed(text)
        from kohtaamo_utils.presentation.numbers import Numbers

        catalog, figures = _catalog(self.language), Numbers(self.language)
        values = {
            name: self._told_within(value) if isinstance(value, str) else figures.integer(value)
            for name, value in text.values.items()
        }
        if text.number is None:
            return _fill(catalog.gettext(text.template), values)
        return _fill(catalog.ngettext(text.template, text.plural, text.number), values)

    def _told_within(self, value: str) -> str:
        return self.told(value) if isinstance(value, Said) else in_one_line(value)


def _fill(template: str, values: dict[str, str]) -> str:
    return template.format_map({name: isolated(value) for name, value in values.items()}) if values else template


@cache
def with_placeholders() -> frozenset[str]:
    """Return every message with a place to fill, in every language: none of them may reach a reader as it is.

    Examples
    --------
    >>> all("{" in message for message in with_placeholders())
    True
    """
    return frozenset(text for text in said_by_kit() if "{" in text)


def said_by_kit() -> frozenset[str]:
    """Return every message of the catalogs, in every language.

    Examples
    --------
    >>> {"Contents", "Sisällys", "Innehåll"} <= said_by_kit()
    True
    """
    messages = (message for language in TRANSLATED for message in _read(language))
    either = (found for message in messages for found in (message.id, message.string))
    return frozenset(text for found in either for text in ((found,) if isinstance(found, str) else found or ()))


@cache
def _read(language: str) -> Catalog:
    """Return a language's messages; a process reads each catalog once."""
    from babel.messages.pofile import read_po

    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _catalog(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo

    buffer = io.BytesIO()
    write_mo(buffer, _read(language))
    buffer.seek(0)
    return GNUTranslations(buffer)
