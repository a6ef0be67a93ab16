"""A composed page as a document for paper: the same texts, figures and tables, laid out in pages."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup

from kohtaamo_utils.delivery.pdf.unfolded import unfolded
from kohtaamo_utils.presentation.branding import on_paper
from kohtaamo_utils.presentation.charts.outline import outlined
from kohtaamo_utils.presentation.render import environment, print_stylesheet
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.delivery.page import Page

_PLAIN = re.compile(r"[^A-Za-z0-9]")


def paper_html(page: Page, *, draft: bool, brand: Brand | None = None) -> str:
    """Return a page as the HTML document that is printed.

    Every page of paper says whose report it is, which one, of which time, and, of a draft, that it is one. Nothing in the
    document loads anything or runs.

    Parameters
    ----------
    page
        What the executed notebook displayed.
    draft
        Whether the report waits for approval.
    brand
        The engagement's brand.
    """
    t = Wording(page.language)
    mark = [t("DRAFT – not yet approved")] if draft else []
    template = environment().get_template("paper.html.j2")
    parts = {
        "page": page,
        "title": title_of(page),
        "t": t,
        "parts": [(part.heading, Markup(unfolded(part.html))) for part in page.parts],  # noqa: S704 - of escaped parts
        "style": print_stylesheet(),
        "running": {
            "client": css_string(page.client),
            "title": css_string(page.title),
            "foot": css_string(" · ".join([*mark, *(f"{name} {value}" for name, value in page.facts)])),
        },
        "watermark": _picture(outlined(t("DRAFT"), "#f4eee0", 28)) if draft else "",
        "branding": None,
    }
    if brand is not None:
        written = {sign for sign in unescape(template.render(parts)) + brand.name if sign.isprintable()}
        parts["branding"] = on_paper(brand, written)
    html = template.render(parts)
    return "\n".join(line for line in map(str.rstrip, html.splitlines()) if line) + "\n"


def _picture(svg: str) -> Markup:
    """Return a picture of ours as an address that holds it."""
    return Markup('"data:image/svg+xml;base64,{}"').format(b64encode(svg.encode()).decode())


def title_of(page: Page) -> str:
    """Return the document's title: what the report asks, and whose it is.

    Parameters
    ----------
    page
        What the executed notebook displayed.
    """
    return f"{page.title} – {page.client}" if page.client else page.title


def css_string(text: str) -> Markup:
    r"""Return a text as a string of a style sheet; nothing in it can end the string or the style element.

    Examples
    --------
    >>> css_string("A</style>")
    Markup('"A\\3c \\2f style\\3e "')
    """
    return Markup('"{}"').format(Markup(_PLAIN.sub(lambda found: f"\\{ord(found[0]):x} ", text)))  # noqa: S704 - no sign but letters and digits is left
