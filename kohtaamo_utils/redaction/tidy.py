"""A comment as it is printed: one kind of space, no signs that cannot be seen, and whether it says anything."""

from __future__ import annotations

import re
import unicodedata

_HIDING = re.compile("(?<=\\w)[\u200c\u200d\ufe00-\ufe0f]+(?=\\w)")
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Signs that are letters or marks to Unicode and blank to a reader."""
_KEPT = "\n\u200c\u200d"
_GONE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_ENDS = " \n.,;:!?_*/\\|()[]<>\"'\u201d\u2019+=~^%\u20ac-\u2010\u2011\u2012\u2013\u2014\u2212"
_NOTHING = frozenset(
    phrase.strip()
    for phrases in (
        "ei|ei ole|ei oo|ei mitään|ei mitään lisättävää|ei mitään erityistä|ei mitään kommentoitavaa|ei mtn|ei muuta|ei muuta lisättävää",
        "ei kommentoitavaa|ei kommentteja|ei kommenttia|ei lisättävää|ei sanottavaa|ei lisäyksiä|ei huomautettavaa|ei palautetta|ei vastausta",
        "ei mielipidettä|ei tule mieleen|ei tule mitään mieleen|ei osaa sanoa|en osaa sanoa|en tiedä|en tunne riittävästi|eos|tyhjä|testi",
        "nej|nej tack|ej|inga|inget|ingenting|inga kommentarer|ingen kommentar|inget att tillägga|inget att kommentera|inget särskilt|inget speciellt",
        "ingen åsikt|kommentar saknas|vet ej|vet inte|kan inte säga|tomt",
        "no|none|null|nil|nothing|no comment|no comments|no further comments|no answer|no opinion|no remarks|nothing to add|nothing to say",
        "nothing special|nothing more|nothing else|not applicable|dont know|don't know|i don't know|i dont know|dk|empty|test",
        "na|n a|n/a|n.a|nan|nat|inf|infinity",
    )
    for phrase in phrases.split("|")
)


def tidied(text: str) -> str:
    r"""Return a text with its letters composed, spaces single, and without signs that cannot be seen.

    Control signs, marks that turn the direction of writing and those of no width go: in them a name could be hidden from
    whoever looks for it. Lines stay lines, empty ones go. Signs for private use go too: `redact` uses them for its places.

    Examples
    --------
    >>> tidied("  Kuuntelee\u00a0 hyvin.\r\n\r\nAi\u200bno\u202e auttaa. ")
    'Kuuntelee hyvin.\nAino auttaa.'
    """
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", _with_lines(text)))
    kept = "".join(sign for sign in composed if sign in _KEPT or unicodedata.category(sign) not in _GONE)
    lines = (" ".join(line.split()) for line in _HIDING.sub("", kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _with_lines(text: str) -> str:
    return re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", " ")


def says_something(text: str) -> bool:
    """Tell whether a tidied text is a comment, and not a mark for an empty one.

    Examples
    --------
    >>> [says_something(text) for text in ("-", "Ei kommentoitavaa.", "n/a", "Inga kommentarer", "Ei valittamista!")]
    [False, False, False, False, True]
    """
    plain = sameness(text)
    return any(sign.isalnum() for sign in plain) and plain not in _NOTHING and set(plain) != {"x"}


def sameness(text: str) -> str:
    """Return what two tidied texts must share to be the same words: without case, line breaks and signs at the ends.

    Examples
    --------
    >>> sameness("Pitää sen, minkä lupaa!!") == sameness("pitää sen, minkä lupaa.")
    True
    """
    return " ".join(text.casefold().split()).strip(_ENDS)
