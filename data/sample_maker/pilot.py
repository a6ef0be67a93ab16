"""The pilot: six units over eight months, three of them trained after the fourth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chance import stream
from .files import Row, decimal_comma, write_csv

if TYPE_CHECKING:
    from pathlib import Path

EFFECT = 0.25
PERIODS = 8
FIRST_AFTER = 5
COLUMNS = ("yksikko", "jakso", "kuukausi", "pilotissa", "jalkeen", "tyytyvaisyys")

_LEVELS = {
    "Helsinki": 3.92,
    "Espoo": 3.98,
    "Tampere": 3.78,
    "Turku": 3.95,
    "Oulu": 3.90,
    "Asiakaspalvelukeskus": 3.62,
}
TREATED = ("Espoo", "Turku", "Asiakaspalvelukeskus")
_NOISE = 0.045


def write(folder: Path) -> None:
    """Write ``pilotti.csv``: the mean satisfaction of each unit and month."""
    rng = stream("pilotti")
    common = [0.01 * period + 0.02 * rng.standard_normal() for period in range(PERIODS)]
    rows: list[Row] = []
    for unit, level in _LEVELS.items():
        for period in range(1, PERIODS + 1):
            after = period >= FIRST_AFTER
            effect = EFFECT if after and unit in TREATED else 0.0
            outcome = level + common[period - 1] + effect + _NOISE * rng.standard_normal()
            rows.append(
                {
                    "yksikko": unit,
                    "jakso": period,
                    "kuukausi": f"{period + 2}/2025",
                    "pilotissa": "kyllä" if unit in TREATED else "ei",
                    "jalkeen": "kyllä" if after else "ei",
                    "tyytyvaisyys": decimal_comma(outcome),
                }
            )
    write_csv(folder / "pilotti.csv", rows, COLUMNS)
