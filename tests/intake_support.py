"""Engagements made on the spot for the tests of intake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engagement import Engagement, EngagementSettings
from kohtaamo_utils.intake import Dataset, check, read

if TYPE_CHECKING:
    from pathlib import Path

    from kohtaamo_utils.errors import Problem

CUSTOMERS = {"respondent_group": "customer"}


def engagement(folder: Path, sources: dict[str, Any], **settings: Any) -> Engagement:
    """Make an engagement whose files are in the folder."""
    content = {"client": "Esimerkki Oy", "sources": sources, **settings}
    return Engagement(folder=folder, settings=EngagementSettings.model_validate(content))


def put(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file; return its name."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def problems(folder: Path, content: str | bytes, table: str = "survey", **source: Any) -> tuple[Problem, ...]:
    """Return what is wrong in a file ``data.csv`` with this content."""
    found, dataset = check(engagement(folder, {table: {"file": put(folder, "data.csv", content), **source}}))
    assert (dataset is None) == bool(found), "a dataset comes without problems only"
    return found


def dataset(folder: Path, content: str | bytes, table: str = "survey", **source: Any) -> Dataset:
    """Read a file ``data.csv`` with this content."""
    return read(engagement(folder, {table: {"file": put(folder, "data.csv", content), **source}}))


def survey(folder: Path, content: str | bytes, **source: Any) -> Dataset:
    """Read a customers' survey."""
    return dataset(folder, content, constants=CUSTOMERS, **source)
