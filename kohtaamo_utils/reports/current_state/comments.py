"""What people say in their own words: themes of the comments, how they go with the measures, and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Chart, Lead, Paragraph, Part, Quotes, Table
from kohtaamo_utils.presentation.charts import ShareRow, shares_svg
from kohtaamo_utils.presentation.section import Figure, Section
from kohtaamo_utils.reports.catalogue import GROUP_LABELS
from kohtaamo_utils.reports.current_state.headline import short
from kohtaamo_utils.reports.current_state.words import measures
from kohtaamo_utils.reports.current_state.words.coding import Coding, coding_of
from kohtaamo_utils.reports.current_state.words.method import agreement_figures, method
from kohtaamo_utils.reports.current_state.words.observed import Remarks, agreement_of, remarks_of
from kohtaamo_utils.reports.current_state.words.quoted import Quoted, quotations
from kohtaamo_utils.reports.current_state.words.themes import Spoken, ThemeShare
from kohtaamo_utils.reports.drawing import drawn, drawn_limits
from kohtaamo_utils.reports.phrases import DIFFERS, in_brackets, listed, value_with_interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.current_state.words.measures import MeasuredThemes, ThemeMeasure
    from kohtaamo_utils.reports.survey import Survey

NAMED = 3
"""Most themes that a sentence names; the chart has them all."""


def comments(context: Context, survey: Survey) -> Section:
    """Make the section on people's own words; none where nobody wrote anything."""
    coding = coding_of(context.engagement, context.dataset)
    if not coding.said:
        return Section("comments", ())
    spoken = {group: its for group in survey.groups if len((its := Spoken(survey, coding, group)).rows)}
    remarks = remarks_of(context, coding, survey.minimum)
    agreement = agreement_of(coding, _texts(context))
    customers = spoken.get("customer")
    blocks: list[Block] = []
    figures: list[Figure] = [figure for its in spoken.values() for figure in its.figures()]
    if customers is not None and customers.enough:
        found = measures.measured(customers)
        figures += measures.figures(customers, found)
        blocks += [*_themes(context, customers), *_by_measure(context, coding, found), *_quotes(context, customers)]
    elif customers is not None:
        blocks.append(Callout(_too_few(context, survey.minimum)))
    blocks += _by_group(context, coding, [its for group, its in spoken.items() if group != "customer"])
    blocks += _remarks(context, coding, remarks)
    figures += [*(remarks.figures() if remarks else ()), *agreement_figures(agreement)]
    hidden = [each for its in spoken.values() for each in its.hidden()]
    if any(not isinstance(block, Callout) for block in blocks):
        blocks.append(method(context, coding, survey.minimum, agreement))
    return Section("comments", tuple(blocks), tuple(figures), tuple(hidden))


def _texts(context: Context) -> Iterable[pd.DataFrame]:
    """Yield every table with texts, its text in the column ``text``."""
    for table, column in (("survey", "comment"), ("observations", "text")):
        frame = context.dataset.tables.get(table)
        if frame is not None and column in frame.columns and "theme" in frame.columns:
            yield frame[[column, "theme"]].rename(columns={column: "text"})


def _too_few(context: Context, minimum: int) -> str:
    return context.t(
        "Fewer than {minimum} customers have written a comment, so nothing of what they wrote is told.",
        minimum=context.f.integer(minimum),
    )


def theme_name(context: Context, coding: Coding, theme: str) -> str:
    """Return a theme's name for a reader; a coder's own label stays as it is."""
    found = coding.codebook.theme(theme)
    return theme if found is None else found.name.in_language(context.language)


def _themes(context: Context, spoken: Spoken) -> list[Block]:
    """Return the answer and the chart of shares; a remark where no theme is common enough to be told."""
    t, f, shares = context.t, context.f, spoken.shares
    count = t.plural(
        "{n} customer has written a comment.",
        "{n} customers have written a comment.",
        len(spoken.rows),
        n=f.integer(len(spoken.rows)),
    )
    if not shares:
        rare = t("No theme is told by as many as may be shown.")
        return [Paragraph(f"{count} {rare}")]
    names = [
        f"{_within(theme_name(context, spoken.coding, item.theme))} ({f.percent(item.whole.value)})"
        for item in shares[:NAMED]
    ]
    common = t.plural(
        "The most common theme: {names}.", "The most common themes: {names}.", len(names), names=listed(context, names)
    )
    return [Lead(f"{count} {common}"), _chart(context, spoken)]


