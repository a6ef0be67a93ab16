"""``jupyter nbconvert --to kohtaamo``: one HTML file without code, scripts or requests."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import default

from kohtaamo_utils.delivery.page import Page, compose
from kohtaamo_utils.presentation.render import environment, stylesheet
from kohtaamo_utils.presentation.wording import Wording


class KohtaamoExporter(Exporter):
    """Exports an executed notebook as a finished report.

    The page is composed from what the cells displayed; nbconvert's own notebook interface, its scripts and its
    network addresses are not used at all, so there is nothing to strip from them.
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
        return page_html(page), resources


def page_html(page: Page) -> str:
    """Return a composed page as one HTML document."""
    template = environment().get_template("page.html.j2")
    html = template.render(page=page, t=Wording(page.language), style=stylesheet())
    lines = (line.rstrip() for line in html.splitlines())
    return "\n".join(line for line in lines if line) + "\n"
