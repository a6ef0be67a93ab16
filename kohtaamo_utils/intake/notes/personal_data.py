"""What personal data look like: in a cell's text, and in a column's heading."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PersonalKind = Literal["email", "identity_code", "ip_address", "phone", "name"]
KINDS: dict[PersonalKind, str] = {
    "email": say("e-mail addresses"),
    "identity_code": say("personal identity codes"),
    "ip_address": say("IP addresses"),
    "phone": say("phone numbers"),
    "name": say("people's names"),
}
"""Each kind, as a message says it."""
MARK = "[…]"
"""What stands in the place of what was taken out; the same in every language."""

CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)
"""A Finnish identity code's century sign and its century; U to Y and B to F came into use in 2023."""
CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
"""The last sign: day, month, year and number, as one whole number, modulo 31."""
HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))

_EMAIL = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+(?:[@\uff20]|\s?[(\[]\s?(?:at|ät|@)\s?[)\]]\s?)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?<!\w)([0-9]{2})([0-9]{2})([0-9]{2})([-+A-FU-Y\u2010-\u2013\u2212])([0-9]{3})([0-9A-FHJ-NPR-Y])(?!\w)",
    re.IGNORECASE,
)
_PERSONNUMMER = re.compile(
    r"(?<!\w)(?:19|20)?([0-9]{2})([0-9]{2})([0-9]{2})[-+\u2010-\u2013\u2212]([0-9]{3})([0-9])(?!\w)"
)
COORDINATION = 60
"""What a Swedish coordination number adds to the day."""
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:]|\.[0-9])", re.IGNORECASE
)
_DATE = r"(?![0-9]{2}[- ][0-9]{2}[- ](?:[0-9]{4}|[0-9]{2})(?![0-9]))"
_PHONE = re.compile(
    r"(?<![\w+])(?:"
    r"\+[1-9](?:[ ()./\u00a0-]{0,2}[0-9]){6,14}"  # international, e.g. +358 40 123 4567
    r"|00[1-9](?:[ ()./\u00a0-]{0,2}[0-9]){8,13}"
    rf"|{_DATE}\(?0(?:4[0-9]|50|7[02369])\)?(?:[ \u00a0-]?[0-9]){{5,8}}"  # Finnish and Swedish mobile
    rf"|{_DATE}\(?0(?:[235689]|1[0-9]|2[09]|[68]00)\)?(?:[ \u00a0-]?[0-9]){{5,8}}"  # Finnish fixed and service numbers
    r")(?![\w])"
)


def is_identity_code(text: str) -> bool:
    """Tell whether a text is a Finnish personal identity code: its day, its century sign and its check sign are right.

    Examples
    --------
    >>> is_identity_code("131052-308T"), is_identity_code("131052Y308T"), is_identity_code("131052-308A")
    (True, True, False)
    """
    match = _IDENTITY.fullmatch(text)
    return match is not None and _is_code(match)


def _is_code(match: re.Match[str]) -> bool:
    day, month, year, sign, number, check = (part.upper().translate(HYPHENS) for part in match.groups())
    try:
        dt.date(CENTURIES[sign] + int(year), int(month), int(day))
    except (KeyError, ValueError):
        return False
    return number >= "002" and CHECK_SIGNS[int(day + month + year + number) % len(CHECK_SIGNS)] == check


def _is_personnummer(match: re.Match[str]) -> bool:
    """Tell whether a Swedish number has a day that can be, or one of a coordination number, and the right check digit."""
    year, month, day = (int(part) for part in match.groups()[:3])
    try:
        dt.date(2000 + (year or 4), month, day - COORDINATION if day > COORDINATION else day)
    except ValueError:
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate("".join(match.groups())))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_address(match: re.Match[str]) -> bool:
    """Three colons at least, or a whole group: "12:30:45" and "a::b" are no addresses."""
    text = match[0]
    if ":" in text and text.count(":") < 3 and not any(len(group) > 2 for group in text.split(":")):
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_any(match: re.Match[str]) -> bool:  # noqa: ARG001 - the signature that every test of a match shares
    return True


@dataclass(frozen=True)
class _Pattern:
    kind: PersonalKind
    signs: str
    """A text without any of these signs cannot match: most cells are passed over at that."""
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = _is_any


_PATTERNS = (
    _Pattern("email", "@\uff20)]", _EMAIL),
    _Pattern("identity_code", "0123456789", _IDENTITY, _is_code),
    _Pattern("identity_code", "-+\u2010\u2011\u2012\u2013\u2212", _PERSONNUMMER, _is_personnummer),
    _Pattern("ip_address", ".:", _ADDRESS, _is_address),
    _Pattern("phone", "0+", _PHONE),
)


def redacted(text: str, marks: Mapping[PersonalKind, str] | None = None) -> tuple[str, dict[PersonalKind, int]]:
    """Return a text with personal data taken out, and how many of each kind there were.

    Parameters
    ----------
    text
        Any text; a person's name in it is not recognised.
    marks
        What stands in the place of each kind; `MARK` where not given.

    Examples
    --------
    >>> redacted("Soita 040 123 4567 tai kirjoita aino@esimerkki.fi")
    ('Soita […] tai kirjoita […]', {'email': 1, 'phone': 1})
    """
    left, found = _taken_out(text, marks)
    return left, {kind: len(texts) for kind, texts in found.items()}


