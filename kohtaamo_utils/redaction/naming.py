"""Whether a text may tell of somebody whom no file tells of: looked for where a text can be left out instead."""

from __future__ import annotations

import re
from functools import cache

from kohtaamo_utils.intake.people.people_as_groups import known_names
from kohtaamo_utils.redaction.names import Names

_CAPITAL = re.compile(
    r"(?<=[^\W_])[\"'\u201d\u2019)]*[,:;]?[ \-\u2013\u2014/&]+[\"'\u201d\u2019(]*([A-ZÅÄÖÆØÜÉ][^\W\d_]+)"
)
"""A word with a capital that does not open a sentence."""
_NUMBER = re.compile(
    r"(?<!\w)(?:[0-9](?:[ \u00a0-]?[0-9]){4}|(?=[0-9-]*[a-z])(?=[a-z0-9-]{5})[a-z0-9-]*[0-9](?![\w-]))", re.IGNORECASE
)
"""Five figures, or a word of five letters and figures that ends in a figure: a customer's number, an order's, a car's plate."""


def may_name_somebody(text: str) -> bool:
    """Tell whether a tidied text holds a common name in any form, a word with a capital within a sentence, or a long number.

    It says so of many texts that name nobody, such as one that names a town; that is its purpose.

    Examples
    --------
    >>> [may_name_somebody(text) for text in ("Kiitos Pekalle!", "Pekka oli mukava.", "Hyvä palvelu. Kiitos siitä.")]
    [True, True, False]
    >>> [may_name_somebody(text) for text in ("Tilaus 40213 katosi.", "ABC-123 jäi pihalle.", "Odotin 24 h, 15-vuotias ei.")]
    [True, True, False]
    """
    return any(pattern.search(text) for pattern in (_CAPITAL, _NUMBER)) or bool(_known().spans(text))


@cache
def _known() -> Names:
    return Names(known_names())
