"""``jupyter nbconvert --to kohtaamo``: one HTML file without code or requests, and with no script but the kit's own."""

from __future__ import annotations

from html import unescape
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import default

from kohtaamo_utils.brand import Brand, brand_of
from kohtaamo_utils.delivery.page import Page, compose
from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DeliveryError, say
from kohtaamo_utils.presentation.branding import branding, without_brand
from kohtaamo_utils.presentation.controls import script, script_hash
from kohtaamo_utils.presentation.numbers import MINUS, NBSP
from kohtaamo_utils.presentation.render import environment, stylesheet
from kohtaamo_utils.presentation.wording import Wording

_LIVE = '<div class="what-if" id='
"""How the what-if begins in a page; only our own templates write it, for other HTML comes in without classes."""

_TYPED = frozenset(map(chr, range(0x20, 0x7F))) | {NBSP, MINUS}
"""What a reader or the what-if's script may write into a page later."""


class KohtaamoExporter(Exporter):
    """Exports an executed notebook as a finished report.

    The page is composed from what the cells displayed; nbconvert's own notebook interface, its scripts and its
    network addresses are not used at all, so there is nothing to strip from them. It is a draft: `kohtaamo approve` alone
    takes that mark off.
    """

    export_from_notebook = "Kohtaamo report"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        """Return the page's HTML and nbconvert's resources (with the composed page under ``kohtaamo``).

        Files that go with the report are among the resources' outputs, so that nbconvert writes them beside the page.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = str(resources.get("metadata", {}).get("name") or "Kohtaamo")
        page = compose(notebook, default_title=name)
        resources["kohtaamo"] = page
        resources["outputs"] = {**(resources.get("outputs") or {}), **page.attachments}
        return page_html(page, brand=_brand_of(page)), resources

    def _preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Copy and check the notebook for preprocessors only if one is switched on; it takes longer than the page."""
        if any(getattr(preprocessor, "enabled", True) for preprocessor in self._preprocessors):
            prepared: tuple[Any, Any] = super()._preprocess(nb, resources)  # type: ignore[no-untyped-call]
            return prepared
        return nb, resources


def _brand_of(page: Page) -> Brand | None:
    """Return the brand of the engagement that the notebook was run in."""
    return None if page.branded is None else brand_of(load(page.branded.engagement))


def page_html(page: Page, *, draft: bool = True, brand: Brand | None = None) -> str:
    """Return a composed page as one HTML document.

    A draft says so in a line at the top and in large letters behind the text; apart from that line, which stands by
    itself, the page of a draft and of an approved report are the same bytes. A page with something live in it carries the kit's script, and its policy allows the script of that hash alone.

    Raises
    ------
    DeliveryError
        The script did not come into the page as it is, so that no browser would run it; or the brand is not the one
        with which the notebook was run.
    """
    if (page.branded and page.branded.sha256) != (brand and brand.sha256):
        raise DeliveryError(
            say(
                "The brand's files are not those with which the notebook was run. Run it again: kohtaamo run DIR --force"
            )
        )
    live = any(_LIVE in part.html for part in page.parts)
    parts = {
        "page": page,
        "t": Wording(page.language),
        "draft": draft,
        "style": stylesheet() if brand is not None else f"{stylesheet()}{without_brand()}\n",
        "script": script() if live else "",
        "script_source": script_hash() if live else "",
        "branding": None,
    }
    template = environment().get_template("page.html.j2")
    if brand is not None:
        bare = template.render(
            {**parts, "draft": True, "style": "", "script": ""}
        )  # the mark must not change the fonts
        written = {sign for sign in unescape(bare) + brand.name if sign.isprintable()} | _TYPED
        parts["branding"] = branding(brand, written, live=live)
    html = template.render(parts)
    lines = (line.rstrip() for line in html.splitlines())
    whole = "\n".join(line for line in lines if line) + "\n"
    if live and f"<script>{script()}</script>" not in whole:  # the hash is of these very bytes
        raise DeliveryError(
            say(
                "The page's script was changed on its way into the page, so a browser would not run it. Take out what rewrites the page behind the exporter."
            )
        )
    return whole
