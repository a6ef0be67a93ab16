"""From pydantic's errors to problems that a consultant can act on: line, key, nearest known key."""

from __future__ import annotations

import difflib
import re
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from kohtaamo_utils.engagement.settings import EngagementSettings
from kohtaamo_utils.errors import Problem, Said, say
from kohtaamo_utils.roi.settings import RoiSettings

Location = tuple[str | int, ...]
_WHOLE = say("This should be a whole number.")
_NUMBER = say("This should be a number, with a point before the decimals.")
_TRUTH = say("This should be true or false.")
_DATE = say("This should be a date such as 2025-12-31.")
_BLOCK = say("This should be a block of keys, each with its value.")
_SENTENCES = {
    "string_type": say("This should be a text; put it in quotation marks."),
    "string_too_short": say("This is empty."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than_equal": say("This should be {ge} or more."),
    "less_than_equal": say("This should be {le} or less."),
    "greater_than": say("This should be more than {gt}."),
    "less_than": say("This should be less than {lt}."),
    "too_short": say("At least {min_length} value is needed here."),
    "too_long": say("At most {max_length} values are allowed here."),
    "tuple_type": say("This should be a list such as [1, 5]."),
    "dict_type": _BLOCK,
    "model_type": _BLOCK,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
"""Our words for what pydantic finds, by its name for it; its context fills the places."""
_PATTERNS = {
    "^[A-Z]{3}$": say("This should be a currency's three capital letters, such as EUR."),
    "^[A-E][+-]?$": say("This should be a grade from A to E, with + or - behind it if need be."),
    r"^\w[\w.-]*$": say("This should be an id of letters, digits, `_`, `-` and `.`, without blanks."),
}


def problems_of(
    error: ValidationError, content: Any, file: str, model: type[BaseModel] = EngagementSettings
) -> tuple[Problem, ...]:
    """Translate a validation error into problems.

    Parameters
    ----------
    error
        What pydantic found.
    content
        The YAML document as ruamel read it; it knows the lines.
    file
        Name to print.
    model
        What the document must be.
    """
    found: dict[tuple[int | None, str], Problem] = {}
    details = error.errors(include_url=False)
    for detail in details:
        if _follows(detail["type"], detail["loc"], [other["loc"] for other in details]):
            continue
        problem = _problem(dict(detail), content, file, model)
        found.setdefault((problem.row, problem.message), problem)
    return tuple(found.values())


def _follows(kind: str, place: Location, places: list[Location]) -> bool:
    """Tell whether a list is called too short only because values of it are wrong, which is told of each."""
    return kind == "too_short" and any(len(other) > len(place) and other[: len(place)] == place for other in places)


def _problem(detail: dict[str, Any], content: Any, file: str, model: type[BaseModel]) -> Problem:
    place, line = _walk(content, detail["loc"])
    key = ".".join(str(part) for part in place)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(place, line, file, model)
    if detail["type"] == "literal_error" and detail["loc"][-1] == "[key]":
        return _unknown_key((*place[:-1], str(detail["input"])), line, file, model)
    if detail["type"] == "missing":
        missing = ".".join(str(part) for part in (*place, detail["loc"][-1]))
        return Problem(
            file=file,
            kind="missing_key",
            row=line,
            message=say("The key `{key}` is missing.", key=missing),
            advice=say("Add it."),
        )
    value = detail.get("input")
    shown = None if isinstance(value, dict | list) else str(value)
    return Problem(
        file=file,
        kind="setting",
        row=line,
        column=key or None,
        value=shown,
        message=_sentence(detail),
    )


def _sentence(detail: dict[str, Any]) -> Said:
    """Say what is wrong with a value: what our own models say of it, or our words for what pydantic found."""
    context, kind = detail.get("ctx", {}), detail["type"]
    own = context.get("error")
    if isinstance(own, ValueError) and own.args and isinstance(own.args[0], Said):
        return own.args[0]
    if kind == "literal_error":
        *first, last = re.findall(r"'([^']*)'", context["expected"])
        names = say("{one} or {other}", one=", ".join(first), other=last) if first else last
        return say("This should be {names}.", names=names)
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(
            context["pattern"], say("This should have the form {pattern}.", pattern=context["pattern"])
        )
    if kind not in _SENTENCES:
        return say("This cannot be used: {reason}.", reason=detail["msg"].rstrip("."))
    return Said(_SENTENCES[kind].template, {name: str(value) for name, value in context.items()})


def _unknown_key(place: Location, line: int | None, file: str, model: type[BaseModel]) -> Problem:
    known = known_keys(place[:-1], model)
    nearest = difflib.get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
    advice = say("Did you mean `{near}`?", near=nearest[0]) if nearest else say("Remove it or correct its name.")
    parent = ".".join(str(part) for part in place[:-1] if isinstance(part, str))
    message = say("The key `{key}` is not known.", key=str(place[-1]))
    if parent:
        message = say("The key `{key}` under `{parent}` is not known.", key=str(place[-1]), parent=parent)
    return Problem(
        file=file,
        kind="unknown_key",
        row=line,
        message=message,
        expected=say("one of {names}", names=", ".join(known)) if known else "",
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


def known_keys(place: Location, root: type[BaseModel] = EngagementSettings) -> list[str]:
    """Return the keys that are allowed at a place of the settings, or of another document.

    Examples
    --------
    >>> known_keys(("period",)), known_keys(("survey_frame",))
    (['start', 'end'], ['customer', 'employee', 'supervisor', 'management'])
    """
    annotation: Any = root
    for part in place:
        model = _model_in(annotation)
        if typing.get_origin(annotation) is dict:
            annotation = typing.get_args(annotation)[1]
        elif model is not None and part in _keys(model):
            annotation = _keys(model)[str(part)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return list(_keys(annotation))
    if typing.get_origin(annotation) is dict:
        return [str(name) for name in typing.get_args(typing.get_args(annotation)[0])]
    model = _model_in(annotation)
    return [] if model is None else list(_keys(model))


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    """Return a block's keys with what stands there."""
    if issubclass(model, RoiSettings):
        return model.keys()
    return {part.alias or name: part.annotation for name, part in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``dict[str, tuple[Source, ...]]``."""
    if typing.get_origin(annotation) is None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
