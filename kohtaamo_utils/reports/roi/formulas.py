"""How each number of the business case is computed: in words, as a formula, with the client's numbers, and the result."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.presentation.blocks import Fold, Formula, Formulas, Paragraph
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.roi.names import Names
from kohtaamo_utils.roi.printing.mathml import Atom, MathML, words
from kohtaamo_utils.roi.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.steps import Input, Numbers

SMALL = 1000
"""Amounts below this are shown with two decimals."""


def with_formulas(section: Section, context: Context, case: RoiCase) -> Section:
    """Return the section on method with the formulas behind it, the client's numbers filled in.

    Parameters
    ----------
    section
        The notes on method.
    context
        The reader's language.
    case
        The business case; every step of its model is shown.
    """
    derivation = _Derivation(context, case, case.values(case.scenario("likely")))
    blocks = (*section.blocks, derivation.fold())
    return Section(section.id, blocks, (*section.figures, *derivation.figures()), section.hidden)


@dataclass(frozen=True)
class _Derivation:
    context: Context
    case: RoiCase
    values: Mapping[str, Numbers]

    @property
    def parts(self) -> dict[str, Input | Step]:
        """Every input and step by name."""
        model = self.case.model
        return {part.name: part for part in model.inputs} | {step.name: step for step in model.steps}

    def fold(self) -> Fold:
        """Return the steps, folded by driver; what comes after them last."""
        t, names = self.context.t, Names(self.context.t)
        intro = t(
            "Each step with the likely assumptions. The small number at the foot of a name is the year. The computer does not round; the numbers here are rounded to be read."
        )
        groups = dict.fromkeys(step.driver for step in self.case.model.steps)
        ordered = [driver for driver in groups if driver is not None] + [None] * (None in groups)
        folds = [
            Fold(
                names.driver_short(driver) if driver else t("Costs, present values and payback"),
                (Formulas(tuple(self._formulas(driver))),),
            )
            for driver in ordered
        ]
        return Fold(t("How is this computed?"), (Paragraph(intro), *folds))

    def _formulas(self, driver: str | None) -> Iterator[Formula]:
        """Yield a group's steps; of years that are alike the formula stands once, at the first."""
        known: set[str] = set()
        for step in self.case.model.steps:
            if step.driver != driver:
                continue
            shape = _without_years(f"{step.name} {step.expression}") if step.year is not None else step.name
            lone = step.expression.is_Symbol
            yield Formula(
                words=self._name(step),
                formula=() if shape in known else self._in_words(step),
                numbers=() if lone else self._in_numbers(step),
                result=self._text(step),
            )
            known.add(shape)

    def _name(self, step: Step) -> str:
        name = Names(self.context.t).of(step)
        if step.year is None:
            return name
        return self.context.t("{name}, year {n}", name=name, n=self.context.f.integer(step.year))

    def _in_words(self, step: Step) -> tuple[str, ...]:
        names, parts = Names(self.context.t), self.parts

        def symbol(name: str) -> Atom:
            part = parts[name]
            year = part.year if isinstance(part, Step) else None
            return Atom(words(names.short(part, step.driver), "" if year is None else self.context.f.integer(year)))

        return self._printer(symbol).pieces(step.expression)

    def _in_numbers(self, step: Step) -> tuple[str, ...]:
        def symbol(name: str) -> Atom:
            text = self._text(self.parts[name])
            markup = f"<mn>{text}</mn>" if self._exists(name) else words(text)
            return Atom(markup, compound=float(self.values[name]) < 0, powered=False)

        return self._printer(symbol).pieces(step.expression)

    def _printer(self, symbol: Callable[[str], Atom]) -> MathML:
        t, f = self.context.t, self.context.f
        return MathML(
            symbol,
            lambda value: f.number(value, 0 if value == round(value) else 2),
            condition=t("if"),
            otherwise=t("otherwise"),
            nothing=t("no value"),
        )

    def _exists(self, name: str) -> bool:
        return math.isfinite(float(self.values[name]))

    def _text(self, part: Input | Step) -> str:
        """Return a part's number in its unit, with as many decimals as one needs to follow the sum."""
        f, t = self.context.f, self.context.t
        if not self._exists(part.name):
            return t("no value")
        value = float(self.values[part.name])
        if part.unit == "share":
            return f.percent(value, 2)
        if part.unit in {"money", "money_per_hour"}:
            return f.money(value, 0 if abs(value) >= SMALL else 2)
        return f.number(value, 0 if value == round(value) else 2)

    def figures(self) -> Iterator[Figure]:
        """Yield every number that the formulas show, for machines."""
        for name, part in self.parts.items():
            value = float(self.values[name]) if self._exists(name) else None
            yield Figure("model_part", {"part": name}, Estimate(value=value, n=0, unit=part.unit, method="model"))


def _without_years(text: str) -> str:
    return re.sub(r"\d+", "#", text)
