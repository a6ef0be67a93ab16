"""Formulas as typeset maths: MathML Core, which browsers draw by themselves, in pieces between which a line may break.

Names and numbers come from the caller, so that the same formula is printed in words and with the client's numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import sympy

from kohtaamo_utils.roi.printing.refusal import UnknownExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable

_SUM, _PRODUCT, _POWER = 1, 2, 3
_SPACE = "\u00a0"
_OPENING, _CLOSING = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'
_RELATIONS: dict[type, str] = {
    sympy.StrictLessThan: "<",
    sympy.LessThan: "≤",
    sympy.StrictGreaterThan: ">",
    sympy.GreaterThan: "≥",
    sympy.Equality: "=",
    sympy.Unequality: "≠",
}
_FUNCTIONS: dict[type, str] = {sympy.Max: "max", sympy.Min: "min", sympy.log: "ln"}


@dataclass(frozen=True)
class Atom:
    """A name or a number in a formula.

    Parameters
    ----------
    markup
        MathML.
    compound
        Whether it needs brackets beside an operation, as a negative number does.
    powered
        Whether it can carry an exponent without brackets.
    """

    markup: str
    compound: bool = False
    powered: bool = True


def words(text: str, year: str = "") -> str:
    """Return words as MathML, with the year as a small number at their foot.

    Examples
    --------
    >>> words("Net", "2")
    '<msub><mi mathvariant="normal">Net</mi><mn>2</mn></msub>'

    An identifier rather than text: MathML spaces no operator whose neighbours are text.
    """
    printed = f'<mi mathvariant="normal">{escape(text)}</mi>'
    return f"<msub>{printed}<mn>{escape(year)}</mn></msub>" if year else printed


@dataclass(frozen=True)
class MathML:
    """Prints formulas.

    Parameters
    ----------
    symbol
        From a name to how it is shown.
    number
        From a number in the formula to its text.
    condition
        Word before a condition: "if".
    otherwise
        Words in place of the last condition.
    nothing
        Words in place of a number that does not exist.

    Examples
    --------
    >>> from kohtaamo_utils.roi.steps import symbol
    >>> printer = MathML(lambda name: Atom(words(name)), "{:.0f}".format, "if", "otherwise", "none")
    >>> printer.pieces(symbol("a") / symbol("b"))
    ('<mfrac><mi mathvariant="normal">a</mi><mi mathvariant="normal">b</mi></mfrac>',)
    >>> printer.pieces(symbol("a") - 2 * symbol("b"))[1]
    '<mo form="infix" lspace="0" rspace="0.25em">−</mo><mrow><mn>2</mn><mo>×</mo><mi mathvariant="normal">b</mi></mrow>'
    """

    symbol: Callable[[str], Atom]
    number: Callable[[float], str]
    condition: str
    otherwise: str
    nothing: str

    def pieces(self, expression: sympy.Expr) -> tuple[str, ...]:
        """Return a formula in pieces: terms of a sum, factors of a product, parts of a maximum, cases, or the whole.

        Raises
        ------
        UnknownExpressionError
            The formula holds something that has no way to be written.
        """
        if isinstance(expression, sympy.Add):
            return self._terms(expression)
        if isinstance(expression, sympy.Piecewise):
            *cases, last = (self._case(value, condition) for value, condition in expression.args)
            return (*(f"{case}<mo>;</mo>" for case in cases), last)
        if isinstance(expression, sympy.Max | sympy.Min):
            *inside, last = (self._print(part, 0) for part in expression.args)
            first, *rest = (*(f"{part}<mo>;</mo>" for part in inside), f"{last}{_CLOSING}")
            return (f"<mi>{_FUNCTIONS[type(expression)]}</mi>{_OPENING}{first}", *rest)
        if isinstance(expression, sympy.Mul):
            negative, above, below = _parts(expression)
            if len(above) > 1 and all(part.is_Number for part in below):
                (first, *more), *others = (self._factor(factor) for factor in above)
                sign = "<mo>−</mo>" if negative else ""
                times = [piece for start, *end in others for piece in (f"{_sign('×')}{start}", *end)]
                divided = [f"{_sign('/')}{self._print(number, _PRODUCT)}" for number in below]
                return (sign + first, *more, *times, *divided)
        return (self._print(expression, 0),)

    def _terms(self, expression: sympy.Add) -> tuple[str, ...]:
        """Return a sum's terms with their signs, those that add before those that take away."""
        terms = [(bool(term.could_extract_minus_sign()), term) for term in expression.as_ordered_terms()]
        printed: list[str] = []
        for negative, term in sorted(terms, key=lambda each: each[0]):
            text = self._print(-term if negative else term, _PRODUCT if negative else _SUM)
            sign = _sign("−" if negative else "+") if printed else "<mo>−</mo>" if negative else ""
            printed.append(sign + text)
        return tuple(printed)

    def _factor(self, factor: sympy.Expr) -> tuple[str, ...]:
        """Return a factor in pieces: a sum in brackets may be broken between its terms."""
        if not isinstance(factor, sympy.Add):
            return (self._print(factor, _PRODUCT),)
        *terms, last = self._terms(factor)
        if any("<mfrac>" in term for term in (*terms, last)):
            return (self._print(factor, _PRODUCT),)
        return (f"{_OPENING}{terms[0]}", *terms[1:], f"{last}{_CLOSING}")

    def _print(self, expression: sympy.Basic, around: int) -> str:
        """Return a part's markup, in brackets where what stands around it binds as strongly or more."""
        if isinstance(expression, sympy.Symbol):
            atom = self.symbol(str(expression.name))
            return _bracketed(
                atom.markup, when=(atom.compound and around > 0) or (not atom.powered and around == _POWER)
            )
        if expression is sympy.nan:
            return words(self.nothing)
        if isinstance(expression, sympy.Number) and expression.is_finite:
            return self._number(expression, around)
        if isinstance(expression, sympy.Add):
            return _bracketed("".join(self._terms(expression)), when=around > _SUM)
        if isinstance(expression, sympy.Mul):
            return self._product(expression, around)
        if isinstance(expression, sympy.Pow):
            return self._power(expression, around)
        return self._function(expression)

    def _number(self, number: sympy.Number, around: int) -> str:
        if number.is_negative:
            return _bracketed(f"<mo>−</mo>{self._number(-number, _PRODUCT)}", when=around > 0)
        if isinstance(number, sympy.Rational) and not number.is_integer:
            fraction = f"<mfrac><mn>{self.number(float(number.p))}</mn><mn>{self.number(float(number.q))}</mn></mfrac>"
            return _bracketed(fraction, when=around == _POWER)
        return f"<mn>{escape(self.number(float(number)))}</mn>"

    def _product(self, expression: sympy.Mul, around: int) -> str:
        negative, above, below = _parts(expression)
        if below:
            printed = f"<mfrac>{self._times(above, 0)}{self._times(below, 0)}</mfrac>"
        else:
            printed = self._times(above, _PRODUCT)
        if negative:
            return _bracketed(f"<mo>−</mo>{printed}", when=around > 0)
        return _bracketed(printed, when=around == _POWER) if below or len(above) > 1 else printed

    def _times(self, factors: list[sympy.Expr], alone: int) -> str:
        """Return factors as one element; a single one needs no brackets but those of ``alone``."""
        if len(factors) < 2:
            return _row(self._print(factors[0], alone) if factors else self._number(sympy.Integer(1), 0))
        return _row("<mo>×</mo>".join(self._print(factor, _PRODUCT) for factor in factors))

    def _power(self, expression: sympy.Pow, around: int) -> str:
        base, exponent = expression.args
        if exponent.could_extract_minus_sign():
            below = self._print(base**-exponent, 0)
            fraction = f"<mfrac><mn>{self.number(1.0)}</mn>{_row(below)}</mfrac>"
            return _bracketed(fraction, when=around == _POWER)
        if exponent == sympy.Rational(1, 2):
            return f"<msqrt>{self._print(base, 0)}</msqrt>"
        power = f"<msup>{_row(self._print(base, _POWER))}{_row(self._print(exponent, 0))}</msup>"
        return _bracketed(power, when=around == _POWER)

    def _function(self, expression: sympy.Basic) -> str:
        kind, parts = type(expression), expression.args
        if isinstance(expression, sympy.Piecewise):
            return self._piecewise(expression)
        if isinstance(expression, sympy.Abs):
            return f"<mrow><mo>|</mo>{self._print(parts[0], 0)}<mo>|</mo></mrow>"
        if isinstance(expression, sympy.exp):
            return f"<msup><mi>e</mi>{_row(self._print(parts[0], 0))}</msup>"
        if kind in _RELATIONS:
            return f"{self._print(parts[0], 0)}<mo>{escape(_RELATIONS[kind])}</mo>{self._print(parts[1], 0)}"
        if kind in _FUNCTIONS and (kind is not sympy.log or len(parts) == 1):
            inside = "<mo>;</mo>".join(self._print(part, 0) for part in parts)
            return f"<mrow><mi>{_FUNCTIONS[kind]}</mi>{_bracketed(inside, when=True)}</mrow>"
        raise UnknownExpressionError("MathML", expression)

    def _piecewise(self, expression: sympy.Piecewise) -> str:
        cases = "".join(f"<mtr><mtd>{self._case(*case)}</mtd></mtr>" for case in expression.args)
        return f"<mrow><mo>{{</mo><mtable>{cases}</mtable></mrow>"

    def _case(self, value: sympy.Expr, condition: sympy.Basic) -> str:
        printed = self._print(value, 0)
        if condition is sympy.true:
            return f"{printed}<mtext>{_SPACE}{escape(self.otherwise)}</mtext>"
        return f"{printed}<mtext>{_SPACE}{escape(self.condition)}{_SPACE}</mtext>{self._print(condition, 0)}"


