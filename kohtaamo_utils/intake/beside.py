"""What is read with a table besides its sources: the client's own questions, codebook and planned actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.codebook import own_codebook
from kohtaamo_utils.engagement.actions import ACTIONS_FILE
from kohtaamo_utils.instrument import own_files

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement, TableName

SURVEY: TableName = "survey"
RATINGS: TableName = "ratings_360"
WITH_THEMES: tuple[TableName, ...] = (SURVEY, "observations")
"""Tables with people's own words, which are read by the codebook."""


def says_unit(engagement: Engagement, table: str) -> bool:
    """Tell whether the settings say where a table's units are, so that a report by unit has a reason to read it.

    Parameters
    ----------
    engagement
        The client's folder.
    table
        A canonical table; one without a source says nothing.
    """
    sources = engagement.settings.sources.get(table, ())  # type: ignore[call-overload]
    return any("unit" in source.columns or "unit" in source.constants for source in sources)


def read_with(engagement: Engagement, table: str) -> tuple[str, ...]:
    """Return files that are read with a table, as the engagement names them; they need not be there.

    Parameters
    ----------
    engagement
        The client's folder.
    table
        A canonical table.
    """
    if table == RATINGS:
        return own_files(engagement)
    planned = (ACTIONS_FILE,) if table == SURVEY else ()
    return (*planned, *own_codebook(engagement)) if table in WITH_THEMES else planned
