"""A report's PDF beside its page: whether one is there and fits, and one added to what is made already."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from kohtaamo_utils.delivery.files import sha256, to_json, write_together
from kohtaamo_utils.delivery.pdf.printing import pdf_of
from kohtaamo_utils.errors import KohtaamoError, say

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.brand import Brand
    from kohtaamo_utils.delivery.finish import Finished
    from kohtaamo_utils.delivery.gate import Secrets
    from kohtaamo_utils.delivery.page import Page

Beside = Literal["none", "fits", "other"]


def beside(page: Path) -> Beside:
    """Tell what PDF stands beside a page: none, the one that was made of it, or another.

    Parameters
    ----------
    page
        The report's HTML file.
    """
    pdf = page.with_suffix(".pdf")
    if not pdf.is_file():
        return "none"
    provenance = _results(page).get("provenance")
    recorded = provenance.get("pdf_sha256") if isinstance(provenance, dict) else None
    return "fits" if sha256(pdf.read_bytes()) == recorded else "other"


def with_pdf(finished: Finished, page: Page, secrets: Secrets, brand: Brand | None = None) -> tuple[Finished, str]:
    """Return a report's files with its PDF, or as they are and why there is none: no report is lost for want of its PDF.

    Parameters
    ----------
    finished
        The files without it.
    page
        What they were made of.
    secrets
        What the PDF must not hold.
    brand
        The engagement's brand.
    """
    pdf, why = _tried(page, secrets, finished.results["draft"], brand)
    return (finished, why) if pdf is None else (finished.with_pdf(pdf), "")


def add_pdf(html: Path, notebook: Path, secrets: Secrets, brand: Brand | None = None) -> str | None:
    """Add a PDF to a report that stands: its page, figures and workbook stay as they are.

    Parameters
    ----------
    html
        The report's page.
    notebook
        The executed notebook that it was made of.
    secrets
        What the PDF must not hold.
    brand
        The engagement's brand.

    Returns
    -------
    Nothing said if it was added, why it could not be made, or None if the notebook is not the one of this page.
    """
    from kohtaamo_utils.delivery.exporter import page_html
    from kohtaamo_utils.delivery.page import page_of

    page, results = page_of(notebook), _results(html)
    draft = results.get("draft", True) is not False
    if page is None or "provenance" not in results:
        return None
    if page_html(page, draft=draft, brand=brand) != html.read_text(encoding="utf-8"):
        return None
    pdf, why = _tried(page, secrets, draft, brand)
    if pdf is None:
        html.with_suffix(".pdf").unlink(missing_ok=True)
        return why
    results["provenance"]["pdf_sha256"] = sha256(pdf)
    write_together({html.with_suffix(".pdf"): pdf, html.with_suffix(".results.json"): to_json(results)})
    return ""


def _tried(page: Page, secrets: Secrets, draft: bool, brand: Brand | None) -> tuple[bytes | None, str]:
    try:
        return pdf_of(page, secrets, draft=draft, brand=brand), ""
    except KohtaamoError as error:
        return None, error.said
    except Exception as error:
        return None, say("Something unexpected happened: {what}", what=f"{type(error).__name__}: {error}")


def _results(page: Path) -> dict[str, Any]:
    try:
        found = json.loads(page.with_suffix(".results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
