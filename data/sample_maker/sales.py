"""Two years of sales to recognised customers, and the contract customers of the service business."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from .chance import pick, pick_weighted, stream
from .files import Row, decimal_comma, write_csv
from .world import UNIT_SHARES, days_of, season

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CUSTOMERS = 3000
CUSTOMERS_2024 = 2350
CONTRACTS = 400
MEAN_BASKET = 45.6
MARGIN = 0.38
CANCELLED = 0.003
COLUMNS = ("asiakasnumero", "tilausnumero", "paiva", "summa", "myymala", "kate")
CONTRACT_COLUMNS = ("Asiakasnumero", "Sopimus alkoi", "Sopimus päättyi", "Vuosiarvo", "Sopimustyyppi", "Myymälä")

# more of the customers stay where they are met better
_STAYS = {"Helsinki": 0.72, "Espoo": 0.76, "Tampere": 0.66, "Turku": 0.74, "Oulu": 0.72}
_SIGMA = 0.75
_CONTRACT_VALUES = {"Huolto Perus": 190.0, "Huolto Laaja": 360.0, "Yrityssopimus": 1250.0}


class Till:
    """Draws orders and books them, one day's orders after another.

    Parameters
    ----------
    rng
        The stream of the sales files.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.rows: list[tuple[date, str | None, float, str, bool]] = []
        self._calendars = {}
        for year in (2024, 2025):
            weights = season(days_of(year))
            self._calendars[year] = (list(weights), np.cumsum(list(weights.values())))

    def day(self, year: int, first: date | None = None) -> date:
        """Draw a day of the year, not before `first`."""
        days, shares = self._calendars[year]
        start = float(shares[(first - days[0]).days - 1]) if first is not None and first > days[0] else 0.0
        at = start + self.rng.random() * (float(shares[-1]) - start)
        return days[int(np.searchsorted(shares, at, side="right"))]

    def amount(self) -> float:
        """Draw one order's sum, skewed to the right as baskets are."""
        if self.rng.random() < 0.0006:
            return round(1000 + 900 * self.rng.random(), 2)
        centre = np.log(MEAN_BASKET) - _SIGMA**2 / 2
        return max(2.5, round(float(np.exp(centre + _SIGMA * self.rng.standard_normal())), 2))

    def buy(self, customer: str | None, home: str, day: date) -> None:
        """Book one order, and now and then its return some days later."""
        unit = home if self.rng.random() < 0.9 else pick_weighted(self.rng, UNIT_SHARES)
        amount = 0.0 if self.rng.random() < 0.0007 else self.amount()
        self.rows.append((day, customer, amount, unit, self.rng.random() < 0.03))
        back = day + timedelta(days=int(self.rng.integers(1, 21)))
        if self.rng.random() < 0.017 and back.year <= 2025 and 0 < amount < 1000:
            part = 1.0 if self.rng.random() < 0.7 else 0.5
            self.rows.append((back, customer, -round(amount * part, 2), unit, False))


def _orders_of_year(rng: np.random.Generator, liveliness: float) -> int:
    return 1 + int(rng.poisson(2.58 * liveliness))


def _customer(till: Till, number: int) -> None:
    """Book everything that one customer bought."""
    rng = till.rng
    name, home = f"M{100000 + 37 * number}", pick_weighted(rng, UNIT_SHARES)
    liveliness = float(rng.gamma(1.6, 1 / 1.6))
    joined = None
    if number < CUSTOMERS_2024:
        for _ in range(_orders_of_year(rng, liveliness)):
            till.buy(name, home, till.day(2024))
        # lively customers stay a little more often
        if rng.random() > _STAYS[home] + 0.08 * np.tanh(liveliness - 1):
            return
    else:
        joined = till.day(2025)
        till.buy(name, home, joined)
        liveliness *= 0.5
    for _ in range(_orders_of_year(rng, liveliness)):
        till.buy(name, home, till.day(2025, joined))


def _lines(till: Till) -> Iterator[tuple[date, Row]]:
    """Give the orders numbers by day, and two lines to some of them."""
    counts = {2024: 0, 2025: 0}
    for day, customer, amount, unit, split in sorted(till.rows, key=lambda row: row[0]):
        counts[day.year] += 1
        order = f"{'H' if amount < 0 else 'T'}{day:%y}-{counts[day.year]:05d}"
        first = round(amount * 0.62, 2) if split else amount
        for part in (first, round(amount - first, 2)) if split and amount > 10 else (amount,):
            share = MARGIN + 0.05 * till.rng.standard_normal()
            yield (
                day,
                {
                    "asiakasnumero": customer,
                    "tilausnumero": order,
                    "paiva": day,
                    "summa": decimal_comma(part),
                    "myymala": unit,
                    "kate": decimal_comma(part * share),
                },
            )


def _with_cancelled(lines: Iterable[tuple[date, Row]]) -> Iterator[tuple[date, Row]]:
    """Put a cancelled first try before a few of the lines: the same order under a number of its own."""
    rng = stream("peruutukset")
    for day, line in lines:
        if rng.random() < CANCELLED and str(line["tilausnumero"]).startswith("T"):
            yield day, {**line, "tilausnumero": f"P{str(line['tilausnumero'])[1:]}"}
        yield day, line


def write_sales(folder: Path) -> None:
    """Write ``myynti_2024.csv`` and ``myynti_2025.csv``; the older one is in Windows' old encoding."""
    till = Till(stream("myynti"))
    for number in range(CUSTOMERS):
        _customer(till, number)
    for _ in range(len(till.rows) // 40):
        till.buy(None, pick_weighted(till.rng, UNIT_SHARES), till.day(pick(till.rng, (2024, 2025))))
    lines = list(_with_cancelled(_lines(till)))
    for year, encoding in ((2024, "cp1252"), (2025, "utf-8-sig")):
        rows = [row for day, row in lines if day.year == year]
        write_csv(folder / f"myynti_{year}.csv", rows, COLUMNS, encoding)


def _contract(rng: np.random.Generator, number: int) -> Row:
    started = date(2019, 1, 1) + timedelta(days=int(rng.integers(0, 2500)))
    kind = pick_weighted(rng, {"Huolto Perus": 0.55, "Huolto Laaja": 0.33, "Yrityssopimus": 0.12})
    # about one in seven ends each year; contracts still running have no end
    ended = started + timedelta(days=90 + int(rng.exponential(365 / 0.15)))
    value = _CONTRACT_VALUES[kind] * float(np.exp(0.12 * rng.standard_normal()))
    return {
        "Asiakasnumero": f"S{4000 + number}",
        "Sopimus alkoi": started,
        "Sopimus päättyi": ended if ended <= date(2025, 12, 31) else None,
        "Vuosiarvo": decimal_comma(round(value, -1)),
        "Sopimustyyppi": kind,
        "Myymälä": pick_weighted(rng, UNIT_SHARES),
    }


def write_contracts(folder: Path) -> None:
    """Write ``sopimusasiakkaat.csv`` into the folder."""
    rng = stream("sopimusasiakkaat")
    rows = [_contract(rng, number) for number in range(CONTRACTS)]
    write_csv(folder / "sopimusasiakkaat.csv", rows, CONTRACT_COLUMNS)


def write(folder: Path) -> None:
    """Write the sales and the contracts into the folder."""
    write_sales(folder)
    write_contracts(folder)
