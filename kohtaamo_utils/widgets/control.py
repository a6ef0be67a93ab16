"""One assumption that can be moved: a number field, a slider that goes with it, and what the report assumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets
from traitlets import link

from kohtaamo_utils.roi.reach import DIGITS

if TYPE_CHECKING:
    from kohtaamo_utils.roi.reach import Reach


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
    >>> from kohtaamo_utils.roi.reach import Reach
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
