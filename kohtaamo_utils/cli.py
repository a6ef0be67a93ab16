"""The command line: arguments, progress, exit status. Nothing else in the kit prints.

Heavy rooms are imported inside the commands, so that ``kohtaamo --help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.errors import EXIT_PROBLEM, KohtaamoError, Problem, Said, SettingsError, joined, say
from kohtaamo_utils.telling import Voice, as_json, dataset_lines, problem_lines, problems_in, unusable

if TYPE_CHECKING:
    from kohtaamo_utils.delivery.batch import Batch, BatchResult
    from kohtaamo_utils.engagement import Engagement, Language

INTERRUPTED = 130
_voice = Voice()
"""Speaks English until the engagement's language is known."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="From a client's files to finished reports on the quality of encounters.",
)
Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Engagement folder (holds engagement.yaml).", show_default=False)
]


def _version(value: bool) -> None:
    if value:
        from kohtaamo_utils import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show Python's traceback when something unexpected happens.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that stand before a command; `main` reads ``--debug`` itself."""


@app.command(epilog="Example: `kohtaamo demo`")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the sample engagement is copied.")] = Path(
        "kohtaamo-demo"
    ),
    jobs: Annotated[int, typer.Option(min=0, help="Reports made at a time; 0 = as many as the machine bears.")] = 0,
) -> None:
    """Copy the sample engagement and make all its reports."""
    from kohtaamo_utils.delivery.batch import Batch
    from kohtaamo_utils.delivery.scaffold import copy_sample

    copied = copy_sample(folder)
    engagement = _open(folder)
    if copied:
        _tell(say("The sample engagement is in {folder}.", folder=str(folder)))
    else:
        _tell(say("Using the sample engagement that is already in {folder}.", folder=str(folder)))
    _run(engagement, Batch(jobs=jobs))


@app.command(epilog='Example: `kohtaamo new asiakas-oy --client "Asiakas Oy"`')
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.", show_default=False)],
    client: Annotated[str, typer.Option(help="The client's name as the reports show it.", show_default=False)],
    language: Annotated[str, typer.Option(help="Language of the reports and of the messages: fi, sv or en.")] = "fi",
) -> None:
    """Make an engagement folder with a commented engagement.yaml."""
    from kohtaamo_utils.delivery.scaffold import new_engagement
    from kohtaamo_utils.engagement import known_language

    _voice.language = known_language(language) or "en"
    file = new_engagement(folder, client, language)
    _tell(
        say(
            "Made {file}. Put the client's files into {data}, name them in engagement.yaml, then: kohtaamo check {folder}",
            file=str(file),
            data=str(folder / "data"),
            folder=str(folder),
        )
    )


@app.command("map", epilog="Example: `kohtaamo map asiakas-oy`")
def map_columns(folder: Folder) -> None:
    """Propose which file and column is what, and write what is sure enough into engagement.yaml; change nothing in it."""
    from kohtaamo_utils.delivery.files import write_whole
    from kohtaamo_utils.intake.proposing import WRITTEN_FROM, listed, propose

    engagement = _open(folder)
    file = folder / "engagement.yaml"
    before = file.read_bytes().decode()
    outcome = propose(engagement, before, _voice.told)
    for line in listed(outcome.proposals, _voice.told):
        typer.echo(line)
    count = sum(proposal.written for proposal in outcome.proposals)
    if outcome.text != before:
        write_whole(file, outcome.text.encode())
    if not outcome.proposals:
        data = str(folder / "data")
        _tell(say("Nothing to propose: every file in {data} is named, and no column is left that fits.", data=data))
        return
    _tell(
        say(
            "{count} of {all} proposals written (+), those from {least}, to {file}.",
            count=count,
            all=len(outcome.proposals),
            least=f"{WRITTEN_FROM:.2f}",
            file=str(file),
        )
    )
    _tell(say("Check each line marked with a comment, then: kohtaamo check {folder}", folder=str(folder)))


