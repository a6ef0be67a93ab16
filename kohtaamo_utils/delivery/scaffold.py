"""New engagement folders: a copy of the sample, or an empty one with a commented ``engagement.yaml``."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.engagement import known_language, unknown_language
from kohtaamo_utils.errors import SettingsError, say
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path


def copy_sample(folder: Path) -> bool:
    """Copy the sample engagement; return False where it already is.

    Raises
    ------
    SettingsError
        The folder is there and holds something else.
    """
    sample = bundled("data/sample")
    if (folder / "engagement.yaml").is_file():
        if (folder / "engagement.yaml").read_bytes() != (sample / "engagement.yaml").read_bytes():
            raise SettingsError(
                say(
                    "{folder} holds another engagement. Give the demo a folder of its own: kohtaamo demo DIR",
                    folder=str(folder),
                )
            )
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(
            say("{folder} is not empty. Give the demo a folder of its own: kohtaamo demo DIR", folder=str(folder))
        )
    shutil.copytree(sample, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return True


def new_engagement(folder: Path, client: str, language: str) -> Path:
    """Make an engagement folder; nothing that is there is overwritten.

    Parameters
    ----------
    folder
        Folder to make.
    client
        The client's name.
    language
        ``fi``, ``sv`` or ``en``.

    Returns
    -------
    Path
        The new ``engagement.yaml``.

    Raises
    ------
    SettingsError
        The folder already is an engagement, the name is empty or cannot be printed, or the language is not known.
    """
    file = folder / "engagement.yaml"
    if file.exists():
        raise SettingsError(
            say("{file} is already there, and nothing of it was changed. Give another folder.", file=str(file))
        )
    if folder.exists() and not folder.is_dir():
        raise SettingsError(say("{folder} is a file. Give a folder.", folder=str(folder)))
    if not client.strip():
        raise SettingsError(say("The client's name is empty. Give it as the reports shall show it: --client NAME"))
    if not client.strip().isprintable():
        raise SettingsError(
            say("The client's name holds a line break or another sign that cannot be printed. Leave it out.")
        )
    if known_language(language) is None:
        raise SettingsError(unknown_language(language))
    template = bundled("data/engagement_template.yaml").read_text(encoding="utf-8")
    text = template.replace("language: fi", f"language: {language}", 1)
    text = text.replace('"CLIENT"', json.dumps(client.strip(), ensure_ascii=False))
    (folder / "data").mkdir(parents=True, exist_ok=True)
    write_whole(file, text)
    return file
