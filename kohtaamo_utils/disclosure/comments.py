"""Which comments may be shown of a reviewee, and under which heading.

The rules, with k the threshold (``disclosure.minimum_comments``):

- One's own comments and the manager's are shown apart: who they are is known everywhere else in the report too.
- Comments of protected raters are shown only when at least k of them wrote one. People are counted, not comments, and
  somebody in two groups once; one who is a known rater as well, or of whom nothing else is counted, is not counted.
- They stand together, without their group. A group's name is put over its comments only when at least k of that group
  wrote, and the protected raters whose comments then stand without a name are none or at least k: what is left must
  not be few people either. Else the smallest group's name goes as well.
- Only names that the figures of the report bear are used: a group that is pooled there is pooled here.
- A comment is shown without the item that it was given on: few may have written on one item.
- The same words in the same place are shown once, without saying how often. How many wrote is not said.
- The order is that of hashes of the words, mixed with all the words under the heading. It does not depend on the order of
  the file, or on who wrote. Only words that are printed enter it: by an order that came of other words, somebody who
  guesses them could see that he guessed right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, PROTECTED, SELF, Pooling
from kohtaamo_utils.redaction.tidy import sameness, says_something, tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from kohtaamo_utils.redaction.redact import Redacted

COMMENT = "comment"


class Remark(NamedTuple):
    """One rater's comment, tidied and not redacted."""

    rater_id: str
    group: str
    text: str


@dataclass(frozen=True)
class CommentPublication:
    """The comments that may be shown of one reviewee.

    Parameters
    ----------
    quotes
        Comments by heading, in the order of the report: ``self``, ``manager``, groups as they are named in the
        figures, and ``others`` for protected raters together, without their groups. Headings without comments are absent.
    hidden
        Protected groups, as they are named in the figures, whose comments are not shown, whether they wrote any or not.
    minimum
        The threshold that was kept.
    """

    quotes: Mapping[str, tuple[Redacted, ...]]
    hidden: tuple[str, ...]
    minimum: int


def decide(
    frame: pd.DataFrame, pooling: Pooling, minimum: int, redact: Callable[[str], Redacted], counted: Iterable[str]
) -> CommentPublication:
    """Decide which comments of one reviewee are shown.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of one reviewee and one wave.
    pooling
        How the protected groups are named in the report's figures.
    minimum
        Fewest commenters.
    redact
        Takes out of a text what tells who is meant.
    counted
        Raters who count in the report's figures.

    Examples
    --------
    Six peers and two reports wrote. The peers' name would leave the reports' two:

    >>> import pandas as pd
    >>> from kohtaamo_utils.disclosure.pooling import pool
    >>> from kohtaamo_utils.redaction.redact import Redactor
    >>> raters = [*((f"p{n}", "peer") for n in range(6)), *((f"a{n}", "report") for n in range(2))]
    >>> frame = pd.DataFrame([(*rater, f"Kommentti {rater[0]}.") for rater in raters],
    ...     columns=["rater_id", "rater_group", "comment"])
    >>> pooling = pool({"peer": frozenset("123456"), "report": frozenset("789")}, 3)
    >>> found = decide(frame, pooling, 5, Redactor([]), frame["rater_id"])
    >>> {heading: len(texts) for heading, texts in found.quotes.items()}
    {'others': 8}
    """
    made = {remark: redact(remark.text) for remark in remarks(frame)}
    said = {remark: text for remark, text in made.items() if not text.empty}
    protected = [remark for remark in said if remark.group in PROTECTED]
    known = set(frame.loc[frame["rater_group"].isin([SELF, MANAGER]), "rater_id"].astype(str))
    people = set(map(str, counted)) - known
    wrote = _by_heading(protected, pooling.display, people)
    enough = len(frozenset[str]().union(*wrote.values())) >= minimum
    named = _named(wrote, [name for name in pooling.shown if name in wrote], minimum)
    headings: dict[str, list[Redacted]] = {name: [] for name in (SELF, MANAGER, *pooling.shown, OTHERS)}
    for remark, text in said.items():
        if remark.group in (SELF, MANAGER):
            headings[remark.group].append(text)
        elif enough:
            heading = pooling.display(remark.group)
            headings[heading if heading in named else OTHERS].append(text)
    names = tuple(pooling.shown) or tuple(pooling.hidden) or ((OTHERS,) if wrote else ())
    return CommentPublication(
        quotes={heading: _mixed(texts) for heading, texts in headings.items() if texts},
        hidden=() if enough else names,
        minimum=minimum,
    )


def remarks(frame: pd.DataFrame) -> tuple[Remark, ...]:
    """Return the comments in canonical ``ratings_360`` rows, tidied: each rater's, each words once; marks for none are none.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"rater_id": ["a", "a", "b"], "rater_group": ["peer"] * 3, "comment": ["Hyvä!", "hyvä", "-"]})
    >>> remarks(frame)
    (Remark(rater_id='a', group='peer', text='Hyvä!'),)
    """
    if COMMENT not in frame.columns:
        return ()
    rows = frame.loc[frame[COMMENT].notna(), ["rater_id", "rater_group", COMMENT]].astype(str)
    found: dict[tuple[str, str, str], Remark] = {}
    for rater, group, text in sorted(zip(*(rows[name] for name in rows.columns), strict=True)):
        plain = tidied(text)
        if says_something(plain):
            found.setdefault((rater, group, sameness(plain)), Remark(rater, group, plain))
    return tuple(found.values())


def protected_comments(frame: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """Return who of the protected raters wrote what: (rater id, words) without case, spaces and signs at the ends.

    Two editions of a report must not differ in the comments of a few raters; this is what is compared.

    Parameters
    ----------
    frame
        Canonical ``ratings_360`` rows of one reviewee and one wave.
    """
    return frozenset((remark.rater_id, sameness(remark.text)) for remark in remarks(frame) if remark.group in PROTECTED)


def _by_heading(
    protected: Iterable[Remark], display: Callable[[str], str], people: set[str]
) -> dict[str, frozenset[str]]:
    """Return the people who wrote, by the name of their group; a group of whom none counts is there as well."""
    wrote: dict[str, frozenset[str]] = {}
    for remark in protected:
        heading = display(remark.group)
        wrote[heading] = wrote.get(heading, frozenset()) | (people & {remark.rater_id})
    return wrote


def _named(wrote: Mapping[str, frozenset[str]], names: Iterable[str], minimum: int) -> frozenset[str]:
    """Return the groups whose names may stand over their comments."""
    named = [name for name in names if len(wrote[name]) >= minimum]
    while named:
        rest = [people for name, people in wrote.items() if name not in named]
        if not rest or len(frozenset[str]().union(*rest)) >= minimum:
            break
        named.remove(min(reversed(named), key=lambda name: len(wrote[name])))
    return frozenset(named)


def _mixed(texts: Iterable[Redacted]) -> tuple[Redacted, ...]:
    """Return texts, the same words once, in an order that depends on these texts only."""
    once: dict[str, Redacted] = {}
    for text in sorted(texts, key=lambda each: each.text):
        once.setdefault(sameness(text.text), text)
    seed = _digest(*(text.text for text in once.values()))
    return tuple(sorted(once.values(), key=lambda each: _digest(seed, each.text)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
