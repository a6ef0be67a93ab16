"""What a report's process finds ready when it is forked: it loads nothing, for each of hundreds would load it anew."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OF_IPYTHON = {"IPython.core.logger", "bdb"}
"""What it loads when it runs a cell, and not before: milliseconds."""
FROM = """
import json, os, sys
said = os.fdopen(os.dup(1), "w")
from kohtaamo_utils.delivery.gate import Secrets
from kohtaamo_utils.delivery.roster import every_task
from kohtaamo_utils.delivery.warmth import hand_over, warm_up
from kohtaamo_utils.engagement import load
from kohtaamo_utils.intake import read
folder, report, stem = sys.argv[1:]
engagement = load(folder)
dataset = read(engagement)
task = next(task for task in every_task((report,), dataset.tables, scores=True) if task.stem == stem)
warm_up((report,))
hand_over(engagement, dataset, (report,))
before = set(sys.modules)
from kohtaamo_utils.delivery.make import here, make
outcome = here(None, make, task, engagement.folder, "", Secrets(engagement.folder))
print(json.dumps([outcome.state, sorted(set(sys.modules) - before)]), file=said, flush=True)
"""
LIGHTER = """
import sys
from kohtaamo_utils.delivery.warmth import lighter
with lighter():
    import nbformat
assert "rfc3987_syntax" not in sys.modules, "the grammar was compiled"
from nbformat.v4 import new_markdown_cell, new_notebook
nbformat.validate(new_notebook(cells=[new_markdown_cell("a")]))
broken = new_notebook()
broken["cells"] = [{"cell_type": "poem"}]
try:
    nbformat.validate(broken)
except nbformat.ValidationError:
    print("refused")
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax("iri", "http://esimerkki.fi/ä"), rfc3987_syntax.is_valid_syntax("iri", "ä ä"))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("report", "stem"), [("review_360", "review_360/r02.fi"), ("current_state", "current_state/employee.sv")]
)
def test_forks_load_nothing(tmp_path: Path, project: Path, report: str, stem: str) -> None:
    """A report that is made in a warmed process loads no library and no module of ours for itself."""
    folder = tmp_path / "client"
    shutil.copytree(project / "data" / "sample", folder)
    done = subprocess.run(
        [sys.executable, "-c", FROM, str(folder), report, stem], capture_output=True, text=True, check=False
    )
    state, loaded = json.loads(done.stdout)
    assert (state, set(loaded) - OF_IPYTHON) == ("made", set()), done.stderr[-500:]


def test_lighter() -> None:
    """Notebooks are checked as ever where the grammar of addresses was left out, and who wants it can have it."""
    done = subprocess.run([sys.executable, "-c", LIGHTER], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["refused", "True", "False"], done.stderr[-500:]
