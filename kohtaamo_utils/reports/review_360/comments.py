"""The raters' comments: whose may be shown and under which heading, redacted, in an order that tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.comments import COMMENT, CommentPublication, decide
from kohtaamo_utils.disclosure.review import pooling_of, rules_of
from kohtaamo_utils.disclosure.text_only import scores_of
from kohtaamo_utils.measures.ratings import in_wave
from kohtaamo_utils.presentation.blocks import Block, Callout, Fold, Paragraph, Quotes
from kohtaamo_utils.presentation.section import Hidden, Section
from kohtaamo_utils.redaction.redact import LONGEST, Redactor
from kohtaamo_utils.reports.review_360.cells import group_label
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from kohtaamo_utils.redaction.patterns import Kind
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.profile import Profile


def comments(profile: Profile) -> Section:
    """Make the comments; none where the programme asked for none."""
    context, ratings = profile.context, profile.context.dataset.tables["ratings_360"]
    if COMMENT not in ratings.columns or not ratings[COMMENT].notna().any():
        return Section("comments", ())
    published = _published(profile)
    hidden = tuple(
        Hidden("comments", {"rater_group": group}, f"fewer than {published.minimum} commenters")
        for group in published.hidden
    )
    blocks: list[Block] = [_too_few(context, published)] if hidden else []
    if published.quotes:
        blocks += [_intro(context, published), *_quotes(context, published), _rules(context, published)]
    return Section("comments", tuple(blocks) or (Callout(context.t("Nobody has written a comment.")),), hidden=hidden)


def _published(profile: Profile) -> CommentPublication:
    settings = profile.context.engagement.settings
    scores = scores_of(profile.frame, settings.review_360)
    return decide(
        in_wave(profile.frame, profile.publication.wave),
        pooling_of(scores, rules_of(settings.disclosure, settings.review_360)),
        settings.disclosure.minimum_comments,
        _redactor(profile),
        [sheet.rater_id for sheet in scores.sheets],
    )


def _redactor(profile: Profile) -> Redactor:
    """Return what takes out of the comments every other reviewee's name and that of the raters, all ids, writers' own roles, and the words of the settings."""
    ratings, own = profile.context.dataset.tables["ratings_360"], profile.publication.reviewee_id
    others = ratings[ratings["reviewee_id"] != own]
    writers = profile.context.dataset.writers
    raters = profile.frame["rater_id"].astype(str).unique()
    return Redactor(
        [*_names(others), *sorted(writers[rater] for rater in raters if rater in writers)],
        own=" ".join(_names(profile.frame)),
        ids={*ratings["rater_id"].astype(str).unique(), *others["reviewee_id"].astype(str).unique()} - {own},
        wished=profile.context.engagement.settings.review_360.redact,
        roles=True,
    )


def _names(frame: pd.DataFrame) -> list[str]:
    return sorted(frame["reviewee_name"].dropna().astype(str).unique()) if "reviewee_name" in frame.columns else []


def _too_few(context: Context, published: CommentPublication) -> Callout:
    return Callout(
        context.t(
            "Fewer than {minimum} peers, reports and customers have written a comment, so none of theirs is shown. That protects those who wrote.",
            minimum=context.f.integer(published.minimum),
        )
    )


def _intro(context: Context, published: CommentPublication) -> Paragraph:
    """Say what the reader sees: words as they were written, and in how many places something was taken out."""
    t, texts = context.t, [text for quotes in published.quotes.values() for text in quotes]
    sentences = [t("These are people's own words. Read what is said; who said it is not for anybody to find out.")]
    places = sum(text.places for text in texts)
    if places:
        sentences.append(
            t.plural(
                "Something that tells who is meant or who wrote has been taken out in {n} place; brackets show where.",
                "Something that tells who is meant or who wrote has been taken out in {n} places; brackets show where.",
                places,
                n=context.f.integer(places),
            )
        )
    if any(text.shortened for text in texts):
        sentences.append(t("A comment of more than {n} characters has been cut.", n=context.f.integer(LONGEST)))
    return Paragraph(" ".join(sentences))


def _quotes(context: Context, published: CommentPublication) -> Iterable[Quotes]:
    """Yield the raters' comments by heading, one's own last."""
    words, t = _bracketed(context), context.t
    titles = {SELF: t("Your own words"), OTHERS: t("Other raters, all together")}
    for heading in sorted(published.quotes, key=lambda name: name == SELF):
        title = titles.get(heading) or group_label(context, heading)
        yield Quotes(title, tuple(t("“{text}”", text=text.told(words)) for text in published.quotes[heading]))


def _bracketed(context: Context) -> dict[Kind, str]:
    """Return what stands where something was taken out."""
    t = context.t
    return {
        "name": t("[name removed]"),
        "contact": t("[contact details removed]"),
        "number": t("[number removed]"),
        "signature": t("[signature removed]"),
        "other": t("[removed]"),
    }


def _rules(context: Context, published: CommentPublication) -> Fold:
    t, minimum = context.t, context.f.integer(published.minimum)
    threshold = t(
        "Comments of peers, reports and customers are shown when at least {minimum} of them have written. They are shown together. A group is named only when at least {minimum} of it have written, and the others who have written are none or at least {minimum} as well.",
        minimum=minimum,
    )
    order = t(
        "The comments are shuffled: their order tells nothing of who wrote. The question that a comment was given on is left out, and the same words are shown once."
    )
    style = t(
        "Names, contact details, signatures and what writers say of their own role are taken out by a program. It cannot take out a manner of writing, or a matter that only one person knows of."
    )
    return Fold(t("How are those who wrote protected?"), (Paragraph(threshold), Paragraph(order), Paragraph(style)))
