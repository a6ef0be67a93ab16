"""`kohtaamo check`: what is wrong in the client's files, and what intake does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.cli.arguments import Folder
from kohtaamo_utils.cli.voice import VOICE, open_engagement, print_problems, tell
from kohtaamo_utils.errors import EXIT_PROBLEM, SETTINGS_FILE, KohtaamoError, Problem
from kohtaamo_utils.telling import (
    as_json,
    brand_lines,
    dataset_lines,
    next_steps,
    problems_in,
    unsettled,
    unsettled_lines,
    unused_lines,
)

if TYPE_CHECKING:
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake import Dataset


def check(
    folder: Folder,
    machine: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, for machines.")] = False,
) -> None:
    """Read every source and list each problem; run nothing."""
    from kohtaamo_utils.brand import brand_of
    from kohtaamo_utils.delivery.roster import unused
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
    problems = (*problems, *_beyond(engagement, dataset))
    if machine:
        typer.echo(as_json(VOICE, problems, dataset, None if brand is None else tuple(brand.notes())))
    else:
        print_problems(problems)
        for line in dataset_lines(dataset) if dataset is not None else ():
            tell(line)
        for line in (*unused_lines(unused(engagement)), *brand_lines(brand, engagement), *next_steps(engagement)):
            tell(line)
        for line in unsettled_lines(unsettled(dataset)):
            tell(line)
    if problems:
        raise typer.Exit(EXIT_PROBLEM)


def _beyond(engagement: Engagement, dataset: Dataset | None) -> tuple[Problem, ...]:
    """Return what of the business case cannot be measured of the data, or is beyond what they have room for; `run` would stop there."""
    from kohtaamo_utils.delivery.roster import KINDS

    roi = engagement.settings.roi
    if dataset is None or roi is None or not set(KINDS["roi"].uses) & set(dataset.names):
        return ()
    from kohtaamo_utils.roi.baselines import measure

    try:
        measure(roi, dataset.tables, engagement.settings.period, dataset.ledger)
    except KohtaamoError as error:
        told = error.problems or (Problem(file=SETTINGS_FILE, kind="business_case", message=error.message),)
        return tuple(told)
    return ()
