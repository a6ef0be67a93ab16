"""Charts in the house style, as inline SVG. The only door to seaborn and matplotlib."""

from kohtaamo_utils.presentation.charts.cash_flow import cash_flow_svg
from kohtaamo_utils.presentation.charts.gaps import GapRow, gap_svg
from kohtaamo_utils.presentation.charts.importance import ImportancePoint, importance_svg
from kohtaamo_utils.presentation.charts.intervals import IntervalRow, interval_svg
from kohtaamo_utils.presentation.charts.look import HOUSE, Look, look_of
from kohtaamo_utils.presentation.charts.shares import ShareRow, shares_svg
from kohtaamo_utils.presentation.charts.spreads import SpreadRow, spread_svg
from kohtaamo_utils.presentation.charts.strips import StripRow, strips_svg
from kohtaamo_utils.presentation.charts.trend import TrendPoint, trend_svg
from kohtaamo_utils.presentation.charts.volumes import VolumeRow, volume_svg

__all__ = [
    "HOUSE",
    "GapRow",
    "ImportancePoint",
    "IntervalRow",
    "Look",
    "ShareRow",
    "SpreadRow",
    "StripRow",
    "TrendPoint",
    "VolumeRow",
    "cash_flow_svg",
    "gap_svg",
    "importance_svg",
    "interval_svg",
    "look_of",
    "shares_svg",
    "spread_svg",
    "strips_svg",
    "trend_svg",
    "volume_svg",
]
