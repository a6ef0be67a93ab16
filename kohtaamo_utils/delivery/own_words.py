"""What the kit itself may say: a name that is one of its words gives nobody away."""

from __future__ import annotations

import re
from functools import cache

from kohtaamo_utils.presentation.wording import said_by_kit
from kohtaamo_utils.resources import bundled


def stands_in(name: str, text: str) -> bool:
    """Tell whether a name stands in a text as a word, or words, of its own.

    Examples
    --------
    >>> stands_in("Turku", "Turku ja muut"), stands_in("Turku", "Turkuset")
    (True, False)
    """
    return name.casefold() in text.casefold() and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    )


@cache
def own_words() -> str:
    """Return everything that the kit itself may say, in each language: its messages and its registers."""
    registers = [file.read_text(encoding="utf-8") for file in sorted(bundled("data").glob("*.yaml"))]
    return "\n".join([*registers, *sorted(said_by_kit())])
