"""A column as the reader would read it: what `kohtaamo check` accepts is never refused by a proposal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.intake.columns.durations import as_numbers
from kohtaamo_utils.intake.columns.money import bare_amounts
from kohtaamo_utils.intake.columns.no_answers import blank_words
from kohtaamo_utils.intake.columns.percentages import bare_percentages
from kohtaamo_utils.intake.notes.findings import Findings
from kohtaamo_utils.intake.rows.checks import rule_of, table_of
from kohtaamo_utils.intake.scales.heard_legends import fits, with_legend
from kohtaamo_utils.intake.scales.met_criteria import met
from kohtaamo_utils.intake.scales.scale_answers import numbered
from kohtaamo_utils.intake.sheets.bound import bound_at
from kohtaamo_utils.intake.sheets.broken_cells import unbroken
from kohtaamo_utils.intake.tools.layout import PLAIN, Layout
from kohtaamo_utils.intake.tools.spss import in_words
from kohtaamo_utils.intake.values.cells import distinct, is_blank

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import EngagementSettings, Source
    from kohtaamo_utils.errors import Problem
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Sheet
    from kohtaamo_utils.intake.values.cells import Cell
    from kohtaamo_utils.tables import Column, Table

LOOKED_AT = 5000
"""How many rows are looked at."""


@dataclass(frozen=True)
class Way:
    """How a sheet's columns are read.

    Parameters
    ----------
    source
        The block in the settings that reads it, or that would.
    settings
        The engagement's: its currency, and which scales it asks on.
    layout
        The survey tool that wrote it.
    """

    source: Source
    settings: EngagementSettings
    layout: Layout = PLAIN

    def table(self, name: str) -> Table:
        """Return a canonical table as this engagement reads it."""
        table = table_of(name, self.settings)
        return replace(table, columns={each: rule_of(table, each, self.settings) for each in table.columns})


@dataclass(frozen=True)
class Taken:
    """A column's distinct cells, those that mean no value left out, words of a scale as their numbers.

    Parameters
    ----------
    cells
        What is to be parsed.
    problem
        Why the words of the whole column are not read as they are; None where they are read, or are none.
    unknown
        Share of the answers that are no words of the scale that the others are words of.
    """

    cells: list[Cell]
    problem: Problem | None = None
    unknown: float = 0


def taken(sheet: Sheet, place: int, way: Way, name: str, rule: Column) -> Taken:
    """Return what the reader makes of a column before it parses it.

    Parameters
    ----------
    sheet
        The file, laid out.
    place
        The column's place in it.
    way
        How it is read.
    name, rule
        The canonical column, and what it must hold.
    """
    findings = Findings("", "")
    column = _heard(bound_at(name, place, sheet), rule, sheet)
    column = unbroken(
        replace(column, cells=column.cells.head(LOOKED_AT)), rule.expected, Findings("", "")
    )  # `check` tells
    column = bare_percentages(as_numbers(column, rule, None, findings), rule, None, findings)
    column = bare_amounts(column, rule, way.settings.currency, findings)
    column = in_words(column, rule, findings)
    column = blank_words(column, rule, findings, way.layout.no_date)
    given = _filled(distinct(column.cells)[1])
    column = numbered(column, rule, way.source, findings)
    if name == "score" and rule.high is None:
        said = met(given)
        column = replace(
            column, cells=column.cells.map(lambda cell: cell if said.get(cell) is None else int(bool(said[cell])))
        )
    unknown = {problem.value for problem in findings.problems if problem.kind == "not_in_scale"}
    if not findings.problems:
        return Taken(_filled(distinct(column.cells)[1]))
    return Taken(given, findings.problems[0], len(unknown) / len(given))


def _heard(column: Bound, rule: Column, sheet: Sheet) -> Bound:
    """Return a column with what the rows above the header say of its scale; which one a sheet of codes means is not known yet."""
    legend = next((legend for legend in sheet.legends if fits(legend, column, rule)), None)
    return column if legend is None else with_legend(column, legend)


def _filled(cells: list[Cell]) -> list[Cell]:
    return [cell for cell in cells if not is_blank(cell)]
