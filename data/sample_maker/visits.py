"""Mystery shopping: 30 visits, each judged by the same eight criteria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .chance import pick_weighted, stream
from .files import Cell, Row, decimal_comma, write_csv
from .world import UNIT_SHARES, UNITS, WEAK, days_of, season

if TYPE_CHECKING:
    from pathlib import Path

VISITS = 30
COLUMNS = (
    "käynti",
    "käyntipäivä",
    "myymälä",
    "kohtaamispiste",
    "kriteeri",
    "elementti",
    "pisteet",
    "enintään",
    "paino",
    "kriittinen",
)


@dataclass(frozen=True)
class Criterion:
    """One question of the visitor's form.

    Parameters
    ----------
    text
        What the visitor judges.
    element
        Element of the encounter that it shows.
    maximum
        Best score; 2 gives 0, 1, 2 and 10 gives even halves of five.
    weight
        Weight in the visit's score.
    critical
        Whether failing it fails the visit.
    ease
        Latent shift: how often it goes well.
    """

    text: str
    element: str
    maximum: int
    weight: float
    critical: bool
    ease: float


CRITERIA = (
    Criterion("Asiakas huomattiin minuutin kuluessa", "trust", 1, 1.0, False, 0.5),
    Criterion("Tarve selvitettiin avoimin kysymyksin", "listening", 5, 2.0, True, -0.1),
    Criterion("Asiakkaan annettiin puhua loppuun", "listening", 5, 1.5, False, 0.2),
    Criterion("Neuvo oli oikea ja perusteltu", "expertise", 5, 2.0, True, 0.3),
    Criterion("Hyöty kerrottiin asiakkaan tilanteesta käsin", "value", 5, 1.0, False, -0.3),
    Criterion("Tarjottiin ratkaisu tai vaihtoehto", "solution", 5, 2.0, True, 0.1),
    Criterion("Seuraava vaihe sovittiin ja kirjattiin", "solution", 2, 1.5, False, -0.5),
    Criterion("Lopuksi varmistettiin, että asia tuli kuntoon", "trust", 2, 1.0, False, -0.2),
)
_WHERE = {"Myymäläneuvonta": 0.34, "Kassa ja nouto": 0.22, "Huoltokäynti": 0.16, WEAK: 0.28}
_POINT_SHIFT = {"Myymäläneuvonta": 0.35, "Kassa ja nouto": 0.0, "Huoltokäynti": 0.2, WEAK: -0.8}


def _score(rng: np.random.Generator, criterion: Criterion, shift: float) -> str | None:
    """Return the score as written, or None where the criterion could not be seen."""
    if rng.random() < 0.07:
        return None
    share = 1 / (1 + np.exp(-1.3 * (0.75 + shift + criterion.ease + 0.8 * rng.standard_normal())))
    steps = criterion.maximum * (2 if criterion.maximum == 5 else 1)
    points = round(float(share) * steps) * criterion.maximum / steps
    return decimal_comma(points, 0 if points == int(points) else 1)


def _visit(rng: np.random.Generator, number: int) -> list[Row]:
    point, unit = pick_weighted(rng, _WHERE), pick_weighted(rng, UNIT_SHARES)
    day = pick_weighted(rng, season(days_of(2025)))
    shift = _POINT_SHIFT[point] + UNITS[unit] + 0.3 * rng.standard_normal()
    common: dict[str, Cell] = {"käynti": f"K{number:02d}", "käyntipäivä": day, "myymälä": unit, "kohtaamispiste": point}
    return [
        {
            **common,
            "kriteeri": criterion.text,
            "elementti": criterion.element,
            "pisteet": _score(rng, criterion, shift),
            "enintään": criterion.maximum,
            "paino": decimal_comma(criterion.weight, 1),
            "kriittinen": "kyllä" if criterion.critical else "ei",
        }
        for criterion in CRITERIA
    ]


def write(folder: Path) -> None:
    """Write ``mystery.csv`` into the folder."""
    rng = stream("mystery")
    rows = [row for number in range(1, VISITS + 1) for row in _visit(rng, number)]
    write_csv(folder / "mystery.csv", rows, COLUMNS)
