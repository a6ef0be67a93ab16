"""What a machine can judge of PDF/UA-1 (ISO 14289-1), by the numbers of the Matterhorn Protocol 1.1; what needs a human is not here.

No validator such as veraPDF is needed for it: the file is read object by object with pikepdf.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD = set(
    re.findall(
        r"\w+",
        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
        "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP "
        "Figure Formula Form",
    )
)
"""The structure types of PDF 1.7."""
INSIDE = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip
"""What a type may stand in (checkpoint 09)."""
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}


def breaches(pdf: bytes) -> list[str]:
    """Return what breaks a condition, each with the number of its checkpoint.

    Parameters
    ----------
    pdf
        The file.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as book:
        found = [*_file(book), *_structure(book), *_tables_and_links(book), *_fonts(book)]
        for number, page in enumerate(book.pages, 1):
            found += _unmarked(page, number)
        return found


def _file(book: Any) -> Iterator[str]:
    root = book.Root
    xmp = bytes(root.Metadata.read_bytes()).decode() if "/Metadata" in root else ""
    if not re.search(r'pdfuaid:part(="1"|>1<)', xmp):
        yield "06-002 the metadata do not say PDF/UA-1"
    if "dc:title" not in xmp:
        yield "06-003 the metadata have no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "07-001 the window does not show the title"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "06-001 the file is not marked as tagged"
    if root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "01-007 the tags are suspects"
    if not str(root.get("/Lang", "")):
        yield "11-006 the file names no language"
    if book.is_encrypted:
        yield "26-001 the file is locked"
    yield from ("20-001 optional content" for _ in [0] if "/OCProperties" in root)


def _structure(book: Any) -> Iterator[str]:
    """Yield what is wrong with kinds, nesting, headings and alternative texts."""
    mapped = {str(name)[1:]: str(kind)[1:] for name, kind in book.Root.StructTreeRoot.get("/RoleMap", {}).items()}
    last = 0
    for element, parents in walked(book):
        kind = mapped.get(kind_of(element), kind_of(element))
        above = [mapped.get(each, each) for each in parents]
        if kind not in STANDARD:
            yield f"02-001 {kind} is no standard type and is mapped to none"
        outer = next((each for each in reversed(above) if each not in ("NonStruct", "Div", "Span")), "")
        if kind in INSIDE and outer not in INSIDE[kind]:
            yield f"09-004 {kind} in {outer}"
        if re.fullmatch(r"H[1-6]", kind):
            if int(kind[1]) > last + 1:
                yield f"14-003 {kind} after H{last}"
            last = int(kind[1])
        if kind in ("Figure", "Formula") and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield f"13-004 a {kind} without words"


def _tables_and_links(book: Any) -> Iterator[str]:
    linked = set()
    for element, _ in walked(book):
        if kind_of(element) == "TH":
            attributes = element.get("/A", {})
            each = [attributes] if not hasattr(attributes, "append") or "/O" in attributes else list(attributes)
            if not any("/Scope" in one for one in each) and "/ID" not in element:
                yield "15-003 a heading of a table without its direction"
        if kind_of(element) == "Link":
            linked |= {kid.Obj.objgen for kid in kids_of(element) if "/Obj" in kid}
    for number, page in enumerate(book.pages, 1):
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != "/S":
            yield f"28-008 sheet {number}: another order of tabs than the structure's"
        for annotation in annotations:
            if annotation.Subtype == "/Link" and annotation.objgen not in linked:
                yield f"28-011 sheet {number}: a link outside a Link element"
            if annotation.Subtype == "/Link" and not str(annotation.get("/Contents", "")).strip():
                yield f"28-012 sheet {number}: a link without words of its own"


def _fonts(book: Any) -> Iterator[str]:
    """Yield fonts that do not travel with the file or whose letters cannot be told."""
    seen = set()
    for holder in book.objects:
        if not _is_font(holder) or holder.get("/Subtype") in ("/CIDFontType2", "/CIDFontType0"):
            continue
        name = str(holder.get("/BaseFont", ""))
        inner = holder.DescendantFonts[0] if "/DescendantFonts" in holder else holder
        descriptor = inner.get("/FontDescriptor", {})
        if not any(f"/FontFile{each}" in descriptor for each in ("", "2", "3")) and holder.get("/Subtype") != "/Type3":
            seen.add(f"31-009 {name} is not in the file")
        if "/ToUnicode" not in holder:
            seen.add(f"31-027 {name} does not tell its letters")
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            seen.add(f"31-004 {name} does not map its letters")
    yield from sorted(seen)


def _is_font(holder: Any) -> bool:
    import pikepdf

    return isinstance(holder, pikepdf.Dictionary) and holder.get("/Type") == "/Font"


def _unmarked(page: Any, number: int) -> list[str]:
    """Return whether something is painted that is neither part of the structure nor marked as decoration (01-005)."""
    import pikepdf

    depth: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            named = str(operands[0]) == "/Artifact" or (name == "BDC" and "/MCID" in _properties(page, operands[1]))
            depth.append(named)
        elif name == "EMC":
            depth.pop()
        elif name in PAINTS and not any(depth):
            return [f"01-005 sheet {number}: {name} outside what is marked"]
    return [f"01-005 sheet {number}: marks are not closed"] if depth else []


def _properties(page: Any, named: Any) -> Any:
    import pikepdf

    return page.Resources.Properties[named] if isinstance(named, pikepdf.Name) else named


def walked(book: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield each element of the structure in reading order, with the kinds that it stands in."""

    def below(element: Any, parents: list[str]) -> Iterator[tuple[Any, list[str]]]:
        for kid in kids_of(element):
            if "/S" in kid:
                yield kid, parents
                yield from below(kid, [*parents, kind_of(kid)])

    yield from below(book.Root.StructTreeRoot, [])


def kids_of(element: Any) -> list[Any]:
    """Return an element's kids that are dictionaries."""
    import pikepdf

    kids = element.get("/K", [])
    each = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in each if isinstance(kid, pikepdf.Dictionary)]


def kind_of(element: Any) -> str:
    """Return an element's own kind."""
    return str(element.S)[1:]
