"""Reading the sample's raw files as they are, without Kohtaamo's own intake: shared by the tests of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

UNSURE = "En osaa sanoa"
CP1252 = {"havainnot.csv", "myynti_2024.csv"}


def encoding_of(name: str) -> str:
    """Return the encoding that the sample's README states."""
    return "cp1252" if name in CP1252 else "utf-8-sig"


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read a raw file as text; empty cells are NaN."""
    return pd.read_csv(folder / name, sep=";", dtype=str, encoding=encoding_of(name))


def sold(folder: Path, name: str) -> pd.DataFrame:
    """Read a file of sales without the cancelled orders, whose numbers begin with P."""
    lines = read(folder, name)
    return lines[~lines["tilausnumero"].str.startswith("P")]


def numbers(column: pd.Series) -> pd.Series:
    """Turn decimal commas and spaced thousands into numbers."""
    text = column.where(column != UNSURE)
    return text.str.replace("\xa0", "").str.replace(",", ".").astype(float)


def dates(column: pd.Series) -> pd.Series:
    """Read d.m.yyyy."""
    return pd.to_datetime(column, format="%d.%m.%Y")
