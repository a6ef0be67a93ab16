"""The 360 review: eight invented reviewees with varied rater groups and profiles, six of them in an earlier wave too."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from ruamel.yaml import YAML

from .chance import pick, stream
from .comments import Commenter
from .files import Cell, Row, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

WAVE = 2025
INSTRUMENT = Path(__file__).resolve().parents[1] / "competencies.yaml"
NOT_SEEN = "En ole havainnut"
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

EARLIER_COLUMNS = ("Arvioitava", "Arvioitavan nimi", "Arvioija", "Rooli", "Kierros")
"""The earlier wave's file has a row for each evaluation, and a column for each item."""
ROLES = {"self": "Itse", "manager": "Esihenkilö", "peer": "Kollega", "report": "Alainen", "customer": "Asiakas"}


@dataclass(frozen=True)
class Item:
    """One item of the kit's own instrument."""

    id: str
    competency: str
    reverse: bool


@cache
def items() -> tuple[Item, ...]:
    """Return the items of ``data/competencies.yaml``, in its order."""
    content = YAML(typ="safe").load(INSTRUMENT.read_text(encoding="utf-8"))
    return tuple(
        Item(item["id"], competency["id"], item.get("reverse", False))
        for competency in content["competencies"]
        for item in competency["items"]
    )


# customers see little of how somebody leads
_UNSEEN = {"customer": {"leading": 0.55, "presence": 0.04}, "peer": {"leading": 0.06}, "report": {"value": 0.03}}
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
    before
        How a competency differed a year earlier, as others see it; None for who was not reviewed then.
    """

    name: str
    raters: dict[str, int]
    level: float
    others: dict[str, float] = field(default_factory=dict)
    own: dict[str, float] = field(default_factory=dict)
    remarks: tuple[tuple[str, str], ...] = (("yleinen", "+"), ("yleinen", "~"), ("yleinen", "-"))
    before: dict[str, float] | None = None


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
        before={"empathy": -0.1},
    ),
    # a year ago promises were not kept as they are now
    "r02": Reviewee(
        "Veikko Malliala", _group(1, 3, 3, 5), 3.7, others={"trust": 0.5, "leading": -0.6}, before={"trust": -1.1}
    ),
    # two peers: too few to be shown
    "r03": Reviewee("Sanni Kuvitelma", _group(1, 2, 5, 4), 4.05, others={"solution": 0.4, "value": 0.2}, before={}),
    # nobody reports to this one
    "r04": Reviewee("Olli Keksilä", _group(1, 5, 0, 6), 3.9, others={"expertise": 0.6, "empathy": -0.5}),
    # a single report
    "r05": Reviewee(
        "Henna Testivaara",
        _group(1, 4, 1, 4),
        3.6,
        others={"presence": 0.4, "solution": -0.5},
        before={"presence": -0.3},
    ),
    # two groups of two, and a hidden strength: kinder than the reviewee believes
    "r06": Reviewee(
        "Pekka Tarinainen",
        _group(1, 2, 2, 3),
        3.9,
        others={"empathy": 0.6, "listening": 0.35},
        own={"empathy": -1.6, "listening": -0.6},
        remarks=(("r06", "+"), ("yleinen", "+")),
        before={},
    ),
    # busier than a year ago, and it shows
    "r07": Reviewee(
        "Ilona Satumaa-Malli",
        _group(1, 6, 7, 8),
        4.15,
        others={"leading": 0.3, "value": -0.4},
        before={"presence": 0.5, "leading": -0.6},
    ),
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


def _scores(
    rng: np.random.Generator, reviewee: Reviewee, group: str, before: dict[str, float] | None = None
) -> list[int | None]:
    """Return one rater's answers in the order of `items`, as they were given: an unwelcome behaviour's are turned."""
    personal = 0.15 * rng.standard_normal() if group == "self" else 0.35 * rng.standard_normal()
    shifts = reviewee.own if group == "self" else reviewee.others
    earlier = {} if before is None or group == "self" else before
    scores: list[int | None] = []
    for item in items():
        centre = reviewee.level + _MILDNESS[group] + shifts.get(item.competency, 0.0) + personal
        centre += earlier.get(item.competency, 0.0)
        score = int(np.clip(np.rint(centre + 0.55 * rng.standard_normal()), 1, 5))
        unseen = 0.0 if group == "self" else 0.004 + _UNSEEN.get(group, {}).get(item.competency, 0.0)
        scores.append(None if rng.random() < unseen else 6 - score if item.reverse else score)
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
        for place, (item, score) in enumerate(zip(items(), _scores(rng, reviewee, group), strict=True)):
            row: dict[str, Cell] = {
                "arvioitava": key,
                "arvioitavan nimi": reviewee.name,
                "arvioija": rater,
                "arvioijaryhma": group,
                "vaittama": item.id,
                "kompetenssi": item.competency,
                "arvio": score,
                "kierros": WAVE,
                "kommentti": comment if place == 0 else None,
            }
            rows.append(row)
    return rows


def _earlier_raters(rng: np.random.Generator, key: str, number: int) -> list[tuple[str, str]]:
    """Return a year earlier's raters: mostly the same colleagues, but other customers."""
    raters = _raters(rng, key, number)
    return [(f"a{int(rater[1:]) + 300}" if group == "customer" else rater, group) for rater, group in raters]


def _earlier_rows(rng: np.random.Generator, writer: Commenter) -> Iterator[Row]:
    for number, (key, reviewee) in enumerate(REVIEWEES.items(), start=1):
        for rater, group in _earlier_raters(rng, key, number) if reviewee.before is not None else ():
            scores = _scores(rng, reviewee, group, reviewee.before)
            told = group != "self" and rng.random() < 0.35
            comment = writer.comment({"edellinen": 1}, {pick(rng, "+-"): 1}) if told else None
            row: dict[str, Cell] = dict(
                zip(EARLIER_COLUMNS, (key, reviewee.name, rater, ROLES[group], WAVE - 1), strict=True)
            )
            row |= {item.id: NOT_SEEN if score is None else score for item, score in zip(items(), scores, strict=True)}
            yield row | {"Kommentti": comment}


def write(folder: Path) -> None:
    """Write both waves into the folder: ``arviot_360.csv``, a row a rater and item, and ``arviot_360_2024.csv``, a row a rater."""
    rng = stream("arviot_360")
    writer = Commenter(stream("arviot_360, kommentit"), "kommentit_360.txt")
    rows = [row for number, key in enumerate(REVIEWEES, start=1) for row in _rows(rng, writer, key, number)]
    write_csv(folder / "arviot_360.csv", rows, COLUMNS)
    writer = Commenter(stream("arviot_360_2024, kommentit"), "kommentit_360.txt")
    columns = (*EARLIER_COLUMNS, *(item.id for item in items()), "Kommentti")
    write_csv(folder / "arviot_360_2024.csv", list(_earlier_rows(stream("arviot_360_2024"), writer)), columns)
