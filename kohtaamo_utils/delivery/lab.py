"""JupyterLab on an engagement: the workbenches beside its files, and the command that opens it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.engagement import load
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOKS = "notebooks"
SAMPLE = '"../data/sample"'
"""The engagement that a workbench opens as it ships."""
PARENT = '".."'
"""The engagement of a workbench in the engagement's own folder of notebooks."""


def copy_workbenches(folder: Path) -> tuple[Path, ...]:
    """Copy the workbenches into an engagement, set to open it; those that are there already stay as they are.

    Parameters
    ----------
    folder
        Engagement folder.

    Returns
    -------
    tuple of Path
        The copies that were made.

    Raises
    ------
    SettingsError
        The folder holds no engagement, or one that cannot be used.
    """
    load(folder)
    made: list[Path] = []
    for bench in sorted(bundled(NOTEBOOKS).glob("*.ipynb")):
        copy = folder / NOTEBOOKS / bench.name
        if not copy.exists():
            write_whole(copy, _opening_parent(bench.read_text(encoding="utf-8")))
            made.append(copy)
    return tuple(made)


def _opening_parent(text: str) -> str:
    """Return a workbench's text with the engagement of its parameters cell set to the folder above."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = [_line(line) for line in "".join(cell["source"]).splitlines(keepends=True)]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _line(line: str) -> str:
    return line.replace(SAMPLE, PARENT, 1) if line.startswith("engagement") else line


def lab_command(folder: Path) -> list[str]:
    """Return the command that opens JupyterLab on an engagement, its workbenches in view; nothing is started.

    Parameters
    ----------
    folder
        Engagement folder.

    Examples
    --------
    >>> from pathlib import Path
    >>> lab_command(Path("asiakas-oy"))[1:4]
    ['-m', 'jupyter', 'lab']
    """
    root = folder.resolve()
    return [
        sys.executable, "-m", "jupyter", "lab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{NOTEBOOKS}",
    ]  # fmt: skip
