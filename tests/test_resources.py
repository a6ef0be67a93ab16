"""Bundled files are found in the source tree and in an installed package."""

from __future__ import annotations

import pytest

from kohtaamo_utils import resources
from kohtaamo_utils.errors import KohtaamoError


def test_source_tree(project):
    """In a checkout a bundled file is the project's own."""
    assert resources.bundled("data/evidence.yaml") == project / "data" / "evidence.yaml"


def test_installed_package_comes_first(tmp_path, monkeypatch):
    """In a wheel the files lie under the package's assets, and those are taken."""
    file = tmp_path / "assets" / "data" / "evidence.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("claims: []", encoding="utf-8")
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    assert resources.bundled("data/evidence.yaml") == file


def test_missing_file():
    """A file that is nowhere is an error that names it and says what to do."""
    with pytest.raises(KohtaamoError, match=r"The bundled data/nothing\.yaml is missing.*Install Kohtaamo again"):
        resources.bundled("data/nothing.yaml")
