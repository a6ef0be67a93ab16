"""`jupyter nbconvert --to kohtaamo` gives one finished HTML file, in anybody's project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from notebook_made import broken, cover, notebook, section, shown, text

from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.presentation.render import stylesheet


def _nbconvert(folder: Path, *cells) -> subprocess.CompletedProcess[str]:
    """Export a notebook of these cells as a user does."""
    nbformat.write(notebook(*cells), folder / "oma.ipynb")
    return subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", "--to", "kohtaamo", "oma.ipynb"],
        cwd=folder,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> str:
    """Export a small notebook and read its page."""
    folder = tmp_path_factory.mktemp("export")
    done = _nbconvert(
        folder,
        text("# Oma raportti"),
        cover("sv"),
        text("## Miten kassalla kohdataan?\n\nNäin: a > b & \"c\"."),
        section('<p class="lead">Hyvin.</p>'),
        shown({"text/html": "<script>x</script><table><tr><td>1</td></tr></table>"}),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "oma.html").read_text(encoding="utf-8")


def test_the_page_is_whole(exported):
    """The page is a document in the report's language, with title, contents and sections."""
    assert exported.startswith('<!DOCTYPE html>\n<html lang="sv">')
    assert "<h1>Oma raportti</h1>" in exported
    place = "miten-kassalla-kohdataan"
    assert f'<a href="#{place}">Miten kassalla kohdataan?</a>' in exported
    assert f'section[aria-labelledby="{place}"]{{view-timeline-name:--{place}}}' in exported
    assert '<p class="lead">Hyvin.</p>' in exported
    assert exported.endswith("</html>\n")


def test_the_page_holds_no_script_and_loads_nothing(exported):
    """Nothing runs, nothing is asked of any address, and the page passes the gate."""
    assert re.findall(r"<script|<link|<iframe|\b(?:src|srcset)=|@import|url\((?!#)", exported) == []
    assert "default-src 'none'" in exported
    assert pass_or_refuse(exported, Secrets(Path("asiakas-oy"))) is None


def test_style_is_not_escaped(exported):
    """The style sheet stands as it is written: an escaped selector would style nothing."""
    [style] = re.findall(r"<style>(.*?)</style>", exported, re.DOTALL)
    assert re.findall(r"&(?:gt|lt|amp|quot|#\d+);", style) == []
    assert style.strip().startswith(stylesheet().strip())
    assert 'figcaption::before{counter-increment:chart;content:"Diagram " counter(chart) ". "}' in style
    assert ">" in style
    assert '"' in style


def test_a_failed_notebook_is_not_exported(tmp_path):
    """The command ends with an error that says why, and no file is made."""
    done = _nbconvert(tmp_path, text("# Oma"), broken())
    assert done.returncode != 0
    assert "The notebook stopped with an error (KeyError)" in done.stderr
    assert not (tmp_path / "oma.html").exists()


def test_exporting_twice_gives_the_same_bytes(tmp_path, exported):
    """The same notebook gives the same file, byte for byte."""
    cells = (text("# Oma"), cover(), text("## A"), section("<p>x</p>"))
    pages = []
    for _ in range(2):
        assert _nbconvert(tmp_path, *cells).returncode == 0
        pages.append((tmp_path / "oma.html").read_bytes())
    assert pages[0] == pages[1]
    assert pages[0] != exported.encode()
