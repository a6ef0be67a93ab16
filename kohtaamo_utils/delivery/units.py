"""The supervisors' reports of an engagement: which units have one, what its file is called, and whose names it must not hold."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.own_words import own_words, stands_in
from kohtaamo_utils.errors import DeliveryError, Said, say
from kohtaamo_utils.intake.people.file_names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.reports.current_state.units import Units

SUPERVISOR = "supervisor"


def file_name_of(unit: str) -> str:
    """Return what stands for a unit in its report's file name.

    A name that every system takes is its own; others become one (`safe_name`), always the same and no other's.

    Examples
    --------
    >>> file_name_of("Itä-Suomi"), file_name_of("Myynti/Etelä"), file_name_of("../../etc")
    ('Itä-Suomi', 'Myynti-Etelä-cc1c56', 'etc-74ccf3')
    >>> file_name_of("CON"), file_name_of("☕")
    ('CON-a3dbc4', 'unit-cf1f91')
    """
    name = unicodedata.normalize("NFC", unit)
    return safe_name(name, hashlib.sha256(name.encode()).hexdigest()[:6], "unit")


def check_units(units: Iterable[str]) -> None:
    """Refuse two units whose reports would be one file.

    Raises
    ------
    DeliveryError
        Two names differ in case only; the message names both.

    Examples
    --------
    >>> check_units(["Turku", "Tampere"])
    """
    seen: dict[str, str] = {}
    for unit in units:
        other = seen.setdefault(file_name_of(unit).casefold(), unit)
        if other != unit:
            raise DeliveryError(
                say(
                    "The reports of the units {one} and {other} would be one file. Give one of them another name in the data.",
                    one=repr(other),
                    other=repr(unit),
                )
            )


def units_in(engagement: Engagement, tables: Mapping[str, pd.DataFrame]) -> Units:
    """Return the units of the survey that have a supervisor's report, and those that have none.

    Parameters
    ----------
    engagement
        The client's folder.
    tables
        Canonical tables; without ``survey`` there are no units.
    """
    from kohtaamo_utils.reports.current_state.surveyed import survey_in
    from kohtaamo_utils.reports.current_state.units import Units, units_of

    if "survey" not in tables:
        return Units()
    return units_of(survey_in(engagement, tables["survey"]))


def without_report(engagement: Engagement, units: Units) -> dict[str, Said]:
    """Return the reports that are not made because a unit has too few answers, with the reason."""
    reason = too_few(engagement.settings.disclosure.minimum_respondents)
    return {f"current_state/supervisor {unit}": reason for unit in units.hidden}


def too_few(minimum: int) -> Said:
    """Return why a unit has no report, though the data have it."""
    return say("the unit has fewer than {minimum} answers, or would give so few away", minimum=minimum)


def other_things(engagement: Engagement, survey: pd.DataFrame | None) -> tuple[str, ...]:
    """Return what a report may show of the client besides units: its name, touchpoints, channels, files and the like.

    Parameters
    ----------
    engagement
        The client's folder.
    survey
        Canonical ``survey``, or None.
    """
    settings = engagement.settings
    named = [settings.client, *(touchpoint.name for touchpoint in settings.touchpoints)]
    named += [file for sources in settings.sources.values() for source in sources for file in source.file]
    columns = [] if survey is None else [name for name in ("touchpoint", "channel") if name in survey.columns]
    return (*named, *(str(value) for name in columns for value in survey[name].dropna().unique()))  # type: ignore[index]


def foreign_names(own: str, units: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the names of other units that a unit's report must not hold.

    Left out are names that a report may hold for another reason: those that stand in the unit's own name, in what the
    settings or the survey call other things (a touchpoint, a channel, the client), or in the kit's own sentences.

    Parameters
    ----------
    own
        The report's unit.
    units
        All of them.
    known
        Texts of the client that the report may show besides.

    Examples
    --------
    >>> foreign_names("Turku", ["Turku", "Oulu", "Verkko", "Customers"], ["Verkko ja puhelin"])
    ('Oulu',)
    """
    texts = "\n".join([own, *known, own_words()])
    return tuple(name for name in units if name != own and not stands_in(name, texts))
