"""The register of tools for developing encounters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kohtaamo_utils.errors import DataError
from kohtaamo_utils.instrument.tools import Tools, bundled_tools
from kohtaamo_utils.registers import read_register
from kohtaamo_utils.tables import ELEMENTS

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "{id: a, dimension: emotional, name: {fi: A, sv: A, en: A}, what: {fi: A, sv: A, en: A}, sign: {fi: A, sv: A, en: A}}"


@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_has_two_tools_of_its_own(element: str) -> None:
    """A development area gets two tools, whichever element it falls behind in."""
    found = bundled_tools().proposed((element,), 2)
    assert len(found) == 2
    assert all(element in tool.elements for tool in found)


def test_two_elements_get_a_tool_each() -> None:
    """Tools are taken from the elements in turn, and none twice."""
    first, second = bundled_tools().proposed(("value", "trust"), 2)
    assert "value" in first.elements
    assert "trust" in second.elements
    every = bundled_tools().proposed(ELEMENTS, 99)
    assert len(every) == len({tool.id for tool in every})


def test_without_an_element_come_tools_that_suit_any_area() -> None:
    """Where no element stands out the tools are for none in particular."""
    found = bundled_tools().proposed((), 2)
    assert [tool.elements for tool in found] == [(), ()]


def test_every_dimension_of_encounters_has_tools() -> None:
    """The second article's three dimensions are all there."""
    assert {tool.dimension for tool in bundled_tools().tools} == {"emotional", "measurable", "structural"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (f"[{PLACE}, {PLACE}]", "The id a stands twice"),
        (f"[{PLACE.replace('emotional', 'sweet')}]", "dimension"),
        (f"[{PLACE.replace('sign:', 'sings:')}]", "sings"),
    ],
)
def test_a_register_that_cannot_be_is_refused(tmp_path: Path, entry: str, message: str) -> None:
    """A repeated id, a dimension that is none and an unknown key are told."""
    file = tmp_path / "tools.yaml"
    file.write_text(f'version: "1"\ndated: 2026-01-01\nauthor: me\ntools: {entry}\n', encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_register(file, Tools, "list of tools")
