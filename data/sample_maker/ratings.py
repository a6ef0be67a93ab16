"""The 360 review: eight invented reviewees with varied rater groups and profiles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from .chance import pick, stream
from .comments import Commenter
from .files import Cell, Row, write_csv

if TYPE_CHECKING:
    from pathlib import Path

WAVE = 2025
COLUMNS = (
    "arvioitava",
    "arvioitavan nimi",
    "arvioija",
    "arvioijaryhma",
    "vaittama",
    "kompetenssi",
    "arvio",
    "kierros",
    "kommentti",
)

ITEMS = (
    ("listening", "Antaa toisen puhua loppuun ennen kuin vastaa"),
    ("listening", "Kysyy tarkentavia kysymyksiä ja kertoo, mitä ymmärsi"),
    ("expertise", "Selittää asiat niin, että kuulija voi tehdä päätöksen"),
    ("expertise", "Tuntee alueensa ja hankkii tiedon, jota ei itse hallitse"),
    ("value", "Ottaa selvää, mistä toiselle on oikeasti hyötyä"),
    ("value", "Huolehtii, että tapaamisesta jää käteen jotakin konkreettista"),
    ("trust", "Pitää sen, minkä lupaa"),
    ("trust", "Kertoo avoimesti myös ikävät asiat"),
    ("solution", "Ehdottaa ratkaisua, kun muut kuvaavat ongelmaa"),
    ("solution", "Vie sovitun asian loppuun saakka"),
    ("presence", "Keskittyy kohtaamiseen eikä tee samalla muuta"),
    ("presence", "On tavoitettavissa silloin, kun häntä tarvitaan"),
    ("empathy", "Huomaa, miltä toisesta tuntuu, ja ottaa sen huomioon"),
    ("empathy", "Kohtaa kiukkuisenkin ihmisen arvostavasti"),
    ("leading", "Käy läpi kohtaamisten onnistumisia ja epäonnistumisia tiiminsä kanssa"),
    ("leading", "Raivaa esteitä, jotta muut voivat palvella hyvin"),
)
# customers see little of how somebody leads
_UNSEEN = {"customer": {"leading": 0.55, "presence": 0.08}, "peer": {"empathy": 0.06}, "report": {"expertise": 0.03}}
# how mildly each group rates on the whole
_MILDNESS = {"self": 0.30, "manager": 0.0, "peer": 0.05, "report": -0.05, "customer": 0.15}


@dataclass(frozen=True)
class Reviewee:
    """One reviewee.

    Parameters
    ----------
    name
        Invented name.
    raters
        Raters by group besides the reviewee: manager, peer, report, customer.
    level
        Usual rating by others.
    others, own
        Shift of a competency as others see it, and as the reviewee does.
    remarks
        Pools of comments (pool, polarity) for those who comment, tried in order.
    """

    name: str
    raters: dict[str, int]
    level: float
    others: dict[str, float] = field(default_factory=dict)
    own: dict[str, float] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = (("yleinen", "+"), ("yleinen", "~"), ("yleinen", "-"))


def _group(manager: int, peer: int, report: int, customer: int) -> dict[str, int]:
    return {"manager": manager, "peer": peer, "report": report, "customer": customer}


REVIEWEES = {
    # a blind spot: sure of listening well, and alone in it
    "r01": Reviewee(
        "Aino Esimerkkilä",
        _group(1, 4, 5, 4),
        3.85,
        others={"listening": -1.25, "expertise": 0.55, "presence": -0.5},
        own={"listening": 0.9, "expertise": 0.2},
        remarks=(("r01", "-"), ("yleinen", "~")),
    ),
    "r02": Reviewee("Veikko Malliala", _group(1, 3, 3, 5), 3.7, others={"trust": 0.5, "leading": -0.6}),
    # two peers: too few to be shown
    "r03": Reviewee("Sanni Kuvitelma", _group(1, 2, 5, 4), 4.05, others={"solution": 0.4, "value": 0.2}),
    # nobody reports to this one
    "r04": Reviewee("Olli Keksilä", _group(1, 5, 0, 6), 3.9, others={"expertise": 0.6, "empathy": -0.5}),
    # a single report
    "r05": Reviewee("Henna Testivaara", _group(1, 4, 1, 4), 3.6, others={"presence": 0.4, "solution": -0.5}),
    # two groups of two, and a hidden strength: kinder than the reviewee believes
    "r06": Reviewee(
        "Pekka Tarinainen",
        _group(1, 2, 2, 3),
        3.9,
        others={"empathy": 0.6, "listening": 0.35},
        own={"empathy": -1.6, "listening": -0.6},
        remarks=(("r06", "+"), ("yleinen", "+")),
    ),
    "r07": Reviewee("Ilona Satumaa-Malli", _group(1, 6, 7, 8), 4.15, others={"leading": 0.3, "value": -0.4}),
    # two managers and two customers
    "r08": Reviewee(
        "Jarmo Näytelä", _group(2, 4, 4, 2), 3.4, others={"trust": -0.5, "expertise": 0.4, "leading": -0.3}
    ),
}
# two managers between them rate everybody
_MANAGERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("r01", "r02", "r03", "r07"), ("a901",)),
    **dict.fromkeys(("r04", "r05", "r06"), ("a902",)),
    "r08": ("a901", "a902"),
}
_PEER_POOL = 12


def _raters(rng: np.random.Generator, reviewee: str, number: int) -> list[tuple[str, str]]:
    """Return (rater_id, rater_group) pairs; peers and managers rate several people, the rest one."""
    counts = REVIEWEES[reviewee].raters
    raters = [(f"a{100 + number}", "self")] + [(manager, "manager") for manager in _MANAGERS[reviewee]]
    raters += [(f"a{200 + int(peer)}", "peer") for peer in sorted(rng.permutation(_PEER_POOL)[: counts["peer"]])]
    for group, first in (("report", 300), ("customer", 500)):
        raters += [(f"a{first + 10 * number + place}", group) for place in range(counts[group])]
    return raters


def _scores(rng: np.random.Generator, reviewee: Reviewee, group: str) -> list[int | None]:
    """Return one rater's answers in the order of `ITEMS`."""
    personal = 0.15 * rng.standard_normal() if group == "self" else 0.35 * rng.standard_normal()
    shifts = reviewee.own if group == "self" else reviewee.others
    scores: list[int | None] = []
    for competency, _ in ITEMS:
        centre = reviewee.level + _MILDNESS[group] + shifts.get(competency, 0.0) + personal
        score = int(np.clip(np.rint(centre + 0.55 * rng.standard_normal()), 1, 5))
        unseen = 0.0 if group == "self" else 0.02 + _UNSEEN.get(group, {}).get(competency, 0.0)
        scores.append(None if rng.random() < unseen else score)
    return scores


