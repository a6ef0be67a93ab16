"""A YAML file of the engagement: read with its lines, and checked against a model, so that each problem has its place."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from kohtaamo_utils.engagement.explain import problems_of
from kohtaamo_utils.errors import Problem, SettingsError, say

if TYPE_CHECKING:
    from ruamel.yaml.error import YAMLError

Model = TypeVar("Model", bound=BaseModel)


def read_document(content: bytes, name: str) -> Any:
    """Return what a YAML file holds; its mappings and lists know their lines.

    Parameters
    ----------
    content
        The file's bytes.
    name
        What to call the file in an error.

    Raises
    ------
    SettingsError
        It is not UTF-8, or not YAML.
    """
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = Problem(
            file=name,
            kind="encoding",
            message=say("The file is not UTF-8 (byte {place}).", place=error.start + 1),
            advice=say("Save it as UTF-8."),
        )
        raise SettingsError(say("{file} cannot be read:", file=name), (problem,)) from None
    from ruamel.yaml.error import YAMLError

    from kohtaamo_utils.engagement.reader import reader

    try:
        return reader().load(text)
    except YAMLError as error:
        raise SettingsError(say("{file} cannot be read:", file=name), (_yaml_problem(error, name),)) from None


def checked(model: type[Model], content: Any, name: str) -> Model:
    """Return a document as its model.

    Raises
    ------
    SettingsError
        It says something that cannot be; every problem is listed with its line.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = problems_of(error, content, name, model)
        raise SettingsError(say("{file} cannot be used as it is:", file=name), problems) from None


def _yaml_problem(error: YAMLError, name: str) -> Problem:
    from ruamel.yaml.error import MarkedYAMLError

    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    reason = error.problem if isinstance(error, MarkedYAMLError) and error.problem else str(error).splitlines()[0]
    return Problem(
        file=name,
        kind="yaml",
        row=None if mark is None else mark.line + 1,
        message=say("This is not valid YAML: {reason}.", reason=reason),
        expected=say("`key: value` with spaces (not tabs) for indenting, each key once"),
        advice=say('Put texts that hold ":" or "#" in quotation marks.'),
    )
