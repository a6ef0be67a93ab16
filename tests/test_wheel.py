"""The wheel holds everything, and works where the source tree is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from command_line import PLAIN

pytestmark = pytest.mark.slow
BIN = "Scripts" if os.name == "nt" else "bin"


def _uv() -> list[str]:
    """Return how uv is started here; without it the test is skipped."""
    module = [sys.executable, "-m", "uv"]
    if subprocess.run([*module, "--version"], capture_output=True, check=False).returncode == 0:
        return module
    found = os.environ.get("UV") or shutil.which("uv")
    if not found:
        pytest.skip("uv is not installed: python -m pip install uv")
    return [found]


def _run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the source tree."""
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    done = subprocess.run(
        [*map(str, command)], cwd=folder, env=kept | PLAIN, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(project, tmp_path_factory) -> Path:
    """Build the wheel."""
    uv = _uv()
    folder = tmp_path_factory.mktemp("dist")
    _run(*uv, "build", "--wheel", "--out-dir", folder, project, folder=folder)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, project, tmp_path_factory) -> Path:
    """Install the wheel into a fresh environment, with the pinned versions; return its folder of commands."""
    uv, folder = _uv(), tmp_path_factory.mktemp("fresh")
    _run(*uv, "venv", "--python", sys.executable, folder / "env", folder=folder)
    lock = project / "requirements.lock"
    pins = ["--constraint", lock] if lock.is_file() else []
    _run(*uv, "pip", "install", "--python", folder / "env", *pins, wheel, folder=folder)
    return folder / "env" / BIN


def _source(project: Path, folder: str, ending: str) -> set[str]:
    """Return the files of a folder of the source tree that must be in the wheel."""
    files = {file.relative_to(project).as_posix() for file in (project / folder).rglob(f"*{ending}")}
    assert files, f"no {ending} in {folder}"
    return {name for name in files if "/reports/" not in name and "checkpoint" not in name}


@pytest.mark.parametrize(
    ("folder", "ending", "inside"),
    [
        ("templates", ".ipynb", "kohtaamo_utils/assets/"),
        ("notebooks", ".ipynb", "kohtaamo_utils/assets/"),
        ("data/sample", ".yaml", "kohtaamo_utils/assets/"),
        ("data/sample/data", ".csv", "kohtaamo_utils/assets/"),
        ("data/sample/data", ".xlsx", "kohtaamo_utils/assets/"),
        ("data", ".yaml", "kohtaamo_utils/assets/"),
        ("kohtaamo_utils", ".py", ""),
        ("kohtaamo_utils", ".po", ""),
        ("kohtaamo_utils", ".j2", ""),
        ("kohtaamo_utils", ".css", ""),
        ("kohtaamo_utils", "py.typed", ""),
    ],
)
def test_the_wheel_holds(folder, ending, inside, wheel, project):
    """Each file that the program reads when it runs is in the wheel."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert sorted(name for name in _source(project, folder, ending) if inside + name not in names) == []


def test_the_wheel_holds_nothing_else(wheel):
    """No test, cache, made report or tool of ours is in the wheel."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kohtaamo_utils", "kohtaamo"}
    assert [name for name in names if "__pycache__" in name or "/reports/internal" in name or "/tests/" in name] == []


def test_the_installed_program_works(installed, tmp_path):
    """Outside the source tree `new`, `check`, `templates` and nbconvert's exporter find what they need."""
    kohtaamo = installed / "kohtaamo"
    _run(kohtaamo, "new", "uusi", "--client", "Uusi Oy", folder=tmp_path)
    assert (tmp_path / "uusi" / "engagement.yaml").is_file()
    assert "roi" in _run(kohtaamo, "templates", folder=tmp_path).stdout.splitlines()
    where = _run(installed / "python", "-c", "import kohtaamo_utils as k; print(k.__file__)", folder=tmp_path).stdout
    assert installed.parent.as_posix() in Path(where.strip()).as_posix()
    _run(installed / "jupyter", "nbconvert", "--help-all", folder=tmp_path)


def test_the_installed_demo_works(installed, tmp_path):
    """The demo makes every report of the sample in an environment that holds the wheel alone."""
    done = _run(installed / "kohtaamo", "demo", folder=tmp_path)
    assert "Epäonnistui" not in done.stdout + done.stderr
    reports = tmp_path / "kohtaamo-demo" / "reports"
    made = {file.relative_to(reports).as_posix() for file in reports.glob("*/*.html")}
    assert {"roi/roi.fi.html", "current_state/management.fi.html", "review_360/group.fi.html"} <= made
    assert f"Raportit: tehty {len(made)}." in done.stdout
