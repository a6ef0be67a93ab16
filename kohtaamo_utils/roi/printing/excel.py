"""The model's formulas in Excel's language, as files store them: English functions, commas between arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy
from sympy.core.relational import Relational

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.roi.steps import Step

NOTHING = '""'
"""What a cell shows for a number that does not exist: an empty text, which is no error and no zero."""
LONGEST = 8192
"""Characters that Excel takes in one formula."""
_FUNCTIONS = {sympy.Max: "MAX", sympy.Min: "MIN", sympy.Abs: "ABS", sympy.exp: "EXP", sympy.log: "LN"}
_SIGNS = {
    sympy.StrictLessThan: "<",
    sympy.LessThan: "<=",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: ">=",
    sympy.Equality: "=",
    sympy.Unequality: "<>",
}
_JOINED = {sympy.And: "AND", sympy.Or: "OR"}
_FROM_NUMBERS_TO_NONE = (sympy.Pow, sympy.log, sympy.exp)


def formula(expression: sympy.Expr, references: Mapping[str, str]) -> str:
    """Print an expression as an Excel formula, without the leading equals sign.

    Parameters
    ----------
    expression
        Sums, products, powers, ``Max``, ``Min``, ``Abs``, ``exp``, ``log``, numbers, and ``Piecewise`` with comparisons
        (joined by ``And`` and ``Or``) and ``True``. NaN is allowed as a branch of it: there the cell stays empty.
    references
        Cell or defined name by symbol.

    Raises
    ------
    ValueError
        The expression holds anything else, a symbol without a cell, or is longer than Excel takes.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import symbol
    >>> formula(-symbol("x") ** 2 / 3, {"x": "share"})
    '-1*share^2/3'
    >>> formula(sympy.Piecewise((sympy.nan, symbol("x") < 0), (0, True)), {"x": "B2"})
    'IF(B2<0,"",0)'
    """
    text = _Printer(references).branch(expression)
    if len(text) > LONGEST:
        raise ValueError(f"a formula of {len(text)} characters is longer than Excel takes ({LONGEST}); split the step")
    return text


def step_formulas(steps: tuple[Step, ...], references: Mapping[str, str]) -> dict[str, str]:
    """Print every step. One whose number may not exist (a division, a logarithm) gives an empty text and never an error.

    Parameters
    ----------
    steps
        In the order of the model.
    references
        Cell or defined name of each input and step.

    Raises
    ------
    ValueError
        As of `formula`; or a Piecewise decides by a number that may not exist: an empty text would count as large.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import Step, symbol
    >>> step_formulas((Step("rate", "share", symbol("a") / symbol("b")),), {"a": "A1", "b": "A2"})
    {'rate': 'IFERROR(A1/A2,"")'}
    """
    printed: dict[str, str] = {}
    partial: set[str] = set()
    for step in steps:
        _refuse_decision(step, partial)
        text = formula(step.expression, references)
        passed_over = sorted(_names_in(step.expression, sympy.Max, sympy.Min) & partial)
        if passed_over:  # MAX and MIN pass over a text in silence
            cells = ",".join(references[name] for name in passed_over)
            text = f"IF(COUNT({cells})={len(passed_over)},{text},{NOTHING})"
        if _may_not_exist(step.expression) or _names(step.expression) & partial:
            partial.add(step.name)
            text = f"IFERROR({text},{NOTHING})"
        printed[step.name] = text
    return printed


def _names(expression: sympy.Basic) -> set[str]:
    return {str(symbol) for symbol in expression.free_symbols}


def _may_not_exist(expression: sympy.Expr) -> bool:
    if expression.has(sympy.nan):
        return True
    return any(not _is_always_there(part) for part in expression.atoms(*_FROM_NUMBERS_TO_NONE))


def _is_always_there(part: sympy.Expr) -> bool:
    """Tell whether a power exists whatever its base: a whole exponent above zero."""
    return isinstance(part, sympy.Pow) and part.exp.is_Integer and part.exp > 0


def _names_in(expression: sympy.Expr, *kinds: type) -> set[str]:
    return {name for part in expression.atoms(*kinds) for name in _names(part)}


def _refuse_decision(step: Step, partial: set[str]) -> None:
    found = sorted(_names_in(step.expression, Relational) & partial)
    if found:
        raise ValueError(
            f"the step {step.name} decides by {', '.join(found)}, which may not exist; "
            "in a workbook that would count as text. Decide by what it is computed from"
        )


class _Printer:
    """Prints with as few brackets as Excel's order of operations allows.

    In Excel a sign binds tighter than a power (-2^2 is 4), so no power is printed right behind a sign that belongs to
    its base; ``0-x^2`` and ``-(x^2)`` are safe, ``-x^2`` at the start of a term is not.
    """

    def __init__(self, references: Mapping[str, str]) -> None:
        self.references = references

    def branch(self, expression: sympy.Basic) -> str:
        """Print a whole formula or one branch of it; NaN is allowed here."""
        if expression is sympy.nan:
            return NOTHING
        return self.sum(expression)

    def sum(self, expression: sympy.Basic) -> str:
        """Print with nothing around that binds."""
        if not isinstance(expression, sympy.Add):
            return self.product(expression)
        first, *others = expression.as_ordered_terms()
        return self.product(first) + "".join(self._added(term) for term in others)

    def _added(self, term: sympy.Expr) -> str:
        return f"-{self.product(-term)}" if term.could_extract_minus_sign() else f"+{self.product(term)}"

    def product(self, expression: sympy.Basic) -> str:
        """Print as a term of a sum."""
        if isinstance(expression, sympy.Add):
            return f"({self.sum(expression)})"
        if isinstance(expression, sympy.Rational) and not isinstance(expression, sympy.Integer):
            return f"{expression.p}/{expression.q}"
        if not isinstance(expression, sympy.Mul | sympy.Pow):
            return self.factor(expression)
        above, below = _fraction(expression)
        sign = "-" if above and above[0] == -1 else ""
        above = above[1:] if sign else above
        upper = "*".join(map(self.factor, above)) or "1"
        lower = "*".join(map(self.factor, below))
        if sign and above and isinstance(above[0], sympy.Pow):
            sign = "-1*"
        if not below:
            return sign + upper
        return f"{sign}{upper}/{lower}" if len(below) == 1 else f"{sign}{upper}/({lower})"

    def factor(self, expression: sympy.Basic) -> str:
        """Print as a factor of a product: numbers, symbols, functions, powers; anything else in brackets."""
        if isinstance(expression, sympy.Pow):
            return self._power(expression)
        text = self._atom(expression)
        return f"({self.sum(expression)})" if text is None else text

    def _power(self, power: sympy.Pow) -> str:
        base = self._atom(power.base)
        base = f"({self.sum(power.base)})" if base is None or base.startswith("-") else base
        if isinstance(power.exp, sympy.Integer) and power.exp > 0:
            return f"{base}^{power.exp}"
        exponent = self.sum(power.exp)
        if power.exp.is_number:
            return f"{base}^({exponent})"
        return f"IF({exponent}=0,1,{base}^({exponent}))"  # Excel has no 0^0; everywhere else it is 1

    def _atom(self, expression: sympy.Basic) -> str | None:
        """Print what needs no brackets; None for sums, products, powers and fractions."""
        if isinstance(expression, sympy.Symbol):
            return self._symbol(expression)
        if isinstance(expression, sympy.Integer):
            return str(expression)
        if isinstance(expression, sympy.Float):
            return repr(float(expression))
        if isinstance(expression, sympy.Piecewise):
            return self._choice(expression)
        name = _FUNCTIONS.get(type(expression))
        if name:
            return f"{name}({','.join(map(self.sum, _in_order(expression)))})"
        if isinstance(expression, sympy.Add | sympy.Mul | sympy.Pow | sympy.Rational):
            return None
        raise ValueError(
            f"the workbook cannot say {type(expression).__name__} ({expression}). Known: sums, products, powers, "
            "Max, Min, Abs, exp, log, numbers, Piecewise with comparisons. Write the step with these, or teach the printer"
        )

    def _symbol(self, symbol: sympy.Symbol) -> str:
        if symbol.name not in self.references:
            raise ValueError(f"the workbook has no cell for {symbol.name}; give each input and step one")
        return self.references[symbol.name]

    def _choice(self, choice: sympy.Piecewise) -> str:
        text = NOTHING
        for value, condition in reversed(choice.args):
            if condition is sympy.true:
                text = self.branch(value)
            else:
                text = f"IF({self._condition(condition)},{self.branch(value)},{text})"
        return text

    def _condition(self, condition: sympy.Basic) -> str:
        name = _JOINED.get(type(condition))
        if name:  # sympy joins branches of one value by itself
            return f"{name}({','.join(map(self._condition, _in_order(condition)))})"
        sign = _SIGNS.get(type(condition))
        if sign is None:
            raise ValueError(f"the workbook cannot decide by {condition}; use comparisons, joined by and, or")
        left, right = condition.args
        return f"{self.sum(left)}{sign}{self.sum(right)}"


def _fraction(expression: sympy.Expr) -> tuple[list[sympy.Expr], list[sympy.Expr]]:
    """Return the factors above and below the line, the sign (-1) first among those above."""
    coefficient, rest = expression.as_coeff_Mul()
    above: list[sympy.Expr] = []
    below: list[sympy.Expr] = []
    if coefficient.could_extract_minus_sign():
        above.append(sympy.Integer(-1))
        coefficient = -coefficient
    if isinstance(coefficient, sympy.Rational):
        above += [sympy.Integer(coefficient.p)] if coefficient.p != 1 else []
        below += [sympy.Integer(coefficient.q)] if coefficient.q != 1 else []
    else:
        above.append(coefficient)
    for factor in [] if rest is sympy.S.One else rest.as_ordered_factors():
        if isinstance(factor, sympy.Pow) and factor.exp.is_number and factor.exp.could_extract_minus_sign():
            below.append(factor.base**-factor.exp)
        else:
            above.append(factor)
    return above, below


def _in_order(expression: sympy.Basic) -> list[sympy.Basic]:
    """Return a function's arguments in an order that does not change from run to run."""
    return sorted(expression.args, key=sympy.default_sort_key)
