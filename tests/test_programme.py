"""A whole 360 programme comes out of one run: a report for each reviewee, the group's, and one index."""

from __future__ import annotations

import json
import re

import made_programme
import pytest
from command_line import kohtaamo

REVIEWEES = 60


@pytest.mark.slow
def test_a_programme_in_one_run(tmp_path):
    """Each reviewee has the right report, bearing that person's name and nobody else's; the index links to all, once."""
    folder = made_programme.write(tmp_path / "e", REVIEWEES)
    done = kohtaamo("run", "e", "--report", "review_360", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Raportit: tehty {REVIEWEES + 1}." in done.stdout
    names = dict(enumerate(made_programme.names()[:REVIEWEES], start=1))
    stems = {f"p{number:03}.fi": {name} for number, name in names.items()} | {"group.fi": set()}
    pages = {file.stem: file.read_text(encoding="utf-8") for file in (folder / "reports/review_360").glob("*.html")}
    assert pages.keys() == stems.keys()
    assert {stem: {name for name in names.values() if name in page} for stem, page in pages.items()} == stems
    for stem in stems:
        results = json.loads((folder / f"reports/review_360/{stem}.results.json").read_text(encoding="utf-8"))
        assert results["subject"] == stem.removesuffix(".fi")
    index = (folder / "reports/index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r'href="review_360/([^"]+)\.html"', index)) == sorted(stems)
    assert "ajan tasalla" in kohtaamo("run", "e", folder=tmp_path).stdout


def test_made_names_are_five_hundred():
    """The made-up programme has a name of its own for each of 500 people."""
    assert len(set(made_programme.names())) == 500


def test_made_ratings_are_the_same_each_time():
    """The made-up ratings repeat: twelve raters and forty items a reviewee, a few answers left out."""
    first, second = list(made_programme.rows(2)), list(made_programme.rows(2))
    assert first == second
    assert len({row[2] for row in first}) == 24
    assert len({row[4] for row in first}) == 40
    assert 900 < len(first) < 960
