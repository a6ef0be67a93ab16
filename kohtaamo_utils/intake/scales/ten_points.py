"""Whether answers that are taken for 0–10 look as if they were given on a shorter scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.intake.scales.stated_scale import advice_for, stated_scales

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part
    from kohtaamo_utils.tables import Column

TEN_POINTS = ("nps", "enps")
FIRST, FIVE, TEN = 1, 5, 10
ENOUGH_FOR_FIVE = 20
"""So many people who all answer 1–5 on a scale to 10 are hardly ever met; of fewer it may be true."""
ENOUGH_FOR_ZERO = 30
"""So many answers that have a 1 and no 0 are more likely from a scale that begins at 1."""
Looks = Literal["five", "from_one", "no_zero"]


def looks(low: float, high: float, rows: int) -> Looks | None:
    """Return what the ends of the answers look like: a scale 1–5, one from 1 to 10, or 0–10 without a 0.

    Examples
    --------
    >>> looks(1, 5, 12), looks(1, 10, 40), looks(1, 10, 12), looks(0, 10, 40)
    ('five', 'from_one', 'no_zero', None)
    """
    if low < 1 or high > TEN:
        return None
    if high <= FIVE:
        return "five"
    return "from_one" if low == 1 and rows >= ENOUGH_FOR_ZERO else "no_zero"


def check_ten_points(part: Part, name: str, rule: Column) -> None:
    """Record a problem where many answers go from 1 to 5, and a note where few do, or many have a 1 and no 0.

    Parameters
    ----------
    part
        Typed rows.
    name
        Canonical column; a heading that speaks of a scale is believed, or told by `check_stated_scale`.
    rule
        What it must hold.
    """
    if name not in TEN_POINTS or name not in part.bound or part.bound[name].constant:
        return
    answers = part.frame[name].dropna()
    if answers.empty or stated_scales(part.bound[name].heading):
        return
    found = looks(answers.min(), answers.max(), len(answers))
    ends = {"min": f"{answers.min():g}", "max": f"{answers.max():g}"}
    # where nobody gave the best answer of a scale to 5, they may as well be bad ones on a scale to 10
    if found == "five" and answers.max() == FIVE and len(answers) >= ENOUGH_FOR_FIVE:
        part.findings.problem(
            "other_scale",
            say(
                "All {n} answers are from {min} to {max}: the question was hardly asked on 0–10.",
                n=len(answers),
                **ends,
            ),
            expected=rule.expected,
            advice=joined([advice_for(name, FIRST, FIVE), or_said(0, TEN)]),
            column=part.label(name),
            value=f"{ends['min']}–{ends['max']}",
        )
    elif found in {"five", "from_one"}:
        said = say("answers in {name} from {min} to {max}, no 0 among them: was it asked on 0–10?", name=name, **ends)
        part.findings.note("unsettled", "no_zero", len(answers), said, column=name)


def or_said(low: int, high: int) -> str:
    """Return how to say that answers are on the scale that they were read on.

    Parameters
    ----------
    low, high
        Its ends.
    """
    return say("If they are on {low}–{high}, write so in the heading: ({low}–{high}).", low=low, high=high)
