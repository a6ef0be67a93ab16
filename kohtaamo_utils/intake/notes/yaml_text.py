"""A text as the settings' YAML has it, for entries that a message gives to be copied."""

from __future__ import annotations

import json


def yaml_text(text: str) -> str:
    r"""Return a text in quotes, whatever is in it.

    Examples
    --------
    >>> print(yaml_text('Tila "A"\n(1)'))
    "Tila \"A\"\n(1)"
    """
    return json.dumps(text, ensure_ascii=False)
