"""Writing a file whole or not at all, and fingerprints of content."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.visible import spelt_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PART = ".part"


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Parameters
    ----------
    file
        Where; folders are made.
    content
        Text (as UTF-8 with LF) or bytes.
    """
    write_together({file: content})


def write_together(files: Mapping[Path, str | bytes]) -> None:
    """Write several files whole: none of them is replaced before all could be written.

    Parameters
    ----------
    files
        Content by place; as of `write_whole`. They are replaced in this order.
    """
    parts: dict[Path, Path] = {}
    try:
        for file, content in files.items():
            parts[file] = _write_part(file, content.encode() if isinstance(content, str) else content)
        for file, part in parts.items():
            part.replace(file)
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise


def _write_part(file: Path, data: bytes) -> Path:
    with _naming(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=_PART)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        part.chmod(0o644)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


@contextlib.contextmanager
def _naming(folder: Path) -> Iterator[None]:
    """Let an error name the folder that cannot be written to, and no file in it that nobody knows."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(folder)) from error


def part_of(file: Path) -> Path:
    """Return a name beside a file, hidden and nobody else's, for what is not finished; it keeps the file's ending."""
    return file.with_name(f".{file.stem}.{secrets.token_hex(4)}{_PART}{file.suffix}")


def remove_parts(folder: Path) -> None:
    """Remove what writers that were ended from outside have left below a folder."""
    for part in [*folder.rglob(f".*{_PART}*")]:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def scratch_in(folder: Path) -> Iterator[Path]:
    """Lend a new folder below another for passing files; it goes when it is given back.

    Parameters
    ----------
    folder
        Where; it is made.
    """
    scratch = folder / f".{secrets.token_hex(4)}{_PART}"
    with _naming(folder):
        folder.mkdir(parents=True, exist_ok=True)
        scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def to_json(content: Any) -> str:
    """Return content as JSON text that repeats byte for byte; NaN and infinity are refused, unseen signs spelt out."""
    return spelt_out(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 fingerprint of a text or bytes.

    Examples
    --------
    >>> sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
