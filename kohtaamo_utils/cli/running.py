"""`kohtaamo run`: the reports that are out of date are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.cli.arguments import Folder, Jobs, known_languages
from kohtaamo_utils.cli.voice import (
    INTERRUPTED,
    VOICE,
    open_engagement,
    print_no_pdf,
    print_problems,
    speak_as,
    tell,
    tell_of_other_run,
)
from kohtaamo_utils.errors import EXIT_PROBLEM, SettingsError, joined, say
from kohtaamo_utils.telling import MOST_UNSETTLED, brand_changes, unsettled_lines, unused_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.delivery.batch import Batch, BatchResult
    from kohtaamo_utils.delivery.withdrawn import Withdrawn
    from kohtaamo_utils.engagement import Engagement


def run(
    folder: Folder,
    report: Annotated[
        list[str] | None, typer.Option(help="Report to make; may be repeated. Default: all whose sources are there.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Language; may be repeated. Default: the engagement's.")
    ] = None,
    audience: Annotated[
        str, typer.Option(help="Audience of the current-state report: management, supervisor, employee. Default: each.")
    ] = "",
    jobs: Jobs = 0,
    cluster: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Dask scheduler whose workers run the reports, e.g. tcp://host:8786 (docs/batch.md). Default: this computer.",
        ),
    ] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="Make each report as PDF too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Make also the reports that are up to date.")] = False,
) -> None:
    """Make the reports that are out of date."""
    from kohtaamo_utils.delivery.batch import Batch
    from kohtaamo_utils.delivery.roster import AUDIENCES

    speak_as(folder)
    if audience and audience not in AUDIENCES:
        known = ", ".join(AUDIENCES)
        raise SettingsError(
            say("There is no audience called {name}. Use one of {known}.", name=repr(audience), known=known)
        )
    batch = Batch(tuple(report or ()), known_languages(language or ()), audience, jobs, force, pdf=pdf)
    run_batch(open_engagement(folder), batch, cluster)


def run_batch(engagement: Engagement, batch: Batch, cluster: str = "") -> None:
    """Make reports with a progress bar, say how it went, and end with status 1 where anything is not as it should be."""
    from kohtaamo_utils.cluster.extra import elsewhere_at
    from kohtaamo_utils.delivery.batch import run as run_all
    from kohtaamo_utils.progress import Progress

    try:
        with elsewhere_at(cluster) as elsewhere, Progress(VOICE.told) as progress:
            result = run_all(engagement, batch, progress.start, progress.advance, tell_of_other_run, elsewhere)
    except KeyboardInterrupt:
        tell(say("Interrupted. Finished reports are in place; the others are as they were."), err=True)
        raise typer.Exit(INTERRUPTED) from None
    print_problems(result.problems)
    _print_result(engagement, result)
    if result.failed:
        raise typer.Exit(EXIT_PROBLEM)


def _print_result(engagement: Engagement, result: BatchResult) -> None:
    from kohtaamo_utils.delivery.roster import KINDS, unused

    states = [outcome.state for outcome in result.outcomes]
    for outcome in result.outcomes:
        if outcome.state == "failed":
            tell(
                joined([say("Failed: {report}", report=outcome.task.stem), joined([" ", outcome.message])], "\n"),
                err=True,
            )
    print_no_pdf((outcome.task.stem, outcome.no_pdf) for outcome in result.outcomes)
    for name, reason in result.skipped.items():
        tell(
            say(
                "Not made: {report}, because {reason}. Earlier versions are left as they were.",
                report=name,
                reason=reason,
            )
            if name in KINDS
            else say("Not made: {report}, because {reason}.", report=name, reason=reason),
            err=True,
        )
    _print_withdrawn(engagement, result.withdrawn)
    counted = {
        "made": say("{n} made", n=states.count("made")),
        "unchanged": say("{n} up to date", n=states.count("unchanged")),
        "failed": say("{n} failed", n=states.count("failed")),
    }
    for line in (*brand_changes(result.brand_notes, engagement), *unused_lines(unused(engagement))):
        tell(line)
    for line in unsettled_lines(result.unsettled, MOST_UNSETTLED):
        tell(line, err=True)
    counts = [text for state, text in counted.items() if state in states]
    if counts:
        index = str(engagement.reports / "index.html")
        tell(say("Reports: {counts}. Open {file}", counts=joined(counts, ", "), file=index))


def _print_withdrawn(engagement: Engagement, withdrawn: Iterable[Withdrawn]) -> None:
    """Say which reports are not offered any more, why, and where they lie."""
    from kohtaamo_utils.delivery.withdrawn import had
    from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, day_of, read_releases
    from kohtaamo_utils.presentation.numbers import Numbers

    released = read_releases(engagement.folder) or NOTHING_RELEASED
    numbers = Numbers(engagement.settings.language, engagement.settings.currency)
    for one in withdrawn:
        folder = str(engagement.reports / one.folder)
        said = [say("Withdrawn: {report}, because {reason}.", report=one.stem, reason=one.reason)]
        if one.stuck:
            said.append(
                say(
                    "It could not be moved to {folder}: {problem}. Close it in other programs, then run again.",
                    folder=folder,
                    problem=one.stuck,
                )
            )
        else:
            said.append(say("It lies in {folder}, for you only.", folder=folder))
        word = had(one.stem, released, lambda moment: numbers.date(day_of(moment)))
        tell(joined([*said, *([joined(["(", word, ")"], "")] if word else [])], " "), err=True)
