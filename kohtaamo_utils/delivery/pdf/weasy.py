"""WeasyPrint: the usual way from a document for paper to a PDF."""

from __future__ import annotations

import contextlib
import gc
import io
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_there() -> bool:
    """Tell whether WeasyPrint can print here: it needs the library Pango, which is no Python package."""
    return _weasyprint() is not None


def warm_up() -> None:
    """Load it, and print one line: fonts are looked for, and its own style sheets read, only the first time."""
    if is_there():
        printed('<html lang="en"><head><title>-</title></head><body><p>-</p></body></html>')


def printed(html: str) -> bytes:
    """Return a document as PDF/UA-1: tagged, with bookmarks from its headings, the same bytes each time.

    Parameters
    ----------
    html
        The document; pictures stand in it. Any other address is left alone.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    with _nothing_collected():
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python from looking for garbage: printing makes many small things that all live to its end, and takes a quarter longer with it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _weasyprint() -> Any:
    """Return the library, or None where it or what it needs is missing; what it then prints is not for users."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            import weasyprint
        except (ImportError, OSError):
            return None
    return weasyprint
