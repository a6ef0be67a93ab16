"""Which protected rater groups are shown by themselves, and which are pooled because they are too small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.tables import RATER_GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.disclosure.publication import Reason

SELF = "self"
MANAGER = "manager"
OTHERS = "others"
PROTECTED = tuple(group for group in RATER_GROUPS if group not in (SELF, MANAGER))
"""Groups in which no rater may be recognised. Self and managers are known by name, however many managers there are."""


@dataclass(frozen=True)
class Pooling:
    """How the protected groups are shown.

    Parameters
    ----------
    shown
        Groups and pools as they are named in the report, to the rater groups in them.
    hidden
        Rater groups that are not shown by themselves, and why.
    """

    shown: Mapping[str, tuple[str, ...]]
    hidden: Mapping[str, Reason]

    def display(self, group: str) -> str:
        """Return the name under which a rater group is counted: its own or its pool's."""
        return next((name for name, members in self.shown.items() if group in members), group)


def pool(raters: Mapping[str, frozenset[str]], minimum: int) -> Pooling:
    """Decide which protected groups are shown, pooled or left out.

    Groups below the minimum are pooled; a pool that is still too small takes in the smallest group that would have been
    shown (of equal ones, the first of peer, report, customer); without one, it is left out. A person in two groups
    counts once in a pool. The pooling into "Peers/Direct Reports" is the Center for Creative Leadership's.

    Parameters
    ----------
    raters
        Rater ids by protected group; groups without raters may be absent.
    minimum
        Fewest raters that may be shown.

    Examples
    --------
    >>> people = {"peer": frozenset("ab"), "report": frozenset("cdefg")}
    >>> pool(people, 3)
    Pooling(shown={'peer+report': ('peer', 'report')}, hidden={'peer': 'below_threshold', 'report': 'pooled_elsewhere'})
    """
    present = [group for group in PROTECTED if raters.get(group)]
    small = [group for group in present if len(raters[group]) < minimum]
    large = [group for group in present if group not in small]
    members = small
    if small and large and not _enough(small, raters, minimum):
        members = [*small, min(large, key=lambda group: (len(raters[group]), PROTECTED.index(group)))]
    pooled = tuple(group for group in present if group in members) if _enough(members, raters, minimum) else ()
    alone = {group: (group,) for group in large if group not in pooled}
    shown = alone | ({"+".join(pooled): pooled} if pooled else {})
    reasons: dict[str, Reason] = {
        group: "below_threshold" if group in small else "pooled_elsewhere" for group in members
    }
    return Pooling(dict(sorted(shown.items(), key=lambda entry: PROTECTED.index(entry[1][0]))), reasons)


def _enough(groups: list[str], raters: Mapping[str, frozenset[str]], minimum: int) -> bool:
    return len(frozenset[str]().union(*(raters[group] for group in groups))) >= minimum
