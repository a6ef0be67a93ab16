"""Workbooks as a spreadsheet program sees them: calculated anew by LibreOffice, and read cell by cell."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Calculate every OOXML file anew when it is opened, whatever values it brings (0 = always).
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def libreoffice() -> str:
    """Return LibreOffice's command, or skip where it is not installed."""
    found = os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not installed (set SOFFICE to where it is)")
    return found


def recalculated(folder: Path, workbooks: Mapping[str, bytes]) -> dict[str, Any]:
    """Let LibreOffice calculate workbooks anew, all in one start; return them by name, with values for formulas.

    Parameters
    ----------
    folder
        An empty folder to work in.
    workbooks
        Content by name.
    """
    command = libreoffice()
    profile, given, done = folder / "profile", folder / "given", folder / "done"
    for each in (profile / "user", given, done):
        each.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    for name, content in workbooks.items():
        (given / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            *(command, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
            *("--convert-to", "xlsx", "--outdir", str(done), *(str(given / f"{name}.xlsx") for name in workbooks)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: openpyxl.load_workbook(done / f"{name}.xlsx", data_only=True) for name in workbooks}


def opened(content: bytes, *, values: bool = False) -> Any:
    """Open a workbook: its formulas, or the values that stand in the file for a program that does not calculate."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def named(book: Any) -> dict[str, Any]:
    """Return what stands in each named cell."""
    found = {}
    for name, definition in book.defined_names.items():
        [(sheet, cell)] = definition.destinations
        found[name] = book[sheet][cell.replace("$", "")].value
    return found


def parts(content: bytes) -> dict[str, str]:
    """Return the texts of a workbook's parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
