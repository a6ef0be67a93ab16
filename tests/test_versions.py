"""What computes the reports is fingerprinted whole: every file of the kit counts, and every library that can change a byte."""

from __future__ import annotations

import re
import shutil
import tomllib
from typing import TYPE_CHECKING

import pytest
from project_files import PACKAGE, PROJECT, text_of, tracked

from kohtaamo_utils import versions

if TYPE_CHECKING:
    from pathlib import Path

OWN = versions.code_sha256()
CHANGE_NO_BYTE = {
    "ipykernel",
    "ipywidgets",
    "jupyterlab",
    "nbclient",
    "nbformat",
    "papermill",
    "rich",
    "traitlets",
    "typer",
}
"""Dependencies that run notebooks, show controls, or read arguments."""


@pytest.fixture
def kit(tmp_path, monkeypatch) -> Path:
    """Give a copy of the kit's own files and registers, which is what is fingerprinted."""
    for file in tracked():
        place = file.relative_to(PROJECT)
        if file.is_relative_to(PACKAGE) or (place.parts[0] == "data" and file.suffix == ".yaml"):
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, tmp_path / place)
    monkeypatch.setattr(versions, "PACKAGE", tmp_path / "kohtaamo_utils")
    monkeypatch.setattr(versions, "bundled", lambda name: tmp_path / name)
    return tmp_path


def _fresh() -> str:
    return versions.code_sha256.__wrapped__()


@pytest.mark.usefixtures("kit")
def test_the_copy_has_the_kits_own_fingerprint():
    """The fingerprint is of the files' names and bytes, wherever they lie."""
    assert _fresh() == OWN


@pytest.mark.parametrize(
    "name",
    [
        "kohtaamo_utils/measures/nps.py", "kohtaamo_utils/presentation/locale/fi.po", "kohtaamo_utils/presentation/page/style.css",
        "kohtaamo_utils/presentation/page/page.html.j2", "kohtaamo_utils/presentation/page/what_if/engine.js",
        "kohtaamo_utils/redaction/words.txt", "kohtaamo_utils/intake/proposing/words.yaml", "data/competencies.yaml",
        "data/evidence.yaml", "data/parameters_fi.yaml", "data/practices.yaml",
    ],
)  # fmt: skip
def test_every_file_counts(name, kit):
    """A change in code, words, looks, script or register changes the fingerprint, so that reports are made anew."""
    before = _fresh()
    (kit / name).write_bytes((kit / name).read_bytes() + b"\n")
    assert _fresh() != before


def test_what_others_leave_does_not_count(kit):
    """Bytecode, hidden files and the sample do not make reports out of date."""
    before = _fresh()
    for name in (
        "kohtaamo_utils/__pycache__/a.pyc",
        "kohtaamo_utils/.DS_Store",
        "kohtaamo_utils/assets/data/sample/a.csv",
    ):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_bytes(b"x")
    assert _fresh() == before


def test_every_library_is_recorded():
    """Each dependency is recorded with its version, but for those that cannot change a byte of a report."""
    dependencies = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in dependencies}  # type: ignore[index]
    assert set(versions.LIBRARIES) == names - CHANGE_NO_BYTE
    assert versions.libraries().keys() == {"python", *versions.LIBRARIES}
