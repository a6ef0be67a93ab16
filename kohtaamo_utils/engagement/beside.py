"""The other clients whose folders lie beside an engagement's: names that no text of this one may tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import SETTINGS_FILE

if TYPE_CHECKING:
    from pathlib import Path

_CLIENT = re.compile(
    r"""^[ \t]*["']?client["']?:[ \t]*(?P<quote>['"]?)(?P<name>.+?)(?P=quote)[ \t]*,?[ \t]*(?:#.*)?$""", re.MULTILINE
)
_FORM = re.compile(r",? (?:Oy Ab|Ab Oy|Oyj|Oy|Abp|Ab|AB|HB|Ltd|Inc|LLC|GmbH|Tmi|Ky|ry|rf)\.?$")


def others_beside(folder: Path) -> tuple[str, ...]:
    """Return the names of the clients of the folders beside one, without their company form.

    Parameters
    ----------
    folder
        The engagement folder.
    """
    own = folder.resolve()
    names = {_FORM.sub("", name) for file in _files_beside(own) if (name := _client(file))}
    return tuple(sorted(names - {_FORM.sub("", _client(own / SETTINGS_FILE))}))


def lines_beside(folder: Path) -> tuple[str, ...]:
    """Return the lines that name the clients of the folders beside one, as their settings have them.

    Parameters
    ----------
    folder
        The engagement folder.
    """
    found = map(_line, _files_beside(folder.resolve()))
    return tuple(sorted({line[0] for line in found if line}))


def _files_beside(own: Path) -> list[Path]:
    return sorted(file for file in own.parent.glob(f"*/{SETTINGS_FILE}") if file.parent != own)


def _client(file: Path) -> str:
    found = _line(file)
    return found["name"].strip() if found else ""


def _line(file: Path) -> re.Match[str] | None:
    try:
        return _CLIENT.search(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
