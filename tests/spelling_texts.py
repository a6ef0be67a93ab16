"""Every sentence of the kit by its language, without what is no language: code, placeholders, file names, addresses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from project_files import PROJECT, tracked
from ruamel.yaml import YAML

from kohtaamo_utils.presentation import catalogs

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTERS = ("competencies", "practices", "evidence", "parameters_fi")
LANGUAGES = ("fi", "sv", "en")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LEFT_OUT = re.compile(
    r"`[^`]*`|\{[^}]*\}|\]\([^)]*\)|https?://\S+|&\w+;|<[^>\n]*>"  # code, places to fill, addresses, entities, tags
    r"|\bkohtaamo (?:check|map|run|new|demo|lab|approve|templates|diff|verify)\b(?: NAME| DIR)?"  # commands
    r"|(?<!\w)--?\w[\w-]*(?:[ =][A-Z]+\b)?"  # options
    r"|\w+(?:[./_=]\w+)+(?:\(\))?|\.\w+\b|\w*_\w*"  # names of files, modules, keys
    r"|(?<=[\w%]):[a-zäö]{1,4}\b"  # cases of abbreviations: 5 %:ssa
    r"|[^\W\d_]*\d[\w]*"  # UTF-8, cp1252, r01
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def words(text: str) -> list[str]:
    """Return a text's words.

    Examples
    --------
    >>> words("Avaa `engagement.yaml` ja lisää {name}: Excel-tiedosto results.json, kohtaamo run DIR --force.")
    ['Avaa', 'ja', 'lisää', 'Excel-tiedosto']
    """
    plain = _LEFT_OUT.sub(" ", _FENCED.sub(" ", text)).replace("\u00ad", "").replace("’", "'")
    return _WORD.findall(plain)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield where each text of a language stands, and the text."""
    yield from _catalog(language)
    for name in REGISTERS:
        content = YAML(typ="safe").load((PROJECT / "data" / f"{name}.yaml").read_text(encoding="utf-8"))
        for text in _in_language(content, language):
            yield f"data/{name}.yaml", text
    if language == "en":
        for file in tracked():
            if file.suffix == ".md" and "sample" not in file.parts:
                yield file.relative_to(PROJECT).as_posix(), file.read_text(encoding="utf-8")
        for file in sorted([*(PROJECT / "templates").glob("*.ipynb"), *(PROJECT / "notebooks").glob("*.ipynb")]):
            for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "markdown":
                    yield f"{file.parent.name}/{file.name}", "".join(cell["source"])


def _catalog(language: str) -> Iterator[tuple[str, str]]:
    source = catalogs.messages() if language == "en" else catalogs.read(language)
    for message in source:
        if message.id:
            found = message.id if language == "en" else message.string
            for text in (found,) if isinstance(found, str) else found:
                yield f"catalog {language}", text


def _in_language(content: Any, language: str) -> Iterator[str]:
    """Yield the texts that stand under a language's key, however deep."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == language and isinstance(value, str):
                yield value
            else:
                yield from _in_language(value, language)
    elif isinstance(content, list):
        for value in content:
            yield from _in_language(value, language)
