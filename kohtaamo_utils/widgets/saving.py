"""A name and a button that save the assumptions as they stand, with a word on how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets

from kohtaamo_utils.errors import KohtaamoError
from kohtaamo_utils.presentation.blocks import Callout
from kohtaamo_utils.presentation.render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from kohtaamo_utils.presentation.wording import Wording


class SavePanel:
    """A field for a name, a button, and what came of pressing it, errors included.

    Parameters
    ----------
    t
        The reader's words.
    save
        Saves under a name and returns what to tell; what it raises for the reader is told too.

    Attributes
    ----------
    name : ipywidgets.Text
    button : ipywidgets.Button
    status : ipywidgets.HTML
        What came of the last press.
    """

    def __init__(self, t: Wording, save: Callable[[str], str]) -> None:
        self._t, self._save = t, save
        label = t("Name of the scenario")
        self.name = ipywidgets.Text(
            description=label,
            placeholder=t("e.g. Cautious spring"),
            tooltip=label,
            style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="30em", max_width="100%"),
        )
        text = t("Save scenario")
        self.button = ipywidgets.Button(
            description=text, tooltip=text, icon="save", layout=ipywidgets.Layout(width="auto")
        )
        self.button.on_click(lambda _: self._pressed())
        self.status = ipywidgets.HTML()
        row = ipywidgets.HBox(
            (self.name, self.button), layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center")
        )
        self.view = ipywidgets.VBox((row, self.status))
        self._tell("", "note")

    def _pressed(self) -> None:
        try:
            told = self._save(self.name.value)
        except KohtaamoError as error:
            self._tell(error.told or self._t.told(error.said), "caution")
        else:
            self.name.value = ""
            self._tell(told, "note")

    def _tell(self, text: str, tone: Literal["note", "caution"]) -> None:
        # The region is there before there is anything to say: only then do screen readers read what comes into it.
        words = render((Callout(text, tone),), "workbench-saved") if text else ""
        self.status.value = f'<div class="kohtaamo" role="status">{words}</div>'
