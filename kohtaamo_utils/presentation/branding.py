"""A brand as a page carries it: rules of style after the house's own, fonts cut to what is written, the logo."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kohtaamo_utils.brand.colours import mixed
from kohtaamo_utils.brand.fonts import MOST_EMBEDDED, subset
from kohtaamo_utils.brand.scheme import Scheme
from kohtaamo_utils.errors import DeliveryError, say
from kohtaamo_utils.presentation.charts.look import HOUSE, Look, house_in_the_dark, look_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from kohtaamo_utils.brand import Brand, Mark

_AFTER = '"Segoe UI",-apple-system,BlinkMacSystemFont,Roboto,"Helvetica Neue",Arial,"Liberation Sans","DejaVu Sans",sans-serif'
_AFTER_CODE = "ui-monospace,Consolas,Menlo,monospace"
_DARK = "@media screen and (prefers-color-scheme:dark)"
DARK = Scheme(
    paper="#0d191c", soft="#182427", line="#343f42", weak="#24201a", good="#122926",
    ink="#e8edef", muted="#a6adb0", primary="#4d93a2", caution="#cc7043",
    cover="#005765", on_cover="#ffffff", on_primary="#000000", series=("#236d7b", "#cafad6", "#e2bb19", "#0097e5"),
)  # fmt: skip
"""The house's colours on a dark page: what `schemes` makes of a brand that names none. To work that out takes a fifth of a second a report."""
_USES = (
    ".cover{background:var(--cover);color:var(--on-cover)}.cover dt{opacity:1}\n"
    "tr.weak>*{background:var(--weak)}tr.good>*{background:var(--good)}\n"
    ".live button:hover,.live button[aria-pressed=true]{color:var(--on-primary)}\n"
    ".typed input{border-color:var(--muted)}.draft::after{color:var(--shade)}\n"
)
"""Where the page uses the colours that the house's style sheet has no names for."""
_IN_THE_DARK = (
    ".draft{background:#3a2f08;color:#f6e8b8;border-color:#6d5a1c}"
    ":is(.plate,figure.chart) img{background:#fff;padding:.3rem .5rem;border-radius:3px}"
)
"""A draft's line, and pictures that were made for white."""


@dataclass(frozen=True)
class Branding:
    """What a brand adds to one page.

    Parameters
    ----------
    style
        Rules for the page's style sheet.
    fonts
        Whether fonts are among them.
    masthead
        The logo at the head of the page, if there is one.
    small
        The logo beside the contents.
    name, link
        What stands at the foot of the page.
    """

    style: str
    fonts: bool
    masthead: Mark | None
    small: Mark | None
    name: str
    link: str


def branding(brand: Brand, characters: AbstractSet[str], *, live: bool) -> Branding:
    """Return what a brand adds to a page.

    Parameters
    ----------
    brand
        The engagement's brand.
    characters
        What the page is written in.
    live
        Whether there is a what-if in it.

    Raises
    ------
    DeliveryError
        The fonts would make the page too large.
    """
    logos = brand.logos
    masthead = logos.get("large") or logos.get("medium") or logos.get("small")
    small = logos.get("small") or logos.get("medium")
    faces = "".join(_faces(brand, characters))
    drawn = _redrawn(HOUSE, look_of(brand.schemes.light), ".live svg ", "#fff") if live else ""
    rules = [faces, _type(brand), _light(brand.schemes.light), drawn]
    rules += [_other(brand, brand.schemes.dark, _DARK, live=live)]
    if brand.schemes.printed is not None:
        rules += [_other(brand, brand.schemes.printed, "@media print", live=live)]
    return Branding(
        style="\n".join(rule for rule in rules if rule),
        fonts=bool(faces),
        masthead=masthead,
        small=small if small is not masthead else None,
        name=brand.name,
        link=brand.link,
    )


def on_paper(brand: Brand, characters: AbstractSet[str]) -> Branding:
    """Return what a brand adds to a document for paper: the colours that it prints in, its fonts and its logo.

    Parameters
    ----------
    brand
        The engagement's brand.
    characters
        What the document is written in.

    Raises
    ------
    DeliveryError
        The fonts would make the document too large.
    """
    faces, logos = "".join(_faces(brand, characters)), brand.logos
    light, printed = brand.schemes.light, brand.schemes.printed
    rules = [faces, _type(brand), f":root{{{_names(printed or light)}}}"]
    rules += [_redrawn(look_of(light), look_of(printed), "", light.paper)] if printed else []
    return Branding(
        style="\n".join(rule for rule in rules if rule),
        fonts=bool(faces),
        masthead=logos.get("large") or logos.get("medium") or logos.get("small"),
        small=None,
        name=brand.name,
        link="",
    )


