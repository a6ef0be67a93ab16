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
    files = sorted(file for file in own.parent.glob(f"*/{SETTINGS_FILE}") if file.parent != own)
    names = {_FORM.sub("", name) for file in files if (name := _client(file))}
    return tuple(sorted(names - {_FORM.sub("", _client(own / SETTINGS_FILE))}))


def _client(file: Path) -> str:
    try:
        found = _CLIENT.search(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found["name"].strip() if found else ""
