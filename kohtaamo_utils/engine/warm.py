"""What a notebook will import, loaded ahead where that is known to be harmless."""

from __future__ import annotations

import ast
import pkgutil
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engine.client import local_kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

HARMLESS = {"numpy", "pandas", "matplotlib", "seaborn", "scipy", "statsmodels"}
"""Libraries that leave nothing behind but themselves when they are loaded, no thread and no state of a client."""


def imported(notebook: Any) -> tuple[str, ...]:
    """Return the modules to load ahead for a notebook: those that its cells import from harmless libraries.

    Parameters
    ----------
    notebook
        An nbformat 4 notebook.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> imported(new_notebook(cells=[new_code_cell("import pandas as pd, helpers"), new_code_cell("%matplotlib inline")]))
    ('pandas',)
    """
    names = [name for cell in notebook.cells if cell.cell_type == "code" for name in _of_cell(cell.source)]
    refused = {"statsmodels"} if find_spec("polars") else set()  # it loads polars, whose threads do not survive a fork
    return tuple(dict.fromkeys(name for name in names if name.split(".")[0] in HARMLESS - refused))


def _of_cell(source: str) -> Iterable[str]:
    lines = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    for line in lines:
        with suppress(SyntaxError):  # a line of an import that goes on
            for node in ast.walk(ast.parse(line)):
                if isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module


def warm(modules: Iterable[str]) -> None:
    """Make this process's kernel and load modules.

    Parameters
    ----------
    modules
        Names; one that is not there is passed over, for the notebook meets that itself.
    """
    local_kernel()
    for name in modules:
        with suppress(ImportError):
            pkgutil.resolve_name(name)
