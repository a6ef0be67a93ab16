"""An edition of a 360 review as the ledger remembers it: who stands behind which figure, under pseudonyms.

A second edition can tell what neither tells by itself: less the first, it is a figure of those who came between. To judge
that, one must know of every earlier edition which raters were in which figure, and whether they answered the same then. So
an edition keeps a line for each rater: a keyed hash of the id, the group, a keyed hash of each answer, and one of the
comments. Without the key the lines tell that two hashes of one rater are equal or not, and nothing else.
"""

from __future__ import annotations

import hmac
import unicodedata
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.pooling import MANAGER, OTHERS, SELF
from kohtaamo_utils.disclosure.publication import Band, Cell, ReviewPublication, Shown
from kohtaamo_utils.engagement.releases import Questionnaire, ReviewEdition

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from kohtaamo_utils.engagement import EngagementSettings
    from kohtaamo_utils.measures.ratings import ReviewScores

KNOWN = (SELF, MANAGER)
"""Groups whose answers a reader is taken to know."""
_MARK_LENGTH = 4
_NO_ANSWER = "." * _MARK_LENGTH
_NOT_SHOWN = "."
_ENDS = {"+": "high", "-": "low"}
Pair = tuple[str, str]


@dataclass(frozen=True)
class Pseudonyms:
    """Turns what must not be remembered into marks that can only be compared.

    Parameters
    ----------
    secret
        Key of the hashes (HMAC-SHA256).
    reviewee
        Whose raters: one person has another pseudonym with each reviewee.

    Examples
    --------
    >>> one, other = Pseudonyms("key", "r1"), Pseudonyms("key", "r2")
    >>> one.rater("maija") == one.rater("maija"), one.rater("maija") == other.rater("maija")
    (True, False)
    """

    secret: str
    reviewee: str

    def rater(self, rater: str) -> str:
        """Return a rater's pseudonym, 72 bits of the hash."""
        return self._mark("rater", rater)[:12]

    def answer(self, rater: str, item: str, value: object) -> str:
        """Return the mark of a rater's answer to an item: equal for the same answer, telling nothing of other raters'."""
        return self._mark("answer", rater, item, str(value))[:_MARK_LENGTH]

    def comment(self, rater: str, texts: tuple[str, ...]) -> str:
        """Return the mark of a rater's comments, "-" where there are none."""
        return self._mark("comment", rater, *texts)[:12] if texts else "-"

    def content(self, *parts: str) -> str:
        """Return the mark of a whole edition."""
        return self._mark("edition", *parts)[:16]

    def _mark(self, *parts: str) -> str:
        text = "\x1f".join((self.reviewee, *parts))
        return urlsafe_b64encode(hmac.digest(self.secret.encode(), text.encode(), "sha256")).decode()


@dataclass(frozen=True)
class RaterLine:
    """One rater in one group: pseudonym, group, marks of the answers by item, mark of the comments."""

    rater: str
    group: str
    answers: Mapping[str, str]
    comment: str = "-"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What was shown of one reviewee, and who stands behind it.

    Parameters
    ----------
    reviewee, wave
        Whose review and which wave.
    minimum, minimum_comments
        Fewest raters, and fewest commenters, that were shown.
    scale, others, min_item_share
        The other settings that figures depended on.
    catalogue
        Each item and its competency, in the order of the questionnaire.
    groups
        Names under which protected groups were counted: their own, or their pool's.
    shown
        Figures that were printed, by (competency or item, group).
    spread
        Those whose interval, deviation, agreement or distribution might be shown as well.
    raters
        A line for each rater and group.
    """

    reviewee: str
    wave: str | None
    minimum: int
    minimum_comments: int
    scale: tuple[int, int]
    others: str
    min_item_share: float
    catalogue: Mapping[str, str | None]
    groups: tuple[str, ...]
    shown: Mapping[Pair, Shown]
    spread: frozenset[Pair]
    raters: tuple[RaterLine, ...]

    @property
    def competencies(self) -> tuple[str, ...]:
        """Competencies in the order of the questionnaire."""
        return tuple(dict.fromkeys(name for name in self.catalogue.values() if name is not None))

    def items_of(self, competency: str) -> tuple[str, ...]:
        """Return the competency's items."""
        return tuple(item for item, its in self.catalogue.items() if its == competency)

    @property
    def protected(self) -> tuple[RaterLine, ...]:
        """Lines of the raters who may not be recognised."""
        return tuple(line for line in self.raters if line.group not in KNOWN)

    @property
    def commenters(self) -> frozenset[Pair]:
        """Protected raters who commented, each with the mark of what he wrote."""
        return frozenset((line.rater, line.comment) for line in self.protected if line.comment != "-")

    @property
    def questions(self) -> tuple[Pair, ...]:
        """Kind (``c`` or ``i``) and name of every competency and item: one name may be both."""
        return (*(("c", name) for name in self.competencies), *(("i", item) for item in self.catalogue))


