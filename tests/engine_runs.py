"""Notebooks run by each engine in turn, one after the other, and what remains to be compared of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from kohtaamo_utils.engine.crew import Crew, Done, Told
from kohtaamo_utils.engine.forked import run_cells
from kohtaamo_utils.engine.warm import imported, warm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbformat import NotebookNode

    from kohtaamo_utils.engine.crew import Kind

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
_CHANGING = {"papermill", "execution"}
_CHANGING_TEXT = re.compile(r"(?:/\S*)?/ipykernel_\d+/|[0-9a-f]{32}|0x[0-9a-f]{8,}")


def notebook_of(*sources: str) -> NotebookNode:
    """Make a notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=dict(KERNEL))


def in_crew(notebooks: Sequence[NotebookNode], kind: Kind) -> list[NotebookNode]:
    """Run notebooks by our engine, each to its end before the next begins."""
    wholes = []
    with Crew(workers=1, kind=kind) as crew:
        crew.prepare(warm, [name for notebook in notebooks for name in imported(notebook)])
        for notebook in notebooks:
            crew.submit(run_cells, notebook, {"kernel_name": "python3"})
            told = list(crew.messages())
            assert isinstance(told[-1], Done)
            assert told[-1].outcome.error == ""
            wholes += [
                message.content[2] for message in told if isinstance(message, Told) and message.content[0] == "whole"
            ]
    assert crew.kind == kind, "the crew went over to the pool"
    return wholes


def in_one_kernel(notebooks: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Run notebooks in one kernel that is used again."""
    first, *others = notebooks
    client = NotebookClient(first, kernel_name="python3")
    with client.setup_kernel():
        for notebook in notebooks:
            client.nb = notebook
            for number, cell in enumerate(notebook.cells):
                client.execute_cell(cell, number)
    return [first, *others]


def comparable(notebook: NotebookNode) -> tuple[Any, ...]:
    """Return what two executions of a notebook must have in common: all but times, processes and random ids."""
    cells = []
    for cell in notebook.cells:
        tags = {name: value for name, value in cell.metadata.items() if name not in _CHANGING}
        timing = sorted(cell.metadata.get("execution", {}))
        cells.append(
            (cell.cell_type, cell.source, cell.get("execution_count"), tags, timing, _plain(cell.get("outputs")))
        )
    info = {name: value for name, value in notebook.metadata.items() if name not in {"papermill", "widgets"}}
    widgets = len(
        notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    )
    return cells, info, widgets


def _plain(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _plain(value) for name, value in content.items()}
    if isinstance(content, list):
        return [_plain(value) for value in content]
    return _CHANGING_TEXT.sub("*", content) if isinstance(content, str) else content
