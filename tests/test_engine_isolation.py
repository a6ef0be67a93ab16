"""What one client's notebook leaves behind is unseen by the next: a secret is planted in every place that we know of."""

from __future__ import annotations

import json

import pytest
from engine_runs import in_crew, in_one_kernel, notebook_of

from kohtaamo_utils.engine.alone import can_fork

HELPER = """\
import functools

CLIENT = None

@functools.cache
def load():
    return []
"""
IMPORTS = """\
import builtins, json, locale, os, random, sys, tempfile, warnings
from pathlib import Path
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
import helper
"""
PLANT = """\
%config InlineBackend.close_figures = False
client = "A Oy"
pd.set_option("display.precision", 3)
os.environ["CLIENT"] = "A Oy"
helper.CLIENT = "A Oy"
pd.CLIENT = "A Oy"
builtins.CLIENT = "A Oy"
helper.load().append("A Oy")
matplotlib.rcParams["lines.linewidth"] = 7.25
locale.setlocale(locale.LC_NUMERIC, "C.UTF-8")
random.seed(360)
np.random.seed(360)
os.mkdir("of_a"); os.chdir("of_a")
plt.figure(num="A Oy")
Path(tempfile.gettempdir(), "of_a.txt").write_text("A Oy")
warnings.filterwarnings("ignore", message="of A")
sys.path.append("/of_a")
sys.modules["of_a"] = helper
"A Oy"
"""
LOOK = """\
seen = {
    "namespace": "client" in globals(),
    "history": any("A Oy" in str(value) for value in [*Out.values(), *In[:-1]]),
    "pandas options": pd.get_option("display.precision") == 3,
    "environment": "CLIENT" in os.environ,
    "a helper's attribute": helper.CLIENT is not None,
    "a library's attribute": hasattr(pd, "CLIENT"),
    "builtins": hasattr(builtins, "CLIENT"),
    "functools.cache": helper.load() != [],
    "rcParams": matplotlib.rcParams["lines.linewidth"] == 7.25,
    "locale": locale.setlocale(locale.LC_NUMERIC) == "C.UTF-8",
    "random": random.random() == random.Random(360).random(),
    "numpy.random": np.random.random() == np.random.RandomState(360).random(),
    "working folder": os.path.basename(os.getcwd()) == "of_a",
    "open figures": plt.fignum_exists("A Oy"),
    "temporary files": Path(tempfile.gettempdir(), "of_a.txt").exists(),
    "warnings filters": any("of A" in str(rule[1]) for rule in warnings.filters),
    "sys.path": "/of_a" in sys.path,
    "sys.modules": "of_a" in sys.modules,
}
print(json.dumps(seen))
"""
PLACES = 18


def _seen(notebooks: list) -> dict[str, bool]:
    outputs = [output for notebook in notebooks for cell in notebook.cells for output in cell.outputs]
    assert [output for output in outputs if output.output_type == "error"] == []
    found: dict[str, bool] = json.loads(notebooks[-1].cells[-1].outputs[0]["text"])
    assert len(found) == PLACES
    return found


@pytest.fixture
def clients(tmp_path, monkeypatch):
    """Give the notebooks of two clients beside a helper module that both import."""
    (tmp_path / "helper.py").write_text(HELPER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return [notebook_of(IMPORTS, PLANT), notebook_of(IMPORTS, LOOK)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [pytest.param("fork", marks=pytest.mark.skipif(not can_fork(), reason="no fork on this system")), "pool"],
)
def test_nothing_of_a_client_is_seen_by_the_next(kind, clients):
    """Whatever client A's notebook changes, client B's does not find it, neither with forks nor with processes used once."""
    assert {place for place, seen in _seen(in_crew(clients, kind)).items() if seen} == set()


@pytest.mark.slow
def test_a_kernel_used_again_shows_everything(clients):
    """The test can fail: in a kernel that is used again every one of the secrets is found."""
    assert {place for place, seen in _seen(in_one_kernel(clients)).items() if not seen} == set()


@pytest.mark.slow
@pytest.mark.skipif(not can_fork(), reason="no fork on this system")
def test_forks_draw_numbers_of_their_own():
    """Forks of one process do not all draw the same random numbers."""
    draw = "import random, numpy as np\nprint(random.random(), np.random.random())"
    first, second = (ran.cells[0].outputs[0]["text"].split() for ran in in_crew([notebook_of(draw)] * 2, "fork"))
    assert len({*first, *second}) == 4
