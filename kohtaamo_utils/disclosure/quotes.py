"""Which comments may be quoted as examples of a theme.

The rules, with k the larger of ``disclosure.minimum_comments`` and ``minimum_respondents``:

- A tone of a theme is quoted only where at least k comments have it, and at least k of them could be chosen.
- A comment can be chosen if none of its writer's groupings (unit, touchpoint, segment …) has fewer than
  ``minimum_respondents`` commenters, it is neither very short nor long (a long text is easier to know again), and nobody else wrote the same.
- It is not chosen if it may name somebody, or a place that is a grouping, or if anything had to be taken out of it.
- Which are chosen depends on the words alone: not on date, order in the file or who wrote. A comment is quoted once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHORTEST, LONGEST = 25, 240
"""Characters of a comment that is quoted."""
TRIES = 400
"""Comments that are looked at before a theme goes without a quotation."""


class Candidate(NamedTuple):
    """A comment that speaks of a theme in one tone.

    Parameters
    ----------
    text
        Tidied words.
    themes
        How many themes it speaks of: one that speaks of few is the better example.
    safe
        Whether none of its writer's groupings is small.
    """

    text: str
    themes: int
    safe: bool


def chosen(
    candidates: Sequence[Candidate], minimum: int, most: int, allowed: Callable[[str], bool], used: Iterable[str] = ()
) -> tuple[str, ...]:
    """Choose the comments that are quoted of one tone of one theme.

    Parameters
    ----------
    candidates
        Every comment that has it.
    minimum
        k of the rules above.
    most
        How many are quoted.
    allowed
        Whether a text may be printed as it is.
    used
        Texts that are quoted elsewhere.

    Examples
    --------
    >>> comments = [Candidate(f"Sain vastauksen {word} odotin.", 1, True) for word in ("ennen kuin", "heti kun", "kun en")]
    >>> chosen(comments, 3, 1, lambda text: True) == chosen(comments[::-1], 3, 1, lambda text: True)
    True
    >>> chosen(comments, 4, 1, lambda text: True)
    ()
    """
    if len(candidates) < minimum:
        return ()
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.text] = counts.get(candidate.text, 0) + 1
    fit = [
        each for each in candidates if each.safe and counts[each.text] == 1 and SHORTEST <= len(each.text) <= LONGEST
    ]
    if len(fit) < minimum:
        return ()
    order = sorted(fit, key=lambda each: (each.themes, _digest(each.text)))
    taken = set(used)
    found: list[str] = []
    for candidate in order[:TRIES]:
        if len(found) == most:
            break
        if candidate.text not in taken and allowed(candidate.text):
            found.append(candidate.text)
    return tuple(found)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
