"""Kohtaamo: notebooks that turn a client's files into finished reports on the quality of encounters.

Each sub-package is one room of the house; ARCHITECTURE.md draws the way through them.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("kohtaamo")
except PackageNotFoundError:  # run from a bare source tree
    __version__ = "0.0.0"

__all__ = ["__version__"]
