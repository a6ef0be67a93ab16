"""What `kohtaamo map` says of files that it does not propose for, so that none is passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.errors import argument, say
from kohtaamo_utils.intake.files import ARCHIVES
from kohtaamo_utils.intake.proposing.candidates import DATA, DOCUMENTS, LOCK, files_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.errors import Said

SHOWN = 10
"""How many files a message names."""


def passed_over(engagement: Engagement) -> Iterator[Said]:
    """Yield what to do with archives, which may hold the very files that are missed."""
    packed = [path for path in files_of(engagement) if path.suffix.casefold() in ARCHIVES]
    if packed:
        yield say("Not looked into: {files}. Unpack it, then run this again.", files=_names(packed, engagement))


def why_nothing(engagement: Engagement) -> Said:
    """Return why there is nothing to propose, and what to do.

    Parameters
    ----------
    engagement
        The engagement, of which no file and no column was proposed for.
    """
    data, there = str(engagement.folder / DATA), files_of(engagement)
    tables = [path for path in there if path.suffix.casefold() not in DOCUMENTS | ARCHIVES and not _is_lock(path)]
    if tables or engagement.settings.sources:
        return say("Nothing to propose: every table in {data} is named, and no column is left that fits.", data=data)
    if not there:
        return say(
            "Nothing to propose: there is no file in {data}. Put the client's files there, then: kohtaamo map {folder}",
            data=data,
            folder=argument(engagement.folder),
        )
    if all(map(_is_lock, there)):
        return say(
            "Nothing to propose: {data} holds only {files}, which Excel keeps beside a workbook that is open. Save the workbook there, then: kohtaamo map {folder}",
            data=data,
            files=_names(there, engagement),
            folder=argument(engagement.folder),
        )
    return say(
        "Nothing to propose: no file in {data} is a table, only {files}. Put CSV, Excel, Parquet or SPSS files there, then: kohtaamo map {folder}",
        data=data,
        files=_names(there, engagement),
        folder=argument(engagement.folder),
    )


def _is_lock(path: Path) -> bool:
    return path.name.startswith(LOCK)


def _names(paths: Sequence[Path], engagement: Engagement) -> str:
    names: str = ", ".join(path.relative_to(engagement.folder).as_posix() for path in paths[:SHOWN])
    return say("{names} and {n} more", names=names, n=len(paths) - SHOWN) if len(paths) > SHOWN else names
