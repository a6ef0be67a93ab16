"""360 files with one row per evaluation and one column per item, as one row per rating."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.column_names import find
from kohtaamo_utils.intake.notes.log import LEFT_OUT

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.engagement.settings import Wide
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Titled
    from kohtaamo_utils.tables import Table

WIDE_TABLE = "ratings_360"
"""The only table whose files may be wide."""
ITEM_PREFIX = "score."
"""Until the rows are unfolded, an item's column is called ``score.<item>``."""
GIVEN = ("item", "score", "competency")
"""Canonical columns that an item's column gives."""


def check_wide(table: Table, source: Source, findings: Findings) -> None:
    """Record where ``wide`` cannot be: in another table, or beside columns for the same thing."""
    if source.wide is None:
        return
    if table.name != WIDE_TABLE:
        findings.setting(
            "wide_table",
            "wide",
            say(
                "`wide` is for {wide}; a row of {table} is not several ratings.",
                wide=WIDE_TABLE,
                table=table.name,
            ),
            expected=say("`wide` under `sources.{table}` only", table=WIDE_TABLE),
            advice=say("Remove it."),
        )
    for name in GIVEN:
        if name in source.columns or name in source.constants:
            findings.setting(
                "wide_and_column",
                f"{'columns' if name in source.columns else 'constants'}.{name}",
                say("`{name}` is given here and by `wide`.", name=name),
                advice=say("Remove one of the two."),
            )


def item_places(wide: Wide, sheet: Titled, findings: Findings) -> dict[str, int]:
    """Return the places of the items' columns as ``score.<item>``; an item is called what the settings call its column."""
    places = {item: find(sheet, item, findings) for item in wide.competencies}
    return {f"{ITEM_PREFIX}{item}": place for item, place in places.items() if place is not None}


def unfold(frame: pd.DataFrame, wide: Wide) -> pd.DataFrame:
    """Return one row per rating: each evaluation's rows together, in the order of the items.

    An item that an evaluation leaves unanswered is a row without a score. A comment belongs to the evaluation, and
    stands on its first row only.

    Parameters
    ----------
    frame
        Typed rows, one per evaluation, with a column ``score.<item>`` for each item.
    wide
        The items and their competencies.

    Examples
    --------
    >>> from kohtaamo_utils.engagement.settings import Wide
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"rater_id": ["1"], "score.Kuuntelee": [4.0], "score.Luottaa": [5.0]})
    >>> unfold(frame, Wide(items=("Kuuntelee", "Luottaa")))[["item", "score"]].values.tolist()
    [['Kuuntelee', 4.0], ['Luottaa', 5.0]]
    """
    import pandas as pd

    shared = frame[[name for name in frame.columns if not str(name).startswith(ITEM_PREFIX)]]
    parts = [
        shared.assign(item=item, score=frame[f"{ITEM_PREFIX}{item}"], competency=competency)
        for item, competency in wide.competencies.items()
    ]
    if "comment" in shared.columns:
        parts[1:] = [part.assign(comment=pd.Series(None, index=part.index, dtype="str")) for part in parts[1:]]
    long = pd.concat(parts).sort_index(kind="stable")
    long = long.astype({"item": "str", "competency": "str"})
    return long if any(wide.competencies.values()) else long.drop(columns="competency")


def count_ratings(findings: Findings, wide: Wide) -> None:
    """Count the log's rows as ratings, so that rows in, less rows left out, are rows out here too."""
    items = len(wide.competencies)
    counted = {"rows_in", *LEFT_OUT}
    findings.entries[:] = [
        replace(entry, count=entry.count * items) if entry.kind in counted else entry for entry in findings.entries
    ]
    findings.note("inferred", "wide", items, say("one row per evaluation, unfolded into {items} items", items=items))
