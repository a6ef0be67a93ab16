"""A "unit" that is all units together, in figures that stand beside those of its parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.rows.unread_columns import excluding
from kohtaamo_utils.intake.values.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Table

FIGURES = frozenset({"operations", "pilot"})
"""Tables whose rows are figures of units. In the others a row is a person, an answer or an order, and whoever answers that he
works for the whole company is one of his own: nothing is counted twice there."""
UNIT = "unit"
VALUES = frozenset({UNIT, "value", "outcome", "higher_is_better", "treated", "after"})
"""Columns that do not tell which rows stand beside each other."""
_ALL = r"kaikki|alla|samtliga|all"
_PLACES = (
    r"myymälät|yksiköt|toimipisteet|toimipaikat|kaupat|liikkeet|ravintolat|hotellit|osastot|alueet|tiimit|toimistot|konttorit|"
    r"butiker|enheter|verksamhetsställen|restauranger|hotell|avdelningar|regioner|team|kontor|"
    r"stores|shops|units|sites|locations|restaurants|hotels|departments|regions|teams|offices"
)
_COMPANY = (
    r"koko (?:yhtiö|yritys|konserni|ketju|organisaatio|talo|maa|suomi)|konserni|"
    r"hela (?:företaget|bolaget|koncernen|kedjan|organisationen|landet|finland)|koncernen?|"
    r"(?:the )?(?:whole|entire) (?:company|group|chain|organi[sz]ation|country)|company[ -](?:total|wide)|group total"
)
WHOLE = re.compile(rf"(?:{_ALL})(?: (?:{_PLACES}))?|{_COMPANY}", re.IGNORECASE)


def check_whole(table: Table, bound: Mapping[str, Bound], findings: Findings) -> None:
    """Record a problem for each unit that is all of them together by its name, and whose figures stand beside its parts'.

    Where it stands alone, because its parts have no such figure, it is nobody's sum and stays.

    Parameters
    ----------
    table
        The canonical table.
    bound
        Canonical columns' raw cells.
    findings
        Takes the problems, one a name, at its first row.
    """
    unit = bound.get(UNIT)
    if table.name not in FIGURES or unit is None or unit.constant:
        return
    names = unit.cells.map(as_text)
    whole = names.map(is_whole).to_numpy(dtype=bool)
    if not whole.any():
        return
    beside = [column.cells.map(as_text) for name, column in bound.items() if name not in VALUES]
    key = pd.concat([pd.Series("", index=names.index), *beside], axis=1).agg("\x00".join, axis=1)
    parts = set(key[~whole & ~unit.cells.map(is_blank).to_numpy(dtype=bool)])
    summed = names[whole & key.isin(parts).to_numpy(dtype=bool)].drop_duplicates()
    for row, name in summed.items():
        _problem(unit.label, int(str(row)), name, findings)


def is_whole(text: str) -> bool:
    """Tell whether a unit's name is that of all units together.

    Examples
    --------
    >>> is_whole("Kaikki myymälät"), is_whole("Koko yhtiö"), is_whole("Kokkola"), is_whole("Konsernipalvelut")
    (True, True, False, False)
    """
    return WHOLE.fullmatch(" ".join(text.split()).rstrip(":").strip()) is not None


def _problem(label: str, row: int, name: str, findings: Findings) -> None:
    findings.problem(
        "total_row",
        say("This looks like all units together; counted beside them it would make their figures wrong."),
        expected=say("rows of single units, or of the whole only"),
        advice=say(
            "Leave its rows out with `{entry}`. If it is a unit of its own, give it a name of its own in the file.",
            entry=excluding(label, [name]),
        ),
        row=row,
        column=label,
        value=name,
    )
