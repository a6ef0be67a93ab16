"""Approving reports: what was reviewed is released, and nothing else.

A report is approved as it stands in ``reports/``: made, of today's data and settings, and not touched since. Its page is
exported again from the same executed notebook, without the draft mark. Of a 360 report the release ledger says whether it
may stand beside the editions that were released before.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from kohtaamo_utils import __version__
from kohtaamo_utils.brand import brand_of
from kohtaamo_utils.delivery.asked import Asked, kinds, made, planned
from kohtaamo_utils.delivery.batch import Names, secrets_of
from kohtaamo_utils.delivery.files import write_whole
from kohtaamo_utils.delivery.finish import Finished, files, in_order_of, put_in_place, through_gate
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.lock import held
from kohtaamo_utils.delivery.origin import Marks, survey_inputs, task_key
from kohtaamo_utils.delivery.page import page_of
from kohtaamo_utils.delivery.pdf.adding import beside, with_pdf
from kohtaamo_utils.delivery.plan import TOLD_BY, Plan, plan_of
from kohtaamo_utils.delivery.reviews import ReviewEditions, refusal_text
from kohtaamo_utils.delivery.withdrawn import refuse_withdrawn
from kohtaamo_utils.disclosure.released import Refusal, ReleaseLedger
from kohtaamo_utils.disclosure.survey_editions import Lines
from kohtaamo_utils.engagement.releases import (
    RELEASES_FILE,
    Additions,
    Release,
    Releases,
    SurveyEdition,
    new_secret,
    read_releases,
    salt_of,
    with_additions,
)
from kohtaamo_utils.errors import DeliveryError, KohtaamoError, SettingsError, argument, say
from kohtaamo_utils.intake import check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from kohtaamo_utils.delivery.roster import Task
    from kohtaamo_utils.engagement import Engagement

REVIEWS = "review_360"
State = Literal["approved", "already", "refused"]


@dataclass(frozen=True)
class Approval:
    """How it went with one report: its path without the ending, why it was refused, and why it has no PDF any more."""

    stem: str
    state: State
    message: str = ""
    no_pdf: str = ""


def approve(engagement: Engagement, asked: Asked, waiting: Callable[[], None] = lambda: None) -> tuple[Approval, ...]:
    """Approve an engagement's reports: those that are fine; the others are refused, each with its reason.

    Parameters
    ----------
    engagement
        The client's folder.
    asked
        What is to be approved, by whom.
    waiting
        Called when a run, or another approval, has to be waited for.

    Raises
    ------
    SettingsError
        There is no such report, or ``releases.yaml`` cannot be relied on.
    DeliveryError
        No report was made yet, or one that is named was withdrawn.
    """
    with held(engagement.folder, waiting):
        return _approved(engagement, asked)


def _approved(engagement: Engagement, asked: Asked) -> tuple[Approval, ...]:
    releases = read_releases(engagement.folder) or Releases(secret=new_secret())
    names = kinds(engagement, asked)
    refuse_withdrawn(engagement.reports, asked.reports)
    tables, approvals = _tables(engagement, names)
    ready = [name for name in names if name not in {approval.stem for approval in approvals}]
    every = planned(engagement, asked, ready, tables)
    approving = _Approving(engagement, asked, releases, tables)
    for task in sorted(every, key=lambda task: "reviewee" not in task.parameters):  # single reviews before their group
        approvals.append(approving.approve(task))
    approving.write()
    order = {task.stem: place for place, task in enumerate(every)}
    return tuple(sorted(approvals, key=lambda approval: order.get(approval.stem, -1)))


@dataclass
class _Approving:
    """One approval of several reports: what is to be written when all have been looked at."""

    engagement: Engagement
    asked: Asked
    releases: Releases
    tables: dict[str, pd.DataFrame]
    done: list[tuple[Task, Finished]] = field(default_factory=list)
    added: list[Release] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = ReleaseLedger(self.releases, self.asked.moment)
        self._reviews: ReviewEditions | None = None
        self._surveys: list[SurveyEdition] = []
        self._brand = brand_of(self.engagement)
        self._names, self._marks = Names(self.engagement, self.tables), Marks()

    def approve(self, task: Task) -> Approval:
        """Approve one report, or say why not; nothing is written yet."""
        try:
            return self._approve(task)
        except KohtaamoError as error:
            return Approval(task.stem, "refused", error.said)

    def _approve(self, task: Task) -> Approval:
        key = task_key(self.engagement, task, self._marks)
        found = made(self.engagement, task, key)
        release = self.releases.of(task.stem, key)
        if release is not None and not found["draft"]:
            return Approval(task.stem, "already")
        finished, no_pdf = self._without_mark(task, key, found["provenance"]["html_sha256"])
        finished = replace(finished, results=in_order_of(finished.results, found))
        if release is not None and finished.is_as_approved(release):  # an approval that was interrupted
            self.done.append((task, finished.with_approval(release)))
            return Approval(task.stem, "already", no_pdf=no_pdf)
        edition = self._edition(task) if task.report == REVIEWS else None
        if isinstance(edition, Refusal):
            return Approval(task.stem, "refused", refusal_text(edition, self.engagement.settings.language))
        entry = self._entry(task, key, finished, edition)
        self.added.append(entry)
        self._remember_survey(task)
        self.done.append((task, finished.with_approval(entry)))
        return Approval(task.stem, "approved", no_pdf=no_pdf)

    def _without_mark(self, task: Task, key: str, read: str) -> tuple[Finished, str]:
        """Return the report without its mark, made from the notebook that gave the very page that was read.

        If it has a PDF, that is made anew as well; where it cannot be made, the reason comes with the report.
        """
        page = page_of(self.engagement.reports / "internal" / f"{task.stem}.ipynb")
        bare = None if page is None else files(page, task, key, draft=False, brand=self._brand)
        if (
            page is None
            or bare is None
            or read not in (bare.html_sha256, files(page, task, key, draft=True, brand=self._brand).html_sha256)
        ):
            raise DeliveryError(
                say(
                    "The executed notebook in reports/internal is gone, or is not the one that this page was made from. Make the report anew, read it, then approve: kohtaamo run {folder} --force",
                    folder=argument(self.engagement.folder),
                )
            )
        secrets = secrets_of(self.engagement, task, self._names)
        through_gate(bare, secrets)
        has_pdf = beside(self.engagement.reports / f"{task.stem}.html") != "none"
        return with_pdf(bare, page, secrets, self._brand) if has_pdf else (bare, "")

    def _entry(self, task: Task, key: str, finished: Finished, edition: str | None) -> Release:
        return Release.model_validate(
            {
                "report": task.stem,
                "language": task.parameters["language"],
                "key": key,
                "html_sha256": finished.html_sha256,
                "xlsx_sha256": finished.xlsx_sha256,
                "approved_at": self.asked.moment,
                "approved_by": self.asked.by,
                "kohtaamo": __version__,
                "edition": edition,
            }
        )

    def _edition(self, task: Task) -> str | Refusal | None:
        if self._reviews is None:
            settings = self.engagement.settings
            self._reviews = ReviewEditions(self.tables["ratings_360"], settings, self.releases.secret)
        reviewee = task.parameters.get("reviewee")
        if reviewee is not None:
            return self.ledger.release(*self._reviews.of(reviewee))
        return self.ledger.release_group(self._reviews.wave, self._reviews.in_group())

    def _remember_survey(self, task: Task) -> None:
        """Remember who stands behind a report's figures of the survey; the same answers are remembered once."""
        if task.report == REVIEWS or self._surveys or "survey" not in self.tables:
            return
        from kohtaamo_utils.reports.current_state.surveyed import survey_in

        shown = survey_in(self.engagement, self.tables["survey"]).frame
        record = Lines(shown, self.releases.secret).record(
            self.asked.moment, survey_inputs(self.engagement, self._marks)
        )
        if all(known.id != record.id for known in self.releases.survey_editions):
            self._surveys.append(record)

    def write(self) -> None:
        """Record what was approved, then take the marks off: after an interruption the next run takes off the rest."""
        if not self.done:
            return
        added = Additions(
            secret=self.releases.secret,
            client=salt_of(self.engagement),
            releases=tuple(self.added),
            questionnaires=tuple(self.ledger.questionnaires),
            editions=tuple(self.ledger.editions),
            group_editions=tuple(self.ledger.groups),
            survey_editions=tuple(self._surveys),
        )
        if self.added:
            write_whole(self.engagement.folder / RELEASES_FILE, with_additions(self.engagement.folder, added))
        for task, finished in self.done:
            put_in_place(self.engagement.reports / task.stem, finished)
        everything = self.releases.model_copy(update={"releases": (*self.releases.releases, *self.added)})
        index = index_html(self.engagement, _plan(self.engagement, self.tables), everything)
        write_whole(self.engagement.reports / "index.html", index)


