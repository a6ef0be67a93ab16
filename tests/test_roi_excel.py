"""Formulas are printed as Excel understands them, cells get names that Excel takes, and what cannot be said is refused."""

from __future__ import annotations

import math
import random
import re
import string

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from spreadsheets import recalculated

from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.workbook import Book, Place
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.roi.printing.excel import LONGEST, formula, step_formulas
from kohtaamo_utils.roi.printing.names import defined_name, defined_names
from kohtaamo_utils.roi.steps import Step, symbol

A, B, C = (symbol(name) for name in "abc")
CELLS = {"a": "A1", "b": "B1", "c": "C1"}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (A + B - C, "A1+B1-C1"),
        (A - (B - C), "A1-B1+C1"),
        (A * (B + 1), "A1*(B1+1)"),
        (A / (B * C), "A1/(B1*C1)"),
        ((A - B) / C, "(A1-B1)/C1"),
        (A**-3, "1/A1^3"),
        (-(A**2), "-1*A1^2"),  # Excel reads -A1^2 as (-A1)^2
        (B - A**2, "-1*A1^2+B1"),
        ((-A) ** 3, "-1*A1^3"),
        ((A**B) ** C, "IF(C1=0,1,(IF(B1=0,1,A1^(B1)))^(C1))"),
        (sympy.sqrt(A), "A1^(1/2)"),
        (A**B, "IF(B1=0,1,A1^(B1))"),  # Excel has no 0^0
        (sympy.Rational(1, 12) * A, "A1/12"),
        (sympy.Float(0.5) * A, "0.5*A1"),
        (sympy.Max(0, sympy.Min(1, A + B)), "MAX(0,MIN(1,A1+B1))"),
        (sympy.exp(A) + sympy.log(B) + sympy.Abs(C), "EXP(A1)+LN(B1)+ABS(C1)"),
        (sympy.Piecewise((sympy.nan, A < 0), (B, C >= 1), (0, True)), 'IF(A1<0,"",IF(C1>=1,B1,0))'),
        (sympy.Piecewise((1, sympy.Ne(A, 0))), 'IF(A1<>0,1,"")'),
        (sympy.Piecewise((A, A <= B), (B, A > C), (C, True)), "IF(A1<=B1,A1,IF(A1>C1,B1,C1))"),
        (sympy.Piecewise((1, A < 0), (1, B < 0), (0, True)), "IF(OR(A1<0,B1<0),1,0)"),  # sympy joins them itself
        (sympy.nan, '""'),
    ],
)
def test_formulas(expression, text):
    """Each kind of expression that a step may hold is printed with English functions and Excel's order of operations."""
    assert formula(expression, CELLS) == text


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        (sympy.sin(A), "sin"),
        (sympy.Sum(A, (A, 1, 3)), "Sum"),
        (sympy.Function("f")(A), "f "),
        (sympy.oo, "Infinity"),
        (sympy.zoo, "ComplexInfinity"),
        (sympy.I * A, "ImaginaryUnit"),
        (sympy.pi * A, "Pi"),
        (sympy.ceiling(A), "ceiling"),
        (sympy.Integral(A, A), "Integral"),
    ],
)
def test_what_is_not_known_is_refused(expression, kind):
    """An expression that the printer does not know ends in an error that names it, never in a formula."""
    with pytest.raises(ValueError, match=f"the workbook cannot say {kind}"):
        formula(expression, CELLS)


def test_a_choice_by_anything_but_a_comparison_is_refused():
    """Piecewise may decide by comparisons only, joined by and, or."""
    with pytest.raises(ValueError, match="the workbook cannot decide by"):
        formula(sympy.Piecewise((1, sympy.Xor(A > 0, B > 0)), (0, True)), CELLS)


def test_a_symbol_without_a_cell_is_refused():
    """A symbol that has no cell is an error and not a name that Excel does not know."""
    with pytest.raises(ValueError, match="the workbook has no cell for d; give each input and step one"):
        formula(A + symbol("d"), CELLS)


def test_a_formula_that_excel_does_not_take_is_refused():
    """A formula longer than Excel takes is an error."""
    with pytest.raises(ValueError, match=f"longer than Excel takes \\({LONGEST}\\); split the step"):
        formula(
            sum(symbol(f"quite_a_long_name_{n}") for n in range(500)),
            {f"quite_a_long_name_{n}": "Z" * 20 for n in range(500)},
        )


def _printed(*expressions: sympy.Expr) -> list[str]:
    steps = tuple(Step(f"s{n}", "money", expression) for n, expression in enumerate(expressions))
    cells = CELLS | {step.name: f"D{n}" for n, step in enumerate(steps)}
    return list(step_formulas(steps, cells).values())


def test_a_number_that_may_not_exist_is_an_empty_text():
    """A division gives an empty text where there is no number, and so does what is computed from it; sums stay bare."""
    ratio, after = _printed(A / B, symbol("s0") + 1)
    assert (ratio, after) == ('IFERROR(A1/B1,"")', 'IFERROR(D0+1,"")')
    assert _printed(A + B, A**2) == ["A1+B1", "A1^2"]


def test_max_does_not_pass_over_a_missing_number():
    """Excel's MAX passes over a text, so the step asks first whether the number is there."""
    assert _printed(A / B, sympy.Max(0, symbol("s0")))[1] == 'IFERROR(IF(COUNT(D0)=1,MAX(0,D0),""),"")'


def test_deciding_by_a_missing_number_is_refused():
    """Excel counts a text as larger than any number, so a step that decides by a number that may not exist is refused."""
    with pytest.raises(ValueError, match="the step s1 decides by s0, which may not exist"):
        _printed(A / B, sympy.Piecewise((1, symbol("s0") > 0), (0, True)))


