"""What templates there are and which parameters each takes."""

from __future__ import annotations

from pathlib import Path

from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.resources import bundled


def template_names() -> tuple[str, ...]:
    """Return the names of the templates that ship."""
    return tuple(sorted(file.stem for file in bundled("templates").glob("*.ipynb")))


def describe(name: str) -> str:
    """Return a template's title, file and parameters as text.

    Raises
    ------
    SettingsError
        There is no such template.
    """
    import nbformat
    import papermill

    if name not in template_names():
        raise SettingsError(
            say(
                "There is no template called {name}. The templates are: {names}.",
                name=repr(name),
                names=", ".join(template_names()),
            )
        )
    file = bundled(f"templates/{name}.ipynb")
    parameters = papermill.inspect_notebook(str(file))
    notebook = nbformat.read(str(file), as_version=4)  # type: ignore[no-untyped-call]
    lines = [name, _title(notebook), "", "Parameters:"]
    for parameter in parameters.values():
        kind = parameter["inferred_type_name"]
        lines.append(f"  {parameter['name']} ({kind}), default {parameter['default']}: {parameter['help'].strip()}")
    lines += ["", f"With papermill: papermill {_shown(file)} out.ipynb -p engagement DIR"]
    return "\n".join(lines)


def _title(notebook: object) -> str:
    cells = getattr(notebook, "cells", [])
    return next((cell.source.removeprefix("# ") for cell in cells if cell.source.startswith("# ")), "")


def _shown(file: Path) -> str:
    return file.relative_to(Path.cwd()).as_posix() if file.is_relative_to(Path.cwd()) else str(file)
