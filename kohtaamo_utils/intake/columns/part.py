"""One file's share of a canonical table, with what it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.values.cells import as_text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound


@dataclass(frozen=True)
class Part:
    """Rows of one file, typed.

    Parameters
    ----------
    frame
        Canonical columns; the index is the row in the file.
    bound
        The raw cells that they were made from.
    findings
        Problems and log entries of the file.
    other_scales
        Scores whose answers are evidently of another scale, with the ends of those answers.
    """

    frame: pd.DataFrame
    bound: dict[str, Bound]
    findings: Findings
    other_scales: dict[str, tuple[int, int]] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """Return what the file calls a canonical column."""
        return self.bound[name].label if name in self.bound else name

    def raw(self, name: str, row: int) -> str:
        """Return a cell as it stands in the file; "" for one that means no value."""
        return as_text(self.bound[name].cells.loc[row]) if name in self.bound else ""

    def without(self, rows: NDArray[np.bool_]) -> Part:
        """Return the part without these rows."""
        return replace(self, frame=self.frame.loc[~rows])
