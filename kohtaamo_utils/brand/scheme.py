"""The colours of a page, light and dark, made from a brand's: each text and line reaches the contrast that it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import contrast, from_oklch, luminance, mixed, oklch
from kohtaamo_utils.brand.mending import LARGE, TEXT, Mending, lowest, mended
from kohtaamo_utils.brand.series import fits, series
from kohtaamo_utils.errors import Said, say

if TYPE_CHECKING:
    from kohtaamo_utils.brand.settings import Colours

HOUSE = {"foreground": "#1c2b33", "background": "#ffffff", "primary": "#0b5d6b", "danger": "#9c4412", "success": "#2f7d5b"}  # fmt: skip
"""What stands for a colour that the brand does not name."""
_DARK_INK = "#e8edef"
_GOOD = 7.0
_FAR_ENOUGH = 9.0
"""Contrast that a background must leave for text; on greys in between, four series of a chart have no room."""


@dataclass(frozen=True)
class Scheme:
    """The colours of one page.

    Parameters
    ----------
    paper, soft, line, weak, good
        Grounds: the page, its boxes, thin lines, and the two tints of table rows.
    ink, muted, primary, caution
        Texts on those grounds; each reaches 4.5:1 on all of them.
    cover, on_cover
        The cover and its text, 4.5:1.
    on_primary
        Text on a ground of `primary`, 4.5:1.
    series
        Four colours of charts, 3:1 on the paper, told apart in grey and by colour-blind eyes.
    """

    paper: str
    soft: str
    line: str
    weak: str
    good: str
    ink: str
    muted: str
    primary: str
    caution: str
    cover: str
    on_cover: str
    on_primary: str
    series: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """Whether texts are lighter than the page."""
        return luminance(self.ink) > luminance(self.paper)


@dataclass(frozen=True)
class Schemes:
    """Both pages' colours, what was mended on the way, and why they cannot be used, if so.

    Parameters
    ----------
    light, dark
        Of the page as it is, and of a reader who has asked for dark ones.
    printed
        On white paper, for a brand whose usual page is dark; None for others, which print as they are.
    mendings, refusals, unused
        What the consultant is told; a refusal comes with its key in the brand file.
    """

    light: Scheme
    dark: Scheme
    printed: Scheme | None = None
    mendings: tuple[Mending, ...] = ()
    refusals: tuple[tuple[str, Said], ...] = ()
    unused: tuple[Said, ...] = ()


def schemes(colours: Colours) -> Schemes:
    """Return the colours of both pages.

    Parameters
    ----------
    colours
        The brand's, as ``#rrggbb``.
    """
    given = {}
    for name in (*HOUSE, "secondary"):
        pair = getattr(colours, name)
        given[name] = (None, None) if pair is None else (pair.light, pair.dark)
    return _schemes(tuple(given.items()))


@cache
def _schemes(given: tuple[tuple[str, tuple[str | None, str | None]], ...]) -> Schemes:
    """Return the schemes of these colours; nothing else goes in, so what is remembered belongs to nobody."""
    light = _Maker(
        {name: pair[0] or (pair[1] if name == "primary" else None) for name, pair in given}, say("the light page")
    )
    first = light.make()
    own = dict(given)
    shared = {name: pair[1] or pair[0] for name, pair in given if name not in {"foreground", "background"}}
    dark = _Maker(
        {**shared, "foreground": own["foreground"][1], "background": own["background"][1]},
        say("the dark page"),
        dark_of=light.colour("primary"),
    )
    second = dark.make()
    on_white = _Maker({**shared, "foreground": None, "background": HOUSE["background"]}, say("print"))
    return Schemes(
        first,
        second,
        on_white.make() if first.is_dark else None,
        (*light.mendings, *dark.mendings),
        (*light.refusals, *dark.refusals),
        tuple(dict.fromkeys((*light.unused, *dark.unused))),
    )


@dataclass
class _Maker:
    """Makes one scheme and keeps what had to be changed."""

    given: dict[str, str | None]
    page: Said
    dark_of: str = ""
    mendings: list[Mending] = field(default_factory=list)
    refusals: list[tuple[str, Said]] = field(default_factory=list)
    unused: list[Said] = field(default_factory=list)

    def colour(self, name: str) -> str:
        """Return a colour of the brand, or what stands for it."""
        value = self.given.get(name)
        if value is not None:
            return value
        if self.dark_of and name == "background":
            return from_oklch(0.205, min(oklch(self.dark_of)[1], 0.018), oklch(self.dark_of)[2])
        return _DARK_INK if self.dark_of and name == "foreground" else HOUSE[name]

    def make(self) -> Scheme:
        """Return the scheme."""
        paper = self._paper()
        ink = self._ink(paper)
        caution, good = self.colour("danger"), self.colour("success")
        tint = 0.16 if luminance(ink) > luminance(paper) else 0.09
        soft, line = mixed(paper, ink, 0.05), mixed(paper, ink, 0.18)
        weak, well = mixed(paper, caution, tint), mixed(paper, good, tint)
        grounds = [paper, soft, weak, well]
        primary = self._mended("primary", [paper, soft], TEXT, say("links and headings"))
        cover = self._cover(paper)
        first = self._mended("primary", [paper], LARGE, say("charts"))
        return Scheme(
            paper=paper,
            soft=soft,
            line=line,
            weak=weak,
            good=well,
            ink=ink,
            muted=mended(mixed(ink, paper, 0.3), grounds, TEXT) or ink,
            primary=primary,
            caution=self._mended("danger", [paper, soft, weak], TEXT, say("warnings")),
            cover=cover,
            on_cover=_on(cover, paper, ink),
            on_primary=_on(primary, paper, ink),
            series=self._series(first, paper),
        )

    def _paper(self) -> str:
        """Return the page's ground; a grey on which nothing can be told apart is refused."""
        paper = self.colour("background")
        room = max(contrast(paper, "#000000"), contrast(paper, "#ffffff"))
        if room >= _FAR_ENOUGH:
            return paper
        self.refusals.append(
            (
                "color.background",
                say(
                    "The background {colour} is neither light nor dark: the most contrast that a text can have on it is {ratio}:1, and texts and charts need {needed}:1. Choose a lighter or a darker one.",
                    colour=paper,
                    ratio=f"{room:.1f}",
                    needed=f"{_FAR_ENOUGH:g}",
                ),
            )
        )
        return HOUSE["background"]

    def _ink(self, paper: str) -> str:
        """Return the text's colour, which reaches the contrast on the paper and on what is tinted with it."""
        tinted = [
            mixed(paper, end, 0.16)
            for end in (self.colour("danger"), self.colour("success"), self.colour("foreground"))
        ]
        return self._mended("foreground", [paper, *tinted], TEXT, say("text"))

    def _cover(self, paper: str) -> str:
        """Return the cover's ground: the brand's primary itself, but no glare on a dark page."""
        primary = self.colour("primary")
        if not self.dark_of or luminance(paper) > 0.2:
            return primary
        lightness, chroma, hue = oklch(primary)
        return from_oklch(min(lightness, 0.42), chroma, hue)

    def _series(self, first: str, paper: str) -> tuple[str, ...]:
        if self.given.get("secondary") is None:
            return series(first, paper)
        told = len(self.mendings)
        second = self._mended("secondary", [paper], LARGE, say("charts"))
        if not fits(second, [first]):
            del self.mendings[told:]
            self.unused.append(
                say(
                    "`color.secondary` {colour} is not used in charts of {page}: in grey print, or for colour-blind eyes, it looks like `color.primary`.",
                    colour=self.colour("secondary"),
                    page=self.page,
                )
            )
        return series(first, paper, second)

    def _mended(self, name: str, grounds: list[str], needed: float, use: Said) -> str:
        """Return a colour that reaches the contrast; what was changed of the brand's own is kept, to be told."""
        colour = self.colour(name)
        used = mended(colour, grounds, needed)
        if used is None:
            return colour
        if used != colour and self.given.get(name) is not None:
            where = say("{use} in {page}", use=use, page=self.page)
            self.mendings.append(Mending(f"color.{name}", colour, used, lowest(colour, grounds), needed, where))
        return used


def _on(ground: str, *wanted: str) -> str:
    """Return the text colour for a ground: white, or the first wanted one that can be read well, else black."""
    if contrast("#ffffff", ground) >= TEXT:
        return "#ffffff"
    return next((colour for colour in wanted if contrast(colour, ground) >= _GOOD), "#000000")
