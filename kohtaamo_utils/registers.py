"""How the registers that hold texts in three languages are read: YAML to checked entries, and what is wrong told in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kohtaamo_utils.errors import DataError, say

if TYPE_CHECKING:
    from pathlib import Path


class Entry(BaseModel):
    """Base of what stands in a register: unknown keys refused, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)


class Texts(Entry):
    """One text in the three languages."""

    fi: str = Field(min_length=1)
    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """Return the text in ``fi``, ``sv`` or ``en``."""
        return {"fi": self.fi, "sv": self.sv}.get(language, self.en)

    @property
    def each(self) -> tuple[str, str, str]:
        """The text in Finnish, Swedish and English."""
        return self.fi, self.sv, self.en


Register = TypeVar("Register", bound=Entry)


def read_register(path: Path, kind: type[Register], called: str) -> Register:
    """Read a register.

    Parameters
    ----------
    path
        Its file.
    kind
        What it must be.
    called
        What to call it in an error.

    Raises
    ------
    DataError
        The file says something that cannot be.
    """
    from ruamel.yaml import YAML

    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        details = "; ".join(
            f"{'.'.join(map(str, detail['loc'])) or 'register'}: {detail['msg'].removeprefix('Value error, ')}"
            for detail in error.errors()
        )
        raise DataError(
            say(
                "The {register} {file} cannot be used: {details}. Correct it.",
                register=called,
                file=path.name,
                details=details,
            )
        ) from None