def _within(name: str) -> str:
    """Return a name as it stands within a sentence; one that begins with an abbreviation stays as it is.

    Examples
    --------
    >>> _within("Hinta"), _within("IT-tuki")
    ('hinta', 'IT-tuki')
    """
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _chart(context: Context, spoken: Spoken) -> Chart:
    t, f = context.t, context.f
    rows = [_bar(context, spoken.coding, item) for item in spoken.shares]
    names = (t("content"), t("neither or both"), t("not content"))
    facts = "; ".join(
        t(
            "{theme}: {share} of the comments (content {good}, not content {bad})",
            theme=theme_name(context, spoken.coding, item.theme),
            share=value_with_interval(context, item.whole),
            good=f.percent(item.good.value),
            bad=f.percent(item.bad.value),
        )
        for item in spoken.shares
    )
    return Chart(
        svg=shares_svg(
            rows, names=names, axis=t("Share of customers' comments, %"), locale=f.locale, look=context.look
        ),
        title=t("What customers write about, and whether they are content with it"),
        description=in_brackets(context, t("Shares: {facts}.", facts=facts), (item.whole for item in spoken.shares)),
        table=_share_table(context, spoken),
    )


def _bar(context: Context, coding: Coding, item: ThemeShare) -> ShareRow:
    whole, good, bad = (drawn(part.value or 0.0, "share") for part in (item.whole, item.good, item.bad))
    low, high = drawn_limits(item.whole) or (0.0, 0.0)
    return ShareRow(
        label=theme_name(context, coding, item.theme),
        parts=(good, max(whole - good - bad, 0.0), bad),
        low=low,
        high=high,
        text=context.f.percent(item.whole.value),
    )


def _share_table(context: Context, spoken: Spoken) -> Table:
    t = context.t
    return Table(
        caption=t("Themes of customers' comments, n = {n}", n=context.f.integer(len(spoken.rows))),
        columns=(t("Theme"), t("Share"), t("Content"), t("Not content")),
        rows=tuple(
            (
                theme_name(context, spoken.coding, item.theme),
                *(value_with_interval(context, part) for part in (item.whole, item.good, item.bad)),
            )
            for item in spoken.shares
        ),
        numeric=frozenset({1, 2, 3}),
        note=t("A comment may speak of several themes. In brackets the 95% interval."),
    )


def _by_measure(context: Context, coding: Coding, found: tuple[MeasuredThemes, ...]) -> list[Block]:
    """Return how those who speak of a theme rate the encounter against the others who wrote."""
    if not found:
        return []
    t, f = context.t, context.f
    rows, tones, findings = [], {}, []
    for place, theme in enumerate(dict.fromkeys(theme for each in found for theme in each.themes)):
        cells = [each.themes.get(theme) for each in found]
        there = [cell for cell in cells if cell is not None]
        name, verdict = theme_name(context, coding, theme), _verdict(context, found, theme)
        rows.append(
            (
                name,
                f.integer(max(cell.estimate.n for cell in there)),
                *(_against(context, cell) for cell in cells),
                verdict,
            )
        )
        sides = {cell.better for cell in there} - {None}
        if sides:
            tones[place] = "weak" if False in sides else "good"
            findings.append((f"{name}:", f"{verdict}."))
    table = Table(
        caption=t("Customers who write of a theme, against the other customers who wrote"),
        columns=(
            t("Theme"),
            t("n, at most"),
            *(short(context, each.measure) for each in found),
            t("Against the others"),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(1, 2 + len(found))),
        tones=tones,
        note=t(
            "In each cell first those who write of the theme, then the others. The control for many comparisons is over the themes of a measure. What goes together need not be cause and effect."
        ),
    )
    nothing = Paragraph(t("Those who write of a theme do not rate differently from the others beyond chance."))
    summary: Block = Bullets(tuple(findings)) if findings else nothing
    return [Part(t("How do those who write of a theme rate the encounter?"), (summary, table))]


