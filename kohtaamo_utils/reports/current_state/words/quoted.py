"""Customers' own words as examples of themes: one or two a theme, chosen so that nobody is known by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kohtaamo_utils.disclosure.quotes import Candidate, chosen
from kohtaamo_utils.errors import KohtaamoError
from kohtaamo_utils.intake import read, recalled
from kohtaamo_utils.redaction.names import Names
from kohtaamo_utils.redaction.naming import may_name_somebody
from kohtaamo_utils.redaction.redact import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.codebook import Tone
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.words.themes import Spoken

THEMES = 6
"""Themes that are quoted: the most common ones."""
RATINGS = "ratings_360"


class Quoted(NamedTuple):
    """A comment that is quoted, its language where it is known, and whether its writer is content."""

    text: str
    tongue: str
    tone: Tone


def quotations(context: Context, spoken: Spoken) -> dict[str, tuple[Quoted, ...]]:
    """Return what is quoted of each theme: one comment a tone, or two of the only tone that may be quoted.

    Parameters
    ----------
    context
        The engagement.
    spoken
        The customers' comments.
    """
    allowed = _allowed(context, spoken)
    if allowed is None:
        return {}
    safe = _safe(spoken)
    limits = context.engagement.settings.disclosure
    minimum = max(limits.minimum_comments, limits.minimum_respondents)
    said = {row: spoken.coding.said[raw] for row, raw in spoken.rows["comment"].items()}
    tongues = {its.text: its.read.tongue or "" for its in said.values()}
    found: dict[str, tuple[Quoted, ...]] = {}
    used: set[str] = set()
    for item in spoken.shares[:THEMES]:
        by_tone: dict[Tone, list[Candidate]] = {"good": [], "bad": []}
        for row, tone in spoken.tones[item.theme].items():
            if tone in by_tone:
                its = said[row]
                by_tone[tone].append(Candidate(its.text, len(its.read.mentions), row in safe))
        texts = {tone: chosen(each, minimum, 2, allowed, used) for tone, each in by_tone.items()}
        both = all(texts.values())
        quotes = [
            Quoted(text, tongues[text], tone) for tone, each in texts.items() for text in each[: 1 if both else 2]
        ]
        used.update(quote.text for quote in quotes)
        if quotes:
            found[item.theme] = tuple(quotes)
    return found


def _safe(spoken: Spoken) -> frozenset[int]:
    """Return the rows none of whose groupings is small among those who commented."""
    survey, rows = spoken.survey, spoken.rows
    kept = set(rows.index)
    for dimension in survey.dimensions:
        categories = survey.categories(rows, dimension)
        sizes = categories.map(categories.value_counts())
        kept -= set(rows.index[sizes < survey.minimum])
    return frozenset(kept)


def _allowed(context: Context, spoken: Spoken) -> Callable[[str], bool] | None:
    """Return what tells whether a text may be printed; None where the names that it must not hold cannot be read."""
    people = _people(context)
    if people is None:
        return None
    names, ids = people
    redactor = Redactor(names, ids=ids, wished=context.engagement.settings.review_360.redact)
    places = Names((), wished=_places(spoken))

    def allowed(text: str) -> bool:
        if may_name_somebody(text) or places.spans(text):
            return False
        made = redactor(text)
        return not made.places and not made.shortened and made.text == text

    return allowed


def _people(context: Context) -> tuple[list[str], set[str]] | None:
    """Return the names and identifiers in the 360 review's files, if the engagement has any."""
    engagement = context.engagement
    if RATINGS not in engagement.settings.sources:
        return [], set()
    try:
        frame = (recalled(engagement, [RATINGS]) or read(engagement, [RATINGS])).tables[RATINGS]
    except KohtaamoError:
        return None
    names = frame["reviewee_name"].dropna().astype(str).unique() if "reviewee_name" in frame.columns else ()
    ids = {*frame["rater_id"].astype(str).unique(), *frame["reviewee_id"].astype(str).unique()}
    return sorted(names), ids


def _places(spoken: Spoken) -> list[str]:
    """Return the names of units and segments: a comment that holds one tells where its writer belongs."""
    survey = spoken.survey
    columns = [name for name in survey.dimensions if name == "unit" or name in survey.segments]
    found = {str(name) for column in columns for name in survey.frame[column].dropna().unique()}
    named = {name for name in found if any(sign.isalpha() for sign in name)}
    return sorted(named | {f"{name[:-1]}de" for name in named if name.casefold().endswith(("us", "ys"))})  # Varkaudessa
