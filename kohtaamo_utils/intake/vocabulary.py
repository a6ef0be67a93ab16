"""Words of Finnish, Swedish and English files that stand for a choice, for yes or no, or for no answer."""

from __future__ import annotations

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import Cell, as_text
from kohtaamo_utils.intake.parsed import Parsed, Wrong

YES = frozenset(("1", "yes", "y", "true", "kyllä", "k", "tosi", "on", "ja", "j", "sant", "x"))
NO = frozenset(("0", "no", "n", "false", "ei", "e", "epätosi", "nej", "falskt"))

NO_VALUE = frozenset({"na", "n/a", "#n/a", "nan", "null", "#null!"})
"""What programs write for an empty cell; read as empty everywhere but in texts and identifiers."""
NO_ANSWER = NO_VALUE | frozenset(
    {
        *("-", "–", "—", ".", "none", "blank"),
        *("eos", "e.o.s.", "en osaa sanoa", "ei osaa sanoa", "en tiedä", "ei kokemusta", "ei kokemusta asiasta"),
        *("en halua vastata", "ei vastausta", "ei koske minua", "ei mielipidettä", "ei sovellu"),
        *("vet ej", "vet inte", "kan inte säga", "kan ej säga", "ingen erfarenhet", "ingen åsikt", "inget svar"),
        *("vill inte svara", "ej tillämpligt", "ej relevant", "gäller inte mig"),
        *("don't know", "don’t know", "do not know", "dk", "not applicable", "no experience", "no answer"),
        *("no opinion", "prefer not to say", "not sure", "can't say", "cannot say"),
    }
)
"""What respondents tick instead of a score."""

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
    "self": "itse itsearvio itsearviointi själv",
    "manager": "esihenkilö esimies chef förman supervisor",
    "peer": "kollega kollegat kollegor kolleger peers colleague colleagues",
    "report": "alainen alaiset medarbetare underställd reports directreport subordinate",
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
    "rater_group": {"report": ("direct report", "direct reports")},
}
_SHORT: dict[str, dict[str, str]] = {
    "respondent_group": _GROUPS,
    "perspective": _PERSPECTIVES,
    "phase": _PHASES,
    "rater_group": _RATERS,
    "element": _COMPETENCIES,
}


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


def parse_choices(cells: list[Cell], column: str, choices: tuple[str, ...]) -> Parsed[str]:
    """Read distinct cells as a column's choices, in any of the three languages, case apart.

    Examples
    --------
    >>> parse_choices(["Asiakas", "kund", "robotti"], "respondent_group", ("customer",)).found
    ['customer', 'customer', None]
    """
    words = words_of(column, choices)
    texts = [as_text(cell).casefold() for cell in cells]
    values = [words.get(text) for text in texts]
    advice = say("Correct it, or give the whole column a value under `constants`.")
    wrong = {
        place: Wrong("not_a_choice", say("This is not one of the choices."), advice)
        for place, text in enumerate(texts)
        if text and values[place] is None
    }
    return Parsed(values, wrong)


def parse_flags(cells: list[Cell]) -> Parsed[bool]:
    """Read distinct cells as yes or no.

    Examples
    --------
    >>> parse_flags(["Kyllä", "nej", "EPÄTOSI", 1, ""]).found
    [True, False, False, True, None]
    """
    texts = [as_text(cell).casefold() for cell in cells]
    values = [True if text in YES else False if text in NO else None for text in texts]
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