def _against(context: Context, item: ThemeMeasure | None) -> str:
    if item is None:
        return context.f.number(None)
    values = (context.f.in_unit(part.value, part.unit) for part in (item.estimate, item.rest))
    return " / ".join(values)


def _verdict(context: Context, found: tuple[MeasuredThemes, ...], theme: str) -> str:
    sides: dict[bool, list[str]] = {True: [], False: []}
    for each in found:
        better = each.themes[theme].better if theme in each.themes else None
        if better is not None:
            sides[better].append(short(context, each.measure))
    texts = [f"{context.t(DIFFERS[better])}: {', '.join(names)}" for better, names in sides.items() if names]
    return "; ".join(texts) if texts else context.t(DIFFERS[None])


def _quotes(context: Context, spoken: Spoken) -> list[Block]:
    """Return customers' own words, theme by theme."""
    t = context.t
    quoted = quotations(context, spoken)
    if not quoted:
        return [Paragraph(t("No comment is quoted: none could be without the risk that its writer is known by it."))]
    blocks = [_quote(context, theme_name(context, spoken.coding, theme), texts) for theme, texts in quoted.items()]
    intro = Paragraph(
        t("Examples, as they were written. They are not a sample: the shares above tell how common a theme is.")
    )
    return [Part(t("In customers' own words"), (intro, *blocks))]


def _quote(context: Context, name: str, quotes: Iterable[Quoted]) -> Quotes:
    several = tuple(quotes)
    return Quotes(
        title=name,
        texts=tuple(context.t("“{text}”", text=quote.text) for quote in several),
        languages=tuple(quote.tongue for quote in several),
        level=4,
    )


def _by_group(context: Context, coding: Coding, others: list[Spoken]) -> list[Block]:
    """Return the themes of staff's comments, each group by itself."""
    t = context.t
    told = [its for its in others if its.shares]
    if not told:
        return []
    shares = {its.group: {item.theme: item.whole for item in its.shares} for its in told}
    themes = list(dict.fromkeys(item.theme for its in told for item in its.shares))
    rows = tuple(
        (
            theme_name(context, coding, theme),
            *(value_with_interval(context, shares[its.group].get(theme)) for its in told),
        )
        for theme in themes
    )
    dashed = any(context.f.number(None) in row for row in rows)
    notes = [t("Staff are not quoted: colleagues may know who wrote a text by its manner.")]
    notes += [t("A dash: fewer wrote of it than may be shown.")] if dashed else []
    table = Table(
        caption=t("Themes of staff's comments, by respondent group"),
        columns=(
            t("Theme"),
            *(f"{t(GROUP_LABELS[its.group])}, n\u00a0=\u00a0{context.f.integer(len(its.rows))}" for its in told),
        ),
        rows=rows,
        numeric=frozenset(range(1, 1 + len(told))),
        note=" ".join(notes),
    )
    return [Part(t("What does the staff write about?"), (table,))]


def _remarks(context: Context, coding: Coding, remarks: Remarks | None) -> list[Block]:
    """Return the remarks from interviews, observation and development talks by theme."""
    if remarks is None:
        return []
    t, f = context.t, context.f
    title = t("What was noted in interviews, observation and talks?")
    count = t("Remarks in all: {n}.", n=f.integer(remarks.n))
    if not remarks.themes:
        return [Part(title, (Paragraph(f"{count} " + t("No theme is told by as many as may be shown.")),))]
    kinds = sorted({kind for its in remarks.kinds.values() for kind in its})
    table = Table(
        caption=t("Remarks by theme and kind"),
        columns=(t("Theme"), t("Share of remarks"), *kinds),
        rows=tuple(
            (
                theme_name(context, coding, theme),
                value_with_interval(context, estimate),
                *(_count(context, remarks.kinds.get(theme, {}).get(kind)) for kind in kinds),
            )
            for theme, estimate in remarks.themes.items()
        ),
        numeric=frozenset(range(1, 2 + len(kinds))),
        note=t("Themes and kinds of few remarks are not shown: whoever was there would know them again."),
    )
    return [Part(title, (Paragraph(count), table))]


def _count(context: Context, count: int | None) -> str:
    return context.f.number(None) if count is None else context.f.integer(count)
