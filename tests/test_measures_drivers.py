"""Key drivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ncf

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.measures.driver_cases import complete_cases, obstacle
from kohtaamo_utils.measures.drivers import drivers, r2_estimate
from kohtaamo_utils.measures.r2_parts import johnson_parts, lmg_parts

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.measures.drivers import Drivers

SWISS_LMG = [0.057091221, 0.171173029, 0.260134679, 0.105570150, 0.112765923]
SWISS_JOHNSON = [0.048416896, 0.154708250, 0.271964105, 0.114680030, 0.116965721]
SWISS_FIRST = [0.12466491, 0.41716447, 0.44061565, 0.21500350, 0.17351893]
SWISS_LAST = [0.0428696071, 0.0073874185, 0.1619626931, 0.0623726258, 0.0569452587]
SWISS_BETA_SQUARED = [0.097919729, 0.027151863, 0.449437206, 0.120825780, 0.063069279]
SWISS_PRATT = [-0.11048599, 0.10642740, 0.44500457, 0.16117681, 0.10461221]
SWISS_SLOPES = [-0.172114, -0.258008, -0.870940, 0.104115, 1.077048]
ATTITUDE_LMG = [0.3708161943, 0.0509037930, 0.1557659902, 0.1203450794, 0.0065887225, 0.0281822131]
ATTITUDE_JOHNSON = [0.3627601997, 0.0560022788, 0.1636109108, 0.1217803997, 0.0082554665, 0.0201927372]
MTCARS_LMG = [0.247052033, 0.243499595, 0.210912900, 0.077725111]
MTCARS_JOHNSON = [0.2284797, 0.2221469, 0.2321744, 0.0963886]


@pytest.fixture
def tables(project: Path) -> dict[str, pd.DataFrame]:
    """R's data sets by their names."""
    return {path.stem: pd.read_csv(path) for path in (project / "tests" / "reference").glob("*.csv")}


def regressed(table: pd.DataFrame, outcome: str, *predictors: str) -> Drivers:
    found = drivers(table, table[outcome], predictors, answers_per_predictor=5)
    assert found is not None
    return found


@pytest.fixture
def swiss(tables: dict[str, pd.DataFrame]) -> Drivers:
    names = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
    return regressed(tables["swiss"], "Fertility", *names)


def test_swiss_parts_agree_with_relaimpo(swiss: Drivers) -> None:
    """Grömping (2006): R² .7067350 and the five LMG parts."""
    assert swiss.r2 == pytest.approx(0.7067350, abs=5e-8)
    assert list(swiss.lmg.values()) == pytest.approx(SWISS_LMG, abs=5e-10)
    percents = [8.0782, 24.2203, 36.8080, 14.9377, 15.9559]
    assert [100 * share for share in swiss.shares.values()] == pytest.approx(percents, abs=6e-5)
    assert swiss.n == 47


def test_swiss_relative_weights(swiss: Drivers) -> None:
    """Johnson's weights of the same regression."""
    assert list(swiss.johnson.values()) == pytest.approx(SWISS_JOHNSON, abs=5e-9)


def test_swiss_alone_and_last(swiss: Drivers) -> None:
    """Relaimpo's `first` and `last`: each predictor by itself, and after all the others."""
    assert list(swiss.alone.values()) == pytest.approx(SWISS_FIRST, abs=5e-9)
    assert list(swiss.last.values()) == pytest.approx(SWISS_LAST, abs=5e-11)


def test_swiss_whole_regression(swiss: Drivers) -> None:
    """F 19.761 and adjusted R² .67097, which is far beyond chance."""
    assert swiss.f == pytest.approx(19.761, abs=5e-4)
    assert swiss.r2_adjusted == pytest.approx(0.67097, abs=5e-6)
    assert swiss.beyond_chance


def test_swiss_standardised_coefficients(swiss: Drivers, tables: dict[str, pd.DataFrame]) -> None:
    """Relaimpo's `betasq` and `pratt`, which the coefficients and the data give."""
    table = tables["swiss"][[*swiss.lmg, "Fertility"]]
    betas = np.array(list(swiss.coefficients.values())) * table.std().to_numpy()[:-1] / table["Fertility"].std()
    toward = table.corr()["Fertility"].to_numpy()[:-1]
    assert list(betas**2) == pytest.approx(SWISS_BETA_SQUARED, abs=5e-9)
    assert list(betas * toward) == pytest.approx(SWISS_PRATT, abs=5e-9)


