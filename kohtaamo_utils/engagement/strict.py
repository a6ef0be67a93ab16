"""The base of every block of ``engagement.yaml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from kohtaamo_utils.visible import visible

Shown = Annotated[str, AfterValidator(visible)]
"""A text that a reader sees, or that is compared with what intake has read; signs that nobody sees go, as they do there."""


class Strict(BaseModel):
    """Base of all blocks: an unknown key is an error, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)
