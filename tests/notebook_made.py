"""Executed notebooks made on the spot, each named by what it is to provoke."""

from __future__ import annotations

from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from kohtaamo_utils.presentation.section import MEDIA_TYPE


def shown(data: dict[str, Any], source: str = "secret_code()", tags: tuple[str, ...] = (), **metadata: Any) -> Any:
    """Make a code cell that displayed something."""
    output = new_output("display_data", data, metadata=metadata)
    return new_code_cell(source, outputs=[output], execution_count=7, metadata={"tags": list(tags)})


def text(source: str) -> Any:
    """Make a text cell."""
    return new_markdown_cell(source)


def cover(language: str = "fi", **more: Any) -> Any:
    """Make a code cell that displayed a report's head."""
    return shown({MEDIA_TYPE: {"kind": "cover", "language": language, "client": "Esimerkki Oy", **more}})


def section(html: str) -> Any:
    """Make a code cell that displayed a section."""
    return shown({MEDIA_TYPE: {"kind": "section", "id": "s", "html": html}, "text/plain": "Section s"})


def broken(tags: tuple[str, ...] = ()) -> Any:
    """Make a code cell that ended in an error."""
    error = new_output("error", ename="KeyError", evalue="secret", traceback=["Traceback secret"])
    return new_code_cell("secret_code()", outputs=[error], metadata={"tags": list(tags)})


def notebook(*cells: Any) -> Any:
    """Make a notebook of these cells."""
    return new_notebook(cells=list(cells))
