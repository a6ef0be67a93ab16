"""Pages stay small enough for e-mail: gates on the skeleton and on each report of the sample."""

from __future__ import annotations

import pytest
from finished_reports import STEMS, finished
from notebook_made import cover, notebook, text

from kohtaamo_utils.delivery.exporter import page_html
from kohtaamo_utils.delivery.page import compose

SKELETON, REPORT = 30_000, 300_000
"""Bytes."""


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_skeleton_is_small(language):
    """A page with a cover and nothing else, style sheet included, has less than 30 kB."""
    html = page_html(compose(notebook(text("# T"), cover(language, facts=[["A", "B"]], provenance=["C"]))))
    assert 10_000 < len(html.encode()) < SKELETON


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_reports_of_the_sample_are_small(stem, tmp_path_factory, project, worker_id):
    """Each report of the sample, in one file with all its charts, has less than 300 kB."""
    base = tmp_path_factory.getbasetemp()
    reports = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", "fi")
    assert 10_000 < (reports / f"{stem}.fi.html").stat().st_size < REPORT