def test_interval_of_r2_is_where_such_an_f_is_in_the_tails(swiss: Drivers) -> None:
    """With the R² of a limit, an F as large, or as small, as the one found has the probability 2.5 %."""
    found = r2_estimate(swiss)
    for limit, tail in ((found.low, ncf.sf), (found.high, ncf.cdf)):
        assert tail(swiss.f, 5, 41, 47 * limit / (1 - limit)) == pytest.approx(0.025, abs=1e-6)


def test_interval_of_a_chance_r2_reaches_zero() -> None:
    """Answers that have nothing to do with one another are not beyond chance, and the interval begins at 0."""
    table = pd.DataFrame(np.random.default_rng(5).normal(size=(200, 3)), columns=["a", "b", "y"])
    found = drivers(table, table["y"], ["a", "b"])
    assert not found.beyond_chance
    assert r2_estimate(found).low == 0


def test_a_perfect_fit_has_no_interval_to_speak_of() -> None:
    """Where nothing is left to explain, both limits are 1."""
    table = pd.DataFrame(np.random.default_rng(5).normal(size=(50, 2)), columns=["a", "b"])
    found = drivers(table, table["a"] + table["b"], ["a", "b"])
    assert (r2_estimate(found).low, r2_estimate(found).high, found.beyond_chance) == (1, 1, True)


def test_swiss_coefficients_and_signs(swiss: Drivers) -> None:
    """The regression's coefficients, and the signs that the parts of R² lack."""
    assert list(swiss.coefficients.values()) == pytest.approx(SWISS_SLOPES, abs=5e-7)
    assert swiss.intercept == pytest.approx(66.915182, abs=5e-7)
    assert list(swiss.signs.values()) == [-1, -1, -1, 1, 1]


def test_attitude_parts_and_negative_coefficients(tables: dict[str, pd.DataFrame]) -> None:
    """attitude: advance and privileges have parts above zero and coefficients below it."""
    table = tables["attitude"]
    names = [name for name in table if name != "rating"]
    found = regressed(table, "rating", *names)
    assert found.r2 == pytest.approx(0.7326, abs=5e-5)
    assert list(found.lmg.values()) == pytest.approx(ATTITUDE_LMG, abs=5e-10)
    assert list(found.johnson.values()) == pytest.approx(ATTITUDE_JOHNSON, abs=5e-10)
    assert {name for name, sign in found.signs.items() if sign < 0} == {"advance", "privileges"}


def test_mtcars_parts(tables: dict[str, pd.DataFrame]) -> None:
    """mtcars: R² .7791896, with the parts of relaimpo and of the rwa package."""
    table = tables["mtcars"]
    found = regressed(table, "mpg", "cyl", "disp", "hp", "gear")
    assert found.r2 == pytest.approx(0.7791896, abs=5e-8)
    assert list(found.lmg.values()) == pytest.approx(MTCARS_LMG, abs=5e-9)
    assert list(found.johnson.values()) == pytest.approx(MTCARS_JOHNSON, abs=5e-8)
    percents = [100 * part / found.r2 for part in found.johnson.values()]
    assert percents == pytest.approx([29.32, 28.51, 29.80, 12.37], abs=6e-3)


def test_variance_inflation_is_that_of_the_regression(tables: dict[str, pd.DataFrame]) -> None:
    """VIF = 1 / (1 - R² of the predictor on the others)."""
    table = tables["mtcars"]
    found = regressed(table, "mpg", "cyl", "disp", "hp")
    other = regressed(table, "cyl", "disp", "hp")
    assert found.vif["cyl"] == pytest.approx(1 / (1 - other.r2))


