"""What `kohtaamo diff` tells: of each report its figures that changed, and what changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import Said, joined, say, say_plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kohtaamo_utils.editions.diff import Difference, Differences
    from kohtaamo_utils.editions.edition import Edition
    from kohtaamo_utils.editions.figures import FigureChange
    from kohtaamo_utils.editions.printed import Printed


def diff_lines(found: Differences, printed: Printed) -> Iterator[Said]:
    """Yield what differs, report by report, and what may not be concluded from it.

    Parameters
    ----------
    found
        The differences.
    printed
        Puts figures into words.
    """
    for pair in found.pairs:
        yield from _report(pair, printed)
    for stem in found.only_old:
        yield say("{report}: in the older one only", report=stem)
    for stem in found.only_new:
        yield say("{report}: in the newer one only", report=stem)
    if any(pair.figures for pair in found.pairs):
        yield say(
            "These are changes of published numbers, not tests: whether intervals overlap does not tell whether a change is more than chance."
        )
    if found.of_people:
        yield say(
            "Of 360 reviews only what both published files show is compared, as it is printed. This list is for you: what changes between two editions may tell of single raters, so give it to nobody."
        )


def _report(pair: Difference, printed: Printed) -> Iterator[Said]:
    same = len({_name(edition) for edition in (pair.old, pair.new)}) == 1
    name = _name(pair.new) if same else f"{_name(pair.old)} → {_name(pair.new)}"
    count = len(pair.figures)
    if not count:
        pages = say("the page is the same") if pair.same_page else say("the page differs in words, looks or draft mark")
        yield say("{report}: no figure has changed; {page}", report=name, page=pages)
    else:
        yield say_plural("{report}: {n} figure differs", "{report}: {n} figures differ", count, report=name)
    yield from map(_indented, (*_states(pair), *_causes(pair), *_figures(pair.figures, printed)))


def _indented(line: Said) -> Said:
    return joined(["  -", line])


def _name(edition: Edition) -> str:
    return f"{edition.report} ({edition.results['language']})"


def _states(pair: Difference) -> Iterator[Said]:
    for edition in (pair.old, pair.new):
        if not edition.page_is_its_own:
            yield say(
                "The page beside {file} is not the one that these figures were made with.", file=str(edition.file)
            )
    then, now = (edition.results.get("draft", True) for edition in (pair.old, pair.new))
    if then != now:
        yield (
            say("It was approved before, and is a draft now.")
            if now
            else say("It was a draft before, and is approved now.")
        )


def _causes(pair: Difference) -> Iterator[Said]:
    for cause in pair.causes:
        yield say("Between the two {change}.", change=cause.said)
    if pair.unrecorded and (pair.figures or not pair.same_page):
        parts = ", ".join(pair.unrecorded)
        yield say(
            "One of the two does not record all that it was made from, so causes may be missing: {parts}", parts=parts
        )
    elif pair.figures and not pair.causes:
        yield say(
            "Data, settings, template, kit and libraries are recorded as the same, and yet figures differ: a results.json was changed by hand, or the computers compute otherwise."
        )


def _figures(figures: Sequence[FigureChange], printed: Printed) -> Iterator[Said]:
    order = ("changed", "came", "went", "hidden", "shown")
    yield from (printed.line(change) for change in sorted(figures, key=lambda change: order.index(change.how)))
