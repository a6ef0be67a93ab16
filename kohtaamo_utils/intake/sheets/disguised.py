"""Files that are called workbooks and are none: pages of the web, Excel's old XML, text, and workbooks behind a password."""

from __future__ import annotations

from kohtaamo_utils.errors import say

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files begin that hold streams, such as .xls and every workbook with a password."""
LOCKED = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo"))
OLD_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
HEAD = 4096


def is_markup(data: bytes) -> bool:
    """Tell whether a file holds a page or XML, by its first sign.

    Examples
    --------
    >>> is_markup(b"  <html><table>"), is_markup(b"PK"), is_markup(b"a;b")
    (True, False, False)
    """
    return data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def why_no_workbook(data: bytes, error: str) -> tuple[str, str]:
    """Return why bytes cannot be opened as a workbook, and what to do.

    Parameters
    ----------
    data
        The file.
    error
        What its reader says, told where nothing better is known.

    Examples
    --------
    >>> why_no_workbook(b"<html><table>", "Cannot detect file format")[0]
    'The file is called a workbook, but is a web page (HTML).'
    """
    save = say("Open it in Excel and save it again as .xlsx.")
    if data.startswith(OLE) and any(name in data for name in LOCKED):
        return say("The workbook has a password."), say(
            "Open it in Excel, take the password off (File, Info, Protect Workbook) and save it again."
        )
    if is_markup(data):
        kind = say("Excel's old XML") if OLD_XML in data[:HEAD] else say("a web page (HTML)")
        return say("The file is called a workbook, but is {kind}.", kind=kind), save
    if not data.startswith((OLE, b"PK")) and b"\0" not in data[:HEAD]:
        return say("The file is called a workbook, but is text."), say("Say `format: csv` in its source.")
    return say("The workbook cannot be opened ({error}).", error=error), save