def test_only_complete_cases_count() -> None:
    """A row with any missing answer is left out, of the outcome too."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.normal(size=(25, 2)), columns=["a", "b"])
    outcome = table["a"] + rng.normal(size=25)
    table.loc[0, "a"] = np.nan
    outcome[1] = np.nan
    found = drivers(table, outcome, ["a", "b"])
    assert found == drivers(table.iloc[2:], outcome.iloc[2:], ["a", "b"])
    assert found.n == 23


@pytest.mark.parametrize("rows", [19, 20])
def test_ten_answers_per_predictor_are_needed(rows: int) -> None:
    """With 19 complete cases two predictors give nothing, with 20 they do."""
    rng = np.random.default_rng(2)
    table = pd.DataFrame(rng.normal(size=(rows, 3)), columns=["a", "b", "y"])
    assert (drivers(table, table["y"], ["a", "b"]) is None) == (rows < 20)


def test_what_does_not_vary_cannot_be_explained() -> None:
    """A constant outcome or predictor, or one that repeats another, gives nothing."""
    table = pd.DataFrame({"a": range(40), "b": [1.0, 2.0] * 20, "same": 3.0})
    assert drivers(table, table["same"], ["a", "b"]) is None
    assert drivers(table, table["a"], ["b", "same"]) is None
    assert drivers(table.assign(c=table["b"] * 2), table["a"], ["b", "c"]) is None


def test_what_stands_in_the_way_is_told() -> None:
    """Too few complete cases, something that does not vary, one predictor that follows from another."""
    table = pd.DataFrame({"a": range(40), "b": [1.0, 2.0] * 20, "same": 3.0}).assign(c=lambda frame: frame["b"] * 2)
    few = obstacle(complete_cases(table.head(9), table["a"], ["b"]))
    assert (few.kind, few.n, few.needed) == ("few", 9, 10)
    still = obstacle(complete_cases(table, table["same"], ["a", "same"]))
    assert (still.kind, still.names, still.outcome) == ("constant", ("same",), True)
    assert obstacle(complete_cases(table, table["a"], ["b", "same"])).outcome is False
    assert obstacle(complete_cases(table, table["a"], ["b", "c"])).kind == "collinear"
    assert obstacle(complete_cases(table, table["a"], ["b"])) is None


def test_a_weight_counts_as_that_many_answers() -> None:
    """Whole weights give the parts that repeated rows give; a row of weight 0, or without one, is left out."""
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.normal(size=(60, 3)), columns=["a", "b", "y"]).assign(
        y=lambda frame: frame["y"] + frame["a"]
    )
    weights = pd.Series([1.0, 2.0, 3.0] * 20)
    weights[[0, 1]] = [0.0, np.nan]
    times = weights.fillna(0).astype(int)
    repeated = table.loc[table.index.repeat(times)]
    found, same = drivers(table, table["y"], ["a", "b"], weights=weights), drivers(repeated, repeated["y"], ["a", "b"])
    for name in ("lmg", "johnson", "alone", "last", "coefficients", "vif"):
        assert getattr(found, name) == pytest.approx(getattr(same, name))
    assert (found.intercept, found.r2, found.n) == (pytest.approx(same.intercept), pytest.approx(same.r2), 58)
    assert found.n_effective == pytest.approx(times.sum() ** 2 / (times**2).sum())


def test_a_negative_weight_is_refused() -> None:
    """No answer counts less than nothing."""
    table = pd.DataFrame({"a": [1.0, 2.0]})
    with pytest.raises(DataError, match=r"negative"):
        drivers(table, table["a"], ["a"], weights=pd.Series([1.0, -1.0]))


@pytest.mark.parametrize("names", [[], ["a", "a"], [f"x{i}" for i in range(16)]])
def test_the_number_of_predictors_is_bounded(names: list[str]) -> None:
    """One to fifteen different predictors."""
    with pytest.raises(DataError, match=r"Give 1 to 15 different ones"):
        drivers(pd.DataFrame({"a": [1.0]}), pd.Series([1.0]), names)


@settings(max_examples=40)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_parts_add_up_to_r2_and_agree_for_two(p: int, seed: int) -> None:
    """Both ways' parts sum to R²; no LMG part is negative; with two predictors the ways are one."""
    data = np.random.default_rng(seed).normal(size=(40, p + 1)) @ np.random.default_rng(seed + 1).normal(
        size=(p + 1, p + 1)
    )
    correlations = np.corrcoef(data, rowvar=False)
    between, toward = np.atleast_2d(correlations[:-1, :-1]), correlations[:-1, -1]
    r2 = toward @ np.linalg.solve(between, toward)
    lmg, johnson = lmg_parts(between, toward), johnson_parts(between, toward)
    assert (lmg.sum(), johnson.sum()) == pytest.approx((r2, r2))
    assert (lmg >= -1e-9).all()
    assert p != 2 or lmg == pytest.approx(johnson)
