"""Notebooks in processes of their own, warm: ``papermill --engine kohtaamo``, and what `kohtaamo run` makes its reports with.

papermill loads every installed engine when it is imported, so this module imports nothing.
"""

from __future__ import annotations

from typing import Any


class KohtaamoEngine:
    """papermill's engine ``kohtaamo``: every notebook runs in a fork of a process that has loaded the libraries.

    Where processes are not forked, and for kernels other than this Python's own, papermill's usual engine does the work.

    Examples
    --------
    >>> import papermill
    >>> from papermill.engines import papermill_engines
    >>> papermill_engines.register("kohtaamo", KohtaamoEngine)
    >>> papermill_engines.get_engine("kohtaamo").__name__
    'KohtaamoEngine'
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook; as of `papermill.engines.Engine`."""
        from kohtaamo_utils.engine.forked import ForkedEngine

        return ForkedEngine.execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel that the notebook names."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language that the notebook names."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))