def edition_of(
    scores: ReviewScores,
    publication: ReviewPublication,
    settings: EngagementSettings,
    comments: Mapping[Pair, tuple[str, ...]],
    secret: str,
) -> Edition:
    """Return the edition that would be released.

    Parameters
    ----------
    scores
        The reviewee's scores.
    publication
        What the report prints of them.
    settings
        Of the engagement; thresholds and scoring are remembered.
    comments
        By (rater group, rater id), of the same wave (`comments_of`).
    secret
        Key of the pseudonyms.
    """
    marks = Pseudonyms(secret, scores.reviewee_id)
    figures: dict[Pair, Cell] = {
        (f"c:{name}", group): cell for (name, group), cell in publication.competency_means.items()
    }
    figures |= {(f"i:{_same(name)}", group): cell for (name, group), cell in publication.item_means.items()}
    spread = {(f"c:{name}", group) for name, group in publication.spread}
    spread |= {(f"i:{_same(name)}", group) for name, group in publication.item_spread}
    spread |= {(f"i:{_same(item)}", group) for name, group in publication.spread for item in scores.items_of(name)}
    people = dict.fromkeys(comments) | {(sheet.group, sheet.rater_id): sheet.answers for sheet in scores.sheets}
    lines = [
        RaterLine(
            marks.rater(rater),
            group,
            {_same(item): marks.answer(rater, _same(item), value) for item, value in (answers or {}).items()},
            marks.comment(rater, comments.get((group, rater), ())),
        )
        for (group, rater), answers in people.items()
    ]
    return Edition(
        reviewee=scores.reviewee_id,
        wave=scores.wave,
        minimum=publication.minimum_raters,
        minimum_comments=settings.disclosure.minimum_comments,
        scale=settings.review_360.scale,
        others=settings.review_360.others,
        min_item_share=scores.min_item_share,
        catalogue={_same(item): competency for item, competency in scores.catalogue.items()},
        groups=tuple(name for name in publication.groups if name not in (*KNOWN, OTHERS)),
        shown={pair: cell for pair, cell in figures.items() if isinstance(cell, Shown)},
        spread=frozenset(spread),
        raters=tuple(sorted(lines, key=lambda line: (line.group, line.rater))),
    )


def _same(name: str) -> str:
    """Return an item's name as a file gives it back."""
    return unicodedata.normalize("NFC", name).strip()


def comments_of(frame: pd.DataFrame) -> dict[Pair, tuple[str, ...]]:
    """Return what each rater wrote, by (rater group, rater id); frame: canonical ``ratings_360`` rows of one wave.

    Examples
    --------
    >>> import pandas as pd
    >>> comments_of(pd.DataFrame({"rater_group": ["peer"] * 2, "rater_id": ["a"] * 2, "comment": ["Kiitos.", None]}))
    {('peer', 'a'): ('Kiitos.',)}
    """
    if "comment" not in frame:
        return {}
    written: dict[Pair, set[str]] = {}
    given = frame.dropna(subset=["comment"])
    for group, rater, text in zip(given["rater_group"], given["rater_id"], given["comment"], strict=True):
        if str(text).strip():
            written.setdefault((str(group), str(rater)), set()).add(str(text).strip())
    return {who: tuple(sorted(texts)) for who, texts in written.items()}


def questionnaire_of(edition: Edition, secret: str) -> Questionnaire:
    """Return the edition's questionnaire as ``releases.yaml`` keeps it, once for all who were asked the same."""
    items = tuple(edition.catalogue.items())
    return Questionnaire(id=Pseudonyms(secret, "").content(*(f"{item}\x1e{its}" for item, its in items)), items=items)


