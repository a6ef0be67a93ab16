"""YAML as the engagement's files are read: with lines, and with what is no value kept as the text that it is."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.nodes import ScalarNode


class Constructor(RoundTripConstructor):
    """Constructor that keeps a scalar as its text where it only looks like a value, such as a day that is in no calendar.

    The model then refuses it with its line, key and value, as it does any other.
    """

    def construct_non_recursive_object(self, node: Any, tag: str | None = None) -> Any:
        """Return what a node holds."""
        try:
            return super().construct_non_recursive_object(node, tag)
        except (ValueError, OverflowError, KeyError):
            if not isinstance(node, ScalarNode):
                raise
            return str(node.value)


def reader() -> YAML:
    """Return a reader of YAML.

    Examples
    --------
    >>> reader().load("{day: 2025-02-28, none: 2025-02-30}")
    {'day': datetime.date(2025, 2, 28), 'none': '2025-02-30'}
    """
    yaml = YAML(typ="rt")
    yaml.Constructor = Constructor
    return yaml
