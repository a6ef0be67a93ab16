"""Columns of order lines that nothing maps, but that say which lines are sales, what was paid back of them, and in what money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import columns_named
from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.notes.yaml_text import yaml_text
from kohtaamo_utils.intake.rows.unread_columns import MOST_WORDS, excluding, listed, some_of
from kohtaamo_utils.intake.values.currencies import SIGNS
from kohtaamo_utils.intake.values.vocabulary import DASHES, NO_VALUE, parse_flags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings

_CURRENCY = re.compile(
    r"(?P<of>(?:\w+ )*)(?:valuutta|valuutta ?koodi|val|valuta|valuta ?kod|currency|currency code|curr|ccy)(?: iso)?",
    re.IGNORECASE,
)
"""A heading of currencies, its dots, dashes and underscores taken for blanks."""
_STATUS = re.compile(r"(?:tila|tyyppi|laji|tapahtuma|status|state|type?|event|händelse)\Z", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3}")
_SIGNS = frozenset(sign.upper() for signs in SIGNS.values() for sign in signs)
NO_SALE = re.compile(
    r"(?:wc-)?(?:peruttu|peruutettu|perutettu|peruutus|palautus|palautettu|osittain palautettu|hyvitys|hyvitetty|hyvityslasku|mitätöity|mitätöinti|maksamatta"
    r"|odottaa maksua|keskeytetty|epäonnistunut|epäonnistui|luonnos|tarjous|testi|maksu|maksunpalautus|tilitys|nosto|takaisinperintä|korjauslasku"
    r"|hävitty|menetetty|förlora[dt]"
    r"|makulera[dt]|annullera[dt]|avbru[dt]en|avbeställd|retur|returnera[dt]|återbetal(?:d|t|ning)|kredit(?:faktura|era[dt]|nota)?|obetald|misslyckad"
    r"|utkast|offert|betalning|utbetalning"
    r"|cancell?ed|cancell?ation|(?:partial(?:ly)?[ _-])?refund(?:ed)?|return(?:ed)?|void(?:ed)?|failed|unpaid|pending(?:[ _-]payment)?|on[ _-]hold|holded"
    r"|(?:checkout-)?draft|quote|quotation|credit[ _-]?note|credit[ _-]?memo|payment|test|expired|abandoned|incomplete|uncaptured|denied|declined|trash|fraud"
    r"|charge ?back|disputed?|(?:closed[ _-]?)?lost|reversal|payment (?:refund|reversal)|(?:general )?withdrawal|(?:general )?currency conversion|payout|bank deposit[\w ]*|fee)",
    re.IGNORECASE,
)
"""What a line is called that is no sale, or none yet; the whole cell."""


_MARKS = re.compile(
    r"(?:is |on )?(?:peruttu|peruutettu|peruutus|palautettu|hyvitetty|mitätöity|testi|testitilaus|makulera[dt]|annullera[dt]|avbeställd|återbetal[dt]|returnera[dt]"
    r"|cancell?ed|cancell?ation|refunded|returned|void|voided|test|test order)(?: (?:at|on|date|time|pvm|päivä|datum|den))?",
    re.IGNORECASE,
)
"""A heading of a column that marks lines as no sales, by a yes or the day, its underscores taken for blanks."""


_PAID_BACK = re.compile(
    r"(?:order |total |partial )?refund(?:s|(?:ed|s)? (?:amount|total|sum|value))|amount refunded|total refunded"
    r"|(?:palautus|hyvitys|palautettu|hyvitetty) ?(?:summa|eur|euroa|€|yhteensä)|palautukset (?:eur|euroa|€)|hyvitykset"
    r"|(?:åter)?betalt tillbaka|återbetala?[dt] (?:belopp|summa)|återbetalnings?belopp|återbetalningar|kredit(?:belopp|erat belopp)|returbelopp",
    re.IGNORECASE,
)
"""A heading of what was paid back of a line's amount, its underscores and brackets taken for blanks."""
SOME = "[1-9]"
"""A sign that a number is not 0."""


def may_tell(name: str, texts: list[str]) -> bool:
    """Tell whether a column is one of currencies, statuses or refunds, by its heading or by some of its texts, if they are few.

    Examples
    --------
    >>> may_tell("Tilauksen tila", []), may_tell("Maa", ["FI", "peruttu"]), may_tell("Kanava", ["verkko"])
    (True, True, False)
    >>> may_tell("Selite", ["peruttu", *map(str, range(MOST_WORDS))])
    False
    """
    named = _says_currency(name) or _STATUS.search(name) or any(map(NO_SALE.fullmatch, texts))
    return marks(name) or is_paid_back(name) or (bool(named) and len(texts) <= MOST_WORDS)


def marks(name: str) -> bool:
    """Tell whether a column marks lines as no sales, by its heading.

    Examples
    --------
    >>> marks("Cancelled at"), marks("is_test"), marks("Peruttu pvm"), marks("Palautusaika (pv)")
    (True, True, True, False)
    """
    return bool(_MARKS.fullmatch(name.replace("_", " ").strip()))


def is_paid_back(name: str) -> bool:
    """Tell whether a column holds what was paid back of an amount, by its heading.

    Examples
    --------
    >>> is_paid_back("Amount Refunded"), is_paid_back("Palautettu summa (€)"), is_paid_back("återbetalt_belopp"), is_paid_back("Refund reason")
    (True, True, True, False)
    """
    return bool(_PAID_BACK.fullmatch(_blanks(name)))


