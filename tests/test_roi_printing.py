"""Each printer writes what the model may hold, and refuses what it does not know."""

from __future__ import annotations

import re

import pytest
import sympy
from roi_examples import example

from kohtaamo_utils.roi import steps
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.roi.printing.javascript import program, programs
from kohtaamo_utils.roi.printing.mathml import Atom, MathML, words
from kohtaamo_utils.roi.printing.refusal import UnknownExpressionError
from kohtaamo_utils.roi.steps import Input, Model, Step, symbol

A, B, X = symbol("a"), symbol("b"), sympy.Symbol("x", real=True)
UNKNOWN = [
    sympy.sin(A),
    sympy.gamma(A),
    sympy.Function("f")(A),
    sympy.Sum(X, (X, 1, 3)),
    sympy.floor(A),
    sympy.oo,
    sympy.zoo,
    sympy.I,
    sympy.pi,
    sympy.Piecewise((A, sympy.And(A > 0, B > 0)), (B, True)),
    1 + sympy.sin(A) * B,
    sympy.Max(A, sympy.ceiling(B)),
]


def mathml() -> MathML:
    """Return a printer that writes names as they are."""
    return MathML(lambda name: Atom(words(name)), "{:g}".format, "if", "otherwise", "none")


@pytest.mark.parametrize("expression", UNKNOWN, ids=str)
@pytest.mark.parametrize("printer", [program, lambda e: mathml().pieces(e)], ids=["script", "mathml"])
def test_what_is_not_known_is_refused(printer, expression):
    """A printer ends in an error that names what it met; none writes down an unknown function in silence."""
    with pytest.raises(UnknownExpressionError, match=r"has no way to write .*Expected: "):
        printer(expression)


@pytest.mark.parametrize("horizon", [1, 3, 20])
def test_every_step_of_the_model_is_printed(horizon):
    """The model with all its drivers goes through each printer: a step that one does not know fails here."""
    whole = model(tuple(DRIVERS), horizon)
    assert [name for name, _ in programs(whole)] == [step.name for step in whole.steps]
    assert all(mathml().pieces(step.expression) for step in whole.steps)


def test_a_step_with_an_unknown_function_fails_the_model(monkeypatch):
    """One step that the script does not know is enough for the whole model to be refused, though a step may hold it."""
    monkeypatch.setattr(steps, "PRINTABLE", steps.PRINTABLE | {"erf"})
    wrong = Model((Input("a", "money"),), (Step("b", "money", A), Step("c", "money", sympy.erf(A))))
    with pytest.raises(UnknownExpressionError, match=r"The script of the page has no way to write erf\(a\) \(erf\)"):
        programs(wrong)


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (A - B, ["+", "a", ["*", -1.0, "b"]]),
        (A / B, ["/", "a", "b"]),
        (A**-2, ["/", 1.0, ["^", "a", 2.0]]),
        (sympy.Rational(1, 3) * A, ["*", ["/", 1.0, 3.0], "a"]),
        (sympy.Abs(A), ["abs", "a"]),
        (sympy.exp(A), ["exp", "a"]),
        (sympy.Float(0.1), 0.1),
        (sympy.nan, ["nan"]),
        (sympy.Piecewise((A, A <= B)), ["if", ["<=", "a", "b"], "a", ["nan"]]),
        (sympy.Piecewise((A, sympy.Ne(A, B)), (0, True)), ["if", ["!=", "a", "b"], "a", 0.0]),
    ],
)
def test_the_script_gets_data(expression, printed):
    """A formula becomes nested lists of names and numbers, a Piecewise without a last case one that ends in NaN."""
    assert program(expression) == printed


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (A * (A - B) ** 2, "a×(a−b)2"),
        (-A * B, "−a×b"),
        (A - (B - 1), "a+1−b"),
        (-(A + B) * 2, "−2×a−2×b"),
        ((A + B) / A, "a+ba"),
        (A * B / 12, "a×b/12"),
        (sympy.Max(0, sympy.Min(1, A)), "max(0;min(1;a))"),
        (sympy.Abs(A) + sympy.sqrt(B), "b+|a|"),
        (sympy.exp(A) + sympy.log(B), "ea+ln(b)"),
        (sympy.Piecewise((sympy.nan, A < 0), (A, True)), "none\u00a0if\u00a0a<0;a\u00a0otherwise"),
        (A ** (B + 1) ** 2, "a(b+1)2"),
        ((A**B) ** B, "(ab)b"),
        (sympy.Integer(-3), "−3"),
        (A * sympy.Integer(-3), "−3×a"),
    ],
    ids=str,
)
def test_maths_read_as_text(expression, told):
    """Signs, brackets and order of a typeset formula, its elements left away."""
    text = re.sub(r"<[^>]+>", "", "".join(mathml().pieces(sympy.sympify(expression))))
    assert text.replace("&lt;", "<") == told


def test_a_negative_number_is_put_in_brackets():
    """A negative number that is filled in stands in brackets beside an operation; under a power every number does."""
    numbers = MathML(
        lambda name: Atom(f"<mn>{name}</mn>", compound=name == "a", powered=False), "{:g}".format, "", "", ""
    )
    texts = [re.sub(r"<[^>]+>", "", "".join(numbers.pieces(formula))) for formula in (B - A, A * B, B**2, A)]
    assert texts == ["b−(a)", "(a)×b", "(b)2", "a"]


def test_maths_are_well_formed():
    """What is printed is XML, and each fraction, power and index has exactly its two parts."""
    from xml.etree import ElementTree

    for step in example().model.steps:
        for piece in mathml().pieces(step.expression):
            tree = ElementTree.fromstring(f"<math>{piece}</math>")  # noqa: S314 -- our own output
            pairs = [node for node in tree.iter() if node.tag in {"mfrac", "msup", "msub"}]
            assert [len(node) for node in pairs] == [2] * len(pairs), piece
