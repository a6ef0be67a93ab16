"""A 360 review's instrument: competencies, their items in three languages, the scale, and which items are reversed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, field_validator, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.registers import Entry, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

Appeal = Literal["ethos", "pathos", "logos"]
APPEALS: tuple[Appeal, ...] = ("ethos", "pathos", "logos")
"""What a behaviour speaks to: reliability, feeling, reason."""
_ALIKE = str.maketrans(
    {
        "\u00ad": "",
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u00b4", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)


def folded(text: str) -> str:
    """Return an id, an item's text or a name as it is compared: case, blanks, a final dot and ways to type apart.

    Examples
    --------
    >>> folded(" Pitää  lupauksensa. ") == folded("PITÄÄ LUPAUKSENSA")
    True
    """
    plain = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return " ".join(plain.split()).casefold().rstrip(". ")


class Item(Entry):
    """One behaviour that raters are asked about.

    `reverse`: it is unwelcome, so that a low answer is good and answers are turned. `appeals`: what it speaks to.
    """

    id: str = Field(pattern=r"^\w[\w.-]*$")
    text: Texts
    appeals: tuple[Appeal, ...] = ()
    reverse: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What a file may call the item, as it is compared."""
        return tuple(dict.fromkeys(folded(name) for name in (self.id, *self.text.each)))


class Competency(Entry):
    """A competency with its items. `asked_of`: everybody, or only those who lead others."""

    id: str = Field(pattern=r"^\w[\w.-]*$")
    name: Texts
    asked_of: Literal["everybody", "leaders"] = "everybody"
    items: tuple[Item, ...] = Field(min_length=1)

    @property
    def names(self) -> tuple[str, ...]:
        """What a file may call the competency, as it is compared."""
        return tuple(dict.fromkeys(folded(name) for name in (self.id, *self.name.each)))


class Scale(Entry):
    """The answers: whole numbers from `low` to `high`, each with its label."""

    low: int
    high: int
    labels: dict[int, Texts]

    @model_validator(mode="after")
    def _labelled_throughout(self) -> Self:
        if self.high <= self.low:
            raise ValueError(
                say("The scale's `high`, {high}, must be above its `low`, {low}.", high=self.high, low=self.low)
            )
        if set(self.labels) != set(range(self.low, self.high + 1)):
            raise ValueError(
                say("The scale needs a label for each number from {low} to {high}.", low=self.low, high=self.high)
            )
        return self


class Instrument(Entry):
    """What is asked in a 360 review.

    Examples
    --------
    >>> from kohtaamo_utils.instrument.reading import bundled_questions
    >>> asked = bundled_questions()
    >>> asked.item("pitää lupauksensa").id, asked.item("Keeps promises").id
    ('trust_2', 'trust_2')
    >>> asked.competency_of("trust_2").name.sv
    'Förtroendeskapande'
    """

    version: str = Field(min_length=1)
    dated: dt.date
    author: str = Field(min_length=1)
    scale: Scale
    not_observed: Texts
    competencies: tuple[Competency, ...] = Field(min_length=1)

    @field_validator("version", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) else value

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        _refuse_repeats(competency.id for competency in self.competencies)
        _refuse_repeats(item.id for item in self.items)
        _refuse_repeats(name for competency in self.competencies for name in competency.names)
        _refuse_repeats(name for item in self.items for name in item.names)
        return self

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order of the questionnaire."""
        return tuple(item for competency in self.competencies for item in competency.items)

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {name: item for item in self.items for name in item.names}

    @cached_property
    def _homes(self) -> dict[str, Competency]:
        return {item.id: competency for competency in self.competencies for item in competency.items}

    @cached_property
    def _competencies(self) -> dict[str, Competency]:
        return {name: competency for competency in self.competencies for name in competency.names}

    def item(self, name: str) -> Item | None:
        """Return the item that a file calls so: by its id, or by its text in any language; None for none."""
        return self._items.get(folded(name))

    def competency(self, name: str) -> Competency | None:
        """Return the competency that a file calls so: by its id, or by its name in any language; None for none."""
        return self._competencies.get(folded(name))

    def by_id(self, competency: str) -> Competency | None:
        """Return a competency by its id alone."""
        return next((its for its in self.competencies if its.id == competency), None)

    def competency_of(self, item: str) -> Competency:
        """Return an item's competency, by the item's id.

        Raises
        ------
        KeyError
            There is no such item.
        """
        return self._homes[item]

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the ids and texts that are most like a name, at most three, the nearest first."""
        spelled = {folded(text): text for item in self.items for text in (item.id, *item.text.each)}
        return tuple(spelled[text] for text in get_close_matches(folded(name), spelled, n=3, cutoff=0.5))


def _refuse_repeats(names: Iterable[str]) -> None:
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise ValueError(
            say(
                "Each id, text and name stands once, but these stand in several places: {repeated}.",
                repeated=", ".join(repeated),
            )
        )
