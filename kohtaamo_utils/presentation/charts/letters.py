"""How wide words are, and where their lines break.

The reader's font is not known when a chart is drawn: words are measured in DejaVu Sans, which is as wide as any that the page names.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ELLIPSIS = "…"
_UNITS = 100
"""Size at which letters are measured."""


@cache
def _font() -> Any:
    from matplotlib.font_manager import findfont, get_font

    font = get_font(findfont("DejaVu Sans"))
    font.set_size(_UNITS, 72)
    return font


@cache
def _advance(sign: str) -> float:
    """Return a sign's width as a share of the size of type; one that the font lacks is taken for a full square."""
    from matplotlib.ft2font import LoadFlags

    if not _font().get_char_index(ord(sign)):
        return 1.0
    return float(_font().load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _UNITS


def width_of(text: str, size: float) -> float:
    """Return how wide a line of text is, in points.

    Parameters
    ----------
    text
        The line.
    size
        Of its type, in points.

    Examples
    --------
    >>> round(width_of("Kassa", 8), 1)
    23.4
    """
    return sum(map(_advance, text)) * size


def fitted(label: str, room: float, size: float = 8, lines: int = 2) -> list[str]:
    """Return a label in as many lines as it needs, at most some; what does not fit ends in an ellipsis.

    Parameters
    ----------
    label
        The words.
    room
        Width of a line in points.
    size
        Of the type, in points.
    lines
        At most.

    Examples
    --------
    >>> fitted("Reklamaatiot ja palautukset", 90)
    ['Reklamaatiot ja', 'palautukset']
    >>> fitted("Reklamaatiot ja palautukset", 90, lines=1)
    ['Reklamaatiot ja …']
    """
    found = list(_broken(label, room, size))
    if len(found) > lines:
        found = [*found[: lines - 1], _cut(found[lines - 1], room, size)]
    return found or [""]


def fitted_apart(labels: Sequence[str], rooms: Sequence[float], size: float = 8) -> list[tuple[str, ...]]:
    """Return labels in two lines at most; those that begin alike show their ends, so that none is taken for another.

    Parameters
    ----------
    labels
        The words of each.
    rooms
        Width of each one's lines in points.
    size
        Of the type, in points.

    Examples
    --------
    >>> fitted_apart(["Reklamaatiot ja muut palautukset A", "Reklamaatiot ja muut palautukset B"], [70, 70])
    [('Reklamaatiot ja', '… palautukset A'), ('Reklamaatiot ja', '… palautukset B')]
    """
    found = [tuple(fitted(label, room, size)) for label, room in zip(labels, rooms, strict=True)]
    return [
        (lines[0], _end(label, room, size)) if _begins_another(label, lines, labels) else lines
        for label, lines, room in zip(labels, found, rooms, strict=True)
    ]


def _begins_another(label: str, lines: tuple[str, ...], labels: Sequence[str]) -> bool:
    """Tell whether what is seen of a label that was cut could be the beginning of another."""
    if not lines[-1].endswith(ELLIPSIS) or label.endswith(ELLIPSIS):
        return False
    seen = "".join(lines).removesuffix(ELLIPSIS).replace(" ", "")
    return any(other != label and other.replace(" ", "").startswith(seen) for other in labels)


def _end(text: str, room: float, size: float) -> str:
    """Return as much of a text's end as fits behind an ellipsis: whole words, or letters where words would be much less."""
    fitting = [place for place in range(1, len(text)) if width_of(f"{ELLIPSIS} {text[place:]}", size) <= room]
    first = min(fitting, default=len(text))
    words = [place for place in fitting if text[place - 1] == " " and 2 * (len(text) - place) >= len(text) - first]
    return f"{ELLIPSIS} {text[min(words, default=first) :]}"


def _broken(label: str, room: float, size: float) -> Iterator[str]:
    line = ""
    for word in label.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= room:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _pieces(word, room, size)
        yield from whole
    if line:
        yield line


def _pieces(word: str, room: float, size: float) -> list[str]:
    """Return a word in pieces that fit a line each; nearly all words are one."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and width_of(pieces[-1] + sign, size) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _cut(line: str, room: float, size: float) -> str:
    while line and width_of(f"{line} {ELLIPSIS}", size) > room:
        line = line.rpartition(" ")[0] or line[:-1]  # words first, then the letters of the only one
    return f"{line} {ELLIPSIS}" if line else ELLIPSIS
