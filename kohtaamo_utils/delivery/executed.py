"""A notebook that was executed on another computer: brought home whole, and delivered as one that was executed here."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import sha256, write_whole
from kohtaamo_utils.delivery.make import delivered, execute, settle_here
from kohtaamo_utils.errors import DeliveryError, KohtaamoError, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.delivery.gate import Secrets
    from kohtaamo_utils.delivery.make import Outcome
    from kohtaamo_utils.delivery.page import Page
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement.releases import Release

NAME = "notebook.ipynb"


@dataclass(frozen=True)
class Executed:
    """An executed notebook, on its way.

    Parameters
    ----------
    content
        The notebook as JSON with its keys in their order, which the notebook's file would not keep.
    sha256
        Fingerprint of the content.
    template, folder, output
        Where the three were on the other computer: paths that the notebook names, and that mean nothing here.
    failure
        Why the notebook stopped; empty where it came to its end.
    """

    content: bytes
    sha256: str
    template: str
    folder: str
    output: str
    failure: str = ""


def nothing_of(template: str, folder: str, failure: str) -> Executed:
    """Return what is told of a notebook that left nothing behind.

    Parameters
    ----------
    template, folder, failure
        As of `Executed`.
    """
    return Executed(b"", sha256(b""), template, folder, "", failure)


def execute_apart(tell: object, template: str, parameters: Mapping[str, str], folder: str) -> Executed:
    """Execute one notebook and return it; for a process of the engine that makes no other.

    Parameters
    ----------
    tell
        What the engine gives for events; a report has none.
    template, parameters
        What is executed, and with what.
    folder
        Engagement folder.
    """
    del tell
    settle_here()
    output, failure = Path(tempfile.gettempdir()).resolve() / NAME, ""
    try:
        notebook = execute(Path(template), parameters, Path(folder), output)
        notebook.metadata.papermill["output_path"] = str(output)  # papermill wrote beside it
        text = json.dumps(notebook)
    except KohtaamoError as error:
        text, failure = output.read_text(encoding="utf-8") if output.is_file() else "", error.said
    content = text.encode()
    return Executed(content, sha256(content), template, str(Path(folder).resolve()), str(output), failure)


def deliver(
    executed: Executed,
    task: Task,
    folder: Path,
    key: str,
    secrets: Secrets,
    release: Release | None = None,
    pdf: bool = False,
    into: Path | None = None,
) -> Outcome:
    """Deliver a report whose notebook was executed elsewhere: composed, checked and put in place as `make` does.

    Parameters
    ----------
    executed
        The notebook.
    task, folder, key, secrets, release, pdf, into
        As of `make`.
    """
    reports = into or folder / "reports"

    def composed() -> Page:
        from kohtaamo_utils.delivery.page import compose

        return compose(at_home(executed, task, folder, reports / "internal" / f"{task.stem}.ipynb"))

    return delivered(composed, task, folder, key, secrets, release, pdf, reports)


def at_home(executed: Executed, task: Task, folder: Path, output: Path) -> Any:
    """Put an executed notebook in its place and return it; the paths in it are those of this computer.

    Parameters
    ----------
    executed
        The notebook.
    task
        The report.
    folder
        Engagement folder.
    output
        Where the notebook goes.

    Raises
    ------
    DeliveryError
        It did not come as it was sent, or it stopped.
    """
    import nbformat

    if sha256(executed.content) != executed.sha256:
        raise DeliveryError(
            say("The executed notebook of {report} did not come whole. Run the command again.", report=task.stem)
        )
    notebook = None
    if executed.content:
        places = {executed.template: task.template, executed.output: output, executed.folder: folder.resolve()}
        moved = json.loads(_moved(executed.content.decode(), places))
        notebook = nbformat.from_dict(moved)  # type: ignore[no-untyped-call]
        write_whole(output, nbformat.writes(notebook))  # type: ignore[no-untyped-call]
    if executed.failure:
        raise DeliveryError(executed.failure)
    return notebook


def _moved(text: str, places: Mapping[str, Path]) -> str:
    """Return JSON text with paths of one computer replaced by those of another.

    Examples
    --------
    >>> _moved('{"a": "/tmp/x/e/data.csv"}', {"/tmp/x/e": Path("asiakas")})
    '{"a": "asiakas/data.csv"}'
    """
    for there, here in places.items():
        text = text.replace(json.dumps(there)[1:-1], json.dumps(str(here))[1:-1])
    return text
