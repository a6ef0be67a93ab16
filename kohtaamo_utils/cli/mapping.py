"""`kohtaamo map`: which file and column is what."""

from __future__ import annotations

import typer

from kohtaamo_utils.cli.arguments import Folder
from kohtaamo_utils.cli.voice import VOICE, open_engagement, tell
from kohtaamo_utils.errors import argument, say


def map_columns(folder: Folder) -> None:
    """Propose which file and column is what, and write what is sure enough into engagement.yaml; change nothing in it."""
    from kohtaamo_utils.delivery.files import write_whole
    from kohtaamo_utils.intake.proposing import WRITTEN_FROM, listed, passed_over, propose, why_nothing

    engagement = open_engagement(folder)
    file = folder / "engagement.yaml"
    before = file.read_bytes().decode()
    outcome = propose(engagement, before, VOICE.told)
    for line in listed(outcome.proposals, VOICE.told):
        typer.echo(line)
    count = sum(proposal.written for proposal in outcome.proposals)
    if outcome.text != before:
        write_whole(file, outcome.text.encode())
    for line in passed_over(engagement):
        tell(line)
    if not outcome.proposals:
        tell(why_nothing(engagement))
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
    if count:
        tell(say("Check each line marked with a comment, then: kohtaamo check {folder}", folder=argument(folder)))
        return
    tell(
        say(
            "Nothing was sure enough to be written. Name what is right under `sources` in {file} yourself, as data/README.md tells, then: kohtaamo check {folder}",
            file=str(file),
            folder=argument(folder),
        )
    )
