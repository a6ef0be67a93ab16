"""A YAML file that a person may have written: read, or told where it cannot be."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kohtaamo_utils.errors import Problem, SettingsError, say

if TYPE_CHECKING:
    from pathlib import Path


def read_yaml(file: Path) -> Any:
    """Return a file's content as ruamel reads it for a round trip: with its lines and comments.

    Raises
    ------
    SettingsError
        The file is not UTF-8 or not YAML; the message says in which line.
    """
    try:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = Problem(
            file=file.name,
            kind="encoding",
            message=say("The file is not UTF-8 (byte {place}).", place=error.start + 1),
            advice=say("Save it as UTF-8."),
        )
        raise SettingsError(say("{file} cannot be read:", file=file.name), (problem,)) from None
    try:
        return YAML(typ="rt").load(text)
    except YAMLError as error:
        raise SettingsError(say("{file} cannot be read:", file=file.name), (_problem(error, file.name),)) from None


def _problem(error: YAMLError, name: str) -> Problem:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    reason = error.problem if isinstance(error, MarkedYAMLError) and error.problem else str(error).splitlines()[0]
    return Problem(
        file=name,
        kind="yaml",
        row=None if mark is None else mark.line + 1,
        message=say("This is not valid YAML: {reason}.", reason=reason),
        expected=say("`key: value` with spaces (not tabs) for indenting, each key once"),
        advice=say('Put texts that hold ":" or "#" in quotation marks.'),
    )
