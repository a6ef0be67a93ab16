"""The gate before delivery: a page that holds what no client may get is refused.

It looks at the finished file as a stranger would, whatever made it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.few import of_few
from kohtaamo_utils.delivery.neighbours import advice
from kohtaamo_utils.delivery.secrets import Secrets, others_in, told
from kohtaamo_utils.delivery.seen import look
from kohtaamo_utils.delivery.traces import left_by_programs
from kohtaamo_utils.errors import DeliveryError, joined, say
from kohtaamo_utils.presentation.controls import script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.delivery.seen import Seen

__all__ = ["Secrets", "in_text", "pass_or_refuse"]

_FRAMES = {"iframe", "frame", "object", "embed", "applet"}
_LOADS = {"src", "srcset", "href", "xlink:href", "poster", "data", "background", "action", "formaction", "ping"}
_LINKS = {"a", "area"}
_LOADED_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!data:|#)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:|mailto:|#|(?![a-z][a-z0-9+.\-]*:))", re.IGNORECASE)
_HELD = re.compile(r"data:|#", re.IGNORECASE)
_IDS = frozenset({"respondent", "response_id", "respondent_id", "rater_id", "reviewee_id", "customer_id", "order_id", "employee_id", "visit_id"})  # fmt: skip
_ROWS = 10
"""Rows of a numbered table that make it the dump of a frame."""


def pass_or_refuse(html: str, secrets: Secrets, results: Mapping[str, Any] | None = None) -> None:
    """Let a page through, or refuse it with the reason.

    Parameters
    ----------
    html
        The finished page.
    secrets
        What it must not hold.
    results
        The figures recorded with it.

    Raises
    ------
    DeliveryError
        The page holds something that no client may get; the message names what, and only its aside another client.
    """
    seen = look(html)
    found = list(dict.fromkeys([*_in_page(seen), *in_text(seen, secrets), *of_few(results or {}, secrets)]))
    if found:
        raise DeliveryError(
            say(
                "The report is not delivered, because the page holds {found}. Earlier versions are left as they were.",
                found=joined(found, ", "),
            ),
            aside=advice(others_in(seen, secrets.folder)),
        )


def _in_page(seen: Seen) -> Iterator[str]:
    yield from _scripts(seen)
    yield from _in_tags(seen)
    yield from _in_style(seen)
    if any(map(_is_row_level, seen.tables)):
        yield say("a table with a row for each person")
    if not all(figure.drawn for figure in seen.figures):
        yield say("a figure without a picture")


def _is_row_level(table: list[list[str]]) -> bool:
    """Tell whether a table dumps data: a column of people's ids, or rows numbered from 0 as a frame numbers them."""
    if any(cell.strip().casefold() in _IDS for row in table[:2] for cell in row):
        return True
    numbers = [row[0].strip() for row in table if row]
    first = numbers.index("0") if "0" in numbers else len(numbers)
    counted = numbers[first:]
    return len(counted) >= _ROWS and counted == [str(place) for place in range(len(counted))]


def _scripts(seen: Seen) -> Iterator[str]:
    """Let the kit's own script pass: once, to the letter, and without attributes that would change what it is."""
    tags = [attributes for tag, attributes in seen.tags if tag == "script"]
    if tags and (len(tags) > 1 or tags[0] or seen.scripts != [script()]):
        yield say("a script")


def _in_tags(seen: Seen) -> Iterator[str]:
    for tag, attributes in seen.tags:
        if tag in _FRAMES:
            yield say("a script")
        if any(name.startswith("on") for name in attributes):
            yield say("an event handler")
        for name in _LOADS & attributes.keys():
            value = re.sub(r"[\x00-\x20]+", "", attributes[name])
            if re.match(r"(?:javascript|vbscript):|data:text/", value, re.IGNORECASE):
                yield say("a script")
            elif not (_LINK if tag in _LINKS else _HELD).match(value):
                yield say("an address to load from")
        if tag == "base" or attributes.get("http-equiv", "").lower() == "refresh":
            yield say("an address to load from")


def _in_style(seen: Seen) -> Iterator[str]:
    if _LOADED_STYLE.search(seen.style):
        yield say("a style sheet to load")


def in_text(seen: Seen, secrets: Secrets) -> Iterator[str]:
    """Name what a document's text holds that no client may get, whatever kind of document it is.

    Parameters
    ----------
    seen
        The document as it was read.
    secrets
        What it must not hold.
    """
    yield from left_by_programs(seen, secrets.folder)
    yield from told(seen, secrets)
