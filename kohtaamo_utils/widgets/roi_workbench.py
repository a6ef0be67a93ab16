"""The business case under sliders: the report's own case and sections, made anew at each move."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import ipywidgets

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.presentation.blocks import Callout
from kohtaamo_utils.presentation.render import lab_stylesheet, render
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.reports.roi import open_report
from kohtaamo_utils.reports.roi.assumptions import assumptions
from kohtaamo_utils.reports.roi.case import cash_flow, headline
from kohtaamo_utils.reports.roi.scenarios import scenarios
from kohtaamo_utils.roi.baselines import measure
from kohtaamo_utils.roi.case import case as make_case
from kohtaamo_utils.roi.drivers import DRIVERS
from kohtaamo_utils.roi.reach import TENTH, USUAL_RATES, Reach, reach
from kohtaamo_utils.widgets.control import Control, control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.roi.baselines import Baselines
    from kohtaamo_utils.roi.case import RoiCase
    from kohtaamo_utils.roi.result import RoiResult
    from kohtaamo_utils.roi.settings import RoiSettings

RATE = "discount_rate"


class RoiWorkbench:
    """A business case whose likely effects and discount rate can be moved; display it in a cell.

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
        By driver, and ``discount_rate``. Values are shares; setting one moves everything else.
    outputs : dict of str to ipywidgets.HTML
        The answer, the cash flow and the scenarios, by section.
    """

    def __init__(self, context: Context, settings: RoiSettings, baselines: Baselines) -> None:
        self.t, self.f = context.t, context.f
        self._context, self._settings, self._baselines = context, settings, baselines
        self.report_case = make_case(settings, baselines)
        self._controls = {**self._effect_controls(), RATE: self._rate_control()}
        self.sliders = {name: made.slider for name, made in self._controls.items()}
        self.outputs = {name: ipywidgets.HTML() for name in ("headline", "cash-flow", "scenarios")}
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
    def case(self) -> RoiCase:
        """The business case as the sliders stand."""
        effects = {driver: self.sliders[driver].value for driver in self.report_case.effects}
        return self.report_case.with_effects(**effects).with_inputs(**{RATE: self.sliders[RATE].value})

    @property
    def result(self) -> RoiResult:
        """What the case gives with the effects of the sliders."""
        return self.case.result("likely")

    def reset(self) -> None:
        """Put every slider back to what the report assumes."""
        with self._one_update():
            for made in self._controls.values():
                made.reset()

    def assumptions(self) -> Section:
        """Return what the report assumes, with sources and grades; the sliders do not move it."""
        return assumptions(self._context, self._settings, self._baselines)

    def _repr_mimebundle_(self, **chosen: object) -> object:
        return self.view._repr_mimebundle_(**chosen)

    def _effect_controls(self) -> dict[str, Control]:
        return {driver: self._effect_control(driver) for driver in self.report_case.effects}

    def _effect_control(self, driver: str) -> Control:
        effect = self.report_case.effects[driver]
        ends = reach(effect, DRIVERS[driver].bracket(self.report_case.inputs))
        low, likely, high = (
            self._text(driver, value, ends.decimals) for value in (effect.low, effect.likely, effect.high)
        )
        note = self.t("In the report {likely}, range {low} to {high}", likely=likely, low=low, high=high)
        unit = self.t("percentage points") if DRIVERS[driver].effect_unit == "points" else "%"
        return control(self.t(DRIVERS[driver].label), unit, effect.likely, ends, note)

    def _rate_control(self) -> Control:
        rate = self._settings.discount_rate
        ends = Reach(min(rate, USUAL_RATES[0]), max(rate, USUAL_RATES[1]), TENTH)
        note = self.t("In the report {likely}", likely=self.f.percent(rate, 1))
        return control(self.t("Discount rate"), "%", rate, ends, note)

    def _text(self, driver: str, value: float, decimals: int) -> str:
        if DRIVERS[driver].effect_unit == "points":
            return self.t("{n} pp", n=self.f.number(value * 100, decimals))
        return self.f.percent(value, decimals)

    def _view(self) -> ipywidgets.VBox:
        label = self.t("Back to the report's assumptions")
        layout = ipywidgets.Layout(width="auto", align_self="flex-start")
        button = ipywidgets.Button(description=label, tooltip=label, icon="undo", layout=layout)
        button.on_click(lambda _: self.reset())
        style = ipywidgets.HTML(f"<style>{lab_stylesheet()}</style>")
        rows = [made.row for made in self._controls.values()]
        return ipywidgets.VBox([style, *rows, button, *self.outputs.values()])

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
        for section in (self._headline(case), cash_flow(self._context, case), scenarios(self._context, case)):
            html = render(section.blocks, f"workbench-{section.id}")
            self.outputs[section.id].value = f'<div class="kohtaamo">{html}</div>'

    def _headline(self, case: RoiCase) -> Section:
        """Return the report's answer for a case, with a word when it is not the report's case."""
        section = headline(self._context, case)
        if case == self.report_case:
            return section
        npv = self.f.money(self.report_case.result().npv)
        text = self.t("These are not the report's assumptions; with those the net present value is {npv}.", npv=npv)
        return Section(section.id, (Callout(text, "caution"), *section.blocks))
