"""The units that large files name: what needs the usual reading, and one spelling for all files of a source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.garbled import is_garbled
from kohtaamo_utils.intake.columns.spelling import best_spellings
from kohtaamo_utils.intake.notes.personal_data import kinds_in
from kohtaamo_utils.intake.rows.total_rows import is_total
from kohtaamo_utils.intake.values.cells import as_text, composed
from kohtaamo_utils.intake.values.spreadsheet_errors import is_error
from kohtaamo_utils.intake.values.vocabulary import NOT_AVAILABLE
from kohtaamo_utils.ledger import UNIT, codes_of, renamed
from kohtaamo_utils.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from kohtaamo_utils.ledger import Store


@dataclass(frozen=True)
class UnitNames:
    """The units of one large file.

    Parameters
    ----------
    label
        What the file (for a constant: the settings) calls their column; "" where it has none.
    lines
        How many lines name each; of names that differ in case or blanks only, each as it is written.
    """

    label: str
    lines: Counter[str]


def plain_names(names: Iterable[str]) -> bool:
    """Tell whether the usual reading leaves all names of a column of units as they are.

    Examples
    --------
    >>> plain_names(["Turku", "Helsinki keskusta"]), plain_names(["Turku", "TURKU"]), plain_names(["Turku "])
    (True, False, False)
    """
    texts = list(names)
    return all(map(_is_plain, texts)) and len({text.casefold() for text in texts}) == len(texts)


def _is_plain(text: str) -> bool:
    seen = " ".join(visible(as_text(composed(text))).split())
    no_name = is_error(text) or text.casefold() in NOT_AVAILABLE
    return text == seen and not (no_name or is_garbled(text, UNIT) or is_total(text) or kinds_in(text))


def alike(store: Store, table: str, chosen: Mapping[str, str]) -> str:
    """Return the query of a table whose units' codes are those of the spellings that were chosen.

    Parameters
    ----------
    store
        Where the table is.
    table
        Its name.
    chosen
        Each name's spelling.
    """
    codes = codes_of(store, [*chosen, *chosen.values()])
    new = {codes[text]: codes[best] for text, best in chosen.items() if text != best}
    return f"SELECT * REPLACE ({renamed(UNIT, new)} AS {UNIT}) FROM {table}" if new else f"SELECT * FROM {table}"


def spellings(files: Iterable[UnitNames], frames: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Return the spelling of every name in the large files of a source.

    Parameters
    ----------
    files
        Its large files.
    frames
        Its others, whose spelling was chosen with a look at the large ones (`spelling.one_spelling`).
    """
    lines = Counter[str]()
    for file in files:
        lines.update(file.lines)
    held = {
        str(name).casefold(): str(name) for frame in frames if UNIT in frame for name in frame[UNIT].dropna().unique()
    }
    return {text: held.get(best.casefold(), best) for text, best in best_spellings(lines).items()}
