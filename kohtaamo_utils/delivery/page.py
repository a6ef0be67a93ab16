"""An executed notebook, read as a page: title, sections, facts. Code, streams and cell ids stay behind."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

import nh3
from markupsafe import Markup, escape

from kohtaamo_utils.engagement import LANGUAGES, Language
from kohtaamo_utils.errors import DeliveryError, say
from kohtaamo_utils.presentation.glossary import glossary
from kohtaamo_utils.presentation.render import render
from kohtaamo_utils.presentation.section import MEDIA_TYPE, Branded
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_PIECES = re.compile(r"\n\s*\n|\n(?=#{1,6}\s)")
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)
_ATTACHED = re.compile(r"\w[\w.\-]*\.xlsx")
_IMAGE_TYPES = ("image/png", "image/jpeg", "image/svg+xml")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_PAGE_IDS = {"content", "contents"}
_TAGS = nh3.ALLOWED_TAGS - {"img"}


@dataclass
class Part:
    """One heading and what stands under it."""

    id: str
    heading: str
    html: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class Page:
    """Everything that the page template shows."""

    title: str
    language: Language
    client: str
    facts: tuple[tuple[str, str], ...]
    provenance: tuple[str, ...]
    parts: tuple[Part, ...]
    report: str
    results: dict[str, Any] | None
    attachments: dict[str, bytes] = field(default_factory=dict)
    branded: Branded | None = None


def compose(notebook: Any, default_title: str = "Kohtaamo") -> Page:
    """Read a page from an executed notebook.

    Parameters
    ----------
    notebook
        An nbformat 4 notebook. Sections, cover and results are found by our media type; markdown is translated
        through the catalogs (text that is not in them stays as it is) and cleaned; other outputs are shown as
        cleaned tables, pictures with alt text, or plain text.
    default_title
        Title of a notebook without a first-level heading.

    Raises
    ------
    DeliveryError
        A cell ended in an error, a picture has no description, or a file that goes with the report has no plain name.
    """
    bundles = [(cell, _bundles(cell)) for cell in notebook.cells]
    cover = next((b for _, found in bundles for b in found if b.get("kind") == "cover"), {})
    recorded = next((b for _, found in bundles for b in found if b.get("kind") == "results"), None)
    language: Language = next((known for known in LANGUAGES if known == cover.get("language")), "fi")
    composer = _Composer(Wording(language), default_title)
    for cell in notebook.cells:
        composer.add(cell)
    if cover.get("report"):
        composer.add_glossary()
    return Page(
        title=composer.title,
        language=language,
        client=str(cover.get("client", "")),
        facts=tuple((str(name), str(value)) for name, value in cover.get("facts", ())),
        provenance=tuple(map(str, cover.get("provenance", ()))),
        parts=tuple(part for part in composer.parts if part.html.strip()),
        report=str(cover.get("report", "")),
        results=None if recorded is None else recorded["results"],
        attachments={} if recorded is None else _attachments(recorded),
        branded=Branded(**cover["brand"]) if cover.get("brand") else None,
    )


def page_of(notebook: Path) -> Page | None:
    """Read an executed notebook's file as a page; None where there is none that can be read."""
    import nbformat

    try:
        return compose(nbformat.read(notebook, as_version=4))  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        return None


def _bundles(cell: Any) -> list[dict[str, Any]]:
    data = [output.get("data", {}) for output in cell.get("outputs", ())]
    return [bundle[MEDIA_TYPE] for bundle in data if MEDIA_TYPE in bundle]


def _attachments(recorded: dict[str, Any]) -> dict[str, bytes]:
    """Return the files that go with the report; their names lead nowhere else."""
    files = {str(file["name"]): base64.b64decode(file["base64"]) for file in recorded.get("attachments", ())}
    for name in files:
        if not _ATTACHED.fullmatch(name):
            raise DeliveryError(
                say(
                    "The notebook gives a file called {name} to go with the report. Expected: a workbook's name without a folder, such as roi.fi.xlsx. Run the notebook again with a template of this version.",
                    name=repr(name),
                )
            )
    return files


