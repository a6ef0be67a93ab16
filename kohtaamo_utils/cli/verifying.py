"""`kohtaamo verify`: whether a report is exactly what its inputs give."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kohtaamo_utils.cli.arguments import Jobs
from kohtaamo_utils.cli.voice import INTERRUPTED, VOICE, speak_as, tell, tell_of_other_run
from kohtaamo_utils.errors import EXIT_PROBLEM, say


def verify(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A report (.html, .xlsx or .results.json), also a copy that lies elsewhere; or an engagement's folder, for all its reports.",
            show_default=False,
        ),
    ],
    engagement: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Whose report it is; default: the engagement that it lies in, else the working folder's.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        str,
        typer.Option(
            metavar="REPORT",
            help="Which report it is, such as review_360/r01.fi; needed only where the file does not tell.",
            show_default=False,
        ),
    ] = "",
    jobs: Jobs = 0,
) -> None:
    """Tell whether a report is exactly what its inputs give today, and what has changed if not; write nothing."""
    from kohtaamo_utils.editions.place import delivered, engagement_folder, engagement_of
    from kohtaamo_utils.editions.printed import Printed
    from kohtaamo_utils.editions.today import Hooks
    from kohtaamo_utils.editions.verdict_lines import verdict_lines
    from kohtaamo_utils.editions.verify import verify as verify_files
    from kohtaamo_utils.presentation.numbers import Numbers
    from kohtaamo_utils.progress import Progress

    folder = engagement_folder(path, engagement)
    if folder is not None:
        speak_as(folder)
    opened = engagement_of(path, engagement)
    files = delivered(path, opened, report)
    try:
        with Progress(VOICE.told) as progress:
            hooks = Hooks(progress.start, progress.advance, tell_of_other_run)
            verdicts = verify_files(opened, files, hooks, jobs)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    printed = Printed(Numbers(opened.settings.language, opened.settings.currency))
    for verdict in verdicts:
        for line in verdict_lines(verdict, printed):
            tell(line)
    exact = sum(verdict.exact for verdict in verdicts)
    tell(say("Verified: {exact} exactly so, {other} not.", exact=exact, other=len(verdicts) - exact))
    if exact < len(verdicts):
        raise typer.Exit(EXIT_PROBLEM)
