"""The brand that an engagement names: found, read and checked, with each problem in its place."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from kohtaamo_utils.brand.brand import Brand, Mark, Size
from kohtaamo_utils.brand.fonts import UnfitFont, face
from kohtaamo_utils.brand.logo import Embedded, UnfitLogo, embedded
from kohtaamo_utils.brand.settings import BrandSettings
from kohtaamo_utils.engagement.document import checked, read_document
from kohtaamo_utils.errors import SETTINGS_FILE, Problem, Said, SettingsError, say

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.brand.fonts import Face
    from kohtaamo_utils.brand.settings import Font, FontFile, Picture, Pictures
    from kohtaamo_utils.engagement import Engagement

_MOST_BYTES = 200_000
"""Bytes of a brand file; one that is longer is something else."""


def brand_of(engagement: Engagement) -> Brand | None:
    """Return the brand of an engagement's reports; None where its settings name none.

    Parameters
    ----------
    engagement
        The client's folder.

    Raises
    ------
    SettingsError
        The brand file, or a logo or font that it names, is missing, lies where it may not, or cannot be used; every
        problem is listed.

    Examples
    --------
    >>> from kohtaamo_utils.engagement import load
    >>> from kohtaamo_utils.resources import bundled
    >>> brand_of(load(bundled("data/sample"))) is None
    True
    """
    if engagement.settings.brand is None:
        return None
    path = _place(engagement)
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise _named(engagement, say("The file is too long for a brand file."), say("Name the _brand.yml."))
    document = read_document(content, path.name)
    if not isinstance(document, dict):
        raise _named(engagement, say("The brand file holds no settings."), say("docs/brand.md has an example."))
    return _Reader(path, checked(BrandSettings, document, path.name), document, content).brand()


def _place(engagement: Engagement) -> Path:
    """Return where the brand file is; outside the engagement only if the settings say that it is shared, and never at another client's."""
    named = engagement.settings.brand
    assert named is not None  # noqa: S101 - for the type checker; the caller has looked
    path = engagement.path(named.file)
    if not path.is_file():
        raise _named(engagement, say("There is no such file."), say("Correct the name, or leave `brand` out."))
    real, home = path.resolve(), engagement.folder.resolve()
    if not named.shared and not real.is_relative_to(home):
        raise _named(
            engagement,
            say("The brand file lies outside the engagement folder."),
            say(
                "Copy it here, or, if several clients' reports share it, write `brand: {entry}`.",
                entry=f"{{file: {named.file}, shared: true}}",
            ),
        )
    owner = next((folder for folder in real.parents if (folder / SETTINGS_FILE).is_file()), home)
    if owner != home:
        raise _named(
            engagement,
            say("The brand file belongs to another engagement."),
            say("A brand that several clients' reports share needs a folder outside all engagements."),
        )
    return path


def _named(engagement: Engagement, message: Said, advice: Said) -> SettingsError:
    named = engagement.settings.brand
    problem = Problem(
        file=SETTINGS_FILE, kind="brand", column="brand", value=named.file if named else None, message=message, advice=advice
    )  # fmt: skip
    return SettingsError(say("{file} cannot be used as it is:", file=SETTINGS_FILE), (problem,))


