"""Numbers and dates are written as the language writes them, to the character."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.numbers import Numbers, between

S = "\u00a0"  # no-break space
M = "\u2212"  # minus
D = "\u2013"  # en dash
LANGUAGES = ("fi", "sv", "en")

EXPECTED = {
    "number": (lambda f: f.number(-1234567.25, 2), (f"{M}1{S}234{S}567,25", f"{M}1{S}234{S}567,25", f"{M}1,234,567.25")),
    "small": (lambda f: f.number(0.5), ("0,5", "0,5", "0.5")),
    "decimals are kept": (lambda f: f.number(3, 2), ("3,00", "3,00", "3.00")),
    "integer": (lambda f: f.integer(12345), (f"12{S}345", f"12{S}345", "12,345")),
    "points up": (lambda f: f.points(25.4), ("+25", "+25", "+25")),
    "points down": (lambda f: f.points(-7.4), (f"{M}7", f"{M}7", f"{M}7")),
    "points at zero": (lambda f: f.points(-0.4), ("0", "0", "0")),
    "signed": (lambda f: f.signed(0.25, 2), ("+0,25", "+0,25", "+0.25")),
    "signed at zero": (lambda f: f.signed(0.04), ("0,0", "0,0", "0.0")),
    "percent": (lambda f: f.percent(0.1234, 1), (f"12,3{S}%", f"12,3{S}%", "12.3%")),
    "percent below": (lambda f: f.percent(-0.07), (f"{M}7{S}%", f"{M}7{S}%", f"{M}7%")),
    "percent above a thousand": (lambda f: f.percent(32.9), (f"3{S}290{S}%", f"3{S}290{S}%", "3,290%")),
    "money": (lambda f: f.money(-12345.6), (f"{M}12{S}346{S}€", f"{M}12{S}346{S}€", f"{M}€12,346")),
    "cents": (lambda f: f.money(9.5, 2), (f"9,50{S}€", f"9,50{S}€", "€9.50")),
    "date": (lambda f: f.date(dt.date(2025, 3, 1)), ("1.3.2025", "1.3.2025", "01/03/2025")),
    "month": (lambda f: f.month(dt.date(2025, 3, 1)), ("3/2025", "3/2025", "Mar 2025")),
    "period": (
        lambda f: f.period(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        (f"1.1.2025{D}31.12.2025", f"1.1.2025{D}31.12.2025", f"01/01/2025{D}31/12/2025"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", list(EXPECTED))
def test_text_to_the_character(case, language):
    """Comma and no-break space in Finnish and Swedish, point and comma in English, a true minus everywhere (Unicode CLDR)."""
    write, texts = EXPECTED[case]
    assert write(Numbers(language)) == texts[LANGUAGES.index(language)]


@pytest.mark.parametrize(
    ("currency", "texts"), [("SEK", (f"5{S}SEK", f"5{S}kr", "SEK5")), ("USD", (f"5{S}$", f"5{S}US$", "US$5"))]
)
def test_other_currencies(currency, texts):
    """A currency has the sign that the language uses for it (Unicode CLDR)."""
    assert tuple(Numbers(language, currency).money(5) for language in LANGUAGES) == texts


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (-0.5, 0, "0"), (-1.5, 0, f"{M}2"),
        (0.25, 1, "0,2"), (0.35, 1, "0,4"), (2.675, 2, "2,68"), (1.005, 2, "1,00"), (0.285, 2, "0,28"),
        (-0.04, 1, "0,0"), (-0.0, 0, "0"), (1e15, 0, f"1{S}000{S}000{S}000{S}000{S}000"), (1e-9, 1, "0,0"),
    ],
)  # fmt: skip
def test_halves(value, decimals, text):
    """A half, as the number is written in decimals, goes to the even digit; nothing rounds to minus zero."""
    assert Numbers("fi").number(value, decimals) == text


def test_half_per_cent():
    """The share 0.125 is a half: 12 %, as 0.115 is (to even); 0.135 is 14 %."""
    assert [Numbers("en").percent(share) for share in (0.115, 0.125, 0.135)] == ["12%", "12%", "14%"]


@pytest.mark.parametrize("method", ["number", "integer", "points", "signed", "percent", "money"])
def test_none_is_a_dash(method):
    """Where there is no number there is an en dash."""
    assert getattr(Numbers("fi"), method)(None) == D


@pytest.mark.parametrize("method", ["number", "integer", "points", "signed", "percent", "money"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(method, value):
    """NaN and infinity never become text for a reader."""
    with pytest.raises(ValueError, match="is not a number for a reader"):
        getattr(Numbers("fi"), method)(value)


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("points", "+12"),
        ("share", f"1{S}235{S}%"),
        ("scale", "12,35"),
        ("money", f"12{S}€"),
        ("count", "12"),
        ("days", "12,3"),
    ],
)
def test_each_unit_has_its_way(unit, text):
    """A value is written in the way of its unit; an unknown unit gets one decimal."""
    assert Numbers("fi").in_unit(12.346, unit) == text


def _estimate(value: float, low: float | None, high: float | None, unit: str) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=20, unit=unit, method="x")


@pytest.mark.parametrize(
    ("low", "high", "unit", "texts"),
    [
        (-11.7, 55.2, "points", (f"{M}12…+55", f"{M}12…+55", f"{M}12…+55")),
        (0.12, 0.31, "share", (f"12…31{S}%", f"12…31{S}%", "12…31%")),
        (100, 2000, "money", (f"100…2{S}000{S}€", f"100…2{S}000{S}€", "€100…€2,000")),
        (None, None, "share", (D, D, D)),
    ],
)
def test_interval(low, high, unit, texts):
    """Limits stand with three dots between them, and the unit once where it follows the number."""
    estimate = _estimate(0, low, high, unit)
    assert tuple(Numbers(language).interval(estimate) for language in LANGUAGES) == texts


def test_the_unit_of_an_interval_stands_once_in_any_currency():
    """Kronor after both limits are written once, after the last; a sign in front of a limit stays with its own."""
    estimate = _estimate(0, 100, 2000, "money")
    assert Numbers("sv", "SEK").interval(estimate) == f"100…2{S}000{S}kr"
    assert between("€45.54", "€51.65") == "€45.54…€51.65"
    assert between(f"{M}1,0{S}%", f"2,5{S}%") == f"{M}1,0…2,5{S}%"


@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.sampled_from(LANGUAGES))
def test_text_reads_back(value, decimals, language):
    """What is written reads back as the number rounded to those decimals, never as minus zero, without plain spaces or hyphens."""
    text = Numbers(language).number(value, decimals)
    assert not set(text) & set(" -")
    groups, point = (",", ".") if language == "en" else (S, ",")
    back = float(text.replace(groups, "").replace(point, ".").replace(M, "-"))
    assert abs(back - value) <= 0.5 * 10**-decimals * (1 + 1e-6) + abs(value) * 1e-15
    assert text.startswith(M) == (back < 0)
