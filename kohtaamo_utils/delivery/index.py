"""``reports/index.html``: links to everything that is there, with dates and states, for the consultant."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Releases, day_of
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.render import environment, stylesheet
from kohtaamo_utils.presentation.wording import N_, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kohtaamo_utils.delivery.make import Outcome
    from kohtaamo_utils.engagement import Engagement
    from kohtaamo_utils.engagement.releases import Release

REPORT_LABELS = {
    "current_state": N_("Current state"),
    "roi": N_("Business case"),
    "review_360": N_("360 review"),
}
STATE_LABELS = {
    "made": N_("made in this run"),
    "unchanged": N_("up to date"),
    "failed": N_("failed; the earlier version stands"),
    "earlier": N_("from an earlier run"),
}


def index_html(engagement: Engagement, outcomes: Sequence[Outcome], released: Releases = NOTHING_RELEASED) -> str:
    """Return the index of an engagement's reports.

    Parameters
    ----------
    engagement
        The client's folder; its ``reports/`` is looked through.
    outcomes
        How the last run ended, for the states.
    released
        What was approved.
    """
    settings = engagement.settings
    t, f = Wording(settings.language), Numbers(settings.language, settings.currency)
    states = {outcome.task.stem: outcome for outcome in outcomes}
    rows = []
    for file in sorted(engagement.reports.glob("*/*.html")):
        stem = file.relative_to(engagement.reports).as_posix().removesuffix(".html")
        if stem.startswith("internal/"):
            continue
        outcome = states.pop(stem, None)
        results = _results(file)
        rows.append(
            {
                "href": f"{stem}.html",
                "report": t(REPORT_LABELS.get(file.parent.name, file.parent.name)),
                "name": file.stem,
                "workbook": file.with_suffix(".xlsx").name if file.with_suffix(".xlsx").is_file() else "",
                "workbook_href": f"{stem}.xlsx",
                "pdf": file.with_suffix(".pdf").name if file.with_suffix(".pdf").is_file() else "",
                "pdf_href": f"{stem}.pdf",
                "figures": f.integer(len(results["figures"]) if "figures" in results else None),
                "date": f.date(dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone().date()),
                "approval": _approval(t, f, results, released.last(stem)),
                "state": t(_state(outcome)),
                "message": t.told(outcome.message or outcome.no_pdf) if outcome else "",
            }
        )
    failed = [
        {"name": stem, "message": t.told(outcome.message)}
        for stem, outcome in states.items()
        if outcome.state == "failed"
    ]
    template = environment().get_template("index.html.j2")
    return template.render(
        language=settings.language, client=settings.client, rows=rows, failed=failed, t=t, style=stylesheet()
    )


def _results(html: Path) -> dict[str, Any]:
    try:
        found = json.loads(html.with_suffix(".results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _state(outcome: Outcome | None) -> str:
    return STATE_LABELS["earlier" if outcome is None else outcome.state]


def _approval(t: Wording, f: Numbers, results: dict[str, Any], last: Release | None) -> str:
    """Say whether a report is a draft or approved, and of a draft whether an earlier one of it was approved."""
    approved = results.get("approved")
    if not results.get("draft", True) and isinstance(approved, dict):
        return t("approved on {date}", date=f.date(day_of(str(approved["at"]))))
    if last is None:
        return t("draft")
    return t("draft; changed since it was approved on {date}", date=f.date(day_of(last.approved_at)))
