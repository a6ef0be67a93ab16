"""The command line: arguments, progress, exit status. Nothing else in the kit prints.

Heavy rooms are imported inside the commands, so that ``kohtaamo --help`` answers at once.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.errors import EXIT_PROBLEM, KohtaamoError, Problem, SettingsError

if TYPE_CHECKING:
    from kohtaamo_utils.delivery.batch import Batch, BatchResult
    from kohtaamo_utils.engagement import Engagement, Language
    from kohtaamo_utils.intake import Dataset, LogEntry

INTERRUPTED = 130
MOST_A_KIND = 20
"""Problems printed of each kind; the rest are counted."""

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
    from kohtaamo_utils.engagement import load

    copied = copy_sample(folder)
    typer.echo(
        f"The sample engagement is in {folder}."
        if copied
        else f"Using the sample engagement that is already in {folder}."
    )
    _run(load(folder), Batch(jobs=jobs))


@app.command(epilog='Example: `kohtaamo new asiakas-oy --client "Asiakas Oy"`')
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.", show_default=False)],
    client: Annotated[str, typer.Option(help="The client's name as the reports show it.", show_default=False)],
    language: Annotated[str, typer.Option(help="Language of the reports: fi, sv or en.")] = "fi",
) -> None:
    """Make an engagement folder with a commented engagement.yaml."""
    from kohtaamo_utils.delivery.scaffold import new_engagement

    file = new_engagement(folder, client, language)
    typer.echo(
        f"Made {file}. Put the client's files into {folder / 'data'}, name them in engagement.yaml, then: kohtaamo check {folder}"
    )


@app.command("map", epilog="Example: `kohtaamo map asiakas-oy`")
def map_columns(folder: Folder) -> None:
    """Propose which file and column is what, and write what is sure enough into engagement.yaml; change nothing in it."""
    from kohtaamo_utils.delivery.files import write_whole
    from kohtaamo_utils.engagement import load
    from kohtaamo_utils.intake.proposing import WRITTEN_FROM, listed, propose

    engagement = load(folder)
    file = folder / "engagement.yaml"
    before = file.read_bytes().decode()
    outcome = propose(engagement, before)
    for line in listed(outcome.proposals):
        typer.echo(line)
    count = sum(proposal.written for proposal in outcome.proposals)
    if outcome.text != before:
        write_whole(file, outcome.text.encode())
    if not outcome.proposals:
        typer.echo(f"Nothing to propose: every file in {folder / 'data'} is named, and no column is left that fits.")
        return
    typer.echo(f"{count} of {len(outcome.proposals)} proposals written (+), those from {WRITTEN_FROM:.2f}, to {file}.")
    typer.echo(f"Check each line marked with a comment, then: kohtaamo check {folder}")


@app.command(epilog="Example: `kohtaamo check asiakas-oy`")
def check(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, for machines.")] = False,
) -> None:
    """Read every source and list each problem; run nothing."""
    from kohtaamo_utils.engagement import load
    from kohtaamo_utils.intake import check as check_sources

    problems, dataset = check_sources(load(folder))
    if as_json:
        _print_json(problems, dataset)
    else:
        _print_problems(problems)
        _print_dataset(dataset)
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
    audience: Annotated[str, typer.Option(help="Audience of the current-state report.")] = "management",
    jobs: Annotated[int, typer.Option(min=0, help="Reports made at a time; 0 = as many as the machine bears.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Make also the reports that are up to date.")] = False,
) -> None:
    """Make the reports that are out of date."""
    from kohtaamo_utils.delivery.batch import Batch
    from kohtaamo_utils.delivery.roster import AUDIENCES
    from kohtaamo_utils.engagement import load

    if audience not in AUDIENCES:
        raise SettingsError(f"There is no audience called {audience!r}. Use one of {', '.join(AUDIENCES)}.")
    batch = Batch(tuple(report or ()), _languages(language or ()), audience, jobs, force)
    _run(load(folder), batch)


@app.command(epilog="Example: `kohtaamo lab asiakas-oy`")
def lab(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Engagement folder (holds engagement.yaml).")
    ] = Path(),
) -> None:
    """Open JupyterLab on the engagement, with the workbenches in its folder notebooks."""
    import subprocess

    from kohtaamo_utils.delivery.lab import copy_workbenches, lab_command

    for copy in copy_workbenches(folder):
        typer.echo(f"Made {copy}.")
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
        typer.echo("\nMore about one: kohtaamo templates NAME")
        return
    typer.echo(describe(name))


def _languages(names: Sequence[str]) -> tuple[Language, ...]:
    from kohtaamo_utils.engagement import LANGUAGES

    unknown = [name for name in names if name not in LANGUAGES]
    if unknown:
        raise SettingsError(f"The language {unknown[0]!r} is not known. Use one of {', '.join(LANGUAGES)}.")
    return tuple(known for known in LANGUAGES if known in names)


def _run(engagement: Engagement, batch: Batch) -> None:
    from kohtaamo_utils.delivery.batch import run as run_batch
    from kohtaamo_utils.progress import Progress

    try:
        with Progress() as progress:
            result = run_batch(engagement, batch, progress.start, progress.advance)
    except KeyboardInterrupt:
        typer.echo("Interrupted. Finished reports are in place; the others are as they were.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    _print_problems(result.problems)
    _print_result(engagement, result)
    if result.failed:
        raise typer.Exit(EXIT_PROBLEM)


def _print_result(engagement: Engagement, result: BatchResult) -> None:
    counts = Counter(outcome.state for outcome in result.outcomes)
    for outcome in result.outcomes:
        if outcome.state == "failed":
            typer.echo(f"Failed: {outcome.task.stem}\n  {outcome.message}", err=True)
    for name, reason in result.skipped.items():
        typer.echo(f"Not made: {name}, because {reason}. Earlier versions are left as they were.", err=True)
    texts = [
        f"{counts[state]} {word}"
        for state, word in (("made", "made"), ("unchanged", "up to date"), ("failed", "failed"))
        if counts[state]
    ]
    if texts:
        typer.echo(f"Reports: {', '.join(texts)}. Open {engagement.reports / 'index.html'}")


def _print_problems(problems: Sequence[Problem]) -> None:
    shown: Counter[str] = Counter()
    totals = Counter(problem.kind for problem in problems)
    for problem in problems:
        shown[problem.kind] += 1
        if shown[problem.kind] <= MOST_A_KIND:
            typer.echo(str(problem), err=True)
        elif shown[problem.kind] == MOST_A_KIND + 1:
            typer.echo(f"... and {totals[problem.kind] - MOST_A_KIND} more of this kind ({problem.kind}).", err=True)
    if problems:
        noun = "problem" if len(problems) == 1 else "problems"
        typer.echo(f"{len(problems)} {noun}.", err=True)


def _print_dataset(dataset: Dataset | None) -> None:
    if dataset is None:
        return
    for table in dataset.tables:
        log = dataset.log
        typer.echo(
            f"{table}: {log.rows_in(table)} rows read, {log.left_out(table)} left out, {log.rows_out(table)} used."
        )
        for entry in log.of(
            table,
            "inferred",
            "excluded",
            "no_customer",
            "duplicates_dropped",
            "preview",
            "incomplete",
            "too_fast",
            "straight_lining",
            "missing_value",
            "flagged",
            "redacted",
            "pseudonymised",
            "weighted",
        ):
            count = f" ({entry.count})" if entry.kind != "inferred" and entry.count else ""
            typer.echo(f"  {entry.file}: {entry.detail or entry.rule}{count}")
        _print_dropped(log.of(table, "dropped"))


def _print_dropped(entries: Sequence[LogEntry]) -> None:
    """Say which columns of each file are not read: those with personal data one by one, the others in one line."""
    plain: dict[str, list[str]] = {}
    for entry in entries:
        if entry.rule == "unmapped":
            plain.setdefault(entry.file, []).append(entry.column)
        else:
            typer.echo(f"  {entry.file}: {entry.detail}")
    for file, columns in plain.items():
        typer.echo(f"  {file}: not mapped, not read: {', '.join(columns)}")


def _print_json(problems: Sequence[Problem], dataset: Dataset | None) -> None:
    import json
    from dataclasses import asdict

    content = {
        "problems": [problem.as_dict() for problem in problems],
        "tables": {} if dataset is None else {name: len(frame) for name, frame in dataset.tables.items()},
        "log": [] if dataset is None else [asdict(entry) for entry in dataset.log.entries],
    }
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


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
        typer.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        if debug:
            raise
        what = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        typer.echo(f"A file or folder cannot be used. {what}. Mend that, or choose another place.", err=True)
        sys.exit(EXIT_PROBLEM)
    except Exception as error:
        if debug:
            raise
        typer.echo(
            f"Something unexpected happened: {type(error).__name__}: {error}\nRun the command again with --debug to see where.",
            err=True,
        )
        sys.exit(EXIT_PROBLEM)
