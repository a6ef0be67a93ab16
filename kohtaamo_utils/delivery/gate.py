"""The gate before delivery: a page that holds what no client may get is refused.

It looks at the finished file as a stranger would, whatever made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FORBIDDEN = {
    "a script": re.compile(r"<script\b", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address to load from": re.compile(
        r"<(?:img|link|iframe|object|embed|source|audio|video)\b[^>]*\b(?:src|href|data)\s*=\s*[\"']?(?!data:|#)",
        re.IGNORECASE,
    ),
    "a style sheet to load": re.compile(r"@import|url\(\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "a traceback": re.compile(r"Traceback \(most recent call last\)"),
    "a warning of the program": re.compile(r"\b\w*Warning: "),
    "an unfilled placeholder": re.compile(r"\{[a-z_]+\}(?![^<]*</style>)"),
    "a missing number": re.compile(r">\s*(?:nan|NaN|None|inf|-inf)\s*<"),
}
_HOME = re.compile(r"(?:/home/|/Users/|/root/|[A-Za-z]:\\Users\\)[^\s<\"']*")


@dataclass(frozen=True)
class Secrets:
    """Texts that must not be in one report.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Names that belong to other reports: of other reviewees, of other clients.
    """

    folder: Path
    names: tuple[str, ...] = ()


def pass_or_refuse(html: str, secrets: Secrets) -> None:
    """Let a page through, or refuse it with the reason.

    Raises
    ------
    DeliveryError
        The page holds something that no client may get; the message names what, not the secret itself.
    """
    body = re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    found = [name for name, pattern in _FORBIDDEN.items() if pattern.search(body)]
    if _HOME.search(body) or _paths(secrets.folder, body):
        found.append("a path of this computer")
    if any(_names_in(secrets.names, body)):
        found.append("a name that belongs to another report")
    if found:
        raise DeliveryError(
            f"The report is not delivered, because the page holds {', '.join(found)}. Earlier versions are left as they were."
        )


def _paths(folder: Path, body: str) -> bool:
    absolute = str(folder.resolve())
    return len(absolute) > 3 and absolute in body


def _names_in(names: Iterable[str], body: str) -> Iterable[bool]:
    text = re.sub(r"<[^>]+>", " ", body)
    for name in names:
        if len(name.strip()) > 2:
            yield re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.IGNORECASE) is not None