def may_hold_statuses(texts: list[str]) -> bool:
    """Tell whether a column may hold statuses though none that is no sale is seen yet: few words, and no figures.

    Examples
    --------
    >>> may_hold_statuses(["valmis", "wc-completed"]), may_hold_statuses(["A1", "A2"]), may_hold_statuses([])
    (True, False, False)
    """
    return 0 < len(texts) <= MOST_WORDS and not any(sign.isdigit() for text in texts for sign in text)


def check_order_columns(
    columns: Iterable[tuple[str, list[str]]], source: Source, currency: str, findings: Findings
) -> None:
    """Tell of columns that are not read but say that some lines are no sales, and refuse those that say another currency.

    Parameters
    ----------
    columns
        Names and texts of columns that are not read, in lines that no rule leaves out.
    source
        Their block in the settings.
    currency
        The engagement's.
    findings
        Takes a problem for a column of several currencies, and a log entry for one of statuses.
    """
    ruled = {rule.column.casefold() for rule in source.exclude}
    columns = list(columns)
    of_amounts = _of_amounts([name for name, _ in columns if _says_currency(name)], source)
    for name, texts in columns:
        if _says_currency(name):
            if name in of_amounts:
                _check_currency(name, texts, currency, findings)
        elif is_paid_back(name):
            _tell_paid_back(name, texts, findings)
        elif name.casefold() not in ruled:
            _tell_statuses(name, texts, findings)


def _blanks(name: str) -> str:
    return " ".join(re.split(r"[\s_()\[\]-]+", name)).strip().removesuffix(" €")


def _tell_paid_back(name: str, texts: list[str], findings: Findings) -> None:
    """Log a column of refunds that are not all 0: a line whose amount is above zero counts in full."""
    if any(re.search(SOME, text) for text in texts):
        detail = say(
            "{name} is not read, and holds amounts: what was paid back is taken off only where a line below zero tells of it; "
            "if none does, give the file a column from whose amounts it is taken off, and name that",
            name=name,
        )
        findings.note("unsettled", "refunds", 1, detail, column=name)


def _said_currency(name: str) -> re.Match[str] | None:
    return _CURRENCY.fullmatch(" ".join(re.split(r"[\s_.:-]+", name)).strip())


def _says_currency(name: str) -> bool:
    return _said_currency(name) is not None


def _of_amounts(names: list[str], source: Source) -> set[str]:
    """Return the columns of currencies that speak of the amounts: *Converted Currency* of *Converted Amount*, else *Currency*.

    Examples
    --------
    >>> from kohtaamo_utils.engagement.settings import Source
    >>> block = {"file": "a.csv", "columns": {"amount": "Converted Amount"}}
    >>> _of_amounts(["Currency", "Converted Currency"], Source.model_validate(block))
    {'Converted Currency'}
    """
    rule = source.columns.get("amount")
    headings = ("amount",) if rule is None or isinstance(rule, dict) else columns_named(rule)
    heading = " ".join(map(_blanks, headings)).casefold()
    own: dict[str, set[str]] = {"": set()}
    for name in names:
        said = _said_currency(name)
        own.setdefault((said["of"] if said else "").strip().casefold(), set()).add(name)
    named = [found for of, found in own.items() if of and re.search(rf"\b{re.escape(of)}\b", heading)]
    return set().union(*named) or own[""] or set(names)


def _check_currency(name: str, texts: list[str], currency: str, findings: Findings) -> None:
    codes = {text: text.upper() for text in texts if text and text.casefold() not in NO_VALUE | DASHES}
    own = {currency, *(sign.upper() for sign in SIGNS.get(currency, ()))}
    others = [text for text, code in codes.items() if code not in own]
    if not others or not all(_CODE.fullmatch(code) or code in _SIGNS for code in codes.values()):
        return
    findings.problem(
        "currency",
        say(
            "The amounts are in several currencies or in another one: {codes}.",
            codes=joined(sorted(set(codes.values()))),
        ),
        expected=say("amounts in {currency}", currency=currency),
        advice=say(
            "Leave the other lines out with `{entry}` in the source's block, convert them in the file, or give the engagement their `currency`.",
            entry=excluding(name, others),
        ),
        column=name,
        value=others[0],
    )


def _marked(name: str, texts: list[str]) -> tuple[list[str], str]:
    """Return what a column of marks writes on some lines, and the rule that leaves them out; nothing where it marks none, or all."""
    flags = dict(zip(texts, parse_flags(list(texts)).found, strict=True))
    given = [text for text in texts if text and flags[text] is not False]
    if not given or len(given) == len(texts):
        return [], ""
    if all(flags[text] for text in given):
        return given, excluding(name, given)
    if False in flags.values():
        return [], ""
    return [min(given)], f"exclude: [{{column: {yaml_text(name)}, empty: false}}]"


def _tell_statuses(name: str, texts: list[str], findings: Findings) -> None:
    """Log a column some of whose texts say that a line is no sale, with the rule that would leave it out."""
    words = some_of(texts, NO_SALE)
    entry = excluding(name, words) if words else ""
    if not words and marks(name):
        words, entry = _marked(name, texts)
    if not words:
        return
    detail = say(
        "{name} is not read, and holds {words}: such lines count with their amounts as they stand, so that only an amount below zero "
        "is taken off; if they are no sales, add `{entry}` to the source's block",
        name=name,
        words=listed(words),
        entry=entry,
    )
    findings.note("unsettled", "status", 1, detail, column=name, value=words[0])