def _sign(operator: str) -> str:
    """Return an operator that stands between two pieces, though it is the first of its own."""
    return f'<mo form="infix" lspace="0" rspace="0.25em">{operator}</mo>'


def _parts(expression: sympy.Mul) -> tuple[bool, list[sympy.Expr], list[sympy.Expr]]:
    """Return whether a product is negative, and what stands above and below its fraction line."""
    negative = bool(expression.could_extract_minus_sign())
    above, below = sympy.fraction(-expression if negative else expression)
    return negative, _factors(above), _factors(below)


def _factors(expression: sympy.Expr) -> list[sympy.Expr]:
    return [] if expression == 1 else list(expression.as_ordered_factors())


def _row(markup: str) -> str:
    """Return markup as one element, for places of MathML that count elements."""
    return markup if _is_one_element(markup) else f"<mrow>{markup}</mrow>"


def _is_one_element(markup: str) -> bool:
    """Tell whether a markup is a leaf; a nested one is put in a row, which costs nothing."""
    return markup.count("</") == 1


def _bracketed(markup: str, *, when: bool) -> str:
    """Return markup in brackets, which grow with a fraction and with nothing else."""
    if not when:
        return markup
    if "<mfrac>" in markup:
        return f"<mrow><mo>(</mo>{markup}<mo>)</mo></mrow>"
    return f"<mrow>{_OPENING}{markup}{_CLOSING}</mrow>"
