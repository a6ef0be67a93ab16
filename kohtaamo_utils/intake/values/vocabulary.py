"""Words of Finnish, Swedish and English files that stand for a choice, for yes or no, or for no answer."""

from __future__ import annotations

import re

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.values.cells import Cell, as_text
from kohtaamo_utils.intake.values.flag_words import WORDS as FLAG_WORDS
from kohtaamo_utils.intake.values.parsed import Parsed, Wrong
from kohtaamo_utils.intake.values.whose import EITHER_WAY, said_with_my, whose

TICKS = frozenset(("x", "\u2713", "\u2714"))
YES = TICKS | {"1", "1.0", "1,0", "yes", "y", "true", "kyllä", "k", "tosi", "on", "ja", "j", "sant"}
NO = frozenset(("0", "0.0", "0,0", "no", "n", "false", "ei", "e", "epätosi", "nej", "falskt"))

LONGEST_NO_ANSWER = 100
NOT_AVAILABLE = frozenset({"#n/a", "#puuttuu!", "#saknas!", "#null!"})
"""What spreadsheets show where there is no value, and what SPSS writes for one; nobody means it as a text."""
NO_VALUE = NOT_AVAILABLE | {"na", "n/a", "nan", "null"}
"""What programs write for an empty cell; read as empty everywhere but in texts."""
DASHES = frozenset({"-", "–", "—", "--", "---"})
"""What people write where there is nothing to write."""
NO_ANSWER = NO_VALUE | frozenset(
    {
        *DASHES,
        *(".", "?", "none", "blank", "n.a.", "n.a", "n/a.", "na.", "dk/na"),
        *(
            "eos",
            "e.o.s.",
            "e.o.s",
            "en osaa sanoa",
            "ei osaa sanoa",
            "en osaa vastata",
            "ei osaa vastata",
            "en osaa arvioida",
        ),
        *("en ole havainnut", "ei havaittu", "ei havaintoa", "ei havaintoja", "en ole nähnyt", "en ole huomannut"),
        *("har inte observerat", "har ej observerat", "jag har inte observerat", "inte observerat", "ej observerat"),
        *("ingen observation", "inga observationer", "har inte sett", "har ej sett", "har inte lagt märke till"),
        *(
            "not observed",
            "have not observed",
            "haven't observed",
            "haven’t observed",
            "did not observe",
            "no observation",
        ),
        *("not seen", "have not seen", "haven't seen", "haven’t seen", "no opportunity to observe", "unable to judge"),
        *("en tiedä", "en tunne asiaa", "ei kokemusta", "ei kokemusta asiasta", "en ole käyttänyt", "ei tietoa"),
        *("en halua vastata", "en halua sanoa", "ei vastausta", "ei vastannut", "vastaamatta", "ei koske minua"),
        *(
            "ei vastattu",
            "vastaus puuttuu",
            "puuttuu",
            "tyhjä",
            "ohitettu",
            "ohitti",
            "ei näytetty",
            "ei esitetty",
            "ei kysytty",
        ),
        *("ej besvarat", "ej besvarad", "inte besvarat", "inte besvarad", "obesvarad", "obesvarat", "saknas", "tomt"),
        *(
            "hoppade över",
            "hoppat över",
            "överhoppad",
            "visades ej",
            "visades inte",
            "ej visad",
            "ej visat",
            "ej ställd",
        ),
        *(
            "skipped",
            "skip",
            "not shown",
            "not displayed",
            "not asked",
            "not presented",
            "unanswered",
            "missing",
            "(blank)",
        ),
        *("ei mielipidettä", "ei sovellu", "ei arvioitavissa", "ei relevantti"),
        *("ei arvioitu", "ei arvioida", "ei voitu arvioida", "ei voi arvioida", "ei voida arvioida"),
        *("ej bedömt", "ej bedömd", "inte bedömt", "inte bedömd", "kunde inte bedömas", "går inte att bedöma"),
        *("not assessed", "not rated", "not evaluated", "could not be assessed"),
        *("vet ej", "vet inte", "jag vet inte", "kan inte säga", "kan ej säga", "kan inte svara", "kan ej svara"),
        *(
            "kan inte bedöma",
            "kan ej bedöma",
            "ingen erfarenhet",
            "ingen åsikt",
            "ingen uppfattning",
            "inget svar",
            "ej svar",
        ),
        *("vill inte svara", "vill ej svara", "ej tillämpligt", "inte tillämpligt", "ej relevant", "inte relevant"),
        *(
            "ej aktuellt",
            "inte aktuellt",
            "gäller inte mig",
            "gäller ej mig",
            "har inte använt",
            "har ej använt",
            "e.t.",
        ),
        *(
            "don't know",
            "don’t know",
            "do not know",
            "i don't know",
            "i don’t know",
            "dont know",
            "dk",
            "not applicable",
        ),
        *("no experience", "no answer", "no response", "not answered", "no opinion", "prefer not to say"),
        *(
            "prefer not to answer",
            "not sure",
            "can't say",
            "can’t say",
            "cannot say",
            "unable to say",
            "unable to answer",
        ),
        *("not used", "have not used", "does not apply", "doesn't apply", "doesn’t apply"),
    }
)
"""What respondents tick instead of a score."""
_BETWEEN = re.compile(r"\s*/\s*|\s*,\s*|\s*;\s*|\s*\(|\)|\s+(?:tai|eller|or)\s+")
"""What parts two words of which each means no answer: En osaa sanoa / ei kokemusta."""


