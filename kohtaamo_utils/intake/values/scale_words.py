"""The words of answer scales in Finnish, Swedish and English, from the smallest number to the largest."""

from __future__ import annotations

from functools import cache

NEITHER_FI = "ei samaa eikä eri mieltä|en samaa enkä eri mieltä|ei eri eikä samaa mieltä|siltä väliltä|neutraali"
NEITHER_SV = "varken instämmer eller tar avstånd|varken eller|neutral"
NEITHER_FINLAND_SV = "varken av samma eller annan åsikt|varken av annan eller samma åsikt|varken eller|neutral"
NEITHER_EN = "neither agree nor disagree|neither disagree nor agree|neutral"
EVEN_FI = "ei tyytyväinen eikä tyytymätön|en tyytyväinen enkä tyytymätön|ei tyytymätön eikä tyytyväinen|neutraali"
EVEN_SV = "varken nöjd eller missnöjd|varken missnöjd eller nöjd|neutral"
EVEN_EN = "neither satisfied nor dissatisfied|neither dissatisfied nor satisfied|neutral"

WELL_FI = "ei hyvin eikä huonosti|ei huonosti eikä hyvin|kohtalaisesti|neutraali"

EASE: tuple[tuple[str, str, str, str, str, str], ...] = (
    *(
        (f"erittäin {hard}", hard, "melko", neither, easy, f"erittäin {easy}")
        for hard, easy, neither in (
            ("vaikeaa", "helppoa", "ei helppoa eikä vaikeaa|ei vaikeaa eikä helppoa|neutraali"),
            ("vaikea", "helppo", "ei helppo eikä vaikea|ei vaikea eikä helppo|neutraali"),
        )
    ),
    (
        "mycket svårt",
        "svårt",
        "ganska",
        "varken lätt eller svårt|varken svårt eller lätt|neutral",
        "lätt",
        "mycket lätt",
    ),
    *(
        (f"{most} difficult", "difficult", "somewhat", "neither easy nor difficult|neutral", "easy", f"{most} easy")
        for most in ("very", "extremely")
    ),
)
"""The words of ease: the hardest, hard, the word for rather, neither, easy, the easiest."""
EASE_OF_FIVE: tuple[tuple[str, ...], ...] = tuple(
    (worst, f"{some}{bad}", neither, f"{some}{good}", best)
    for worst, bad, rather, neither, good, best in EASE
    for some in ("", f"{rather} ")
)

