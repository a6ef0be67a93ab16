"""What a codebook says: themes with their names, and the words by which each is told in a comment."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.registers import Entry, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TONGUES = ("fi", "sv", "en")
"""Languages that comments are read in."""
GAP = ".."
"""Between two words of a phrase: others may stand there."""
_WORD = re.compile(r"=?[^\W\d_](?:[\w'\u2019-]*[\w'\u2019-])?\*?")


def _known_form(entry: str) -> str:
    words = entry.casefold().split()
    right = [word == GAP or _WORD.fullmatch(word) for word in words]
    if not words or not all(right) or GAP in (words[0], words[-1]):
        raise ValueError(
            say(
                "“{entry}” is no word or phrase. Write words in letters, `*` only at the end of one, `=` only before one, and `..` only between two.",
                entry=entry,
            )
        )
    return " ".join(words)


Form = Annotated[str, AfterValidator(_known_form)]
"""A word, the beginning of one (``jono*``), a word that ends no compound (``=aika``), or several of them as a phrase."""


class Words(Entry):
    """Words and phrases by language."""

    fi: tuple[Form, ...] = ()
    sv: tuple[Form, ...] = ()
    en: tuple[Form, ...] = ()

    def of(self, tongue: str) -> tuple[str, ...]:
        """Return the words of ``fi``, ``sv`` or ``en``."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[tongue]

    def joined(self, others: Words) -> Words:
        """Return these words and others."""
        return Words(fi=self.fi + others.fi, sv=self.sv + others.sv, en=self.en + others.en)

    def __bool__(self) -> bool:
        return bool(self.fi or self.sv or self.en)


class Theme(Entry):
    """Something that comments speak of.

    `good`, `bad`: words that tell by themselves whether the writer is content; `about`: words beside which others tell;
    `never`: phrases in which none of them is meant. `also`: what a coder may call the theme besides its id and names.
    """

    id: str = Field(pattern=r"^\w[\w.-]*$")
    name: Texts
    also: tuple[str, ...] = ()
    good: Words = Words()
    bad: Words = Words()
    about: Words = Words()
    never: Words = Words()

    @model_validator(mode="after")
    def _can_be_told(self) -> Self:
        if not (self.good or self.bad or self.about):
            raise ValueError(
                say("The theme “{theme}” has no words. Give it some under good, bad or about.", theme=self.id)
            )
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """What a coder may call it, as labels are compared."""
        return tuple(dict.fromkeys(_label(name) for name in (self.id, *self.name.each, *self.also)))


class Tone(Entry):
    """Words that tell whether somebody is content, whatever the theme."""

    good: Words = Words()
    bad: Words = Words()


class Codebook(Entry):
    """Themes, and the words that turn, deny and colour what is said.

    `turns`: words at which a new thought begins; `common`: words by which a comment's language is told.

    Examples
    --------
    >>> from kohtaamo_utils.codebook.reading import bundled_codebook
    >>> bundled_codebook().theme("asian toistaminen").id
    'repeating'
    """

    version: str = Field(min_length=1)
    dated: dt.date
    author: str = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    tone: Tone = Tone()
    negations: Words = Words()
    turns: Words = Words()
    common: Words = Words()

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        refuse_repeats(self.themes)
        return self

    @cached_property
    def _by_name(self) -> dict[str, Theme]:
        return {name: theme for theme in self.themes for name in theme.names}

    def theme(self, label: str) -> Theme | None:
        """Return the theme that a coder calls so: by its id, a name in any language, or another of its names."""
        return self._by_name.get(_label(label))

    def labels(self, text: str) -> Iterator[str]:
        """Yield the ids of the themes in a coder's cell, several parted by ``;`` or ``|``; an unknown label as it stands.

        Examples
        --------
        >>> from kohtaamo_utils.codebook.reading import bundled_codebook
        >>> list(bundled_codebook().labels("Jono; vastuu"))
        ['waiting', 'vastuu']
        """
        whole = self.theme(text)
        for label in [text] if whole else re.split(r"[;|\n]", text):
            if label.strip():
                found = self.theme(label)
                yield " ".join(label.split()) if found is None else found.id


class OwnCodebook(Entry):
    """A client's ``codebook.yaml``: on top of the kit's, or (``base: none``) in place of its themes.

    A theme with the id of one of the kit's takes its place; `leave_out` drops some of the kit's.
    """

    base: Literal["default", "none"] = "default"
    leave_out: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    tone: Tone = Tone()
    negations: Words = Words()
    turns: Words = Words()

    @model_validator(mode="after")
    def _usable(self) -> Self:
        refuse_repeats(self.themes)
        if self.base == "none" and not self.themes:
            raise ValueError(say("With `base: none` the file needs themes of its own."))
        return self


def refuse_repeats(themes: Iterable[Theme]) -> None:
    """Refuse themes of which two bear the same name.

    Raises
    ------
    ValueError
        A name stands for several themes.
    """
    counted = Counter(name for theme in themes for name in theme.names)
    repeated = [name for name, count in counted.items() if count > 1]
    if repeated:
        raise ValueError(
            say(
                "Each theme has names of its own, but these stand for several: {repeated}.",
                repeated=", ".join(repeated),
            )
        )


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
