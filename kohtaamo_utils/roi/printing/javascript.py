"""The model as data that the page's script computes from: nested lists, which JSON carries and nothing executes.

A formula is a number, a name, or ``[operation, part, …]``. The script that reads it is the same for every client, so
the page can name it by its hash, and nothing that a client wrote can become code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import sympy

from kohtaamo_utils.roi.printing.refusal import UnknownExpressionError

if TYPE_CHECKING:
    from kohtaamo_utils.roi.steps import Model

Program: TypeAlias = "float | str | list[Program]"

_OPERATIONS: dict[type, str] = {
    sympy.Add: "+",
    sympy.Max: "max",
    sympy.Min: "min",
    sympy.Abs: "abs",
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.StrictLessThan: "<",
    sympy.LessThan: "<=",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: ">=",
    sympy.Equality: "==",
    sympy.Unequality: "!=",
}


def program(expression: sympy.Basic) -> Program:
    """Return a formula as the page's script reads it.

    Parameters
    ----------
    expression
        A step's formula.

    Returns
    -------
    float, str or list
        ``["if", condition, value, …, otherwise]`` stands for a Piecewise; without a true condition it is NaN.

    Raises
    ------
    UnknownExpressionError
        The formula holds something that the script cannot compute.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import symbol
    >>> program(symbol("revenue") * symbol("rate") / 12)
    ['*', ['/', 1.0, 12.0], 'rate', 'revenue']
    """
    if isinstance(expression, sympy.Symbol):
        return str(expression.name)
    if expression is sympy.nan:
        return ["nan"]
    if isinstance(expression, sympy.Rational) and not expression.is_integer:
        return ["/", float(expression.p), float(expression.q)]
    if isinstance(expression, sympy.Number) and expression.is_finite:
        return float(expression)
    if isinstance(expression, sympy.Piecewise):
        return _piecewise(expression)
    if isinstance(expression, sympy.Mul | sympy.Pow):
        return _product(expression)
    operation = _OPERATIONS.get(type(expression))
    if operation is None or (operation == "log" and len(expression.args) != 1):
        raise UnknownExpressionError("The script of the page", expression)
    parts = expression.as_ordered_terms() if operation == "+" else expression.args
    return [operation, *(program(part) for part in parts)]


def _product(expression: sympy.Expr) -> Program:
    """Return a product, quotient or power, its parts in the order in which numpy's face computes them too.

    The same order gives the same rounding: a sum that is zero there is zero here, and pays back in the same year.
    """
    above, below = [], []
    for factor in expression.as_ordered_factors():
        power, exponent = factor.as_base_exp()
        if isinstance(factor, sympy.Pow) and exponent.is_Rational and exponent.is_negative:
            below.append(power**-exponent)
        else:
            above.append(factor)
    return ["/", _times(above), _times(below)] if below else _times(above)


def _times(factors: list[sympy.Expr]) -> Program:
    printed = [["^", *map(program, f.args)] if isinstance(f, sympy.Pow) else program(f) for f in factors]
    if len(printed) == 1:
        return printed[0]
    return ["*", *printed] if printed else 1.0


def _piecewise(expression: sympy.Piecewise) -> Program:
    printed: list[Program] = ["if"]
    for value, condition in expression.args:
        if condition is sympy.true:
            return [*printed, program(value)]
        printed += [program(condition), program(value)]
    return [*printed, ["nan"]]


def programs(model: Model) -> list[tuple[str, Program]]:
    """Return every step's name and formula, in the order in which they are computed.

    Parameters
    ----------
    model
        The model of a business case.

    Raises
    ------
    UnknownExpressionError
        A step holds something that the script cannot compute.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import Input, Model, Step, symbol
    >>> programs(Model((Input("a", "money"),), (Step("b", "money", 2 * symbol("a")),)))
    [('b', ['*', 2.0, 'a'])]
    """
    return [(step.name, program(step.expression)) for step in model.steps]
