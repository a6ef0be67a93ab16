"""How many people are sure to stand behind answers of several rounds: the same person may have answered in each.

A survey does not tell who is who from round to round. Three leaders who answered in April and in October give six
answers, and a figure of the six is a figure of three people. Within a round everybody answers once, so as many people as
the largest round has answers are sure to stand behind them all. Where answers trickle in, a handful a month, there are no
rounds to be told, and each answer counts as a person.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.alike import Alike, nobody
from kohtaamo_utils.measures.waves import waves_of

if TYPE_CHECKING:
    import pandas as pd


def few_in_every_round(days: pd.Series, minimum: int) -> Alike:
    """Return what tells of some answers whether fewer people than the minimum may have given them all.

    Parameters
    ----------
    days
        By row, when all who are asked in the same rounds answered. Rounds are apart as in `measures.waves`, and they are
        rounds only if each has the minimum; rows without a day are taken for one more.
    minimum
        Smallest number of people that is shown.

    Examples
    --------
    Five answered in April, six in October; three of them are leaders both times:

    >>> import pandas as pd
    >>> days = pd.Series(pd.to_datetime(["2025-04-07"] * 5 + ["2025-10-06"] * 6))
    >>> few = few_in_every_round(days, 5)
    >>> few(frozenset([0, 1, 2, 5, 6, 7])), few(frozenset(range(11)))
    (True, False)
    """
    rounds = waves_of(days)
    sizes = rounds.value_counts()
    if len(sizes) < 2 or sizes.min() < minimum:
        return nobody
    of_row = dict(zip(rounds.index.tolist(), rounds.fillna(0.0).tolist(), strict=True))

    def few(rows: frozenset[int]) -> bool:
        return bool(rows) and max(Counter(of_row.get(row, 0.0) for row in rows).values()) < minimum

    return few