@dataclass
class _Reader:
    """Reads what a brand file names, and collects what is wrong with it."""

    path: Path
    settings: BrandSettings
    document: Any
    content: bytes
    inputs: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def brand(self) -> Brand:
        """Return the brand, or raise all problems together."""
        self.inputs[self.path.name] = hashlib.sha256(self.content).hexdigest()
        made = Brand(self.settings, self.inputs, self._logos(), self._faces())
        self._families()
        for key, reason in made.schemes.refusals:
            self._problem(tuple(key.split(".")), reason)
        if self.problems:
            raise SettingsError(say("{file} cannot be used as it is:", file=self.path.name), tuple(self.problems))
        return made

    def _problem(self, key: tuple[str | int, ...], message: Said, advice: str = "", value: str | None = None) -> None:
        column = ".".join(str(part) for part in key)
        row = _line(self.document, key)
        self.problems.append(
            Problem(
                file=self.path.name, kind="brand", row=row, column=column, value=value, message=message, advice=advice
            )
        )

    def _file(self, name: str, key: tuple[str | int, ...]) -> bytes | None:
        """Return a file's bytes; it lies in the brand file's folder, also when links are followed."""
        home = self.path.resolve().parent
        path = home / name
        if not path.is_file():
            self._problem(key, say("There is no such file beside the brand file."), say("Correct the name."), name)
        elif not path.resolve().is_relative_to(home):
            self._problem(key, say("The file lies outside the brand file's folder."), say("Copy it there."), name)
        else:
            content = path.read_bytes()
            self.inputs[name] = hashlib.sha256(content).hexdigest()
            return content
        return None

    def _logos(self) -> dict[Size, Mark]:
        found: dict[Size, Mark] = {}
        for size in get_args(Size):
            pictures: Pictures | None = getattr(self.settings.logo, size)
            if pictures is None:
                continue
            light, dark = (self._logo(size, part, getattr(pictures, part)) for part in ("light", "dark"))
            first = light or dark
            if first is not None:
                alt = first[1] or self.settings.meta.name.full or self.settings.meta.name.short
                if not alt:
                    self._problem(
                        ("logo", size),
                        say("The logo has no description for readers who do not see it."),
                        say("Give it `alt`, or the brand a `meta.name`."),
                    )
                found[size] = Mark(first[0], dark[0] if dark and light else None, alt)
        return found

    def _logo(self, size: str, part: str, picture: Picture | None) -> tuple[Embedded, str] | None:
        if picture is None:
            return None
        named = self.settings.logo.images.get(picture.path)
        found = named or picture
        key = ("logo", "images", picture.path) if named else ("logo", size, part)
        content = self._file(found.path, key)
        if content is None:
            return None
        try:
            return embedded(content), picture.alt or found.alt
        except UnfitLogo as error:
            self._problem(key, error.args[0], value=found.path)
            return None

    def _faces(self) -> tuple[Face, ...]:
        found = []
        for place, font in enumerate(self.settings.typography.fonts):
            if font.source == "file" and not font.files:
                self._problem(
                    ("typography", "fonts", place), say("The font has no files."), say("Name them under `files`.")
                )
            found += [
                self._face(font, file, ("typography", "fonts", place, "files", n)) for n, file in enumerate(font.files)
            ]
        return tuple(one for one in found if one is not None)

    def _face(self, font: Font, file: FontFile, key: tuple[str | int, ...]) -> Face | None:
        content = self._file(file.path, key)
        if content is None:
            return None
        try:
            return face(font.family, content, file.weight, file.style)
        except UnfitFont as error:
            self._problem(key, error.args[0], value=file.path)
            return None

    def _families(self) -> None:
        """Refuse a family that no entry of `fonts` explains: a slip would show another font without a word."""
        known = [font.family for font in self.settings.typography.fonts]
        for kind in ("base", "headings", "monospace"):
            family = getattr(self.settings.typography, kind).family
            if family is not None and family not in known:
                near = difflib.get_close_matches(family, known, n=1, cutoff=0.5)
                advice = (
                    say("Did you mean `{near}`?", near=near[0])
                    if near
                    else say(
                        "List it there: with `source: file` and its files, or with `source: system` where every reader has it."
                    )
                )
                self._problem(("typography", kind), say("The font is not among `typography.fonts`."), advice, family)


def _line(document: Any, key: tuple[str | int, ...]) -> int | None:
    """Return the line of a key, or of the innermost block of it that the document has."""
    line: int | None = None
    node: Any = document
    for part in key:
        lines: Any = getattr(node, "lc", None)
        if isinstance(node, dict) and part in node:
            line, node = lines.key(part)[0] + 1, node[part]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            line, node = lines.item(part)[0] + 1, node[part]
        else:
            break
    return line
