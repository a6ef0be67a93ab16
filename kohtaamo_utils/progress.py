"""The progress bar of a run: on a terminal names as they come, the rate and the remaining time; elsewhere silent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from kohtaamo_utils.delivery.make import Outcome


class Progress:
    """Shows how many reports of a run are done.

    Parameters
    ----------
    told
        Puts a message into the user's language.

    Examples
    --------
    >>> with Progress() as progress:
    ...     progress.start(0)
    """

    def __init__(self, told: Callable[[str], str] = str) -> None:
        self._told = told
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as RichProgress

            self._bar = RichProgress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._told(say("Reading the data")), total=None, rate="")
        return self

    def start(self, total: int) -> None:
        """Say how many reports there are."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=total, description=self._told(say("Making reports")))

    def advance(self, outcome: Outcome) -> None:
        """Count one report as done; a failure is named at once."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=outcome.task.stem)
            self._bar.update(self._task, rate=self._rate(self._bar.tasks[self._task].speed))
            if outcome.state == "failed":
                self._bar.console.print(self._told(say("Failed: {report}", report=outcome.task.stem)), markup=False)

    def _rate(self, speed: float | None) -> str:
        """Return how many reports are made in a minute, where that can be told."""
        return "" if speed is None else self._told(say("{n} a minute", n=round(60 * speed)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
