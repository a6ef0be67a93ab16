"""A run on a terminal shows how far it is; elsewhere it says nothing before its end."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from kohtaamo_utils.delivery.make import Outcome
from kohtaamo_utils.delivery.roster import Task
from kohtaamo_utils.progress import Progress

pytest.importorskip("rich")


class Terminal(io.StringIO):
    """What a terminal is shown."""

    def isatty(self) -> bool:
        """Say that a person looks."""
        return True


def shown(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make three reports, one of which fails, and return what was shown."""
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm")
    with Progress() as progress:
        progress.start(3)
        for name, state in (("r01", "made"), ("r02", "failed"), ("r03", "made")):
            time.sleep(0.15)
            task = Task("review_360", f"review_360/{name}.fi", Path("review_360.ipynb"), {"reviewee": name})
            progress.advance(Outcome(task, state))
            time.sleep(0.15)
    return screen.getvalue()


def test_a_terminal_shows_count_rate_and_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, how many of how many, how many a minute, and each failure as it comes."""
    text = shown(Terminal(), monkeypatch)
    assert "Failed: review_360/r02.fi" in text
    assert "2/3" in text
    assert " a minute" in text
    assert text.index("Failed: review_360/r02.fi") < text.index("review_360/r03.fi")


def test_elsewhere_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file or a pipe gets no bar."""
    assert shown(io.StringIO(), monkeypatch) == ""
