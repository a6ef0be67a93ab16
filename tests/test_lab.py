"""JupyterLab on an engagement: the workbenches are copied once, and the command opens the right folder."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from command_line import content, shop
from typer.testing import CliRunner

from kohtaamo_utils import cli
from kohtaamo_utils.delivery.lab import copy_workbenches, lab_command
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path


def parameters(notebook: Path) -> list[str]:
    """Return the lines of a notebook's parameters cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    [cell] = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    return "".join(cell["source"]).splitlines()


def test_every_workbench_is_copied(tmp_path: Path) -> None:
    """Each workbench that ships is in the engagement's notebooks, opens the engagement above, and is else the same."""
    folder = shop(tmp_path / "e")
    made = copy_workbenches(folder)
    assert [copy.name for copy in made] == sorted(file.name for file in bundled("notebooks").glob("*.ipynb"))
    opening = {copy.name: [line for line in parameters(copy) if line.startswith("engagement")] for copy in made}
    assert [name for name, lines in opening.items() if not lines] == ["gallery.ipynb"]  # it shows no client's figures
    for copy in made:
        lines = opening[copy.name]
        assert all(line.startswith('engagement: str = ".."') for line in lines)
        original = bundled(f"notebooks/{copy.name}")
        assert [text.replace('".."', '"../data/sample"') for text in parameters(copy)] == parameters(original)
        ours, theirs = (json.loads(file.read_text(encoding="utf-8"))["cells"] for file in (copy, original))
        assert len(ours) == len(theirs)
        changed = ["".join(a["source"]) != "".join(b["source"]) for a, b in zip(ours, theirs, strict=True)]
        assert changed.count(True) == len(lines)


def test_a_workbench_that_is_there_stays(tmp_path: Path) -> None:
    """What an analyst has changed is never overwritten."""
    folder = shop(tmp_path / "e")
    [first, *_] = copy_workbenches(folder)
    first.write_text("{}", encoding="utf-8")
    before = content(folder)
    assert copy_workbenches(folder) == ()
    assert content(folder) == before


def test_lab_needs_an_engagement(tmp_path: Path) -> None:
    """A folder without engagement.yaml gets no notebooks."""
    with pytest.raises(SettingsError, match=r"There is no engagement\.yaml in the folder"):
        copy_workbenches(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_command_opens_the_folder(tmp_path: Path) -> None:
    """JupyterLab is started by our own Python, rooted in the engagement, and shows its notebooks."""
    assert lab_command(tmp_path) == [
        *(sys.executable, "-m", "jupyter", "lab"),
        f"--ServerApp.root_dir={tmp_path.resolve()}",
        "--LabApp.default_url=/lab/tree/notebooks",
    ]


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 1), (-9, 1)])
def test_lab_starts_and_passes_the_status_on(tmp_path: Path, monkeypatch, status: int, expected: int) -> None:
    """`kohtaamo lab` makes the workbenches, starts the command, and ends with 1 if that failed."""
    folder, started = shop(tmp_path / "e"), []

    def run(argv: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        started.append(argv)
        return subprocess.CompletedProcess(argv, status)

    monkeypatch.setattr(subprocess, "run", run)
    result = CliRunner().invoke(cli.app, ["lab", str(folder)])
    assert result.exit_code == expected
    assert started == [lab_command(folder)]
    assert "roi_workbench.ipynb" in result.output.replace("\n", "")


def test_jupyterlab_knows_the_options(tmp_path: Path) -> None:
    """JupyterLab itself takes the options: it shows its configuration with them and starts no server."""
    argv = [*lab_command(tmp_path), "--show-config-json"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ServerApp"]["root_dir"] == str(tmp_path.resolve())
