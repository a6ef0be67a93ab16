"""The business case under sliders: the report's own case and sections, made anew at each move."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import ipywidgets

from kohtaamo_utils.engagement.scenarios import save_scenario
from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.presentation.blocks import Callout
from kohtaamo_utils.presentation.render import lab_stylesheet, render
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.roi import open_report
from kohtaamo_utils.reports.roi.assumptions import assumptions
from kohtaamo_utils.reports.roi.case import cash_flow, headline
from kohtaamo_utils.reports.roi.scenarios import comparison, sensitivity
from kohtaamo_utils.reports.roi.values import name_of, value_of
from kohtaamo_utils.reports.roi.what_if import control_groups
from kohtaamo_utils.roi.baselines import measure
from kohtaamo_utils.roi.case import case as make_case
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.widgets.control import Control, control
from kohtaamo_utils.widgets.saving import SavePanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.result import RoiResult
    from kohtaamo_utils.roi.settings import RoiSettings

RATE = "discount_rate"


class RoiWorkbench:
    """A business case whose assumptions can be moved and saved as a scenario; display it in a cell.

    What is uncertain stands open: the effects, the discount rate and each of the settings' ranges. All other inputs of
    the model can be moved too, in folds.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    settings
        The ``roi`` block: what the sliders start from.
    baselines
        Where each driver starts from.

    Attributes
    ----------
    sliders : dict of str to ipywidgets.FloatSlider
        By driver, and by name of any other input. Values are the model's, so effects and rates are shares; setting one
        moves everything else.
    outputs : dict of str to ipywidgets.HTML
        The answer, the cash flow and the scenarios, by section.
    saving : SavePanel
        The field for a scenario's name, and the button that saves it.
    """

    def __init__(self, context: Context, settings: RoiSettings, baselines: Baselines) -> None:
        self.t, self.f = context.t, context.f
        self._context, self._settings, self._baselines = context, settings, baselines
        self.report_case = make_case(settings, baselines)
        self._folds: dict[str, list[Control]] = {}
        self._controls = self._make_controls()
        self.sliders = {name: made.slider for name, made in self._controls.items()}
        self.outputs = {name: ipywidgets.HTML() for name in ("headline", "cash-flow", "scenarios")}
        self.saving = SavePanel(self.t, self._save_and_tell)
        self._held = False
        for slider in self.sliders.values():
            slider.observe(self._follow, names="value")
        self.view = self._view()
        self._show()

    @classmethod
    def open(cls, engagement: str, language: str = "") -> RoiWorkbench:
        """Open the workbench of an engagement.

        Parameters
        ----------
        engagement
            Engagement folder.
        language
            ``fi``, ``sv``, ``en``, or empty for the engagement's own.

        Raises
        ------
        SettingsError
            The settings have no ``roi`` block.
        KohtaamoError
            The settings or the files cannot be used as they are.

        Examples
        --------
        >>> from kohtaamo_utils.resources import bundled
        >>> bench = RoiWorkbench.open(str(bundled("data/sample")), "en")
        >>> bench.sliders["basket"].value = 0.02
        >>> bench.result.effects["basket"]
        0.02
        """
        context = open_report(engagement, language).context
        settings = context.engagement.settings
        if settings.roi is None:
            raise SettingsError(
                say(
                    "engagement.yaml has no `roi` block, so there is nothing to move. Expected: costs and at least one driver. Add `roi`."
                )
            )
        return cls(
            context,
            settings.roi,
            measure(settings.roi, context.dataset.tables, settings.period, context.dataset.ledger),
        )

    @property
    def changes(self) -> dict[str, float]:
        """What the sliders change from the report's likely values: what a scenario would be saved with."""
        return {name: made.value for name, made in self._controls.items() if made.moved}

    @property
    def case(self) -> RoiCase:
        """The business case as the sliders stand."""
        changes = self.changes
        effects = {name: value for name, value in changes.items() if name in self.report_case.effects}
        inputs = {name: value for name, value in changes.items() if name not in effects}
        return self.report_case.with_effects(**effects).with_inputs(**inputs)

    @property
    def result(self) -> RoiResult:
        """What the case gives with the effects of the sliders."""
        return self.case.result("likely")

    def reset(self) -> None:
        """Put every slider back to what the report assumes."""
        with self._one_update():
            for made in self._controls.values():
                made.reset()

    def save(self, name: str) -> Path:
        """Save what the sliders change as a scenario in ``engagement.yaml``, where the next ``kohtaamo run`` finds it.

        Parameters
        ----------
        name
            A new name.

        Returns
        -------
        Path
            The file; what a person wrote there stays as it is.

        Raises
        ------
        SettingsError
            There is no name, nothing has been moved, the name is taken, or the file cannot be written.
        """
        name, changes = name.strip(), self.changes
        if not name:
            raise SettingsError(say("The scenario has no name, so it was not saved. Give it one in the field."))
        if not changes:
            raise SettingsError(
                say(
                    "The sliders stand where the report has them, so there is nothing to save as {name}. Move one first.",
                    name=repr(name),
                )
            )
        file = save_scenario(self._context.engagement.folder, name, changes)
        self.report_case = replace(self.report_case, saved={**self.report_case.saved, name: changes})
        self._show()
        return file

    def assumptions(self) -> Section:
        """Return what the report assumes, with sources and grades; the sliders do not move it."""
        return assumptions(self._context, self._settings, self._baselines)

    def _repr_mimebundle_(self, **chosen: object) -> object:
        return self.view._repr_mimebundle_(**chosen)

    def _make_controls(self) -> dict[str, Control]:
        """Make the page's controls as widgets: first those that are uncertain, the others by fold."""
        case, inputs = self.report_case, {DRIVERS[driver].effect_name: driver for driver in self.report_case.effects}
        opened: dict[str, Control] = {}
        folded: dict[str, Control] = {}
        for group in control_groups(self._context, case, self._settings):
            for assumption in group.controls:
                name = inputs.get(assumption.name, assumption.name)
                in_points = name in case.effects and DRIVERS[name].effect_unit == "points"
                made = control(assumption, self.t("percentage points") if in_points else "")
                if name in case.uncertain or name == RATE:
                    opened[name] = made
                else:
                    folded[name] = made
                    self._folds.setdefault(group.title, []).append(made)
        first = [*case.effects, RATE, *(name for name in case.ranges if name != RATE)]
        return {**{name: opened[name] for name in first}, **folded}

    def _view(self) -> ipywidgets.VBox:
        label = self.t("Back to the report's assumptions")
        layout = ipywidgets.Layout(width="auto", align_self="flex-start")
        button = ipywidgets.Button(description=label, tooltip=label, icon="undo", layout=layout)
        button.on_click(lambda _: self.reset())
        style = ipywidgets.HTML(f"<style>{lab_stylesheet()}</style>")
        folded = [made for group in self._folds.values() for made in group]
        rows = [made.row for made in self._controls.values() if made not in folded]
        folds = ipywidgets.Accordion(
            [ipywidgets.VBox([made.row for made in group]) for group in self._folds.values()],
            titles=tuple(self._folds),
        )
        return ipywidgets.VBox([style, *rows, folds, button, self.saving.view, *self.outputs.values()])

    def _follow(self, _change: object) -> None:
        if not self._held:
            self._show()

    @contextmanager
    def _one_update(self) -> Iterator[None]:
        """Let several sliders move and follow them once."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._show()

    def _show(self) -> None:
        case = self.case
        compared = comparison(self._context, self.report_case, self.changes)
        scenarios = Section("scenarios", (*compared, *sensitivity(self._context, case)))
        for section in (self._headline(case), cash_flow(self._context, case), scenarios):
            html = render(section.blocks, f"workbench-{section.id}")
            self.outputs[section.id].value = f'<div class="kohtaamo">{html}</div>'

    def _save_and_tell(self, name: str) -> str:
        """Save a scenario and return what to tell of it."""
        file, changes, model = self.save(name), self.changes, self.report_case.model
        values = listed(
            self._context,
            [
                f"{name_of(self._context, model, key)} {value_of(self._context, model, key, value)}"
                for key, value in changes.items()
            ],
        )
        return self.t(
            "The scenario {name} is saved in {file} ({values}). It stands in the comparison below, and from the next `kohtaamo run` on in the report.",
            name=name.strip(),
            file=file.name,
            values=values,
        )

    def _headline(self, case: RoiCase) -> Section:
        """Return the report's answer for a case, with a word when it is not the report's case."""
        section = headline(self._context, case)
        if case == self.report_case:
            return section
        npv = self.f.money(self.report_case.result().npv)
        text = self.t("These are not the report's assumptions; with those the net present value is {npv}.", npv=npv)
        return Section(section.id, (Callout(text, "caution"), *section.blocks))
