"""The invented client: its units, its touchpoints, and how good they truly are on a latent scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ELEMENTS = ("listening", "expertise", "value", "trust", "solution")
FELT = ("heard", "understood", "valued")
STAFF_BLIND_UNIT = "Tampere"

# limits of the answers on the latent scale; their spacing gives the left skew that satisfaction data have
FIVE_CUTS = (-1.75, -1.17, -0.55, 0.47)
SEVEN_CUTS = (-2.05, -1.55, -1.13, -0.67, -0.13, 0.72)
NPS_CUTS = (-2.6, -2.4, -2.2, -1.95, -1.7, -1.35, -1.0, -0.6, -0.05, 0.6)

# shift of the latent quality by store; customers of the third are the least satisfied, its staff think otherwise
UNITS = {"Helsinki": 0.0, "Espoo": 0.10, "Tampere": -0.18, "Turku": 0.08, "Oulu": 0.02}
UNIT_SHARES = {"Helsinki": 0.29, "Espoo": 0.22, "Tampere": 0.20, "Turku": 0.16, "Oulu": 0.13}


@dataclass(frozen=True)
class Touchpoint:
    """One encounter with customers.

    Parameters
    ----------
    phase
        ``before``, ``during`` or ``after`` the purchase.
    channels
        Weights of the channels in which it takes place.
    share
        Share of the customer responses.
    shifts
        Shift of each element on the latent scale, in the order of `ELEMENTS`.
    effort
        Shift of the ease of getting things done.
    blank_unit
        Share of responses that name no store.
    """

    phase: str
    channels: dict[str, float]
    share: float
    shifts: tuple[float, float, float, float, float]
    effort: float
    blank_unit: float


WEAK = "Reklamaatiot ja palautukset"
TOUCHPOINTS = {
    "Verkkokauppa ja ajanvaraus": Touchpoint(
        "before", {"verkko": 0.8, "sovellus": 0.2}, 0.17, (-0.15, -0.05, 0.05, 0.05, -0.05), 0.10, 0.60
    ),
    "Puhelin- ja chatneuvonta": Touchpoint(
        "before", {"puhelin": 0.65, "chat": 0.35}, 0.15, (-0.10, 0.00, -0.10, -0.10, -0.15), -0.25, 0.30
    ),
    "Myymäläneuvonta": Touchpoint("during", {"myymälä": 1.0}, 0.24, (0.35, 0.50, 0.25, 0.35, 0.35), 0.25, 0.0),
    "Kassa ja nouto": Touchpoint("during", {"myymälä": 1.0}, 0.20, (0.10, 0.00, 0.05, 0.10, 0.10), 0.20, 0.0),
    "Huoltokäynti": Touchpoint(
        "during", {"myymälä": 0.7, "kotikäynti": 0.3}, 0.11, (0.15, 0.35, 0.00, 0.20, 0.25), 0.0, 0.02
    ),
    WEAK: Touchpoint(
        "after",
        {"myymälä": 0.45, "puhelin": 0.3, "sähköposti": 0.25},
        0.13,
        (-1.15, -0.45, -0.75, -0.85, -1.05),
        -1.05,
        0.06,
    ),
}

# busier months weigh more: spring, the autumn season, Christmas
MONTH_WEIGHTS = {1: 7, 2: 6, 3: 7, 4: 8, 5: 10, 6: 9, 7: 6, 8: 8, 9: 8, 10: 8, 11: 11, 12: 12}


def days_of(year: int) -> list[date]:
    """Return every day of a year.

    Examples
    --------
    >>> len(days_of(2024))
    366
    """
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def season(days: list[date]) -> dict[date, float]:
    """Weigh days by season and weekday: Saturdays are busy, Sundays quiet, and the store is shut on a few."""
    shut = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
    weekday = (0.9, 0.9, 0.95, 1.0, 1.2, 1.5, 0.6)
    return {
        day: 0.0 if (day.month, day.day) in shut else MONTH_WEIGHTS[day.month] * weekday[day.weekday()] for day in days
    }
