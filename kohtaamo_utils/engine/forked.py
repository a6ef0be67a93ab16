"""papermill in this process, the notebook's cells in a fork of a warm one."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine

from kohtaamo_utils.engine.alone import can_fork
from kohtaamo_utils.engine.client import LocalClient
from kohtaamo_utils.engine.crew import Crew, Died, Done, Told
from kohtaamo_utils.engine.warm import imported, warm

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

_STARTED, _FAILED, _COMPLETED, _WHOLE = "started", "failed", "completed", "whole"
_OF_OWNER = ("log_output", "stdout_file", "stderr_file", "log")
"""Options that concern what the owner writes; the fork has no use for them."""


class _Teller:
    """What papermill's client takes for its manager: it tells each step to the process that has the real one."""

    def __init__(self, notebook: NotebookNode, tell: Callable[[Any], None]) -> None:
        self.nb = notebook
        self._tell = tell

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None:
        """Tell that a cell begins."""
        del cell
        self._tell((_STARTED, cell_index, None))

    def cell_exception(self, cell: NotebookNode, cell_index: int, exception: Exception) -> None:
        """Tell that a cell stopped."""
        del cell, exception
        self._tell((_FAILED, cell_index, None))

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        """Tell what became of a cell."""
        self._tell((_COMPLETED, cell_index, cell))

    def autosave_cell(self) -> None:
        """Do nothing: the owner saves."""


def run_cells(tell: Callable[[Any], None], notebook: NotebookNode, options: dict[str, Any]) -> None:
    """Run a notebook's cells in this process, and tell of each."""
    client = LocalClient(_Teller(notebook, tell), **options)
    client.execute()
    tell((_WHOLE, 0, notebook))  # a cell may have changed what an earlier one displayed


class ForkedEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs the cells in a fork and keeps papermill's own records as they come."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run the notebook; as of `papermill.engines.NBClientEngine`."""
        owner = {name: options[name] for name in _OF_OWNER if options.get(name) is not None}
        client = PapermillNotebookClient(nb_man, kernel_name=kernel_name, **owner)
        if not (can_fork() and _is_own(client)):
            return NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
        crew = _crew(os.getpid())
        crew.prepare(warm, imported(nb_man.nb))
        for_fork = {name: options[name] for name in options if name in NotebookClient.class_trait_names()}
        for_fork = {name: value for name, value in for_fork.items() if name not in _OF_OWNER}
        crew.submit(run_cells, nb_man.nb, {**for_fork, "kernel_name": kernel_name})
        limit = options.get("execution_timeout") or options.get("timeout")
        try:
            _follow(crew, nb_man, limit, client)
        except BaseException:
            crew.end()
            raise
        return nb_man.nb


def _follow(crew: Crew, nb_man: Any, limit: float | None, client: Any) -> None:
    clock = _Clock(crew, limit)
    for message in crew.messages():
        if isinstance(message, Told):
            _record(message.content, nb_man, clock, client)
        elif isinstance(message, Died):
            if clock.late is not None:
                raise CellTimeoutError.error_from_timeout_and_cell(
                    "Cell execution timed out", int(limit or 0), clock.late
                )
            raise DeadKernelError("Kernel died")
        elif isinstance(message, Done) and message.outcome.error:
            raise RuntimeError(message.outcome.error)


def _record(told: tuple[str, int, Any], nb_man: Any, clock: _Clock, client: Any) -> None:
    kind, index, content = told
    cell = nb_man.nb.cells[index]
    if kind == _WHOLE:
        _take(nb_man.nb, content)
        for known, cell in zip(nb_man.nb.cells, content.cells, strict=True):
            _take(known, cell)
    elif kind == _STARTED:
        nb_man.cell_start(cell, index)
        clock.start(cell)
    elif kind == _FAILED:
        nb_man.cell_exception(cell, cell_index=index)
    else:
        clock.stop()
        _take(cell, content)
        for output in cell.get("outputs", ()):
            client.log_output_message(output)
        nb_man.cell_complete(cell, cell_index=index)


def _take(known: Any, content: Any) -> None:
    """Put what became of a cell or notebook into the owner's; what papermill noted of it is the owner's own."""
    known.update({name: value for name, value in content.items() if name not in {"metadata", "cells"}})
    known.metadata.update({name: value for name, value in content.metadata.items() if name != "papermill"})


class _Clock:
    """Ends the crew when a cell takes longer than its limit, and knows which cell that was."""

    def __init__(self, crew: Crew, limit: float | None) -> None:
        self._crew = crew
        self._limit = limit
        self._timer: threading.Timer | None = None
        self.late: NotebookNode | None = None

    def start(self, cell: NotebookNode) -> None:
        """Begin to count."""
        if self._limit:
            self._timer = threading.Timer(self._limit, self._end, (cell,))
            self._timer.start()

    def stop(self) -> None:
        """Stop counting."""
        if self._timer is not None:
            self._timer.cancel()

    def _end(self, cell: NotebookNode) -> None:
        self.late = cell
        self._crew.end()


@cache
def _crew(process: int) -> Crew:
    """Return this process's crew; a fork of it makes its own."""
    del process
    crew = Crew(workers=1, kind="fork")
    atexit.register(crew.end)
    return crew


def _is_own(client: Any) -> bool:
    """Tell whether a client's kernel is IPython in the Python that runs here."""
    try:
        command = client.create_kernel_manager().kernel_spec.argv
    except KeyError:  # there is no such kernel; papermill's own engine says so
        return False
    own = {"python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}"}
    return command[0] in {*own, sys.executable} and "ipykernel_launcher" in command
