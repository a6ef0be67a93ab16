"""The sample engagement's figures of the business and its 360 review hold what its README says is hidden in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from sample_files import dates, numbers, read, sold

from kohtaamo_utils.instrument.reading import bundled_questions

if TYPE_CHECKING:
    from pathlib import Path


TURNED = ("listening_4", "presence_2")


@pytest.fixture(scope="module")
def data(project: Path) -> Path:
    return project / "data" / "sample" / "data"


@pytest.fixture(scope="module")
def orders(data: Path) -> pd.DataFrame:
    """One row per order of a known customer that is not a return."""
    lines = pd.concat([sold(data, "myynti_2024.csv"), sold(data, "myynti_2025.csv")])
    lines = lines.assign(summa=numbers(lines["summa"]), paiva=dates(lines["paiva"])).dropna(subset="asiakasnumero")
    summed = lines.groupby(["asiakasnumero", "tilausnumero"], as_index=False).agg(
        summa=("summa", "sum"), paiva=("paiva", "min")
    )
    return summed[summed["summa"] >= 0]


@pytest.fixture(scope="module")
def ratings(data: Path) -> pd.DataFrame:
    """Return the last wave, with the answers to unwelcome behaviour turned."""
    frame = read(data, "arviot_360.csv")
    scores = numbers(frame["arvio"])
    return frame.assign(arvio=scores.mask(frame["vaittama"].isin(TURNED), 6 - scores))


@pytest.fixture(scope="module")
def earlier(data: Path) -> pd.DataFrame:
    """Return the wave before, a row a rater, with the answers to unwelcome behaviour turned."""
    frame = read(data, "arviot_360_2024.csv")
    scores = frame[[name for name in frame if name[-1].isdigit()]].apply(pd.to_numeric, errors="coerce")
    return frame.assign(**{name: 6 - scores[name] if name in TURNED else scores[name] for name in scores})


@pytest.fixture(scope="module")
def employments(data: Path) -> pd.DataFrame:
    return pd.read_excel(data / "henkilosto.xlsx", sheet_name="Henkilöt", engine="openpyxl")


def test_retention_is_plausible(orders: pd.DataFrame) -> None:
    """Between 65 % and 80 % of the customers of 2024 bought again in 2025."""
    bought = {year: set(rows["asiakasnumero"]) for year, rows in orders.groupby(orders["paiva"].dt.year)}
    assert 0.65 <= len(bought[2024] & bought[2025]) / len(bought[2024]) <= 0.80
    assert len(bought[2024] | bought[2025]) == 3000


def test_basket_is_about_46_euros(orders: pd.DataFrame) -> None:
    """The mean order lies within three euros of 46."""
    assert orders["summa"].mean() == pytest.approx(46, abs=3)


def test_sales_have_returns_and_unknown_customers(data: Path) -> None:
    """The sales files hold what makes sales files hard: returns, empty customers, zero sums, thousands with a space."""
    lines = pd.concat([sold(data, "myynti_2024.csv"), sold(data, "myynti_2025.csv")])
    amounts = numbers(lines["summa"])
    assert 17_000 <= len(lines) <= 19_500
    assert 0.005 < (amounts < 0).mean() < 0.03
    assert 0.01 < lines["asiakasnumero"].isna().mean() < 0.05
    assert (amounts == 0).any()
    assert lines["summa"].str.contains("\xa0").any()


def test_workforce_moves_as_stated(employments: pd.DataFrame) -> None:
    """150 employments: 112 at the opening, 24 hires and 22 leavers in 2025, headcount 110 to 118 at any quarter."""
    started, ended = employments["Alkoi"], employments["Päättyi"]
    assert len(employments) == 150
    assert (started.dt.year == 2025).sum() == 24
    assert (ended.dt.year == 2025).sum() == 22
    for day in pd.to_datetime(["2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]):
        assert 110 <= ((started <= day) & ~(ended <= day)).sum() <= 118
    assert ((started <= pd.Timestamp("2024-12-31")) & ~(ended <= pd.Timestamp("2024-12-31"))).sum() == 112
    assert (ended.dropna() > started[ended.notna()]).all()


def test_contracts_end_after_they_start(data: Path) -> None:
    """No contract ends before it starts, and most of those running at the opening run at the close."""
    frame = read(data, "sopimusasiakkaat.csv")
    started, ended = dates(frame["Sopimus alkoi"]), dates(frame["Sopimus päättyi"])
    running = (started <= pd.Timestamp("2025-01-01")) & ~(ended <= pd.Timestamp("2025-01-01"))
    assert (ended.dropna() > started[ended.notna()]).all()
    assert 0.80 < (running & ended.isna()).sum() / running.sum() < 0.92


def test_operations_cover_two_years(data: Path) -> None:
    """Each series has its 24 months, but for the two in which Oulu's counter was off."""
    frame = read(data, "toiminnalliset.csv")
    counts = frame.groupby(["mittari", "myymälä", "kohtaamispiste"], dropna=False).size()
    assert sorted(counts) == [22] + [24] * 10
    assert set(frame["mittari"]) == {
        "Konversio", "Vasteaika, tuntia", "Ensikontaktiratkaisu", "Sovittujen toimenpiteiden toteutuma", "Poistuma",
    }  # fmt: skip


