"""IPython's own kernel without sockets or threads: it runs cells in this very process and keeps what it would have sent.

Nothing of IPython is imitated here. `ipykernel.ipkernel.IPythonKernel` runs the cells, makes the messages, words the
tracebacks and knows what a semicolon means; nbclient and papermill read the messages. Only the way between is ours: lists
instead of sockets. So a cell's outputs are those of a kernel that papermill starts.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from kohtaamo_utils.engine.streams import Stream

_Session: Any = vars(IPythonKernel.class_traits()["session"])["klass"]
_log = logging.getLogger("kohtaamo.kernel")
INLINE = "module://matplotlib_inline.backend_inline"


class Channel:
    """Messages in the order in which they were sent; nbclient reads them as from a socket."""

    def __init__(self) -> None:
        self.messages: deque[dict[str, Any]] = deque()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002 - nbclient's signature
        """Return the next message; there is one, for the cell has run to its end before it is asked for."""
        return self.messages.popleft()


class _Recorder(_Session):  # type: ignore[misc]  # found at run time
    """Makes messages as every session does, and appends them to a channel in the form that they would arrive in."""

    def send(
        self,
        stream: Any,
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: bytes | list[bytes] | None = None,
        buffers: list[Any] | None = None,
        track: bool = False,
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Keep a message; where it goes on a wire (`ident`, `track`) does not matter here."""
        del ident, track
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content=content, parent=parent, header=header, metadata=metadata)
        message["content"] = self.unpack(self.pack(message["content"]))
        message["buffers"] = [memoryview(part) for part in buffers or ()]
        if isinstance(stream, Channel):
            stream.messages.append(message)
        return message


class LocalKernel:
    """The kernel of this process, and its client in one.

    It is made once in a process, before the process forks; every fork then has a kernel that has run nothing.

    Examples
    --------
    >>> import sys
    >>> LocalKernel.__doc__.splitlines()[0]
    'The kernel of this process, and its client in one.'
    """

    def __init__(self) -> None:
        os.environ.setdefault("MPLBACKEND", INLINE)
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        self._session = _Recorder(username="kernel", key=b"")
        config = Config()
        config.HistoryManager.enabled = (
            False  # its thread must not live where a fork is made, nor its file hold a client's data
        )
        kernel: Any = IPythonKernel.instance(
            config=config, session=self._session, iopub_socket=self.iopub_channel, log=_log
        )
        self._kernel = kernel
        kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)  # nobody but the owner interrupts a cell
        application: Any = IPKernelApp.instance()  # IPython looks there for the kernel; it is not started
        application.kernel = self._kernel
        application.init_path()
        kernel.shell.run_line_magic("load_ext", "storemagic")
        self._streams: tuple[Stream, Stream] | None = None

    @property
    def language_info(self) -> dict[str, object]:
        """What the kernel says of its language."""
        return dict(self._kernel.language_info)

    def kernel_info(self) -> str:
        """Name the question of what the kernel is; `LocalClient.wait_for_reply` answers it."""
        return "kernel_info"

    async def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Run a cell; what it sent lies in the channels when this returns.

        Parameters
        ----------
        code
            The cell's source.
        store_history
            Whether the cell counts.
        stop_on_error
            Taken for nbclient's sake: no other cell waits here.

        Returns
        -------
        The id that the messages name as their parent.
        """
        del stop_on_error
        content = {"code": code, "silent": False, "store_history": store_history, "stop_on_error": False}
        request = self._session.msg("execute_request", {**content, "user_expressions": {}, "allow_stdin": False})
        self._kernel.set_parent([b"client"], request)
        self._status("busy", request)
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self._open_streams()
        try:
            await self._kernel.execute_request(self.shell_channel, [b"client"], request)
        finally:
            sys.stdout, sys.stderr = kept
        self._status("idle", request)
        return str(request["header"]["msg_id"])

    def _open_streams(self) -> tuple[Stream, Stream]:
        if self._streams is None:
            self._streams = Stream(1, self._write), Stream(2, self._write)
        return self._streams

    def _write(self, name: str, text: str) -> None:
        content = {"name": name, "text": text}
        self._session.send(self.iopub_channel, "stream", content, parent=self._kernel.get_parent("shell"))

    def _status(self, state: str, parent: dict[str, Any]) -> None:
        self._session.send(self.iopub_channel, "status", {"execution_state": state}, parent=parent)
