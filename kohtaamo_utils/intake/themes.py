"""The client's own codebook, checked with the tables whose words are read by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kohtaamo_utils.codebook import own_codebook, problems_with_codebook
from kohtaamo_utils.intake.files import input_file

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake.block import Block


def with_codebook(engagement: Engagement, table: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks of a table with people's words: the client's codebook is an input, and its problems are theirs.

    Parameters
    ----------
    engagement
        The engagement; without a codebook of its own nothing changes.
    table
        The canonical table.
    blocks
        What its sources gave.
    """
    names = own_codebook(engagement)
    if not names:
        return blocks
    first, *others = blocks
    extra = tuple(input_file(engagement.path(name), name) for name in names)
    wrong = (replace(problem, table=table) for problem in problems_with_codebook(engagement))
    return [replace(first, problems=(*first.problems, *wrong), inputs=(*first.inputs, *extra)), *others]