def is_no_answer(text: str) -> bool:
    """Tell whether a text means that no score was given: one such word, or several of them.

    Examples
    --------
    >>> is_no_answer("En osaa sanoa."), is_no_answer("Vet ej/kan inte svara"), is_no_answer("Don't know / not applicable")
    (True, True, True)
    >>> is_no_answer("Ei"), is_no_answer("En osaa sanoa, 3"), is_no_answer("")
    (False, False, False)
    """
    plain = " ".join(text.casefold().split())
    if not plain or len(plain) > LONGEST_NO_ANSWER:
        return False
    if plain in NO_ANSWER or plain.rstrip(".") in NO_ANSWER:
        return True
    parts = [part.rstrip(".") for part in _BETWEEN.split(plain) if part]
    return len(parts) > 1 and all(part in NO_ANSWER for part in parts)


_GROUPS = {
    "customer": "asiakas asiakkaat kund kunder customers client",
    "employee": "työntekijä työntekijät henkilöstö medarbetare personal anställd employees staff",
    "supervisor": "esihenkilö esihenkilöt esimies esimiehet lähiesihenkilö chef chefer förman supervisors manager",
    "management": "johto johtoryhmä ledning ledningen ledningsgrupp executives leadership",
}
_PERSPECTIVES = {
    "experienced": "koettu kokemus upplevd upplevt experience",
    "believed": "uskottu uskomus arveltu trodd trott belief",
    "expected": "odotettu odotus förväntad förväntat expectation",
}
_PHASES = {"before": "ennen före innan", "during": "aikana under", "after": "jälkeen efter"}
_RATERS = {
    "self": "itse itsearvio itsearviointi själv självskattning självbedömning self-assessment self-rating self-evaluation",
    "manager": "esihenkilö esimies lähiesihenkilö lähiesimies chef förman överordnad supervisor boss",
    "peer": "kollega kollegat vertainen vertaiset työtoveri työkaveri kollegor kolleger peers colleague colleagues",
    "report": "alainen alaiset medarbetare underställd underställda underordnad direktrapport reports directreport"
    " subordinate subordinates",
    "customer": "asiakas asiakkaat kund kunder customers",
}
_COMPETENCIES = {
    "listening": "kuunteleminen kuuntelu lyssnande",
    "expertise": "asiantuntemus asiantuntijuus sakkunskap",
    "value": "arvo värde",
    "trust": "luottamus förtroende",
    "solution": "ratkaisukeskeisyys ratkaisu lösningsinriktning lösning",
    "presence": "läsnäolo närvaro",
    "empathy": "empatia empati",
    "leading": "johtaminen ledarskap",
}
_LONGER: dict[str, dict[str, tuple[str, ...]]] = {
    "element": {
        "listening": ("aktiivinen kuunteleminen", "aktivt lyssnande", "active listening"),
        "expertise": ("asiantuntemuksen välittäminen", "förmedling av sakkunskap", "conveying expertise"),
        "value": ("arvon tuottaminen", "värdeskapande", "creating value"),
        "trust": ("luottamuksen rakentaminen", "förtroendeskapande", "building trust"),
        "solution": ("solution focus",),
        "leading": ("kohtaamisten johtaminen", "ledarskap i möten", "leading encounters"),
    },
    "rater_group": {
        "self": ("oma arvio", "minä itse", "jag själv", "self assessment", "self rating", "self evaluation"),
        "peer": ("co-worker", "co-workers", "coworker", "coworkers"),
        "customer": ("sisäinen asiakas", "intern kund", "internal customer"),
        "manager": ("oma esihenkilö", "närmaste chef", "line manager"),
        "report": ("suora alainen", "suorat alaiset", "direktrapporterande", "direct report", "direct reports"),
    },
}
_SHORT: dict[str, dict[str, str]] = {
    "respondent_group": _GROUPS,
    "perspective": _PERSPECTIVES,
    "phase": _PHASES,
    "rater_group": _RATERS,
    "element": _COMPETENCIES,
}


