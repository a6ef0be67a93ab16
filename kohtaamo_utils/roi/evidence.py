"""The evidence register: popular claims, what stands behind them, and whether they may feed the model."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.registers import Entry, Texts, read_register
from kohtaamo_utils.resources import bundled
from kohtaamo_utils.roi.blocks import NEEDS_OVERRIDE
from kohtaamo_utils.roi.drivers import DRIVERS

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.roi.blocks import Effect

REGISTER = "data/evidence.yaml"


class Claim(Entry):
    """One claim of the register.

    `may_feed` is the driver whose effect may rest on the claim as it is, or none. `attributed_to` is whom people name,
    `source` what was found (None: nothing), `finding` what that is worth.
    """

    id: str = Field(pattern="^[a-z0-9_]+$")
    claim: Texts
    attributed_to: str | None
    source: str | None
    year: int | None
    grade: str = Field(pattern="^[A-E][+-]?$")
    may_feed: str = Field(pattern="^[a-z0-9_]+$")
    finding: Texts

    @property
    def needs_override(self) -> bool:
        """Whether the claim may feed the model only when somebody says so in writing."""
        return self.grade[0] in NEEDS_OVERRIDE

    @model_validator(mode="after")
    def _feeds_what_it_may(self) -> Self:
        if self.may_feed not in {"none", *DRIVERS}:
            raise ValueError(f"{self.id} may_feed {self.may_feed}; expected none or one of {', '.join(DRIVERS)}")
        if self.needs_override and self.may_feed != "none":
            raise ValueError(
                f"{self.id} has grade {self.grade} and may_feed {self.may_feed}; grades C, D and E feed none"
            )
        return self


class Register(Entry):
    """All claims, and when they were last looked at."""

    reviewed_on: dt.date
    claims: tuple[Claim, ...]

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [claim.id for claim in self.claims]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(f"the id {', '.join(repeated)} stands twice")
        return self


def load(path: Path | None = None) -> Register:
    """Read the register.

    Parameters
    ----------
    path
        Another register than the bundled one, e.g. a consultant's own.

    Raises
    ------
    DataError
        The file says something that cannot be.

    Examples
    --------
    >>> {claim.id: claim.grade for claim in load().claims}["retention_five_times_cheaper"]
    'D'
    """
    return _read(path or bundled(REGISTER))


@cache
def _read(path: Path) -> Register:
    return read_register(path, Register, say("evidence register"))


def check_effect(driver: str, effect: Effect) -> None:
    """Refuse an effect that rests on a claim of the register which may not feed it.

    Parameters
    ----------
    driver
        The driver whose effect it is.
    effect
        The effect; one that names no claim passes.

    Raises
    ------
    ValueError
        The claim is not in the register, has another grade there, or may not feed the driver and nobody has said in
        writing that it shall.
    """
    if effect.evidence is None:
        return
    claims = {claim.id: claim for claim in load().claims}
    claim = claims.get(effect.evidence)
    if claim is None:
        raise ValueError(
            say(
                "{driver}: the evidence register has no {claim}; expected one of {names}.",
                driver=driver,
                claim=effect.evidence,
                names=", ".join(claims),
            )
        )
    if claim.grade != effect.grade:
        raise ValueError(
            say(
                "{driver}: {claim} has grade {grade} in the evidence register, and the effect says {given}; give it the register's grade.",
                driver=driver,
                claim=claim.id,
                grade=claim.grade,
                given=effect.grade,
            )
        )
    if claim.may_feed != driver and effect.override is None:
        raise ValueError(
            say(
                "{driver}: {claim} may not feed the effect by itself; use a better source, or write in `override` who agreed to it and when: the report prints it.",
                driver=driver,
                claim=claim.id,
            )
        )
