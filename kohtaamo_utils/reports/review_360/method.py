"""How the figures were made: the rules of scoring and of protecting the raters, from the engagement's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.disclosure.bands import WIDTH
from kohtaamo_utils.disclosure.spread import SPREAD_MINIMUM
from kohtaamo_utils.presentation.blocks import Bullets, Fold
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_

if TYPE_CHECKING:
    from kohtaamo_utils.reports.review_360.profile import Profile

OTHERS_TEXTS = {
    "raters": N_("It is the mean over all raters but yourself, each weighing the same."),
    "groups": N_(
        "It is the mean over the rater groups' means, each group weighing the same, groups that are shown together as one; yourself left out."
    ),
}


def method(profile: Profile) -> Section:
    """Make the list of rules, folded."""
    rules = Bullets((*_scoring(profile), *_protection(profile)))
    return Section("method", (Fold(profile.context.t("The rules of scoring and of protecting the raters"), (rules,)),))


def _scoring(profile: Profile) -> tuple[tuple[str, str], ...]:
    f, t, settings = profile.context.f, profile.context.t, profile.settings
    low, high = profile.scale
    return (
        (t("Scale:"), t("Answers are numbers from {low} to {high}.", low=f.integer(low), high=f.integer(high))),
        (
            t("A rater's score:"),
            t(
                "The mean of the answers to a competency's questions. A rater counts in it who has answered at least {share} of them. What was not observed or not answered is left out, never counted as nought.",
                share=f.percent(settings.min_item_share),
            ),
        ),
        (
            t("Turned questions:"),
            t(
                "A question asked the other way round is turned first: an answer x counts as {sum} − x.",
                sum=f.integer(low + high),
            ),
        ),
        (t("A group's mean:"), t("The mean of its raters' scores, printed with one decimal.")),
        (t("The others' mean:"), t(OTHERS_TEXTS[settings.others])),
        (
            t("Words and lists:"),
            t("Quadrants, lists and sentences follow the printed figures and nothing else."),
        ),
    )


def _protection(profile: Profile) -> tuple[tuple[str, str], ...]:
    f, t, disclosure = profile.context.f, profile.context.t, profile.context.engagement.settings.disclosure
    low, high = profile.scale
    minimum = f.integer(disclosure.minimum_raters)
    return (
        (
            t("Smallest group:"),
            t(
                "Peers, reports and customers are shown from {minimum} raters on. Smaller groups are put together with another, or left out. Your own and your manager's answers are always shown.",
                minimum=minimum,
            ),
        ),
        (
            t("What could be computed:"),
            t(
                "A figure is left out as well where it would, together with the others, give the answers of fewer than {minimum}.",
                minimum=minimum,
            ),
        ),
        (
            t("Near the scale's ends:"),
            t(
                "A group's mean within {width} of an end is given as “{high} or more” or “{low} or less”: at the very end everybody's answer would be known, and were only that case told so, it would give itself away.",
                width=f.number(float(WIDTH), 1),
                low=f.number(low + float(WIDTH), 1),
                high=f.number(high - float(WIDTH), 1),
            ),
        ),
        (
            t("Intervals, agreement and spread:"),
            t(
                "From {enough} raters of a group on, where every question of the competency is printed as a number, and where no printed mean could come of everybody giving the same answer. So nothing can be read from their absence.",
                enough=f.integer(max(SPREAD_MINIMUM, disclosure.minimum_raters)),
            ),
        ),
        (
            t("Comments:"),
            t(
                "Written answers are shown only when at least {minimum} raters wrote one.",
                minimum=f.integer(disclosure.minimum_comments),
            ),
        ),
    )
