"""One assumption that can be moved: a number field, a slider that goes with it, and what the report assumes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets
from traitlets import link

if TYPE_CHECKING:
    from kohtaamo_utils.roi.triangle import Triangle

TENTH = 0.001
"""A tenth of a per cent: the largest step of a slider, and the narrowest range that one is made for."""
DIGITS = 10
"""Decimals that are kept when shares become per cents and back, so that 3 % is 0.03 and not 0.030000000000000002."""


@dataclass(frozen=True)
class Reach:
    """How far a slider goes.

    Parameters
    ----------
    low, high
        Its ends; shares.
    step
        What one press of an arrow key moves; a share.
    """

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        """Decimals that a per cent needs to show a step.

        Examples
        --------
        >>> Reach(0, 0.01, 0.0001).decimals
        2
        """
        return max(1, round(-math.log10(self.step)) - 2)


def reach(effect: Triangle, possible: tuple[float, float]) -> Reach:
    """Return how far an effect's slider goes: half of its range beyond each end, and over zero.

    Parameters
    ----------
    effect
        What the report assumes; shares.
    possible
        Smallest and largest effect that can be at all; the slider stays inside, unless the report itself does not.

    Examples
    --------
    >>> from kohtaamo_utils.roi.triangle import Triangle
    >>> reach(Triangle(0.01, 0.02, 0.04), (-0.8, 0.05))
    Reach(low=-0.005, high=0.05, step=0.001)
    """
    spread = max(effect.high - effect.low or abs(effect.likely), TENTH)
    step = min(TENTH, 10.0 ** math.floor(math.log10(spread / 20)))
    low = math.floor(round(min(0.0, effect.low - spread / 2) / step, 6)) * step
    high = math.ceil(round(max(0.0, effect.high + spread / 2) / step, 6)) * step
    return Reach(
        low=min(effect.low, max(possible[0], round(low, DIGITS))),
        high=max(effect.high, min(possible[1], round(high, DIGITS))),
        step=step,
    )


@dataclass(frozen=True)
class Control:
    """A movable assumption; make it with `control`.

    Parameters
    ----------
    slider
        Holds the value, a share.
    field
        The same in per cent, for typing; carries the name.
    row
        Both side by side, with a note.
    start
        Value that the report has.
    """

    slider: ipywidgets.FloatSlider
    field: ipywidgets.BoundedFloatText
    row: ipywidgets.HBox
    start: float

    def reset(self) -> None:
        """Go back to the report's value."""
        self.slider.value = self.start


def control(label: str, unit: str, start: float, reach: Reach, note: str) -> Control:
    """Make a movable assumption.

    Parameters
    ----------
    label
        What is assumed.
    unit
        What the number field counts in: per cent or percentage points, in the reader's words.
    start
        Value that the report has; a share.
    reach
        How far the slider goes.
    note
        What the report assumes.

    Examples
    --------
    >>> made = control("Discount rate", "%", 0.10, Reach(0, 0.3, 0.001), "In the report 10 %")
    >>> made.field.value = 12.5
    >>> made.slider.value
    0.125
    """
    name = f"{label}, {unit}"
    slider = ipywidgets.FloatSlider(
        value=start,
        min=reach.low,
        max=reach.high,
        step=reach.step,
        tooltip=name,
        # The slider's own number field reads a typed "3" in per cent format as 300 %; ours, beside it, does not.
        readout=False,
        # A simulation and a chart follow each move: once when the handle is let go, not at every pixel.
        continuous_update=False,
        layout=ipywidgets.Layout(width="13em"),
    )
    # The name stands at the field: a field's name is read aloud, a slider's is not (ipywidgets 8.1).
    field = ipywidgets.BoundedFloatText(
        value=_per_cent(start),
        min=_per_cent(reach.low),
        max=_per_cent(reach.high),
        step=_per_cent(reach.step),
        description=name,
        tooltip=f"{name}. {note}",
        style={"description_width": "27em"},
        layout=ipywidgets.Layout(width="33em", max_width="100%"),
    )
    link((slider, "value"), (field, "value"), transform=(_per_cent, _share))
    row = ipywidgets.HBox(
        (field, slider, ipywidgets.Label(note)), layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center")
    )
    return Control(slider, field, row, start)


def _per_cent(share: float) -> float:
    return round(share * 100, DIGITS)


def _share(per_cent: float) -> float:
    return round(per_cent / 100, DIGITS)