def record_of(edition: Edition, secret: str, moment: str) -> ReviewEdition:
    """Return an edition as ``releases.yaml`` keeps it.

    Its id is a keyed hash of all but the moment: the same data under the same rules are the same edition, in whichever
    language it is read.
    """
    questionnaire = questionnaire_of(edition, secret).id
    shown, raters = "\n".join(_shown_lines(edition)), "\n".join(_rater_lines(edition))
    rules = (edition.minimum, edition.minimum_comments, edition.scale, edition.others, edition.min_item_share)
    groups = " ".join(edition.groups)
    return ReviewEdition(
        id=Pseudonyms(secret, edition.reviewee).content(
            str(edition.wave), str(rules), questionnaire, groups, shown, raters
        ),
        reviewee=edition.reviewee,
        wave=edition.wave,
        released_at=moment,
        minimum_raters=edition.minimum,
        minimum_comments=edition.minimum_comments,
        scale=edition.scale,
        others=edition.others,
        min_item_share=edition.min_item_share,
        questionnaire=questionnaire,
        groups=groups,
        shown=shown,
        raters=raters,
    )


def _names(edition: Edition) -> list[str]:
    return [f"{kind}:{name}" for kind, name in edition.questions]


def _shown_lines(edition: Edition) -> list[str]:
    groups = list(dict.fromkeys(group for _, group in edition.shown))
    return [
        " ".join([group, *(_token(edition, (name, group)) for name in _names(edition))]) for group in sorted(groups)
    ]


def _token(edition: Edition, pair: Pair) -> str:
    """Return a figure as a word: value, band's end, answers, and ``s`` where its spread might be shown."""
    cell = edition.shown.get(pair)
    if cell is None:
        return _NOT_SHOWN
    band = {"high": "+", "low": "-"}[cell.value.end] if isinstance(cell.value, Band) else ""
    value = cell.value.limit if isinstance(cell.value, Band) else cell.value
    return f"{value!r}{band}/{cell.n}{'s' if pair in edition.spread else ''}"


def _rater_lines(edition: Edition) -> list[str]:
    return [
        f"{line.rater} {line.group} {line.comment} "
        + "".join(line.answers.get(item, _NO_ANSWER) for item in edition.catalogue)
        for line in edition.raters
    ]


def edition_from(record: ReviewEdition, questionnaire: Questionnaire) -> Edition:
    """Return an edition as it was before `record_of`.

    Raises
    ------
    ValueError
        A block was changed by hand so that it cannot be read.
    """
    catalogue = dict(questionnaire.items)
    names = [f"c:{name}" for name in dict.fromkeys(its for its in catalogue.values() if its is not None)]
    names += [f"i:{item}" for item in catalogue]
    tokens = {
        (name, group): token
        for group, *words in map(str.split, record.shown.splitlines())
        for name, token in zip(names, words, strict=True)
        if token != _NOT_SHOWN
    }
    return Edition(
        reviewee=record.reviewee,
        wave=record.wave,
        minimum=record.minimum_raters,
        minimum_comments=record.minimum_comments,
        scale=record.scale,
        others=record.others,
        min_item_share=record.min_item_share,
        catalogue=catalogue,
        groups=tuple(record.groups.split()),
        shown={pair: _cell(token) for pair, token in tokens.items()},
        spread=frozenset(pair for pair, token in tokens.items() if token.endswith("s")),
        raters=tuple(_line(text, tuple(catalogue)) for text in record.raters.splitlines()),
    )


def _cell(token: str) -> Shown:
    value, _, n = token.rstrip("s").partition("/")
    end = _ENDS.get(value[-1])
    number = float(value.rstrip("+") if end != "low" else value[:-1])
    return Shown(number if end is None else Band("high" if end == "high" else "low", number), int(n))


def _line(text: str, items: tuple[str, ...]) -> RaterLine:
    rater, group, comment, marks = (*text.split(), "")[:4]
    each = [marks[start : start + _MARK_LENGTH] for start in range(0, len(marks), _MARK_LENGTH)]
    return RaterLine(
        rater, group, {item: mark for item, mark in zip(items, each, strict=True) if mark != _NO_ANSWER}, comment
    )
