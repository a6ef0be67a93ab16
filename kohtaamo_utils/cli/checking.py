"""`kohtaamo check`: what is wrong in the client's files, and what intake does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.cli.arguments import Folder
from kohtaamo_utils.cli.voice import VOICE, open_engagement, print_problems, tell
from kohtaamo_utils.errors import EXIT_PROBLEM, KohtaamoError, say
from kohtaamo_utils.telling import as_json, dataset_lines, problems_in

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement


def check(
    folder: Folder,
    machine: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, for machines.")] = False,
) -> None:
    """Read every source and list each problem; run nothing."""
    from kohtaamo_utils.engagement.releases import read_releases
    from kohtaamo_utils.intake import check as check_sources

    try:
        engagement = open_engagement(folder)
        read_releases(folder)
    except KohtaamoError as error:
        if not machine:
            raise
        typer.echo(as_json(VOICE, problems_in(error), None))
        raise typer.Exit(error.exit_status) from None
    problems, dataset = check_sources(engagement)
    if machine:
        typer.echo(as_json(VOICE, problems, dataset))
    else:
        print_problems(problems)
        for line in dataset_lines(dataset) if dataset is not None else ():
            tell(line)
        _print_next_step(engagement)
    if problems:
        raise typer.Exit(EXIT_PROBLEM)


def _print_next_step(engagement: Engagement) -> None:
    """Say what to do where there is nothing to check."""
    if not engagement.settings.sources:
        folder = engagement.folder
        tell(say("Nothing to check: engagement.yaml names no sources yet."))
        tell(
            say(
                "Put the client's files into {data}, then: kohtaamo map {folder} (or name them under `sources` yourself, as data/README.md tells).",
                data=str(folder / "data"),
                folder=str(folder),
            )
        )
