"""The keys of ``engagement.yaml``: one pydantic model per block, unknown keys refused."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag, field_validator, model_validator

from kohtaamo_utils.engagement.johari import Johari
from kohtaamo_utils.engagement.mystery_settings import MysteryShoppingSettings
from kohtaamo_utils.engagement.strict import Shown, Strict
from kohtaamo_utils.engagement.survey_settings import CesVersion, Frame, RespondentGroup, Weights, margins_of
from kohtaamo_utils.errors import Said, say
from kohtaamo_utils.roi.settings import RoiSettings

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
TableName = Literal[
    "survey",
    "observations",
    "mystery_shopping",
    "operations",
    "transactions",
    "customers",
    "employees",
    "ratings_360",
    "pilot",
]
FileFormat = Literal[
    "auto",
    "limesurvey",
    "qualtrics",
    "surveymonkey",
    "ms_forms",
    "google_forms",
    "webropol",
    "typeform",
    "csv",
    "excel",
    "parquet",
    "spss",
]
Careless = Literal["too_fast", "straight_lining"]
"""Signs of an answer given without care."""
Scalar = str | int | float | bool | dt.date


def known_language(name: str) -> Language | None:
    """Return a language by its code; None for one that the kit does not speak."""
    return next((language for language in LANGUAGES if language == name), None)


def unknown_language(name: str) -> Said:
    """Return what to say of a code that is none of the languages."""
    return say("The language {name} is not known. Use one of {known}.", name=repr(name), known=", ".join(LANGUAGES))


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) or value is None else [value]


def _named(value: Any) -> Any:
    """Take a column's number, in a file without a header, as its name."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Product(Strict):
    """A column computed as the product of columns and numbers, e.g. quantity times unit price."""

    product: Annotated[tuple[str | float, ...], Field(min_length=1)]


def _year_or_column(value: Any) -> Any:
    """Take a whole number as a column's, in a file without a header; one in the first place that is a year as that year."""
    if not isinstance(value, list | tuple):
        return value
    return [part if place == 0 and part in YEARS else _named(part) for place, part in enumerate(value)]


YEARS = range(1901, 2101)
"""Years that dates are read from; in `DateParts` such a number is a year."""


class DateParts(Strict):
    """A month or a day whose year, month and day stand in columns of their own, in this order; a year may be a number."""

    date: Annotated[tuple[str | int, ...], BeforeValidator(_year_or_column), Field(min_length=2, max_length=3)]


MADE = {"product": "(product)", "date": "(date)"}
"""The key of each form that is made of several columns, and what pydantic calls the form; a segment may bear such a name too."""


def _form(value: Any) -> str:
    """Return which form of a column's rule a value is meant to be, so that what is wrong is told of that form only."""
    if not isinstance(value, dict):
        made = "product" if isinstance(value, Product) else "date" if isinstance(value, DateParts) else ""
        return MADE.get(made, "(column)")
    return next((form for key, form in MADE.items() if not isinstance(value.get(key, ""), str)), "(several)")


ColumnRule = Annotated[
    Annotated[str, Tag("(column)")]
    | Annotated[Product, Tag(MADE["product"])]
    | Annotated[DateParts, Tag(MADE["date"])]
    | Annotated[dict[str, str], Tag("(several)")],
    Discriminator(_form),
]
"""A file's column, a product of columns, a date of several columns, or (``segment`` only) several named columns."""


def columns_named(rule: str | Product | DateParts) -> tuple[str, ...]:
    """Return the file's columns that a rule names.

    Examples
    --------
    >>> columns_named("Summa"), columns_named(Product(product=("kpl", 2))), columns_named(DateParts(date=(2025, "kk")))
    (('Summa',), ('kpl',), ('kk',))
    """
    parts = (rule,) if isinstance(rule, str) else rule.product if isinstance(rule, Product) else rule.date
    return tuple(part for part in parts if isinstance(part, str))


