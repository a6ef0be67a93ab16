"""What a name says: a heading about its column, a file's name about its table. The words are in ``words.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from ruamel.yaml import YAML

from kohtaamo_utils.intake.columns.heading_units import stated_units
from kohtaamo_utils.intake.values.vat_words import WITH, WITHOUT
from kohtaamo_utils.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORDS = Path(__file__).with_name("words.yaml")
OWN_NAME, WHOLE, BEGINS, WITHIN, PART = 0.98, 0.95, 0.92, 0.88, 0.35
"""How sure a heading makes: it is the canonical name; a phrase of ours is all of it; its first words; some of its
words; at least, if that phrase is shorter than `LONG`, whose rest may turn its sense (job satisfaction)."""
LONG = 3
"""Words of a phrase that hardly stands in another question by chance."""
ASKED_OF = {"nps": "enps"}
"""Questions that are another one once they name whom they are about: recommending an employer begins like any other."""
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-Z])(?=[A-Z][a-z])")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|</?[a-z][^<>]*>|&nbsp;", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Fit:
    """How well a heading fits a canonical column.

    Parameters
    ----------
    confidence
        From 0 to 1.
    phrase
        The words that were recognised.
    """

    confidence: float
    phrase: str = ""


@cache
def plain(text: str) -> str:
    """Return a name as words: lower case, without marks, a form's bold type and what stands in brackets.

    Examples
    --------
    >>> plain("CustomerID"), plain("Asiakas_nro"), plain("Kuinka tyytyväinen olet? (1–5)")
    ('customer id', 'asiakas nro', 'kuinka tyytyväinen olet')
    >>> plain("<strong>Would you</strong>&nbsp;*recommend* us?")
    'would you recommend us'
    """
    return _words(_ASIDE.sub(" ", text)) or _words(text)


def _words(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", _CAMEL.sub(" ", text).casefold()).split())


@dataclass(frozen=True)
class _Phrase:
    text: str
    pattern: re.Pattern[str]

    @property
    def words(self) -> int:
        return len([word for word in self.text.split() if word != "*"])


@cache
def _phrase(text: str) -> _Phrase:
    """Compile a phrase: ``word*`` is any word that begins so, ``*`` alone any words."""
    parts = [
        r"(?:\w+ )*?" if word == "*" else re.escape(word).replace(r"\*", r"\w*") + r"(?: |$)" for word in text.split()
    ]
    return _Phrase(text, re.compile(r"\b" + "".join(parts)))


Vat = Literal["without", "with", "itself"]
"""What a heading says of value added tax: the amount is without it, with it, or is the tax."""


class _Words(TypedDict):
    tables: dict[str, list[str]]
    groups: dict[str, list[str]]
    shared: dict[str, list[str]]
    weighting: list[str]
    importance: list[str]
    with_unit: dict[str, list[str]]
    columns: dict[str, dict[str, list[str]]]
    dates: list[list[str]]
    products: dict[str, dict[str, list[list[list[str]]]]]
    vat: dict[str, list[str]]
    discount: list[str]
    fee: list[str]
    net: list[str]


@cache
def _content() -> _Words:
    content: _Words = YAML(typ="safe").load(WORDS.read_text(encoding="utf-8"))
    return content


@cache
def phrases(table: str, column: str) -> tuple[_Phrase, ...]:
    """Return the phrases that stand for a canonical column of a table."""
    own = _content()["columns"].get(table, {}).get(column, [])
    shared = _content()["shared"].get(column, [])
    return tuple(_phrase(str(text)) for text in (*own, *shared))


def heading_fit(table: str, column: str, heading: str) -> Fit:
    """Return how well a heading fits a canonical column.

    Examples
    --------
    >>> heading_fit("survey", "nps", "Kuinka todennäköisesti suosittelisit meitä ystävällesi?").confidence
    0.92
    >>> heading_fit("transactions", "customer_id", "CustomerID").phrase
    'customer id'
    >>> heading_fit("survey", "nps", "Ikä").confidence
    0
    """
    if heading.strip().casefold() == column:
        return Fit(OWN_NAME, column)
    text = plain(heading)
    if not text or (column in ASKED_OF and heading_fit(table, ASKED_OF[column], heading).confidence >= WITHIN):
        return Fit(0)
    return _best(phrases(table, column), text)


def measured_fit(column: str, heading: str) -> Fit:
    """Return how well a heading without its unit fits a column of which that unit is the only sign: *kesto (v)*.

    Examples
    --------
    >>> measured_fit("tenure_months", "Asiakkuuden kesto (v)").confidence, measured_fit("tenure_months", "Asiakkuuden kesto")
    (0.95, Fit(confidence=0, phrase=''))
    """
    stated = stated_units(heading)
    if not stated.units:
        return Fit(0)
    words = _content()["with_unit"].get(column, [])
    return _best([_phrase(str(word)) for word in words], stated.rest)


def factors(table: str) -> dict[str, list[list[list[str]]]]:
    """Return the columns of a table that a file may give as factors; for each factor its words, the plainest first."""
    return _content()["products"].get(table, {})


def date_words() -> list[list[str]]:
    """Return the headings of a year, a month and a day in columns of their own."""
    return _content()["dates"]


def factor_fit(words: Sequence[str], heading: str) -> Fit:
    """Return how well a heading fits a factor's words.

    Examples
    --------
    >>> factor_fit(["unit price", "styckpris"], "UnitPrice").confidence
    0.95
    """
    phrases = [_phrase(str(word)) for word in words]
    texts = (plain(heading), without_vat_words(heading), stated_units(heading).rest)
    return max((_best(phrases, text) for text in texts), key=_sure)


def says_weighting(heading: str) -> bool:
    """Tell whether a heading means weights of answers and nothing else.

    Examples
    --------
    >>> says_weighting("Painokerroin"), says_weighting("Paino")
    (True, False)
    """
    return factor_fit(_content()["weighting"], heading).confidence >= WHOLE


def says_importance(headings: Iterable[str]) -> bool:
    """Tell whether one of a column's headings asks how much something matters, not how it went.

    Examples
    --------
    >>> says_importance(["Kuinka tärkeää sinulle on? [Tulin kuulluksi]"]), says_importance(["Tulin kuulluksi"])
    (True, False)
    """
    words = [_phrase(str(text)) for text in _content()["importance"]]
    return any(phrase.pattern.search(_words(heading)) for heading in headings for phrase in words)


def vat_said(heading: str) -> Vat | None:
    """Return what a heading says of value added tax, also in brackets; None if it says nothing.

    Examples
    --------
    >>> vat_said("Summa (alv 0 %)"), vat_said("Hinta sis. ALV 25,5 %"), vat_said("ALV 25,5 %"), vat_said("Summa")
    ('without', 'with', 'itself', None)
    """
    text = _words(heading)
    told: tuple[Vat, ...] = ("without", "with")
    for said in told:
        if any(phrase.pattern.search(text) for phrase in _vat_phrases(said)):
            return said
    unnumbered = " ".join(word for word in text.split() if not word.isdigit())
    return "itself" if _best(_vat_phrases("itself"), unnumbered).confidence >= WHOLE else None


def without_vat_words(heading: str) -> str:
    """Return a heading as words, without those that say that the amount is with or without value added tax.

    Examples
    --------
    >>> without_vat_words("Veroton hinta"), without_vat_words("Line total excl. VAT")
    ('hinta', 'line total')
    """
    text = plain(heading)
    for phrase in (*_vat_phrases("without"), *_vat_phrases("with")):
        text = " ".join(phrase.pattern.sub(" ", text).split())
    return text


def _vat_phrases(said: Vat) -> tuple[_Phrase, ...]:
    words = {"without": WITHOUT, "with": WITH}.get(said) or _content()["vat"][said]
    return tuple(_phrase(str(text)) for text in words)


def is_discount(heading: str) -> bool:
    """Tell whether a heading is that of a discount.

    Examples
    --------
    >>> is_discount("Alennus-%"), is_discount("Discount code")
    (True, False)
    """
    return factor_fit(_content()["discount"], heading).confidence >= WHOLE


def is_fee(heading: str) -> bool:
    """Tell whether a heading is that of what a payment service takes of an amount.

    Examples
    --------
    >>> is_fee("Fee"), is_fee("Palkkio (€)"), is_fee("Delivery fee")
    (True, True, False)
    """
    return factor_fit(_content()["fee"], heading).confidence >= WHOLE


def is_net(heading: str) -> bool:
    """Tell whether a heading calls an amount net, of tax or of something else.

    Examples
    --------
    >>> is_net("Net"), is_net("Net Total"), is_net("Netto (€)"), is_net("Net Sales"), is_net("Network")
    (True, True, True, False, False)
    """
    return factor_fit(_content()["net"], heading).confidence >= WHOLE


def _best(phrases: Sequence[_Phrase], text: str) -> Fit:
    return max((_fit(phrase, text) for phrase in phrases), key=_sure, default=Fit(0))


def _sure(fit: Fit) -> float:
    return fit.confidence


def _fit(phrase: _Phrase, text: str) -> Fit:
    found = phrase.pattern.search(text)
    if found is None:
        return Fit(0)
    covered = len(found[0].strip()) / len(text)
    if covered >= 1 and not phrase.text.endswith(" *"):
        return Fit(WHOLE, phrase.text)
    if phrase.words >= LONG or (phrase.text.endswith(" *") and found.start() == 0):
        begins = found.start() == 0
        return Fit(BEGINS if begins else WITHIN, phrase.text)
    return Fit(round(PART + 0.4 * covered, 2), phrase.text)


def tables_named(name: str) -> frozenset[str]:
    """Return the tables that a file's or sheet's name speaks of.

    Examples
    --------
    >>> sorted(tables_named("myynti_2024")), sorted(tables_named("Taul1"))
    (['transactions'], [])
    """
    text = plain(name)
    return frozenset(table for table in TABLES if table in name.casefold() or _speaks(text, "tables", table))


def groups_named(names: Iterable[str]) -> tuple[str, ...]:
    """Return the respondent groups that names speak of, the most often named first.

    Examples
    --------
    >>> groups_named(["henkilöstökysely", "Suosittelisitko työnantajaasi?", "Asiakas tulee kuulluksi"])
    ('employee', 'customer')
    """
    texts = [plain(name) for name in names]
    counts = {group: sum(_speaks(text, "groups", group) for text in texts) for group in _content()["groups"]}
    return tuple(sorted((group for group, count in counts.items() if count), key=lambda group: -counts[group]))


def _speaks(text: str, part: Literal["tables", "groups"], key: str) -> bool:
    return any(_phrase(str(word)).pattern.search(text) for word in _content()[part][key])
