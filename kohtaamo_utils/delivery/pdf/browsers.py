"""An installed Chromium, Chrome or Edge: prints where Pango is missing."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import scratch_in
from kohtaamo_utils.errors import DeliveryError, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 60
"""Seconds that printing one report may take."""
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge")  # fmt: skip
_APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
"""What a browser is told: nothing of its user's, nothing of the network, and no header of its own."""


def browser(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return an installed browser that can print, or None.

    Parameters
    ----------
    system
        Python's name of the operating system.
    environment
        Where its folders are told.
    """
    for command in _COMMANDS:
        found = shutil.which(command, path=environment.get("PATH", ""))
        if found:
            return Path(found)
    return next((place for place in _places(system, environment) if place.is_file()), None)


def _places(system: str, environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield where browsers are installed on systems that do not put them on the path."""
    if system == "darwin":
        for folder in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
            yield from (folder / name for name in _APPLICATIONS)
    elif system == "win32":
        told = [environment.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from (Path(folder) / program for program in _PROGRAMS for folder in told if folder)


def printed(program: Path, html: str, folder: Path, longest: float = LONGEST) -> bytes:
    """Return a document as the browser prints it.

    It runs without a window, with a profile of its own that is thrown away, reaches no address, and is ended when its time is over.

    Parameters
    ----------
    program
        The browser.
    html
        The document; pictures stand in it.
    folder
        Where its passing files may be. A system's own folder for such is not open to every browser.
    longest
        Seconds after which it is ended.

    Raises
    ------
    DeliveryError
        It gave no PDF, or not in time.
    """
    with scratch_in(folder) as scratch:
        page, pdf = scratch / "report.html", scratch / "report.pdf"
        page.write_text(html, encoding="utf-8")
        profile = scratch / "profile"
        command = [str(program), *_flags(), f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", page.as_uri()]
        ended = _run(command, longest)
        if not ended:
            raise DeliveryError(
                say(
                    "{browser} did not print the report in {seconds} seconds.",
                    browser=program.name,
                    seconds=int(longest),
                )
            )
        if not pdf.is_file() or not pdf.stat().st_size:
            raise DeliveryError(say("{browser} did not print the report.", browser=program.name))
        return pdf.read_bytes()


def _flags() -> tuple[str, ...]:
    """Return the browser's options. Its sandbox refuses the administrator of a Linux system, whom only containers have."""
    administrator = hasattr(os, "geteuid") and os.geteuid() == 0
    return (*_FLAGS, "--no-sandbox") if administrator else _FLAGS


def _run(command: list[str], longest: float) -> bool:
    """Run the browser and end it with all its processes; tell whether it ended by itself."""
    process = subprocess.Popen(  # noqa: S603 - an installed browser, arguments as a list
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(longest)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):  # it is gone
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