class ExcludeRule(Strict):
    """Rows to leave out on purpose; each rule's count goes to the import log."""

    column: str
    matches: str | None = Field(default=None, description="regular expression that the text matches")
    equals: Scalar | None = None
    at_most: float | None = None
    at_least: float | None = None
    empty: bool | None = None
    reason: str | None = Field(
        default=None, min_length=1, description="what such rows are: cancelled, zero_price, test, or own words"
    )

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        given = [
            name for name in ("matches", "equals", "at_most", "at_least", "empty") if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError(say("Give exactly one of `matches`, `equals`, `at_most`, `at_least`, `empty`."))
        return self

    @field_validator("matches")
    @classmethod
    def _is_a_pattern(cls, value: str | None) -> str | None:
        import re

        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(
                say("{value} is not a regular expression ({error}).", value=repr(value), error=str(error))
            ) from None
        return value


class Settled(Strict):
    """A matter that was read as it stands, and of which somebody who knows the client says that this is right."""

    matter: str = Field(description="what `kohtaamo check` calls it: status, vat, hidden_rows …")
    column: str | None = Field(default=None, description="the column that it speaks of, if it speaks of one")
    reason: str = Field(description="why it is right as it stands")

    @field_validator("reason")
    @classmethod
    def _is_said(cls, value: str) -> str:
        if not any(map(str.isalnum, value)):
            raise ValueError(say("Write the reason in words: why it is right as it stands."))
        return value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Wide(Strict):
    """A 360 file with one row per evaluation: its columns that each hold the scores of one item."""

    items: dict[str, Names] | tuple[str, ...] = Field(
        description="the items' columns, under their competencies or, where none are named, as a list"
    )

    @field_validator("items")
    @classmethod
    def _each_once(
        cls, value: dict[str, tuple[str, ...]] | tuple[str, ...]
    ) -> dict[str, tuple[str, ...]] | tuple[str, ...]:
        names = list(value) if isinstance(value, tuple) else [name for names in value.values() for name in names]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(
                say(
                    "An item stands in one place only, but these stand in several: {repeated}.",
                    repeated=", ".join(repeated),
                )
            )
        if not names:
            raise ValueError(say("Name at least one item's column."))
        return value

    @property
    def competencies(self) -> dict[str, str | None]:
        """Each item's column to its competency, in the settings' order; None where no competency is named."""
        if isinstance(self.items, tuple):
            return dict.fromkeys(self.items)
        return {item: competency for competency, items in self.items.items() for item in items}


class Source(Strict):
    """Where a canonical table comes from, and which of the file's columns is what."""

    file: Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
    format: FileFormat = "auto"
    sheet: str | int | None = None
    encoding: str | None = None
    separator: Annotated[str, StringConstraints(strip_whitespace=False)] | None = None
    header: bool = Field(
        default=True, description="whether a header row names the columns; else they are called 1, 2, 3 …"
    )
    decimal: Literal[".", ","] | None = None
    dates: Literal["auto", "dmy", "mdy", "ymd"] = "auto"
    columns: dict[str, Annotated[ColumnRule, BeforeValidator(_named)]] = Field(default_factory=dict)
    constants: dict[str, Scalar] = Field(default_factory=dict)
    wide: Wide | None = None
    missing: dict[str, Annotated[tuple[Scalar, ...], BeforeValidator(_listed)]] = Field(default_factory=dict)
    reverse: Names = Field(default=(), description="scores whose smallest number is the best answer")
    exclude: tuple[ExcludeRule, ...] = ()
    exclude_flagged: Annotated[tuple[Careless, ...], BeforeValidator(_listed)] = Field(
        default=(), description="careless answers to leave out; else they are counted only"
    )
    duplicates: Literal["error", "drop_exact"] = "error"
    settled: tuple[Settled, ...] = Field(default=(), description="what is right as it was read, and is not told again")

    @field_validator("columns")
    @classmethod
    def _only_segments_are_several(cls, value: dict[str, ColumnRule]) -> dict[str, ColumnRule]:
        for name, rule in value.items():
            if isinstance(rule, dict) and name != "segment":
                raise ValueError(say("`{name}`: several named columns are allowed for `segment` only.", name=name))
        return value


class Period(Strict):
    """First and last day that the reports speak of, both included."""

    start: dt.date
    end: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(
                say("The end, {end}, is before the start, {start}.", end=str(self.end), start=str(self.start))
            )
        return self


def _brand(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


class Disclosure(Strict):
    """Smallest groups that may be shown."""

    minimum_raters: int = Field(default=3, ge=3)
    minimum_respondents: int = Field(default=5, ge=3)
    minimum_comments: int = Field(default=5, ge=3)
    alike: Literal["staff", "everyone"] = Field(
        default="staff", description="whose figures are not shown where nearly all of them answered alike"
    )
    staff_rounds: Literal["same_people", "other_people"] = Field(
        default="same_people",
        description="who of staff answered in several rounds; of the same people as many are counted as the largest round has answers",
    )


class Review360Settings(Strict):
    """How 360 ratings are scored, and what was asked."""

    scale: tuple[int, int] = (1, 5)
    min_item_share: float = Field(default=0.5, ge=0, le=1)
    others: Literal["raters", "groups"] = "raters"
    johari: Johari = Johari()
    scores: bool = Field(default=True, description="false: reports in words only, without any score")
    redact: Annotated[tuple[Annotated[str, Field(min_length=2)], ...], BeforeValidator(_listed)] = Field(
        default=(), description="words to take out of comments besides names and contact details, in all their forms"
    )
    names: dict[Annotated[str, BeforeValidator(str)], Shown] = Field(
        default_factory=dict,
        description="what reviewees are called in their reports, by their ids in the files or in `internal/review_360/reviewees.csv`",
    )
    instrument: str | None = Field(default=None, min_length=1, description="the client's own instrument, a file")
    practices: str | None = Field(default=None, min_length=1, description="the client's own practices, a file")
    reverse: Literal["turn", "already"] = Field(
        default="turn", description="turn the instrument's reverse items, or the survey tool has done it already"
    )

    @field_validator("scale")
    @classmethod
    def _scale_has_length(cls, value: tuple[int, int]) -> tuple[int, int]:
        if value[1] <= value[0]:
            raise ValueError(say("The scale {value} must be [lowest, highest].", value=str(list(value))))
        return value

    @model_validator(mode="after")
    def _johari_fits_the_scale(self) -> Self:
        self.johari.check(self.scale)
        return self


class Touchpoint(Strict):
    """One encounter in the register."""

    name: Shown = Field(min_length=1)
    internal: bool = False
    phase: Literal["before", "during", "after"] | None = None
    channel: Shown | None = None
    owner: Shown | None = None
    volume_per_month: float | None = Field(default=None, ge=0)


class BrandFile(Strict):
    """Where the brand is; written as the file's name alone, or as a block."""

    file: str = Field(min_length=1)
    shared: bool = Field(default=False, description="true: the file may lie outside the folder, for several clients")


class EngagementSettings(Strict):
    """The whole of ``engagement.yaml``."""

    client: Shown = Field(min_length=1)
    language: Language = "fi"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    industry: str | None = None
    period: Period | None = None
    brand: Annotated[BrandFile | None, BeforeValidator(_brand)] = None
    disclosure: Disclosure = Disclosure()
    sources: dict[TableName, Annotated[tuple[Source, ...], BeforeValidator(_listed), Field(min_length=1)]] = Field(
        default_factory=dict
    )
    review_360: Review360Settings = Review360Settings()
    mystery_shopping: MysteryShoppingSettings = MysteryShoppingSettings()
    touchpoints: tuple[Touchpoint, ...] = ()
    ces_version: CesVersion | None = Field(
        default=None,
        description="2.0: how easy it was, 1–7 (the usual); 1.0: the older question, how much effort it took, 1–5",
    )
    survey_frame: dict[RespondentGroup, Frame] = Field(default_factory=dict)
    weighting: dict[RespondentGroup, Weights] = Field(default_factory=dict)
    roi: RoiSettings | None = None

    @field_validator("sources")
    @classmethod
    def _only_surveys_are_flagged(
        cls, value: dict[TableName, tuple[Source, ...]]
    ) -> dict[TableName, tuple[Source, ...]]:
        for table, sources in value.items():
            if table != "survey" and any(source.exclude_flagged for source in sources):
                raise ValueError(say("`exclude_flagged` is for the survey only; remove it from {table}.", table=table))
        return value

    @model_validator(mode="after")
    def _weights_have_margins(self) -> Self:
        for group, weights in self.weighting.items():
            if not margins_of(weights, self.survey_frame.get(group)):
                raise ValueError(
                    say(
                        "Nothing to weight {group} to; give `margins` under weighting.{group} or `known` under survey_frame.{group}.",
                        group=group,
                    )
                )
        return self

    @field_validator("touchpoints")
    @classmethod
    def _named_once(cls, value: tuple[Touchpoint, ...]) -> tuple[Touchpoint, ...]:
        names = [touchpoint.name for touchpoint in value]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(say("Touchpoints are named twice: {repeated}.", repeated=", ".join(repeated)))
        return value
