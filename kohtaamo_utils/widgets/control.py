"""One assumption that can be moved: a number field, a slider that goes with it, and what the report assumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets
from traitlets import link

from kohtaamo_utils.roi.reach import DIGITS

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.controls import Control as Assumption

_TOUCH = 10.0**-DIGITS


@dataclass(frozen=True)
class Control:
    """A movable assumption; make it with `control`.

    Parameters
    ----------
    slider
        Holds the value, as the model has it.
    field
        The same as a reader counts, for typing; carries the name.
    row
        Both side by side, with a note.
    start
        Value that the report has.
    """

    slider: ipywidgets.FloatSlider
    field: ipywidgets.BoundedFloatText
    row: ipywidgets.HBox
    start: float

    @property
    def value(self) -> float:
        """The slider's value without the dust of binary fractions; the report's own to the last digit where it stands there."""
        held = float(self.slider.value)
        return self.start if abs(held - self.start) < _TOUCH else round(held, DIGITS)

    @property
    def moved(self) -> bool:
        """Whether it stands somewhere else than the report."""
        return self.value != self.start

    def reset(self) -> None:
        """Go back to the report's value."""
        self.slider.value = self.start


def control(assumption: Assumption, unit: str = "") -> Control:
    """Make a movable assumption.

    Parameters
    ----------
    assumption
        What is assumed and how far it can be moved, as the report's page has it.
    unit
        What the number field counts in, where that is better said in whole words.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.controls import Control as Assumption
    >>> made = control(Assumption("discount_rate", "Discount rate", "%", "", 0.10, 0, 0.3, scale=100, step=0.1, decimals=1))
    >>> made.field.value = 12.5
    >>> made.value
    0.125
    """
    name = ", ".join(part for part in (assumption.label, unit or assumption.unit) if part)
    slider = ipywidgets.FloatSlider(
        value=assumption.value,
        min=assumption.low,
        max=assumption.high,
        step=assumption.step / assumption.scale,
        tooltip=name,
        # The slider's own number field reads a typed "3" in per cent format as 300 %; ours, beside it, does not.
        readout=False,
        # A simulation and a chart follow each move: once when the handle is let go, not at every pixel.
        continuous_update=False,
        layout=ipywidgets.Layout(width="13em"),
    )
    # The name stands at the field: a field's name is read aloud, a slider's is not (ipywidgets 8.1).
    field = ipywidgets.BoundedFloatText(
        value=_shown(assumption, assumption.value),
        min=round(assumption.low * assumption.scale, DIGITS),
        max=round(assumption.high * assumption.scale, DIGITS),
        step=assumption.step,
        description=name,
        tooltip=f"{name}. {assumption.note}",
        style={"description_width": "31em"},
        layout=ipywidgets.Layout(width="38em", max_width="100%"),
    )
    link(
        (slider, "value"),
        (field, "value"),
        transform=(
            lambda value: _shown(assumption, value),
            lambda typed: round(typed / assumption.scale, DIGITS),
        ),
    )
    row = ipywidgets.HBox(
        (field, slider, ipywidgets.Label(assumption.note)),
        layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center"),
    )
    return Control(slider, field, row, assumption.value)


def _shown(assumption: Assumption, value: float) -> float:
    return round(value * assumption.scale, assumption.decimals)
