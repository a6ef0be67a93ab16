"""Adding keys to ``engagement.yaml`` without touching a byte of what a person has written there.

The document is parsed to find where a mapping or list ends, and new text is put in at that place; comments, order,
quotation marks and line ends stay as they are because nothing is written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kohtaamo_utils.engagement.reader import reader
from kohtaamo_utils.engagement.settings import EngagementSettings
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 2
"""Spaces of indent a level."""
_PLAIN = re.compile(r"[^\W\d_][\w/-]*(?:[ .][\w/-]+)*", re.UNICODE)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True)
class Entry:
    """A key to add.

    Parameters
    ----------
    key
        Its name; "" for an item of a list.
    value
        A text, a number, a list of these, or the entries of a block.
    note
        Comment to put behind it.
    """

    key: str
    value: Value
    note: str = ""


@dataclass(frozen=True)
class Items:
    """A list of blocks, as a value."""

    blocks: tuple[tuple[Entry, ...], ...]


_Collection: TypeAlias = MappingNode | SequenceNode
Value: TypeAlias = "str | int | float | list[str | float] | list[str] | tuple[Entry, ...] | Items"


class CannotAddError(ValueError):
    """The place cannot be added to; the message says why, for a person who then writes the key by hand."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class _Lines:
    """Text to put in at one point of the document."""

    at: int
    text: str


def add(text: str, place: Sequence[str | int], entries: Sequence[Entry]) -> str:
    r"""Return the document with keys added at the end of a mapping, or blocks at the end of a list.

    Parameters
    ----------
    text
        The document, with its own line ends.
    place
        Keys and positions that lead to the mapping or list; ``()`` is the document itself.
    entries
        What to add; for a list, one entry without key for each item.

    Raises
    ------
    CannotAddError
        There is no such mapping, it has the key already, or it is shared by an anchor.

    Examples
    --------
    >>> print(add("a:\n  b: 1  # one\n\nc: 2\n", ("a",), [Entry("d", "x: y", "added")]), end="")
    a:
      b: 1  # one
      d: "x: y"  # added
    <BLANKLINE>
    c: 2
    >>> print(add("a: {b: 1}\n", ("a",), [Entry("d", "x", "added")]), end="")
    a: {b: 1,
      d: x,  # added
    }
    """
    if not entries:
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    plain = text.removeprefix("\ufeff")
    node, indent = _found(_composed(plain), place)
    _check_new(node, entries)
    end = "\r\n" if "\r\n" in plain else "\n"
    found = _flow(plain, node, indent, entries) if node.flow_style else _block(plain, node, entries)
    return mark + plain[: found.at] + found.text.replace("\n", end) + plain[found.at :]


def checked(before: str, after: str) -> str:
    """Return the document after an addition, having made sure that it keeps what it said and can be used.

    Raises
    ------
    CannotAddError
        It says something else about what was there, or is not valid settings.
    """
    try:
        old, new = (reader().load(text.removeprefix("\ufeff")) for text in (before, after))
        EngagementSettings.model_validate(new)
    except (YAMLError, ValidationError) as error:
        raise CannotAddError(say("the settings could not be used with it")) from error
    if not _keeps(old, new):
        raise CannotAddError(say("the settings around it would change"))
    return after


def _keeps(old: object, new: object) -> bool:
    """Tell whether all that is in an old value is in the new one, in the same place."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and _keeps(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) <= len(new) and all(map(_keeps, old, new))
    return old == new


def _composed(text: str) -> _Collection:
    try:
        root = YAML(typ="rt").compose(text)
    except YAMLError as error:
        raise CannotAddError(say("the file is not valid YAML")) from error
    if not isinstance(root, MappingNode):
        raise CannotAddError(say("the file holds no settings"))
    return root


def _found(root: _Collection, place: Sequence[str | int]) -> tuple[_Collection, int]:
    """Return the node at a place, and the indent of the block that it stands in."""
    node, indent = root, 0
    for part in place:
        if not node.flow_style:
            indent = node.start_mark.column
        child, before = _child(node, part)
        if child.anchor or child.start_mark.index < before:
            raise CannotAddError(say("`{part}` is shared by an anchor", part=str(part)))
        if not isinstance(child, MappingNode | SequenceNode):
            raise CannotAddError(say("`{part}` holds a value, not a block", part=str(part)))
        node = child
    return node, indent


def _child(node: _Collection, part: str | int) -> tuple[Node, int]:
    """Return a mapping's value or a list's item, and where it cannot begin before."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark.index
    elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.start_mark.index
    raise CannotAddError(say("there is no `{part}`", part=str(part)))


def _check_new(node: _Collection, entries: Sequence[Entry]) -> None:
    listed = isinstance(node, SequenceNode)
    if listed is any(entry.key for entry in entries):
        raise CannotAddError(say("the place is a list") if listed else say("the place is not a list"))
    known = set() if listed else {key.value for key, _ in node.value}
    again = [entry.key for entry in entries if entry.key in known]
    if again:
        raise CannotAddError(say("`{key}` is there already", key=again[0]))


