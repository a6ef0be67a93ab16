"""Going through the report together: for the reviewee, for the manager, and what neither does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Bullets, Part
from kohtaamo_utils.presentation.section import Section
from kohtaamo_utils.presentation.wording import N_
from kohtaamo_utils.reports.phrases import listed
from kohtaamo_utils.reports.review_360.cells import in_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kohtaamo_utils.reports.review_360.johari import Quadrant
    from kohtaamo_utils.reports.review_360.profile import Profile

OF_REVIEWEE: dict[Quadrant, str] = {
    "known_strength": N_("You and the others agree on a strength in: {names}. Tell in which encounters it shows."),
    "hidden_strength": N_("The others see more in you than you do in: {names}. Ask where it shows, and believe it."),
    "blind_spot": N_(
        "You see more in yourself than the others do in: {names}. Ask for situations and for what you could do otherwise."
    ),
    "known_development_area": N_(
        "You and the others see alike that there is room to grow in: {names}. Tell what has kept you from it so far."
    ),
}
OF_MANAGER: dict[Quadrant, str] = {
    "known_strength": N_("Say what the strength in this has brought about: {names}."),
    "hidden_strength": N_(
        "Help the reviewee see the strength in: {names}. Tell of a situation in which you have seen it yourself."
    ),
    "blind_spot": N_(
        "Speak of this through situations, not through figures: {names}. Give time; the first reaction need not be the last."
    ),
    "known_development_area": N_("Ask what you could do to make progress easier in: {names}."),
}


def talk(profile: Profile) -> Section:
    """Make the guide for the talk between the reviewee and the manager, tied to the quadrants where there are any."""
    t, found = profile.context.t, profile.quadrants()
    reviewee = (
        t("Read the report alone first, and once more on the next day. Feelings come first, and they may."),
        t("What do you recognise at once, and what surprises you?"),
        *_named(profile, OF_REVIEWEE, found),
        t(
            "When you hear something unpleasant: listen to the end, ask for an example, and thank. You need not explain."
        ),
        t("Which one thing will you do differently in your encounters during the next month?"),
        t("How will you notice that it works, and when will you look at it together?"),
        t("Thank your raters together, and tell them which one thing you take up."),
    )
    manager = (
        t("Set aside an hour and a quiet place. Read the report beforehand only if the reviewee has given it to you."),
        t("Let the reviewee begin: what feels true, what surprises? Listen before you say what you think."),
        t("Say what you have seen yourself as your own, and keep it apart from what the report says."),
        *_named(profile, OF_MANAGER, found),
        t("Agree on one thing or two, on what you do for it yourself, and on the day when you come back to it."),
    )
    neither = (
        t("Do not guess or ask who said what. The raters answered in the trust that nobody does."),
        t("Use the report for development only: not for pay, not for judging performance, not for choosing people."),
        t("Do not compare it with other people's reports, and do not pass it on without the reviewee's consent."),
        t("Do not lean on one figure. A difference of a few tenths may be chance."),
    )
    return Section(
        "talk",
        (
            Part(t("For the one who receives"), (_list(reviewee),)),
            Part(t("For the manager"), (_list(manager),)),
            Part(t("What neither does"), (_list(neither),)),
        ),
    )


def _named(profile: Profile, texts: Mapping[Quadrant, str], found: Mapping[Quadrant, list[str]]) -> Iterable[str]:
    """Yield the sentence of each quadrant that has competencies, strengths first."""
    for place, text in texts.items():
        if found[place]:
            names = listed(profile.context, [in_text(profile.context, name) for name in found[place]])
            yield profile.context.t(text, names=names)


def _list(texts: Iterable[str]) -> Bullets:
    return Bullets(tuple(("", text) for text in texts))
