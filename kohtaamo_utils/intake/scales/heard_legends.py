"""Which scores a legend is of that stands above the header or in a sheet of codes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.scales.scale_order import order_of
from kohtaamo_utils.intake.values.labels import Answer
from kohtaamo_utils.intake.values.legend import is_legend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.legend import Legend
    from kohtaamo_utils.tables import Column


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
