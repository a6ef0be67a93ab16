"""Every chart type and every other part of a report in the house style, on invented figures: for analysts to choose from.

A new chart type gets its entry in `CHARTS`; a test fails as long as it has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from kohtaamo_utils.engagement import known_language, unknown_language
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.presentation.blocks import (
    Bullets,
    Callout,
    Card,
    Cards,
    Chart,
    Fold,
    Lead,
    Lines,
    Paragraph,
    Quotes,
    Table,
)
from kohtaamo_utils.presentation.charts import (
    GapRow,
    ImportancePoint,
    IntervalRow,
    ShareRow,
    SpreadRow,
    StripRow,
    TrendPoint,
    VolumeRow,
    cash_flow_svg,
    gap_svg,
    importance_svg,
    interval_svg,
    shares_svg,
    spread_svg,
    strips_svg,
    trend_svg,
    volume_svg,
)
from kohtaamo_utils.presentation.numbers import Numbers
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_, Wording

TOUCHPOINTS = (N_("Checkout"), N_("Advice in the shop"), N_("Complaints and returns"), N_("Service visit"))
ELEMENTS = (N_("Active listening"), N_("Solution focus"), N_("Building trust"))
GROUPS = (N_("Peers"), N_("Direct reports"), N_("Customers"))
YEARS = 4
INVENTED = N_("The figures are invented.")


@dataclass(frozen=True)
class Gallery:
    """Shows the house style part by part; display what a method returns.

    Parameters
    ----------
    t, f
        Words and number formats of the reader's language.

    Examples
    --------
    >>> Gallery.open("fi").trend().id
    'trend'
    """

    t: Wording
    f: Numbers

    @classmethod
    def open(cls, language: str) -> Gallery:
        """Open the gallery in a language.

        Parameters
        ----------
        language
            ``fi``, ``sv`` or ``en``.

        Raises
        ------
        SettingsError
            The language is not known.
        """
        known = known_language(language)
        if known is None:
            raise SettingsError(unknown_language(language))
        return cls(Wording(known), Numbers(known, "EUR"))

    def intervals(self) -> Section:
        """Show estimates with their intervals: the house's main chart."""
        values = ((52, 44, 60), (47, 38, 56), (44, 33, 55), (12, 1, 23))
        rows = [
            IntervalRow(self.t(name), value, self.f.integer(value), low, high, stands_out=value < 20)
            for name, (value, low, high) in zip(TOUCHPOINTS, values, strict=True)
        ]
        svg = interval_svg(
            rows,
            axis="NPS",
            locale=self.f.locale,
            limits=(-20, 80),
            reference=(41, self._whole(41)),
            marked=self.t("differs from the others"),
        )
        title = self.t("The service visit is weaker than the other touchpoints.")
        table = self._table(
            title,
            TOUCHPOINTS,
            [[self.f.integer(number) for number in three] for three in values],
            ("NPS", *self._limits()),
        )
        return self._section("intervals", svg, title, table)

    def gaps(self) -> Section:
        """Show two views of the same things: staff and customers, oneself and others."""
        pairs = ((4.4, 3.8), (4.1, 4.2), (4.0, 3.1))
        rows = [
            GapRow(self.t(name), first, second, self.f.number(first), self.f.number(second))
            for name, (first, second) in zip(ELEMENTS, pairs, strict=True)
        ]
        views = (self.t("Staff believe"), self.t("Customers say"))
        svg = gap_svg(rows, first=views[0], second=views[1], axis=self._mean(), locale=self.f.locale, limits=(1, 5))
        title = self.t("Customers rate building trust lower than staff believe.")
        table = self._table(title, ELEMENTS, [[self.f.number(number) for number in pair] for pair in pairs], views)
        return self._section("gaps", svg, title, table)

    def spreads(self) -> Section:
        """Show means with one standard deviation each way, the last one known only to be at least so large."""
        found: tuple[tuple[float, float, float | None], ...] = ((4.2, 0.5, 0.5), (3.8, 0.7, 1.1), (3.4, 1.2, None))
        rows = [
            SpreadRow(self.t(name), mean, low, high, self.f.number(mean))
            for name, (mean, low, high) in zip(ELEMENTS, found, strict=True)
        ]
        svg = spread_svg(rows, axis=self._mean(), locale=self.f.locale, limits=(1, 5))
        title = self.t("Raters differ most about building trust.")
        table = self._table(
            title, ELEMENTS, [[self.f.number(mean), self.f.number(low)] for mean, low, _ in found], (self._mean(), self.t("Standard deviation, at least"))
        )  # fmt: skip
        return self._section("spreads", svg, title, table)

    def strips(self) -> Section:
        """Show how many answers lie at each point of a scale."""
        counts = ((0, 1, 2, 4, 1), (0, 0, 1, 3, 4), (2, 3, 2, 1, 0))
        points = tuple("12345")
        rows = [StripRow(self.t(name), each) for name, each in zip(GROUPS, counts, strict=True)]
        svg = strips_svg(
            [StripRow(self.t(ELEMENTS[0])), *rows], points=points, axis=self.t("Answers"), locale=self.f.locale
        )
        title = self.t("Customers answer lower than colleagues do.")
        return self._section(
            "strips",
            svg,
            title,
            self._table(title, GROUPS, [[str(count) for count in each] for each in counts], points),
        )

    def trend(self) -> Section:
        """Show a measure by month, with the level of the whole and the limits of usual variation."""
        values = (38, 42, 40, 44, 39, 41, 43, 40, 57, 42)
        names = [f"{month}/2025" for month in range(1, len(values) + 1)]
        points = [
            TrendPoint(name, value, value - 9, value + 9, signal=value > 55)
            for name, value in zip(names, values, strict=True)
        ]
        svg = trend_svg(
            points, axis="NPS", locale=self.f.locale, level=42.6, level_text=self._whole(43), limits=(30, 55)
        )
        title = self.t("Only September differs from the usual level.")
        table = self._table(title, names, [[self.f.integer(value)] for value in values], ("NPS",))
        return self._section("trend", svg, title, table)

    def cash_flow(self) -> Section:
        """Show benefits, costs and where the money has come to, year by year."""
        retention, turnover = (0.0, 6000.0, 11000.0, 12000.0), (0.0, 2500.0, 5000.0, 5000.0)
        basket, costs = (0.0, 1500.0, 4000.0, 6000.0), (18000.0, 4000.0, 4000.0, 4000.0)
        net = [sum(year) - cost for *year, cost in zip(retention, turnover, basket, costs, strict=True)]
        total = [sum(net[: place + 1]) for place in range(YEARS)]
        years = [str(year) for year in range(YEARS)]
        parts = (
            (self.t("Retention"), retention), (self.t("Staff turnover"), turnover),
            (self.t("Basket size"), basket), (self.t("Costs"), costs), (self.t("Cumulative net"), total),
        )  # fmt: skip
        svg = cash_flow_svg(years, parts[:3], parts[3], parts[4], axis=self.f.currency_symbol, locale=self.f.locale)
        title = self.t("The programme has paid for itself by the third year.")
        rows = [[self.f.money(amounts[place]) for _, amounts in parts] for place in range(YEARS)]
        return self._section("cash_flow", svg, title, self._table(title, years, rows, [name for name, _ in parts]))

    def shares(self) -> Section:
        """Show how many speak of something, and how many of them are content, with the interval of the whole."""
        found = ((31, 6, 4), (12, 5, 9), (4, 3, 19))
        rows = [
            ShareRow(self.t(name), parts, sum(parts) - 6.0, sum(parts) + 6.0, self.f.percent(sum(parts) / 100))
            for name, parts in zip(ELEMENTS, found, strict=True)
        ]
        names = (self.t("content"), self.t("neither or both"), self.t("not content"))
        svg = shares_svg(rows, names=names, axis="%", locale=self.f.locale)
        title = self.t("Most of those who speak of building trust are not content with it.")
        cells = [[self.f.percent(part / 100) for part in parts] for parts in found]
        return self._section("shares", svg, title, self._table(title, ELEMENTS, cells, names))

    def importance(self) -> Section:
        """Show what matters beside how it is done, with intervals both ways."""
        found = ((4.4, 0.2), (4.1, 0.26), (3.3, 0.54))
        points = [
            ImportancePoint(
                self.t(name), mean, 100 * share, (mean - 0.15, mean + 0.15), (100 * share - 9, 100 * share + 9), share > 0.5
            )
            for name, (mean, share) in zip(ELEMENTS, found, strict=True)
        ]  # fmt: skip
        names = (self.t("Performance: mean, scale 1–5"), self.t("Importance: share, %"))
        svg = importance_svg(
            points, lines=(3.9, 33.3), performance=names[0], importance=names[1], locale=self.f.locale
        )  # fmt: skip
        title = self.t("Building trust weighs most and is rated lowest.")
        rows = [[self.f.number(mean), self.f.percent(share)] for mean, share in found]
        return self._section("importance", svg, title, self._table(title, ELEMENTS, rows, names))

    def volumes(self) -> Section:
        """Show how often something happens beside how well it goes, with intervals."""
        found = ((12000, 41), (3100, 46), (900, 39), (400, 12))
        rows = [
            VolumeRow(
                often, self.f.integer(often), IntervalRow(self.t(name), nps, self.f.integer(nps), nps - 8, nps + 8, nps < 20)
            )
            for name, (often, nps) in zip(TOUCHPOINTS, found, strict=True)
        ]  # fmt: skip
        names = (self.t("Encounters a month"), "NPS")
        svg = volume_svg(rows, volume_axis=names[0], quality_axis=names[1], locale=self.f.locale)
        title = self.t("The weakest touchpoint is the one with the fewest encounters.")
        cells = [[self.f.integer(often), self.f.integer(nps)] for often, nps in found]
        return self._section("volumes", svg, title, self._table(title, TOUCHPOINTS, cells, names))

    def texts(self) -> Section:
        """Show the parts that are no charts: lead, cards, remarks, lists, quotations, table, fold, lines to write on."""
        t, f = self.t, self.f
        said = t("The service visit is weaker than the other touchpoints.")
        card = Card("NPS", f.integer(41), self._whole(41), t(INVENTED))
        rows = [[f.integer(number)] for number in (52, 47, 44, 12)]
        table = self._table(said, TOUCHPOINTS, rows, ("NPS",), tones={3: "weak"})
        blocks = (
            Lead(said),
            Cards((card, card)),
            Callout(t(INVENTED)),
            Callout(t(INVENTED), tone="caution"),
            Bullets(((t(TOUCHPOINTS[0]), t(INVENTED)), (t(TOUCHPOINTS[1]), t(INVENTED)))),
            Quotes(t(GROUPS[2]), (f"“{t(INVENTED)}”",)),
            table,
            Fold(t("How is it calculated?"), (Paragraph(t(INVENTED)),)),
            Lines((t(ELEMENTS[0]), t(ELEMENTS[1]))),
        )
        return Section("texts", blocks)

    def _section(self, name: str, svg: str, title: str, table: Table) -> Section:
        facts = "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in table.rows)
        return Section(name, (Chart(svg, title, f"{self.t(INVENTED)} {facts}.", table),))

    def _table(
        self,
        caption: str,
        names: tuple[str, ...] | list[str],
        rows: list[list[str]],
        columns: tuple[str, ...] | list[str],
        tones: dict[int, str] | None = None,
    ) -> Table:
        cells = tuple((self.t(name), *row) for name, row in zip(names, rows, strict=True))
        numeric = frozenset(range(1, len(columns) + 1))
        return Table(caption, (self.t("What"), *columns), cells, numeric, tones=tones or {})

    def _limits(self) -> tuple[str, str]:
        return self.t("Lower limit"), self.t("Upper limit")

    def _mean(self) -> str:
        return self.t("Mean")

    def _whole(self, value: float) -> str:
        return self.t("all {value}", value=self.f.integer(value))


Entry: TypeAlias = Callable[[Gallery], Section]
CHARTS: dict[str, Entry] = {
    "interval_svg": Gallery.intervals,
    "gap_svg": Gallery.gaps,
    "spread_svg": Gallery.spreads,
    "strips_svg": Gallery.strips,
    "trend_svg": Gallery.trend,
    "cash_flow_svg": Gallery.cash_flow,
    "shares_svg": Gallery.shares,
    "importance_svg": Gallery.importance,
    "volume_svg": Gallery.volumes,
}
"""Each function of `presentation.charts` that draws, and what shows it."""
