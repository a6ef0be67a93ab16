"""The `kohtaamo` command as a user starts it, and small engagements to start it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from warm_command import run_warm

KOHTAAMO = Path(sys.executable).with_name("kohtaamo.exe" if os.name == "nt" else "kohtaamo")
PLAIN = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
ROI_SETTINGS = """\
roi:
  horizon_years: 3
  discount_rate: 0.10
  costs: {initial: 1000, per_year: 100}
  basket: {margin_rate: 0.30, effect: {low: 0.0, likely: 0.01, high: 0.02, unit: relative, source: pilotti, grade: B}}
  simulations: 1000
  seed: 7
"""


def start(*arguments: str | Path, folder: Path, **options) -> subprocess.Popen[str]:
    """Start a command in a folder."""
    return subprocess.Popen(
        [str(KOHTAAMO), *map(str, arguments)],
        cwd=folder,
        env=os.environ | PLAIN,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def kohtaamo(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a fork that has its libraries loaded; whatever happens, a user sees no traceback."""
    if not hasattr(os, "fork"):
        return kohtaamo_itself(*arguments, folder=folder)
    done = run_warm([str(KOHTAAMO), *map(str, arguments)], folder, os.environ | PLAIN)
    assert "Traceback" not in done.stdout + done.stderr
    return done


def kohtaamo_itself(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in a process that begins with nothing."""
    process = start(*arguments, folder=folder)
    out, err = process.communicate(timeout=600)
    assert "Traceback" not in out + err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def shop(folder: Path, customers: int = 10) -> Path:
    """Make a tiny engagement: each customer orders three times, once each half year; a business case on the basket."""
    (folder / "data").mkdir(parents=True)
    write_orders(folder, customers)
    (folder / "engagement.yaml").write_text(
        "client: Pikkukauppa Oy\nsources:\n  transactions: {file: data/myynti.csv}\n" + ROI_SETTINGS, encoding="utf-8"
    )
    return folder


def write_orders(folder: Path, customers: int = 10) -> None:
    """Write the shop's sales anew."""
    days = ("2024-02-01", "2024-08-01", "2025-02-01")
    rows = [f"A{number},{day},{20 + number}" for number in range(customers) for day in days]
    (folder / "data" / "myynti.csv").write_text(
        "\n".join(["customer_id,ordered_on,amount", *rows]) + "\n", encoding="utf-8"
    )


def content(folder: Path, pattern: str = "**/*") -> dict[str, bytes]:
    """Return each file's bytes below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.glob(pattern) if file.is_file()}
