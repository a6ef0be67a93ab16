"""``engagement.yaml`` as typed settings: everything that is particular to one client."""

from kohtaamo_utils.engagement.engagement import Engagement, language_of, load
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
    "language_of",
    "load",
    "unknown_language",
]
