"""`kohtaamo lab` and `kohtaamo templates`: for those who open the notebooks themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kohtaamo_utils.cli.voice import INTERRUPTED, speak_as, tell
from kohtaamo_utils.errors import EXIT_PROBLEM, say


def lab(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Engagement folder (holds engagement.yaml).")
    ] = Path(),
) -> None:
    """Open JupyterLab on the engagement, with the workbenches in its folder notebooks."""
    import subprocess

    from kohtaamo_utils.delivery.lab import copy_workbenches, lab_command

    speak_as(folder)
    for copy in copy_workbenches(folder):
        tell(say("Made {file}.", file=str(copy)))
    try:
        done = subprocess.run(lab_command(folder), check=False)  # noqa: S603 - our own interpreter, arguments as a list
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if done.returncode:
        raise typer.Exit(EXIT_PROBLEM)


def templates(
    name: Annotated[str | None, typer.Argument(help="Template to describe.", show_default=False)] = None,
) -> None:
    """List the templates; with a name, its parameters, types and defaults."""
    from kohtaamo_utils.delivery.describe import describe, template_names

    if name is None:
        for known in template_names():
            typer.echo(known)
        typer.echo("")
        tell(say("More about one: kohtaamo templates NAME"))
        return
    typer.echo(describe(name))
