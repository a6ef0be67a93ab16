"""The staff register: 150 employments as the pay system exports them, with real Excel dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from .chance import pick_weighted, stream
from .files import Row, write_workbook
from .world import UNIT_SHARES

if TYPE_CHECKING:
    from pathlib import Path

EARLIER_LEAVERS = 14
OPENING = 112
HIRES = 24
LEAVERS_FROM_OPENING = 18
LEAVERS_FROM_HIRES = 4
COLUMNS = ("Henkilönumero", "Alkoi", "Päättyi", "Päättymisen syy", "Kuukausipalkka", "Tehtävä", "Yksikkö")

_ROLES = {"Myyjä": 0.42, "Kassamyyjä": 0.20, "Asiakasneuvoja": 0.14, "Huoltoasentaja": 0.16, "Verkkokauppa": 0.08}
_PAY = {
    "Myyjä": (2350, 2750),
    "Kassamyyjä": (2180, 2480),
    "Asiakasneuvoja": (2400, 2800),
    "Huoltoasentaja": (2600, 3150),
    "Verkkokauppa": (2900, 3500),
    "Esihenkilö": (3200, 4100),
    "Johto": (5800, 7400),
}
_REASONS = {"oma pyyntö": 0.62, "määräaikaisuus päättyi": 0.20, "eläke": 0.10, "koeaikapurku": 0.08}
_OPENING_DAY = date(2025, 1, 1)


def _day_between(rng: np.random.Generator, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.integers(0, (last - first).days + 1)))


def _person(rng: np.random.Generator, started: date, role: str | None = None) -> dict[str, str | int | date | None]:
    role = role or pick_weighted(rng, _ROLES)
    low, high = _PAY[role]
    unit = {"Johto": "Pääkonttori", "Verkkokauppa": "Pääkonttori"}.get(role) or pick_weighted(rng, UNIT_SHARES)
    return {
        "Alkoi": started,
        "Päättyi": None,
        "Päättymisen syy": None,
        # two salaries were never moved over from the old system
        "Kuukausipalkka": None if rng.random() < 0.015 else round(int(rng.integers(low, high)), -1),
        "Tehtävä": role,
        "Yksikkö": unit,
    }


def _leave(rng: np.random.Generator, person: dict[str, str | int | date | None], first: date, last: date) -> None:
    person["Päättyi"] = _day_between(rng, first, last)
    reason = pick_weighted(rng, _REASONS)
    started = person["Alkoi"]
    newcomer = isinstance(started, date) and started >= date(2021, 1, 1)
    person["Päättymisen syy"] = "oma pyyntö" if newcomer and reason == "eläke" else reason


def _opening_staff(rng: np.random.Generator) -> list[dict[str, str | int | date | None]]:
    """Return those employed when the year opens; long careers are rarer than short ones."""
    roles = ["Johto"] * 3 + ["Esihenkilö"] * 13 + [None] * (OPENING - 16)
    return [
        _person(rng, _OPENING_DAY - timedelta(days=1 + min(9000, int(rng.exponential(1700)))), role) for role in roles
    ]


def _employments(rng: np.random.Generator) -> list[dict[str, str | int | date | None]]:
    earlier = [_person(rng, _day_between(rng, date(2019, 1, 1), date(2023, 3, 1))) for _ in range(EARLIER_LEAVERS)]
    for person in earlier:
        _leave(rng, person, date(2023, 6, 1), date(2024, 12, 20))
    opening = _opening_staff(rng)
    # the management stays; anybody else may leave
    for index in rng.permutation(np.arange(3, OPENING))[:LEAVERS_FROM_OPENING]:
        _leave(rng, opening[int(index)], date(2025, 1, 20), date(2025, 12, 15))
    hires = [_person(rng, _day_between(rng, date(2025, 1, 13), date(2025, 11, 24))) for _ in range(HIRES)]
    early = sorted(hires, key=lambda person: str(person["Alkoi"]))[:LEAVERS_FROM_HIRES]
    for person in early:
        started = person["Alkoi"]
        if isinstance(started, date):
            _leave(rng, person, started + timedelta(days=45), date(2025, 12, 10))
    return earlier + opening + hires


def write(folder: Path) -> None:
    """Write ``henkilosto.xlsx`` into the folder."""
    people = _employments(stream("henkilosto"))
    people.sort(key=lambda person: str(person["Alkoi"]))
    rows: list[Row] = [{"Henkilönumero": 2000 + 7 * number, **person} for number, person in enumerate(people)]
    notes: list[Row] = [
        {"Sarake": "Päättyi", "Selite": "Työsuhteen päättymispäivä; tyhjä = työsuhde jatkuu"},
        {"Sarake": "Kuukausipalkka", "Selite": "Euroa kuukaudessa ilman sivukuluja"},
    ]
    sheets = {"Henkilöt": (COLUMNS, rows), "Selite": (("Sarake", "Selite"), notes)}
    write_workbook(folder / "henkilosto.xlsx", sheets)
