"""One file's 360 ratings, typed, with what is found in them when all files are looked at together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings


@dataclass
class Rated:
    """One file's ratings.

    Parameters
    ----------
    source
        The source's block in the settings.
    findings
        Takes problems and log entries.
    frame
        A row a rating; the index is the row in the file.
    """

    source: Source
    findings: Findings
    frame: pd.DataFrame

    def column(self, name: str) -> str:
        """Return what the file calls a canonical column."""
        rule = self.source.columns.get(name, name)
        return rule if isinstance(rule, str) else name
