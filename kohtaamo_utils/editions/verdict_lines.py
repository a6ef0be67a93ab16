"""What `kohtaamo verify` tells of a file: the verdict, and under it what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.editions.edition import RESULTS, stem_of
from kohtaamo_utils.engagement.releases import Release, day_of
from kohtaamo_utils.errors import Said, joined, quoted, say, say_plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.editions.page_text import Difference
    from kohtaamo_utils.editions.printed import Printed
    from kohtaamo_utils.editions.verify import Verdict

MOST = 10
"""Figures, places and cells that are told; the rest are counted."""
_BEFORE, _AROUND = 40, 140


def verdict_lines(verdict: Verdict, printed: Printed) -> Iterator[Said]:
    """Yield the verdict on a file, then what was found, indented.

    Parameters
    ----------
    verdict
        What was found of it.
    printed
        Puts figures into words.
    """
    yield joined([str(verdict.one.file), _head(verdict, printed)], ": ")
    if not verdict.exact:
        for line in _findings(verdict, printed):
            yield joined(["  -", line])


def _head(verdict: Verdict, printed: Printed) -> Said:
    if not verdict.there:
        return say("missing")
    if not verdict.exact:
        return say("not what its inputs give")
    if verdict.draft:
        return say("exactly what its inputs give; a draft")
    if verdict.release is None:  # of figures the file itself has no fingerprint in releases.yaml
        return say("exactly what its inputs give; approved")
    return joined([say("exactly what its inputs give"), _approved(verdict.release, printed)], "; ")


def _approved(release: Release, printed: Printed) -> Said:
    day = printed.numbers.date(day_of(release.approved_at))
    return say("approved on {date} by {name}", date=day, name=release.approved_by)


def _findings(verdict: Verdict, printed: Printed) -> Iterator[Said]:
    if verdict.reason:
        yield say("It cannot be made now: {reason}", reason=verdict.reason)
    if not verdict.there:
        return
    if verdict.language and verdict.language != verdict.one.task.parameters["language"]:
        yield say(
            "It is in the language {found}, and the report in {expected}.",
            found=verdict.language,
            expected=verdict.one.task.parameters["language"],
        )
    if verdict.only_mark:
        yield say("Apart from the draft mark nothing differs.")
    else:
        yield from _cause(verdict)
    yield from _approval(verdict, printed)
    yield from _where(verdict, printed)


def _cause(verdict: Verdict) -> Iterator[Said]:
    record = verdict.record
    if record.match == "other":
        name = f"{stem_of(verdict.one.file)}{RESULTS}"
        yield say("It was changed after it was made: its fingerprint is not the one in {results}.", results=name)
    for change in verdict.changes:
        yield say("Since it was made {change}.", change=change.said)
    if verdict.reason or verdict.changes or record.match == "other":
        return
    if record.match == "same":
        yield say(
            "Nothing that it was made from has changed, and yet the inputs give something else: it was changed by hand together with its results.json, or this computer computes otherwise."
        )
    elif record.provenance.get("inputs"):
        yield say(
            "Its foot names the files, settings and template of today, and yet the inputs give something else: it was changed by hand, or made with another version."
        )
    else:
        yield say(
            "No record of this very file is there, so it cannot be told whether it was changed by hand or made from something else."
        )


def _approval(verdict: Verdict, printed: Printed) -> Iterator[Said]:
    if verdict.release is not None:
        yield say("It is the very file that was {approved}.", approved=_approved(verdict.release, printed))
    elif verdict.last is not None and verdict.draft:
        yield say("It is a draft; the report was {approved}.", approved=_approved(verdict.last, printed))
    elif verdict.last is not None and verdict.one.part != "figures":
        yield say("It is not the file that was {approved}.", approved=_approved(verdict.last, printed))
    elif not verdict.draft and verdict.last is None:
        yield say("It bears no draft mark, but releases.yaml knows no approval of it.")


def _where(verdict: Verdict, printed: Printed) -> Iterator[Said]:
    yield from _limited([printed.line(change) for change in verdict.figures])
    yield from _limited([_place(place) for place in verdict.places])
    if verdict.cells is None:
        yield say("The workbook is not as the kit writes it: another program has saved it, or it is damaged.")
    elif verdict.cells:
        shown = ", ".join(verdict.cells[:MOST])
        yield say_plural(
            "{n} cell differs: {cells}",
            "{n} cells differ: {cells}",
            len(verdict.cells),
            cells=shown + _more(verdict.cells),
        )
    if verdict.keys and not verdict.only_mark:
        yield say("Parts that differ: {names}", names=", ".join(verdict.keys))
    found = verdict.figures or verdict.places or verdict.keys or verdict.only_mark
    if verdict.line and not found:
        yield say("The first difference is in line {line}.", line=verdict.line)


def _more(items: Sequence[object]) -> str:
    return "…" if len(items) > MOST else ""


def _limited(lines: list[Said]) -> Iterator[Said]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield say_plural("... and {n} more difference.", "... and {n} more differences.", len(lines) - MOST)


def _place(place: Difference) -> Said:
    """Say what stands where; of long texts only the part around the first difference."""
    left, right = _around(place.left, place.right)
    where = say("Under {heading}", heading=quoted(place.heading)) if place.heading else say("At the top")
    if not place.right:
        return say("{where} it says {ours}, which the inputs do not give.", where=where, ours=quoted(left))
    if not place.left:
        return say("{where} it lacks {theirs}.", where=where, theirs=quoted(right))
    return say(
        "{where} it says {ours}; the inputs give {theirs}.", where=where, ours=quoted(left), theirs=quoted(right)
    )


def _around(left: str, right: str) -> tuple[str, str]:
    """Cut two texts to what stands around their first difference.

    Examples
    --------
    >>> _around("abc", "abd")
    ('abc', 'abd')
    """
    same = next(
        (i for i, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), min(len(left), len(right))
    )
    start = max(0, same - _BEFORE) if left and right else 0
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    end = start + _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if len(text) > end else "")
