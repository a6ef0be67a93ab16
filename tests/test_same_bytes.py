"""The same inputs give the same bytes, whoever runs them, where, when and how: every page, workbook and results.json of the sample."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from command_line import KOHTAAMO, PLAIN, content

if TYPE_CHECKING:
    from pathlib import Path

CIRCUMSTANCES = {
    "ensin": {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1", "jobs": "1"},
    "Toinen kansio": {
        "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "fi_FI.UTF-8", "PYTHONHASHSEED": "4242", "jobs": "2",
    },
}  # fmt: skip


def _reports(tmp_path: Path, sample: Path, name: str) -> dict[str, bytes]:
    """Run a copy of the sample as somebody else would, and return what is delivered."""
    folder, home = tmp_path / name / "toimeksianto", tmp_path / name / "koti"
    home.mkdir(parents=True)
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("reports"))
    circumstances = dict(CIRCUMSTANCES[name])
    jobs = circumstances.pop("jobs")
    environment = os.environ | PLAIN | circumstances | {"HOME": str(home), "USERPROFILE": str(home), "USER": name}
    done = subprocess.run(
        [KOHTAAMO, "run", folder, "--jobs", jobs],
        env=environment,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        file: data
        for file, data in content(folder / "reports").items()
        if not file.startswith("internal/") and file != "index.html"
    }


@pytest.mark.slow
def test_the_samples_reports_are_the_same_bytes(project, tmp_path):
    """Another folder, home, user, time zone, locale, hash seed and number of jobs change no byte of any report."""
    sample = project / "data" / "sample"
    first, second = (_reports(tmp_path, sample, name) for name in CIRCUMSTANCES)
    assert {name.rpartition(".")[2] for name in first} == {"html", "xlsx", "json"}
    assert len([name for name in first if name.endswith(".html")]) == 17
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
