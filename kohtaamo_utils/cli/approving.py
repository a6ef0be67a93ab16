"""`kohtaamo approve`: the draft mark is taken off what was read."""

from __future__ import annotations

from typing import Annotated

import typer

from kohtaamo_utils.cli.arguments import Folder, known_languages
from kohtaamo_utils.cli.voice import open_engagement, print_no_pdf, tell, tell_of_other_run
from kohtaamo_utils.errors import EXIT_PROBLEM, joined, say


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

    engagement = open_engagement(folder)
    moment = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    asked = Asked(tuple(report or ()), known_languages(language or ()), by.strip() or user_name(), moment)
    approvals = approve_reports(engagement, asked, tell_of_other_run)
    refused = [approval for approval in approvals if approval.state == "refused"]
    for approval in refused:
        tell(
            joined([say("Not approved: {report}", report=approval.stem), joined([" ", approval.message])], "\n"),
            err=True,
        )
    print_no_pdf((approval.stem, approval.no_pdf) for approval in approvals)
    states = [approval.state for approval in approvals]
    counted = {
        "approved": say("{n} approved", n=states.count("approved")),
        "already": say("{n} approved before", n=states.count("already")),
        "refused": say("{n} not approved", n=len(refused)),
    }
    tell(say("Approvals: {counts}.", counts=joined([text for state, text in counted.items() if state in states], ", ")))
    if refused or any(approval.no_pdf for approval in approvals):
        raise typer.Exit(EXIT_PROBLEM)
