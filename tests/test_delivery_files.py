"""A file is written whole or not at all, and JSON holds numbers only."""

from __future__ import annotations

import errno
import json
import tempfile
from pathlib import Path

import pytest

from kohtaamo_utils.delivery.files import remove_parts, scratch_in, sha256, to_json, write_whole


def _everything(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("content", ["Hyvää\npäivää\n", b"\x00\xff"])
def test_content_is_written_as_it_is(content, tmp_path):
    """Text becomes UTF-8 with LF on every system, bytes stay; folders are made."""
    file = tmp_path / "a" / "b" / "report.html"
    write_whole(file, content)
    assert file.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    assert _everything(tmp_path) == ["a/b/report.html"]


@pytest.mark.parametrize("broken", ["replace", "chmod"])
def test_a_failing_write_leaves_the_old_file(broken, tmp_path, monkeypatch):
    """When writing fails the old file is there whole, and nothing half-written beside it."""
    file = tmp_path / "report.html"
    write_whole(file, "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(Path, broken, fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(file, "new")
    monkeypatch.undo()
    assert file.read_text(encoding="utf-8") == "old"
    assert _everything(tmp_path) == ["report.html"]


@pytest.mark.parametrize(
    "write", [lambda folder: write_whole(folder / "roi.html", "x"), lambda folder: scratch_in(folder).__enter__()]
)
def test_a_folder_that_cannot_be_written_to_is_named(write, tmp_path, monkeypatch):
    """What is told is the folder, and not a temporary file that the user has never seen."""

    def refused(*_arguments, **_options):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / ".4f2a.part"))

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    real = Path.mkdir
    monkeypatch.setattr(
        Path,
        "mkdir",
        lambda self, *given, **options: real(self, *given, **options) if "parents" in options else refused(),
    )
    with pytest.raises(PermissionError) as caught:
        write(tmp_path)
    assert caught.value.filename == str(tmp_path)


def test_text_that_cannot_be_written_leaves_the_old_file(tmp_path):
    """Text that is not Unicode is refused before anything is touched."""
    file = tmp_path / "report.html"
    write_whole(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "\ud800")
    assert file.read_text(encoding="utf-8") == "old"
    assert _everything(tmp_path) == ["report.html"]


def test_parts_of_an_ended_writer_are_removed(tmp_path):
    """What a writer that was ended has left goes, and only that."""
    for name in (".abc.part", "a/.tmp1.part", "a/my.part", "report.html"):
        write_whole(tmp_path / name, "")
    remove_parts(tmp_path)
    assert _everything(tmp_path) == ["a/my.part", "report.html"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_json_refuses_what_is_no_number(value):
    """NaN and infinity are not JSON and never reach a machine."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"figures": [{"value": value}]})


def test_json_keeps_letters_and_digits():
    """Letters stay readable, and a float reads back as exactly the same float."""
    text = to_json({"name": "Työ", "value": 0.1 + 0.2})
    assert "Työ" in text
    assert text.endswith("}\n")
    assert json.loads(text)["value"] == 0.1 + 0.2


def test_fingerprint():
    """The fingerprint is SHA-256 of the UTF-8 bytes (FIPS 180-2, example B.1: "abc")."""
    assert sha256("abc") == sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
