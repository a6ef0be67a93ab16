"""`kohtaamo diff`: which figures changed between two editions, and what changed them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kohtaamo_utils.cli.voice import VOICE, tell

if TYPE_CHECKING:
    from kohtaamo_utils.editions.diff import Differences
    from kohtaamo_utils.presentation.numbers import Numbers

_HELP = "A report with its results.json beside it, a results.json, or a folder of reports."


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=_HELP, show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same of the newer edition.", show_default=False)],
    machine: Annotated[bool, typer.Option("--json", help="Print the differences as JSON, for machines.")] = False,
) -> None:
    """Tell which figures changed between two editions, and whether data, settings, template, kit or libraries changed them."""
    from kohtaamo_utils.delivery.files import to_json
    from kohtaamo_utils.editions.diff import diff as compare
    from kohtaamo_utils.editions.diff_lines import diff_lines
    from kohtaamo_utils.editions.printed import Printed
    from kohtaamo_utils.editions.speech import language_near

    VOICE.language = language_near(new, old)
    found = compare(old, new)
    if machine:
        typer.echo(to_json(found.as_dict()), nl=False)
        return
    for line in diff_lines(found, Printed(_numbers(found, new, old))):
        tell(line)


def _numbers(found: Differences, *paths: Path) -> Numbers:
    from kohtaamo_utils.editions.speech import currency_near
    from kohtaamo_utils.presentation.numbers import Numbers

    return Numbers(VOICE.language, currency_near(found, *paths))
