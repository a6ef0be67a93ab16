"""How cells look: number formats of each language and unit, and the house style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.brand.mending import LARGE, TEXT, mended
from kohtaamo_utils.brand.series import series
from kohtaamo_utils.presentation.numbers import NBSP, Numbers

if TYPE_CHECKING:
    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.engagement import Language

PRIMARY = "#0b5d6b"
SOFT = "#f3f6f6"
LINE = "#d9dfe1"
MUTED = "#52616a"
INK = "#1c2b33"
WARNING = "#9c4412"
INPUT = "#fff6dd"
_WHITE = "#ffffff"
INPUT_INK = "#1f3f99"


@dataclass(frozen=True)
class BookLook:
    """Colours of a workbook's headings and chart.

    Parameters
    ----------
    primary
        Headings, and the ground of heads with white text on it.
    fills, costs
        The chart's benefits and costs.
    """

    primary: str = PRIMARY
    fills: tuple[str, ...] = ("#0b5d6b", "#9db8bd", "#5c8f7b", "#c9a24b", "#7a6a8f", "#8c8c5a")
    costs: str = "#b4531a"

    def styled(self, style: str) -> dict[str, Any]:
        """Return a style's properties in these colours."""
        return {name: self.primary if value == PRIMARY else value for name, value in STYLES[style].items()}


def book_look(brand: Brand | None) -> BookLook:
    """Return the colours that a brand gives on the white sheets of a workbook; the house's own without one."""
    if brand is None:
        return BookLook()
    own = brand.schemes.light.cover
    first, second, third, fourth = series(mended(own, [_WHITE], LARGE) or PRIMARY, _WHITE)
    return BookLook(mended(own, [_WHITE], TEXT) or PRIMARY, (first, third, fourth), second)


_COUNTRY: dict[Language, str] = {"fi": "40B", "sv": "81D", "en": "809"}
"""Windows' number of the locale: programs that know it group and point by it on any computer; others by their own."""
_DECIMALS = {"money": 0, "money_per_hour": 2, "share": 1}

_TABLE = {"bottom": 1, "bottom_color": LINE}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": PRIMARY},
    "heading": {"bold": True, "font_size": 12, "font_color": PRIMARY, "valign": "bottom"},
    "head": {"bold": True, "font_color": "#ffffff", "bg_color": PRIMARY, "text_wrap": True, "valign": "vcenter"},
    "head_number": {
        "bold": True, "font_color": "#ffffff", "bg_color": PRIMARY, "align": "right", "text_wrap": True, "valign": "vcenter",
    },
    "text": {"text_wrap": True, "valign": "top"},
    "note": {"text_wrap": True, "valign": "top", "font_color": MUTED},
    "draft": {"text_wrap": True, "valign": "top", "bold": True, "font_color": WARNING},
    "label": {"text_wrap": True, "valign": "top", **_TABLE},
    "cell": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, **_TABLE},
    "code": {"font_name": "Consolas", "font_size": 9, "text_wrap": True, "valign": "top", "font_color": MUTED, **_TABLE},
    "value": {"valign": "top", "align": "right", **_TABLE},
    "total": {"valign": "top", "align": "right", "bold": True, "top": 1, "bottom": 1, "bg_color": SOFT},
    "total_label": {"valign": "top", "bold": True, "top": 1, "bottom": 1, "bg_color": SOFT, "text_wrap": True},
    "strong": {"valign": "top", "align": "right", "bold": True, **_TABLE},
    "strong_label": {"valign": "top", "bold": True, "text_wrap": True, **_TABLE},
    "answer": {"valign": "vcenter", "align": "right", "bold": True, "font_size": 14, "font_color": PRIMARY, **_TABLE},
    "answer_label": {"valign": "vcenter", "bold": True, "text_wrap": True, **_TABLE},
    "input": {
        "valign": "top", "align": "right", "bg_color": INPUT, "font_color": INPUT_INK, "border": 1,
        "border_color": "#c9a24b", "locked": False,
    },
}  # fmt: skip
"""Each style's properties, as XlsxWriter calls them."""


def number_format(numbers: Numbers, unit: str, decimals: int | None = None) -> str:
    r"""Return Excel's code for a number of a unit, as the language writes it.

    The grouping and the decimal sign are put in by the program that shows the file; the sign of the currency, its
    place, and the no-break space before it and before the per-cent sign are ours.

    Parameters
    ----------
    numbers
        Language and currency.
    unit
        ``money``, ``money_per_hour``, ``share``, or anything else for a plain number.
    decimals
        Count of decimals; by the unit when None.

    Examples
    --------
    >>> number_format(Numbers("fi"), "money")
    '[$-40B]#,##0"\xa0€"'
    >>> number_format(Numbers("en"), "share", 0)
    '[$-809]0%'
    """
    count = _DECIMALS.get(unit, 1) if decimals is None else decimals
    tail = "." + "0" * count if count else ""
    country, english = _COUNTRY[numbers.language], numbers.language == "en"
    if unit in {"money", "money_per_hour"}:
        sign = numbers.currency_symbol
        return f'[$-{country}]"{sign}"#,##0{tail}' if english else f'[$-{country}]#,##0{tail}"{NBSP}{sign}"'
    if unit == "share":
        return f"[$-{country}]0{tail}%" if english else f'[$-{country}]0{tail}"{NBSP}"%'
    return f"[$-{country}]#,##0{tail}"