class _Composer:
    """Collects parts cell by cell."""

    def __init__(self, t: Wording, title: str) -> None:
        self.t = t
        self.title = title
        self.parts: list[Part] = [Part("start", "")]

    def add(self, cell: Any) -> None:
        """Put a cell's headings, text and outputs on the page; its code, streams and what is hidden stay behind."""
        outputs = cell.get("outputs", ())
        _refuse_errors(outputs)
        if _hidden(cell):
            return
        if cell.cell_type == "markdown":
            self._markdown(cell.source)
        elif cell.cell_type == "code":
            for output in outputs:
                self._output(output)

    def add_glossary(self) -> None:
        """Put the words that the page uses at its end, with their meanings."""
        found = glossary(_TAG.sub(" ", unescape("\n".join(part.html for part in self.parts))), self.t)
        if found is not None:
            heading = self.t("What do the words mean?")
            words = Markup('<div class="words">{}</div>').format(render((found,), "glossary"))
            self.parts.append(Part(self._id(heading), heading, words))

    def _markdown(self, source: str) -> None:
        for block in _blocks(source):
            heading = _HEADING.fullmatch(block)
            if heading is None:
                self._append(_markdown_html(self.t(block)))
                continue
            text = self.t(heading[2])
            if len(heading[1]) == 1:
                self.title = text
            elif len(heading[1]) == 2:
                self.parts.append(Part(self._id(text), text))
            else:
                self._append(Markup("<h3>{}</h3>").format(text))

    def _output(self, output: Any) -> None:
        data = output.get("data", {})
        if MEDIA_TYPE in data:
            if data[MEDIA_TYPE].get("kind") == "section":
                self._append(Markup(data[MEDIA_TYPE]["html"]))
        elif data:
            self._append(_foreign(data, output.get("metadata", {})))

    def _append(self, html: Markup) -> None:
        self.parts[-1].html += html

    def _id(self, text: str) -> str:
        plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "part"
        used = _PAGE_IDS | {part.id for part in self.parts}
        return next(name for name in (base, *(f"{base}-{i}" for i in range(2, 999))) if name not in used)


def _refuse_errors(outputs: Any) -> None:
    for output in outputs:
        if output.output_type == "error":
            raise DeliveryError(
                say(
                    "The notebook stopped with an error ({name}); a report is made from finished notebooks only. Run the notebook again and mend the cell that fails.",
                    name=output.get("ename", "error"),
                )
            )


def _blocks(source: str) -> list[str]:
    """Return a text cell's paragraphs and headings; a cell with fenced code stays whole, for its lines are no headings."""
    pieces = [source] if _FENCE.search(source) else _PIECES.split(source)
    blocks = []
    for piece in pieces:
        head, _, rest = piece.strip().partition("\n")
        blocks += [head, rest.strip()] if _HEADING.fullmatch(head) else [piece.strip()]
    return [block for block in blocks if block]


def _hidden(cell: Any) -> bool:
    tags = set(cell.get("metadata", {}).get("tags", ()))
    return bool(tags & {"parameters", "injected-parameters", "remove-cell", "remove_cell", "hide"})


def _markdown_html(text: str) -> Markup:
    from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

    try:
        html = str(MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(text))
    except InvalidNotebook:  # what nbconvert says of a picture that is pasted into the cell
        html = "<img>"
    if re.search(r"<img\b", html, re.IGNORECASE):
        raise DeliveryError(
            say(
                "A text cell of the notebook holds a picture. A report carries its pictures itself: "
                "show it from a code cell with {code}.",
                code='display(Image(file), metadata={"alt": "what it shows"})',
            )
        )
    return Markup(nh3.clean(html, tags=_TAGS, url_schemes={"https", "mailto"}))


def _foreign(data: dict[str, Any], metadata: dict[str, Any]) -> Markup:
    """Show what an analyst's own cell displayed, made harmless; a widget is for JupyterLab only."""
    if _WIDGET in data:
        return Markup()
    for kind in _IMAGE_TYPES:
        if kind in data:
            return _picture(kind, "".join(data[kind]), metadata)
    if "text/html" in data:
        attributes = {"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
        html = nh3.clean("".join(data["text/html"]), tags=_TAGS, attributes=attributes)
        return Markup('<div class="scroll">{}</div>').format(Markup(html))
    text = "".join(data.get("text/plain", ""))
    return Markup("<p>{}</p>").format(escape(text)) if text and not text.startswith("<") else Markup()


def _picture(kind: str, content: str, metadata: dict[str, Any]) -> Markup:
    alt = metadata.get(kind, {}).get("alt") or metadata.get("alt")
    if not alt:
        raise DeliveryError(
            say(
                "A picture in the notebook has no description. "
                "Give it one with {code}, or use the charts of kohtaamo_utils.presentation, which always have one.",
                code='display(figure, metadata={"alt": "what it shows"})',
            )
        )
    if kind == "image/svg+xml":  # inside img an SVG runs no script and loads nothing
        content = base64.b64encode(content.encode()).decode()
    return Markup('<figure class="chart"><img src="data:{};base64,{}" alt="{}"></figure>').format(
        kind, re.sub(r"\s", "", content), alt
    )
