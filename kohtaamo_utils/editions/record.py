"""What a delivered file was made from, as far as that is recorded: beside it, in the engagement, or at the foot of its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kohtaamo_utils.delivery.files import sha256
from kohtaamo_utils.delivery.origin import SIGNS
from kohtaamo_utils.editions.edition import RESULTS, read_results, stem_of
from kohtaamo_utils.editions.page_text import texts
from kohtaamo_utils.engagement import LANGUAGES
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kohtaamo_utils.editions.place import Delivered

FILES = "Files and their fingerprints: {files}."
MADE_WITH = "Made with Kohtaamo {version}; settings {settings}, template {template}. The same files, settings and version give the same report."
Match = Literal["same", "other", "none"]
_FILE = re.compile(r"(?:^|, )(.+?) \(([0-9a-f]{12})\)")


@dataclass(frozen=True)
class Record:
    """What is recorded of a delivered file.

    Parameters
    ----------
    match
        ``same``: the record is of this very file. ``other``: it is of a file of this name that was otherwise. ``none``: there is no record.
    provenance
        What the file was made from; empty where nothing tells.
    results
        The figures that belong to the file, where they are recorded.
    short
        Whether fingerprints are as short as at the foot of a page.
    """

    match: Match
    provenance: dict[str, Any]
    results: dict[str, Any] | None = None
    short: bool = False


def record_of(one: Delivered, reports: Path, content: bytes) -> Record:
    """Return what is recorded of a file: beside it, else in the engagement, else at its foot.

    Parameters
    ----------
    one
        The file.
    reports
        The engagement's folder of reports.
    content
        Its bytes.
    """
    if one.part == "figures":
        results = read_results(one.file)
        return Record("none", {}) if results is None else Record("same", dict(results["provenance"]), results)
    beside = one.file.with_name(stem_of(one.file) + RESULTS)
    places = dict.fromkeys((beside.resolve(), (reports / f"{one.stem}{RESULTS}").resolve()))
    found = [results for place in places if (results := read_results(place)) is not None]
    mark = sha256(content)
    own = next((results for results in found if mark in _marks(results)), None)
    if own is not None:
        return Record("same", dict(own["provenance"]), own)
    if beside.is_file() and found:
        return Record("other", dict(found[0]["provenance"]), found[0])
    foot = at_the_foot(content.decode(errors="replace")) if one.part == "page" else {}
    return Record("none", foot, short=True)


def _marks(results: Mapping[str, Any]) -> Iterator[str]:
    provenance = results["provenance"]
    yield from (str(provenance.get(name)) for name in ("html_sha256", "pdf_sha256"))
    attachments = provenance.get("attachments")
    yield from map(str, attachments.values()) if isinstance(attachments, dict) else ()


def at_the_foot(html: str) -> dict[str, Any]:
    """Return what a page says at its foot about where its figures come from, as provenance with short fingerprints."""
    found: dict[str, Any] = {}
    lines = [text for _, text in texts(html)][-6:]
    for language in LANGUAGES:
        for line in lines:
            files, made = (_pattern(message, language).fullmatch(line) for message in (FILES, MADE_WITH))
            if files is not None:
                found["inputs"] = [{"file": name, "sha256": mark} for name, mark in _FILE.findall(files["files"])]
            if made is not None:
                found |= {"kohtaamo": made["version"], "settings_sha256": made["settings"]}
                found["template_sha256"] = made["template"]
    return found


def _pattern(message: str, language: Any) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", Wording(language)(message))
    pieces = (f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile("".join(pieces))


def shortened(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Return provenance with fingerprints as short as a page has them, to be compared with those at its foot."""
    short = {name: value[:SIGNS] if name.endswith("_sha256") else value for name, value in provenance.items()}
    return short | {"inputs": _short(provenance.get("inputs", ()))}


def _short(inputs: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"file": item["file"], "sha256": item["sha256"][:SIGNS]} for item in inputs]
