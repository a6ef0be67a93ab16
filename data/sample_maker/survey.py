"""The customer survey: 1,500 answers in which listening and solving drive satisfaction, and one touchpoint is weak."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from .chance import ordinal, pick_weighted, stream
from .comments import Commenter
from .files import Row, write_csv
from .world import (
    ELEMENTS,
    FELT,
    FIVE_CUTS,
    NPS_CUTS,
    SEVEN_CUTS,
    TOUCHPOINTS,
    UNIT_SHARES,
    UNITS,
    WEAK,
    Touchpoint,
    days_of,
    season,
)

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

RESPONSES = 1500
UNSURE = "En osaa sanoa"
SCORES = {
    "nps": "Kuinka todennäköisesti suosittelisit meitä? (0–10)",
    "csat": "Tyytyväisyys asiointiin (1–5)",
    "ces": "Asian hoitaminen oli helppoa (1–7)",
    "heard": "Tulin kuulluksi",
    "understood": "Tulin ymmärretyksi",
    "valued": "Tunsin itseni arvostetuksi",
    "listening": "Minua kuunneltiin",
    "expertise": "Sain asiantuntevaa apua",
    "value": "Asioinnista oli minulle hyötyä",
    "trust": "Luotin siihen, mitä minulle luvattiin",
    "solution": "Asiaani etsittiin ratkaisu",
}
COLUMNS = (
    "Vastaus",
    "Asiointipäivä",
    "Vastauspäivä",
    "Kohtaamispiste",
    "Kanava",
    "Vaihe",
    "Myymälä",
    "Ikäryhmä",
    "Asiakastyyppi",
    *SCORES.values(),
    "Mitä haluaisit sanoa meille?",
)

_AGES = {"alle 25": 0.12, "25–39": 0.29, "40–59": 0.35, "60 tai yli": 0.20, None: 0.04}
_TYPES = {"kanta-asiakas": 0.56, "satunnainen asiakas": 0.33, "yritysasiakas": 0.09, None: 0.02}
_AGE_SHIFT = {"alle 25": -0.05, "25–39": -0.03, "40–59": 0.0, "60 tai yli": 0.12}
_TYPE_SHIFT = {"kanta-asiakas": 0.10, "satunnainen asiakas": -0.08, "yritysasiakas": -0.10}
_DELAYS = {0: 0.22, 1: 0.34, 2: 0.19, 3: 0.10, 5: 0.07, 7: 0.05, 9: 0.03}
_CSAT_WEIGHTS = (0.42, 0.08, 0.12, 0.14, 0.38)
_BLANK = {"nps": 0.03, "csat": 0.025, "ces": 0.05, **dict.fromkeys(FELT, 0.05), **dict.fromkeys(ELEMENTS, 0.065)}
_THEMES = {
    "Verkkokauppa ja ajanvaraus": {"sovellus": 5, "odotus": 2, "hinta": 2, "ratkaisu": 0.5},
    "Puhelin- ja chatneuvonta": {"odotus": 4, "toisto": 2, "osaaminen": 2, "kuulluksi": 2, "palvelu": 1.5},
    "Myymäläneuvonta": {"osaaminen": 4, "palvelu": 3, "kuulluksi": 2, "hinta": 1.5, "pysakointi": 1, "ratkaisu": 1},
    "Kassa ja nouto": {"jono": 4, "palvelu": 3, "hinta": 1.5, "sovellus": 1, "pysakointi": 1.5},
    "Huoltokäynti": {"osaaminen": 3, "odotus": 3, "hinta": 1.5, "ratkaisu": 2, "palvelu": 1},
    WEAK: {"toisto": 5, "palautus": 4, "odotus": 2.5, "kuulluksi": 1.5, "ratkaisu": 1},
}


def _latents(rng: np.random.Generator, point: Touchpoint, shift: float) -> dict[str, float]:
    """Return the latent value of every score of one response."""
    person = rng.standard_normal()
    latent = {
        element: shift + own + 0.65 * person + 0.76 * rng.standard_normal()
        for element, own in zip(ELEMENTS, point.shifts, strict=True)
    }
    pull = sum(weight * latent[element] for weight, element in zip(_CSAT_WEIGHTS, ELEMENTS, strict=True))
    latent["csat"] = pull + 0.45 * rng.standard_normal()
    latent["nps"] = 0.72 * latent["csat"] + 0.25 * person + 0.58 * rng.standard_normal()
    latent["ces"] = point.effort + 0.30 * latent["csat"] + 0.30 * latent["solution"] + 0.75 * rng.standard_normal()
    for felt, near in (("heard", "listening"), ("understood", "solution"), ("valued", "trust")):
        latent[felt] = 0.45 * latent[near] + 0.35 * latent["listening"] + 0.25 * person + 0.5 * rng.standard_normal()
    return latent


def scores_from(latent: dict[str, float]) -> dict[str, int]:
    """Turn latent values into answers on the scales of the survey."""
    answers = {name: ordinal(value, FIVE_CUTS) for name, value in latent.items() if name not in {"nps", "ces", "enps"}}
    for name in ("nps", "enps"):
        if name in latent:
            answers[name] = ordinal(latent[name], NPS_CUTS, first=0)
    if "ces" in latent:
        answers["ces"] = ordinal(latent["ces"], SEVEN_CUTS)
    return answers


def with_gaps(rng: np.random.Generator, answers: dict[str, int], more: dict[str, float]) -> dict[str, int | str | None]:
    """Blank some answers, or put "En osaa sanoa" in their place; some people stop after the first three questions."""
    stops = rng.random() < 0.03
    kept: dict[str, int | str | None] = {}
    for name, answer in answers.items():
        gone = rng.random() < _BLANK.get(name, 0.04) + more.get(name, 0.0)
        filler = UNSURE if rng.random() < 0.55 and name not in {"nps", "enps"} else None
        first = name in {"nps", "enps", "csat", "ces"}
        kept[name] = None if stops and not first else filler if gone else answer
    if not any(isinstance(answer, int) for answer in kept.values()):
        first_asked = next(iter(answers))
        kept[first_asked] = answers[first_asked]
    return kept


def _polarities(csat: int) -> dict[str, float]:
    if csat <= 2:
        return {"-": 0.88, "~": 0.12}
    if csat == 3:
        return {"-": 0.42, "~": 0.46, "+": 0.12}
    return {"+": 0.82 if csat == 5 else 0.66, "~": 0.13 if csat == 5 else 0.22, "-": 0.05 if csat == 5 else 0.12}


def _encounter(rng: np.random.Generator, days: dict[date, float]) -> tuple[date, date]:
    """Draw the day of the encounter and the day of the answer, both within the year."""
    while True:
        met = pick_weighted(rng, days)
        answered = met + timedelta(days=pick_weighted(rng, _DELAYS))
        if answered.year == met.year:
            return met, answered


def _response(
    rng: np.random.Generator, writer: Commenter, days: dict[date, float]
) -> dict[str, str | int | date | None]:
    name = pick_weighted(rng, {key: point.share for key, point in TOUCHPOINTS.items()})
    point = TOUCHPOINTS[name]
    unit, age, kind = pick_weighted(rng, UNIT_SHARES), pick_weighted(rng, _AGES), pick_weighted(rng, _TYPES)
    met, answered = _encounter(rng, days)
    drift = 0.06 * (answered.month - 6.5) / 11  # too small to be told from chance
    shift = 0.08 + UNITS[unit] + _AGE_SHIFT.get(age or "", 0.0) + _TYPE_SHIFT.get(kind or "", 0.0) + drift
    answers = scores_from(_latents(rng, point, shift))
    # nobody listens in a web shop, and few judge expertise at the till
    more = {"before": {"listening": 0.08}, "during": {"expertise": 0.03}, "after": {}}[point.phase]
    kept = with_gaps(rng, {score: answers[score] for score in SCORES}, more)
    told = rng.random() < (0.52 if answers["csat"] <= 2 else 0.32)
    return {
        "Asiointipäivä": met,
        "Vastauspäivä": answered,
        "Kohtaamispiste": None if rng.random() < 0.01 else name,
        "Kanava": pick_weighted(rng, point.channels),
        "Vaihe": point.phase,
        "Myymälä": None if rng.random() < point.blank_unit else unit,
        "Ikäryhmä": age,
        "Asiakastyyppi": kind,
        **{SCORES[score]: kept[score] for score in SCORES},
        COLUMNS[-1]: writer.comment(_THEMES[name], _polarities(answers["csat"])) if told else None,
    }


def write(folder: Path) -> None:
    """Write ``asiakaskysely.csv`` into the folder."""
    rng = stream("asiakaskysely")
    writer, days = Commenter(stream("asiakaskysely, kommentit")), season(days_of(2025))
    rows = [_response(rng, writer, days) for _ in range(RESPONSES)]
    rows.sort(key=lambda row: str(row["Vastauspäivä"]))
    numbered: list[Row] = [{"Vastaus": f"A-{number:04d}", **row} for number, row in enumerate(rows, start=1)]
    write_csv(folder / "asiakaskysely.csv", numbered, COLUMNS)