SCALES: tuple[tuple[str, ...], ...] = (
    # agreement, 1–5
    (
        "täysin eri mieltä|vahvasti eri mieltä",
        "eri mieltä",
        NEITHER_FI,
        "samaa mieltä",
        "täysin samaa mieltä|vahvasti samaa mieltä",
    ),
    ("täysin eri mieltä", "jokseenkin eri mieltä", NEITHER_FI, "jokseenkin samaa mieltä", "täysin samaa mieltä"),
    ("täysin eri mieltä", "osittain eri mieltä", NEITHER_FI, "osittain samaa mieltä", "täysin samaa mieltä"),
    ("täysin eri mieltä", "melko eri mieltä", NEITHER_FI, "melko samaa mieltä", "täysin samaa mieltä"),
    ("täysin eri mieltä", "osin eri mieltä", NEITHER_FI, "osin samaa mieltä", "täysin samaa mieltä"),
    ("instämmer inte alls", "instämmer inte", NEITHER_SV, "instämmer", "instämmer helt|instämmer fullständigt"),
    ("instämmer inte alls", "instämmer delvis inte", NEITHER_SV, "instämmer delvis", "instämmer helt"),
    ("instämmer inte alls", "instämmer i låg grad", NEITHER_SV, "instämmer i hög grad", "instämmer helt"),
    (
        "helt av annan åsikt",
        "delvis av annan åsikt",
        NEITHER_FINLAND_SV,
        "delvis av samma åsikt",
        "helt av samma åsikt",
    ),
    ("i mycket låg grad", "i låg grad", "varken eller|i viss mån|i någon mån", "i hög grad", "i mycket hög grad"),
    ("tar helt avstånd", "tar delvis avstånd", NEITHER_SV, "instämmer delvis", "instämmer helt"),
    ("stämmer inte alls", "stämmer dåligt", NEITHER_SV, "stämmer bra", "stämmer helt"),
    ("strongly disagree", "disagree", NEITHER_EN, "agree", "strongly agree"),
    *(
        ("strongly disagree", f"{some} disagree", NEITHER_EN, f"{some} agree", "strongly agree")
        for some in ("somewhat", "slightly", "tend to")
    ),
    ("completely disagree", "disagree", NEITHER_EN, "agree", "completely agree"),
    # satisfaction, 1–5
    ("erittäin tyytymätön", "tyytymätön", EVEN_FI, "tyytyväinen", "erittäin tyytyväinen"),
    ("erittäin tyytymätön", "melko tyytymätön", EVEN_FI, "melko tyytyväinen", "erittäin tyytyväinen"),
    ("erittäin tyytymätön", "jokseenkin tyytymätön", EVEN_FI, "jokseenkin tyytyväinen", "erittäin tyytyväinen"),
    ("hyvin tyytymätön", "tyytymätön", EVEN_FI, "tyytyväinen", "hyvin tyytyväinen"),
    ("hyvin tyytymätön", "melko tyytymätön", EVEN_FI, "melko tyytyväinen", "hyvin tyytyväinen"),
    *(
        (f"{much} tyytymätön", f"{some} tyytymätön", EVEN_FI, f"{some} tyytyväinen", f"{much} tyytyväinen")
        for much in ("todella", "täysin")
        for some in ("melko", "jokseenkin")
    ),
    *(
        (f"{much} tyytymätön", "tyytymätön", EVEN_FI, "tyytyväinen", f"{much} tyytyväinen")
        for much in ("todella", "täysin")
    ),
    ("mycket missnöjd", "missnöjd", EVEN_SV, "nöjd", "mycket nöjd"),
    ("mycket missnöjd", "ganska missnöjd", EVEN_SV, "ganska nöjd", "mycket nöjd"),
    ("very dissatisfied", "dissatisfied", EVEN_EN, "satisfied", "very satisfied"),
    *(
        ("very dissatisfied", f"{some} dissatisfied", EVEN_EN, f"{some} satisfied", "very satisfied")
        for some in ("somewhat", "fairly", "quite", "slightly")
    ),
    ("extremely dissatisfied", "somewhat dissatisfied", EVEN_EN, "somewhat satisfied", "extremely satisfied"),
    # quality and frequency, 1–5
    ("erittäin huono", "huono", "kohtalainen|tyydyttävä|keskinkertainen", "hyvä", "erittäin hyvä"),
    ("huono", "välttävä", "tyydyttävä", "hyvä", "erinomainen"),
    ("heikko", "välttävä", "tyydyttävä", "hyvä", "erinomainen|kiitettävä"),
    ("mycket dålig|mycket dåligt", "dålig|dåligt", "varken eller|medelmåttig", "bra", "mycket bra"),
    *(
        (f"{much} huonosti", f"{some}huonosti", WELL_FI, f"{some}hyvin", f"{much} hyvin")
        for much in ("erittäin", "todella")
        for some in ("", "melko ")
    ),
    *(
        ("mycket dåligt", f"{some}dåligt", "varken bra eller dåligt", f"{some}bra", "mycket bra")
        for some in ("", "ganska ")
    ),
    *((f"very {bad}", bad, "neither well nor badly|neutral", "well", "very well") for bad in ("badly", "poorly")),
    ("very poor", "poor", "fair|average", "good", "very good|excellent"),
    ("poor", "fair", "good", "very good", "excellent"),
    ("ei koskaan|ei lainkaan", "harvoin", "joskus|silloin tällöin", "usein", "aina"),
    ("aldrig", "sällan", "ibland", "ofta", "alltid"),
    ("never", "rarely", "sometimes", "often|usually", "always"),
    # effort, 1–5
    ("erittäin vähän vaivaa", "vähän vaivaa", "jonkin verran vaivaa", "paljon vaivaa", "erittäin paljon vaivaa"),
    (
        "mycket liten ansträngning",
        "liten ansträngning",
        "viss ansträngning",
        "stor ansträngning",
        "mycket stor ansträngning",
    ),
    ("very low effort", "low effort", "neutral", "high effort", "very high effort"),
    # agreement, 1–7
    *(
        (
            "täysin eri mieltä",
            "eri mieltä",
            f"{some} eri mieltä",
            NEITHER_FI,
            f"{some} samaa mieltä",
            "samaa mieltä",
            "täysin samaa mieltä",
        )
        for some in ("jokseenkin", "osittain", "hieman", "melko")
    ),
    (
        "instämmer inte alls",
        "instämmer inte",
        "instämmer delvis inte",
        NEITHER_SV,
        "instämmer delvis",
        "instämmer",
        "instämmer helt",
    ),
    *(
        (
            "strongly disagree",
            "disagree",
            f"{some} disagree",
            NEITHER_EN,
            f"{some} agree",
            "agree",
            "strongly agree",
        )
        for some in ("somewhat", "slightly")
    ),
    (
        "täysin eri mieltä",
        "melko eri mieltä",
        "hieman eri mieltä",
        NEITHER_FI,
        "hieman samaa mieltä",
        "melko samaa mieltä",
        "täysin samaa mieltä",
    ),
    # satisfaction, 1–7
    *(
        (
            "erittäin tyytymätön",
            "tyytymätön",
            f"{some} tyytymätön",
            EVEN_FI,
            f"{some} tyytyväinen",
            "tyytyväinen",
            "erittäin tyytyväinen",
        )
        for some in ("melko", "jokseenkin", "hieman")
    ),
    *(
        ("mycket missnöjd", "missnöjd", f"{some} missnöjd", EVEN_SV, f"{some} nöjd", "nöjd", "mycket nöjd")
        for some in ("ganska", "något")
    ),
    *(
        (
            f"{most} dissatisfied",
            f"{much} dissatisfied",
            f"{some} dissatisfied",
            EVEN_EN,
            f"{some} satisfied",
            f"{much} satisfied",
            f"{most} satisfied",
        )
        for most, much, some in (("extremely", "moderately", "slightly"), ("extremely", "very", "somewhat"))
    ),
    # ease, 1–5 and 1–7
    *EASE_OF_FIVE,
    *(
        (worst, bad, f"{rather} {bad}", neither, f"{rather} {good}", good, best)
        for worst, bad, rather, neither, good, best in EASE
    ),
)
"""Each scale's words; where several stand for one number, a bar parts them, and a file uses one of them."""


