"""A model of named steps computes them in order and refuses what it cannot compute."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.model import model
from kohtaamo_utils.roi.steps import PRINTABLE, Input, Model, Step, symbol, total

A, B = Input("a", "money"), Input("b", "money")


def test_steps_may_use_inputs_and_earlier_steps():
    """A step sees the inputs and what was computed before it: (2 + 3) x 3 = 15."""
    model = Model(
        (A, B), (Step("c", "money", symbol("a") + symbol("b")), Step("d", "money", symbol("c") * symbol("b")))
    )
    assert model.values({"a": 2.0, "b": 3.0}) == {"a": 2.0, "b": 3.0, "c": 5.0, "d": 15.0}


def test_arrays_are_computed_elementwise():
    """Draws go through as arrays beside plain numbers and give the same as one by one."""
    model = Model((A, B), (Step("c", "money", symbol("a") / symbol("b")),))
    together = model.values({"a": np.array([1.0, 2.0, 3.0]), "b": 4.0})["c"]
    assert np.array_equal(together, [float(model.values({"a": a, "b": 4.0})["c"]) for a in (1.0, 2.0, 3.0)])


def test_division_by_zero_is_no_crash():
    """What does not exist for the inputs is not finite, without a warning or an error."""
    assert not np.isfinite(
        Model((A, B), (Step("c", "share", symbol("a") / symbol("b")),)).values({"a": 1.0, "b": 0.0})["c"]
    )


def test_a_step_may_not_use_a_later_one():
    """A step that uses a name that comes later is refused, and the name is told."""
    with pytest.raises(ValueError, match=r"the step c uses \['d'\], not stated before it"):
        Model((A,), (Step("c", "money", symbol("d")), Step("d", "money", symbol("a"))))


def test_a_name_stands_once():
    """Two parts of one name are refused."""
    with pytest.raises(ValueError, match="the name a stands twice"):
        Model((A,), (Step("a", "money", symbol("a")),))


def test_the_sum_of_nothing_is_zero():
    """A model without terms adds up to 0 rather than failing."""
    assert total([]) == 0


@pytest.mark.parametrize("expression", ["Sum(a, (k, 1, 3))", "sin(a)", "Mod(a, 2)", "floor(a)", "Function('f')(a)"])
def test_what_no_face_can_print_is_refused(expression):
    """A step with a function outside the list cannot be made, and the function is told."""
    formula = sympy.sympify(expression, locals={"a": symbol("a")})
    with pytest.raises(ValueError, match=r"the step c uses \['\w+'.*which no face of the model can print"):
        Step("c", "money", formula)


@pytest.mark.parametrize("horizon", [1, 3, 20])
def test_every_step_of_the_model_can_be_printed(horizon):
    """All drivers together, over any horizon, hold only what the list allows; the list has no more than they may use."""
    steps = model(tuple(DRIVERS), horizon).steps
    used = {type(node).__name__ for step in steps for node in sympy.preorder_traversal(step.expression)}
    assert used <= PRINTABLE
    assert {"Add", "Mul", "Pow", "Max", "Min", "Piecewise", "StrictLessThan"} <= used
