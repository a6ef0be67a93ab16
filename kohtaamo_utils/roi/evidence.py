"""The evidence register: popular claims, what stands behind them, and whether they may feed the model."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from kohtaamo_utils.engagement.roi_settings import NEEDS_OVERRIDE
from kohtaamo_utils.errors import DataError, say
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = "data/evidence.yaml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Wording(_Entry):
    """One text in the three languages."""

    fi: str = Field(min_length=1)
    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Claim(_Entry):
    """One claim of the register.

    `attributed_to` is whom people name, `source` what was found (None: nothing), `finding` what that is worth.
    """

    id: str = Field(pattern="^[a-z0-9_]+$")
    claim: Wording
    attributed_to: str | None
    source: str | None
    year: int | None
    grade: str = Field(pattern="^[A-E][+-]?$")
    may_feed: Literal["none", "retention", "turnover", "basket"]
    finding: Wording

    @property
    def needs_override(self) -> bool:
        """Whether the claim may feed the model only when somebody says so in writing."""
        return self.grade[0] in NEEDS_OVERRIDE

    @model_validator(mode="after")
    def _weak_claims_feed_nothing(self) -> Self:
        if self.needs_override and self.may_feed != "none":
            raise ValueError(
                f"{self.id} has grade {self.grade} and may_feed {self.may_feed}; grades C, D and E feed none"
            )
        return self


class Register(_Entry):
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
    path = path or bundled(REGISTER)
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    try:
        return Register.model_validate(content)
    except ValidationError as error:
        details = "; ".join(
            f"{'.'.join(map(str, detail['loc'])) or 'register'}: {detail['msg'].removeprefix('Value error, ')}"
            for detail in error.errors()
        )
        raise DataError(
            say("The evidence register {name} cannot be used: {details}. Correct it.", name=path.name, details=details)
        ) from None
