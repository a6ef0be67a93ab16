"""Takes out of a comment what tells who is meant or who wrote it: the one door for every text that people wrote.

The 360 review's comments go through it before they are decided on; other open comments can do the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.redaction.names import Names
from kohtaamo_utils.redaction.patterns import SIGNS, Kind, without_details
from kohtaamo_utils.redaction.roles import without_roles
from kohtaamo_utils.redaction.signatures import unsigned
from kohtaamo_utils.redaction.tidy import says_something, tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 4000
"""Characters of a comment that are printed at most: about a page."""
_ANY_SIGN = re.compile(f"[{''.join(SIGNS.values())}]")
_SHORTEST_ID, _SHORTEST_NUMBER = 3, 5
_ID = re.compile(r"\w+(?:[.@-]\w+)*")


@dataclass(frozen=True)
class Redacted:
    """A text without what was taken out, in no reader's language yet.

    Parameters
    ----------
    text
        The text; each place where something was taken out is one sign of `SIGNS`.
    shortened
        Whether it was longer than `LONGEST` and is cut.
    """

    text: str
    shortened: bool = False

    @property
    def places(self) -> int:
        """In how many places something was taken out."""
        return len(_ANY_SIGN.findall(self.text))

    @property
    def empty(self) -> bool:
        """Whether nothing is left that says anything."""
        return not says_something(" ".join(_ANY_SIGN.sub(" ", self.text).split()))

    def told(self, words: Mapping[Kind, str]) -> str:
        """Return the text as a reader gets it.

        Parameters
        ----------
        words
            What stands in the place of each kind, in his language, e.g. ``[name removed]``.
        """
        kinds = {sign: kind for kind, sign in SIGNS.items()}
        return _ANY_SIGN.sub(lambda found: words[kinds[found[0]]], self.text)


class Redactor:
    """Redacts the texts of one report.

    Parameters
    ----------
    people
        Names of the people who must not be named, as whole names.
    own
        The name of the person whose report it is; it stays.
    ids
        Identifiers of people in the client's files, looked for letter by letter; those of letters only, as names.
    wished
        Words that the consultant wants taken out: in all their forms, or letter by letter if they hold other signs too.
    roles
        Whether what writers say of their own role goes as well.

    Examples
    --------
    >>> redactor = Redactor(["Aino Virtanen"], wished=["Tampere"])
    >>> words = dict.fromkeys(SIGNS, "[…]")
    >>> redactor("Virtasen Ainolle kiitos Tampereelta, t. Pekka").told(words)
    '[…] kiitos […], […]'
    """

    def __init__(
        self,
        people: Iterable[str],
        *,
        own: str = "",
        ids: Iterable[str] = (),
        wished: Iterable[str] = (),
        roles: bool = False,
    ) -> None:
        self._roles = roles
        identifiers = {name for name in map(_plain, ids) if _is_telling(name)}
        wishes = {_plain(word) for word in wished}
        letters = {name for name in identifiers if name.isalpha()}
        own_words = {_plain(own), *_plain(own).split()}
        self._ids = frozenset(identifiers - letters)
        bent = {word for word in wishes if all(sign.isalpha() or sign in " -'" for sign in word)}
        self._literal = _literally(wishes - bent)
        self._names = Names(people, own, sorted(bent), sorted(letters - own_words))

    def __call__(self, text: str) -> Redacted:
        """Return a text redacted, and cut at a word if it is very long."""
        bare = unsigned(without_details(tidied(text)))
        if self._roles:
            bare = without_roles(bare)
        if self._literal is not None:
            bare = self._literal.sub(SIGNS["other"], bare)
        bare = _ID.sub(lambda found: SIGNS["name"] if found[0].casefold() in self._ids else found[0], bare)
        for span in reversed(self._names.spans(bare)):
            bare = bare[: span.start] + SIGNS["other" if span.wished else "name"] + bare[span.end :]
        return _cut(bare)


def _plain(text: str) -> str:
    return tidied(text).casefold()


def _is_telling(name: str) -> bool:
    """Whether an identifier is no number or word that a sentence may hold by chance."""
    return len(name) >= (_SHORTEST_NUMBER if name.isdigit() else _SHORTEST_ID)


def _literally(words: Iterable[str]) -> re.Pattern[str] | None:
    each = [re.escape(word) for word in sorted(words)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE) if each else None


def _cut(text: str) -> Redacted:
    if len(text) <= LONGEST:
        return Redacted(text)
    kept = text[: LONGEST + 1]
    word = max(kept.rfind(" "), kept.rfind("\n"))
    return Redacted(f"{text[: word if word > LONGEST // 2 else LONGEST].rstrip(' ,;:-')} \u2026", shortened=True)
