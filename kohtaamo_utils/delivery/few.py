"""A last look at the recorded figures: none may speak of fewer people than the threshold, whatever decided to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohtaamo_utils.errors import say
from kohtaamo_utils.tables import RATER_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.delivery.secrets import Secrets

COUNTS = frozenset({"responses", "response_rate"})
"""Figures that tell how many answered, and nothing of what they answered."""
PROTECTED = frozenset(RATER_GROUPS) - {"self", "manager"}


def of_few(results: Mapping[str, Any], secrets: Secrets) -> Iterator[str]:
    """Name what the recorded figures tell of too few.

    Parameters
    ----------
    results
        What goes into ``results.json``.
    secrets
        The thresholds.
    """
    figures = results.get("figures", ())
    if any(_few_respondents(figure, secrets.minimum_respondents) for figure in figures):
        yield say("a figure of fewer than {n} respondents", n=secrets.minimum_respondents)
    if results.get("report") != "review_360" or results.get("subject") == "group":
        return
    if any(_few_raters(figure, secrets.minimum_raters) for figure in figures):
        yield say("a figure of fewer than {n} raters", n=secrets.minimum_raters)


def _few_respondents(figure: Mapping[str, Any], minimum: int) -> bool:
    asked = "respondent_group" in figure.get("scope", {}) and figure.get("name") not in COUNTS
    return asked and _below(figure, minimum)


def _few_raters(figure: Mapping[str, Any], minimum: int) -> bool:
    groups = set(str(figure.get("scope", {}).get("rater_group", "")).split("+"))
    return bool(groups & PROTECTED) and _below(figure, minimum)


def _below(figure: Mapping[str, Any], minimum: int) -> bool:
    n = figure.get("n")
    return n is not None and 0 < n < minimum
