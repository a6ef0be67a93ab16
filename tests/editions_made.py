"""What `verify` compares with, made without a kernel: the reports of a small 360 programme, as its inputs give them at that moment."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import approvals

from kohtaamo_utils.editions import verify as verifying
from kohtaamo_utils.editions.place import delivered, engagement_of
from kohtaamo_utils.editions.printed import Printed
from kohtaamo_utils.editions.today import Today
from kohtaamo_utils.editions.verdict_lines import verdict_lines
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from kohtaamo_utils.editions.verify import Verdict
    from kohtaamo_utils.engagement import Engagement, Language


def without_kernels(monkeypatch: pytest.MonkeyPatch, elsewhere: Path, reasons: dict[str, str] | None = None) -> None:
    """Have `verify` take for today's reports what `approvals.run` makes in a copy of the engagement."""

    @contextmanager
    def made(engagement: Engagement, *_: Any) -> Iterator[Today]:
        copy = shutil.copytree(
            engagement.folder, elsewhere, dirs_exist_ok=True, ignore=shutil.ignore_patterns("reports")
        )
        approvals.run(copy, engagement.settings.language)
        yield Today(copy / "reports", reasons or {})

    monkeypatch.setattr(verifying, "made_today", made)


def verdicts(path: Path, engagement: Path | None = None, report: str = "") -> tuple[Verdict, ...]:
    """Verify a path as the command does."""
    opened = engagement_of(path, engagement)
    return verifying.verify(opened, delivered(path, opened, report))


def told(verdict: Verdict, language: Language = "en") -> str:
    """Return what is told of a file, in a language."""
    lines = verdict_lines(verdict, Printed(Numbers(language)))
    return "\n".join(Wording(language).told(line) for line in lines)
