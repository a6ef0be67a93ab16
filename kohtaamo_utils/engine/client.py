"""A notebook, run to its end in this process by papermill's own client."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from nbclient.client import NotebookClient
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine

from kohtaamo_utils.engine.kernel import LocalKernel

if TYPE_CHECKING:
    from collections.abc import Iterator

_kernel: LocalKernel | None = None


def local_kernel() -> LocalKernel:
    """Return this process's kernel; made when first asked for."""
    global _kernel  # noqa: PLW0603 - a process has one IPython
    if _kernel is None:
        _kernel = LocalKernel()
    return _kernel


class LocalClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """papermill's client of the kernel in this process."""

    @contextlib.contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        """Take this process's kernel instead of starting one."""
        del kwargs
        self.kc = self.km = local_kernel()
        if "numpy" in sys.modules:  # forks would all draw the same numbers
            sys.modules["numpy"].random.seed()
        yield

    def wait_for_reply(self, msg_id: str, cell: Any = None) -> dict[str, Any]:
        """Answer the one question that papermill asks of a kernel after the last cell."""
        del msg_id, cell
        return {"content": {"language_info": local_kernel().language_info}}

    async def _async_check_alive(self) -> None:
        """Say nothing: were the kernel dead, nobody would ask."""


class LocalEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """papermill's engine that runs the cells in this process; only for a process that runs one notebook and ends."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Run the notebook's cells."""
        options = {name: value for name, value in kwargs.items() if name in NotebookClient.class_trait_names()}
        return LocalClient(nb_man, kernel_name=kernel_name, **options).execute()
