"""The engagement's comments and remarks, read by its codebook, once for all reports of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.codebook import Codebook, Coder, Read, codebook_of
from kohtaamo_utils.codebook.lemmas import Lemmas
from kohtaamo_utils.redaction.tidy import says_something, tidied

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.intake import Dataset

KEY = "themes of comments"
COLUMNS = (("survey", "comment"), ("observations", "text"))


@dataclass(frozen=True)
class Said:
    """One text that says something: its words tidied, and what was read of it."""

    text: str
    read: Read


@dataclass(frozen=True)
class Coding:
    """All texts of an engagement.

    Parameters
    ----------
    codebook
        Themes.
    said
        By the text as it stands in the table; texts that say nothing, such as a dash, are not there.
    """

    codebook: Codebook
    said: dict[str, Said]


def coding_of(engagement: Engagement, dataset: Dataset) -> Coding:
    """Return the texts of an engagement, read; the dictionaries are let go of afterwards.

    Parameters
    ----------
    engagement
        The client's folder, for its codebook and language.
    dataset
        Its tables.
    """
    return dataset.once(KEY, lambda: _read(codebook_of(engagement), engagement.settings.language, _texts(dataset)))


def _texts(dataset: Dataset) -> Iterable[str]:
    for table, column in COLUMNS:
        frame: pd.DataFrame | None = dataset.tables.get(table)
        if frame is not None and column in frame.columns:
            yield from frame[column].dropna().astype(str).unique()


def _read(codebook: Codebook, language: str, texts: Iterable[str]) -> Coding:
    plain = {raw: text for raw in texts if says_something(text := tidied(raw))}
    if not plain:
        return Coding(codebook, {})
    lemmas = Lemmas()
    reads = Coder(codebook, lemmas, language)(plain.values())
    lemmas.forget()
    said = {raw: Said(text, read) for (raw, text), read in zip(plain.items(), reads, strict=True)}
    return Coding(codebook, said)
