"""The business case's workbench in a real JupyterLab and a real browser: a scenario is made by hand and used by the next run."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo

from kohtaamo_utils.delivery.lab import copy_workbenches, lab_command
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.engagement import FILE_NAME
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WAIT = 60_000
"""Milliseconds after which something that should have come is missing."""


@pytest.fixture
def folder(tmp_path) -> Path:
    """Give a copy of the sample engagement with the workbenches, as `kohtaamo lab` makes it."""
    made = tmp_path / "sample"
    shutil.copytree(bundled("data/sample"), made, ignore=shutil.ignore_patterns("reports"))
    copy_workbenches(made)
    return made


@pytest.fixture
def lab(folder, tmp_path) -> Iterator[str]:
    """Start JupyterLab on the engagement, settings of its own, and end it with its kernels whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, home = secrets.token_hex(16), tmp_path / "jupyter"
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]  # fmt: skip
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip
    with (tmp_path / "lab.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*lab_command(folder), *options],
            env=os.environ | {name: str(home / name.lower()) for name in names},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server, tmp_path / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/roi_workbench.ipynb?token={token}"
        finally:
            _end(server)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + WAIT / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own http address
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, as it then ends its kernels; if it does not, end it."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture
def page(browser, lab) -> Iterator[Any]:
    """Open the workbench and run all of its cells."""
    context = browser.new_context(viewport={"width": 1500, "height": 1400})
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    try:
        opened.goto(lab)
        opened.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        opened.get_by_text(
            "(ipykernel) | Idle"
        ).wait_for()  # cells that are run before the kernel is there are left out
        opened.get_by_role("menuitem", name="Run", exact=True).click()
        opened.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        opened.locator(".kohtaamo .cards").first.wait_for()
        yield opened
    finally:
        if picture := os.environ.get("KOHTAAMO_PICTURE"):
            opened.screenshot(path=picture)
        context.close()


def test_a_scenario_made_by_hand_is_what_the_next_run_uses(page, folder):
    """A slider moved by keyboard changes the answer; a name and a press save it on disk; the next run reports it."""
    before, answer = (folder / FILE_NAME).read_text(encoding="utf-8"), page.locator(".kohtaamo .cards").first
    first = answer.inner_text()
    handle = page.locator(".widget-slider .noUi-handle").first
    handle.focus()
    for _ in range(5):
        handle.press("ArrowRight")
    page.wait_for_function("was => document.querySelector('.kohtaamo .cards').innerText !== was", arg=first)
    page.get_by_label("Skenaarion nimi").fill("Kevään koe")
    page.get_by_role("button", name="Tallenna skenaario").click()
    page.locator("[role=status]", has_text="Kevään koe").wait_for()
    page.locator(".kohtaamo table", has_text="Kevään koe").first.wait_for()
    after = (folder / FILE_NAME).read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    saved = load(folder).settings.roi.scenarios["Kevään koe"]
    assert list(saved) == ["retention"]
    assert saved["retention"] > 0.02
    done = kohtaamo("run", ".", "--report", "roi", folder=folder)
    assert done.returncode == 0, done.stderr
    [file] = (folder / "reports").rglob("*.results.json")
    figures = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert "Kevään koe" in {figure["scope"].get("scenario") for figure in figures}
