"""Which unweighted figures may stand beside weighted ones: what a reader could compute from the two."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaamo_utils.disclosure.twins import safe_twins


def rows(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def test_two_equations_give_two_classes() -> None:
    """Two weights in a set and two figures of it: each class's mean is computed, so the twin needs both to be large."""
    everyone = frozenset(range(20))
    small = pd.Series([0.5] * 4 + [1.2] * 16)
    large = pd.Series([0.5] * 5 + [1.2] * 15)
    assert safe_twins({"all": everyone}, small, 5) == frozenset()
    assert safe_twins({"all": everyone}, large, 5) == {"all"}


def test_three_classes_are_not_determined_by_two_equations() -> None:
    """With three unknown and two equations nothing is determined, though one class is of one person."""
    weights = pd.Series([0.5] + [1.0] * 10 + [1.5] * 10)
    assert safe_twins({"all": frozenset(range(21))}, weights, 5) == {"all"}


def test_a_class_is_found_through_other_sets() -> None:
    """Units A and B, classes y and o: A's twin gives A's classes, and with the weighted class totals B's two of class y."""
    unit = ["A"] * 20 + ["B"] * 20
    age = ["y"] * 10 + ["o"] * 10 + ["y"] * 2 + ["o"] * 18
    frame = pd.DataFrame({"unit": unit, "age": age})
    weights = frame["unit"].map({"A": 1.1, "B": 0.9}) * frame["age"].map({"y": 1.4, "o": 0.8})
    sets = {
        "all": frozenset(frame.index),
        **{name: frozenset(frame.index[frame["unit"] == name]) for name in ("A", "B")},
        **{name: frozenset(frame.index[frame["age"] == name]) for name in ("y", "o")},
    }
    assert "A" not in safe_twins(sets, weights, 5)
    assert safe_twins(sets, weights, 2) == set(sets)


def test_equal_weights_tell_nothing_new() -> None:
    """Where all weigh the same the unweighted figure is the weighted one."""
    weights = pd.Series([1.0] * 9)
    assert safe_twins({"all": frozenset(range(9)), "part": rows(0, 1, 2, 3, 4, 5)}, weights, 5) == {"all", "part"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_few_people_are_determined(data: st.DataObject) -> None:
    """Least squares over what is shown leaves the answers of any few of one weight in a shown set undetermined.

    Except for what the weighted figures determine by themselves, which no twin can mend.
    """
    n = data.draw(st.integers(8, 24))
    weights = pd.Series(data.draw(st.lists(st.sampled_from([0.5, 1.0, 1.7]), min_size=n, max_size=n)))
    units = data.draw(st.lists(st.sampled_from("AB"), min_size=n, max_size=n))
    kinds = data.draw(st.lists(st.sampled_from("xyz"), min_size=n, max_size=n))
    sets = {"all": frozenset(range(n))}
    for name in "ABxyz":
        members = frozenset(row for row in range(n) if name in (units[row], kinds[row]))
        if len(members) >= 4:
            sets[name] = members
    inside = {name: np.array([row in members for row in range(n)], dtype=float) for name, members in sets.items()}
    weighted = [row * weights.to_numpy() for row in inside.values()]
    shown = [*weighted, *(inside[name] for name in safe_twins(sets, weights, 4))]
    for row in inside.values():
        for value in set(weights):
            few = row * (weights.to_numpy() == value)
            if 0 < few.sum() < 4 and not _spanned(few, weighted):
                assert not _spanned(few, shown)


def _spanned(target: np.ndarray, equations: list[np.ndarray]) -> bool:
    matrix = np.array(equations).T
    found = np.linalg.lstsq(matrix, target, rcond=None)[0]
    return bool(np.allclose(matrix @ found, target, atol=1e-7))
