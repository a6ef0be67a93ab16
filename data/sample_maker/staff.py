"""The staff's two surveys: how they think customers are met, and how those above them meet them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from .chance import pick_weighted, stream
from .comments import Commenter
from .files import Row, write_csv
from .survey import SCORES, scores_from, with_gaps
from .world import ELEMENTS, FELT, STAFF_BLIND_UNIT, TOUCHPOINTS, UNIT_SHARES, UNITS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

# two rounds a year, about half of the staff in each
ROUNDS = (date(2025, 4, 7), date(2025, 10, 6))
GROUPS = {"employee": 48, "supervisor": 9, "management": 3}
BELIEVED = {
    "enps": "Suosittelisitko työnantajaasi? (0–10)",
    "heard": "Asiakas tulee meillä kuulluksi",
    "understood": "Asiakas tulee meillä ymmärretyksi",
    "valued": "Asiakas tuntee itsensä arvostetuksi",
    "listening": "Kuuntelemme asiakasta",
    "expertise": "Annamme asiantuntevaa apua",
    "value": "Asiakas hyötyy asioinnista",
    "trust": "Asiakas voi luottaa lupauksiimme",
    "solution": "Etsimme asiakkaan asiaan ratkaisun",
}
COLUMNS = (
    "Vastaus",
    "Vastauspäivä",
    "vastaajaryhma",
    "Yksikkö",
    "Kohtaamispiste",
    *BELIEVED.values(),
    "Vapaa sana",
)
LED_COLUMNS = ("Vastaus", "Vastauspäivä", "vastaajaryhma", "Yksikkö", *(SCORES[felt] for felt in FELT), "Kommentti")
LED = {"employee": 62, "supervisor": 13}

_STAFF_SHIFT = {"employee": 0.08, "supervisor": 0.35, "management": 0.75}
_ELEMENT_SHIFT = {"listening": 0.15, "expertise": 0.20, "value": -0.10, "trust": 0.05, "solution": 0.10}


def _believed(rng: np.random.Generator, group: str, unit: str | None) -> dict[str, int]:
    """Return one person's beliefs: a little above the customers' view, far above it in one unit."""
    person = rng.standard_normal()
    unit_shift = 0.80 if unit == STAFF_BLIND_UNIT else UNITS.get(unit or "", 0.0)
    base = _STAFF_SHIFT[group] + unit_shift
    latent = {
        element: base + _ELEMENT_SHIFT[element] + 0.55 * person + 0.7 * rng.standard_normal() for element in ELEMENTS
    }
    for felt, near in (("heard", "listening"), ("understood", "solution"), ("valued", "trust")):
        latent[felt] = 0.7 * latent[near] + 0.3 * person + 0.5 * rng.standard_normal()
    latent["enps"] = -0.70 + 0.3 * _STAFF_SHIFT[group] + 0.6 * person + 0.8 * rng.standard_normal()
    return scores_from(latent)


def _polarities(good: bool) -> dict[str, float]:
    return {"+": 0.5, "~": 0.35, "-": 0.15} if good else {"-": 0.6, "~": 0.3, "+": 0.1}


def _belief_row(
    rng: np.random.Generator, writer: Commenter, group: str, opened: date
) -> dict[str, str | int | date | None]:
    # management sits at the head office, which is no unit of the survey
    unit = None if group == "management" else pick_weighted(rng, UNIT_SHARES)
    answers = _believed(rng, group, unit)
    kept = with_gaps(rng, {name: answers[name] for name in BELIEVED}, {})
    told = rng.random() < 0.4
    return {
        "Vastauspäivä": opened + timedelta(days=int(rng.integers(0, 18))),
        "vastaajaryhma": group,
        "Yksikkö": unit,
        "Kohtaamispiste": None if unit is None or rng.random() < 0.35 else _own_touchpoint(rng),
        **{BELIEVED[name]: kept[name] for name in BELIEVED},
        "Vapaa sana": writer.comment({"henkilosto": 1}, _polarities(answers["enps"] >= 8)) if told else None,
    }


def _own_touchpoint(rng: np.random.Generator) -> str:
    return pick_weighted(rng, {name: point.share for name, point in TOUCHPOINTS.items()})


def write_beliefs(folder: Path) -> None:
    """Write ``henkilostokysely.csv``: 120 answers over two rounds."""
    rng = stream("henkilostokysely")
    writer = Commenter(stream("henkilostokysely, kommentit"))
    groups = [(opened, group) for opened in ROUNDS for group, count in GROUPS.items() for _ in range(count)]
    rows = [_belief_row(rng, writer, group, opened) for opened, group in groups]
    _write_numbered(folder / "henkilostokysely.csv", rows, COLUMNS, "H")


def _led_row(rng: np.random.Generator, writer: Commenter, group: str) -> dict[str, str | int | date | None]:
    unit = pick_weighted(rng, UNIT_SHARES)
    # supervisors feel less met by management than employees by their supervisors
    shift = (0.05 if group == "employee" else -0.55) + 0.5 * UNITS[unit]
    person = rng.standard_normal()
    latent = {felt: shift + 0.7 * person + 0.7 * rng.standard_normal() for felt in FELT}
    latent["understood"] -= 0.1
    answers = scores_from(latent)
    kept: dict[str, int | None] = {felt: None if rng.random() < 0.035 else answers[felt] for felt in FELT}
    if all(value is None for value in kept.values()):
        kept["heard"] = answers["heard"]
    told = rng.random() < 0.2
    return {
        "Vastauspäivä": date(2025, 11, 3) + timedelta(days=int(rng.integers(0, 12))),
        "vastaajaryhma": group,
        "Yksikkö": unit,
        **{SCORES[felt]: kept[felt] for felt in FELT},
        "Kommentti": writer.comment({"johtaminen": 1}, _polarities(answers["heard"] >= 4)) if told else None,
    }


def write_leadership(folder: Path) -> None:
    """Write ``johtaminen.csv``: employees on their supervisors, supervisors on the management."""
    rng = stream("johtaminen")
    writer = Commenter(stream("johtaminen, kommentit"))
    rows = [_led_row(rng, writer, group) for group, count in LED.items() for _ in range(count)]
    _write_numbered(folder / "johtaminen.csv", rows, LED_COLUMNS, "J")


def _write_numbered(
    path: Path, rows: list[dict[str, str | int | date | None]], columns: tuple[str, ...], letter: str
) -> None:
    rows.sort(key=lambda row: str(row["Vastauspäivä"]))
    numbered: list[Row] = [{"Vastaus": f"{letter}-{number:03d}", **row} for number, row in enumerate(rows, start=1)]
    write_csv(path, numbered, columns)


def write(folder: Path) -> None:
    """Write both files into the folder."""
    write_beliefs(folder)
    write_leadership(folder)