def _comment(rng: np.random.Generator, writer: Commenter, reviewee: Reviewee, group: str) -> str | None:
    if group == "self" or rng.random() > 0.5:
        return None
    first, *others = reviewee.remarks
    pool, polarity = first if rng.random() < 0.55 else pick(rng, others)
    return writer.comment({pool: 1}, {polarity: 1})


def _rows(rng: np.random.Generator, writer: Commenter, key: str, number: int) -> list[Row]:
    reviewee = REVIEWEES[key]
    rows: list[Row] = []
    for rater, group in _raters(rng, key, number):
        comment = _comment(rng, writer, reviewee, group)
        for place, ((competency, item), score) in enumerate(zip(ITEMS, _scores(rng, reviewee, group), strict=True)):
            row: dict[str, Cell] = {
                "arvioitava": key,
                "arvioitavan nimi": reviewee.name,
                "arvioija": rater,
                "arvioijaryhma": group,
                "vaittama": item,
                "kompetenssi": competency,
                "arvio": score,
                "kierros": WAVE,
                "kommentti": comment if place == 0 else None,
            }
            rows.append(row)
    return rows


def write(folder: Path) -> None:
    """Write ``arviot_360.csv`` into the folder: one row per rater and item."""
    rng = stream("arviot_360")
    writer = Commenter(stream("arviot_360, kommentit"), "kommentit_360.txt")
    rows = [row for number, key in enumerate(REVIEWEES, start=1) for row in _rows(rng, writer, key, number)]
    write_csv(folder / "arviot_360.csv", rows, COLUMNS)
