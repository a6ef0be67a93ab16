"""Names that Excel takes for cells: the model's own wherever they are allowed, the same in every workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 255
_ALLOWED = re.compile(r"[^\W\d][\w.]*")
_CELL = re.compile(r"[a-z]{1,3}\d+", re.IGNORECASE)
_ROW_AND_COLUMN = re.compile(r"[rlzf]\d*[cskn]\d*|[a-z]\d*", re.IGNORECASE)
"""R1C1 and its parts, with the letters for row and column of several languages' Excel (R and S in Finnish)."""
_KEPT = {
    *("true", "false", "tosi", "epätosi", "sant", "falskt", "database", "criteria", "extract"),
    *("print_area", "print_titles", "auto_open", "auto_close", "recorder", "data_form"),
}
"""Words that Excel keeps for itself."""


def defined_name(name: str) -> str:
    """Return what a cell is called: the name itself, with an underscore behind it where Excel would take it for a cell.

    Parameters
    ----------
    name
        Name of an input or step: letters, digits, ``_`` and ``.``, a letter or ``_`` first.

    Raises
    ------
    ValueError
        The name has other characters, or is too long.

    Examples
    --------
    >>> [defined_name(name) for name in ("benefit_basket_1", "npv", "r", "CF1", "r1c1", "tax2024")]
    ['benefit_basket_1', 'npv', 'r_', 'CF1_', 'r1c1_', 'tax2024_']
    """
    if not _ALLOWED.fullmatch(name) or len(name) >= LONGEST:
        raise ValueError(f"{name!r} cannot be a name in Excel; use letters, digits, _ and ., a letter first")
    return f"{name}_" if _is_taken(name) else name


def defined_names(names: Iterable[str]) -> dict[str, str]:
    """Return the cells' names by the model's names.

    Raises
    ------
    ValueError
        Two names would be one, for Excel does not tell upper from lower case; or as of `defined_name`.

    Examples
    --------
    >>> defined_names(["npv", "c"])
    {'npv': 'npv', 'c': 'c_'}
    """
    found: dict[str, str] = {}
    owners: dict[str, str] = {}
    for name in names:
        found[name] = defined_name(name)
        owner = owners.setdefault(found[name].casefold(), name)
        if owner != name:
            raise ValueError(f"{owner} and {name} would be one name in Excel; rename one of them")
    return found


def _is_taken(name: str) -> bool:
    return bool(_CELL.fullmatch(name) or _ROW_AND_COLUMN.fullmatch(name)) or name.casefold() in _KEPT
