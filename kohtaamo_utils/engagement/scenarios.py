"""Saving a scenario of the business case under a name in ``engagement.yaml``, where the next run finds it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kohtaamo_utils.engagement.additions import CannotAddError, Entry, add, checked
from kohtaamo_utils.engagement.engagement import FILE_NAME, load
from kohtaamo_utils.engagement.explain import problems_of
from kohtaamo_utils.engagement.reader import reader
from kohtaamo_utils.engagement.settings import EngagementSettings
from kohtaamo_utils.errors import SettingsError, joined, reason_of, say

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = ("roi", "scenarios")


def save_scenario(folder: Path | str, name: str, values: Mapping[str, float]) -> Path:
    """Add a scenario to ``engagement.yaml``; what a person wrote there stays as it is, to the byte.

    Parameters
    ----------
    folder
        The engagement folder.
    name
        The scenario's name; a new one.
    values
        What differs from likely: effects by driver, other inputs of the model by their own names.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SettingsError
        The engagement cannot be read or has no ``roi`` block, the name is taken, a value is not one that the
        model has, or the file cannot be written; the message says which and what to do.
    """
    file = Path(folder) / FILE_NAME
    roi = load(folder).settings.roi
    if roi is None:
        raise SettingsError(
            say("{file} has no `roi` block to save a scenario in. Add `roi` with at least one driver.", file=FILE_NAME)
        )
    if name in roi.scenarios:
        raise SettingsError(
            say(
                "{file} has a scenario {name} already, and a saved one is not overwritten. Choose another name, or take the old one out of `{place}`.",
                file=FILE_NAME,
                name=repr(name),
                place=".".join(PLACE),
            )
        )
    before = file.read_bytes().decode("utf-8")
    after = _with_scenario(before, name, values)
    try:
        _write(file, after.encode("utf-8"))
    except OSError as error:
        raise SettingsError(
            say(
                "The scenario {name} was not saved, as {file} cannot be written ({why}). Mend that and save again.",
                name=repr(name),
                file=FILE_NAME,
                why=reason_of(error),
            )
        ) from None
    return file


def _write(file: Path, data: bytes) -> None:
    """Put new content in the place of a file at once; one that is read-only is left alone, though its folder is not."""
    mode = stat.S_IMODE(file.stat().st_mode)
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        part.chmod(mode)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _with_scenario(before: str, name: str, values: Mapping[str, float]) -> str:
    entry = Entry(name, tuple(Entry(key, float(value)) for key, value in values.items()))
    try:
        has_some = "scenarios" in (reader().load(before.removeprefix("\ufeff")).get("roi") or {})
        text = add(before, PLACE, [entry]) if has_some else add(before, PLACE[:1], [Entry(PLACE[1], (entry,))])
        _check(text, name)
        return checked(before, text)
    except CannotAddError as error:
        raise SettingsError(
            say(
                "The scenario {name} was not saved: {why}. Write it into {file} by hand, under `{place}`.",
                name=repr(name),
                why=error.message,
                file=FILE_NAME,
                place=".".join(PLACE),
            )
        ) from None


def _check(text: str, name: str) -> None:
    """Say in the settings' own words what is wrong with a name or a value."""
    content = reader().load(text.removeprefix("\ufeff"))
    try:
        EngagementSettings.model_validate(content)
    except ValidationError as error:
        problem = problems_of(error, content, FILE_NAME)[0]
        raise SettingsError(
            joined([say("The scenario {name} was not saved.", name=repr(name)), problem.said])
        ) from None
