"""``reports/index.html``: every report with its state, its dates, and why it is not as it should be; for the consultant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kohtaamo_utils.delivery.last_run import FILE as LAST_RUN
from kohtaamo_utils.delivery.last_run import LastRun, Trouble, read_last_run
from kohtaamo_utils.delivery.plan import Plan, plan_of
from kohtaamo_utils.delivery.standing import Standing, Standings
from kohtaamo_utils.engagement.releases import NOTHING_RELEASED, Releases, day_of
from kohtaamo_utils.errors import YAML, joined, say, say_plural
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.render import environment, stylesheet
from kohtaamo_utils.presentation.wording import N_, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kohtaamo_utils.engagement import Engagement

REPORT_LABELS = {
    "current_state": N_("Current state"),
    "roi": N_("Business case"),
    "review_360": N_("360 review"),
}
STATE_LABELS = {
    "current": N_("up to date"),
    "outdated": N_("out of date"),
    "edited": N_("changed by hand"),
    "failed": N_("could not be made"),
    "orphan": N_("without a source"),
    "withdrawn": N_("withdrawn"),
}
"""States, from the one that needs nobody to those that do."""
MOST_TROUBLES = 20


def index_html(
    engagement: Engagement,
    plan: Plan | None = None,
    released: Releases = NOTHING_RELEASED,
    last_run: LastRun | None = None,
) -> str:
    """Return the index of an engagement's reports.

    Parameters
    ----------
    engagement
        The client's folder; its ``reports/`` is looked through.
    plan
        Which reports it can have now; without it those of 360 reviewees are taken to be among them.
    released
        What was approved.
    last_run
        What the last run met; by default what is kept of it.
    """
    settings, reports = engagement.settings, engagement.reports
    met = read_last_run(reports) if last_run is None else last_run
    standings = Standings(engagement, plan or plan_of(engagement, {}), met, released).every()
    page = _Page(reports, Wording(settings.language), Numbers(settings.language, settings.currency))
    groups = [
        {"title": page.t("Needs attention"), "rows": [page.row(one) for one in standings if one.state != "current"]},
        {"title": page.t("Up to date"), "rows": [page.row(one) for one in standings if one.state == "current"]},
    ]
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            language=settings.language,
            client=settings.client,
            groups=[group for group in groups if group["rows"]],
            counts=page.counts(standings),
            troubles=[page.trouble(one) for one in met.troubles[:MOST_TROUBLES]],
            checked=page.day(reports / LAST_RUN),
            more=len(met.troubles) > MOST_TROUBLES,
            t=page.t,
            style=stylesheet(),
        )
    )


@dataclass(frozen=True)
class _Page:
    """Puts what is known of reports into the words and numbers of the page."""

    reports: Path
    t: Wording
    f: Numbers

    def row(self, one: Standing) -> dict[str, Any]:
        """Return what the page tells of a report."""
        kind, _, name = one.stem.partition("/")
        book, printed = self.reports / f"{one.stem}.xlsx", self.reports / f"{one.stem}.pdf"
        return {
            "href": f"{one.stem}.html" if one.page else "",
            "report": self.t(REPORT_LABELS.get(kind, kind)),
            "name": name,
            "workbook": book.name if book.is_file() else "",
            "workbook_href": f"{one.stem}.xlsx",
            "pdf": printed.name if printed.is_file() else "",
            "pdf_href": f"{one.stem}.pdf",
            "figures": self.f.integer(len(one.results["figures"])) if "figures" in one.results else "",
            "date": self.day(self.reports / f"{one.stem}.html"),
            "approval": self._approval(one) if one.page else "",
            "approved": not one.draft,
            "state": one.state,
            "label": self.t(STATE_LABELS[one.state]),
            "reasons": [self.t.told(reason) for reason in one.reasons],
        }

    def day(self, file: Path) -> str:
        """Return the day on which a file was written; an empty text where there is none."""
        if not file.is_file():
            return ""
        return self.f.date(dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone().date())

    def counts(self, standings: Sequence[Standing]) -> list[dict[str, str]]:
        """Return how many reports are in each state."""
        states = [one.state for one in standings]
        return [
            {"state": state, "count": self.f.integer(states.count(state)), "label": self.t(label)}
            for state, label in STATE_LABELS.items()
            if state in states
        ]

    def trouble(self, one: Trouble) -> str:
        """Return where the data have problems, and how many."""
        rows = joined([*(self.f.number(row, 0) for row in one.rows), "…" if one.count > len(one.rows) else ""], ", ")
        settings = not one.file or one.file.endswith(YAML)
        column = say('key "{key}"', key=one.column) if settings else say('column "{column}"', column=one.column)
        place = joined(
            [
                one.file or say("the settings"),
                column if one.column else "",
                say("rows {rows}", rows=rows) if one.rows else "",
            ],
            ", ",
        )
        count = say_plural("{n} problem", "{n} problems", one.count)
        return self.t.told(joined([place, count], ": "))

    def _approval(self, one: Standing) -> str:
        """Say whether a report is a draft or approved, and of a draft whether an earlier one of it was approved."""
        approved = one.results.get("approved")
        if not one.draft and isinstance(approved, dict):
            return self.t("approved on {date}", date=self.f.date(day_of(str(approved["at"]))))
        if one.last is None:
            return self.t("draft")
        return self.t("draft; changed since it was approved on {date}", date=self.f.date(day_of(one.last.approved_at)))
