"""The gate for workbooks: a finished file is read as a stranger would, and refused if it holds what no client may get."""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.gate import in_text
from kohtaamo_utils.delivery.neighbours import advice
from kohtaamo_utils.delivery.secrets import others_in
from kohtaamo_utils.delivery.seen import Seen, look
from kohtaamo_utils.errors import DeliveryError, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaamo_utils.delivery.gate import Secrets

_ACTIVE = re.compile(
    r"vbaProject|activeX|macrosheets|externalLinks|connections\.xml|embeddings|customXml", re.IGNORECASE
)
_FORMULA = re.compile(r"<(?:f|definedName|formula1|formula2|c:f)\b[^>]*>([^<]*)<")
_REACHES_OUT = re.compile(r"\b(?:HYPERLINK|WEBSERVICE|RTD|DDE|IMPORTDATA|CALL|EXEC)\s*\(|\[|\|", re.IGNORECASE)


def pass_or_refuse_workbook(content: bytes, secrets: Secrets) -> None:
    """Let a workbook through, or refuse it with the reason.

    Parameters
    ----------
    content
        The file.
    secrets
        What it must not hold.

    Raises
    ------
    DeliveryError
        The workbook holds something that no client may get; the message names what, and only its aside another client.
    """
    parts = _parts(content)
    seen = [look(part) for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml"))]
    whole = _everything(seen)
    found = [*_in_parts(parts), *_in_cells(seen), *in_text(whole, secrets)]
    if found:
        raise DeliveryError(
            say(
                "The report is not delivered, because its workbook holds {found}. Earlier versions are left as they were.",
                found=joined(dict.fromkeys(found), ", "),
            ),
            aside=advice(others_in(whole, secrets.folder)),
        )


def texts_of(content: bytes) -> tuple[str, ...]:
    """Return every text of a workbook: of cells, names, notes, charts and properties."""
    seen = [look(part) for part in _parts(content).values()]
    return tuple(text for each in seen for text in _everything([each]).texts)


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()}


def _everything(seen: list[Seen]) -> Seen:
    """Return all parts as one; in a workbook every attribute may hold a text that a reader meets."""
    attributes = [value for each in seen for _, values in each.tags for value in values.values()]
    return Seen(texts=[text for each in seen for text in each.texts], spoken=[f" {value} " for value in attributes])


def _in_parts(parts: dict[str, str]) -> Iterator[str]:
    if any(_ACTIVE.search(name) for name in parts):
        yield say("a program or a link to another file")
    formulas = [html.unescape(text) for part in parts.values() for text in _FORMULA.findall(part)]
    if any(_REACHES_OUT.search(formula) for formula in formulas):
        yield say("a formula that reaches out of it")


def _in_cells(seen: list[Seen]) -> Iterator[str]:
    for each in seen:
        for tag, attributes in each.tags:
            if tag == "relationship" and attributes.get("targetmode", "").lower() == "external":
                yield say("an address to load from")
            if tag == "c" and attributes.get("t") == "e":
                yield say("an error instead of a number")
