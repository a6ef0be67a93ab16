"""The project's own files and what its Python modules import, for the tests that look at the source itself."""

from __future__ import annotations

import ast
import gc
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "kohtaamo_utils"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file, parsed."""

    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        """Path within the project, for messages."""
        return self.path.relative_to(PROJECT).as_posix()

    @property
    def name(self) -> str:
        """Dotted name; a package's is its folder's."""
        return ".".join(self.path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")

    @property
    def room(self) -> str:
        """First part below the package; empty for the package itself."""
        return room_of(self.name)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function, nested ones and methods included."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Everything that is imported anywhere in the file, as dotted names; of a name in a module both together."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
        return tuple(found)


def room_of(name: str) -> str:
    """Return the room of a dotted name of the package.

    Examples
    --------
    >>> room_of("kohtaamo_utils.roi.drivers.basket")
    'roi'
    """
    return name.split(".")[1] if "." in name else ""


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the Python files below some folders of the project, in order of path."""
    files = sorted(file for folder in folders for file in (PROJECT / folder).rglob("*.py"))
    gc.disable()  # a million nodes are made that all stay, and no later search for garbage is to look through them
    try:
        return tuple(Module(file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    finally:
        gc.freeze()
        gc.enable()


def kit() -> tuple[Module, ...]:
    """Return the package's modules."""
    return modules("kohtaamo_utils")


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that are in the repository or would be added to it, in order of path."""
    if not (PROJECT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("the source tree is not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    names = sorted(name for name in listing.stdout.decode().split("\0") if name)
    return tuple(PROJECT / name for name in names if (PROJECT / name).is_file())


@cache
def text_of(name: str) -> str:
    """Return the content of one of the project's text files."""
    return (PROJECT / name).read_text(encoding="utf-8")


def tables_of(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the tables of a Markdown file: each a tuple of rows without the line under its head, each row its cells."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", text_of(name), re.MULTILINE)
    rows = [[line.strip("|").split("|") for line in block.splitlines()] for block in blocks]
    return tuple(
        tuple(tuple(cell.strip() for cell in row) for number, row in enumerate(block) if number != 1) for block in rows
    )


def table_of(name: str, *head: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of every table of a Markdown file that has this head, one under another."""
    return tuple(row for table in tables_of(name) if table[0] == head for row in table[1:])


def code_in(cell: str) -> tuple[str, ...]:
    """Return what stands between backticks.

    Examples
    --------
    >>> code_in("`errors`, `tables`")
    ('errors', 'tables')
    """
    return tuple(re.findall(r"`([^`]+)`", cell))
