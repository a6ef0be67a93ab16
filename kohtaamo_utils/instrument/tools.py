"""Tools for developing encounters: what a development area of the current-state report may try."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from kohtaamo_utils.errors import say
from kohtaamo_utils.registers import Entry, Texts, read_register
from kohtaamo_utils.resources import bundled

REGISTER = "data/tools.yaml"
Element = Literal["listening", "expertise", "value", "trust", "solution"]
Dimension = Literal["emotional", "measurable", "structural"]


class Tool(Entry):
    """One tool: what to do, and by what one sees that it works. Without `elements` it suits every development area."""

    id: str = Field(pattern=r"^\w[\w.-]*$")
    elements: tuple[Element, ...] = ()
    dimension: Dimension
    name: Texts
    what: Texts
    sign: Texts


class Tools(Entry):
    """The register of tools, in the order in which they are proposed."""

    version: str = Field(min_length=1)
    dated: dt.date
    author: str = Field(min_length=1)
    tools: tuple[Tool, ...]

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        names = [tool.id for tool in self.tools]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise ValueError(say("The id {repeated} stands twice.", repeated=", ".join(repeated)))
        return self

    def proposed(self, elements: tuple[str, ...], most: int) -> tuple[Tool, ...]:
        """Return the tools to propose: each element's in turn, so that every element gets one before any gets two.

        Parameters
        ----------
        elements
            Where the area falls behind, the widest gap first; empty where no element stands out, which gives the
            tools that suit every area.
        most
            How many at most.

        Examples
        --------
        >>> [tool.id for tool in bundled_tools().proposed(("trust", "value"), 3)]
        ['presence', 'one_useful_thing', 'mentoring']
        """
        if not elements:
            return tuple(tool for tool in self.tools if not tool.elements)[:most]
        lists = [[tool for tool in self.tools if element in tool.elements] for element in elements]
        longest = max(map(len, lists))
        turns = [several[turn] for turn in range(longest) for several in lists if turn < len(several)]
        return tuple(dict.fromkeys(turns))[:most]


@cache
def bundled_tools() -> Tools:
    """Return the kit's own tools."""
    return read_register(bundled(REGISTER), Tools, say("list of tools"))
