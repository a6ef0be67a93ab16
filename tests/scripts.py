"""The page's script outside of the page: its parts run in Node on data, and answer with data."""

from __future__ import annotations

import json
import math
import subprocess
from importlib import resources
from typing import Any

_PARTS = resources.files("kohtaamo_utils.presentation").joinpath("page/what_if")
_ODD = {"Infinity": math.inf, "-Infinity": -math.inf, "NaN": math.nan}
_ENDING = """
const odd = (key, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(run(given), odd));
"""


def run_script(node: str, body: str, given: Any) -> Any:
    """Run the computing parts of the page's script with a function ``run(given)`` behind them.

    Parameters
    ----------
    node
        Path of Node.
    body
        JavaScript that defines ``run``.
    given
        What ``run`` gets, as JSON.
    """
    code = "".join(
        _PARTS.joinpath(f"{part}.js").read_text(encoding="utf-8") for part in ("engine", "numbers", "charts")
    )
    done = subprocess.run(
        [node, "-e", f'"use strict";{code}\n{body}\n{_ENDING}'],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout, object_hook=_with_odd)


def _with_odd(item: dict[str, Any]) -> dict[str, Any]:
    return {name: _ODD.get(value, value) if isinstance(value, str) else value for name, value in item.items()}