@app.command(epilog="Example: `kohtaamo check asiakas-oy`")
def check(
    folder: Folder,
    machine: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, for machines.")] = False,
) -> None:
    """Read every source and list each problem; run nothing."""
    from kohtaamo_utils.engagement.releases import read_releases
    from kohtaamo_utils.intake import check as check_sources

    try:
        engagement = _open(folder)
        read_releases(folder)
    except KohtaamoError as error:
        if not machine:
            raise
        typer.echo(as_json(_voice, problems_in(error), None))
        raise typer.Exit(error.exit_status) from None
    problems, dataset = check_sources(engagement)
    if machine:
        typer.echo(as_json(_voice, problems, dataset))
    else:
        _print_problems(problems)
        for line in dataset_lines(dataset) if dataset is not None else ():
            _tell(line)
        _print_next_step(engagement)
    if problems:
        raise typer.Exit(EXIT_PROBLEM)


@app.command(epilog="Example: `kohtaamo run asiakas-oy --report roi --language fi --language sv`")
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
    jobs: Annotated[int, typer.Option(min=0, help="Reports made at a time; 0 = as many as the machine bears.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Make also the reports that are up to date.")] = False,
) -> None:
    """Make the reports that are out of date."""
    from kohtaamo_utils.delivery.batch import Batch
    from kohtaamo_utils.delivery.roster import AUDIENCES

    _speak_as(folder)
    if audience and audience not in AUDIENCES:
        known = ", ".join(AUDIENCES)
        raise SettingsError(
            say("There is no audience called {name}. Use one of {known}.", name=repr(audience), known=known)
        )
    batch = Batch(tuple(report or ()), _languages(language or ()), audience, jobs, force)
    _run(_open(folder), batch)


