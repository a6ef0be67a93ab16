"""The commands, in the order in which the help names them, each with an example."""

from __future__ import annotations

from typing import Annotated

import typer

from kohtaamo_utils.cli.approving import approve
from kohtaamo_utils.cli.checking import check
from kohtaamo_utils.cli.comparing import diff
from kohtaamo_utils.cli.making import demo, new
from kohtaamo_utils.cli.mapping import map_columns
from kohtaamo_utils.cli.notebooks import lab, templates
from kohtaamo_utils.cli.running import run
from kohtaamo_utils.cli.verifying import verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="From a client's files to finished reports on the quality of encounters.",
)


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


app.command(epilog="Example: `kohtaamo demo`")(demo)
app.command(epilog='Example: `kohtaamo new asiakas-oy --client "Asiakas Oy"`')(new)
app.command("map", epilog="Example: `kohtaamo map asiakas-oy`")(map_columns)
app.command(epilog="Example: `kohtaamo check asiakas-oy`")(check)
app.command(
    epilog="Example: `kohtaamo run asiakas-oy --report roi --language fi --language sv`; "
    "on a cluster: `kohtaamo run asiakas-oy --cluster tcp://host:8786`"
)(run)
app.command(epilog="Example: `kohtaamo approve asiakas-oy --report review_360/r01`")(approve)
app.command(epilog="Example: `kohtaamo verify asiakas-oy/reports/roi/roi.fi.html`")(verify)
app.command(epilog="Example: `kohtaamo diff before/reports asiakas-oy/reports`")(diff)
app.command(epilog="Example: `kohtaamo lab asiakas-oy`")(lab)
app.command(epilog="Example: `kohtaamo templates roi`")(templates)
