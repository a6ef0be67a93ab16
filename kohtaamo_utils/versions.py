"""What computes the reports: the kit's own files, and the libraries that can change a byte of what comes out."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from kohtaamo_utils.resources import PACKAGE, bundled

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = (
    "babel", "brotli", "defusedxml", "duckdb", "fonttools", "jinja2", "markupsafe", "matplotlib", "nbconvert", "nh3", "numpy",
    "pandas", "pandera", "pillow", "pyarrow", "pydantic", "python-calamine", "ruamel.yaml", "salib", "scipy", "seaborn",
    "simplemma", "statsmodels", "sympy", "xlsxwriter",
)  # fmt: skip
"""Libraries whose work stands in a report; those that only run notebooks, draw a progress bar or read arguments do not."""
_NOT_OURS = {"assets", "__pycache__"}
"""Folders with templates and the sample, and with what Python itself writes."""


@cache
def code_sha256() -> str:
    """Return the fingerprint of the kit's own files: code, words, page and registers, so that a changed formula makes reports anew.

    Templates are not in it; each report has its own.

    Examples
    --------
    >>> len(code_sha256())
    64
    """
    files = {file.relative_to(PACKAGE).as_posix(): file for file in PACKAGE.rglob("*") if _is_ours(file)}
    files |= {f"data/{file.name}": file for file in bundled("data").glob("*.yaml")}
    lines = (f"{name}:{hashlib.sha256(files[name].read_bytes()).hexdigest()}" for name in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _is_ours(file: Path) -> bool:
    parts = file.relative_to(PACKAGE).parts
    left_behind = any(part.startswith(".") or part in _NOT_OURS for part in parts)
    return file.is_file() and not left_behind


@cache
def libraries() -> dict[str, str]:
    """Return the versions of Python and of the libraries that compute and draw the reports.

    Examples
    --------
    >>> sorted(libraries())[:2]
    ['babel', 'brotli']
    """
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return dict(sorted(found.items()))
