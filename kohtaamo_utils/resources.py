"""Where the files that come with the product are: templates, the sample client, registers."""

from __future__ import annotations

from pathlib import Path

from kohtaamo_utils.errors import KohtaamoError, say

PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return where a bundled file or folder is: inside the installed package, or in the source tree.

    Parameters
    ----------
    name
        Path as in the source tree, with forward slashes, e.g. ``data/sample``.

    Raises
    ------
    KohtaamoError
        Neither place has it.

    Examples
    --------
    >>> bundled("data/evidence.yaml").name
    'evidence.yaml'
    """
    for folder in (PACKAGE / "assets", PACKAGE.parent):
        path = folder / name
        if path.exists():
            return path
    raise KohtaamoError(
        say(
            "The bundled {name} is missing from this installation. Expected: it inside or beside the package {package}. Install Kohtaamo again.",
            name=name,
            package=PACKAGE.name,
        )
    )
