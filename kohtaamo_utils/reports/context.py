"""What every report starts from: the client's settings and data, and the reader's language."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from kohtaamo_utils.brand import Brand, brand_of
from kohtaamo_utils.engagement import (
    Engagement,
    Language,
    TableName,
    known_language,
    language_of,
    load,
    unknown_language,
)
from kohtaamo_utils.errors import KohtaamoError, SettingsError
from kohtaamo_utils.instrument import Instrument, questions_of
from kohtaamo_utils.intake import Dataset, read, recalled
from kohtaamo_utils.presentation.charts.look import HOUSE, Look, look_of
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kohtaamo_utils.engagement.settings import Period

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """One engagement, read for one report in one language.

    Parameters
    ----------
    engagement
        The client's folder.
    dataset
        The canonical tables that the report uses.
    t, f
        Words and number formats of the reader's language.
    """

    engagement: Engagement
    dataset: Dataset
    t: Wording
    f: Numbers

    @property
    def language(self) -> Language:
        """Language of the report."""
        return self.t.language

    @property
    def period(self) -> Period | None:
        """Period that the report speaks of."""
        return self.engagement.settings.period

    @cached_property
    def instrument(self) -> Instrument:
        """What the engagement's 360 reviews ask."""
        return questions_of(self.engagement)

    @cached_property
    def brand(self) -> Brand | None:
        """The brand that the engagement's settings name."""
        return brand_of(self.engagement)

    @cached_property
    def look(self) -> Look:
        """Colours of the report's charts."""
        return HOUSE if self.brand is None else look_of(self.brand.schemes.light)

    def period_text(self) -> str:
        """Return the period as the reader sees it, or an empty text."""
        return "" if self.period is None else self.f.period(self.period.start, self.period.end)


def in_language(opening: Callable[P, T]) -> Callable[P, T]:
    """Have what a report cannot be opened for told in the report's language.

    Parameters
    ----------
    opening
        Function that takes ``engagement`` and ``language``.
    """
    signature = inspect.signature(opening)

    @wraps(opening)
    def opened(*args: P.args, **options: P.kwargs) -> T:
        try:
            return opening(*args, **options)
        except KohtaamoError as error:
            given = signature.bind(*args, **options)
            given.apply_defaults()
            language = known_language(given.arguments["language"]) or language_of(given.arguments["engagement"])
            error.told = Wording(language).told(error.said)
            raise

    return opened


def open_context(folder: str | Path, language: str, tables: Iterable[TableName]) -> Context:
    """Open an engagement for a report.

    Parameters
    ----------
    folder
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.
    tables
        Canonical tables that the report uses; those that the engagement does not have are left out.

    Raises
    ------
    SettingsError, DataError
        The settings or a source cannot be used as they are.
    """
    engagement = load(folder)
    chosen = language or engagement.settings.language
    known = known_language(chosen)
    if known is None:
        raise SettingsError(unknown_language(chosen))
    there = [table for table in tables if table in engagement.settings.sources]
    return Context(
        engagement=engagement,
        dataset=recalled(engagement, there) or read(engagement, there),
        t=Wording(known),
        f=Numbers(known, engagement.settings.currency),
    )
