"""How people and programs of a country write values, and whether what they wrote can be read in one way only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kohtaamo_utils.intake.values.scale_words import SCALES
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from canonical_tables import Value

DAY_FORMS = {
    "d.m.yyyy": "{d}.{m}.{y}", "dd.mm.yyyy": "{d:02}.{m:02}.{y}", "yyyy-mm-dd": "{y}-{m:02}-{d:02}", "d/m/yyyy": "{d}/{m}/{y}",
    "m/d/yy": "{m}/{d}/{s:02}", "dd-mm-yyyy": "{d:02}-{m:02}-{y}", "d.m.yy": "{d}.{m}.{s:02}", "yyyymmdd": "{y}{m:02}{d:02}",
    "yyyy-mm-dd time": "{y}-{m:02}-{d:02} 09:15:00", "d.m.yyyy time": "{d}.{m}.{y} 9.15",
}  # fmt: skip
MONTH_FORMS = {
    "yyyy-mm": "{y}-{m:02}",
    "m/yyyy": "{m}/{y}",
    "mm.yyyy": "{m:02}.{y}",
    "fi": "{fi} {y}",
    "sv": "{sv} {y}",
}
FINNISH = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
SWEDISH = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
FLAGS = {
    "fi": ("TOSI", "EPÄTOSI"),
    "fi2": ("Kyllä", "Ei"),
    "sv": ("Ja", "Nej"),
    "en": ("TRUE", "FALSE"),
    "number": ("1", "0"),
}
NO_ANSWERS = {"": "", "fi": "EOS", "fi2": "En osaa sanoa", "sv": "Vet ej", "en": "N/A"}
CHOICES = {
    "customer": ("asiakas", "kund"), "employee": ("henkilöstö", "personal"), "supervisor": ("esihenkilö", "chef"),
    "management": ("johto", "ledning"), "before": ("ennen", "före"), "during": ("aikana", "under"), "after": ("jälkeen", "efter"),
    "self": ("itse", "själv"), "manager": ("esihenkilö", "chef"), "peer": ("kollega", "kollega"), "report": ("alainen", "medarbetare"),
}  # fmt: skip
AGREEMENT = {
    "fi": ("Täysin eri mieltä", "Eri mieltä", "Ei samaa eikä eri mieltä", "Samaa mieltä", "Täysin samaa mieltä"),
    "sv": ("Instämmer inte alls", "Instämmer inte", "Varken eller", "Instämmer", "Instämmer helt"),
    "en": ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied"),
}
WORDED = {"csat", "listening", "trust", "score"}
"""Scores from 1 to 5, which may be answered in words."""


@dataclass(frozen=True)
class Locale:
    """How values are written."""

    decimal: str = ","
    group: str = ""
    minus: str = "-"
    places: int | None = 2
    """Decimals that money has; None for as few as it needs."""
    day: str = "d.m.yyyy"
    month: str = "yyyy-mm"
    flag: str = "fi"
    words: str = ""
    """Language of the answers to scales, or "" for numbers."""
    choice: int | None = None
    no_answer: str = ""

    def number(self, value: float) -> str:
        """Write a number."""
        text = f"{abs(value):,.2f}" if self.places == 2 else f"{abs(value):,.2f}".rstrip("0").rstrip(".")
        marked = text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)
        return (self.minus if value < 0 else "") + marked

    def date(self, value: dt.date, form: str | None = None) -> str:
        """Write a day."""
        return DAY_FORMS[form or self.day].format(d=value.day, m=value.month, y=value.year, s=value.year % 100)

    def text(self, name: str, table: str, value: Value) -> str:
        """Write a value of a canonical column."""
        rule = TABLES[table].columns[name]
        whole = rule.whole or name == "score"
        if value is None:
            return NO_ANSWERS[self.no_answer] if rule.whole or (name == "score" and table == "ratings_360") else ""
        if isinstance(value, bool):
            return FLAGS[self.flag][0 if value else 1]
        if isinstance(value, dt.date):
            months = {"fi": FINNISH[value.month - 1], "sv": SWEDISH[value.month - 1]}
            return (
                MONTH_FORMS[self.month].format(y=value.year, m=value.month, **months)
                if rule.kind == "month"
                else self.date(value)
            )
        if isinstance(value, float):
            if self.words and name in WORDED and table != "mystery_shopping":
                return AGREEMENT[self.words][int(value) - 1]
            return f"{value:.0f}" if whole and value.is_integer() else self.number(value)
        return (
            CHOICES[value][self.choice]
            if rule.kind == "choice" and self.choice is not None and value in CHOICES
            else value
        )


def locales() -> st.SearchStrategy[Locale]:
    """Make ways to write; the mark of decimals and that of thousands always differ."""
    marks = [(",", group) for group in ("", "\u00a0", "\u202f", " ", ".")] + [
        (".", group) for group in ("", ",", "\u00a0")
    ]
    return st.builds(
        lambda mark, **more: Locale(decimal=mark[0], group=mark[1], **more),
        mark=st.sampled_from(marks),
        minus=st.sampled_from(("-", "\u2212")),
        places=st.sampled_from((2, None)),
        day=st.sampled_from(sorted(DAY_FORMS)),
        month=st.sampled_from(sorted(MONTH_FORMS)),
        flag=st.sampled_from(sorted(FLAGS)),
        words=st.sampled_from(("", *AGREEMENT)),
        choice=st.sampled_from((None, 0, 1)),
        no_answer=st.sampled_from(sorted(NO_ANSWERS)),
    )


def unclear_numbers(texts: Iterable[str]) -> bool:
    """Tell whether numbers can be read with the comma and with the point as the decimal mark, to different amounts."""
    given = [re.sub("[\u00a0\u202f ]", "", text).replace("\u2212", "-") for text in texts if text]
    readings = []
    for decimal, group in ((".", ","), (",", ".")):
        grouped = re.compile(rf"-?([1-9][0-9]{{0,2}}(\{group}[0-9]{{3}})+|[0-9]+)(\{decimal}[0-9]+)?")
        if all(grouped.fullmatch(text) for text in given):
            readings.append([float(text.replace(group, "").replace(decimal, ".")) for text in given])
    return len(readings) == 2 and readings[0] != readings[1]


def unclear_days(texts: Iterable[str]) -> bool:
    """Tell whether days can be read with the day and with the month first, to different days."""
    given = [
        match.groups() for text in texts if (match := re.match(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{2,4})", text))
    ]
    return (
        bool(given)
        and all(int(one) <= 12 and int(other) <= 12 for one, other, _ in given)
        and any(one != other for one, other, _ in given)
    )


def unclear_words(texts: Iterable[str]) -> bool:
    """Tell whether answers are words of several scales of five steps, as different numbers."""
    given = {text.casefold() for text in texts if text and text not in NO_ANSWERS.values()}
    readings = set()
    for scale in SCALES:
        numbers = {word: number for number, words in enumerate(scale, start=1) for word in words.split("|")}
        found = [(word, numbers[word]) for word in sorted(given) if word in numbers]
        if len(scale) == 5 and len(found) == len(given) == len({number for _, number in found}):
            readings.add(tuple(found))
    return len(readings) > 1