_ASIDE = re.compile(r"\s*\([^()]*\)")


def words_of(column: str, choices: tuple[str, ...]) -> dict[str, str]:
    """Return the words that stand for a column's choices, in lower case.

    Examples
    --------
    >>> words = words_of("phase", ("before", "during", "after"))
    >>> words["aikana"], words["före"], words["after"]
    ('during', 'before', 'after')
    """
    words = {choice: choice for choice in choices}
    for choice, several in _SHORT.get(column, {}).items():
        words |= dict.fromkeys(several.split(), choice)
    for choice, phrases in _LONGER.get(column, {}).items():
        words |= dict.fromkeys(phrases, choice)
    return words


def _choice_in(text: str, words: dict[str, str]) -> str | None:
    """Return the choice that a text stands for: by all of it, without an aside or "my", or by each of the words it parts.

    Examples
    --------
    >>> words = words_of("rater_group", ("peer", "manager", "report"))
    >>> _choice_in("kollega / vertainen", words), _choice_in("alainen (suora)", words), _choice_in("kollegani", words)
    ('peer', 'report', 'peer')
    >>> _choice_in("kollega / alainen", words)
    """
    bare = _ASIDE.sub("", text).strip()
    if text in words or bare in words:
        return words.get(text) or words[bare]
    mine = said_with_my(bare, words)
    if mine is not None:
        return None if mine in EITHER_WAY else mine
    parts = {words.get(part.strip()) for part in bare.split("/")}
    return parts.pop() if len(parts) == 1 else None


def parse_choices(cells: list[Cell], column: str, choices: tuple[str, ...]) -> Parsed[str]:
    """Read distinct cells as a column's choices, in any of the three languages, case apart.

    Examples
    --------
    >>> parse_choices(["Asiakas", "kund", "robotti"], "respondent_group", ("customer",)).found
    ['customer', 'customer', None]
    """
    words = words_of(column, choices)
    texts = [as_text(cell).casefold() for cell in cells]
    values = [_choice_in(text, words) for text in texts]
    advice = say("Correct it, or give the whole column a value under `constants`.")
    wrong = {
        place: whose(_ASIDE.sub("", text).strip(), words)
        or Wrong("not_a_choice", say("This is not one of the choices."), advice)
        for place, text in enumerate(texts)
        if text and values[place] is None
    }
    return Parsed(values, wrong)


def parse_flags(cells: list[Cell], name: str = "") -> Parsed[bool]:
    """Read distinct cells as yes or no.

    Parameters
    ----------
    cells
        Raw cells.
    name
        The canonical column, which has words of its own.

    Examples
    --------
    >>> parse_flags(["Kyllä", "nej", "EPÄTOSI", 1, ""]).found
    [True, False, False, True, None]
    >>> parse_flags(["Aktiivinen", "Päättynyt"], "ended").found
    [False, True]
    """
    texts = [as_text(cell).casefold() for cell in cells]
    own = FLAG_WORDS.get(name, {})
    values = [True if text in YES else False if text in NO else own.get(text) for text in texts]
    wrong = {
        place: Wrong(
            "not_yes_or_no",
            say("This is neither yes nor no."),
            say("Write 1 and 0, yes and no, kyllä and ei, or ja and nej."),
        )
        for place, text in enumerate(texts)
        if text and values[place] is None
    }
    return Parsed(values, wrong)
