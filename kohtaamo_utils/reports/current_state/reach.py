"""How many encounters an action reaches, and how good they are now: from the register, or else from the answers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.reports.catalogue import element

if TYPE_CHECKING:
    from kohtaamo_utils.engagement.actions import Action
    from kohtaamo_utils.measures.estimate import Estimate
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.explained import Explanations
    from kohtaamo_utils.reports.survey import Survey


class Reach:
    """Reach and means of the touchpoints.

    Parameters
    ----------
    context
        The engagement, whose register tells volumes and which encounters are among staff.
    survey
        The answers of the period.
    explained
        Customers' means of the elements.
    """

    def __init__(self, context: Context, survey: Survey, explained: Explanations) -> None:
        self.context = context
        self.survey = survey
        self.explained = explained
        self._cells: dict[str, dict[str, Estimate]] = {}

    def internal(self, action: Action) -> bool:
        """Tell whether an action concerns an encounter among staff."""
        return any(
            its.internal and its.name == action.touchpoint for its in self.context.engagement.settings.touchpoints
        )

    def mean(self, action: Action, name: str) -> Estimate:
        """Return an element's mean where an action is done; of all customers where the touchpoint's may not be shown."""
        return self._at(name).get(action.touchpoint or "", self.explained.means[name])

    def of(self, action: Action) -> float:
        """Return the share of encounters that an action reaches; 1 where it is done everywhere or nothing is known."""
        if action.touchpoint is None:
            return 1.0
        return self.shares.get(action.touchpoint, 1.0)

    @property
    def from_register(self) -> bool:
        """Whether every touchpoint with customers has a volume in the register."""
        register = [its for its in self.context.engagement.settings.touchpoints if not its.internal]
        return (
            bool(register)
            and all(its.volume_per_month is not None for its in register)
            and any(its.volume_per_month for its in register)
        )

    @cached_property
    def shares(self) -> dict[str, float]:
        """Each touchpoint's share of encounters with customers: by volume, or by answers where volumes are missing."""
        if self.from_register:
            register = self.context.engagement.settings.touchpoints
            volumes = {its.name: its.volume_per_month or 0.0 for its in register if not its.internal}
        else:
            volumes = {}
            for name in self.explained.elements:
                for category, cell in self._at(name).items():
                    volumes[category] = max(volumes.get(category, 0.0), float(cell.n))
        total = sum(volumes.values())
        return {name: volume / total for name, volume in volumes.items()} if total else {}

    def _at(self, name: str) -> dict[str, Estimate]:
        """Return an element's mean at each touchpoint that may be shown."""
        if name not in self._cells:
            cells = (
                self.survey.by(element(name), "customer", "touchpoint")
                if "touchpoint" in self.survey.dimensions
                else ()
            )
            self._cells[name] = {str(cell.category): cell.estimate for cell in cells}
        return self._cells[name]

    def remarks(self, actions: list[Action]) -> list[str]:
        """Say what stood in for what is missing.

        Parameters
        ----------
        actions
            The actions that are ranked.
        """
        t, told = self.context.t, []
        there = [action for action in actions if action.touchpoint is not None]
        if there and not self.from_register:
            told.append(t("Reach is taken from the numbers of answers, for the register lacks volumes."))
        unknown = sorted({str(its.touchpoint) for its in there if its.touchpoint not in self.shares})
        if unknown:
            told.append(
                t(
                    "Of these touchpoints the reach is not known, so that it counts as everything: {names}.",
                    names=", ".join(unknown),
                )
            )
        names = self.explained.elements
        unseen = sorted(
            {
                str(its.touchpoint)
                for its in there
                if any(its.touchpoint not in self._at(name) for name in its.elements or names)
            }
        )
        if unseen:
            told.append(
                t(
                    "Of these touchpoints no means are shown, so that those of all customers stand in: {names}.",
                    names=", ".join(unseen),
                )
            )
        return told