def user_name() -> str:
    """Return the name under which the user of this computer is known to it.

    Raises
    ------
    SettingsError
        The system knows no name.
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise SettingsError(say("This computer does not tell who you are. Say who approves: --by NAME")) from None


def _plan(engagement: Engagement, tables: dict[str, pd.DataFrame]) -> Plan:
    """Return which reports the engagement can have; what tells them is read where such reports lie there."""
    there = [table for kind, table in TOLD_BY.items() if any((engagement.reports / kind).glob("*.html"))]
    needed = [table for table in there if table in engagement.settings.sources and table not in tables]
    if needed:
        _, dataset = check(engagement, needed)
        tables = tables if dataset is None else {**tables, **dataset.tables}
    return plan_of(engagement, tables)


def _tables(engagement: Engagement, kinds: Sequence[str]) -> tuple[dict[str, pd.DataFrame], list[Approval]]:
    """Return the tables that tell which reports there are, or the refusal of those that cannot be told without them."""
    tables: dict[str, pd.DataFrame] = {}
    refused = []
    for kind, table in TOLD_BY.items():
        if kind not in kinds:
            continue
        problems, dataset = check(engagement, (table,))
        if dataset is None or problems:
            why = say(
                "Its data have problems; this lists them: kohtaamo check {folder}", folder=argument(engagement.folder)
            )
            refused.append(Approval(kind, "refused", why))
        else:
            tables |= dataset.tables
    return tables, refused
