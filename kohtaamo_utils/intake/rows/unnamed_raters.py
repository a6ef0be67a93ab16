"""360 forms whose raters are not told apart: several people called Anonymous, or nobody named at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.columns.mapping import ROW
from kohtaamo_utils.intake.columns.wide import ITEM_PREFIX

if TYPE_CHECKING:
    from kohtaamo_utils.intake.columns.part import Part

RATER = "rater_id"


def by_row(part: Part) -> str:
    """Return what to do where a file with a row an evaluation does not tell its raters apart; "" for any other file.

    Parameters
    ----------
    part
        A file's typed rows.
    """
    if not any(str(name).startswith(ITEM_PREFIX) for name in part.frame.columns):
        return ""
    entry = f"{RATER}: {ROW}"
    return say(
        "If the file does not tell the raters apart, set `{entry}`: each row is then another rater.", entry=entry
    )
