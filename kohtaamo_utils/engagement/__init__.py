"""``engagement.yaml`` as typed settings: everything that is particular to one client."""

from kohtaamo_utils.engagement.engagement import Engagement, load
from kohtaamo_utils.engagement.settings import LANGUAGES, EngagementSettings, Language, Source, TableName

__all__ = ["LANGUAGES", "Engagement", "EngagementSettings", "Language", "Source", "TableName", "load"]
