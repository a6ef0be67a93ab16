"""The blocks ``survey_frame`` and ``weighting`` of ``engagement.yaml``: who was asked, and how answers are weighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, field_validator, model_validator

from kohtaamo_utils.engagement.strict import Strict
from kohtaamo_utils.errors import say
from kohtaamo_utils.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

Block = TypeVar("Block")
RespondentGroup = Literal["customer", "employee", "supervisor", "management"]
GROUPING = ("touchpoint", "channel", "phase", "unit", "segment")
"""Columns of the survey that may be known of everybody who was asked; ``segment.<name>`` too."""
USUAL_CAP = (0.3, 3.0)
JOIN = "|"
"""Stands between the categories that a margin takes as one."""
SHARES_SUM_WITHIN = 0.005
"""How far shares may be from 1 in sum, for their rounding."""


def _names_as_text(value: Any) -> Any:
    """Take categories that YAML reads as numbers, such as years, for the text that the answers hold."""
    return {visible(str(name)): each for name, each in value.items()} if isinstance(value, dict) else value


def _version(value: Any) -> Any:
    """Take a version that YAML reads as a number for its text: 1.0, 1, "1.0"."""
    return f"{value:.1f}" if isinstance(value, int | float) and not isinstance(value, bool) else value


CesVersion = Annotated[Literal["1.0", "2.0"], BeforeValidator(_version)]
"""2.0 asks how easy it was (agreement, 1–7); 1.0, the older one, how much effort it took (1–5, less is better)."""
Counts = Annotated[dict[str, Annotated[int, Field(gt=0)]], BeforeValidator(_names_as_text), Field(min_length=1)]
Shares = Annotated[dict[str, Annotated[float, Field(gt=0)]], BeforeValidator(_names_as_text), Field(min_length=1)]


def _check_columns(names: dict[str, Any]) -> None:
    for name in names:
        column, _, part = name.partition(".")
        if column not in GROUPING or (part and column != "segment") or name == "segment.":
            raise ValueError(
                say(
                    "The survey is not grouped by `{name}`; use {names} or segment.<name>.",
                    name=name,
                    names=", ".join(GROUPING),
                )
            )


def _check_shares(column: str, shares: dict[str, float]) -> None:
    parts = [part for name in shares for part in joined(name)]
    repeated = sorted({part for part in parts if parts.count(part) > 1})
    if repeated:
        raise ValueError(
            say(
                "Each category of {column} stands once, but these stand twice: {repeated}.",
                column=column,
                repeated=", ".join(repeated),
            )
        )
    total = sum(shares.values())
    if min(shares.values()) < 1 and abs(total - 1) > SHARES_SUM_WITHIN:
        raise ValueError(
            say(
                "The shares of {column} are {total} in sum; they must be 1, or give counts.",
                column=column,
                total=f"{total:g}",
            )
        )


def joined(name: str) -> tuple[str, ...]:
    """Return the categories that a margin joins into one.

    Examples
    --------
    >>> joined("Turku"), joined("Turku | Oulu")
    (('Turku',), ('Turku', 'Oulu'))
    """
    return tuple(part.strip() for part in name.split(JOIN))


class Frame(Strict):
    """Who of one respondent group was asked in the period, and what is known of them all."""

    invited: int = Field(gt=0, description="how many were asked")
    perspective: Literal["experienced", "believed", "expected"] | None = Field(
        default=None, description="which of the group's questionnaires, where it answered several"
    )
    known: dict[str, Counts] = Field(default_factory=dict, description="column to category to how many were asked")

    @field_validator("known")
    @classmethod
    def _columns_are_to_group_by(cls, value: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
        _check_columns(value)
        return value

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        for column, counts in self.known.items():
            total = sum(counts.values())
            if total > self.invited:
                raise ValueError(
                    say(
                        "The counts of {column} are {total} in sum, but only {invited} were invited.",
                        column=column,
                        total=total,
                        invited=self.invited,
                    )
                )
        return self


class Weights(Strict):
    """How one respondent group's answers are weighted (raking)."""

    margins: dict[str, Shares] | None = Field(
        default=None,
        description="column to category (or `one | other`) to its share or count in the population; null: the frame's",
    )
    cap: tuple[float, float] | None = Field(default=USUAL_CAP, description="smallest and largest weight; null: none")

    @field_validator("margins")
    @classmethod
    def _columns_are_to_group_by(cls, value: dict[str, dict[str, float]] | None) -> dict[str, dict[str, float]] | None:
        if value is not None and not value:
            raise ValueError(say("Name at least one column, or leave `margins` out to take those of `survey_frame`."))
        _check_columns(value or {})
        for column, shares in (value or {}).items():
            _check_shares(column, shares)
        return value

    @field_validator("cap")
    @classmethod
    def _cap_holds_one(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value is not None and not 0 < value[0] < 1 < value[1]:
            raise ValueError(
                say(
                    "The cap {value} must be [lowest, highest] with the lowest under 1, the highest over 1.",
                    value=str(list(value)),
                )
            )
        return value


def of_group(blocks: Mapping[RespondentGroup, Block], group: str) -> Block | None:
    """Return a group's block, or None where it has none."""
    return next((block for name, block in blocks.items() if name == group), None)


def margins_of(weights: Weights, frame: Frame | None) -> dict[str, dict[str, float]]:
    """Return the population that answers are weighted to: the weights' own margins, or what the frame knows.

    Examples
    --------
    >>> margins_of(Weights(), Frame(invited=90, known={"unit": {"Turku": 60, "Oulu": 30}}))
    {'unit': {'Turku': 60.0, 'Oulu': 30.0}}
    """
    if weights.margins is not None:
        return weights.margins
    known = {} if frame is None else frame.known
    return {column: {name: float(count) for name, count in counts.items()} for column, counts in known.items()}
