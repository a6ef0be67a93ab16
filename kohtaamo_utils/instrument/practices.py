"""Practices that a development plan may suggest: what to do, how often, and how one sees that it works."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.registers import Entry, Texts

Kind = Literal["coaching", "mentoring", "shadowing", "role_play", "case_clinic", "feedback", "meeting", "own_habit"]
Place = Literal["known_strength", "hidden_strength", "blind_spot", "known_development_area"]
TO_DEVELOP: tuple[Place, ...] = ("blind_spot", "known_development_area")


class Practice(Entry):
    """One practice.

    `competencies` are those that it develops, by id; `suits` says where self and others must meet for it to fit;
    `effort` is 1 (fits into the day), 2 (takes some hours) or 3 (takes months, or somebody from outside).
    """

    id: str = Field(pattern=r"^\w[\w.-]*$")
    kind: Kind
    competencies: tuple[str, ...] = Field(min_length=1)
    suits: tuple[Place, ...] = TO_DEVELOP
    effort: Literal[1, 2, 3]
    name: Texts
    what: Texts
    how_often: Texts
    sign: Texts


class Practices(Entry):
    """A list of practices. A client's own list adds to the kit's, and replaces what has the same id."""

    version: str = Field(min_length=1)
    dated: dt.date
    author: str = Field(min_length=1)
    practices: tuple[Practice, ...]

    @field_validator("version", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int | float) else value

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [practice.id for practice in self.practices]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(say("The id {repeated} stands twice.", repeated=", ".join(repeated)))
        return self

    def with_own(self, own: Practices) -> Practices:
        """Return these practices with a client's: new ones stand first, one of the same id takes the other's place."""
        theirs = {practice.id: practice for practice in own.practices}
        known = {practice.id for practice in self.practices}
        new = tuple(practice for practice in own.practices if practice.id not in known)
        return own.model_copy(
            update={"practices": (*new, *(theirs.get(practice.id, practice) for practice in self.practices))}
        )

    def suggested(self, competency: str, place: Place, most: int, used: frozenset[str]) -> tuple[Practice, ...]:
        """Return the practices to suggest for a competency.

        Those that suit the place only; ones that were not suggested already first, then the lighter, then in the
        list's order.

        Parameters
        ----------
        competency
            Its id.
        place
            Where the reviewee's own view and the others' meet.
        most
            How many at most.
        used
            Ids of practices that the plan suggests already.
        """
        fit = [its for its in self.practices if competency in its.competencies and place in its.suits]
        return tuple(sorted(fit, key=lambda its: (its.id in used, its.effort))[:most])
