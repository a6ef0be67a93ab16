"""Whether a text may name somebody whom no file tells of: looked for where a text can be left out instead."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from kohtaamo_utils.redaction.names import Names

_CAPITAL = re.compile(
    r"(?<=[^\W_])[\"'\u201d\u2019)]*[,:;]?[ \-\u2013\u2014/&]+[\"'\u201d\u2019(]*([A-ZÅÄÖÆØÜÉ][^\W\d_]+)"
)
"""A word with a capital that does not open a sentence."""


def may_name_somebody(text: str) -> bool:
    """Tell whether a tidied text holds a common name in any form, or a word with a capital within a sentence.

    It says so of many texts that name nobody, such as one that names a town; that is its purpose.

    Examples
    --------
    >>> [may_name_somebody(text) for text in ("Kiitos Pekalle!", "Pekka oli mukava.", "Hyvä palvelu. Kiitos siitä.")]
    [True, True, False]
    """
    return _CAPITAL.search(text) is not None or bool(_known().spans(text))


@cache
def _known() -> Names:
    text = resources.files("kohtaamo_utils.redaction").joinpath("known_names.txt").read_text(encoding="utf-8")
    return Names(name for line in text.splitlines() if not line.startswith("#") for name in line.split())
