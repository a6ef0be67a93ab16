"""The same inputs give the same bytes, whoever runs them, where, when and how: pages, workbooks and results.json of the sample."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from command_line import KOHTAAMO, PLAIN, content
from finished_reports import STEMS, finished

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}


def _reports(tmp_path: Path, sample: Path) -> Path:
    """Run a copy of the sample as somebody else would, and return where the reports are."""
    folder, home = tmp_path / "Toinen kansio" / "toimeksianto", tmp_path / "koti"
    home.mkdir(parents=True)
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("reports"))
    environment = os.environ | PLAIN | ELSEWHERE | {"HOME": str(home), "USERPROFILE": str(home), "USER": "toinen"}
    done = subprocess.run(
        [KOHTAAMO, "run", folder, "--jobs", "1"],
        env=environment,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "reports"


@pytest.mark.slow
def test_the_samples_reports_are_the_same_bytes(project, tmp_path, tmp_path_factory, worker_id):
    """Another folder, home, user, time zone, locale, hash seed and number of jobs change no byte of a report of any template."""
    sample, base = project / "data" / "sample", tmp_path_factory.getbasetemp()
    here = content(finished(base if worker_id == "master" else base.parent, sample, "fi"))
    elsewhere = content(_reports(tmp_path, sample))
    assert len([name for name in elsewhere if name.endswith(".html") and "/" in name]) == 17
    wanted = [name for name in here if name.partition(".fi.")[0] in STEMS]
    assert len([name for name in wanted if name.endswith(".html")]) == len(STEMS)
    assert {name.rpartition(".")[2] for name in wanted} == {"html", "xlsx", "json"}
    assert [name for name in wanted if here[name] != elsewhere.get(name)] == []
