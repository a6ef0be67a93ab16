"""The model boiled down to its NPV over what varies, so that a million draws cost what a hand-written formula would.

What does not vary is computed once and put in as a number; steps that the NPV does not need are left out; steps that are
sums of multiples (years, discounting, credit) are folded into each other, and equal steps are computed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from kohtaamo_utils.roi.steps import symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kohtaamo_utils.roi.steps import Model, Numbers, Step

DIGITS = 17
"""Decimal digits that carry a 64-bit number whole."""


def compiled_npv(
    model: Model, inputs: Mapping[str, float], varying: Sequence[str]
) -> Callable[[Mapping[str, Numbers]], Numbers]:
    """Return a function from the varying inputs to the NPV.

    Parameters
    ----------
    model
        The model; it must have the step ``npv``.
    inputs
        A value for every input; those of the varying ones do not matter.
    varying
        Names of the inputs that the function takes, as numbers or as arrays of one length.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import Input, Model, Step, symbol
    >>> tiny = Model((Input("a", "money"), Input("b", "money")), (Step("npv", "money", symbol("a") * symbol("b")),))
    >>> float(compiled_npv(tiny, {"a": 3.0, "b": 2.0}, ["a"])({"a": 5.0}))
    10.0
    """
    lines, result = _boiled_down(model, inputs, varying)
    lines = _powers_by_steps(lines, result)
    computed = sympy.lambdify(
        [symbol(name) for name in varying], result, modules="numpy", cse=lambda _: (lines, _with_powers(result, lines))
    )
    return lambda given: computed(*(given[name] for name in varying))


_Lines = list[tuple[sympy.Symbol, sympy.Expr]]


def _boiled_down(model: Model, inputs: Mapping[str, float], varying: Sequence[str]) -> tuple[_Lines, sympy.Expr]:
    """Return the steps that must be computed for every draw, and the NPV over them."""
    fixed = model.values(inputs)
    moving = {symbol(name) for name in varying}
    known = {symbol(part.name): _number(float(inputs[part.name])) for part in model.inputs if part.name not in varying}
    lines: _Lines = []
    names: dict[sympy.Expr, sympy.Symbol] = {}
    for step in _needed(model):
        name = symbol(step.name)
        if not step.expression.free_symbols & moving:
            known[name] = _number(float(fixed[step.name]))
            continue
        moving.add(name)
        formula = _spread(step.expression.xreplace(known))
        if not _is_light(formula):
            if formula not in names:
                names[formula] = name
                lines.append((name, formula))
            formula = names[formula]
        known[name] = formula
    return lines, known[symbol("npv")]


def _needed(model: Model) -> list[Step]:
    wanted: set[sympy.Basic] = {symbol("npv")}
    kept: list[Step] = []
    for step in reversed(model.steps):
        if symbol(step.name) in wanted:
            wanted |= step.expression.free_symbols
            kept.append(step)
    return kept[::-1]


def _number(value: float) -> sympy.Expr:
    return sympy.Integer(int(value)) if value.is_integer() else sympy.Float(value, DIGITS)


def _spread(formula: sympy.Expr) -> sympy.Expr:
    """Multiply numbers into sums, so that equal terms meet."""
    terms = []
    for term in sympy.Add.make_args(formula):
        factor, rest = term.as_coeff_Mul()
        terms += [factor * part for part in rest.args] if rest.is_Add else [term]
    return sympy.Add(*terms)


def _is_light(formula: sympy.Expr) -> bool:
    """Tell whether a formula is a sum of multiples of single steps and their whole powers."""
    parts = [term.as_coeff_Mul()[1] for term in sympy.Add.make_args(formula)]
    return all(part.is_Number or part.is_Symbol or _is_whole_power(part) for part in parts)


def _is_whole_power(part: sympy.Expr) -> bool:
    return bool(part.is_Pow and part.base.is_Symbol and part.exp.is_Integer and part.exp > 1)


def _power(base: sympy.Symbol, exponent: int) -> sympy.Symbol:
    return base if exponent == 1 else sympy.Symbol(f"{base}_to_{exponent}", real=True)


def _powers_by_steps(lines: _Lines, result: sympy.Expr) -> _Lines:
    """Compute whole powers by multiplying on: numpy's own power is many times slower."""
    highest: dict[sympy.Symbol, int] = {}
    for formula in (*(formula for _, formula in lines), result):
        for power in formula.atoms(sympy.Pow):
            if _is_whole_power(power):
                highest[power.base] = max(highest.get(power.base, 1), int(power.exp))
    written = {name for name, _ in lines}
    given = [base for base in highest if base not in written]
    found: _Lines = [line for base in sorted(given, key=str) for line in _chain(base, highest[base])]
    for name, formula in lines:
        found += [(name, formula), *_chain(name, highest.get(name, 1))]
    return [(name, _with_powers(formula, found)) for name, formula in found]


def _chain(base: sympy.Symbol, highest: int) -> _Lines:
    return [(_power(base, n), _power(base, n - 1) * base) for n in range(2, highest + 1)]


def _with_powers(formula: sympy.Expr, lines: _Lines) -> sympy.Expr:
    written = {str(name) for name, _ in lines}
    powers = {
        power: _power(power.base, int(power.exp))
        for power in formula.atoms(sympy.Pow)
        if _is_whole_power(power) and power.exp > 2 and str(_power(power.base, int(power.exp))) in written
    }
    return formula.xreplace(powers)
