"""An engagement folder, opened: its settings, checked, and where its files are."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kohtaamo_utils.engagement.document import checked, read_document
from kohtaamo_utils.engagement.settings import LANGUAGES, EngagementSettings, Language, known_language
from kohtaamo_utils.errors import SETTINGS_FILE, Problem, SettingsError, argument, say

FILE_NAME = SETTINGS_FILE
_LANGUAGE = re.compile(rf"^language:[ \t]*[\"']?({'|'.join(LANGUAGES)})\b", re.MULTILINE)


@dataclass(frozen=True)
class Engagement:
    """One client's folder.

    Parameters
    ----------
    folder
        The engagement folder.
    settings
        What ``engagement.yaml`` says.
    """

    folder: Path
    settings: EngagementSettings

    def path(self, name: str) -> Path:
        """Return where a file that the settings name is; names are relative to the folder."""
        return _on_disk(self.folder / name)

    @property
    def reports(self) -> Path:
        """Folder that `kohtaamo run` writes."""
        return self.folder / "reports"

    @property
    def settings_sha256(self) -> str:
        """Fingerprint of the settings; comments and the order of keys do not change it."""
        text = json.dumps(self.settings.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _on_disk(path: Path) -> Path:
    """Return a path as the disk spells it: a Mac writes ä as two characters, and other systems then find no such file."""
    if path.name.isascii() or path.exists() or not path.parent.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    return next((entry for entry in path.parent.iterdir() if unicodedata.normalize("NFC", entry.name) == wanted), path)


def load(folder: Path | str) -> Engagement:
    """Open an engagement folder and check its settings.

    Parameters
    ----------
    folder
        Folder that holds ``engagement.yaml``.

    Raises
    ------
    SettingsError
        The folder or file is missing, is not YAML, or says something that cannot be; every problem is listed
        with its line.
    """
    folder = Path(folder)
    file = folder / FILE_NAME
    if folder.is_file():
        raise SettingsError(
            say(
                "{path} is a file. Give the engagement folder that it is in: {folder}",
                path=str(folder),
                folder=argument(folder.parent),
            )
        )
    if not file.is_file():
        raise SettingsError(
            say(
                "There is no {file} in the folder {folder}. "
                "Give the engagement folder, or make one with: kohtaamo new DIR --client NAME",
                file=FILE_NAME,
                folder=str(folder.name or folder),
            )
        )
    content = read_document(file.read_bytes(), FILE_NAME)
    if not isinstance(content, dict):
        raise _no_settings()
    settings = checked(EngagementSettings, content, FILE_NAME)
    return Engagement(folder=folder, settings=settings)


def language_of(folder: Path | str) -> Language:
    """Return the engagement's language: where its settings cannot be used, the one that they name, else English."""
    try:
        return load(folder).settings.language
    except SettingsError:
        return _named_language(Path(folder))


def _named_language(folder: Path) -> Language:
    try:
        text = (folder / FILE_NAME).read_bytes().decode(errors="replace")
    except OSError:
        return "en"
    found = _LANGUAGE.search(text)
    return (found and known_language(found[1])) or "en"


def _no_settings() -> SettingsError:
    problem = Problem(
        file=FILE_NAME,
        kind="empty",
        message=say("The file holds no settings."),
        expected=say("keys such as client, language, sources"),
        advice=say("Make a fresh one with: kohtaamo new DIR --client NAME"),
    )
    return SettingsError(say("{file} cannot be used as it is:", file=FILE_NAME), (problem,))
