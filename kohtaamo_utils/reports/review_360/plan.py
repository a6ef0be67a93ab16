"""The development plan: what to take up, practices for it, and room to write down what one decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.instrument import practices_of
from kohtaamo_utils.presentation.blocks import Block, Bullets, Callout, Fold, Lead, Lines, Paragraph, Part
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import competency_label, in_text, level, value_text
from kohtaamo_utils.reports.review_360.choice import Choice, View, choose
from kohtaamo_utils.reports.review_360.profile import OTHERS, SELF

if TYPE_CHECKING:
    from kohtaamo_utils.instrument import Practice
    from kohtaamo_utils.reports.context import Context
    from kohtaamo_utils.reports.review_360.johari import Quadrant
    from kohtaamo_utils.reports.review_360.profile import Profile

PRACTICES_EACH = 2
EFFORTS = {1: N_("little effort"), 2: N_("some effort"), 3: N_("much effort")}
LEADS: dict[View, str] = {
    "others": N_("By the ratings, these would be worth developing first: {names}."),
    "manager": N_(
        "Of the others only your manager's ratings can be shown. By them, these would be worth developing first: {names}."
    ),
    "self": N_(
        "No ratings by others can be shown. By your own ratings, these would be worth developing first: {names}."
    ),
}
LOW: dict[View, str] = {
    "others": N_("Among the lowest of the others' means that can be shown: {value}."),
    "manager": N_("Among the lowest of your manager's ratings: {value}."),
    "self": N_("Among the lowest of your own ratings: {value}."),
}


def plan(profile: Profile) -> Section:
    """Make the plan; without any printed mean it is the lines to fill in."""
    context, t = profile.context, profile.context.t
    choice = choose(profile)
    if choice.view is None or not choice.develop:
        return Section("plan", (*_nothing_to_suggest(profile, choice), _lines(context), _follow_up(context)))
    names = listed(context, [in_text(context, name) for name in choice.develop])
    blocks: list[Block] = [Lead(t(LEADS[choice.view], names=names)), _suggestion_only(context)]
    used: frozenset[str] = frozenset()
    for number, competency in enumerate(choice.develop, start=1):
        place: Quadrant = "blind_spot" if competency in choice.blind else "known_development_area"
        practices = practices_of(context.engagement).suggested(competency, place, PRACTICES_EACH, used)
        used |= {practice.id for practice in practices}
        title = f"{context.f.integer(number)}. {competency_label(context, competency)}"
        reason = Paragraph(_reason(profile, choice, competency))
        blocks.append(Part(title, (reason, *_suggested(context, practices), _lines(context))))
    blocks += [*_strength(profile, choice), _follow_up(context), _rule(context)]
    return Section("plan", tuple(blocks))


def _nothing_to_suggest(profile: Profile, choice: Choice) -> tuple[Block, ...]:
    t = profile.context.t
    if choice.view is None:
        text = t(
            "The ratings that can be shown do not tell what to take up. Choose one thing yourself, and write it down."
        )
        return (Callout(text),)
    text = t("Everything that can be shown is a strength. Choose yourself what you want to become still better at.")
    return (Callout(text), *_strength(profile, choice))


def _suggestion_only(context: Context) -> Paragraph:
    return Paragraph(
        context.t(
            "This is a suggestion. You decide what to take up; one thing done is worth more than three planned. Print the page if you want to write on it."
        )
    )


def _reason(profile: Profile, choice: Choice, competency: str) -> str:
    """Say why a competency was chosen, in printed figures."""
    context, t = profile.context, profile.context.t
    own, others = profile.shown(competency, SELF), profile.shown(competency, OTHERS)
    if competency in choice.blind and own is not None and others is not None:
        return t(
            "You rate yourself higher than the others do: you {own}, the others {others}.",
            own=value_text(context, own),
            others=value_text(context, others),
        )
    if choice.view is None or (cell := profile.shown(competency, choice.view)) is None:
        return ""
    text = t(LOW[choice.view], value=value_text(context, cell))
    if cell.number is not None and level(cell) >= profile.high_from:
        text = f"{text} {t('That is not low as such.')}"
    return text


def _suggested(context: Context, practices: tuple[Practice, ...]) -> tuple[Block, ...]:
    if not practices:
        return ()
    t, language = context.t, context.language
    lines = tuple(
        (
            f"{practice.name.in_language(language)} ({t(EFFORTS[practice.effort])}):",
            t(
                "{what} How often: {how_often} You notice that it works when: {sign}",
                what=practice.what.in_language(language),
                how_often=_inside(practice.how_often.in_language(language)),
                sign=_inside(practice.sign.in_language(language)),
            ),
        )
        for practice in practices
    )
    return (Bullets(lines),)


def _inside(sentence: str) -> str:
    """Return a sentence as it stands behind a colon: it begins small."""
    return sentence[:1].lower() + sentence[1:]


def _strength(profile: Profile, choice: Choice) -> tuple[Block, ...]:
    if choice.strength is None:
        return ()
    context, t = profile.context, profile.context.t
    competency, place = choice.strength
    others = profile.shown(competency, OTHERS)
    text = N_("The others give you {value}, and you see it too. Where could you use it more?")
    if place == "hidden_strength":
        text = N_("The others give you {value}, more than you give yourself. Where could you use it more?")
    practices = practices_of(context.engagement).suggested(competency, place, 1, frozenset())
    title = t("A strength to build on: {name}", name=in_text(context, competency))
    reason = Paragraph(t(text, value="" if others is None else value_text(context, others)))
    return (Part(title, (reason, *_suggested(context, practices), Lines((t("Where I will use it"),)))),)


def _lines(context: Context) -> Lines:
    t = context.t
    return Lines((t("My goal"), t("The first step"), t("By when"), t("Who supports me")))


def _follow_up(context: Context) -> Part:
    t = context.t
    text = Paragraph(t("Agree on the day now. Look then at what you tried, what others noticed, and what comes next."))
    return Part(t("Follow-up"), (text, Lines((t("Date of the follow-up"), t("With whom")))))


def _rule(context: Context) -> Fold:
    t = context.t
    text = t(
        "Only figures printed in this report count. Blind spots come first, the widest gap first; then the lowest means, at most three in all. Of equal ones the first in the questionnaire is taken. A strength to build on is not among them; it is the known or hidden strength with the highest mean of the others. For each, the practices are those that suit it, the lighter ones first."
    )
    return Fold(t("How was this chosen?"), (Paragraph(text),))
