"""A brand, opened: what it is called, its colours, logos and fonts, all checked, and the fingerprints of its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils.brand.scheme import Schemes, schemes
from kohtaamo_utils.errors import Said, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kohtaamo_utils.brand.fonts import Face
    from kohtaamo_utils.brand.logo import Embedded
    from kohtaamo_utils.brand.settings import BrandSettings, Type

Size = Literal["small", "medium", "large"]
_UNUSED = ("tertiary", "info", "warning", "light", "dark")
"""Colours of the vocabulary that no part of a report has."""


@dataclass(frozen=True)
class Mark:
    """A logo of one size.

    Parameters
    ----------
    light
        For the light page; for the dark one too, on a light ground, where there is no other.
    dark
        For the dark page.
    alt
        What it shows.
    """

    light: Embedded
    dark: Embedded | None
    alt: str


@dataclass(frozen=True)
class Brand:
    """A brand, ready for use.

    Parameters
    ----------
    settings
        What its file says.
    inputs
        Each of its files, as named from the brand file's folder, with its fingerprint; the brand file is the first.
    logos
        Logos by size.
    faces
        Font files that reports embed.
    """

    settings: BrandSettings
    inputs: Mapping[str, str]
    logos: Mapping[Size, Mark] = field(default_factory=dict)
    faces: tuple[Face, ...] = ()

    @property
    def name(self) -> str:
        """What the brand is called."""
        name = self.settings.meta.name
        return name.full or name.short

    @property
    def link(self) -> str:
        """Address of its home page, or an empty text."""
        return self.settings.meta.link.get("home", "")

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of all its files."""
        text = "".join(f"{name}:{mark}\n" for name, mark in self.inputs.items())
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def schemes(self) -> Schemes:
        """Colours of the light and the dark page."""
        return schemes(self.settings.color)

    def notes(self) -> Iterator[Said]:
        """Yield what the consultant has to know: colours that were mended, and what of the brand has no place in a report."""
        for mending in self.schemes.mendings:
            yield mending.said
        yield from self.schemes.unused
        unused = ", ".join(self._without_use())
        if unused:
            yield say("Not used in reports: {keys}.", keys=unused)

    def _without_use(self) -> Iterator[str]:
        colours, kinds = self.settings.color, self.settings.typography
        yield from (f"color.{name}" for name in _UNUSED if getattr(colours, name) is not None)
        for name, kind in (("base", kinds.base), ("headings", kinds.headings), ("monospace", kinds.monospace)):
            yield from (f"typography.{name}.{key}" for key in _without_use(kind, name))
        for name, kind in (
            ("monospace-inline", kinds.monospace_inline),
            ("monospace-block", kinds.monospace_block),
            ("link", kinds.link),
        ):
            if kind.model_fields_set:
                yield f"typography.{name}"
        if self.settings.defaults:
            yield "defaults"

    def told(self, file: str) -> Said:
        """Return one line on the brand: its file, name and what it brings."""
        parts: list[str] = [self.name] if self.name else []
        parts += [say("a logo")] if self.logos else []
        parts += [", ".join(dict.fromkeys(face.family for face in self.faces))] if self.faces else []
        return joined([f"{file}:", joined(parts, ", ")]) if parts else say("{file}: colours only", file=file)


def _without_use(kind: Type, name: str) -> Iterator[str]:
    used = {"base": {"family", "line_height"}, "headings": {"family", "weight"}, "monospace": {"family"}}[name]
    for key in kind.model_fields_set - used:
        yield key.replace("_", "-")