def _block(text: str, node: _Collection, entries: Sequence[Entry]) -> _Lines:
    """Put lines under the last one of a block; at the end of the file if the block is the document."""
    line_end = text.find("\n", _end(text, node))
    at = len(text) if line_end < 0 else line_end + 1
    indent = node.start_mark.column
    if isinstance(node, MappingNode) and indent == 0 and not re.search(r"(?m)^(?:\.\.\.|---)", text[at:]):
        at = len(text)
    lines = "".join(f"{line}\n" for entry in entries for line in _rendered(entry, indent))
    return _Lines(at, lines if at == 0 or text[at - 1] == "\n" else f"\n{lines}")


def _end(text: str, node: Node) -> int:
    """Return where the last sign of a node stands; comments and blank lines after it do not belong to it."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
        last = node.value[-1]
        return _end_of_pair(text, *last) if isinstance(last, tuple) else _end(text, last)
    end = int(node.end_mark.index)
    if not isinstance(node, ScalarNode) or node.style not in {"|", ">"}:
        return end
    kept = "+" in text[node.start_mark.index :].split("\n", 1)[0]
    return end - 1 if kept else len(text[:end].rstrip())


def _end_of_pair(text: str, key: Node, value: Node) -> int:
    aliased = value.start_mark.index < key.start_mark.index
    empty = isinstance(value, ScalarNode) and not value.value and value.style is None
    return int(key.end_mark.index) if aliased or empty else _end(text, value)


def _flow(text: str, node: _Collection, indent: int, entries: Sequence[Entry]) -> _Lines:
    """Put lines behind the last value within braces; the closing brace goes to a line of its own."""
    at, comma = int(node.start_mark.index) + 1, ""
    if node.value:
        last = node.value[-1][-1] if isinstance(node, MappingNode) else node.value[-1]
        if last.start_mark.index < at:
            raise CannotAddError(say("its last value is shared by an anchor"))
        follows = re.match(r"\s*,", text[last.end_mark.index :])
        at, comma = int(last.end_mark.index) + (follows.end() if follows else 0), "" if follows else ","
    body = "\n".join(line for entry in entries for line in _rendered_flow(entry, indent + STEP))
    closes_here = "\n" not in text[at : node.end_mark.index]
    return _Lines(at, f"{comma}\n{body}\n{' ' * indent if closes_here else ''}")


def _rendered(entry: Entry, indent: int) -> list[str]:
    """Return an entry as block lines."""
    lead = " " * indent
    note = f"  # {entry.note}" if entry.note else ""
    inner = indent + STEP
    if isinstance(entry.value, Items):
        items = [line for block in entry.value.blocks for line in _item(block, inner)]
        return [f"{lead}{scalar(entry.key)}:{note}", *items]
    if isinstance(entry.value, tuple):
        if not entry.key:
            return _item(entry.value, indent, note)
        inside = [line for each in entry.value for line in _rendered(each, inner)]
        return [f"{lead}{scalar(entry.key)}:{note}", *inside]
    return [f"{lead}{scalar(entry.key)}: {_value(entry.value)}{note}"]


def _item(block: tuple[Entry, ...], indent: int, note: str = "") -> list[str]:
    lines = [line for each in block for line in _rendered(each, indent + STEP)]
    first = lines[0][indent + STEP :]
    return [f"{' ' * indent}- {first}{note if '  # ' not in first else ''}", *lines[1:]]


def _rendered_flow(entry: Entry, indent: int) -> list[str]:
    """Return an entry as lines within braces, each closed by a comma."""
    lead = " " * indent
    note = f"  # {entry.note}" if entry.note else ""
    key = f"{scalar(entry.key)}: " if entry.key else ""
    inner = indent + STEP
    if isinstance(entry.value, Items):
        blocks = [line for block in entry.value.blocks for line in _rendered_flow(Entry("", block), inner)]
        return [f"{lead}{key}[{note}", *blocks, f"{lead}],"]
    if isinstance(entry.value, tuple):
        inside = [line for each in entry.value for line in _rendered_flow(each, inner)]
        return [f"{lead}{key}{{{note}", *inside, f"{lead}}},"]
    return [f"{lead}{key}{_value(entry.value)},{note}"]


def _value(value: str | float | list[str | float] | list[str]) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return scalar(value)
    return str(int(value)) if float(value).is_integer() else repr(value)


def scalar(text: str) -> str:
    """Return a text as YAML: plain where that is safe, else in quotation marks.

    Examples
    --------
    >>> print(scalar("Tulin kuulluksi"), scalar("Suosittelisitko? (0–10)"), scalar("no"))
    Tulin kuulluksi "Suosittelisitko? (0–10)" "no"
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
