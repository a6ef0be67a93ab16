"""Formulas as text in a line. Printers of PDF do not typeset MathML, and a picture of a formula could be neither searched nor read aloud."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

_RAISED = str.maketrans("0123456789−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_SPACED = {"×", "+", "−", "/", "=", "<", ">", "≤", "≥", "≠"}


def formula_html(content: str) -> str:
    """Return a formula as HTML without MathML.

    Parameters
    ----------
    content
        What stands in the ``math`` element: one of our own printer's pieces.

    Examples
    --------
    >>> formula_html("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>")
    '<span class="formula">a / (b + 1)</span>'
    >>> formula_html("<msup><mi>a</mi><mn>2</mn></msup><mo>×</mo><msub><mi>b</mi><mn>1</mn></msub>")
    '<span class="formula">a² × b<sub>1</sub></span>'
    """
    root = ElementTree.fromstring(f"<math>{content}</math>")  # noqa: S314 - our own markup, its texts escaped; entities are not read
    text = _all(root)
    return f'<span class="formula">{" ".join(text.split(" ")).strip(" ")}</span>'


def _all(element: Element) -> str:
    """Return an element's children one after the other; operators stand between spaces, signs of a number beside it."""
    written = ""
    for child in element:
        if child.tag == "mo" and (child.text or "") in _SPACED:
            alone = not written and child.get("form") != "infix"
            written = f"{written.rstrip(' ')}{'' if alone else ' '}{escape(child.text or '')}{'' if alone else ' '}"
        elif child.tag == "mo" and child.text == ";":
            written += "; "
        else:
            written += _one(child)
    return written


def _one(element: Element) -> str:
    write = _WRITTEN.get(element.tag)
    if write is not None:
        return write(list(element))
    if len(element):
        return _all(element)
    return escape(element.text or "", quote=False)


def _bracketed(element: Element) -> str:
    """Return a part of a fraction or a base, in brackets if it is more than a name or a number."""
    text = _one(element)
    simple = not any(f" {sign} " in text for sign in map(escape, _SPACED)) and not text.startswith("−")
    return text if simple or (text.startswith("(") and _closes_last(text)) else f"({text})"


def _closes_last(text: str) -> bool:
    """Tell whether a text's first bracket is closed by its last sign."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _fraction(parts: Sequence[Element]) -> str:
    return f"{_bracketed(parts[0])} / {_bracketed(parts[1])}"


def _power(parts: Sequence[Element]) -> str:
    exponent = _one(parts[1])
    raised = exponent.translate(_RAISED)
    return _bracketed(parts[0]) + (raised if exponent.isdigit() else f"<sup>{exponent}</sup>")


def _indexed(parts: Sequence[Element]) -> str:
    return f"{_one(parts[0])}<sub>{_one(parts[1])}</sub>"


def _root(parts: Sequence[Element]) -> str:
    return f"√({''.join(map(_one, parts))})"


def _cases(parts: Sequence[Element]) -> str:
    return "; ".join(_all(row) for row in parts)


_WRITTEN: dict[str, Callable[[Sequence[Element]], str]] = {
    "mfrac": _fraction,
    "msup": _power,
    "msub": _indexed,
    "msqrt": _root,
    "mtable": _cases,
}
