"""`kohtaamo check`: what is wrong in the client's files, and what intake does with them."""

from __future__ import annotations

from typing import Annotated

import typer

from kohtaamo_utils.cli.arguments import Folder
from kohtaamo_utils.cli.voice import VOICE, open_engagement, print_problems, tell
from kohtaamo_utils.errors import EXIT_PROBLEM, KohtaamoError
from kohtaamo_utils.telling import as_json, brand_lines, dataset_lines, next_steps, problems_in


def check(
    folder: Folder,
    machine: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, for machines.")] = False,
) -> None:
    """Read every source and list each problem; run nothing."""
    from kohtaamo_utils.brand import brand_of
    from kohtaamo_utils.engagement.releases import read_releases
    from kohtaamo_utils.intake import check as check_sources

    try:
        engagement = open_engagement(folder)
        read_releases(folder)
        brand = brand_of(engagement)
    except KohtaamoError as error:
        if not machine:
            raise
        typer.echo(as_json(VOICE, problems_in(error), None))
        raise typer.Exit(error.exit_status) from None
    problems, dataset = check_sources(engagement)
    if machine:
        typer.echo(as_json(VOICE, problems, dataset, None if brand is None else tuple(brand.notes())))
    else:
        print_problems(problems)
        for line in dataset_lines(dataset) if dataset is not None else ():
            tell(line)
        for line in (*brand_lines(brand, engagement), *next_steps(engagement)):
            tell(line)
    if problems:
        raise typer.Exit(EXIT_PROBLEM)
