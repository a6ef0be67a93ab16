"""What a printer says of an expression that it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sympy


class UnknownExpressionError(ValueError):
    """A printer met an expression that it does not know; the model or the printer is to be changed, by a developer.

    Parameters
    ----------
    language
        What was printed.
    expression
        What the printer does not know.

    Examples
    --------
    >>> import sympy
    >>> print(UnknownExpressionError("MathML", sympy.gamma(sympy.Symbol("x"))))
    MathML has no way to write gamma(x) (gamma). Expected: + - * /, powers, Max, Min, Abs, exp, log, numbers, nan, and Piecewise with comparisons. Write the step with these, or teach every printer the function.
    """

    def __init__(self, language: str, expression: sympy.Basic) -> None:
        super().__init__(
            f"{language} has no way to write {expression} ({type(expression).__name__}). "
            "Expected: + - * /, powers, Max, Min, Abs, exp, log, numbers, nan, and Piecewise with comparisons. "
            "Write the step with these, or teach every printer the function."
        )
