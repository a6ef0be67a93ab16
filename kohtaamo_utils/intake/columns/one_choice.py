"""A choice from a scale that stands in several columns, one for each answer: it is one column of answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.option_columns import options_of
from kohtaamo_utils.intake.values.cells import as_text, is_blank
from kohtaamo_utils.intake.values.labels import answer_in
from kohtaamo_utils.intake.values.scale_words import folded
from kohtaamo_utils.intake.values.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cells


def joined_choices(
    sheet: Sheet, questions: Sequence[str], choices: Sequence[str], groups: Iterable[range], findings: Findings
) -> Sheet:
    """Return a sheet in which the answers to a scale are one column, called as the question is.

    A question is joined whose choices are all steps of one scale, numbers or words, with or without one that means no
    answer, where no row has two of them; where one has, several could be chosen, and the columns stay as they are.

    Parameters
    ----------
    sheet
        The file, its columns not joined.
    questions, choices
        For each of its columns the question, and the choice that it is of; "" for none.
    groups
        The places of the columns of each question.
    findings
        Takes the questions that were joined.
    """
    import pandas as pd

    names, aliases = list(sheet.names), list(sheet.aliases)
    columns: dict[int, Cells] = {place: sheet.column(place) for place in range(len(names))}
    for group in groups:
        places = _of_a_scale(group, choices)
        answers = _one_each(sheet, places, choices) if places else None
        if answers is None:
            continue
        name = questions[places[0]]
        columns[places[0]], names[places[0]], aliases[places[0]] = answers, name, ()
        for place in places[1:]:
            del columns[place]
        detail = say("{n} columns, one for each answer, joined to {name}", n=len(places), name=name)
        findings.note("inferred", "joined_choices", len(places), detail, value=name)
    kept = list(columns)
    cells = pd.DataFrame(
        dict(enumerate(columns.values())), index=sheet.cells.index, columns=range(len(kept)), dtype=object
    )
    return replace(
        sheet, names=tuple(names[place] for place in kept), cells=cells, aliases=tuple(aliases[place] for place in kept)
    )


def _of_a_scale(group: range, choices: Sequence[str]) -> list[int]:
    """Return the places of the columns that are steps of one scale, or mean no answer beside them; [] where none are."""
    steps = [group[place] for place in options_of([choices[place] for place in group])]
    return sorted([*steps, *(place for place in group if is_no_answer(choices[place]))]) if steps else []


def _one_each(sheet: Sheet, places: Sequence[int], choices: Sequence[str]) -> Cells | None:
    """Return the one choice of each row; None where a row has two, or a cell is none of its column's choice."""
    import pandas as pd

    found = pd.Series("", index=sheet.cells.index, dtype=object)
    for place in places:
        cells = sheet.column(place)
        filled = ~cells.map(is_blank).astype(bool)
        if not all(_is(choices[place], as_text(cell)) for cell in cells[filled].unique()):
            return None
        if (filled & (found != "")).any():
            return None
        found = found.mask(filled, choices[place])
    return found


def _is(choice: str, text: str) -> bool:
    """Tell whether a cell is its column's choice, or its number.

    Examples
    --------
    >>> _is("Very easy", "very easy"), _is("5 - Very easy", "5"), _is("Very easy", "Very hard")
    (True, True, False)
    """
    answer = answer_in(choice)
    return folded(text) == folded(choice) or (answer is not None and text == str(answer.number))
