"""The `kohtaamo` command in forks of one process that has loaded its libraries: what a command says is the same, and comes a second earlier.

Run as a program it is that process. It reads a command a line, lets a fork of itself run it as the console script would, in the folder and
the environment asked for, and answers with the exit status. `command_line.kohtaamo_itself` starts the script anew, as users do.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

LOADED = [
    "duckdb",
    "pandas",
    "papermill",
    "pandera.pandas",
    "scipy.stats",
    "babel.numbers",
    "pyarrow.compute",
    "kohtaamo_utils.cli",
    "kohtaamo_utils.delivery.batch",
    "kohtaamo_utils.intake.rows.checks",
    "kohtaamo_utils.intake.sales",
    "kohtaamo_utils.intake.proposing",
    "kohtaamo_utils.roi.baselines",
    "kohtaamo_utils.delivery.describe",
]
"""What commands load when they are asked to do something; nothing of it starts a thread."""


def run_warm(arguments: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a fork of this process's helper."""
    with TemporaryDirectory() as kept:
        out, err = Path(kept, "out"), Path(kept, "err")
        asked = {"arguments": arguments, "folder": str(folder), "out": str(out), "err": str(err)}
        helper = _helper()
        helper.stdin.write(json.dumps(asked | {"environment": environment}) + "\n")
        helper.stdin.flush()
        status = int(helper.stdout.readline())
        said, told = (file.read_text(encoding="utf-8") for file in (out, err))
    return subprocess.CompletedProcess(arguments, status, said, told)


@cache
def _helper() -> subprocess.Popen[str]:
    helper = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(_end, helper)
    return helper


def _end(helper: subprocess.Popen[str]) -> None:
    """Let the helper read the end of its commands, and wait for it."""
    helper.stdin.close()
    helper.wait(timeout=60)


def _serve() -> None:
    for name in LOADED:
        __import__(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _become(asked)
            break
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _become(asked: dict) -> None:
    """Be the command's process: its folder, environment, arguments, and outputs."""
    from kohtaamo_utils.cli import main

    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    for number, name in enumerate((os.devnull, asked["out"], asked["err"])):
        file = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.argv = asked["arguments"]
    sys.exit(main())


if __name__ == "__main__":
    _serve()
