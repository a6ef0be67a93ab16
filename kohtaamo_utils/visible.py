"""Text as a reader sees it: without signs that nobody sees and that could turn, hide or command what stands beside them.

Control signs move a terminal's cursor and break a workbook; bidirectional controls let a sentence read otherwise than it is
stored; signs without width make two names look like one.
"""

from __future__ import annotations

import json
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ISOLATES = "\u2066-\u2069"
_NEVER = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control signs
    "\u061c\u200e\u200f\u202a-\u202e\u206a-\u206f"  # direction of writing
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u2800\u3164\ufeff\uffa0"  # without width or ink
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"  # annotations, tags
    "\ud800-\udfff\ufdd0-\ufdef" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
)  # fmt: skip
"""The joiners U+200C and U+200D are not among them: Persian, Indian scripts and pictographs need them."""
UNSEEN = re.compile(f"[{_NEVER}{_ISOLATES}\x85\u2028\u2029]")
"""Signs that nobody sees, and line ends that nobody expects."""
_UNSEEN_BUT_ISOLATES = re.compile(f"[{_NEVER}]")
_TOWER = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip
"""More marks on one letter than any language has: they would cover the lines around."""
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


def visible(text: str) -> str:
    r"""Return a text without the signs that nobody sees; every kind of line end is one line break.

    Parameters
    ----------
    text
        Any text, as a client or a file gives it.

    Examples
    --------
    >>> visible("Kas\u200bsa\x1b[31m"), visible("a\u202eb"), visible("rivi\r\ntoinen"), visible("Kassa")
    ('Kassa[31m', 'ab', 'rivi\ntoinen', 'Kassa')
    """
    return _without(UNSEEN, text)


def printed(text: str) -> str:
    r"""Return a text as it goes to a page or a terminal: as `visible` does, but what `isolated` has put in stays.

    Isolates that are not in pairs go, so that nothing after the text is turned.

    Examples
    --------
    >>> printed("a\u202eb \u2068\u05d0\u2069") == "ab \u2068\u05d0\u2069", printed("a\u2068b")
    (True, 'ab')
    """
    return _without(_UNSEEN_BUT_ISOLATES if _in_pairs(text) else UNSEEN, text)


def isolated(value: str) -> str:
    r"""Return a value for the middle of a sentence: one in Hebrew or Arabic does not turn the words and numbers around it.

    Examples
    --------
    >>> isolated("Kassa"), isolated("\u05e7\u05d5\u05e4\u05d4") == "\u2068\u05e7\u05d5\u05e4\u05d4\u2069"
    ('Kassa', True)
    """
    plain = printed(value)
    if plain.isascii() or not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in plain):
        return plain
    return plain if plain.startswith(_FIRST_STRONG) and plain.endswith(_POP) else f"{_FIRST_STRONG}{plain}{_POP}"


def spelt_out(content: str) -> str:
    r"""Return JSON with its unseen signs as escapes: JSON may hold them as they are, but no terminal or editor should get them.

    Examples
    --------
    >>> spelt_out('["a\u202eb"]')
    '["a\\u202eb"]'
    """
    return UNSEEN.sub(lambda sign: json.dumps(sign[0])[1:-1], content)


def in_one_line(text: str) -> str:
    r"""Return a text for a line of its own: no line of another's making can begin in it.

    Examples
    --------
    >>> in_one_line("Kassa\nKaikki kunnossa.")
    'Kassa Kaikki kunnossa.'
    """
    plain = printed(text)
    return plain if plain.isprintable() else re.sub(r"\s*\n\s*", " ", plain).replace("\t", " ")


def _without(unseen: re.Pattern[str], text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _TOWER.sub(r"\1", unseen.sub("", _LINE_ENDS.sub("\n", text)))


def _in_pairs(text: str) -> bool:
    depth = 0
    for sign in text if not text.isprintable() else "":
        if "\u2066" <= sign <= _POP:
            depth += -1 if sign == _POP else 1
            if depth < 0:
                return False
    return depth == 0
