"""Whatever files stand beside each other, `kohtaamo map` proposes without a fault, and once is enough."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from map_files import CLIENT
from sample_files import read

from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import check
from kohtaamo_utils.intake.proposing import propose

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = 120
"""Folders of the whole test."""
FEW = 6
"""Folders of the daily test."""
ROWS = 40
COLUMNS: dict[str, list[str]] = {
    "Valuta": ["SEK", "EUR"], "Moms": ["2,5", "3,1"], "Netto": ["10,5", "20"], "Totalt": ["13", "23,1"], "Tila": ["Maksettu", "Peruttu", ""],
    "Päivä": ["1.2.2025", "30.12.2024", ""], "Asiakasnro": ["1", "002", "3"], "Sukunimi": ["Virtanen"], "NPS": ["0", "10", "7", ""],
    "Kuinka tyytyväinen olit?": ["Erittäin tyytyväinen", "Tyytymätön", "En osaa sanoa"], "Kommentti": ["Hyvä palvelu kaiken kaikkiaan", "", "-"],
    "Qty": ["1", "2"], "Unit price": ["3.50", "4"], "Arvioitava": ["a", "b"], "Arvioija": ["c", "d", "e"], "Rooli": ["kollega", "esihenkilö"],
    "Väittämä": ["Kuuntelee", "Luottaa"], "Arvio": ["1", "5", "3"], "Palkka": ["3000", "2500,5"], "Alkupvm": ["1.1.2020", "13.5.2021"],
    "Loppupvm": ["", "31.12.2024"], "Kuukausi": ["2025-01", "2025-02"], "Mittari": ["Vastausaika", "Puhelut"], "Arvo": ["12", "85 %"],
    "Yksikkö": ["Oulu", "Turku"], "tammi 2025": ["1", "2"], "helmi 2025": ["3", "4"], "Kriteeri": ["Tervehti"], "Pisteet": ["Kyllä", "Ei"],
    "Käynti": ["k1", "k2"], "Weight": ["1", "0.5"], "Q1": ["1", "2", "3", "4", "5"], "Q2_1": ["5", ""],
}  # fmt: skip
"""Headings of all tables, and what stands under them."""


def made(chance: random.Random, whole: list[pd.DataFrame]) -> pd.DataFrame:
    """Return a file: some columns and rows of one of the sample's, or none, with some of other files' beside them."""
    source = chance.choice(whole)
    names = chance.sample(list(source.columns), chance.randint(2, len(source.columns)))
    rows = chance.randint(1, ROWS)
    frame = (
        source[names].iloc[:rows].reset_index(drop=True) if chance.random() < 0.5 else pd.DataFrame(index=range(rows))
    )
    for name in chance.sample(list(COLUMNS), chance.randint(0 if len(frame.columns) else 2, 6)):
        frame[name] = [chance.choice(COLUMNS[name]) for _ in frame.index]
    return frame


def put(folder: Path, number: int, whole: list[pd.DataFrame]) -> None:
    """Write a folder of one to four files, at times with one of them in another order of its rows."""
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    (folder / "data").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(CLIENT, encoding="utf-8")
    frames = [made(chance, whole) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.4:
        frames.append(chance.choice(frames).sample(frac=1, random_state=number))
    for place, frame in enumerate(frames):
        if chance.random() < 0.7:
            frame.to_csv(folder / "data" / f"{place}.csv", sep=chance.choice(";,\t"), index=False)
        else:
            frame.to_excel(folder / "data" / f"{place}.xlsx", index=False)


@pytest.mark.parametrize(
    "numbers",
    [
        range(FEW),
        *(pytest.param(range(start, start + 20), marks=pytest.mark.slow) for start in range(FEW, FOLDERS, 20)),
    ],
)
def test_any_files_beside_each_other(tmp_path: Path, project: Path, numbers: range) -> None:
    """Files with any columns are proposed and checked without a fault, and a second `map` finds nothing left to write."""
    data = project / "data" / "sample" / "data"
    whole = [read(data, file.name).head(ROWS).fillna("") for file in sorted(data.glob("*.csv"))]
    for number in numbers:
        folder = tmp_path / str(number)
        put(folder, number, whole)
        text = propose(load(folder), CLIENT).text
        (folder / "engagement.yaml").write_text(text, encoding="utf-8")
        problems, _ = check(load(folder))
        assert all(problem.message and problem.advice for problem in problems), number
        assert propose(load(folder), text).text == text, number
