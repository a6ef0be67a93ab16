"""Proposals as a table of text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kohtaamo_utils.intake.proposing.proposal import Proposal

HEAD = ("", say("sure"), say("kohtaamo's name"), say("in the file"), say("examples"), say("why"))
WIDEST = 44
"""Signs of a column of the table; the last is not cut."""


def listed(proposals: Sequence[Proposal], told: Callable[[str], str] = str) -> list[str]:
    """Return lines that show every proposal under its file, ``+`` before those that are written.

    Parameters
    ----------
    proposals
        What was proposed.
    told
        Puts a message into the user's language.

    Examples
    --------
    >>> from kohtaamo_utils.intake.proposing.proposal import Proposal
    >>> nps = Proposal(table="survey", name="nps", file="data/a.csv", heading="NPS", confidence=0.95, reason="0 to 10",
    ...                examples=("9", "3"), written=True)
    >>> for line in listed([nps]):
    ...     print(line)
    data/a.csv
         sure  kohtaamo's name  in the file  examples  why
      +  0.95  survey.nps       NPS          9 | 3     0 to 10
    """
    lines: list[str] = []
    places = dict.fromkeys(_place(each) for each in proposals)
    for place in places:
        rows = [HEAD, *(_row(each) for each in proposals if _place(each) == place)]
        rows = [tuple(map(told, row)) for row in rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
        lines.append(told(place))
        lines += ["  " + "  ".join([*map(str.ljust, row[:-1], widths), row[-1]]).rstrip() for row in rows]
    return lines


def _place(each: Proposal) -> str:
    return say("{file}, sheet {sheet}", file=each.file, sheet=each.sheet) if each.sheet else each.file


def _row(each: Proposal) -> tuple[str, ...]:
    name = f"{each.table}.{each.name}" if each.name else each.table
    shown = (name or "?", each.heading, " | ".join(each.examples))
    return ("+" if each.written else " ", f"{each.confidence:.2f}", *map(_cut, shown), each.reason)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