FIVE = 5
WITHOUT_MIDDLE = tuple(dict.fromkeys((*scale[:2], *scale[3:]) for scale in SCALES if len(scale) == FIVE))
"""The scales of five without the word between: four answers of which each takes a side."""


@cache
def known_scales(low: int, high: int) -> tuple[dict[str, int], ...]:
    """Return the scales of this length: each word and its number.

    Examples
    --------
    >>> known_scales(1, 7)[0]["täysin samaa mieltä"], known_scales(1, 4)[0]["täysin samaa mieltä"]
    (7, 4)
    """
    steps = high - low + 1
    return tuple(_places(scale, low) for scale in (*SCALES, *WITHOUT_MIDDLE) if len(scale) == steps)


@cache
def every_scale() -> tuple[dict[str, int], ...]:
    """Return the scales of any length: each word and its number, counted from 1."""
    return tuple(_places(scale, 1) for scale in SCALES)


def _places(scale: tuple[str, ...], low: int) -> dict[str, int]:
    return {word: place for place, words in enumerate(scale, low) for word in words.split("|")}


def folded(word: str) -> str:
    """Return a word of a scale as it is compared.

    Examples
    --------
    >>> folded(" Täysin  samaa mieltä. ")
    'täysin samaa mieltä'
    """
    return " ".join(word.split()).rstrip(".").casefold()
