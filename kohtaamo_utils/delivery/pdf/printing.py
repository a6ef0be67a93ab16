"""A report's PDF, made: laid out for paper, printed by what is there, through the gate."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kohtaamo_utils.delivery.pdf import browsers, weasy
from kohtaamo_utils.delivery.pdf.gate import pass_or_refuse_pdf
from kohtaamo_utils.delivery.pdf.paper import paper_html, title_of
from kohtaamo_utils.delivery.pdf.tidy import tidied
from kohtaamo_utils.errors import DeliveryError, say

if TYPE_CHECKING:
    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.delivery.gate import Secrets
    from kohtaamo_utils.delivery.page import Page

_READERS = ("pikepdf", "pypdfium2")
"""Packages that look at a finished PDF; without them none is delivered."""
_PANGO = {
    "darwin": "brew install pango",
    "linux": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}


def pdf_of(page: Page, secrets: Secrets, *, draft: bool, brand: Brand | None = None) -> bytes:
    """Return a report's PDF, checked.

    Parameters
    ----------
    page
        What the executed notebook displayed.
    secrets
        What it must not hold.
    draft
        Whether the report waits for approval.
    brand
        The engagement's brand.

    Raises
    ------
    DeliveryError
        Nothing here can print it, or it holds what no client may get; the message says what to do.
    """
    if not all(map(find_spec, _READERS)):
        raise DeliveryError(
            say(
                "A PDF needs packages that are not installed. Install them: {command}",
                command='pip install "kohtaamo[pdf]"',
            )
        )
    pdf = _printed(paper_html(page, draft=draft, brand=brand), page, secrets)
    pass_or_refuse_pdf(pdf, secrets)
    return pdf


def _printed(html: str, page: Page, secrets: Secrets) -> bytes:
    if weasy.is_there():
        return weasy.printed(html)
    program = browsers.browser()
    if program is None:
        raise DeliveryError(_nothing_prints())
    pdf = browsers.printed(program, html, secrets.folder / "reports" / "internal")
    return tidied(pdf, title_of(page), page.language)


def _nothing_prints() -> str:
    pango = _PANGO.get(sys.platform)
    if pango is None:
        return say(
            "A PDF needs Chrome, Chromium or Edge, and none of them was found. Install one of them and run again."
        )
    return say(
        "A PDF needs the library Pango, or Chrome, Chromium or Edge, and none of them was found. Install Pango (for example {command}) or one of those browsers and run again.",
        command=pango,
    )
