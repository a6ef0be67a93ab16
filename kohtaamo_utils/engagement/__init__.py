"""``engagement.yaml`` as typed settings: everything that is particular to one client."""

from kohtaamo_utils.engagement.engagement import Engagement, load, stated_language
from kohtaamo_utils.engagement.settings import (
    LANGUAGES,
    EngagementSettings,
    Language,
    Source,
    TableName,
    known_language,
    unknown_language,
)

__all__ = [
    "LANGUAGES",
    "Engagement",
    "EngagementSettings",
    "Language",
    "Source",
    "TableName",
    "known_language",
    "load",
    "stated_language",
    "unknown_language",
]
