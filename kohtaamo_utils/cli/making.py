"""`kohtaamo demo` and `kohtaamo new`: folders for engagements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kohtaamo_utils.cli.arguments import Jobs
from kohtaamo_utils.cli.running import run_batch
from kohtaamo_utils.cli.voice import VOICE, open_engagement, tell
from kohtaamo_utils.errors import argument, say


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the sample engagement is copied.")] = Path(
        "kohtaamo-demo"
    ),
    jobs: Jobs = 0,
) -> None:
    """Copy the sample engagement and make all its reports."""
    from kohtaamo_utils.delivery.batch import Batch
    from kohtaamo_utils.delivery.scaffold import copy_sample

    copied = copy_sample(folder)
    engagement = open_engagement(folder)
    if copied:
        tell(say("The sample engagement is in {folder}.", folder=str(folder)))
    else:
        tell(say("Using the sample engagement that is already in {folder}.", folder=str(folder)))
    run_batch(engagement, Batch(jobs=jobs))


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.", show_default=False)],
    client: Annotated[str, typer.Option(help="The client's name as the reports show it.", show_default=False)],
    language: Annotated[str, typer.Option(help="Language of the reports and of the messages: fi, sv or en.")] = "fi",
) -> None:
    """Make an engagement folder with a commented engagement.yaml."""
    from kohtaamo_utils.delivery.scaffold import new_engagement
    from kohtaamo_utils.engagement import known_language

    VOICE.language = known_language(language) or "en"
    file = new_engagement(folder, client, language)
    tell(
        say(
            "Made {file}. Put the client's files into {data}, name them in engagement.yaml, then: kohtaamo check {folder}",
            file=str(file),
            data=str(folder / "data"),
            folder=argument(folder),
        )
    )
