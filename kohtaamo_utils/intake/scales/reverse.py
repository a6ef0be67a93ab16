"""Scores that were asked the other way round, turned so that the largest number is the best answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.no_answers import is_score
from kohtaamo_utils.intake.columns.wide import ITEM_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.tables import Column


def reverse(frame: pd.DataFrame, rules: Mapping[str, Column], source: Source, findings: Findings) -> pd.DataFrame:
    """Turn the scores that the settings name: a score becomes its scale's two ends together, less itself.

    Parameters
    ----------
    frame
        Typed rows.
    rules
        What each of its columns must hold; a score's limits are its scale.
    source
        The source's block; ``reverse`` names scores, or items of 360 ratings.
    findings
        Takes how many answers were turned, and a problem for a name that is no score.
    """
    for name in source.reverse:
        column, rows = _meant(name, frame)
        rule = rules.get(column)
        if rule is None or rule.low is None or rule.high is None or not is_score(column):
            _not_a_score(name, frame, findings)
            continue
        scores = frame[column]
        turned = scores.mask(rows, rule.low + rule.high - scores)
        count = int((rows & scores.notna()).sum())
        low, high = f"{rule.low:g}", f"{rule.high:g}"
        detail = say("{name} reversed: {low} is read as {high}", name=name, low=low, high=high)
        findings.note("inferred", "reversed", count, detail, column=column, value=name)
        frame = frame.assign(**{column: turned})
    return frame


def _meant(name: str, frame: pd.DataFrame) -> tuple[str, pd.Series[bool]]:
    """Return the column that a name stands for, and which of its rows."""
    every = pd.Series(data=True, index=frame.index)
    if name in frame.columns:
        return name, every
    if f"{ITEM_PREFIX}{name}" in frame.columns:
        return f"{ITEM_PREFIX}{name}", every
    if "item" in frame.columns:
        named = frame["item"].map(lambda item: isinstance(item, str) and _plain(item) == _plain(name)).astype(bool)
        if named.any():
            return "score", named
    return "", every


def _plain(item: str) -> str:
    """Return an item as `spelling` compares it: its rows may be spelled in several ways."""
    return " ".join(item.split()).casefold()


def _not_a_score(name: str, frame: pd.DataFrame, findings: Findings) -> None:
    scores = [str(column).removeprefix(ITEM_PREFIX) for column in frame.columns if is_score(str(column))]
    findings.setting(
        "unknown_reverse",
        f"reverse.{name}",
        say("`{name}` is no score that this file gives.", name=name),
        expected=say("one of {names}", names=", ".join(scores)) if scores else say("a score that the file gives"),
        advice=say("Correct the name, or remove it."),
    )
