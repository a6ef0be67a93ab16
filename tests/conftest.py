"""Fixtures that several tests share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

settings.register_profile("kohtaamo", deadline=None)  # the first example pays for lazy imports
settings.load_profile("kohtaamo")

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """Root of the source tree."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real public data beside the project; tests that need it skip where it is absent."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real public data sets (../shared/data) are not on this machine")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001 - pytest's signature
    call: pytest.CallInfo[None],  # noqa: ARG001 - pytest's signature
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every tool is installed (``.ci/run``), a skip is a failure; only the data beside the project may be absent."""
    report = yield
    reason = str(report.longrepr)
    if (
        os.environ.get("KOHTAAMO_NO_SKIP")
        and report.skipped
        and "../shared" not in reason
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"Skipped where nothing may be skipped: {reason}"
    return report
