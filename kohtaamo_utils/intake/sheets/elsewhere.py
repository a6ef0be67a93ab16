"""What a file holds beside the rows that are read at a time: a decimal mark and an order of dates are decided by all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts: TypeAlias = tuple[str, ...]
"""Cells of one column, one for each way in which they are written, in the order of the file."""


@dataclass(frozen=True)
class Elsewhere:
    """The texts that decide with those that are read; nothing where a file is read as a whole.

    Parameters
    ----------
    rules
        By the number of an ``exclude`` rule, from 0: those of its column, in the rows that it is asked of.
    factors
        By a column's place: those that products are made of.
    columns
        By canonical name.
    """

    rules: Mapping[int, Texts] = field(default_factory=dict)
    factors: Mapping[int, Texts] = field(default_factory=dict)
    columns: Mapping[str, Texts] = field(default_factory=dict)
