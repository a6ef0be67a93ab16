"""The mystery-shopping visits of the period, as shoppers scored them and as the rule for critical questions leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.measures.critical import failed, pulled_down
from kohtaamo_utils.reports.answers import within

if TYPE_CHECKING:
    import pandas as pd

    from kohtaamo_utils.engagement.mystery_settings import Critical
    from kohtaamo_utils.reports.context import Context


@dataclass(frozen=True, eq=False)
class Visited:
    """What visits found.

    Parameters
    ----------
    given
        The rows as shoppers scored them.
    rule
        What a failed critical question does; None where it does no more than its weight.
    """

    given: pd.DataFrame
    rule: Critical | None = None

    @property
    def scored(self) -> pd.DataFrame:
        """The rows that scores of visits, units and touchpoints are made of."""
        return self.given if self.rule is None else pulled_down(self.given, self.rule.fails, self.rule.at_most)

    @property
    def by_element(self) -> pd.DataFrame:
        """The rows that scores of elements are made of: a rule on visits leaves elements as they were earned."""
        return self.given if self.rule is None or self.rule.fails == "visit" else self.scored

    @property
    def asks_critically(self) -> bool:
        """Whether any question is marked as critical."""
        return "critical" in self.given.columns and bool(self.given["critical"].fillna(value=False).any())

    @property
    def failing(self) -> frozenset[str]:
        """The visits on which a critical question earned nothing."""
        return frozenset(self.given.loc[failed(self.given), "visit_id"].astype(str))


def visited(context: Context) -> Visited | None:
    """Return the period's visits; None where the engagement has no such table.

    Parameters
    ----------
    context
        The engagement and the reader's language.
    """
    table = context.dataset.tables.get("mystery_shopping")
    if table is None:
        return None
    return Visited(within(table, "visited_on", context.period), context.engagement.settings.mystery_shopping.critical)
