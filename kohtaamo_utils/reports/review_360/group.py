"""The report of the whole group: means over reviewees, never a name, nothing derivable about a person."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure import programme
from kohtaamo_utils.disclosure.publication import GroupPublication, Shown
from kohtaamo_utils.measures.estimate import Estimate
from kohtaamo_utils.measures.icc import icc_one_way
from kohtaamo_utils.measures.ratings import catalogue, in_wave, score
from kohtaamo_utils.presentation.blocks import Block, Callout, Chart, Fold, Lead, Paragraph, Table
from kohtaamo_utils.presentation.charts import GapRow, gap_svg
from kohtaamo_utils.presentation.section import Figure, Hidden, Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.context import in_language
from kohtaamo_utils.reports.import_quality import data_blocks
from kohtaamo_utils.reports.report import Report
from kohtaamo_utils.reports.review_360 import text_only
from kohtaamo_utils.reports.review_360.cells import cell_text, competency_label, entries, entry, extreme, group_label
from kohtaamo_utils.reports.review_360.person import open_ratings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kohtaamo_utils.reports.context import Context

OTHERS, SELF = "others", "self"


@in_language
def open_group(engagement: str, language: str = "") -> GroupReview:
    """Open the group's report.

    Parameters
    ----------
    engagement
        Engagement folder.
    language
        ``fi``, ``sv``, ``en``, or empty for the engagement's own.

    Raises
    ------
    SettingsError
        The review is in words only: a group's report is made of scores, and holds nobody's words.
    """
    return GroupReview(text_only.scored(open_ratings(engagement, language)))


class GroupReview(Report):
    """The 360 review of all reviewees together."""

    name = "review_360"
    template = "review_360_group.ipynb"
    subject = "group"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.minimum = context.engagement.settings.disclosure.minimum_raters

    @cached_property
    def published(self) -> GroupPublication | None:
        """What may be published; None with too few reviewees."""
        settings = self.context.engagement.settings
        return programme.decide(
            self.context.dataset.tables["ratings_360"], settings.disclosure, settings.review_360
        ).group

    @cached_property
    def competencies(self) -> tuple[str, ...]:
        """Competencies in the order of the questionnaire."""
        if self.published is None:
            return ()
        return tuple(dict.fromkeys(competency for competency, _ in self.published.competency_means))

    def facts(self) -> Iterable[tuple[str, str]]:
        """Return the cover's facts: number of reviewees, and which wave."""
        if self.published is None:
            return
        yield self.t("Reviewees"), self.f.integer(self.published.reviewees)
        if self.published.wave:
            yield self.t("Wave"), self.published.wave

    def headline(self) -> Section:
        """Return the answer first, or why there is no group report."""
        return self._section("headline", self._headline)

    def _headline(self) -> Section:
        if self.published is None:
            text = self.t(
                "There are too few reviewees for a group report: at least five are needed, so that nobody can be told from the means."
            )
            return Section("headline", (Callout(text),))
        means = self.published.competency_means
        shown = {c: cell for c in self.competencies if isinstance(cell := means.get((c, OTHERS)), Shown)}
        if len(shown) < 2:
            return Section(
                "headline", (Callout(self.t("There are too few scores that can be shown for a comparison.")),)
            )
        (best, best_value), (least, least_value) = (extreme(self.context, shown, choose) for choose in (max, min))
        if best == least:
            return Section("headline", (Lead(self.t("The group gets much the same score in every competency.")),))
        text = N_(
            "The group's highest score from others is in: {best} ({best_value}). Its lowest is in: {least} ({least_value})."
        )
        if len(shown) < len(self.competencies):
            text = N_(
                "Of the scores that can be shown, the group's highest from others is in: {best} ({best_value}). The lowest is in: {least} ({least_value})."
            )
        lead = self.t(text, best=best, best_value=best_value, least=least, least_value=least_value)
        return Section("headline", (Lead(lead),))

    def profile(self) -> Section:
        """Return means over reviewees by competency and rater group."""
        return self._section("profile", self._profile)

    def _profile(self) -> Section:
        published, t = self.published, self.t
        if published is None:
            return Section("profile", ())
        groups = list(dict.fromkeys(group for _, group in published.competency_means))
        rows = [
            (
                competency_label(self.context, c),
                *(cell_text(self.context, published.competency_means.get((c, group))) for group in groups),
            )
            for c in self.competencies
        ]
        table = Table(
            t("Means over reviewees"),
            (t("Competency"), *(group_label(self.context, group) for group in groups)),
            tuple(rows),
            frozenset(range(1, 1 + len(groups))),
            self._note(published),
        )
        figures, hidden = entries(
            published.competency_means, "competency_mean", ("competency", "rater_group"), self.minimum
        )
        gaps = [entry(cell, "gap", {"competency": c}, self.minimum) for c, cell in published.gaps.items()]
        figures += [gap for gap in gaps if isinstance(gap, Figure)]
        hidden += [gap for gap in gaps if isinstance(gap, Hidden)]
        blocks: list[Block] = [chart] if (chart := self._chart(published)) else []
        blocks.append(table)
        blocks += [self._gaps(published)] if published.gaps else []
        return Section("profile", tuple(blocks), tuple(figures), tuple(hidden))

    def _note(self, published: GroupPublication) -> str:
        note = self.t(
            "In brackets the number of reviewees in the mean. Each reviewee weighs the same. A dash: too few reviewees have a figure of their own that may be shown."
        )
        middles = self.t("Where a reviewee's mean is printed as a band, the band's middle is used.")
        return f"{note} {middles}" if published.banded else note

    def _gaps(self, published: GroupPublication) -> Table:
        f, dash = self.f, self.f.number(None)
        rows = [
            (competency_label(self.context, c), f.signed(cell.number, 1) if isinstance(cell, Shown) else dash)
            for c, cell in published.gaps.items()
        ]
        columns = self.t("Competency"), self.t("Gap")
        return Table(self.t("Self less all others, scale points"), columns, tuple(rows), frozenset({1}))

    def _chart(self, published: GroupPublication) -> Chart | None:
        rows, facts = [], []
        for competency in self.competencies:
            others, own = (
                published.competency_means.get((competency, OTHERS)),
                published.competency_means.get((competency, SELF)),
            )
            first = others.number if isinstance(others, Shown) else None
            second = own.number if isinstance(own, Shown) else None
            if first is None and second is None:
                continue
            label = competency_label(self.context, competency)
            rows.append(GapRow(label, first, second, self.f.number(first, 1), self.f.number(second, 1)))
            facts.append(f"{label}: {self.f.number(first, 1)} / {self.f.number(second, 1)}")
        if not rows:
            return None
        low, high = self.context.engagement.settings.review_360.scale
        names = group_label(self.context, OTHERS), group_label(self.context, SELF)
        return Chart(
            svg=gap_svg(
                rows, first=names[0], second=names[1], locale=self.f.locale, limits=(low - 0.3, high + 0.3),
                axis=self.t("Mean, scale {low}–{high}", low=str(low), high=str(high)),
            ),
            title=self.t("How others see the group, and how it sees itself"),
            description=f"{names[0]} / {names[1]}: {'; '.join(facts)}.",
        )  # fmt: skip

    def reliability(self) -> Section:
        """Return how far raters tell reviewees apart, where it may be shown."""
        return self._section("reliability", self._reliability)

    def _reliability(self) -> Section:
        t, rows, figures = self.t, [], []
        for competency in self.competencies:
            if self.published is None or (competency, OTHERS) not in self.published.reliability:
                continue
            found = icc_one_way(self._scores(competency))
            if found.icc1 is None or found.icc2 is None:
                continue
            values = round(found.icc1, 2), round(found.icc2, 2)
            rows.append((competency_label(self.context, competency), *(self.f.number(value, 2) for value in values)))
            figures += [
                Figure(
                    name,
                    {"competency": competency, "rater_group": OTHERS},
                    Estimate(value=value, n=found.n, unit="share", method="anova"),
                )
                for name, value in zip(("icc1", "icc2"), values, strict=True)
            ]
        if not rows:
            return Section("reliability", ())
        table = Table(
            t("Reliability of the others' ratings"),
            (t("Competency"), t("One rater, ICC(1)"), t("The mean of all, ICC(2)")),
            tuple(rows),
            frozenset({1, 2}),
        )
        note = Paragraph(
            t(
                "ICC(1) tells how reliable one rater's score is, ICC(2) how reliable the mean of a reviewee's raters is. Below 0.70 a mean is a basis for talking, not for decisions about people."
            )
        )
        return Section("reliability", (table, Fold(t("What do these mean?"), (note,))), tuple(figures))

    def _scores(self, competency: str) -> list[list[float]]:
        """Return each reviewee's raters' scores of a competency, self apart."""
        frame, settings = self.context.dataset.tables["ratings_360"], self.context.engagement.settings.review_360
        rows = in_wave(frame, None if self.published is None else self.published.wave)
        items = catalogue(rows)
        groups = []
        for _, own in rows.groupby("reviewee_id", sort=True):
            scores = score(own, min_item_share=settings.min_item_share, scale=settings.scale, items=items)
            groups.append([float(item.value) for item in scores.competency_scores(competency) if item.group != SELF])
        return [group for group in groups if group]

    def data_quality(self) -> Section:
        """Return what came in and what was left out."""
        blocks: tuple[Block, ...] = tuple(data_blocks(self.context))
        return self._section("quality", lambda: Section("quality", blocks))