@pytest.mark.parametrize("horizon", [1, 3, 20])
def test_the_whole_model_can_be_said(horizon):
    """Every step of the model with every driver is printed; a step that cannot be said fails here."""
    whole = model(tuple(DRIVERS), horizon)
    names = defined_names([*(part.name for part in whole.inputs), *(step.name for step in whole.steps)])
    assert step_formulas(whole.steps, names).keys() == {step.name for step in whole.steps}


def _any_expression(chance: random.Random, depth: int) -> sympy.Expr:
    """Build a random expression of what is allowed, with numbers for Excel's pitfalls: signs, powers, fractions."""
    if depth == 0:
        return chance.choice([A, B, C, sympy.Integer(chance.randint(-3, 3)), sympy.Rational(1, 3), sympy.Float(0.25)])
    left, right = (_any_expression(chance, depth - 1) for _ in range(2))
    compare = sympy.Lt(A, right, evaluate=False) if not right.has(sympy.Piecewise) else sympy.Lt(A, B)
    return chance.choice(
        [
            lambda: left + right,
            lambda: left - right,
            lambda: -left * right,
            lambda: left / right if right != 0 else left,
            lambda: left ** chance.choice([2, 3, -1, -2]) if left != 0 else right,
            lambda: -(left**2),
            lambda: sympy.Max(left, right),
            lambda: sympy.Min(left, right),
            lambda: sympy.Abs(left),
            lambda: sympy.Piecewise((left, compare), (right, True)),
        ]
    )()


@pytest.mark.slow
def test_a_spreadsheet_program_reads_the_formulas_as_numpy_does(tmp_path):
    """400 random expressions, calculated by LibreOffice over planted wrong values, are what numpy makes of them."""
    chance = random.Random(7)  # noqa: S311 -- no secret
    values = {A: -1.75, B: 0.5, C: 3.0}
    book = Book(Numbers("en"), "", None, "")
    sheet = book.sheet("Formulas")
    for column, value in enumerate(values.values()):
        sheet.number(Place(0, column), value, "value", "number")
    expected: dict[int, float] = {}
    while len(expected) < 400:
        expression = _any_expression(chance, chance.randint(1, 4))
        if expression.has(sympy.nan, sympy.zoo, sympy.oo):
            continue
        try:
            with np.errstate(all="raise"):
                value = float(sympy.lambdify(list(values), expression, "numpy")(*map(np.float64, values.values())))
        except FloatingPointError:  # a division by zero somewhere: there is no number to compare
            continue
        if math.isfinite(value) and abs(value) < 1e9:
            row = len(expected) + 1
            expected[row] = value
            sheet.formula(Place(row, 0), formula(expression, CELLS), -77.5, "value", "number")
    found = recalculated(tmp_path, {"formulas": book.content()})["formulas"]["Formulas"]
    wrong = {
        row: (found.cell(row + 1, 1).value, value)
        for row, value in expected.items()
        if found.cell(row + 1, 1).value != pytest.approx(value, rel=1e-9, abs=1e-12)
    }
    assert wrong == {}


def _looks_like_a_cell(name: str) -> bool:
    """Say by Excel's rules whether a name is taken: A1 (to XFD1048576), R1C1 with its parts, a constant, an odd sign."""
    upper = name.upper()
    a1 = re.fullmatch(r"[A-Z]{1,3}[0-9]+", upper)
    r1c1 = re.fullmatch(r"R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*", upper)
    finnish = re.fullmatch(r"R[0-9]*S[0-9]*|S[0-9]*", upper)
    return bool(a1 or r1c1 or finnish) or upper in {"TRUE", "FALSE"} or not re.fullmatch(r"[A-Za-z_][\w.]*", name)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("r", "r_"), ("C", "C_"), ("rc", "rc_"), ("R1C1", "R1C1_"), ("r2", "r2_"), ("CF1", "CF1_"), ("NPV1", "NPV1_"),
        ("TAX2024", "TAX2024_"), ("XFD1", "XFD1_"), ("s", "s_"), ("r1s1", "r1s1_"), ("true", "true_"),
        ("npv", "npv"), ("roi", "roi"), ("net_1", "net_1"), ("cost_1", "cost_1"), ("payback_years", "payback_years"),
        ("ABCD1", "ABCD1"), ("_x", "_x"),
    ],
)  # fmt: skip
def test_names(name, cell):
    """A name keeps its form unless Excel would take it for a cell or a word of its own; then it gets an underscore."""
    assert defined_name(name) == cell


@given(st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=9).filter(lambda t: not t[0].isdigit()))
def test_no_name_looks_like_a_cell(name):
    """Whatever a step is called, its cell's name is one that Excel takes, and is the same each time."""
    assert not _looks_like_a_cell(defined_name(name))
    assert defined_name(name) == defined_name(name)


@pytest.mark.parametrize("name", ["", "1a", "a b", "a-b", "x" * 255])
def test_impossible_names(name):
    """A name that Excel cannot take in any form is an error."""
    with pytest.raises(ValueError, match="cannot be a name in Excel"):
        defined_name(name)


@pytest.mark.parametrize("pair", [("Net", "net"), ("r", "r_")])
def test_two_names_for_one_cell(pair):
    """Excel does not tell upper from lower case: two names that would be one are an error."""
    with pytest.raises(ValueError, match=f"{pair[0]} and {pair[1]} would be one name in Excel"):
        defined_names(pair)