def found_in(text: str) -> dict[PersonalKind, list[str]]:
    """Return the personal data of a text by kind, each as it stands there.

    Examples
    --------
    >>> found_in("Soita 040 123 4567 tai kirjoita aino@esimerkki.fi")
    {'email': ['aino@esimerkki.fi'], 'phone': ['040 123 4567']}
    """
    return _taken_out(text)[1]


def _taken_out(text: str, marks: Mapping[PersonalKind, str] | None = None) -> tuple[str, dict[PersonalKind, list[str]]]:
    found: dict[PersonalKind, list[str]] = {}
    for each in _PATTERNS:
        if not any(sign in text for sign in each.signs):
            continue
        matches = [match for match in each.pattern.finditer(text) if each.holds(match)]
        if matches:
            found.setdefault(each.kind, []).extend(match[0] for match in matches)
        for match in reversed(matches):
            text = text[: match.start()] + (marks or {}).get(each.kind, MARK) + text[match.end() :]
    return text, found


def kinds_in(text: str) -> tuple[PersonalKind, ...]:
    """Return which kinds of personal data a text holds.

    Examples
    --------
    >>> kinds_in("192.168.0.10"), kinds_in("versio 2.0, klo 12:30:45, 4.7.2025")
    (('ip_address',), ())
    """
    return tuple(redacted(text)[1])


def is_person(text: str) -> bool:
    """Tell whether a whole cell looks like a person's name: two to four words of letters, each with a capital.

    Examples
    --------
    >>> is_person("Aino Esimerkkilä"), is_person("Virtanen, Matti J."), is_person("A-101"), is_person("Helsinki")
    (True, True, False, False)
    """
    return _PERSON.fullmatch(text) is not None and all(word[:1].isupper() for word in text.split())


def name_in_order(text: str) -> str:
    """Return a text as identifiers are compared: without case and outer blanks, a name's words in one order whichever it has.

    Examples
    --------
    >>> name_in_order("Virtanen,  Matti"), name_in_order("matti virtanen"), name_in_order(" B-2 a ")
    ('matti virtanen', 'matti virtanen', 'b-2 a')
    """
    plain = " ".join(text.casefold().split())
    return " ".join(sorted(plain.replace(",", "").split())) if _PERSON.fullmatch(plain) else plain


_HEADINGS: dict[PersonalKind, str] = {
    "email": r"(?:sähkö|s-?)posti\w*|e[- ]?mail(?: ?address)?|e-?post(?:adress)?|mejl(?:adress)?|mail",
    "identity_code": r"henkilötunnus|hetu|sotu|henkilöturvatunnus|personbeteckning|personnummer|ssn|social security number"
    r"|personal identity code|national id",
    "ip_address": r"ip|ip[- ]?addr(?:ess)?|ip[- ]?adress|ip[- ]?osoite|ipaddress",
    "phone": r"(?:matka)?puhelin(?:numero)?|gsm|kännykkä|puh\.?|(?:mobil)?telefon(?:nummer)?|mobil(?:nummer)?|(?:tele|mobile ?)?phone(?: ?number)?"
    r"|mobile(?: number)?|tel\.?",
    "name": r"(?:etu|suku|kutsuma|koko|täys)[- ]?nim(?:i|et)|etu- ja sukunimi|henkilön nimi|sukunimi ja etunimi"
    r"|(?:för|efter|till?tals)namn|(?:fullständigt|hela) namn|(?:recipient)?(?:first|last|full|given|family|middle) ?name|surname|forename"
    r"|(?:vastaajan|asiakkaan|työntekijän|henkilön|arvioijan|arvioitavan|esihenkilön|esimiehen|yhteyshenkilön|potilaan|myyjän|oma) (?:koko)?nimi"
    r"|(?:respondentens|svarandens|kundens|medarbetarens|personens|bedömarens|chefens|kontaktpersonens|patientens) namn"
    r"|(?:respondent|customer|client|employee|person|rater|reviewer|reviewee|contact|user|patient|manager|students?)(?:'?s)?[ _]?(?:full )?name"
    r"|yhteyshenkilö|kontaktperson|contact person|username|käyttäjänimi|användarnamn",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _HEADINGS.items()}
_PERSON = re.compile(r"[^\W\d_][^\W\d_]+(?:[-'’][^\W\d_]+)*(?:,? (?:[^\W\d_]\.|[^\W\d_]+(?:[-'’][^\W\d_]+)*)){1,3}")
_ANY_NAME = re.compile(r"nimi|namn|name|nimesi|nimi ja \w+|your name|ditt namn")
"""A heading that may be a person's name, or a shop's."""


def heading_kind(heading: str, *, broad: bool = False) -> PersonalKind | None:
    """Return which personal data a column holds by its heading, in Finnish, Swedish or English; None for none.

    Parameters
    ----------
    heading
        The column as it is called in the file.
    broad
        Whether "Name" alone is a person's name too; survey tools mean that by it, a register of shops does not.

    Examples
    --------
    >>> heading_kind("Sukunimi"), heading_kind("E-post:"), heading_kind("Nimi"), heading_kind("Nimi", broad=True)
    ('name', 'email', None, 'name')
    """
    plain = re.sub(r"\([^)]*\)", " ", heading)
    text = " ".join(plain.casefold().replace("_", " ").strip(" \t\n:*?.!").split())
    for kind, pattern in _COMPILED.items():
        if pattern.fullmatch(text):
            return kind
    return "name" if broad and _ANY_NAME.fullmatch(text) else None