def test_mystery_visits_are_whole(data: Path) -> None:
    """Thirty visits of eight criteria; scores never exceed the maximum, and some could not be judged."""
    frame = read(data, "mystery.csv")
    assert frame.groupby("käynti").size().tolist() == [8] * 30
    assert not (numbers(frame["pisteet"]) > numbers(frame["enintään"])).any()
    assert 0.02 < frame["pisteet"].isna().mean() < 0.15


def test_pilot_has_a_planted_effect(data: Path) -> None:
    """Difference in differences finds a quarter of a point, and the units moved alike before."""
    frame = read(data, "pilotti.csv")
    frame["tyytyvaisyys"] = numbers(frame["tyytyvaisyys"])
    means = frame.groupby(["pilotissa", "jalkeen"])["tyytyvaisyys"].mean()
    effect = (means["kyllä", "kyllä"] - means["kyllä", "ei"]) - (means["ei", "kyllä"] - means["ei", "ei"])
    before = frame[frame["jalkeen"] == "ei"].pivot_table(index="jakso", columns="pilotissa", values="tyytyvaisyys")
    slope = np.polyfit(range(4), before["kyllä"] - before["ei"], 1)[0]
    assert frame.groupby("yksikko").size().tolist() == [8] * 6
    assert effect == pytest.approx(0.25, abs=0.07)
    assert abs(slope) < 0.03


# ---------------------------------------------------------------- 360


def test_rater_groups_vary(ratings: pd.DataFrame) -> None:
    """Eight reviewees; some groups are missing, single, or below the threshold of three."""
    counts = ratings.drop_duplicates(["arvioitava", "arvioija"]).pivot_table(
        index="arvioitava", columns="arvioijaryhma", values="arvioija", aggfunc="count", fill_value=0
    )
    assert len(counts) == 8
    assert (counts["self"] == 1).all()
    assert counts.loc["r04", "report"] == 0
    assert counts.loc["r05", "report"] == 1
    assert counts.loc["r02", ["peer", "report"]].tolist() == [3, 3]
    assert counts.loc["r06", ["peer", "report"]].tolist() == [2, 2]


def test_items_are_those_of_the_instrument(ratings: pd.DataFrame, earlier: pd.DataFrame) -> None:
    """Both waves ask every item of the kit's own instrument; some are not observed."""
    asked = {item.id: competency.id for competency in bundled_questions().competencies for item in competency.items}
    pairs = ratings.drop_duplicates("vaittama")
    assert dict(zip(pairs["vaittama"], pairs["kompetenssi"], strict=True)) == asked
    assert [name for name in earlier if name in asked] == list(asked)
    assert 0.02 < ratings["arvio"].isna().mean() < 0.15


def test_ratings_are_not_repeated(ratings: pd.DataFrame) -> None:
    """A rater rates an item of a reviewee once, and writes at most one comment."""
    assert not ratings.duplicated(["arvioitava", "arvioija", "arvioijaryhma", "vaittama"]).any()
    assert ratings.groupby(["arvioitava", "arvioija"])["kommentti"].count().max() == 1


def test_an_earlier_wave_shows_change(ratings: pd.DataFrame, earlier: pd.DataFrame) -> None:
    """Six were reviewed a year before by other customers; one has since won trust, and the others' mean says so."""
    assert sorted(earlier["Arvioitava"].unique()) == ["r01", "r02", "r03", "r05", "r06", "r07"]
    before = set(earlier.loc[earlier["Rooli"] == "Asiakas", "Arvioija"])
    assert len(before) >= 20
    assert not before & set(ratings["arvioija"])
    assert set(earlier.loc[earlier["Rooli"] == "Itse", "Arvioija"]) < set(ratings["arvioija"])
    trust = [f"trust_{number}" for number in range(1, 6)]
    then = earlier[(earlier["Arvioitava"] == "r02") & (earlier["Rooli"] != "Itse")][trust].mean(axis=1).mean()
    rows = ratings[(ratings["arvioitava"] == "r02") & (ratings["kompetenssi"] == "trust")]
    assert rows.loc[rows["arvioijaryhma"] != "self", "arvio"].mean() - then > 0.8


@pytest.mark.parametrize(
    ("reviewee", "competency", "smallest", "largest"), [("r01", "listening", 1.5, 3.0), ("r06", "empathy", -3.0, -1.5)]
)
def test_profiles_hold_a_blind_spot_and_a_hidden_strength(
    ratings: pd.DataFrame, reviewee: str, competency: str, smallest: float, largest: float
) -> None:
    """One reviewee thinks far better of a competency than the others do, another far worse."""
    rows = ratings[(ratings["arvioitava"] == reviewee) & (ratings["kompetenssi"] == competency)]
    own = rows["arvioijaryhma"] == "self"
    assert smallest < rows.loc[own, "arvio"].mean() - rows.loc[~own, "arvio"].mean() < largest
