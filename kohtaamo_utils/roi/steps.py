"""A model as an ordered set of named steps, stated once; numpy, and any other face of it, is printed from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import sympy
    from numpy.typing import NDArray

FloatArray: TypeAlias = "NDArray[np.float64]"
Numbers: TypeAlias = "float | FloatArray"

PRINTABLE = frozenset(
    {
        *("Symbol", "Integer", "Rational", "Float", "Zero", "One", "NegativeOne", "Half", "NaN"),
        *("Add", "Mul", "Pow", "Max", "Min", "Abs", "exp", "log", "Piecewise", "ExprCondPair"),
        *("StrictLessThan", "LessThan", "StrictGreaterThan", "GreaterThan", "Equality", "Unequality"),
        *("BooleanTrue", "BooleanFalse"),
    }
)
"""What a step's expression may hold, by sympy's names: what every face of the model knows how to print."""


def symbol(name: str) -> sympy.Symbol:
    """Return the symbol of an input or of an earlier step.

    Examples
    --------
    >>> symbol("margin") * symbol("extra_customers_1")
    extra_customers_1*margin
    """
    import sympy

    return sympy.Symbol(name, real=True)


def total(terms: list[sympy.Expr]) -> sympy.Expr:
    """Return the sum of the terms, unrolled; 0 of none."""
    import sympy

    return reduce(add, terms, sympy.Integer(0))


@dataclass(frozen=True)
class Input:
    """A number that the model is given.

    Parameters
    ----------
    name
        Name in the formulas.
    unit
        ``money``, ``share``, ``count``, ``months``, ``hours``, ``money_per_hour``; what the number counts in.
    label
        Message that names it to a reader; a yearly one's is without the year.
    driver
        Benefit driver whose input it is; None for costs and discounting.
    year
        Year that it holds for; None when it is not yearly.
    """

    name: str
    unit: str
    label: str = ""
    driver: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Step:
    """A number that the model computes from inputs and earlier steps.

    Parameters
    ----------
    name
        Name in the formulas; a yearly step ends in its year, e.g. ``net_2``.
    unit
        As of `Input`, and ``years``.
    expression
        Formula over inputs and earlier steps; years are unrolled, there are no sums or loops in it.
    year
        Year of the step, 0 being the start; None when the step is not yearly.
    driver
        Benefit driver whose step it is; None for costs and valuation.
    label
        As of `Input`; empty where the faces need no name for it.

    Raises
    ------
    ValueError
        The expression holds something that the faces cannot print; see `PRINTABLE`.
    """

    name: str
    unit: str
    expression: sympy.Expr
    year: int | None = None
    driver: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        import sympy

        unknown = {type(node).__name__ for node in sympy.preorder_traversal(self.expression)} - PRINTABLE
        if unknown:
            raise ValueError(
                f"the step {self.name} uses {sorted(unknown)}, which no face of the model can print; "
                "write it with + - * / powers, Max, Min, Abs, exp, log and Piecewise, years unrolled"
            )


@dataclass(frozen=True)
class Model:
    """Inputs, then steps in the order in which they are computed.

    Parameters
    ----------
    inputs
        What must be given.
    steps
        What follows; each step may use inputs and earlier steps only.

    Raises
    ------
    ValueError
        A name stands twice, or a step uses a name that is not there yet.

    Examples
    --------
    >>> model = Model((Input("revenue", "money"), Input("rate", "share")),
    ...               (Step("margin", "money", symbol("revenue") * symbol("rate")),))
    >>> float(model.values({"revenue": 200.0, "rate": 0.3})["margin"])
    60.0
    """

    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known: set[str] = set()
        for part in self._parts:
            if part.name in known:
                raise ValueError(f"the name {part.name} stands twice in the model; name each part once")
            unknown = _names(part) - known
            if unknown:
                raise ValueError(f"the step {part.name} uses {sorted(unknown)}, not stated before it; reorder")
            known.add(part.name)

    def values(self, inputs: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Compute every step.

        Parameters
        ----------
        inputs
            A number for each input; arrays (one element a draw) are computed with elementwise.

        Returns
        -------
        dict of str to float or array
            Inputs and steps by name. What does not exist for these inputs (ROI without costs,
            payback beyond the horizon) is NaN or infinite.
        """
        import numpy as np

        # [()] turns an array without dimensions into a plain number: numpy rounds powers of the two differently, and then
        # an effect of nothing would not be worth exactly nothing.
        given = [np.asarray(inputs[part.name], dtype=np.float64)[()] for part in self.inputs]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            computed = self._compiled(*given)
        names = [part.name for part in self._parts]
        return dict(zip(names, (*given, *computed), strict=True))

    @property
    def _parts(self) -> tuple[Input | Step, ...]:
        return (*self.inputs, *self.steps)

    @cached_property
    def _compiled(self) -> Callable[..., list[Numbers]]:
        import sympy

        # As lambdify's "common subexpressions" the steps are computed one by one, in our order and by their names.
        steps = [(symbol(step.name), step.expression) for step in self.steps]
        compiled: Callable[..., list[Numbers]] = sympy.lambdify(
            [symbol(part.name) for part in self.inputs],
            [name for name, _ in steps],
            modules="numpy",
            cse=lambda results: (steps, results),
        )
        return compiled


def _names(part: Input | Step) -> set[str]:
    return {str(used) for used in part.expression.free_symbols} if isinstance(part, Step) else set()
