"""What a computer would make reports with: asked of each before it is given anything, for another version could give another number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils import __version__
from kohtaamo_utils.errors import joined, say
from kohtaamo_utils.versions import code_sha256, libraries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kohtaamo_utils.errors import Said

CODE = "code"
_SIGNS = 12
"""How much of the code's fingerprint a person gets to see."""


def papers() -> dict[str, str]:
    """Return the versions of the kit, its code, Python and the libraries whose work stands in a report.

    Examples
    --------
    >>> sorted(papers())[:3]
    ['babel', 'brotli', 'code']
    """
    return {"kohtaamo": __version__, CODE: code_sha256(), **libraries()}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> Said | str:
    """Return what differs between two computers, or an empty text.

    Parameters
    ----------
    here, there
        Papers of this computer and of another.

    Examples
    --------
    >>> differences({"numpy": "2.4.6", "python": "3.11.7"}, {"numpy": "2.4.5", "python": "3.11.7"})
    'numpy 2.4.6 here, 2.4.5 there'
    """
    names = [*here, *(name for name in there if name not in here)]
    return joined([_difference(name, here, there) for name in names if here.get(name) != there.get(name)], "; ")


def _difference(name: str, here: Mapping[str, str], there: Mapping[str, str]) -> Said:
    own, other = (each.get(name, "–")[: _SIGNS if name == CODE else None] for each in (here, there))
    if name == CODE:
        return say("the kit's code {own} here, {other} there", own=own, other=other)
    return say("{name} {own} here, {other} there", name=name, own=own, other=other)
