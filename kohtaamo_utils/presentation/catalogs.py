"""The catalogs' own care: find every message of the kit, and bring the ``.po`` files up to date.

``python -m kohtaamo_utils.presentation.catalogs`` adds new messages (untranslated) and drops those no longer used;
a test refuses a catalog that lacks a translation.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kohtaamo_utils.presentation.code_messages import code_messages
from kohtaamo_utils.presentation.wording import LOCALES, TRANSLATED
from kohtaamo_utils.resources import bundled

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "t": None,
    "N_": None,
    "plural": (1, 2),
    "say": None,
    "say_plural": (1, 2),
}
"""Functions and methods that mark messages, and which of their arguments are the texts (none named: the first)."""
_METHODS = [
    ("**.py", f"{code_messages.__module__}:{code_messages.__name__}"),
    ("**.j2", "jinja2.ext.babel_extract"),
]
_OPTIONS = {"**.j2": {"silent": "false"}}


def messages() -> Catalog:
    """Return every message of code, page templates and template notebooks, without translations."""
    catalog = Catalog(project="kohtaamo", charset="utf-8")
    root = LOCALES.parent.parent
    for name, _line, message, _comments, _context in extract_from_dir(str(root), _METHODS, _OPTIONS, KEYWORDS):
        catalog.add(message, locations=[(Path(name).as_posix(), 0)])
    for folder in ("templates", "notebooks"):
        for notebook in sorted(bundled(folder).glob("*.ipynb")):
            for text in markdown_messages(notebook):
                catalog.add(text, locations=[(f"{folder}/{notebook.name}", 0)])
    return catalog


def markdown_messages(notebook: Path) -> list[str]:
    """Return a notebook's markdown as the exporter looks it up: headings without marks, paragraphs whole."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    blocks = [block.strip() for source in sources for block in re.split(r"\n\s*\n", source.strip())]
    return [re.sub(r"^#{1,3}\s+", "", block) for block in blocks]


def read(language: str) -> Catalog:
    """Return a language's catalog as it stands in its file."""
    file = LOCALES / f"{language}.po"
    if not file.exists():
        return _empty(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def _empty(language: str) -> Catalog:
    """Return an empty catalog whose head does not change from day to day."""
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Catalog(
        locale=language,
        project="kohtaamo",
        version="1",
        msgid_bugs_address="-",
        charset="utf-8",
        fuzzy=False,
        header_comment="# Messages of Kohtaamo; refreshed by python -m kohtaamo_utils.presentation.catalogs",
        creation_date=start,
        revision_date=start,
        last_translator="Kohtaamo developers",
        language_team="Kohtaamo developers",
    )


def update(language: str) -> int:
    """Bring a catalog up to date; return how many messages lack a translation."""
    old, new = read(language), _empty(language)
    missing = 0
    for message in messages():
        if not message.id:
            continue
        known = old.get(message.id if isinstance(message.id, str) else message.id[0])
        string = known.string if known is not None else ""
        missing += not (any(string) if isinstance(string, tuple | list) else string)
        new.add(message.id, string=string, locations=message.locations)
    with (LOCALES / f"{language}.po").open("wb") as stream:
        write_po(stream, new, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    return missing


if __name__ == "__main__":
    import sys

    for each in TRANSLATED:
        sys.stdout.write(f"{each}: {update(each)} messages without a translation\n")
