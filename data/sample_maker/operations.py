"""Monthly operational figures over two years, some by store and some by touchpoint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .chance import stream
from .files import Row, decimal_comma, write_csv
from .world import UNITS, WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np

COLUMNS = ("kuukausi", "mittari", "arvo", "myymälä", "kohtaamispiste", "suurempi on parempi")
MONTHS = tuple(date(year, month, 1) for year in (2024, 2025) for month in range(1, 13))


@dataclass(frozen=True)
class Series:
    """One measure in one place.

    Parameters
    ----------
    measure
        Name as the client calls it.
    level
        Usual value.
    spread
        Standard deviation from month to month.
    higher_is_better
        Direction.
    unit, touchpoint
        Place, if it has one.
    """

    measure: str
    level: float
    spread: float
    higher_is_better: bool
    unit: str | None = None
    touchpoint: str | None = None


SERIES = (
    *(Series("Konversio", 0.31 + 0.10 * shift, 0.012, True, unit=unit) for unit, shift in UNITS.items()),
    Series("Vasteaika, tuntia", 5.2, 0.7, False, touchpoint="Puhelin- ja chatneuvonta"),
    Series("Vasteaika, tuntia", 41.0, 5.5, False, touchpoint=WEAK),
    Series("Ensikontaktiratkaisu", 0.74, 0.018, True, touchpoint="Puhelin- ja chatneuvonta"),
    Series("Ensikontaktiratkaisu", 0.43, 0.028, True, touchpoint=WEAK),
    Series("Sovittujen toimenpiteiden toteutuma", 0.62, 0.05, True),
    Series("Poistuma", 0.027, 0.0025, False),
)
# the store in Oulu was being rebuilt: its visitor counter gave nothing
_NOT_COUNTED = {("Oulu", date(2024, 7, 1)), ("Oulu", date(2024, 8, 1))}


def _rows(rng: np.random.Generator, series: Series) -> Iterator[Row]:
    for month in MONTHS:
        value = series.level + series.spread * rng.standard_normal()
        if (series.unit, month) in _NOT_COUNTED:
            continue
        yield {
            "kuukausi": month,
            "mittari": series.measure,
            "arvo": decimal_comma(value, 1 if series.level > 1 else 3),
            "myymälä": series.unit,
            "kohtaamispiste": series.touchpoint,
            "suurempi on parempi": "kyllä" if series.higher_is_better else "ei",
        }


def write(folder: Path) -> None:
    """Write ``toiminnalliset.csv`` into the folder."""
    rng = stream("toiminnalliset")
    rows = [row for series in SERIES for row in _rows(rng, series)]
    write_csv(folder / "toiminnalliset.csv", rows, COLUMNS)
