"""A crew that several threads use at the same time: each asks for one run and waits for what became of it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engine.crew import Brought, Died, Done

if TYPE_CHECKING:
    from collections.abc import Callable

    from kohtaamo_utils.engine.crew import Crew

_PATIENCE = 0.5
"""Seconds between two looks whether the desk was closed meanwhile."""


class RunEndedError(Exception):
    """The process that made a run was ended from outside, or the desk was closed before it was done."""


@dataclass(frozen=True)
class _Asked:
    """A call, and who waits for it."""

    call: Callable[..., Any]
    args: tuple[Any, ...]
    answer: Future[Any] = field(default_factory=Future)


class Desk:
    """Takes calls from any thread and has each made in a process of its own.

    A `Crew` belongs to one thread. The desk has that thread: it alone gives orders to the crew and hears it.

    Parameters
    ----------
    crew
        Who makes the calls; the desk ends it.
    """

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._closed = threading.Event()
        self._asked: dict[int, _Asked] = {}
        crew.expect(1)
        self._thread = threading.Thread(target=self._serve, name="kohtaamo-desk", daemon=True)
        self._thread.start()

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        """Have a call made and return what it returns.

        Parameters
        ----------
        function, args
            As of `Crew.submit`.

        Raises
        ------
        RunEndedError
            Its process was ended, or the desk was closed.
        RuntimeError
            It raised; the message is what it raised, as text.
        """
        asked = _Asked(function, args)
        self._crew.bring(asked)
        while not self._closed.is_set():
            with suppress(TimeoutError):
                return asked.answer.result(_PATIENCE)
        raise RunEndedError("the desk is closed")

    def end(self) -> None:
        """End all processes, whatever they are doing; come back when they are gone."""
        self._crew.bring(None)
        self._thread.join()

    def _serve(self) -> None:
        try:
            for message in self._crew.messages():
                if isinstance(message, Brought) and not self._take(message.content):
                    break
                if isinstance(message, Died | Done):
                    self._answer(message)
        finally:
            self._closed.set()
            self._crew.end()

    def _take(self, asked: _Asked | None) -> bool:
        """Begin a run; tell whether the desk stays open."""
        if asked is None:
            return False
        self._crew.expect(1)
        self._asked[self._crew.submit(asked.call, *asked.args)] = asked
        return True

    def _answer(self, message: Died | Done) -> None:
        answer = self._asked.pop(message.number).answer
        if isinstance(message, Died):
            answer.set_exception(RunEndedError(f"ended with status {message.status}"))
        elif message.outcome.error:
            answer.set_exception(RuntimeError(message.outcome.error))
        else:
            answer.set_result(message.outcome.value)