@app.command(epilog="Example: `kohtaamo approve asiakas-oy --report review_360/r01`")
def approve(
    folder: Folder,
    report: Annotated[
        list[str] | None,
        typer.Option(
            help="Report to approve: a kind (review_360) or a report's path (review_360/r01); may be repeated. Default: all that were made."
        ),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Language; may be repeated. Default: all that were made.")
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Who approves; default: your user name on this computer. It is kept in releases.yaml and in results.json, and stands in no report.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Take the draft mark off the reports that you have read, and record in releases.yaml who approved them and when."""
    import datetime as dt

    from kohtaamo_utils.delivery.approve import approve as approve_reports
    from kohtaamo_utils.delivery.approve import user_name
    from kohtaamo_utils.delivery.asked import Asked

    engagement = _open(folder)
    moment = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    asked = Asked(tuple(report or ()), _languages(language or ()), by.strip() or user_name(), moment)
    approvals = approve_reports(engagement, asked, _tell_of_other_run)
    refused = [approval for approval in approvals if approval.state == "refused"]
    for approval in refused:
        _tell(
            joined([say("Not approved: {report}", report=approval.stem), joined([" ", approval.message])], "\n"),
            err=True,
        )
    states = [approval.state for approval in approvals]
    counted = {
        "approved": say("{n} approved", n=states.count("approved")),
        "already": say("{n} approved before", n=states.count("already")),
        "refused": say("{n} not approved", n=len(refused)),
    }
    _tell(
        say("Approvals: {counts}.", counts=joined([text for state, text in counted.items() if state in states], ", "))
    )
    if refused:
        raise typer.Exit(EXIT_PROBLEM)


@app.command(epilog="Example: `kohtaamo lab asiakas-oy`")
def lab(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Engagement folder (holds engagement.yaml).")
    ] = Path(),
) -> None:
    """Open JupyterLab on the engagement, with the workbenches in its folder notebooks."""
    import subprocess

    from kohtaamo_utils.delivery.lab import copy_workbenches, lab_command

    _speak_as(folder)
    for copy in copy_workbenches(folder):
        _tell(say("Made {file}.", file=str(copy)))
    try:
        done = subprocess.run(lab_command(folder), check=False)  # noqa: S603 - our own interpreter, arguments as a list
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if done.returncode:
        raise typer.Exit(EXIT_PROBLEM)


@app.command(epilog="Example: `kohtaamo templates roi`")
def templates(
    name: Annotated[str | None, typer.Argument(help="Template to describe.", show_default=False)] = None,
) -> None:
    """List the templates; with a name, its parameters, types and defaults."""
    from kohtaamo_utils.delivery.describe import describe, template_names

    if name is None:
        for known in template_names():
            typer.echo(known)
        typer.echo("")
        _tell(say("More about one: kohtaamo templates NAME"))
        return
    typer.echo(describe(name))


def _languages(names: Sequence[str]) -> tuple[Language, ...]:
    from kohtaamo_utils.engagement import LANGUAGES, unknown_language

    unknown = [name for name in names if name not in LANGUAGES]
    if unknown:
        raise SettingsError(unknown_language(unknown[0]))
    return tuple(known for known in LANGUAGES if known in names)


def _run(engagement: Engagement, batch: Batch) -> None:
    from kohtaamo_utils.delivery.batch import run as run_batch
    from kohtaamo_utils.progress import Progress

    try:
        with Progress(_voice.told) as progress:
            result = run_batch(engagement, batch, progress.start, progress.advance, _tell_of_other_run)
    except KeyboardInterrupt:
        _tell(say("Interrupted. Finished reports are in place; the others are as they were."), err=True)
        raise typer.Exit(INTERRUPTED) from None
    _print_problems(result.problems)
    _print_result(engagement, result)
    if result.failed:
        raise typer.Exit(EXIT_PROBLEM)


def _tell_of_other_run() -> None:
    _tell(say("Another run is working on this engagement. This one goes on when it has ended."), err=True)


def _print_result(engagement: Engagement, result: BatchResult) -> None:
    states = [outcome.state for outcome in result.outcomes]
    for outcome in result.outcomes:
        if outcome.state == "failed":
            _tell(
                joined([say("Failed: {report}", report=outcome.task.stem), joined([" ", outcome.message])], "\n"),
                err=True,
            )
    for name, reason in result.skipped.items():
        _tell(
            say(
                "Not made: {report}, because {reason}. Earlier versions are left as they were.",
                report=name,
                reason=reason,
            ),
            err=True,
        )
    counted = {
        "made": say("{n} made", n=states.count("made")),
        "unchanged": say("{n} up to date", n=states.count("unchanged")),
        "failed": say("{n} failed", n=states.count("failed")),
    }
    counts = [text for state, text in counted.items() if state in states]
    if counts:
        index = str(engagement.reports / "index.html")
        _tell(say("Reports: {counts}. Open {file}", counts=joined(counts, ", "), file=index))


def _print_problems(problems: Sequence[Problem]) -> None:
    for line in problem_lines(problems):
        _tell(line, err=True)


def _tell(message: Said, *, err: bool = False) -> None:
    typer.echo(_voice.told(message), err=err)


def _open(folder: Path) -> Engagement:
    """Open an engagement; from here on the command speaks its language, also of settings that cannot be used."""
    from kohtaamo_utils.engagement import load

    _speak_as(folder)
    return load(folder)


def _print_next_step(engagement: Engagement) -> None:
    """Say what to do where there is nothing to check."""
    if not engagement.settings.sources:
        folder = engagement.folder
        _tell(say("Nothing to check: engagement.yaml names no sources yet."))
        _tell(
            say(
                "Put the client's files into {data}, then: kohtaamo map {folder} (or name them under `sources` yourself, as data/README.md tells).",
                data=str(folder / "data"),
                folder=str(folder),
            )
        )


def _speak_as(folder: Path) -> None:
    from kohtaamo_utils.engagement import language_of

    _voice.language = language_of(folder)


def main() -> None:
    """Run the command line; every error that we know becomes a message and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        app(args=arguments, prog_name="kohtaamo")
    except KohtaamoError as error:
        if debug:
            raise
        _tell(error.said, err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        if debug:
            raise
        _tell(unusable(error), err=True)
        sys.exit(EXIT_PROBLEM)
    except Exception as error:
        if debug:
            raise
        what = f"{type(error).__name__}: {error}"
        _tell(say("Something unexpected happened: {what}", what=what), err=True)
        _tell(say("Run the command again with --debug to see where."), err=True)
        sys.exit(EXIT_PROBLEM)
