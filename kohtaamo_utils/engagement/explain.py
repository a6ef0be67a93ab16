"""From pydantic's errors to problems that a consultant can act on: line, key, nearest known key."""

from __future__ import annotations

import difflib
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from kohtaamo_utils.engagement.settings import EngagementSettings
from kohtaamo_utils.errors import Problem
from kohtaamo_utils.roi.settings import RoiSettings

Location = tuple[str | int, ...]


def problems_of(error: ValidationError, content: Any, file: str) -> tuple[Problem, ...]:
    """Translate a validation error into problems.

    Parameters
    ----------
    error
        What pydantic found.
    content
        The YAML document as ruamel read it; it knows the lines.
    file
        Name to print.
    """
    found: dict[tuple[int | None, str], Problem] = {}
    for detail in error.errors(include_url=False):
        problem = _problem(dict(detail), content, file)
        found.setdefault((problem.row, problem.message), problem)
    return tuple(found.values())


def _problem(detail: dict[str, Any], content: Any, file: str) -> Problem:
    place, line = _walk(content, detail["loc"])
    key = ".".join(str(part) for part in place)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(place, line, file)
    if detail["type"] == "literal_error" and place and place[0] == "sources" and detail["loc"][-1] == "[key]":
        return _unknown_key((*place[:-1], str(detail["input"])), line, file)
    if detail["type"] == "missing":
        missing = ".".join(str(part) for part in (*place, detail["loc"][-1]))
        return Problem(
            file=file, kind="missing_key", row=line, message=f"The key `{missing}` is missing.", advice="Add it."
        )
    value = detail.get("input")
    shown = None if isinstance(value, dict | list) else str(value)
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    return Problem(
        file=file,
        kind="setting",
        row=line,
        column=key or None,
        value=shown,
        message=f"{message[:1].upper()}{message[1:]}.",
    )


def _unknown_key(place: Location, line: int | None, file: str) -> Problem:
    known = known_keys(place[:-1])
    nearest = difflib.get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
    advice = f"Did you mean `{nearest[0]}`?" if nearest else "Remove it or correct its name."
    parent = ".".join(str(part) for part in place[:-1] if isinstance(part, str))
    where = f" under `{parent}`" if parent else ""
    return Problem(
        file=file,
        kind="unknown_key",
        row=line,
        message=f"The key `{place[-1]}`{where} is not known.",
        expected="one of " + ", ".join(known) if known else "",
        advice=advice,
    )


def _walk(content: Any, location: Location) -> tuple[Location, int | None]:
    """Return the part of the location that is in the document, and its line."""
    place: list[str | int] = []
    line: int | None = None
    node = content
    for part in location:
        if isinstance(node, dict) and part in node:
            line = node.lc.key(part)[0] + 1 if hasattr(node, "lc") else line
            node = node[part]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            line = node.lc.item(part)[0] + 1 if hasattr(node, "lc") else line
            node = node[part]
        else:
            continue
        place.append(part)
    return tuple(place), line


def known_keys(place: Location) -> list[str]:
    """Return the keys that are allowed at a place of the settings.

    Examples
    --------
    >>> known_keys(("period",))
    ['start', 'end']
    """
    annotation: Any = EngagementSettings
    for part in place:
        model = _model_in(annotation)
        if model is not None and part in _keys(model):
            annotation = _keys(model)[str(part)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return list(_keys(annotation))
    if place and place[-1] == "sources":
        return list(typing.get_args(typing.get_args(annotation)[0]))
    model = _model_in(annotation)
    return [] if model is None else list(_keys(model))


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return a block's keys with what stands there."""
    if issubclass(model, RoiSettings):
        return model.keys()
    return {name: part.annotation for name, part in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``dict[str, tuple[Source, ...]]``."""
    if typing.get_origin(annotation) is None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
