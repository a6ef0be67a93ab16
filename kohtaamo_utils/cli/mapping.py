"""`kohtaamo map`: which file and column is what."""

from __future__ import annotations

import typer

from kohtaamo_utils.cli.arguments import Folder
from kohtaamo_utils.cli.voice import VOICE, open_engagement, tell
from kohtaamo_utils.errors import say


def map_columns(folder: Folder) -> None:
    """Propose which file and column is what, and write what is sure enough into engagement.yaml; change nothing in it."""
    from kohtaamo_utils.delivery.files import write_whole
    from kohtaamo_utils.intake.proposing import WRITTEN_FROM, listed, propose

    engagement = open_engagement(folder)
    file = folder / "engagement.yaml"
    before = file.read_bytes().decode()
    outcome = propose(engagement, before, VOICE.told)
    for line in listed(outcome.proposals, VOICE.told):
        typer.echo(line)
    count = sum(proposal.written for proposal in outcome.proposals)
    if outcome.text != before:
        write_whole(file, outcome.text.encode())
    if not outcome.proposals:
        data = str(folder / "data")
        tell(say("Nothing to propose: every file in {data} is named, and no column is left that fits.", data=data))
        return
    tell(
        say(
            "{count} of {all} proposals written (+), those from {least}, to {file}.",
            count=count,
            all=len(outcome.proposals),
            least=f"{WRITTEN_FROM:.2f}",
            file=str(file),
        )
    )
    tell(say("Check each line marked with a comment, then: kohtaamo check {folder}", folder=str(folder)))
