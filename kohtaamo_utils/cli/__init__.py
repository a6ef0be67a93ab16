"""The command line: arguments, progress, exit status. Nothing else in the kit prints.

Heavy rooms are imported inside the commands, so that ``kohtaamo --help`` answers at once.
"""

from __future__ import annotations

import sys

from kohtaamo_utils.cli.app import app
from kohtaamo_utils.cli.voice import tell
from kohtaamo_utils.errors import EXIT_PROBLEM, KohtaamoError, say
from kohtaamo_utils.telling import unusable

__all__ = ["app", "main"]


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
        tell(error.said, err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        if debug:
            raise
        tell(unusable(error), err=True)
        sys.exit(EXIT_PROBLEM)
    except Exception as error:
        if debug:
            raise
        what = f"{type(error).__name__}: {error}"
        tell(say("Something unexpected happened: {what}", what=what), err=True)
        tell(say("Run the command again with --debug to see where."), err=True)
        sys.exit(EXIT_PROBLEM)
