"""Blocks to HTML. Every text is escaped here, once, by Jinja, and loses what nobody sees; nothing that a client wrote can become markup."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kohtaamo_utils.visible import printed

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.blocks import Block


_NUMBER = r"[+\u2212]?[€$£]?\d(?:[\d.,/\u00a0\u202f]{0,12}\d)?"
_RANGE = re.compile(rf"{_NUMBER}[…–]{_NUMBER}(?:\u00a0?[%€])?|\bn\s=\s\d+(?:[\s.,]\d{{3}})*")
"""An interval or a span of years or days as the formatter prints it, and how many answered."""
LONGEST = 30
"""Letters of the longest word that a table's cell keeps whole."""
SHORT = 16
"""Letters of a number's cell that is printed in one line: a mean with its count, or with its interval."""


@cache
def environment() -> Environment:
    """Return the Jinja environment of the page's parts (autoescape on)."""
    made = Environment(
        loader=PackageLoader("kohtaamo_utils.presentation", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["block"] = _is_block
    made.tests["unbroken"] = _is_unbroken
    made.tests["whole"] = _is_whole
    made.filters["prefixed"] = _prefixed
    made.filters["mathml"] = Markup
    made.filters["ranged"] = _ranged
    # Words stay as they are written, so that the gate can look for a name in them; <, >, & and ' are escaped all the same.
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
    return made


def _is_unbroken(text: str) -> bool:
    """Tell whether a cell has a word so long that its column would push the others off the page."""
    return any(len(word) > LONGEST for word in text.split(" "))


def _is_whole(text: str) -> bool:
    """Tell whether a number's cell could be broken on paper and is short enough not to be."""
    return len(text) <= SHORT and any(sign in text for sign in " …–")


def _finished(value: Any) -> Any:
    """Return what a template prints; markup was made from such values already."""
    return printed(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _is_block(block: Any, name: str) -> bool:
    return type(block).__name__ == name


def _ranged(text: str) -> Markup:
    """Return a text whose intervals and counts are not broken in two.

    Examples
    --------
    >>> print(_ranged("95 %:n väli +32…+40, n = 1 461; vuosina 2024–2025"))
    95 %:n väli <span class="range">+32…+40</span>, <span class="range">n = 1 461</span>; vuosina <span class="range">2024–2025</span>
    """
    return Markup(_RANGE.sub(r'<span class="range">\g<0></span>', str(escape(printed(text)))))


def _prefixed(svg: str, prefix: str) -> Markup:
    from kohtaamo_utils.presentation.charts.style import prefixed

    return Markup(prefixed(svg, prefix))


def render(blocks: tuple[Block, ...], section: str) -> Markup:
    """Return the HTML of a section's blocks.

    Parameters
    ----------
    blocks
        What the section says, in order.
    section
        The section's id; charts and tables get ids from it.
    """
    template = environment().get_template("blocks.html.j2")
    return Markup(template.render(blocks=blocks, section=section).strip())


@cache
def stylesheet() -> str:
    """Return the page's style sheet."""
    return resources.files("kohtaamo_utils.presentation").joinpath("page/style.css").read_text(encoding="utf-8")


@cache
def print_stylesheet() -> str:
    """Return the style sheet of a report on paper: it stands alone, for printing takes time for every rule."""
    return resources.files("kohtaamo_utils.presentation").joinpath("page/paper.css").read_text(encoding="utf-8")


_AGAINST_LAB = (
    ":scope dl.cards{display:grid;width:auto;overflow:visible;margin:1.4rem 0}"
    ":scope .card dt,:scope .card dd{float:none;width:auto}"
    ":scope .card dd{display:flex}"
    ":scope main{max-width:72rem}"
    ":scope:scope table{table-layout:auto;width:100%;margin:0}"
    ":scope:scope:scope :is(th,td){text-align:left;vertical-align:top;padding:.42rem .7rem .42rem 0;"
    "border-bottom:1px solid var(--line)}"
    ":scope:scope:scope thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}"
    ":scope:scope:scope .num{text-align:right;padding-right:1rem}"
    ":scope:scope:scope tbody tr{background:none}"
    ":scope caption{max-width:none}"
)
"""JupyterLab lays description lists and tables out in its own way, with rules that are stronger than plain ones of ours."""


@cache
def lab_stylesheet() -> str:
    """Return the style sheet for a section shown in JupyterLab: kept inside our own element."""
    scoped = stylesheet().replace(":root{", ":scope{").replace("\nhtml{", "\n.none{").replace("\nbody{", "\n:scope{")
    return f"@scope (.kohtaamo) {{{scoped.split('@page')[0]}{_AGAINST_LAB}}}"
