"""What a browser writes into a PDF besides the report, taken out: times, the program's name, anything that opens by itself."""

from __future__ import annotations

import io

_OWN = ("/Author", "/Creator", "/CreationDate", "/ModDate", "/Subject", "/Keywords", "/Producer")
_ACTING = ("/OpenAction", "/AA", "/Metadata", "/PieceInfo")


def tidied(pdf: bytes, title: str, language: str) -> bytes:
    """Return a browser's PDF as the same report gives it each time, with the report's title and language.

    Parameters
    ----------
    pdf
        What the browser wrote.
    title, language
        The report's.
    """
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name in _OWN:
            if name in document.docinfo:
                del document.docinfo[name]
        document.docinfo["/Title"] = title
        root = document.Root
        for name in _ACTING:
            if name in root:
                del root[name]
        root["/Lang"] = pikepdf.String(language)
        root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
        document.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
