"""What a file says of its scales outside of headings: under the header, above it, or in a sheet of codes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.cells import Cell, Record, as_text, is_blank
from kohtaamo_utils.intake.labels import Answer, labelled, number_of
from kohtaamo_utils.intake.no_answers import is_score
from kohtaamo_utils.intake.scale_order import order_of
from kohtaamo_utils.intake.stated_scale import stated_scales
from kohtaamo_utils.intake.vocabulary import is_no_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.intake.bound import Bound
    from kohtaamo_utils.intake.findings import Findings
    from kohtaamo_utils.intake.sheet import Sheet
    from kohtaamo_utils.tables import Column

DEEPEST = 3
"""So many rows under the header may explain it."""
CODES = re.compile(
    r"kood|selit|asteik|vaihtoehdo|code|legend|scale|label|kod|skala|förklaring|alternativ", re.IGNORECASE
)
"""How a sheet is called that explains another's numbers."""


class Legend(NamedTuple):
    """What numbers stand for, and the sentence that tells where it is said."""

    text: str
    said: str

    @property
    def words(self) -> dict[int, str]:
        """The word of each number, those left out that mean no answer."""
        return {number: word for number, word in labelled(self.text).items() if not is_no_answer(word)}


def is_legend(text: str) -> bool:
    """Tell whether a text gives several numbers their words.

    Examples
    --------
    >>> is_legend("1 = Erittäin tyytyväinen … 5 = Erittäin tyytymätön"), is_legend("4 - Samaa mieltä")
    (True, False)
    """
    return len(labelled(text)) > 1


def without_legend_rows(sheet: Sheet, findings: Findings) -> Sheet:
    """Return a sheet without the rows under its header that explain it; what they say becomes part of the headings.

    Parameters
    ----------
    sheet
        The file, laid out.
    findings
        Takes what was heard.
    """
    explained = 0
    aliases = [list(names) for names in sheet.aliases or [()] * len(sheet.names)]
    for row, cells in sheet.cells.head(DEEPEST).iterrows():
        texts = {place: as_text(cell) for place, cell in enumerate(cells) if not is_blank(cell)}
        if not any(map(is_legend, texts.values())) or not all(map(_explains, texts.values())):
            break
        explained += 1
        for place, text in texts.items():
            aliases[place].append(text)
            detail = say(
                "row {row} under the header explains {name}: {text}", row=str(row), name=sheet.names[place], text=text
            )
            findings.note("inferred", "legend", 1, detail, value=text)
    if not explained:
        return sheet
    rows = np.arange(len(sheet.cells)) < explained
    return replace(sheet.without(rows), aliases=tuple(map(tuple, aliases)))


def _explains(text: str) -> bool:
    return is_legend(text) or (number_of(text) is None and bool(stated_scales(text)))


def legends_above(before: list[Record], after: list[Record]) -> tuple[Legend, ...]:
    """Return the legends in rows that were passed over as titles.

    Parameters
    ----------
    before, after
        The file's first rows, with its titles and with blanks for them.
    """
    gone = [row for row, left in zip(before, after, strict=True) if all(map(is_blank, left))]
    texts = [as_text(cell) for row in gone for cell in row if is_legend(as_text(cell))]
    return tuple(Legend(text, say("That is said above the header: {text}.", text=text)) for text in texts)


def legend_of(name: str, records: Iterable[list[Cell]]) -> Legend | None:
    """Return what a sheet of codes says, where each number has one word in it; None for any other sheet.

    Parameters
    ----------
    name
        The sheet's name.
    records
        Its rows.
    """
    words: dict[int, set[str]] = {}
    for record in records:
        filled = [cell for cell in record if not is_blank(cell)]
        number = number_of(filled[0]) if len(filled) > 1 else None
        if number is not None:
            words.setdefault(int(number), set()).add(as_text(filled[1]))
    if any(len(its) > 1 for its in words.values()):
        return None
    text = ", ".join(f"{number} = {its.pop()}" for number, its in words.items())
    said = say('That is said in the sheet "{sheet}": {text}.', sheet=name, text=text)
    return Legend(text, said) if is_legend(text) else None


def heard(
    bound: Mapping[str, Bound], rules: Mapping[str, Column], sheet: Sheet, findings: Findings
) -> dict[str, Bound]:
    """Return the scores with what the file says of their scale outside of its headings.

    A legend is of the scores whose scale begins and ends with its numbers. Those above a header are of all of them; a sheet
    of codes is of one only, and where several have that scale, it is told and not heard.

    Parameters
    ----------
    bound, rules
        Canonical columns, and what each must hold.
    sheet
        The file, with its legends.
    findings
        Takes what a sheet of codes says and nobody hears.
    """
    done = dict(bound)
    for legend in (*sheet.legends, *sheet.codebooks):
        its = [name for name in bound if fits(legend, bound[name], rules[name])]
        if legend in sheet.codebooks and len(its) > 1:
            _tell(legend, [name for name in its if _falls(legend, rules[name])], findings)
            continue
        for name in its:
            done[name] = with_legend(done[name], legend)
    return done


def fits(legend: Legend, column: Bound, rule: Column) -> bool:
    """Tell whether a legend's numbers are the ends of a score's scale, of which the column itself says nothing."""
    words = legend.words
    if column.constant or not is_score(column.name) or not words or column.codes or is_legend(column.heading):
        return False
    return (min(words), max(words)) == (rule.low, rule.high)


def with_legend(column: Bound, legend: Legend) -> Bound:
    """Return a column whose heading says what a legend says of it."""
    return replace(column, heading=f"{column.heading} ({legend.text})", said=legend.said)


def _falls(legend: Legend, rule: Column) -> bool:
    answers = [Answer(number, word) for number, word in legend.words.items()]
    return order_of(answers, int(rule.low or 0), int(rule.high or 0)) == "falls"


def _tell(legend: Legend, names: list[str], findings: Findings) -> None:
    if names:
        detail = say(
            "not clear which of {names} is meant, so that none is read otherwise; the least number has the best word there. {said}",
            names=", ".join(names),
            said=legend.said,
        )
        findings.note("inferred", "legend", 1, detail, value=legend.text)
