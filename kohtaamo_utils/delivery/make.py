"""One report, made: template through papermill, executed notebook through the exporter, page through the gate."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.files import part_of, write_whole
from kohtaamo_utils.delivery.finish import finish, put_in_place
from kohtaamo_utils.delivery.pdf.adding import add_pdf, with_pdf
from kohtaamo_utils.errors import DeliveryError, KohtaamoError, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.delivery.gate import Secrets
    from kohtaamo_utils.delivery.page import Page
    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement.releases import Release

_OURS = {"KohtaamoError", "SettingsError", "DataError", "MissingDataError", "DisclosureError", "DeliveryError"}
_engine: str | None = None
"""papermill's engine: its own, which starts a kernel, unless this process is there for one report."""


class _CellStoppedError(DeliveryError):
    """A cell stopped for a reason that is not one of ours: a full disk, a library's fault, a slip in a template."""


@dataclass(frozen=True)
class Outcome:
    """How a task ended.

    Parameters
    ----------
    task
        What was to be made.
    state
        ``made``, ``unchanged`` or ``failed``.
    message
        Why it failed.
    kept
        Why it failed, where a part of the message must not be kept in files that may be sent on.
    no_pdf
        Why it has no PDF though one was wanted.
    unforeseen
        Whether it failed for a reason that may be gone when it is tried again.
    """

    task: Task
    state: str
    message: str = ""
    kept: str = ""
    no_pdf: str = ""
    unforeseen: bool = False


def make(
    task: Task,
    folder: Path,
    key: str,
    secrets: Secrets,
    release: Release | None = None,
    pdf: bool = False,
    into: Path | None = None,
) -> Outcome:
    """Make one report and put it in place; a failure leaves the earlier files as they were.

    Parameters
    ----------
    task
        What to make.
    folder
        Engagement folder.
    key
        Fingerprint of everything that the report depends on; kept in its results.
    secrets
        What the page must not hold.
    release
        How a report of this key was approved; None for a draft.
    pdf
        Whether it is wanted as PDF too.
    into
        Folder that is written instead of the engagement's ``reports``.
    """
    reports = into or folder / "reports"

    def composed() -> Page:
        with contextlib.nullcontext() if _engine else _quiet(reports / "internal" / "kohtaamo.log"):
            notebook = execute(task.template, task.parameters, folder, reports / "internal" / f"{task.stem}.ipynb")
            return _export(notebook)

    return delivered(composed, task, folder, key, secrets, release, pdf, reports)


def delivered(
    composed: Callable[[], Page],
    task: Task,
    folder: Path,
    key: str,
    secrets: Secrets,
    release: Release | None,
    pdf: bool,
    reports: Path,
) -> Outcome:
    """Check a page and put it in place with all that goes with it; a failure leaves the earlier files as they were.

    Parameters
    ----------
    composed
        Returns the page, or raises why there is none.
    task, folder, key, secrets, release, pdf
        As of `make`.
    reports
        Folder that is written.
    """
    no_pdf = ""
    try:
        page = composed()
        brand = _brand(page, folder)
        finished = finish(page, task, key, secrets, release, brand)
        if pdf:
            finished, no_pdf = with_pdf(finished, page, secrets, brand)
        put_in_place(reports / task.stem, finished)
    except KohtaamoError as error:
        kept = error.message if isinstance(error, DeliveryError) else ""
        return Outcome(task, "failed", error.said, kept, unforeseen=isinstance(error, _CellStoppedError))
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return Outcome(task, "failed", say("Something unexpected happened: {what}", what=what), unforeseen=True)
    return Outcome(task, "made", no_pdf=no_pdf)


def print_only(task: Task, folder: Path, key: str, secrets: Secrets, release: Release | None = None) -> Outcome:
    """Add the PDF to a report that is up to date; if the notebook of its page is gone, make the whole report.

    Parameters
    ----------
    task, folder, key, secrets, release
        As of `make`.
    """
    from kohtaamo_utils.brand import brand_of
    from kohtaamo_utils.engagement import load

    reports, brand = folder / "reports", brand_of(load(folder))
    no_pdf = add_pdf(reports / f"{task.stem}.html", reports / "internal" / f"{task.stem}.ipynb", secrets, brand)
    return (
        make(task, folder, key, secrets, release, pdf=True) if no_pdf is None else Outcome(task, "made", no_pdf=no_pdf)
    )


def here(tell: object, making: Callable[..., Outcome], *job: Any) -> Outcome:
    """Make one report with its cells in this very process; for a process of the engine that makes no other.

    Parameters
    ----------
    tell
        What the engine gives for events; a report has none.
    making
        `make`.
    job
        Its arguments.
    """
    del tell
    settle_here()
    return making(*job)


def settle_here() -> None:
    """Have papermill run cells in this very process from now on; for a process of the engine that makes one report."""
    from papermill.engines import papermill_engines

    from kohtaamo_utils.engine.client import LocalEngine

    global _engine  # noqa: PLW0603 - of a process that makes one report
    _engine = "kohtaamo-here"
    papermill_engines.register(_engine, LocalEngine)


def execute(template: Path, parameters: Mapping[str, str], folder: Path, output: Path) -> Any:
    """Run a template and return the notebook; it is put in its place whole, also one that stopped.

    Parameters
    ----------
    template, parameters
        Of the report.
    folder
        Engagement folder.
    output
        Where the notebook goes.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(output)
    try:
        return _papermill(template, parameters, folder, part)
    finally:
        if part.is_file():
            write_whole(output, part.read_bytes().replace(part.name.encode(), output.name.encode()))
            part.unlink()


def _papermill(template: Path, parameters: Mapping[str, str], folder: Path, output: Path) -> Any:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    try:
        return papermill.execute_notebook(
            str(template),
            str(output),
            parameters={"engagement": str(folder.resolve()), **parameters},
            engine_name=_engine,
            kernel_name="python3",
            request_save_on_cell_execute=False,
            progress_bar=False,
            log_output=False,
        )
    except PapermillExecutionError as error:
        if error.ename in _OURS:
            raise DeliveryError(
                "\n".join(error.traceback) or str(error.evalue)
            ) from None  # told in the report's language already
        raise _CellStoppedError(
            say(
                "A cell of the template stopped with {name}: {reason}. The notebook in reports/internal shows where.",
                name=error.ename,
                reason=error.evalue,
            )
        ) from None


def _export(notebook: Any) -> Page:
    from kohtaamo_utils.delivery.page import compose

    return compose(notebook)


def _brand(page: Page, folder: Path) -> Brand | None:
    """Return the brand of a page that has one, from the engagement that is being made and no other."""
    from kohtaamo_utils.brand import brand_of
    from kohtaamo_utils.engagement import load

    return None if page.branded is None else brand_of(load(folder))


@contextlib.contextmanager
def _quiet(log: Path) -> Iterator[None]:
    """Send what kernels and libraries write to the terminal into a log file, at the level of file descriptors."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with log.open("ab") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            os.close(kept[0])
            os.close(kept[1])
