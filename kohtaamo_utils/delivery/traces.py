"""What only a program leaves in a page: code, errors, warnings, paths, places that were not filled.

What a client's people have written passes even where it looks like a program's, so each form asked for is one that no
person writes by chance.
"""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.seen import plain
from kohtaamo_utils.errors import say
from kohtaamo_utils.presentation.wording import with_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.delivery.seen import Seen

_EXCEPTIONS = "|".join(
    sorted(
        name for name, its in vars(builtins).items() if isinstance(its, type) and issubclass(its, Exception) and its.__name__ == name and not issubclass(its, Warning)
    )
)  # fmt: skip
_TRACEBACK = re.compile(
    rf"Traceback \(most recent call last\)|(?<!\w)(?:{_EXCEPTIONS}|PapermillExecutionError): |\x1b\["
)
_WARNING = re.compile(r"(?:\.py|<[\w\- ]+>|\bipykernel_\S+):\d+: \w*Warning: ")
_MISSING = re.compile(r"[+\u2212-]?(?:nan|NaN|None|NaT|<NA>|inf|\u221e)(?:[.,]0+)?(?:\s*[%\u20ac])?")
_CODE = re.compile(
    r"\s*(?:from [A-Za-z_][\w.]* import [\w*(]|import [A-Za-z_][\w.]* as [a-z_]\w*\s*$|def [a-z_]\w*\(.*\)(?: -> .*)?:|class [A-Z]\w*[(:]"
    r"|(?:In|Out) ?\[\d+\]:|%%?(?:matplotlib|run|time|load_ext|config)\b|[a-z_]\w*: (?:str|int|float|bool) = "
    r"|[a-z_]\w* = [a-z_][\w.]*\(.*\)\s*$|[a-z_]\w*(?:\[[^\]]*\])+ = \S|report\.[a-z_]\w*\(.*\)\s*$)"
)
_NOTEBOOK = re.compile(
    r"(?:^|\s)(?:jp-\w+|hl-\w+|highlight|input_area|output_stderr|output_stream|prompt|nbinput|code_cell)(?=\s|$)"
)
_PATH = re.compile(
    r"(?<![\w.])/(?:home|Users|root)/\w"
    r"|(?<![\w./:])/(?:tmp|var|private|mnt|media|opt|srv|Volumes|etc|usr|work)/[\w.~-]+[/.]"
    r"|(?<!\w)[A-Za-z]:\\[\w$~]|\\\\[\w$.-]+\\[\w$]|\bfile:/{2,3}\S"
)  # fmt: skip


def left_by_programs(seen: Seen, folder: Path) -> Iterator[str]:
    """Name what only a program leaves.

    Parameters
    ----------
    seen
        The document as it was read.
    folder
        The folder in which it was made, which nobody is to be told.
    """
    text = seen.readings[0]
    both = (text, seen.carried)
    if _is_code(seen):
        yield say("a program's code")
    if any(map(_TRACEBACK.search, both)):
        yield say("a traceback")
    if any(map(_WARNING.search, both)):
        yield say("a warning of the program")
    if "{" in text and any(plain(message) in text for message in with_placeholders()):
        yield say("an unfilled placeholder")
    if any(_MISSING.fullmatch(plain(piece)) for piece in seen.texts):
        yield say("a missing number")
    home = str(folder.resolve())
    if any(_PATH.search(reading) or (len(home) > 3 and home in reading) for reading in both):
        yield say("a path of this computer")


def _is_code(seen: Seen) -> bool:
    """Tell whether there is code, as a line of text or in a notebook's own markup."""
    if any(_NOTEBOOK.search(attributes.get("class", "")) for _, attributes in seen.tags):
        return True
    pieces = (*seen.texts, *seen.spoken, *seen.data)
    return any(_CODE.match(line) for piece in pieces for line in piece.splitlines())
