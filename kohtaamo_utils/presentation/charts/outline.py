"""Words as a drawing: for a mark behind the text that is not itself text."""

from __future__ import annotations

from functools import cache

HEIGHT = 100
"""Units from the lowest point of a capital to its top, nearly."""


@cache
def outlined(text: str, colour: str, turned: float) -> str:
    """Return words as SVG that holds no text: it is neither found by a search nor read aloud.

    Parameters
    ----------
    text
        The words.
    colour
        Of the letters.
    turned
        Degrees against the clock.

    Examples
    --------
    >>> outlined("I", "#000", 0)
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="9.2 -72.9 18.8 72.9"><path fill="#000" d="M9.2 -72.9L28 -72.9L28 0L9.2 0L9.2 -72.9Z"/></svg>'
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    flat = TextPath((0, 0), text, size=HEIGHT, prop=FontProperties(family="DejaVu Sans", weight="bold"), usetex=False)
    path = flat.transformed(Affine2D().rotate_deg(turned).scale(1, -1))
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    drawn = "".join(
        letters[code]
        + ("" if code == Path.CLOSEPOLY else " ".join(f"{number:.1f}".removesuffix(".0") for number in points))
        for points, code in path.iter_segments(curves=True, simplify=False)
    )
    box = path.get_extents()
    view = " ".join(f"{number:.1f}" for number in (box.x0, box.y0, box.width, box.height))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><path fill="{colour}" d="{drawn}"/></svg>'
