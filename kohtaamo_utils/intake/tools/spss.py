"""SPSS files (.sav): coded answers with the words that they stand for, and the codes that mean no answer."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.sheets.sheet import Sheet
from kohtaamo_utils.intake.values.cells import Cell, Cells, as_text, cell_of, composed, is_blank
from kohtaamo_utils.intake.values.labels import word_in
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.tables import Column

SUFFIXES = {".sav", ".zsav"}
IN_WORDS = {"text", "choice", "flag"}
"""Kinds whose cells are what a code stands for; an identifier is the code, and a number too."""


def read_spss(data: bytes, findings: Findings) -> Sheet:
    """Return an SPSS file's cases; each variable answers to its name and its label, and case number i is row i.

    Parameters
    ----------
    data
        The whole file.
    findings
        Takes how many cells hold a code that the file declares missing.

    Raises
    ------
    DataError
        The package that reads SPSS files is not installed, or this is no SPSS file.
    """
    try:
        import pyreadstat
    except ImportError:
        raise findings.stop(
            "spss_reader",
            say("SPSS files are read by the package pyreadstat, which is not installed."),
            expected=say("kohtaamo with its extra `spss`"),
            advice=say(
                "Install it (`uv sync --extra spss`, or `pip install pyreadstat`), or export the file as Excel."
            ),
        ) from None
    try:
        frame, said = pyreadstat.read_sav(io.BytesIO(data), user_missing=True)
    except (pyreadstat.ReadstatError, OSError, ValueError) as error:
        raise findings.stop(
            "unreadable",
            say("The file cannot be opened as SPSS ({error}).", error=str(error)),
            expected=say("an SPSS file, .sav or .zsav"),
            advice=say("Save it again in SPSS, or export it as Excel."),
        ) from None
    columns = {place: frame.iloc[:, place].astype(object).map(cell_of) for place in range(frame.shape[1])}
    names = [str(name) for name in frame.columns]
    for place, name in enumerate(names):
        ranges = [
            (limits["lo"], limits["hi"]) for limits in said.missing_ranges.get(name, []) if isinstance(limits, dict)
        ]
        columns[place] = _without_missing(columns[place], name, ranges, findings)
    import pandas as pd

    cells = pd.DataFrame(columns, dtype=object).set_axis(pd.RangeIndex(1, len(frame) + 1), axis=0)
    codes: dict[int, dict[Cell, str]] = {
        place: {code: composed(word) for code, word in said.variable_value_labels.get(name, {}).items()}
        for place, name in enumerate(names)
    }
    labels = tuple((composed(label),) if label else () for label in said.column_labels)
    return Sheet(tuple(map(composed, names)), cells, labels, codes)


def _without_missing(
    column: Cells, name: str, ranges: Sequence[tuple[float | str, float | str]], findings: Findings
) -> Cells:
    """Empty the cells whose code the file declares missing."""
    gone = column.map(lambda cell: any(_within(cell, low, high) for low, high in ranges)).astype(bool)
    if not gone.any():
        return column
    findings.note(
        "inferred", "user_missing", int(gone.sum()), say("codes of {name} that the file declares missing", name=name)
    )
    return column.mask(gone, "")


def _within(cell: Cell, low: float | str, high: float | str) -> bool:
    if isinstance(cell, str) or isinstance(low, str) or isinstance(high, str):
        return cell == low
    return low <= cell <= high


def in_words(column: Bound, rule: Column, findings: Findings) -> Bound:
    """Return a coded column as its kind needs it: words for texts and choices, numbers for numbers.

    A number's code that stands for no answer, such as 9 for "en osaa sanoa", becomes that word.

    Parameters
    ----------
    column
        Its raw cells, and what its codes stand for.
    rule
        What it must hold.
    findings
        Takes how many cells hold a code without a word.

    Examples
    --------
    >>> import pandas as pd
    >>> from kohtaamo_utils.intake.sheets.bound import Bound
    >>> from kohtaamo_utils.intake.notes.findings import Findings
    >>> from kohtaamo_utils.tables import TABLES
    >>> column = Bound("unit", "q1", pd.Series([1.0, 2.0], dtype=object), codes={1.0: "Turku"})
    >>> in_words(column, TABLES["survey"].columns["unit"], Findings("survey", "a.sav")).cells.tolist()
    ['Turku', 2.0]
    """
    words = column.codes
    if rule.kind not in IN_WORDS:
        words = {code: word_in(word) for code, word in words.items() if is_no_answer(word_in(word))}
    if not words or rule.kind == "id":
        return column
    if rule.kind in IN_WORDS:
        _note_wordless(column, findings)
    return replace(column, cells=column.cells.map(lambda cell: words.get(cell, cell)))


def _note_wordless(column: Bound, findings: Findings) -> None:
    """Log the codes that the file gives no word for, though it does for others: they stay as they are."""
    counts = column.cells[column.cells.map(lambda cell: not is_blank(cell) and cell not in column.codes)].value_counts()
    if counts.empty:
        return
    shown = ", ".join(sorted(map(as_text, counts.index)))
    detail = say("codes in {name} without a word in the file, left as they are: {codes}", name=column.name, codes=shown)
    findings.note("inferred", "wordless_codes", int(counts.sum()), detail, column=column.name)