def _faces(brand: Brand, characters: AbstractSet[str]) -> Iterator[str]:
    """Yield the rules that carry the fonts."""
    total = 0
    for face in brand.faces:
        content = subset(face, characters)
        total += len(content)
        address = base64.b64encode(content).decode()
        yield (
            f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:{face.style};'
            f'src:url(data:font/woff2;base64,{address}) format("woff2")}}\n'
        )
    if total > MOST_EMBEDDED:
        raise DeliveryError(
            say(
                "The brand's fonts would take {size} kB of the report; at most {most} kB are allowed. Name fewer files in the brand file: a regular and a bold one are enough.",
                size=total // 1000,
                most=MOST_EMBEDDED // 1000,
            )
        )


def _type(brand: Brand) -> str:
    """Return which font sets what."""
    kinds = brand.settings.typography
    rules = ""
    if kinds.base.family:
        rules += f'body{{font-family:"{kinds.base.family}",{_AFTER}}}'
    if kinds.base.line_height:
        rules += f"body{{line-height:{kinds.base.line_height:g}}}"
    heading = ""
    if kinds.headings.family:
        heading += f'font-family:"{kinds.headings.family}",{_AFTER};'
    if kinds.headings.weight:
        heading += f"font-weight:{kinds.headings.weight}"
    if heading:
        rules += f":is(.cover h1,main h2,main h3){{{heading}}}"
    if kinds.monospace.family:
        rules += f':is(code,pre){{font-family:"{kinds.monospace.family}",{_AFTER_CODE}}}'
    return rules


def _names(scheme: Scheme) -> str:
    """Return a scheme as the names that the page's rules use."""
    return (
        f"--ink:{scheme.ink};--muted:{scheme.muted};--line:{scheme.line};--soft:{scheme.soft};--primary:{scheme.primary};"
        f"--contrast:{scheme.caution};--paper:{scheme.paper};--weak:{scheme.weak};--good:{scheme.good};"
        f"--cover:{scheme.cover};--on-cover:{scheme.on_cover};--on-primary:{scheme.on_primary};"
        f"--shade:{mixed(scheme.paper, scheme.ink, 0.07)};color-scheme:{'dark' if scheme.is_dark else 'light'}"
    )


def _light(scheme: Scheme) -> str:
    """Return the rules of every page in a brand."""
    return (
        f":root{{{_names(scheme)}}}\n"
        f"{_USES}"
        ".masthead{background:var(--paper)}.masthead>div{max-width:72.5rem;margin:0 auto;padding:.9rem 1.25rem}\n"
        ".masthead img{display:block;height:3.2rem;max-width:min(20rem,70vw);object-fit:contain;object-position:left}\n"
        "nav .logo img{display:block;height:2rem;max-width:11rem;object-fit:contain;object-position:left;margin:0 0 1rem}\n"
        "@media (max-width:34rem){.masthead img{height:2.4rem}}\n"
        "@media (max-width:63.99rem){nav .logo{display:none}}\n"
        "@media print{.cover{background:none;color:var(--ink);border-color:var(--cover)}.masthead>div{padding:0 0 .8rem}"
        ".masthead img{height:14mm}}"
    )


def _other(brand: Brand, scheme: Scheme, where: str, *, live: bool) -> str:
    """Return the rules of the page in another scheme; charts were drawn for the light one and are coloured anew here."""
    old, new = look_of(brand.schemes.light), look_of(scheme)
    rules = f":root{{{_names(scheme)}}}"
    rules += _IN_THE_DARK if scheme.is_dark else ""
    rules += _redrawn(old, new, "", brand.schemes.light.paper)
    rules += _redrawn(HOUSE, new, ".live svg ", "#fff") if live else ""
    return f"{where}{{{rules}}}"


@cache
def without_brand() -> str:
    """Return the rules of a page without a brand for a reader who has asked for dark ones."""
    drawn = _redrawn(HOUSE, house_in_the_dark(DARK), "", "#fff")
    return f"{_DARK}{{:root{{{_names(DARK)}}}{_USES}{_IN_THE_DARK}{drawn}}}"


def _redrawn(old: Look, new: Look, place: str, edge: str) -> str:
    """Return rules that give the colours of one look in a drawing those of another.

    What a drawing repeats by `use` has no ancestors for a browser, so the rules of drawn charts name none.
    """
    pairs = dict(zip(reversed(old.own), reversed(new.own), strict=True))  # of two that are equal the first one counts
    rules = ""
    for before, after in pairs.items():
        for part in ("fill", "stroke"):
            rules += f'{place}:is([style*="{part}: {before}"],[{part}="{before}"]){{{part}:{after}!important}}'
    white = "#ffffff" if edge == "#fff" else edge
    rules += f'{place}:is([style*="stroke: {white}"],[stroke="{edge}"]){{stroke:{new.edge}!important}}'
    return rules
