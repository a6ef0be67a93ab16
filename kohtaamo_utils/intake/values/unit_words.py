"""Words and signs that stand for a unit in a heading, in Finnish, Swedish and English."""

from __future__ import annotations

from kohtaamo_utils.intake.values.currencies import SIGNS

SECOND, MINUTE = "second", "minute"
HOUR, DAY, WEEK, MONTH, QUARTER, YEAR = "hour", "day", "week", "month", "quarter", "year"
TIMES = frozenset({HOUR, DAY, WEEK, MONTH, QUARTER, YEAR})
PERCENT, PIECE, MASS, VOLUME = "percent", "piece", "mass", "volume"
CENT, THOUSAND, MILLION = "cent", "thousand", "million"
SIZES = {CENT: 0.01, THOUSAND: 1_000, MILLION: 1_000_000}
"""How much of the currency one of them is."""
USUAL_CODES = ("EUR", "SEK", "NOK", "DKK", "USD", "GBP", "CHF", "PLN")
"""Currencies whose code in capitals is no other word, wherever it stands in a heading."""
RARER_CODES = ("ISK", "CZK", "HUF", "RON", "RUB", "UAH", "JPY", "CNY", "CAD", "AUD", "NZD")
FILLERS = frozenset({"in", "per", "/", "a", "an", "each", "of", "i", "om", "för"})
"""Words that may stand within a unit: *per år*, *in thousands of euros*."""

_TIME_WORDS = {
    HOUR: "h hr hrs hour hours hourly tunti tuntia tunnit tunnissa tunteina timme timmar timmen tim",
    DAY: "d pv pvä vrk päivä päivää päivät päivinä päivissä päivässä dag dagar dygn day days daily",
    WEEK: "vk vko viikko viikkoa viikot viikkoina viikossa vecka veckor veckan week weeks weekly wk wks",
    MONTH: "kk kuukausi kuukautta kuukaudet kuukausina kuukausia kuukaudessa mån månad månader månaden mnd month months"
    " monthly mo mos mth mths",
    QUARTER: "kvartaali kvartaalia kvartaalit neljännesvuosi kvartal quarter quarters quarterly",
    YEAR: "v vuosi vuotta vuodet vuosina vuosia vuodessa år året y yr yrs year years yearly annual annually annum"
    " annualized annualised",
}
_OTHER_WORDS = {
    PERCENT: "% prosentti prosenttia prosentit prosentteina procent percent percentage pct",
    PIECE: "kpl kappale kappaletta kappaleet kappalemäärä lkm lukumäärä st styck stycken antal kvantitet pc pcs piece"
    " pieces unit units qty quantity",
    MASS: "kg kilo kilos kiloa kilogram kilograms kilogramma kilogrammaa g gram grams grammaa lb lbs",
    VOLUME: "l litra litraa litrat liter litre litres liters",
    SECOND: "s sec secs sekunti sekuntia sekunnit sekunteina sekunneissa sekund sekunder second seconds",
    MINUTE: "min mins minuutti minuuttia minuutit minuutteina minuuteissa minut minuter minuten minute minutes",
    CENT: "snt sentti senttiä sentit sentteinä cent cents öre",
    THOUSAND: "k tuhat tuhatta tuhannet tuhansina tuhansissa tuhansia tusen tusental thousand thousands",
    MILLION: "milj miljoona miljoonaa miljoonat miljoonina miljoonissa miljon miljoner million millions mio mln mn",
}
UNITS = {word: unit for unit, words in (_TIME_WORDS | _OTHER_WORDS).items() for word in words.split()}
"""Each word and what it stands for."""
ONE_DATE = frozenset({"vuosi", "år", "year", "kuukausi", "månad", "month"})
"""Words that a number beside them makes a date: *vuosi 2025*."""

_SORTS = (
    "pvm päivämäärä datum date pp.kk.vvvv pv.kk.vvvv dd.mm.yyyy yyyy-mm-dd vvvv-kk-pp åååå-mm-dd hlö hlöä henkilöä henkeä personer"
    " persons people"
)
SORTS = frozenset(_SORTS.split())
"""What stands under a heading for its unit and is none that a canonical column could have."""

_KRONAS = frozenset({"SEK", "NOK", "DKK", "ISK"})
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD"})
_POUNDS = frozenset({"GBP"})
CURRENCIES: dict[str, frozenset[str]] = {
    **{code.casefold(): frozenset({code}) for code in (*USUAL_CODES, *RARER_CODES)},
    **dict.fromkeys((*SIGNS["EUR"], "e", "euros", "euroina", "euroissa", "eura"), frozenset({"EUR"})),
    **dict.fromkeys(("kr", "kronor", "krona", "kruunua", "kruunuina", "kroner", "crowns"), _KRONAS),
    **dict.fromkeys(("$", "dollar", "dollars", "dollaria", "dollareina"), _DOLLARS),
    **dict.fromkeys(("£", "pound", "pounds", "puntaa", "pund"), _POUNDS),
}
"""Each word and sign, and the currencies that it may stand for."""
PLAIN_MONEY = frozenset({"€", "$", "£", "kr", "kronor", "kruunua", "euro", "euros", "euroa"})
"""Those that mean money wherever they stand in a heading."""

LENGTHS = {
    DAY: r"\w*päivä(?:t|nä|ä)|\w*päivi(?:nä|ä)|days|\w*dagar",
    WEEK: r"\w*viik(?:ot|koina|koja|koa)|weeks|\w*veckor",
    MONTH: r"\w*kuukau(?:det|tta)|\w*kuukausi(?:na|a)|months|\w*månader",
    YEAR: r"\w*vuo(?:det|tta)|\w*vuosi(?:na|a)|years|\w{3,}(?<!ny)år|antal år|år som",
}
"""Words that say a length of time wherever they stand in its heading: *years at company*, *palvelusvuodet*, *tjänsteår*."""
RATES = {
    HOUR: r"tunti\w+|tim(?:lön|avlön|pris|arvode|förtjänst)\w*|hourly",
    DAY: r"päivä(?:palk|raha|ansio)\w*|dag(?:lön|s?arvode)\w*|daily",
    WEEK: r"\w*viikko\w+|\d+ viikon|\w*vecko\w+|(?:bi)?weekly|fortnight\w*",
    MONTH: r"kuukausi\w*|månads?\w*|monthly|mrr",
    QUARTER: r"neljännesvuosi\w*|kvartals\w+|quarterly",
    YEAR: r"vuosi\w+|års\w+|annual\w*|yearly|annum|arr",
}
"""Words that say of what time an amount is: *vuosipalkka*, *timlön*, *monthly charges*."""
SHARES = {PERCENT: r"(?<!\d )(?<!alv )(?<!vat )(?<!moms )%|\w+prosentti|\w+procent|percentage|percent"}
"""Words of a share: *katetuottoprosentti*; 25 % and the rate of a tax are none."""
PRICES = {
    PIECE: r"(?:yksikkö|kappale|kpl |a |à )hinta|(?:styck|enhets|a |à )pris|unit price|price (?:per|each)(?: \w+)?|unitprice"
}
"""Words of a price for each, which is no amount of a purchase."""
