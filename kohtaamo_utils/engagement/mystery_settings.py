"""The block ``mystery_shopping`` of ``engagement.yaml``: what a critical question without points does to a score."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kohtaamo_utils.engagement.strict import Strict


class Critical(Strict):
    """What a critical question that earned nothing does."""

    fails: Literal["visit", "element"] = Field(
        default="visit", description="what it pulls down: the whole visit, or its element on that visit"
    )
    at_most: float = Field(
        default=0, ge=0, lt=1, allow_inf_nan=False, description="the share of the points that is left at most; 0: none"
    )


class MysteryShoppingSettings(Strict):
    """How mystery-shopping visits are scored."""

    critical: Critical | None = Field(
        default=None, description="null: a critical question lowers a score by its weight and no more"
    )
